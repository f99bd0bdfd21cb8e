/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_BACKGROUND (hk_background_get_type ())

G_DECLARE_FINAL_TYPE (HkBackground, hk_background, HK, BACKGROUND, GObject)

HkBackground *hk_background_new (GApplication *application, GSettings *settings);
void hk_background_stay (HkBackground *self, HkAccount *account);
void hk_background_leave (HkBackground *self);

G_END_DECLS
