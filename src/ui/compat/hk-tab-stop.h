/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HkTabStop:
 *
 * Holds a list that the Tab key passes by in one step: it leads to the row that had the focus last or is selected, through what is
 * in that row, and then on, while the arrow keys lead from row to row. Can go when the floor has `tab-behavior` in #GtkListView (GTK
 * 4.12) and #GtkListBox (4.18).
 */
#define HK_TYPE_TAB_STOP (hk_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (HkTabStop, hk_tab_stop, HK, TAB_STOP, AdwBin)

G_END_DECLS
