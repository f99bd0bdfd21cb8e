/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_BANNER (hk_banner_get_type ())
G_DECLARE_FINAL_TYPE (HkBanner, hk_banner, HK, BANNER, AdwBin)

G_END_DECLS
