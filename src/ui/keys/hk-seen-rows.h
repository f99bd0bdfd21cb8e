/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_seen_rows_fill (GtkListView *list);

G_END_DECLS
