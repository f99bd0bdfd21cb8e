/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_WINDOW (hk_window_get_type ())
G_DECLARE_FINAL_TYPE (HkWindow, hk_window, HK, WINDOW, AdwApplicationWindow)

HkWindow *hk_window_new (GtkApplication *application, HkAccount *account, GSettings *settings, gboolean demo);
HkAccount *hk_window_get_account (HkWindow *self);
gboolean hk_window_get_demo (HkWindow *self);

GtkWidget *hk_window_get_visible_page (HkWindow *self);
gboolean hk_window_knows_place (const char *place);
void hk_window_show_place (HkWindow *self, const char *place);
void hk_window_search (HkWindow *self, const char *text);

G_END_DECLS
