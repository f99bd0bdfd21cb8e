/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-topic.h"

#include <string.h>

struct _HkTopic
{
  GHashTable *told;  /* (owned) (element-type utf8): what the user knows of, and is still so */
  GHashTable *shown; /* (owned) (element-type utf8): what the notification is about, if there is one */
};

static GHashTable *
make_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
take_over (GHashTable *set, GHashTable *current)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_remove_all (set);
  g_hash_table_iter_init (&iter, current);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (set, g_strdup (id));
}

static gboolean
is_part_of (GHashTable *set, GHashTable *whole)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (whole, id))
      return FALSE;

  return TRUE;
}

static gboolean
is_over (gpointer id, gpointer value, gpointer current)
{
  return !g_hash_table_contains (current, id);
}

static int
compare_ids (gconstpointer left, gconstpointer right)
{
  return strcmp (*(const char *const *) left, *(const char *const *) right);
}

/**
 * hk_topic_new:
 * @told: (nullable): what an earlier process told
 *
 * Returns: (transfer full): a topic
 */
HkTopic *
hk_topic_new (const char *const *told)
{
  HkTopic *self = g_new0 (HkTopic, 1);

  self->told = make_set ();
  self->shown = make_set ();
  for (; told != NULL && *told != NULL; told++)
    {
      g_hash_table_add (self->told, g_strdup (*told));
      /* The notification may still be there. */
      g_hash_table_add (self->shown, g_strdup (*told));
    }

  return self;
}

void
hk_topic_free (HkTopic *self)
{
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->shown);
  g_free (self);
}

/**
 * hk_topic_update:
 * @current: (element-type utf8): all that is so now
 * @wanted: whether the user wants to be told
 *
 * Returns: what is to be done
 */
HkTopicStep
hk_topic_update (HkTopic *self, GHashTable *current, gboolean wanted)
{
  g_return_val_if_fail (self != NULL && current != NULL, HK_TOPIC_STEP_NONE);

  if (wanted && !is_part_of (current, self->told))
    {
      take_over (self->told, current);
      take_over (self->shown, current);
      return HK_TOPIC_STEP_TELL;
    }

  g_hash_table_foreach_remove (self->told, is_over, current);
  if (g_hash_table_size (self->shown) == 0 || (wanted && is_part_of (self->shown, current)))
    return HK_TOPIC_STEP_NONE;

  g_hash_table_remove_all (self->shown);
  return HK_TOPIC_STEP_WITHDRAW;
}

/**
 * hk_topic_dup_told:
 *
 * Returns: (transfer full): what has been told and is still so, in order, for the next process
 */
char **
hk_topic_dup_told (HkTopic *self)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (told, g_strdup (id));
  g_ptr_array_sort (told, compare_ids);
  g_ptr_array_add (told, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&told), FALSE);
}
