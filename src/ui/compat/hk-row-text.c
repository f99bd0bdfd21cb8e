/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-row-text.h"

#if GTK_CHECK_VERSION (4, 14, 0)

static void
tell (AdwActionRow *row)
{
  const char *subtitle = adw_action_row_get_subtitle (row);
  g_autofree char *text = NULL;

  if (subtitle == NULL || !adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)) ||
      !pango_parse_markup (subtitle, -1, 0, NULL, &text, NULL, NULL))
    text = g_strdup (subtitle != NULL ? subtitle : "");

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (ADW_IS_ACTION_ROW (widget) && g_signal_handler_find (widget, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, tell, NULL) == 0)
    g_signal_connect (widget, "notify::subtitle", G_CALLBACK (tell), NULL);

  return G_SOURCE_CONTINUE;
}

#endif

/**
 * hk_row_text_watch:
 *
 * Has assistive technology read the subtitle of each row as it is now. A row is described by the label with its subtitle, which
 * does not tell when it changes, so that Orca (48) would go on to read what it has read first. GTK has to be there already.
 */
void
hk_row_text_watch (void)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
#endif
}
