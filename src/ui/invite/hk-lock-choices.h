/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "invite/hk-lock-choice.h"

G_BEGIN_DECLS

#define HK_TYPE_LOCK_CHOICES (hk_lock_choices_get_type ())
G_DECLARE_FINAL_TYPE (HkLockChoices, hk_lock_choices, HK, LOCK_CHOICES, GObject)

HkLockChoices *hk_lock_choices_new (HkAccount *account);
GListModel *hk_lock_choices_get_model (HkLockChoices *self);
HkLockChoice *hk_lock_choices_find (HkLockChoices *self, NukiLock *lock);
GPtrArray *hk_lock_choices_list_chosen (HkLockChoices *self);
void hk_lock_choices_set_recipient (HkLockChoices *self, gboolean for_code, NukiUser *person);
GTimeZone *hk_lock_choices_dup_zone (HkLockChoices *self);
char *hk_lock_choices_dup_zone_hint (HkLockChoices *self, GDateTime *now);

G_END_DECLS
