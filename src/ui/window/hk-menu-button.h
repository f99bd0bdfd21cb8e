/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_MENU_BUTTON (hk_menu_button_get_type ())
G_DECLARE_FINAL_TYPE (HkMenuButton, hk_menu_button, HK, MENU_BUTTON, AdwBin)

G_END_DECLS
