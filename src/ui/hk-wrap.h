/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void hk_wrap_buttons (GtkWidget *root);
void hk_wrap_row (AdwActionRow *row);
void hk_wrap_menu (GtkMenuButton *button);
char *hk_wrap_email (const char *email);

G_END_DECLS
