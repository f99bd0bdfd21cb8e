/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

/**
 * HkKeyEntry:
 * @refs: how often it is referred to
 * @key: (owned): a key
 * @place: (owned): what it is sorted by: its name and that of its lock, in a form that strcmp() orders as people would
 *
 * A key in a sorted list. Names change, and the entry stays in its place until the list puts
 * another one in instead.
 */
typedef struct
{
  grefcount refs;
  HkKey *key;
  char *place;
} HkKeyEntry;

HkKeyEntry *hk_key_entry_new (HkKey *key);
HkKeyEntry *hk_key_entry_ref (HkKeyEntry *entry);
void hk_key_entry_unref (gpointer entry);
void hk_key_entry_find_place (HkKeyEntry *entry);

GPtrArray *hk_key_entries_new (void);
void hk_key_entries_add (GPtrArray *entries, HkKeyEntry *entry);
void hk_key_entries_sort (GPtrArray *entries);
guint hk_key_entries_find_position (GPtrArray *entries, HkKeyEntry *entry);

G_END_DECLS
