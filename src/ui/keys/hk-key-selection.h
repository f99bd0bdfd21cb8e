/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-listed-keys.h"

G_BEGIN_DECLS

/*
 * Which of the listed keys are selected, while the user selects: a set of keys, so that sorting, searching
 * and refreshing leave it as it is. A key that is gone from the account is not selected any more. ::changed
 * when any of it is so, or may be listed or not.
 */
#define HK_TYPE_KEY_SELECTION (hk_key_selection_get_type ())
G_DECLARE_FINAL_TYPE (HkKeySelection, hk_key_selection, HK, KEY_SELECTION, GObject)

void hk_key_selection_set_keys (HkKeySelection *self, GListModel *keys);
gboolean hk_key_selection_get_active (HkKeySelection *self);
void hk_key_selection_set_active (HkKeySelection *self, gboolean active);
gboolean hk_key_selection_contains (HkKeySelection *self, HkKey *key);
void hk_key_selection_set_selected (HkKeySelection *self, HkKey *key, gboolean selected);
void hk_key_selection_toggle (HkKeySelection *self, HkKey *key);
void hk_key_selection_extend (HkKeySelection *self, HkKey *key);
void hk_key_selection_select_listed (HkKeySelection *self);
guint hk_key_selection_count (HkKeySelection *self);
guint hk_key_selection_count_listed (HkKeySelection *self);
GPtrArray *hk_key_selection_list (HkKeySelection *self);

G_END_DECLS
