/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*HkPaceFunc) (GtkWidget *widget);

gboolean hk_pace_run (GtkWidget *widget, HkPaceFunc func);

G_END_DECLS
