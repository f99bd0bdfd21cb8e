/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_FIELD_MESSAGE (hk_field_message_get_type ())
G_DECLARE_FINAL_TYPE (HkFieldMessage, hk_field_message, HK, FIELD_MESSAGE, AdwPreferencesRow)

void hk_field_message_reveal (HkFieldMessage *self);
void hk_field_message_conceal (HkFieldMessage *self);
const char *hk_field_message_get_error (HkFieldMessage *self);
gboolean hk_field_message_lead_to (HkFieldMessage *self);

G_END_DECLS
