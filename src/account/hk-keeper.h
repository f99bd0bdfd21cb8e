/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-account-private.h"

G_BEGIN_DECLS

HkKeeper *hk_keeper_new (HkAccount *account);
void hk_keeper_free (HkKeeper *self);
void hk_keeper_read_ahead (HkKeeper *self);
void hk_keeper_load (HkKeeper *self);
gboolean hk_keeper_is_loading (HkKeeper *self);
void hk_keeper_keep (HkKeeper *self);
void hk_keeper_clear (HkKeeper *self);
void hk_keeper_cancel (HkKeeper *self);
gboolean hk_keeper_is_busy (HkKeeper *self);

G_END_DECLS
