/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "loop-watch.h"
#include "window/hk-window.h"

G_BEGIN_DECLS

HkWindow *big_window_open (HkAccount *account);
GtkWidget *big_window_get_page (HkWindow *window);
gboolean big_window_is_list_ready (gpointer window);
void big_window_rest (void);
void big_window_settle (HkWindow *window);

G_END_DECLS
