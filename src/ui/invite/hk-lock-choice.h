/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-lock.h>

G_BEGIN_DECLS

#define HK_TYPE_LOCK_CHOICE (hk_lock_choice_get_type ())
G_DECLARE_FINAL_TYPE (HkLockChoice, hk_lock_choice, HK, LOCK_CHOICE, GObject)

HkLockChoice *hk_lock_choice_new (NukiLock *lock);
NukiLock *hk_lock_choice_get_lock (HkLockChoice *self);
gboolean hk_lock_choice_get_chosen (HkLockChoice *self);
void hk_lock_choice_set_chosen (HkLockChoice *self, gboolean chosen);
gboolean hk_lock_choice_get_selectable (HkLockChoice *self);
const char *hk_lock_choice_get_note (HkLockChoice *self);
void hk_lock_choice_set_obstacle (HkLockChoice *self, const char *obstacle);

G_END_DECLS
