/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_KEY_DETAILS (hk_key_details_get_type ())

/*
 * The part of the key page that only tells: when the key opens, limit by limit, and what else is known of it. A code is
 * hidden until it is asked for. The page calls hk_key_details_refresh() when the key or the time moved on.
 */
G_DECLARE_FINAL_TYPE (HkKeyDetails, hk_key_details, HK, KEY_DETAILS, AdwBin)

void hk_key_details_refresh (HkKeyDetails *self);

G_END_DECLS
