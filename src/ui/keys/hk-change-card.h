/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_CHANGE_CARD (hk_change_card_get_type ())

/*
 * Says on a page where a change stands that is not over: that it is on its way, or that it failed or is not confirmed,
 * with Retry and Discard. Not visible without such a change.
 */
G_DECLARE_FINAL_TYPE (HkChangeCard, hk_change_card, HK, CHANGE_CARD, AdwBin)

void hk_change_card_set_change (HkChangeCard *self, HkAccount *account, HkChange *change);
HkChange *hk_change_card_get_change (HkChangeCard *self);

G_END_DECLS
