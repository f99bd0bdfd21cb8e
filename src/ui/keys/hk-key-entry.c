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
  HkKeyEntry *entry = g_new0 (HkKeyEntry, 1);

  g_ref_count_init (&entry->refs);
  entry->key = g_object_ref (key);
  entry->place = g_strconcat (hk_key_get_name (key), SEPARATOR, hk_key_get_lock_name (key), NULL);

  return entry;
}

HkKeyEntry *
hk_key_entry_ref (HkKeyEntry *entry)
{
  g_ref_count_inc (&entry->refs);

  return entry;
}

void
hk_key_entry_unref (gpointer data)
{
  HkKeyEntry *entry = data;

  if (!g_ref_count_dec (&entry->refs))
    return;

  g_object_unref (entry->key);
  g_free (entry->place);
  g_free (entry);
}

/* Returns: (transfer none): what @text is sorted by; @known has that of texts that were looked up before */
static const char *
look_up (GHashTable *known, const char *text)
{
  char *collate_key = g_hash_table_lookup (known, text);

  if (collate_key == NULL)
    {
      g_autofree char *folded = g_utf8_casefold (text, -1);

      collate_key = g_utf8_collate_key (folded, -1);
      g_hash_table_insert (known, g_strdup (text), collate_key);
    }

  return collate_key;
}

static GHashTable *
create_known (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
find_place (HkKeyEntry *entry, GHashTable *known)
{
  g_autofree char *names = g_steal_pointer (&entry->place);
  char *separator = strstr (names, SEPARATOR);

  *separator = '\0';
  entry->place = g_strconcat (look_up (known, names), SEPARATOR, look_up (known, separator + 1), NULL);
}

/*
 * hk_key_entry_find_place:
 *
 * To be called once, after hk_key_entry_new(). It looks at nothing but the names, so another thread may do that.
 */
void
hk_key_entry_find_place (HkKeyEntry *entry)
{
  g_autoptr (GHashTable) known = create_known ();

  find_place (entry, known);
}

GPtrArray *
hk_key_entries_new (void)
{
  return g_ptr_array_new_with_free_func (hk_key_entry_unref);
}

void
hk_key_entries_add (GPtrArray *entries, HkKeyEntry *entry)
{
  g_ptr_array_add (entries, hk_key_entry_ref (entry));
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
  /* Many keys are those of one person, and all of them to a few locks. */
  g_autoptr (GHashTable) known = create_known ();

  for (guint i = 0; i < entries->len; i++)
    find_place (g_ptr_array_index (entries, i), known);
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
