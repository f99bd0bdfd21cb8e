/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_NOTIFICATIONS_GROUP (hk_notifications_group_get_type ())

/* What the desktop shall tell of; a part of the preferences. */
G_DECLARE_FINAL_TYPE (HkNotificationsGroup, hk_notifications_group, HK, NOTIFICATIONS_GROUP, AdwPreferencesGroup)

void hk_notifications_group_bind (HkNotificationsGroup *self, GSettings *settings);
void hk_notifications_group_look_for_service (HkNotificationsGroup *self, GDBusConnection *bus);

G_END_DECLS
