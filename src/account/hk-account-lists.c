/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of an account, and how to find something in them. */

#include "hk-account-private.h"

static int
compare_locks (gconstpointer a, gconstpointer b)
{
  NukiLock *lock_a = *(NukiLock *const *) a;
  NukiLock *lock_b = *(NukiLock *const *) b;

  if (nuki_lock_get_favorite (lock_a) != nuki_lock_get_favorite (lock_b))
    return nuki_lock_get_favorite (lock_a) ? -1 : 1;

  return g_utf8_collate (nuki_lock_get_name (lock_a), nuki_lock_get_name (lock_b));
}

static int
compare_people (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_utf8_collate (nuki_user_get_name ((NukiUser *) a), nuki_user_get_name ((NukiUser *) b));
}

/* Ids of locks, people and keys share one set: ids of keys are hexadecimal. */
static char *
make_lock_mark (gint64 lock_id)
{
  return g_strdup_printf ("lock %" G_GINT64_FORMAT, lock_id);
}

static char *
make_person_mark (int user_id)
{
  return g_strdup_printf ("person %d", user_id);
}

static void
add_to_index (GHashTable *index, gpointer id, HkKey *key)
{
  GPtrArray *keys = g_hash_table_lookup (index, id);

  if (keys == NULL)
    {
      keys = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (index, id, keys);
    }
  g_ptr_array_add (keys, g_object_ref (key));
}

static void
add_to_lock_index (GHashTable *index, HkKey *key)
{
  const gint64 lock_id = hk_key_get_lock_id (key);
  GPtrArray *keys = g_hash_table_lookup (index, &lock_id);

  if (keys != NULL)
    g_ptr_array_add (keys, g_object_ref (key));
  else
    add_to_index (index, g_memdup2 (&lock_id, sizeof lock_id), key);
}

/* One walk for all lists: a page with many people asks for each of them. */
static void
build_indexes (HkAccount *self)
{
  if (self->keys_of_person != NULL)
    return;

  self->keys_of_person = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->keys_of_lock = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->all_keys->len; i++)
    {
      HkKey *key = g_ptr_array_index (self->all_keys, i);

      if (!hk_key_get_shown (key))
        continue;
      add_to_lock_index (self->keys_of_lock, key);
      if (hk_key_get_user_id (key) != 0)
        add_to_index (self->keys_of_person, GINT_TO_POINTER (hk_key_get_user_id (key)), key);
    }
}

static void
drop_indexes (HkAccount *self)
{
  g_clear_pointer (&self->keys_of_person, g_hash_table_unref);
  g_clear_pointer (&self->keys_of_lock, g_hash_table_unref);
}

static GPtrArray *
copy_keys (GPtrArray *keys)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (keys, i)));

  return copy;
}

/*
 * hk_account_splice:
 * @target: what @store is to contain
 *
 * Replaces what is between the part at the beginning and the part at the end that stay, in one step: one signal, and
 * what is selected or looked at elsewhere is not disturbed.
 */
void
hk_account_splice (GListStore *store, GPtrArray *target)
{
  GListModel *model = G_LIST_MODEL (store);
  guint n_old = g_list_model_get_n_items (model);
  guint n_new = target->len;
  guint start = 0;

  while (start < n_old && start < n_new)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, start);

      if (item != g_ptr_array_index (target, start))
        break;
      start++;
    }

  while (n_old > start && n_new > start)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, n_old - 1);

      if (item != g_ptr_array_index (target, n_new - 1))
        break;
      n_old--;
      n_new--;
    }

  if (n_old > start || n_new > start)
    g_list_store_splice (store, start, n_old - start, target->pdata != NULL ? target->pdata + start : NULL,
                         n_new - start);
}

/* What is told of a key while a refresh runs is newer than what the refresh will say. */
void
hk_account_mark_key_newer (HkAccount *self, const char *key_id)
{
  g_hash_table_add (self->newer, g_strdup (key_id));
  g_clear_pointer (&self->keys_digest, g_free);
}

gboolean
hk_account_is_key_newer (HkAccount *self, const char *key_id)
{
  return g_hash_table_size (self->newer) > 0 && g_hash_table_contains (self->newer, key_id);
}

gboolean
hk_account_is_lock_newer (HkAccount *self, gint64 lock_id)
{
  g_autofree char *mark = make_lock_mark (lock_id);

  return g_hash_table_contains (self->newer, mark);
}

gboolean
hk_account_is_person_newer (HkAccount *self, int user_id)
{
  g_autofree char *mark = NULL;

  if (g_hash_table_size (self->newer) == 0)
    return FALSE;

  mark = make_person_mark (user_id);

  return g_hash_table_contains (self->newer, mark);
}

void
hk_account_show_locks (HkAccount *self)
{
  g_autoptr (GPtrArray) target = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer lock;

  g_hash_table_iter_init (&iter, self->lock_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &lock))
    g_ptr_array_add (target, lock);
  g_ptr_array_sort (target, compare_locks);
  hk_account_splice (self->locks, target);
}

/* Takes out who is not to be seen any more and puts in who is. */
void
hk_account_show_people (HkAccount *self)
{
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer id, person;

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->people)); i > 0; i--)
    {
      g_autoptr (NukiUser) user = g_list_model_get_item (G_LIST_MODEL (self->people), i - 1);
      const int user_id = nuki_user_get_id (user);

      if (g_hash_table_lookup (self->person_by_id, GINT_TO_POINTER (user_id)) == user &&
          hk_account_is_person_visible (self, user_id))
        g_hash_table_add (shown, GINT_TO_POINTER (user_id));
      else
        g_list_store_remove (self->people, i - 1);
    }

  g_hash_table_iter_init (&iter, self->person_by_id);
  while (g_hash_table_iter_next (&iter, &id, &person))
    if (!g_hash_table_contains (shown, id) && hk_account_is_person_visible (self, GPOINTER_TO_INT (id)))
      g_list_store_insert_sorted (self->people, person, compare_people, NULL);
}

/* Makes the list what it is to be, after anything that decides about it; once for all that happens at once. */
void
hk_account_show_keys (HkAccount *self)
{
  g_autoptr (GPtrArray) target = NULL;

  self->keys_differ = self->many;
  if (self->many)
    return;

  target = g_ptr_array_new_full (self->all_keys->len, g_object_unref);
  for (guint i = 0; i < self->all_keys->len; i++)
    {
      HkKey *key = g_ptr_array_index (self->all_keys, i);
      const gboolean visible = hk_account_is_key_visible (self, key);

      hk_key_set_shown (key, visible);
      if (visible)
        g_ptr_array_add (target, g_object_ref (key));
    }

  drop_indexes (self);
  if (hk_key_list_set_keys (self->keys, g_steal_pointer (&target)))
    hk_account_queue_updated (self);
}

void
hk_account_index_key (HkAccount *self, HkKey *key)
{
  /* The id lives as long as the key. */
  g_hash_table_replace (self->key_by_id, (gpointer) hk_key_get_id (key), g_object_ref (key));
}

/* Returns: whether the lock or the person is another than before */
gboolean
hk_account_join_key (HkAccount *self, HkKey *key)
{
  const gint64 lock_id = hk_key_get_lock_id (key);
  const int user_id = hk_key_get_user_id (key);

  return hk_key_join (key, g_hash_table_lookup (self->lock_by_id, &lock_id),
                      user_id != 0 ? g_hash_table_lookup (self->person_by_id, GINT_TO_POINTER (user_id)) : NULL);
}

void
hk_account_forget_key (HkAccount *self, HkKey *key)
{
  g_autoptr (HkKey) keep = g_object_ref (key);

  if (hk_key_get_id (key) != NULL && g_hash_table_lookup (self->key_by_id, hk_key_get_id (key)) == key)
    g_hash_table_remove (self->key_by_id, hk_key_get_id (key));
  g_clear_pointer (&self->keys_digest, g_free);
  if (g_ptr_array_remove (self->all_keys, key))
    hk_account_show_keys (self);
}

/* The service told of a lock. */
void
hk_account_see_lock (HkAccount *self, NukiLock *fresh)
{
  const gint64 lock_id = nuki_lock_get_id (fresh);
  NukiLock *lock = g_hash_table_lookup (self->lock_by_id, &lock_id);

  if (lock == NULL)
    return;

  g_hash_table_add (self->newer, make_lock_mark (lock_id));
  nuki_lock_assign (lock, fresh);
  for (guint i = 0; i < self->all_keys->len; i++)
    if (hk_key_get_lock_id (g_ptr_array_index (self->all_keys, i)) == lock_id)
      hk_key_tell_lock_name (g_ptr_array_index (self->all_keys, i));
  hk_account_show_locks (self);
  hk_account_queue_updated (self);
}

static void
add_change_for (HkAccount *self, gpointer whom, HkChange *change)
{
  GPtrArray *changes = g_hash_table_lookup (self->changes_for, whom);

  if (changes == NULL)
    {
      changes = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->changes_for, whom, changes);
    }
  if (!g_ptr_array_find (changes, change, NULL))
    g_ptr_array_add (changes, g_object_ref (change));
}

static void
build_changes_for (HkAccount *self)
{
  GHashTableIter iter;
  gpointer change;

  self->changes_for = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_hash_table_iter_init (&iter, self->key_of_change);
  while (g_hash_table_iter_next (&iter, &change, NULL))
    {
      HkInvitee *invitee = ((HkChange *) change)->invitee;
      const int user_id = ((HkChange *) change)->user_id;

      if (user_id != 0)
        add_change_for (self, GINT_TO_POINTER (user_id), change);
      if (invitee != NULL)
        add_change_for (self, invitee, change);
    }
}

/* The keys that are asked for the person who has @user_id, and is perhaps @invitee, are theirs. */
static void
join_changes_for (HkAccount *self, HkInvitee *invitee, int user_id)
{
  g_autoptr (GPtrArray) changes = NULL;
  GPtrArray *invited, *found;

  if (self->changes_for == NULL)
    build_changes_for (self);
  invited = invitee != NULL ? g_hash_table_lookup (self->changes_for, invitee) : NULL;
  for (guint i = 0; invited != NULL && i < invited->len; i++)
    add_change_for (self, GINT_TO_POINTER (user_id), g_ptr_array_index (invited, i));

  /* Who hears of it may ask for more, and the table is made anew. */
  found = g_hash_table_lookup (self->changes_for, GINT_TO_POINTER (user_id));
  changes = found != NULL ? g_ptr_array_ref (found) : NULL;
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      HkChange *change = g_ptr_array_index (changes, i);
      HkKey *key = g_hash_table_lookup (self->key_of_change, change);

      hk_change_set_invited (change);
      if (key == NULL || change->user_id != user_id)
        continue;
      hk_key_refresh_changes (key);
      hk_account_join_key (self, key);
    }
}

/* The service told of a person, who may be new, and may be @invitee. */
void
hk_account_see_person (HkAccount *self, HkInvitee *invitee, NukiUser *fresh)
{
  const gpointer id = GINT_TO_POINTER (nuki_user_get_id (fresh));
  NukiUser *person = g_hash_table_lookup (self->person_by_id, id);

  g_hash_table_add (self->newer, make_person_mark (nuki_user_get_id (fresh)));
  if (person == NULL)
    {
      g_hash_table_insert (self->person_by_id, id, g_object_ref (fresh));
      if (hk_account_is_person_visible (self, nuki_user_get_id (fresh)))
        g_list_store_insert_sorted (self->people, fresh, compare_people, NULL);
    }
  else if (person != fresh)
    {
      nuki_user_assign (person, fresh);
      /* A key without a name goes by that of its person. */
      for (guint i = 0; i < self->all_keys->len; i++)
        if (hk_key_get_person (g_ptr_array_index (self->all_keys, i)) == person)
          hk_key_set_renamed (g_ptr_array_index (self->all_keys, i), TRUE);
    }

  join_changes_for (self, invitee, nuki_user_get_id (fresh));
  drop_indexes (self);
  hk_account_queue_updated (self);
}

void
hk_account_see_person_gone (HkAccount *self, int user_id)
{
  g_hash_table_add (self->newer, make_person_mark (user_id));
  if (g_hash_table_remove (self->person_by_id, GINT_TO_POINTER (user_id)))
    hk_account_show_people (self);
  hk_account_queue_updated (self);
}

/* The service told of a key, perhaps for the first time. */
void
hk_account_see_key (HkAccount *self, HkKey *key, NukiKey *fresh)
{
  const char *key_id = nuki_key_get_id (fresh);
  HkKey *other = g_hash_table_lookup (self->key_by_id, key_id);

  hk_account_mark_key_newer (self, key_id);
  if (other != NULL && other != key)
    hk_account_forget_key (self, other);

  hk_key_assign_record (key, fresh);
  if (other != key)
    hk_account_index_key (self, key);
  hk_account_join_key (self, key);
  hk_account_queue_updated (self);
}

/**
 * hk_account_find_lock:
 * @lock_id: a `smartlockId`
 *
 * Returns: (transfer none) (nullable): that lock
 */
NukiLock *
hk_account_find_lock (HkAccount *self, gint64 lock_id)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return g_hash_table_lookup (self->lock_by_id, &lock_id);
}

/**
 * hk_account_find_person:
 * @user_id: an `accountUserId`
 *
 * Returns: (transfer none) (nullable): that person
 */
NukiUser *
hk_account_find_person (HkAccount *self, int user_id)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return g_hash_table_lookup (self->person_by_id, GINT_TO_POINTER (user_id));
}

/**
 * hk_account_has_key:
 * @key: a key that was in the list of keys
 *
 * Returns: whether it still is
 */
gboolean
hk_account_has_key (HkAccount *self, HkKey *key)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (HK_IS_KEY (key), FALSE);

  return hk_key_list_contains (self->keys, key);
}

/**
 * hk_account_count_keys:
 *
 * Returns: how many keys are in the list of keys, without those of devices
 */
guint
hk_account_count_keys (HkAccount *self)
{
  guint count = 0;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), 0);

  for (guint i = 0; i < self->all_keys->len; i++)
    {
      HkKey *key = g_ptr_array_index (self->all_keys, i);

      count += hk_key_get_shown (key) && !hk_key_get_infrastructure (key);
    }

  return count;
}

/**
 * hk_account_list_person_keys:
 * @person: a person of this account
 *
 * Returns: (transfer container) (element-type HkKey): the keys of @person that are in the list of keys
 */
GPtrArray *
hk_account_list_person_keys (HkAccount *self, NukiUser *person)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  build_indexes (self);

  return copy_keys (g_hash_table_lookup (self->keys_of_person, GINT_TO_POINTER (nuki_user_get_id (person))));
}

/**
 * hk_account_list_lock_keys:
 * @lock: a lock of this account
 *
 * Returns: (transfer container) (element-type HkKey): the keys on @lock that are in the list of keys
 */
GPtrArray *
hk_account_list_lock_keys (HkAccount *self, NukiLock *lock)
{
  gint64 lock_id;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  build_indexes (self);
  lock_id = nuki_lock_get_id (lock);

  return copy_keys (g_hash_table_lookup (self->keys_of_lock, &lock_id));
}

/**
 * hk_account_list_taken_codes:
 *
 * Returns: (transfer full) (element-type int int): the keypad codes on all locks and those asked for, as a set for
 *   nuki_code_generate()
 */
GHashTable *
hk_account_list_taken_codes (HkAccount *self)
{
  GHashTable *codes;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  codes = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->all_keys->len; i++)
    {
      NukiKey *record = hk_key_get_record (g_ptr_array_index (self->all_keys, i));

      if (record != NULL && nuki_key_get_code (record) != 0)
        g_hash_table_add (codes, GINT_TO_POINTER (nuki_key_get_code (record)));
    }
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (change->spec != NULL && change->spec->code != 0)
        g_hash_table_add (codes, GINT_TO_POINTER (change->spec->code));
    }

  return codes;
}
