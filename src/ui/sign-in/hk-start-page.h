/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_START_PAGE (hk_start_page_get_type ())
G_DECLARE_FINAL_TYPE (HkStartPage, hk_start_page, HK, START_PAGE, AdwBin)

GtkWidget *hk_start_page_new (HkAccount *account);

G_END_DECLS
