/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-entry.h"

#include <string.h>

/* What a name and that of a lock are joined with: it comes before anything else. */
#define SEPARATOR "\1"

/*
 * hk_key_entry_new:
 *
 * Returns: (transfer full): an entry that knows the names of @key as they are; hk_key_entry_find_place() is still to be called
 */
HkKeyEntry *
hk_key_entry_new (HkKey *key)
{
  HkKeyEntry *entry = g_rc_box_new0 (HkKeyEntry);

  entry->key = g_object_ref (key);
  entry->place = g_strconcat (hk_key_get_name (key), SEPARATOR, hk_key_get_lock_name (key), NULL);

  return entry;
}

static void
clear_entry (gpointer data)
{
  HkKeyEntry *entry = data;

  g_object_unref (entry->key);
  g_free (entry->place);
}

void
hk_key_entry_unref (gpointer entry)
{
  g_rc_box_release_full (entry, clear_entry);
}

static char *
make_collate_key (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_collate_key (folded, -1);
}

/*
 * hk_key_entry_find_place:
 *
 * To be called once, after hk_key_entry_new(). It looks at nothing but the names, so another thread may do that.
 */
void
hk_key_entry_find_place (HkKeyEntry *entry)
{
  g_auto (GStrv) names = g_strsplit (entry->place, SEPARATOR, 2);
  g_autofree char *name = make_collate_key (names[0]);
  g_autofree char *lock_name = make_collate_key (names[1]);

  g_free (entry->place);
  entry->place = g_strconcat (name, SEPARATOR, lock_name, NULL);
}

GPtrArray *
hk_key_entries_new (void)
{
  return g_ptr_array_new_with_free_func (hk_key_entry_unref);
}

void
hk_key_entries_add (GPtrArray *entries, HkKeyEntry *entry)
{
  g_ptr_array_add (entries, g_rc_box_acquire (entry));
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp ((*(HkKeyEntry *const *) a)->place, (*(HkKeyEntry *const *) b)->place);
}

/*
 * hk_key_entries_sort:
 *
 * Finds the place of each of @entries and puts it there. What is called alike stays in its order. Another thread may do
 * that, too.
 */
void
hk_key_entries_sort (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    hk_key_entry_find_place (g_ptr_array_index (entries, i));
  g_qsort_with_data (entries->pdata, (int) entries->len, sizeof (gpointer), compare_entries, NULL);
}

/* Returns: where in the sorted @entries @entry belongs; after those that are called alike */
guint
hk_key_entries_find_position (GPtrArray *entries, HkKeyEntry *entry)
{
  guint first = 0;
  guint last = entries->len;

  while (first < last)
    {
      const guint middle = first + (last - first) / 2;

      if (strcmp (entry->place, ((HkKeyEntry *) g_ptr_array_index (entries, middle))->place) < 0)
        last = middle;
      else
        first = middle + 1;
    }

  return first;
}
