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

/* Returns: (nullable): the first of the buttons in @widget that show nothing but an icon */
static GtkWidget *
find_button (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child);

  return found;
}

static void
on_toasts_changed (GListModel *toasts, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) toast = g_list_model_get_item (toasts, i);
      GtkWidget *button = g_str_equal (gtk_widget_get_css_name (toast), "toast") ? find_button (toast) : NULL;

      if (button != NULL)
        /* Translators: what a button does with the message that it is in. */
        set_name (button, _ ("Close"));
    }
}

/**
 * hk_name_buttons:
 * @widget: what the toolkit has made
 *
 * Names buttons in it that show nothing but an icon, which are read as “GtkImage” otherwise, after their tooltips.
 */
void
hk_name_buttons (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    {
      g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (take_tooltip), NULL);
      take_tooltip (widget);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    hk_name_buttons (child);
}

/**
 * hk_name_toasts:
 *
 * Names the button in each toast that is going to be shown.
 */
void
hk_name_toasts (AdwToastOverlay *overlay)
{
  GListModel *toasts;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));

  toasts = gtk_widget_observe_children (GTK_WIDGET (overlay));
  g_signal_connect (toasts, "items-changed", G_CALLBACK (on_toasts_changed), NULL);
  g_object_set_data_full (G_OBJECT (overlay), "hk-toasts", toasts, g_object_unref);
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  return G_SOURCE_CONTINUE;
}

/**
 * hk_name_buttons_without_icons:
 *
 * Lets no button be labelled by its icon, whoever has made it: GTK (4.8) does so beside the name that it has, and Orca (43) reads
 * “GtkImage Edit”. GTK has to be there already.
 */
void
hk_name_buttons_without_icons (void)
{
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
}
