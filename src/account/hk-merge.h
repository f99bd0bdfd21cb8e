/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-account-private.h"

G_BEGIN_DECLS

/* Brings what the service said into the lists of an account, in slices that do not stall the main loop. */
typedef struct _HkMerge HkMerge;

HkMerge *hk_merge_new (HkAccount *account, GPtrArray *locks, GPtrArray *people, GPtrArray *keys,
                       GSourceOnceFunc done, gpointer user_data);
void hk_merge_only_show (HkMerge *self);
void hk_merge_forget_keys (HkMerge *self);
void hk_merge_free (HkMerge *self);

G_END_DECLS
