/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-change-private.h"
#include "hk-key.h"

G_BEGIN_DECLS

HkKey *hk_key_new_for_record (NukiKey *record);
HkKey *hk_key_new_for_change (HkChange *change);

const char *hk_key_get_id (HkKey *self);
int hk_key_get_user_id (HkKey *self);
gboolean hk_key_assign_record (HkKey *self, NukiKey *newer);
void hk_key_forget_record (HkKey *self);
gboolean hk_key_set_gone (HkKey *self, gboolean gone);
gboolean hk_key_join (HkKey *self, NukiLock *lock, NukiUser *person);
void hk_key_tell_lock_name (HkKey *self);

void hk_key_add_change (HkKey *self, HkChange *change);
void hk_key_remove_change (HkKey *self, HkChange *change);
void hk_key_refresh_changes (HkKey *self);
GPtrArray *hk_key_get_changes (HkKey *self);
HkChange *hk_key_get_last_unsettled (HkKey *self);

/* For the account: whether it is in the list, whether what it is sorted by has changed since the list told of that, and the
 * last merge that has seen it. */
gboolean hk_key_get_shown (HkKey *self);
void hk_key_set_shown (HkKey *self, gboolean shown);
gboolean hk_key_get_renamed (HkKey *self);
void hk_key_set_renamed (HkKey *self, gboolean renamed);
guint hk_key_get_mark (HkKey *self);
void hk_key_set_mark (HkKey *self, guint mark);

G_END_DECLS
