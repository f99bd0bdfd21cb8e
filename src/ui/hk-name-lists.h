/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_name_lists (GtkWidget *root, const char *name);

G_END_DECLS
