/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_AVATAR (hk_avatar_get_type ())
G_DECLARE_FINAL_TYPE (HkAvatar, hk_avatar, HK, AVATAR, GtkWidget)

void hk_avatar_show (HkAvatar *self, const char *name, const char *icon_name);

G_END_DECLS
