/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-merge.h"

#include <string.h>

#include "hk-drain.h"

/* So long one slice may take, in microseconds; a frame has 16 ms, and others work in it, too. */
#define SLICE_TIME 3000

/* The time is not read for each item. */
#define ITEMS_AT_ONCE 32

/* So many people are sorted in less than a slice. */
#define SORTED_AT_ONCE 500

/* Objects that are taken out of an array one by one: freeing all at once would stall. */
typedef struct
{
  gpointer *items;
  gsize n_items;
  gsize next;
} Pile;

/*
 * HkMerge:
 * @account: (unowned): cancels the merge before it goes
 * @only_shows: it is no answer to what was asked
 * @has_keys: whether @keys is what the service has, or nothing is known
 * @forgets_keys: nothing is known, and nothing is to be shown
 * @has_people: the same for @people
 * @renamed: (owned) (element-type GObject): the locks and people that may have another name than before
 * @person_by_id: (owned): the people as they will be
 * @sorted: (owned): people in the order of the list
 * @added: (owned): keys that are new
 * @joined: how many of the account's keys have been joined anew
 * @changed: something is not as it was
 */
struct _HkMerge
{
  HkAccount *account;
  GSourceOnceFunc done;
  gpointer user_data;

  gboolean only_shows;
  gboolean has_people;
  gboolean has_keys;
  gboolean forgets_keys;
  Pile people;
  Pile keys;
  GHashTable *renamed;
  GHashTable *person_by_id;
  GPtrArray *sorted;
  GPtrArray *added;
  guint joined;
  gboolean changed;

  GCancellable *cancellable;
  guint source;
};

static void
fill_pile (Pile *pile, GPtrArray *array)
{
  if (array != NULL)
    pile->items = g_ptr_array_steal (array, &pile->n_items);
}

static gpointer
take_from_pile (Pile *pile)
{
  return pile->next < pile->n_items ? pile->items[pile->next++] : NULL;
}

static void
clear_pile (Pile *pile)
{
  GPtrArray *rest = g_ptr_array_new_with_free_func (g_object_unref);
  gpointer item;

  while ((item = take_from_pile (pile)) != NULL)
    g_ptr_array_add (rest, item);
  hk_drain (rest);
  g_clear_pointer (&pile->items, g_free);
}

static void
on_lock_notify (HkMerge *self)
{
  self->changed = TRUE;
}

static void
assign_lock (HkMerge *self, NukiLock *lock, NukiLock *fresh)
{
  if (g_strcmp0 (nuki_lock_get_name (lock), nuki_lock_get_name (fresh)) != 0)
    g_hash_table_add (self->renamed, lock);
  g_signal_connect_swapped (lock, "notify", G_CALLBACK (on_lock_notify), self);
  nuki_lock_assign (lock, fresh);
  g_signal_handlers_disconnect_by_data (lock, self);
}

static void
merge_locks (HkMerge *self, GPtrArray *fresh_locks)
{
  HkAccount *account = self->account;
  g_autoptr (GHashTable) lock_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  for (guint i = 0; i < fresh_locks->len; i++)
    {
      NukiLock *fresh = g_ptr_array_index (fresh_locks, i);
      const gint64 lock_id = nuki_lock_get_id (fresh);
      NukiLock *lock = g_hash_table_lookup (account->lock_by_id, &lock_id);

      if (lock == NULL)
        self->changed = TRUE;
      else if (!hk_account_is_lock_newer (account, lock_id))
        assign_lock (self, lock, fresh);
      g_hash_table_replace (lock_by_id, g_memdup2 (&lock_id, sizeof lock_id),
                            g_object_ref (lock != NULL ? lock : fresh));
    }

  self->changed |= g_hash_table_size (lock_by_id) != g_hash_table_size (account->lock_by_id);
  g_hash_table_unref (account->lock_by_id);
  account->lock_by_id = g_steal_pointer (&lock_by_id);
  hk_account_show_locks (account);

  for (guint i = 0; i < account->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (account->active, i);

      if (change->lock_id != 0)
        hk_change_set_lock (change, change->lock_id, g_hash_table_lookup (account->lock_by_id, &change->lock_id));
    }
}

typedef struct
{
  char *collate_key;
  gpointer user;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *) a)->collate_key, ((const Entry *) b)->collate_key);
}

static void
sort_pile (Pile *pile)
{
  g_autofree Entry *entries = g_new0 (Entry, pile->n_items + 1);

  for (gsize i = 0; i < pile->n_items; i++)
    {
      entries[i].user = pile->items[i];
      entries[i].collate_key = g_utf8_collate_key (nuki_user_get_name (pile->items[i]), -1);
    }
  qsort (entries, pile->n_items, sizeof *entries, compare_entries);
  for (gsize i = 0; i < pile->n_items; i++)
    {
      pile->items[i] = entries[i].user;
      g_free (entries[i].collate_key);
    }
}

/* Collation of thousands of names is too slow for the main thread. Nobody else has these objects yet. */
static void
sort_people_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  sort_pile (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
assign_person (HkMerge *self, NukiUser *person, NukiUser *fresh)
{
  if (!nuki_user_assign (person, fresh))
    return;

  self->changed = TRUE;
  g_hash_table_add (self->renamed, person);
}

static void
merge_person (HkMerge *self, NukiUser *fresh)
{
  HkAccount *account = self->account;
  const int user_id = nuki_user_get_id (fresh);
  NukiUser *person = g_hash_table_lookup (account->person_by_id, GINT_TO_POINTER (user_id));

  if (hk_account_is_person_newer (account, user_id) ||
      g_hash_table_contains (self->person_by_id, GINT_TO_POINTER (user_id)))
    return;

  if (person != NULL)
    {
      assign_person (self, person, fresh);
    }
  else
    {
      person = fresh;
      self->changed = TRUE;
    }
  g_hash_table_insert (self->person_by_id, GINT_TO_POINTER (user_id), g_object_ref (person));
  g_ptr_array_add (self->sorted, g_object_ref (person));
}

/* The sorted people become the list; those told of meanwhile are put in at their place. */
static void
finish_people (HkMerge *self)
{
  HkAccount *account = self->account;
  g_autoptr (GPtrArray) target = g_ptr_array_sized_new (self->sorted->len);
  GHashTableIter iter;
  gpointer id, person;

  g_hash_table_iter_init (&iter, account->person_by_id);
  while (g_hash_table_iter_next (&iter, &id, &person))
    if (hk_account_is_person_newer (account, GPOINTER_TO_INT (id)))
      g_hash_table_insert (self->person_by_id, id, g_object_ref (person));

  self->changed |= g_hash_table_size (self->person_by_id) != g_hash_table_size (account->person_by_id);
  g_hash_table_unref (account->person_by_id);
  account->person_by_id = g_steal_pointer (&self->person_by_id);

  for (guint i = 0; i < self->sorted->len; i++)
    if (hk_account_is_person_visible (account, nuki_user_get_id (g_ptr_array_index (self->sorted, i))))
      g_ptr_array_add (target, g_ptr_array_index (self->sorted, i));
  hk_account_splice (account->people, target);
  if (g_hash_table_size (account->newer) > 0)
    hk_account_show_people (account);
}

static void
observe (HkAccount *account, HkKey *key, NukiKey *fresh)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (hk_key_get_changes (key) == NULL)
    return;

  /* A copy: a change that is confirmed by this leaves the key. */
  changes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < hk_key_get_changes (key)->len; i++)
    g_ptr_array_add (changes, g_object_ref (g_ptr_array_index (hk_key_get_changes (key), i)));

  for (guint i = 0; i < changes->len; i++)
    if (fresh != NULL)
      hk_outbox_observe_key (account->outbox, g_ptr_array_index (changes, i), fresh);
    else
      hk_outbox_observe_gone (account->outbox, g_ptr_array_index (changes, i));
}

static HkKey *
find_or_claim (HkMerge *self, NukiKey *fresh)
{
  HkAccount *account = self->account;
  HkKey *key = g_hash_table_lookup (account->key_by_id, nuki_key_get_id (fresh));
  HkChange *change;

  if (key != NULL)
    return key;

  /* What is only shown decides about nothing. */
  if (self->only_shows)
    change = hk_outbox_find_key (account->outbox, fresh);
  else
    change = hk_outbox_claim_key (account->outbox, fresh);

  return change != NULL ? g_hash_table_lookup (account->key_of_change, change) : NULL;
}

static void
merge_key (HkMerge *self, NukiKey *fresh)
{
  HkAccount *account = self->account;
  HkKey *key;

  if (hk_account_is_key_newer (account, nuki_key_get_id (fresh)))
    return;

  key = find_or_claim (self, fresh);
  if (key == NULL)
    {
      key = hk_key_new_for_record (fresh);
      g_ptr_array_add (self->added, key);
      hk_account_index_key (account, key);
      hk_account_join_key (account, key);
    }
  else
    {
      const gboolean is_first = hk_key_get_id (key) == NULL;

      self->changed |= hk_key_assign_record (key, fresh);
      if (is_first)
        hk_account_index_key (account, key);
    }

  hk_key_set_mark (key, account->mark);
  if (!self->only_shows)
    observe (account, key, fresh);
}

static gboolean
is_missing (HkAccount *account, HkKey *key)
{
  return hk_key_get_record (key) != NULL && hk_key_get_mark (key) != account->mark &&
         !hk_account_is_key_newer (account, hk_key_get_id (key));
}

static void
observe_missing (HkAccount *account)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, account->key_of_change);
  while (g_hash_table_iter_next (&iter, NULL, &key))
    g_ptr_array_add (keys, g_object_ref (key));
  for (guint i = 0; i < keys->len; i++)
    if (is_missing (account, g_ptr_array_index (keys, i)))
      observe (account, g_ptr_array_index (keys, i), NULL);
}

/* Moves the keys that the service does not have any more from the account to @gone. */
static void
take_out_missing (HkMerge *self, GPtrArray *gone)
{
  HkAccount *account = self->account;
  gsize n_keys;
  g_autofree gpointer *keys = g_ptr_array_steal (account->all_keys, &n_keys);

  for (gsize i = 0; i < n_keys; i++)
    {
      HkKey *key = keys[i];

      /* A key with a change stays until somebody has seen what became of that. */
      if (!is_missing (account, key) || hk_key_get_changes (key) != NULL)
        {
          if (self->has_keys && is_missing (account, key))
            self->changed |= hk_key_set_gone (key, TRUE);
          g_ptr_array_add (account->all_keys, key);
          continue;
        }
      g_hash_table_remove (account->key_by_id, hk_key_get_id (key));
      g_ptr_array_add (gone, key);
    }
}

/* In one go, for all keys at once: nothing that takes long may be done here. */
static void
finish_keys (HkMerge *self)
{
  HkAccount *account = self->account;
  GPtrArray *gone = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->has_keys && !self->only_shows)
    observe_missing (account);
  if (self->has_keys || self->forgets_keys)
    {
      take_out_missing (self, gone);
      g_ptr_array_extend_and_steal (account->all_keys, g_steal_pointer (&self->added));
    }

  hk_account_attach_changes (account);
  hk_account_find_conflicts (account);
  hk_account_show_keys (account);
  if (self->changed)
    hk_account_queue_updated (account);
  hk_drain (gone);
}

static gboolean
step (HkMerge *self)
{
  g_autoptr (GObject) item = NULL;

  item = take_from_pile (&self->people);
  if (item != NULL)
    {
      merge_person (self, NUKI_USER (item));
      return TRUE;
    }

  if (self->has_people && self->person_by_id != NULL)
    {
      finish_people (self);
      return TRUE;
    }

  item = take_from_pile (&self->keys);
  if (item != NULL)
    {
      merge_key (self, NUKI_KEY (item));
      return TRUE;
    }

  if (self->joined < self->account->all_keys->len)
    {
      HkKey *key = g_ptr_array_index (self->account->all_keys, self->joined++);

      self->changed |= hk_account_join_key (self->account, key);
      if (g_hash_table_contains (self->renamed, hk_key_get_lock (key)))
        hk_key_tell_lock_name (key);
      /* A key without a name goes by that of its person. */
      if (g_hash_table_contains (self->renamed, hk_key_get_person (key)))
        hk_key_set_renamed (key, TRUE);
      return TRUE;
    }

  return FALSE;
}

/* What was kept is all that there is to be seen, and goes before a frame without it, some of which GTK paints ahead of what is
 * idle. */
static void
add_idle (HkMerge *self, GSourceFunc func)
{
  const int priority = self->only_shows ? G_PRIORITY_DEFAULT : G_PRIORITY_DEFAULT_IDLE;

  self->source = g_idle_add_full (priority, func, self, NULL);
}

static gboolean
on_merged (gpointer user_data)
{
  HkMerge *self = user_data;

  self->source = 0;
  /* Keys that the user made meanwhile. */
  while (step (self))
    ;
  finish_keys (self);
  self->done (self->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
on_slice (gpointer user_data)
{
  HkMerge *self = user_data;
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  do
    {
      for (guint i = 0; i < ITEMS_AT_ONCE; i++)
        if (!step (self))
          {
            /* To show it all takes longer than a slice by itself. */
            add_idle (self, on_merged);
            return G_SOURCE_REMOVE;
          }
    }
  while (g_get_monotonic_time () < deadline);

  return G_SOURCE_CONTINUE;
}

static void
start_slices (HkMerge *self)
{
  add_idle (self, on_slice);
}

static void
on_people_sorted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pile *pile = g_task_get_task_data (G_TASK (result));
  HkMerge *self = user_data;

  /* Cancelled: the merge is gone, and its people are in the task. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;

  self->people = *pile;
  *pile = (Pile) { NULL, 0, 0 };
  g_clear_object (&self->cancellable);
  start_slices (self);
}

static void
free_pile (gpointer data)
{
  Pile *pile = data;

  clear_pile (pile);
  g_free (pile);
}

static void
sort_in_thread (HkMerge *self, GPtrArray *people)
{
  g_autoptr (GTask) task = NULL;
  Pile *pile = g_new0 (Pile, 1);

  fill_pile (pile, people);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, on_people_sorted, self);
  g_task_set_source_tag (task, sort_in_thread);
  g_task_set_task_data (task, pile, free_pile);
  g_task_run_in_thread (task, sort_people_thread);
}

/*
 * hk_merge_new:
 * @locks: (nullable) (element-type NukiLock): what the service has; %NULL if it did not say
 * @people: (nullable) (element-type NukiUser): likewise; emptied
 * @keys: (nullable) (element-type NukiKey): likewise; emptied
 * @done: called once, when all is in the lists; it may free the merge
 *
 * What is in the lists already is kept and gets the new values.
 */
HkMerge *
hk_merge_new (HkAccount *account,
              GPtrArray *locks,
              GPtrArray *people,
              GPtrArray *keys,
              GSourceOnceFunc done,
              gpointer user_data)
{
  HkMerge *self = g_new0 (HkMerge, 1);

  self->account = account;
  self->done = done;
  self->user_data = user_data;
  self->has_people = people != NULL;
  self->has_keys = keys != NULL;
  self->renamed = g_hash_table_new (NULL, NULL);
  self->person_by_id = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->sorted = g_ptr_array_new_with_free_func (g_object_unref);
  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  fill_pile (&self->keys, keys);
  account->mark++;

  if (locks != NULL)
    merge_locks (self, locks);
  if (people != NULL && people->len > SORTED_AT_ONCE)
    sort_in_thread (self, people);
  else
    {
      fill_pile (&self->people, people);
      sort_pile (&self->people);
      start_slices (self);
    }

  return self;
}

/*
 * hk_merge_only_show:
 *
 * Right after hk_merge_new(): it is what the service said to an earlier process, or perhaps of another account. No change is
 * taken for done or found because of it.
 */
void
hk_merge_only_show (HkMerge *self)
{
  self->only_shows = TRUE;
  if (self->source == 0)
    return;

  g_source_remove (self->source);
  start_slices (self);
}

/* Right after hk_merge_new() without keys: those that nobody asked anything of are not to be shown any more. */
void
hk_merge_forget_keys (HkMerge *self)
{
  self->forgets_keys = TRUE;
}

/* When the merge is cancelled: the next one has to find these keys as new as they were for this one. */
static void
give_up_added (HkMerge *self)
{
  for (guint i = 0; i < self->added->len; i++)
    g_hash_table_remove (self->account->key_by_id, hk_key_get_id (g_ptr_array_index (self->added, i)));
  hk_drain (g_steal_pointer (&self->added));
}

void
hk_merge_free (HkMerge *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  clear_pile (&self->people);
  clear_pile (&self->keys);
  g_hash_table_unref (self->renamed);
  g_clear_pointer (&self->person_by_id, g_hash_table_unref);
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  if (self->added != NULL)
    give_up_added (self);
  g_free (self);
}
