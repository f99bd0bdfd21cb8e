/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "limits/hk-limits-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_LIMITS_EDITOR (hk_limits_editor_get_type ())
G_DECLARE_FINAL_TYPE (HkLimitsEditor, hk_limits_editor, HK, LIMITS_EDITOR, AdwPreferencesGroup)

void hk_limits_editor_set_draft (HkLimitsEditor *self, HkLimitsDraft *draft);
gboolean hk_limits_editor_reveal_errors (HkLimitsEditor *self);

G_END_DECLS
