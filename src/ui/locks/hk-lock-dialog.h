/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_LOCK_DIALOG (hk_lock_dialog_get_type ())

/* Renames a lock. */
G_DECLARE_FINAL_TYPE (HkLockDialog, hk_lock_dialog, HK, LOCK_DIALOG, HkDialog)

HkLockDialog *hk_lock_dialog_new (HkAccount *account, NukiLock *lock);

G_END_DECLS
