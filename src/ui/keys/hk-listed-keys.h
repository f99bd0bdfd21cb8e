/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-key-filter.h"

G_BEGIN_DECLS

#define HK_TYPE_LISTED_KEYS (hk_listed_keys_get_type ())

/*
 * The keys of an account that a filter lets through, by name and then by that of their lock: a #GListModel of #HkKey.
 *
 * It stands for GtkSortListModel and GtkFilterListModel, which look at all keys and tell of half of them when a single
 * one comes, goes or gets another name. Up to HK_LISTED_KEYS_AT_ONCE keys are sorted and filtered at once; more are sorted
 * by another thread and filtered while the main loop has nothing else to do, and until that is done the list stays as it
 * was, but for keys that are gone. Meanwhile `busy` is set.
 */
G_DECLARE_FINAL_TYPE (HkListedKeys, hk_listed_keys, HK, LISTED_KEYS, GObject)

#define HK_LISTED_KEYS_AT_ONCE 1000

void hk_listed_keys_set_keys (HkListedKeys *self, GListModel *keys);
gboolean hk_listed_keys_get_busy (HkListedKeys *self);

G_END_DECLS
