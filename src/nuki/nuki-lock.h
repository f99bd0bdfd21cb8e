/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

#define NUKI_TYPE_LOCK (nuki_lock_get_type ())
G_DECLARE_FINAL_TYPE (NukiLock, nuki_lock, NUKI, LOCK, GObject)

gint64 nuki_lock_get_id (NukiLock *self);
gint64 nuki_lock_get_account_id (NukiLock *self);
NukiLockType nuki_lock_get_lock_type (NukiLock *self);
const char *nuki_lock_get_name (NukiLock *self);
gboolean nuki_lock_get_favorite (NukiLock *self);
NukiServerState nuki_lock_get_server_state (NukiLock *self);
gboolean nuki_lock_get_online (NukiLock *self);
const char *nuki_lock_get_state_text (NukiLock *self);
gboolean nuki_lock_get_battery_critical (NukiLock *self);
int nuki_lock_get_battery_charge (NukiLock *self);
NukiDoorState nuki_lock_get_door_state (NukiLock *self);
gboolean nuki_lock_get_has_keypad (NukiLock *self);
gboolean nuki_lock_get_admin_pin_valid (NukiLock *self);
gboolean nuki_lock_get_busy (NukiLock *self);
GTimeZone *nuki_lock_get_zone (NukiLock *self);
gboolean nuki_lock_get_zone_known (NukiLock *self);
const char *nuki_lock_get_model_name (NukiLock *self);
char *nuki_lock_dup_device_id (NukiLock *self);
char *nuki_lock_dup_firmware (NukiLock *self);
int nuki_lock_get_max_keys (NukiLock *self);
int nuki_lock_get_max_codes (NukiLock *self);
GDateTime *nuki_lock_get_updated (NukiLock *self);
const char *nuki_lock_get_trouble (NukiLock *self);

void nuki_lock_assign (NukiLock *self, NukiLock *newer);

G_END_DECLS
