/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_KEY_HISTORY (hk_key_history_get_type ())

/*
 * What the user asked for one key, newest first, and what became of it: in this session, and in earlier ones as far as the
 * journal remembers. Not visible while there is nothing to tell.
 */
G_DECLARE_FINAL_TYPE (HkKeyHistory, hk_key_history, HK, KEY_HISTORY, AdwBin)

void hk_key_history_refresh (HkKeyHistory *self);

G_END_DECLS
