/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_BACK_BUTTON (hk_back_button_get_type ())
G_DECLARE_FINAL_TYPE (HkBackButton, hk_back_button, HK, BACK_BUTTON, AdwBin)

G_END_DECLS
