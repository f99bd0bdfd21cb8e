/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <nuki-lock.h>

G_BEGIN_DECLS

#define HK_TYPE_SIDEBAR_ROW (hk_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (HkSidebarRow, hk_sidebar_row, HK, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *hk_sidebar_row_new (NukiLock *lock);
NukiLock *hk_sidebar_row_get_lock (HkSidebarRow *self);
const char *hk_sidebar_row_get_page (HkSidebarRow *self);
void hk_sidebar_row_set_count (HkSidebarRow *self, guint count);

G_END_DECLS
