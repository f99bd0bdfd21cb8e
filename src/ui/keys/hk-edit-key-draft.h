/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "limits/hk-limits-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_EDIT_KEY_DRAFT (hk_edit_key_draft_get_type ())
G_DECLARE_FINAL_TYPE (HkEditKeyDraft, hk_edit_key_draft, HK, EDIT_KEY_DRAFT, GObject)

/*
 * Properties, besides those with functions here. Read and write: `name`, `code` (as typed), `remote-allowed`. Read only,
 * a translated sentence or %NULL: `name-error`, `code-error`, `zone-hint`.
 */
HkEditKeyDraft *hk_edit_key_draft_new (HkAccount *account, HkKey *key);
HkKey *hk_edit_key_draft_get_key (HkEditKeyDraft *self);
gboolean hk_edit_key_draft_get_for_code (HkEditKeyDraft *self);
guint hk_edit_key_draft_get_max_name_bytes (HkEditKeyDraft *self);
const NukiKeySpec *hk_edit_key_draft_get_original (HkEditKeyDraft *self);
gboolean hk_edit_key_draft_get_valid (HkEditKeyDraft *self);
gboolean hk_edit_key_draft_get_changed (HkEditKeyDraft *self);
NukiKeySpec *hk_edit_key_draft_build (HkEditKeyDraft *self);

G_END_DECLS
