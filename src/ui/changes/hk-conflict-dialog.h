/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_CONFLICT_DIALOG (hk_conflict_dialog_get_type ())

/* What the user and somebody else have made of a key, side by side, and which of it is to be. */
G_DECLARE_FINAL_TYPE (HkConflictDialog, hk_conflict_dialog, HK, CONFLICT_DIALOG, HkDialog)

HkConflictDialog *hk_conflict_dialog_new (HkAccount *account, HkChange *change);

G_END_DECLS
