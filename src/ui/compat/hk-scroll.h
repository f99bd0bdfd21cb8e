/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_scroll_to (GtkWidget *widget);
void hk_scroll_to_shown (GtkWidget *widget);

G_END_DECLS
