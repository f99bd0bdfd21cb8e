/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_SIDEBAR (hk_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (HkSidebar, hk_sidebar, HK, SIDEBAR, AdwBin)

void hk_sidebar_select_page (HkSidebar *self, const char *page);
void hk_sidebar_select_lock (HkSidebar *self, NukiLock *lock);
gboolean hk_sidebar_open_nth (HkSidebar *self, guint nth);
void hk_sidebar_set_browsing (HkSidebar *self, gboolean browsing);
void hk_sidebar_set_subtitle (HkSidebar *self, const char *subtitle);

G_END_DECLS
