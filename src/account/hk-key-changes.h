/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-change-private.h"

G_BEGIN_DECLS

/*
 * HkKeyChanges:
 * @list: (owned) (element-type HkChange): what is neither confirmed nor discarded, oldest first
 * @view: (owned) (nullable): the record with what is asked written over it; %NULL if that is the record
 *
 * What is asked of one key, and what it is to become by that. Of tens of thousands of keys, few have it.
 */
typedef struct
{
  GPtrArray *list;
  NukiKeySpec *view;
} HkKeyChanges;

HkKeyChanges *hk_key_changes_new (void);
void hk_key_changes_free (HkKeyChanges *self);

void hk_key_changes_update_view (HkKeyChanges *self, NukiKey *record);
HkChange *hk_key_changes_get_unsettled (HkKeyChanges *self);
HkChange *hk_key_changes_get_newest (HkKeyChanges *self);

G_END_DECLS
