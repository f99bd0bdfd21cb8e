/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_KEY_COLUMNS (hk_key_columns_get_type ())

/*
 * A row of five children: picture, name, where, line, and what stands at the end. Where there is room, `where`
 * is a column of its own that is aligned over all rows; below it moves between name and line:
 *
 *     (AM) name               where          [end]            (AM) name           [end]
 *          line                                                    where
 *                                                                  line
 */
G_DECLARE_FINAL_TYPE (HkKeyColumns, hk_key_columns, HK, KEY_COLUMNS, GtkWidget)

GtkWidget *hk_key_columns_new (void);

/* From this width on, in pixels, there is room for a column of its own. */
#define HK_KEY_COLUMNS_WIDE 440

G_END_DECLS
