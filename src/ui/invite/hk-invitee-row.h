/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-user.h>

#include "form/hk-control-row.h"

G_BEGIN_DECLS

#define HK_TYPE_INVITEE_ROW (hk_invitee_row_get_type ())
G_DECLARE_FINAL_TYPE (HkInviteeRow, hk_invitee_row, HK, INVITEE_ROW, HkControlRow)

NukiUser *hk_invitee_row_get_person (HkInviteeRow *self);
void hk_invitee_row_set_person (HkInviteeRow *self, NukiUser *person);

G_END_DECLS
