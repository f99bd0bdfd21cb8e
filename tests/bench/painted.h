/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether a window shows what it was opened for. */
typedef gboolean (*PaintedFunc) (GtkWindow *window);

void report_painted (GtkWindow *window, PaintedFunc is_there);

G_END_DECLS
