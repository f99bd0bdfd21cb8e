/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "invite/hk-lock-choices.h"
#include "limits/hk-limits-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_INVITE_DRAFT (hk_invite_draft_get_type ())
G_DECLARE_FINAL_TYPE (HkInviteDraft, hk_invite_draft, HK, INVITE_DRAFT, GObject)

/*
 * Properties, besides those with functions here. Read and write: `for-code`, `person` (NukiUser), `new-person`, `name` (of a
 * new person or a code), `email`, `language` (of a new person), `code` (as typed), `remote-allowed`, `smart-actions`. Read
 * only, a translated sentence or %NULL: `person-error`, `name-error`, `email-error`, `code-name-error`, `code-error`,
 * `locks-error`, `zone-hint`; `summary` says what will happen, or what is missing.
 */
HkInviteDraft *hk_invite_draft_new (HkAccount *account);
void hk_invite_draft_begin (HkInviteDraft *self, NukiUser *person, NukiLock *lock);
HkAccount *hk_invite_draft_get_account (HkInviteDraft *self);
gboolean hk_invite_draft_get_for_code (HkInviteDraft *self);
NukiUser *hk_invite_draft_get_person (HkInviteDraft *self);
void hk_invite_draft_set_person (HkInviteDraft *self, NukiUser *person);
HkLockChoices *hk_invite_draft_get_choices (HkInviteDraft *self);
HkLimitsDraft *hk_invite_draft_get_limits (HkInviteDraft *self);
void hk_invite_draft_generate_code (HkInviteDraft *self);
gboolean hk_invite_draft_get_valid (HkInviteDraft *self);
gboolean hk_invite_draft_get_dirty (HkInviteDraft *self);
HkInvitation *hk_invite_draft_build (HkInviteDraft *self);

G_END_DECLS
