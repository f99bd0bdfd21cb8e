/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the lists show while changes are under way. */

#include "hk-account-private.h"

/* So many changes that are over stay in the list. */
#define MAX_SETTLED 200

static gboolean
is_over (HkChange *change)
{
  return change->state == HK_CHANGE_CONFIRMED || change->state == HK_CHANGE_DISCARDED;
}

/* The user thinks that it is gone, and may for now be right. */
static gboolean
is_hidden_by (HkChange *change)
{
  const HkChange *asked = change->whole != NULL ? change->whole : change;

  if (change->kind != HK_CHANGE_DELETE_KEY || hk_change_get_settled (change) ||
      change->state == HK_CHANGE_NOT_CONFIRMED)
    return FALSE;

  return asked->undoable || !hk_change_is_lock_offline (change);
}

static HkChange *
find_person_delete (HkAccount *self, int user_id)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (change->kind == HK_CHANGE_DELETE_PERSON && change->user_id == user_id)
        return change;
    }

  return NULL;
}

/* Whether both were asked for at once, and are undone so. */
static gboolean
goes_with (HkChange *change, HkChange *undoable)
{
  return change == undoable || (change->group != 0 && change->group == undoable->group);
}

static void
choose_undoable (HkAccount *self)
{
  HkChange *newest = NULL;
  guint n = 0;

  self->undoable_differs = self->many;
  if (self->many)
    return;

  for (guint i = self->active->len; i > 0; i--)
    {
      HkChange *change = g_ptr_array_index (self->active, i - 1);

      if (!hk_change_get_can_undo (change))
        continue;
      if (newest == NULL)
        newest = change;
      if (goes_with (change, newest))
        n++;
    }

  hk_account_set_undoable (self, newest, n);
}

/* Only what can be undone, or could be until now, makes a difference. */
static void
update_undoable (HkAccount *self, HkChange *changed)
{
  if (hk_change_get_can_undo (changed) || (self->undoable != NULL && goes_with (changed, self->undoable)))
    choose_undoable (self);
}

static void
trim_changes (HkAccount *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->changes)); self->n_over > MAX_SETTLED && i > 0; i--)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (G_LIST_MODEL (self->changes), i - 1);

      if (!is_over (change))
        continue;
      g_list_store_remove (self->changes, i - 1);
      self->n_over--;
      /* It may be what has just ended, and is still to be returned to whoever ended it. */
      g_idle_add_once (g_object_unref, g_steal_pointer (&change));
    }
}

/* Returns: whether the key has to come into the list or to go out of it */
static gboolean
is_wrongly_shown (HkAccount *self, HkChange *change)
{
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);

  return key != NULL && hk_account_is_key_visible (self, key) != hk_key_get_shown (key);
}

static void
update_lists (HkAccount *self, HkChange *change)
{
  gboolean keys_differ = is_wrongly_shown (self, change);

  for (guint i = 0; change->parts != NULL && i < change->parts->len && !keys_differ; i++)
    keys_differ = is_wrongly_shown (self, g_ptr_array_index (change->parts, i));

  if (keys_differ)
    hk_account_show_keys (self);
  if (change->kind == HK_CHANGE_DELETE_PERSON || change->whole != NULL)
    hk_account_show_people (self);
  update_undoable (self, change);
  hk_account_queue_updated (self);
}

static void
end_watch (HkAccount *self, HkChange *change)
{
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);

  g_signal_handlers_disconnect_by_data (change, self);
  if (key != NULL)
    {
      g_autoptr (HkKey) keep = g_object_ref (key);

      g_hash_table_remove (self->key_of_change, change);
      hk_key_remove_change (key, change);
      if (hk_account_is_key_visible (self, key) != hk_key_get_shown (key))
        hk_account_show_keys (self);
      if (hk_key_get_record (key) == NULL && hk_key_get_changes (key) == NULL)
        hk_account_forget_key (self, key);
    }
  g_ptr_array_remove (self->active, change);
  self->n_over++;
  trim_changes (self);
}

static void
on_change_state_notify (HkAccount *self, GParamSpec *pspec, HkChange *change)
{
  g_autoptr (HkChange) keep = g_object_ref (change);
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);

  if (is_over (change))
    end_watch (self, change);
  else if (key != NULL)
    hk_key_refresh_changes (key);

  /* What is shown of a key after a failure should be what the service has. */
  if (change->state == HK_CHANGE_FAILED || (change->state == HK_CHANGE_DISCARDED && change->key_id != NULL))
    hk_account_refresh_soon (self);

  update_lists (self, change);
  g_signal_emit_by_name (self, "change-state", change);
}

static void
on_change_can_undo_notify (HkAccount *self, GParamSpec *pspec, HkChange *change)
{
  update_lists (self, change);
}

static void
on_key_seen (HkAccount *self, HkChange *change, NukiKey *record)
{
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);

  if (key != NULL)
    hk_account_see_key (self, key, record);
}

static void
on_key_gone (HkAccount *self, HkChange *change)
{
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);

  if (change->key_id != NULL)
    hk_account_mark_key_newer (self, change->key_id);
  if (key != NULL && change->kind == HK_CHANGE_DELETE_KEY)
    {
      hk_account_forget_key (self, key);
    }
  else if (key != NULL && change->kind == HK_CHANGE_CREATE_KEY && hk_key_get_record (key) != NULL)
    {
      g_hash_table_remove (self->key_by_id, hk_key_get_id (key));
      hk_key_forget_record (key);
    }
  else if (key != NULL && change->kind != HK_CHANGE_CREATE_KEY)
    {
      hk_key_set_gone (key, TRUE);
    }
}

/* The list of keys costs as much as it is long, and what is asked at once is undone at once. */
static void
on_many (HkAccount *self, gboolean many)
{
  self->many = many;
  if (!many && self->keys_differ)
    hk_account_show_keys (self);
  if (!many && self->undoable_differs)
    choose_undoable (self);
}

/*
 * hk_account_connect_outbox:
 *
 * Listens to what the outbox learns from the service on the way.
 */
void
hk_account_connect_outbox (HkAccount *self)
{
  g_signal_connect_object (self->outbox, "key-seen", G_CALLBACK (on_key_seen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "key-gone", G_CALLBACK (on_key_gone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "user-seen", G_CALLBACK (hk_account_see_person), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "user-gone", G_CALLBACK (hk_account_see_person_gone), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "lock-seen", G_CALLBACK (hk_account_see_lock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "many", G_CALLBACK (on_many), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outbox, "journal-changed", G_CALLBACK (hk_account_notify_journal), self,
                           G_CONNECT_SWAPPED);
}

void
hk_account_set_key_of_change (HkAccount *self, HkChange *change, HkKey *key)
{
  g_hash_table_insert (self->key_of_change, g_object_ref (change), g_object_ref (key));
  g_clear_pointer (&self->changes_for, g_hash_table_unref);
}

/*
 * hk_account_watch_change:
 * @key: (nullable): the key that it is about
 *
 * Shows a new change, and keeps showing what becomes of it.
 */
void
hk_account_watch_change (HkAccount *self, HkChange *change, HkKey *key)
{
  g_ptr_array_add (self->active, g_object_ref (change));
  g_list_store_insert (self->changes, 0, change);
  if (key != NULL)
    {
      hk_account_set_key_of_change (self, change, key);
      if (change->kind != HK_CHANGE_CREATE_KEY)
        hk_key_add_change (key, change);
    }
  g_signal_connect_object (change, "notify::state", G_CALLBACK (on_change_state_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (change, "notify::text", G_CALLBACK (hk_account_queue_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (change, "notify::can-undo", G_CALLBACK (on_change_can_undo_notify), self,
                           G_CONNECT_SWAPPED);
  update_lists (self, change);
}

gboolean
hk_account_is_key_visible (HkAccount *self, HkKey *key)
{
  GPtrArray *changes = hk_key_get_changes (key);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    if (is_hidden_by (g_ptr_array_index (changes, i)))
      return FALSE;

  return hk_key_get_record (key) != NULL || changes != NULL;
}

/* Somebody who is on the way out is back in the list as soon as one of their keys is. */
gboolean
hk_account_is_person_visible (HkAccount *self, int user_id)
{
  HkChange *change = find_person_delete (self, user_id);

  if (change == NULL || hk_change_get_settled (change) || change->state == HK_CHANGE_NOT_CONFIRMED)
    return TRUE;

  for (guint i = 0; i < change->parts->len; i++)
    {
      HkChange *part = g_ptr_array_index (change->parts, i);

      if (!is_over (part) && !is_hidden_by (part))
        return TRUE;
    }

  return FALSE;
}

/**
 * hk_account_list_undoable:
 *
 * Returns: (transfer container) (element-type HkChange): what hk_account_undo() would take back, newest first: the newest change
 *   that can be undone, and those that were asked for at once with it
 */
GPtrArray *
hk_account_list_undoable (HkAccount *self)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (HK_IS_ACCOUNT (self), changes);

  for (guint i = self->active->len; i > 0 && changes->len < self->n_undoable; i--)
    {
      HkChange *change = g_ptr_array_index (self->active, i - 1);

      if (goes_with (change, self->undoable) && hk_change_get_can_undo (change))
        g_ptr_array_add (changes, g_object_ref (change));
    }

  return changes;
}

/**
 * hk_account_undo:
 *
 * Takes back what was asked for last, if it is not too late: all of it, if several things were asked for at once.
 */
void
hk_account_undo (HkAccount *self)
{
  g_autoptr (GPtrArray) changes = NULL;

  g_return_if_fail (HK_IS_ACCOUNT (self));

  changes = hk_account_list_undoable (self);
  hk_outbox_begin (self->outbox);
  for (guint i = 0; i < changes->len; i++)
    hk_outbox_discard (self->outbox, g_ptr_array_index (changes, i));
  hk_outbox_commit (self->outbox);
}

/* What failed for no other reason than the token goes on with a new one. */
void
hk_account_retry_rejected (HkAccount *self)
{
  g_autoptr (GPtrArray) rejected = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (g_error_matches (change->error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED))
        g_ptr_array_add (rejected, g_object_ref (change));
    }

  for (guint i = 0; i < rejected->len; i++)
    hk_outbox_retry (self->outbox, g_ptr_array_index (rejected, i));
}

/* Without a word to anybody: the whole account is forgotten. */
void
hk_account_forget_changes (HkAccount *self)
{
  hk_outbox_clear (self->outbox);
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      g_signal_handlers_disconnect_by_data (change, self);
      if (change->invitee != NULL)
        hk_invitee_cancel (change->invitee);
    }
  g_ptr_array_set_size (self->active, 0);
  g_hash_table_remove_all (self->key_of_change);
  g_clear_pointer (&self->changes_for, g_hash_table_unref);
  g_list_store_remove_all (self->changes);
  self->n_over = 0;
  hk_account_set_undoable (self, NULL, 0);
}
