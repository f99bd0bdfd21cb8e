/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_drop_later (GtkWidget *contents);

G_END_DECLS
