/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_LOCK_DETAILS (hk_lock_details_get_type ())

/* The part of the lock page that only tells: connection, battery, door, and what kind of device it is. */
G_DECLARE_FINAL_TYPE (HkLockDetails, hk_lock_details, HK, LOCK_DETAILS, AdwBin)

void hk_lock_details_show (HkLockDetails *self, HkAccount *account, NukiLock *lock);

G_END_DECLS
