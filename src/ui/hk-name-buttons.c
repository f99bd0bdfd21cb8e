/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-name-buttons.h"

#include <glib/gi18n-lib.h>

static void
set_name (GtkWidget *button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
take_tooltip (GtkWidget *button)
{
  const char *tooltip = gtk_widget_get_tooltip_text (button);

  if (tooltip != NULL)
    set_name (button, tooltip);
}

static gboolean
is_in_toast (GtkWidget *button)
{
  for (GtkWidget *widget = button; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_equal (gtk_widget_get_css_name (widget), "toast"))
      return TRUE;

  return FALSE;
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (!GTK_IS_BUTTON (widget) || gtk_button_get_icon_name (GTK_BUTTON (widget)) == NULL)
    return G_SOURCE_CONTINUE;

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (is_in_toast (widget))
    /* Translators: what a button does with the message that it is in. */
    set_name (widget, _ ("Close"));
  else if (gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) != NULL)
    {
      if (g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, take_tooltip, NULL) == 0)
        g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (take_tooltip), NULL);
      take_tooltip (widget);
    }

  return G_SOURCE_CONTINUE;
}

/**
 * hk_name_buttons_watch:
 *
 * Names the buttons that the toolkit makes of an icon alone: those of toasts, and those beside passwords after their tooltips. And
 * lets no button be labelled by its icon, whoever has made it: GTK (4.8) does so beside the name that it has, and Orca (43) reads
 * “GtkImage Edit”. GTK has to be there already.
 */
void
hk_name_buttons_watch (void)
{
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
