/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-entry-text.h"

/**
 * hk_entry_text_tell:
 * @row: a field that has to be filled in, as all that are entry rows have to
 *
 * Has assistive technology say what @row is for, and that it is required: an entry row names itself, but not the text inside,
 * which is what gets the focus. GTK 4.8 keeps to itself what is required.
 */
void
hk_entry_text_tell (AdwEntryRow *row)
{
  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
}
