/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"
#include "invite/hk-invite-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_INVITE_DIALOG (hk_invite_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HkInviteDialog, hk_invite_dialog, HK, INVITE_DIALOG, HkDialog)

HkInviteDialog *hk_invite_dialog_new (HkAccount *account, NukiUser *person, NukiLock *lock);
HkInviteDraft *hk_invite_dialog_get_draft (HkInviteDialog *self);

G_END_DECLS
