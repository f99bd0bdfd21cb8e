/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_NAVIGATOR (hk_navigator_get_type ())
G_DECLARE_FINAL_TYPE (HkNavigator, hk_navigator, HK, NAVIGATOR, AdwBin)

void hk_navigator_show_page (HkNavigator *self, const char *page);
void hk_navigator_show_lock (HkNavigator *self, NukiLock *lock);
void hk_navigator_open_key (HkNavigator *self, HkKey *key);
void hk_navigator_open_person (HkNavigator *self, NukiUser *person);
void hk_navigator_open_lock (HkNavigator *self, NukiLock *lock);
gboolean hk_navigator_get_can_go_back (HkNavigator *self);
void hk_navigator_go_back (HkNavigator *self);
void hk_navigator_focus_page (HkNavigator *self);
GtkWidget *hk_navigator_get_base_page (HkNavigator *self);
GtkWidget *hk_navigator_get_visible_page (HkNavigator *self);

G_END_DECLS
