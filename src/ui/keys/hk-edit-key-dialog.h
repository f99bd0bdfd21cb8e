/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"
#include "keys/hk-edit-key-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_EDIT_KEY_DIALOG (hk_edit_key_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HkEditKeyDialog, hk_edit_key_dialog, HK, EDIT_KEY_DIALOG, HkDialog)

HkEditKeyDialog *hk_edit_key_dialog_new (HkAccount *account, HkKey *key);

G_END_DECLS
