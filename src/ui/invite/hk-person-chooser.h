/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "invite/hk-invite-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_PERSON_CHOOSER (hk_person_chooser_get_type ())
G_DECLARE_FINAL_TYPE (HkPersonChooser, hk_person_chooser, HK, PERSON_CHOOSER, AdwPreferencesGroup)

void hk_person_chooser_set_draft (HkPersonChooser *self, HkInviteDraft *draft);
gboolean hk_person_chooser_reveal_errors (HkPersonChooser *self);

G_END_DECLS
