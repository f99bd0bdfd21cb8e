/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_narrow_update (GtkWidget *window, int width);
gboolean hk_narrow_is (GtkWidget *window);
void hk_narrow_follow (GtkWidget *window, GtkWidget *parent);

G_END_DECLS
