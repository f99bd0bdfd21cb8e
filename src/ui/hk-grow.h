/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "hk-head-list.h"

G_BEGIN_DECLS

/* So many rows a list gets at once at first. */
#define HK_GROW_ROWS 6

void hk_grow_list (GtkWidget *widget, HkHeadList *head, guint factor, guint enough);
void hk_grow_shrink_list (HkHeadList *head, guint n_rows);
void hk_grow_list_again (HkHeadList *head, guint n_rows);

G_END_DECLS
