/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

void hk_name_buttons (GtkWidget *widget);
void hk_name_buttons_without_icons (void);
void hk_name_toasts (AdwToastOverlay *overlay);
