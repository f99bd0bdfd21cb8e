/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can ask for. */

#include "hk-account-private.h"

#define ALL_FIELDS                                                                                               \
  (HK_FIELD_NAME | HK_FIELD_CODE | HK_FIELD_ENABLED | HK_FIELD_REMOTE | HK_FIELD_LIMITS)

HkChange *
hk_account_new_change (HkAccount *self, HkChangeKind kind)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);

  return hk_change_new (kind, now);
}

static HkChange *
new_key_change (HkAccount *self, HkChangeKind kind, HkKey *key)
{
  HkChange *change = hk_account_new_change (self, kind);

  hk_change_set_lock (change, hk_key_get_lock_id (key), hk_key_get_lock (key));
  hk_change_set_name (change, hk_key_get_name (key));
  hk_change_set_key_id (change, hk_key_get_id (key));
  change->user_id = hk_key_get_user_id (key);
  g_set_object (&change->after, hk_key_get_last_unsettled (key));

  return change;
}

/* Shows @change and sends it; the caller's reference is taken by the lists. */
HkChange *
hk_account_ask (HkAccount *self, HkChange *change, HkKey *key, guint undo_seconds)
{
  g_autoptr (HkChange) owned = change;

  hk_account_watch_change (self, change, key);
  hk_outbox_add (self->outbox, change, undo_seconds);

  return change;
}

static HkChange *
find_change (HkKey *key, HkChangeKind kind)
{
  GPtrArray *changes = hk_key_get_changes (key);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      HkChange *change = g_ptr_array_index (changes, i);

      if (change->kind == kind)
        return change;
    }

  return NULL;
}

/* Returns: (nullable): the creation of @key, if nothing of it has been sent or it failed without making one */
static HkChange *
find_void_create (HkAccount *self, HkKey *key)
{
  HkChange *create = find_change (key, HK_CHANGE_CREATE_KEY);

  if (create == NULL || hk_key_get_record (key) != NULL)
    return NULL;

  return create->state == HK_CHANGE_FAILED || hk_outbox_is_unsent (self->outbox, create) ? create : NULL;
}

/* Returns: (nullable): the newest that is neither confirmed nor discarded */
HkChange *
hk_account_find_active (HkAccount *self, HkChangeKind kind, int user_id, gint64 lock_id)
{
  for (guint i = self->active->len; i > 0; i--)
    {
      HkChange *change = g_ptr_array_index (self->active, i - 1);

      if (change->kind == kind && change->user_id == user_id && change->lock_id == lock_id)
        return change;
    }

  return NULL;
}

/* Whether a new change of @kind makes an earlier one that failed pointless: the same asked anew; other values for a key that
 * was made, but not as asked; and anything once the key is taken back. */
static gboolean
is_superseded (HkKey *key, HkChange *failed, HkChangeKind kind)
{
  if (kind == HK_CHANGE_UPDATE_KEY && failed->kind == HK_CHANGE_CREATE_KEY)
    return hk_key_get_record (key) != NULL;

  return failed->kind == kind || kind == HK_CHANGE_DELETE_KEY;
}

static void
discard_failed (HkAccount *self, HkKey *key, HkChangeKind kind)
{
  g_autoptr (GPtrArray) failed = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *changes = hk_key_get_changes (key);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      HkChange *change = g_ptr_array_index (changes, i);

      if (change->state == HK_CHANGE_FAILED && is_superseded (key, change, kind))
        g_ptr_array_add (failed, g_object_ref (change));
    }

  for (guint i = 0; i < failed->len; i++)
    hk_outbox_discard (self->outbox, g_ptr_array_index (failed, i));
}

/* A deletion that makes room for the new key: the same person's, or one with the same code. */
static HkChange *
find_delete_in_the_way (HkAccount *self, gint64 lock_id, const NukiKeySpec *spec)
{
  for (guint i = self->active->len; i > 0; i--)
    {
      HkChange *change = g_ptr_array_index (self->active, i - 1);
      HkKey *key;
      NukiKey *record;

      if (change->kind != HK_CHANGE_DELETE_KEY || change->lock_id != lock_id || hk_change_get_settled (change))
        continue;
      key = g_hash_table_lookup (self->key_of_change, change);
      record = key != NULL ? hk_key_get_record (key) : NULL;
      if (record == NULL || nuki_key_get_key_type (record) != spec->type)
        continue;

      if (spec->type == NUKI_KEY_CODE ? nuki_key_get_code (record) == spec->code
                                      : nuki_key_get_user_id (record) == spec->user_id)
        return change;
    }

  return NULL;
}

static HkChange *
create_key (HkAccount *self, gint64 lock_id, const NukiKeySpec *spec, HkInvitee *invitee, HkChange *after)
{
  HkChange *change = hk_account_new_change (self, HK_CHANGE_CREATE_KEY);
  g_autoptr (HkKey) key = NULL;

  hk_change_set_lock (change, lock_id, hk_account_find_lock (self, lock_id));
  hk_change_set_name (change, spec->name);
  change->user_id = spec->user_id;
  change->spec = nuki_key_spec_copy (spec);
  change->fields = ALL_FIELDS;
  if (invitee != NULL)
    change->invitee = hk_invitee_ref (invitee);
  g_set_object (&change->after, after);

  key = hk_key_new_for_change (change);
  hk_account_join_key (self, key);
  g_ptr_array_add (self->all_keys, g_object_ref (key));

  return hk_account_ask (self, change, key, 0);
}

/**
 * hk_account_invite:
 * @invitation: which key, for whom, on which locks
 *
 * Asks for a key on each lock. A new person is found by e-mail address or made, once for all of them. The keys are in
 * the list of keys at once.
 *
 * Returns: (transfer container) (element-type HkChange): one change for each lock
 */
GPtrArray *
hk_account_invite (HkAccount *self, const HkInvitation *invitation)
{
  g_autoptr (HkInvitee) invitee = NULL;
  GPtrArray *changes;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (invitation != NULL, NULL);

  if (invitation->spec->type == NUKI_KEY_APP && invitation->spec->user_id == 0)
    {
      g_return_val_if_fail (invitation->email != NULL, NULL);
      invitee = hk_invitee_new (invitation->person_name, invitation->email, invitation->language);
    }

  changes = g_ptr_array_new_with_free_func (g_object_unref);
  hk_outbox_begin (self->outbox);
  for (guint i = 0; i < invitation->lock_ids->len; i++)
    {
      const gint64 lock_id = g_array_index (invitation->lock_ids, gint64, i);
      HkChange *after = invitee == NULL ? find_delete_in_the_way (self, lock_id, invitation->spec) : NULL;

      g_ptr_array_add (changes, g_object_ref (create_key (self, lock_id, invitation->spec, invitee, after)));
    }
  hk_outbox_commit (self->outbox);

  return changes;
}

/* A key that is not made yet is asked for as it is to be now. */
static HkChange *
amend_create (HkAccount *self, HkKey *key, HkChange *create, HkChange *amendment)
{
  hk_change_apply (amendment, create->spec);
  hk_change_set_name (create, create->spec->name);
  hk_key_refresh_changes (key);
  hk_account_queue_updated (self);
  hk_outbox_amend (self->outbox, create);
  hk_outbox_retry (self->outbox, create);

  return create;
}

/* What is under way for the key and was seen as if it were there is not what the service has. */
static NukiKeySpec *
make_base (HkKey *key, const NukiKeySpec *seen)
{
  g_autoptr (NukiKeySpec) record = NULL;
  NukiKeySpec *base;
  GPtrArray *changes = hk_key_get_changes (key);

  if (hk_key_get_record (key) == NULL)
    return NULL;

  base = nuki_key_spec_copy (seen);
  record = nuki_key_spec_new_from_key (hk_key_get_record (key));
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      HkChange *change = g_ptr_array_index (changes, i);

      if (!hk_change_get_settled (change))
        hk_fields_copy_spec (change->fields, record, base);
    }

  return base;
}

/**
 * hk_account_update_key:
 * @key: a key of this account
 * @base: (nullable): what the user saw before; %NULL for what is shown now
 * @spec: what it is to be, made from hk_key_dup_spec()
 *
 * Asks for another name, code or rights, or other limits. Only what differs from @base is touched; the rest stays as the
 * service has it when this is sent. If somebody else has changed the same to something else by then, the change fails, and
 * hk_account_resolve() says what is to be.
 *
 * Returns: (transfer none) (nullable): the change, or %NULL if nothing differs
 */
HkChange *
hk_account_update_key (HkAccount *self, HkKey *key, const NukiKeySpec *base, const NukiKeySpec *spec)
{
  g_autoptr (HkChange) change = NULL;
  g_autoptr (NukiKeySpec) before = NULL;
  HkChange *create;
  HkFields fields;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (spec != NULL, NULL);

  before = base != NULL ? nuki_key_spec_copy (base) : hk_key_dup_spec (key);
  fields = hk_change_compare_specs (before, spec);
  if (fields == 0)
    return NULL;

  discard_failed (self, key, HK_CHANGE_UPDATE_KEY);
  change = new_key_change (self, HK_CHANGE_UPDATE_KEY, key);
  change->spec = nuki_key_spec_copy (spec);
  change->fields = fields;
  change->base = make_base (key, before);

  create = find_void_create (self, key);
  if (create != NULL)
    return amend_create (self, key, create, change);

  return hk_account_ask (self, g_steal_pointer (&change), key, 0);
}

/**
 * hk_account_switch_key:
 * @key: a key of this account
 * @enabled: whether it is to open
 *
 * Switches a key on or off. #HkKey:enabled says so at once.
 *
 * Returns: (transfer none) (nullable): the change, or %NULL if @key is so already
 */
HkChange *
hk_account_switch_key (HkAccount *self, HkKey *key, gboolean enabled)
{
  HkChange *change, *last;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  if (hk_key_get_enabled (key) == enabled)
    return NULL;

  /* Back before it was sent: then nothing has to be. */
  last = hk_key_get_last_unsettled (key);
  if (last != NULL && last->kind == HK_CHANGE_SWITCH_KEY && hk_outbox_is_unsent (self->outbox, last))
    {
      hk_outbox_discard (self->outbox, last);
      if (hk_key_get_enabled (key) == enabled)
        return last;
    }

  discard_failed (self, key, HK_CHANGE_SWITCH_KEY);
  change = new_key_change (self, HK_CHANGE_SWITCH_KEY, key);
  change->spec = hk_key_dup_spec (key);
  change->spec->enabled = enabled;
  change->fields = HK_FIELD_ENABLED;

  return hk_account_ask (self, change, key, 0);
}

static HkChange *
delete_key (HkAccount *self, HkKey *key, guint group)
{
  HkChange *change = find_void_create (self, key);

  if (change != NULL)
    {
      hk_outbox_discard (self->outbox, change);
      return change;
    }

  discard_failed (self, key, HK_CHANGE_DELETE_KEY);
  change = find_change (key, HK_CHANGE_DELETE_KEY);
  if (change != NULL)
    return change;

  change = new_key_change (self, HK_CHANGE_DELETE_KEY, key);
  change->undoable = TRUE;
  change->group = group;

  return hk_account_ask (self, change, key, HK_UNDO_SECONDS);
}

/**
 * hk_account_delete_key:
 * @key: a key of this account that is not infrastructure
 *
 * Takes a key back. It leaves the list of keys at once and is sent after %HK_UNDO_SECONDS; until then
 * hk_account_discard() brings it back. If the lock does not confirm, the key comes back with the change. A key that is
 * still to be made is simply not made.
 *
 * Returns: (transfer none): the change
 */
HkChange *
hk_account_delete_key (HkAccount *self, HkKey *key)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (!hk_key_get_infrastructure (key), NULL);

  return delete_key (self, key, 0);
}

/**
 * hk_account_switch_keys:
 * @keys: (element-type HkKey): keys of this account
 * @enabled: whether they are to open
 *
 * Like hk_account_switch_key() for several keys at once: all of them are asked for, or none, and as few requests are sent as the
 * service allows.
 *
 * Returns: (transfer container) (element-type HkChange): the changes of those that were not so already
 */
GPtrArray *
hk_account_switch_keys (HkAccount *self, GPtrArray *keys, gboolean enabled)
{
  GPtrArray *changes;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (keys != NULL, NULL);

  changes = g_ptr_array_new_with_free_func (g_object_unref);
  hk_outbox_begin (self->outbox);
  for (guint i = 0; i < keys->len; i++)
    {
      HkChange *change = hk_account_switch_key (self, g_ptr_array_index (keys, i), enabled);

      if (change != NULL)
        g_ptr_array_add (changes, g_object_ref (change));
    }
  hk_outbox_commit (self->outbox);

  return changes;
}

/**
 * hk_account_delete_keys:
 * @keys: (element-type HkKey): keys of this account that are not infrastructure
 *
 * Like hk_account_delete_key() for several keys at once, and as hk_account_switch_keys() does it. hk_account_undo() brings them
 * back, but for those that were still to be made.
 *
 * Returns: (transfer container) (element-type HkChange): the changes
 */
GPtrArray *
hk_account_delete_keys (HkAccount *self, GPtrArray *keys)
{
  GPtrArray *changes;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (keys != NULL, NULL);

  changes = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_groups++;
  hk_outbox_begin (self->outbox);
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (changes, g_object_ref (delete_key (self, g_ptr_array_index (keys, i), self->n_groups)));
  hk_outbox_commit (self->outbox);

  return changes;
}

/* Returns: (nullable): the new key that waits until @taking is done */
static HkChange *
find_create_after (HkAccount *self, HkChange *taking)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (change->kind == HK_CHANGE_CREATE_KEY && change->after == taking)
        return change;
    }

  return NULL;
}

/**
 * hk_account_resend_invitation:
 * @key: an app key of this account
 *
 * Takes the key back and asks for it anew, which mails a new code: the service knows no other way. The new key is asked
 * for when the old one is gone for certain. It cannot be undone. What is on its way already is not asked for twice.
 *
 * Returns: (transfer none): the change for the new key
 */
HkChange *
hk_account_resend_invitation (HkAccount *self, HkKey *key)
{
  g_autoptr (NukiKeySpec) spec = NULL;
  HkChange *taking, *again;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (hk_key_get_record (key) != NULL, NULL);
  g_return_val_if_fail (hk_key_get_key_type (key) == NUKI_KEY_APP, NULL);

  spec = hk_key_dup_spec (key);
  spec->enabled = TRUE;
  discard_failed (self, key, HK_CHANGE_DELETE_KEY);
  taking = find_change (key, HK_CHANGE_DELETE_KEY);
  /* The one must not be without the other. */
  hk_outbox_begin (self->outbox);
  if (taking == NULL)
    taking = hk_account_ask (self, new_key_change (self, HK_CHANGE_DELETE_KEY, key), key, 0);

  again = find_create_after (self, taking);
  if (again == NULL)
    again = create_key (self, hk_key_get_lock_id (key), spec, NULL, taking);
  hk_outbox_commit (self->outbox);

  return again;
}

/* Returns: (transfer full) (nullable): the deletion of @key as a part of that of its person */
static HkChange *
make_part (HkAccount *self, HkKey *key)
{
  HkChange *change = find_void_create (self, key);

  if (change != NULL)
    {
      hk_outbox_discard (self->outbox, change);
      return NULL;
    }

  discard_failed (self, key, HK_CHANGE_DELETE_KEY);
  change = find_change (key, HK_CHANGE_DELETE_KEY);
  if (change != NULL && change->state != HK_CHANGE_WAITING)
    return g_object_ref (change);
  if (change != NULL)
    hk_outbox_discard (self->outbox, change);

  return new_key_change (self, HK_CHANGE_DELETE_KEY, key);
}

static GPtrArray *
collect_keys_of (HkAccount *self, int user_id)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->all_keys->len; i++)
    {
      HkKey *key = g_ptr_array_index (self->all_keys, i);

      if (hk_key_get_user_id (key) == user_id && !hk_key_get_infrastructure (key))
        g_ptr_array_add (keys, g_object_ref (key));
    }

  return keys;
}

static void
add_part (HkAccount *self, HkChange *change, HkKey *key)
{
  HkChange *part = make_part (self, key);

  if (part == NULL)
    return;

  part->whole = change;
  g_ptr_array_add (change->parts, part);
  if (!g_hash_table_contains (self->key_of_change, part))
    {
      hk_account_watch_change (self, part, key);
      hk_outbox_add (self->outbox, part, HK_UNDO_SECONDS);
    }
}

/**
 * hk_account_delete_person:
 * @person: a person of this account
 *
 * Takes back all keys of a person, each confirmed by its lock, and then deletes the person. They leave the lists at once;
 * nothing is sent for %HK_UNDO_SECONDS, and until then hk_account_discard() brings all of them back. If a key cannot be
 * taken back, the person stays and comes back with the change.
 *
 * Returns: (transfer none): the change; those of the keys are parts of it
 */
HkChange *
hk_account_delete_person (HkAccount *self, NukiUser *person)
{
  g_autoptr (GPtrArray) keys = NULL;
  HkChange *change;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  change = hk_account_find_active (self, HK_CHANGE_DELETE_PERSON, nuki_user_get_id (person), 0);
  if (change != NULL && change->state != HK_CHANGE_FAILED)
    return change;
  if (change != NULL)
    hk_outbox_discard (self->outbox, change);

  change = hk_account_new_change (self, HK_CHANGE_DELETE_PERSON);
  hk_change_set_name (change, nuki_user_get_name (person));
  change->user_id = nuki_user_get_id (person);
  change->parts = g_ptr_array_new_with_free_func (g_object_unref);
  change->undoable = TRUE;
  g_set_object (&change->after, hk_account_find_active (self, HK_CHANGE_UPDATE_PERSON, change->user_id, 0));

  keys = collect_keys_of (self, change->user_id);
  hk_outbox_begin (self->outbox);
  for (guint i = 0; i < keys->len; i++)
    add_part (self, change, g_ptr_array_index (keys, i));

  hk_account_ask (self, change, NULL, HK_UNDO_SECONDS);
  hk_outbox_commit (self->outbox);

  return change;
}

/**
 * hk_account_resolve:
 * @change: a change for which hk_change_get_conflict() says something
 * @mine: which of these fields are to be as @change asks; the others stay as somebody else made them
 *
 * Says what becomes of a key, a person or a lock that the user and somebody else have changed. Nothing is left to do if all
 * stays as it is.
 */
void
hk_account_resolve (HkAccount *self, HkChange *change, HkFields mine)
{
  HkFields conflict;

  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (HK_IS_CHANGE (change));

  conflict = hk_change_get_conflict (change);
  if (conflict == 0)
    return;

  change->fields &= ~(conflict & ~mine);
  if (change->theirs != NULL)
    {
      g_clear_pointer (&change->base, nuki_key_spec_free);
      change->base = nuki_key_spec_copy (change->theirs);
    }
  else
    {
      g_clear_pointer (&change->base_details, hk_details_free);
      change->base_details = hk_details_copy (change->their_details);
    }
  if (change->fields == 0)
    hk_outbox_discard (self->outbox, change);
  else
    hk_outbox_retry (self->outbox, change);
}

/**
 * hk_account_retry:
 * @change: a change for which hk_change_get_can_retry() is %TRUE
 *
 * Starts it again, with a look at what is there first.
 */
void
hk_account_retry (HkAccount *self, HkChange *change)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (HK_IS_CHANGE (change));

  hk_outbox_retry (self->outbox, change);
}

/**
 * hk_account_discard:
 * @change: a change
 *
 * Undoes a change that is not sent yet, or gives one up; what the service has already accepted may still happen. A change
 * that is being sent at this moment cannot be discarded, and one that is over does not change.
 */
void
hk_account_discard (HkAccount *self, HkChange *change)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (HK_IS_CHANGE (change));

  hk_outbox_discard (self->outbox, change);
}

/**
 * hk_account_find_changed_key:
 * @change: a change
 *
 * Returns: (transfer none) (nullable): the key that @change is about, while that is neither confirmed nor discarded
 */
HkKey *
hk_account_find_changed_key (HkAccount *self, HkChange *change)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (HK_IS_CHANGE (change), NULL);

  return g_hash_table_lookup (self->key_of_change, change);
}
