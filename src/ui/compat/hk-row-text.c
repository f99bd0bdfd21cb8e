/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-row-text.h"

/**
 * hk_row_text_tell:
 * @row: a row whose subtitle has changed
 *
 * Has assistive technology read the subtitle of @row as it is now. @row is described by the label with the subtitle, which does
 * not tell when it changes, so that Orca (48) would go on to read what it has read first.
 */
void
hk_row_text_tell (AdwActionRow *row)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  const char *subtitle;
  g_autofree char *text = NULL;
#endif

  g_return_if_fail (ADW_IS_ACTION_ROW (row));

#if GTK_CHECK_VERSION (4, 14, 0)
  subtitle = adw_action_row_get_subtitle (row);
  if (subtitle == NULL || !adw_preferences_row_get_use_markup (ADW_PREFERENCES_ROW (row)) ||
      !pango_parse_markup (subtitle, -1, 0, NULL, &text, NULL, NULL))
    text = g_strdup (subtitle != NULL ? subtitle : "");

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
#endif
}
