/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* So many rows are added to a list in a frame. */
#define HK_GROW_ROWS 6

void hk_grow_list (GtkWidget *widget, GtkSliceListModel *slice, guint enough);
void hk_grow_list_again (GtkSliceListModel *slice, guint n_rows);

G_END_DECLS
