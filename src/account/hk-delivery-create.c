/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New keys. The service says neither the id of a key nor when it is there, so it is looked for. */

#include "hk-delivery.h"

#include "hk-look.h"
#include "hk-outbox.h"

/* After an unclear answer the key may be listed late; only after so many looks it is asked for once more. */
#define MAX_LOOKS 3

/* A lock that comes back may take minutes to do what waited for it. */
#define LOOKS_AFTER_RETURN 20

/*
 * hk_delivery_take_known:
 * @records: (nullable) (element-type NukiKey): what is on the lock before the key is asked for
 *
 * None of these is the new key. Those that cannot be taken for it, whatever is amended later, are not remembered.
 */
void
hk_delivery_take_known (HkDelivery *self, GPtrArray *records)
{
  const gint64 place = hk_look_get_place_of_change (self->change);

  self->known_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_known_saved = 0;
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      NukiKey *record = g_ptr_array_index (records, i);

      if (hk_look_get_place (nuki_key_get_lock_id (record), nuki_key_get_key_type (record),
                             nuki_key_get_user_id (record)) == place)
        g_hash_table_add (self->known_ids, g_strdup (nuki_key_get_id (record)));
    }
}

static NukiKey *
find_own_key (HkDelivery *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (hk_outbox_claim_key (self->outbox, g_ptr_array_index (records, i)) == self->change)
      return g_ptr_array_index (records, i);

  return NULL;
}

static void
create_answered (HkDelivery *self, const GError *error)
{
  /* Taken, after an answer that got lost: taken by the key itself. */
  if (error == NULL || (self->unclear && g_error_matches (error, NUKI_ERROR, NUKI_ERROR_CONFLICT)))
    {
      hk_delivery_accepted (self);
      return;
    }

  self->posted = FALSE;
  if (hk_delivery_is_unclear (error))
    {
      self->unclear = TRUE;
      self->insisted = FALSE;
      self->n_looks = 0;
    }
  hk_delivery_try_again (self, error);
}

static void
on_key_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_create_key_finish (NUKI_CLIENT (source), result, &error);
  if (!hk_delivery_is_over (self))
    create_answered (self, error);
}

static void
look_again_later (HkDelivery *self)
{
  const gint64 seconds = 2 << self->n_looks;

  self->n_looks++;
  hk_outbox_save (self->outbox, self, "not yet");
  hk_delivery_hold (self, HK_DELIVERY_WAIT_SERVICE, hk_delivery_get_now (self) + seconds * G_TIME_SPAN_SECOND);
}

/* From now on the key may be there: whoever goes on with this has to look first. */
static void
ask_for_key (HkDelivery *self)
{
  self->posted = TRUE;
  if (hk_delivery_record (self, "asking for the key"))
    nuki_client_create_key_async (self->client, self->change->lock_id, self->change->spec, self->cancellable,
                                  on_key_created, hk_delivery_ref (self));
  else
    self->posted = FALSE;
}

/* The service may have taken it, and shows it only when the lock is back: to ask again could double it. */
static void
look_until_lock_is_back (HkDelivery *self)
{
  self->lock_away = TRUE;
  self->n_looks = 0;
  hk_delivery_look_on (self);
}

static void
on_lock_looked_at (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiLock) lock = nuki_client_get_lock_finish (NUKI_CLIENT (source), result, &error);

  if (hk_delivery_is_over (self))
    return;

  if (lock != NULL)
    hk_outbox_tell_lock (self->outbox, lock);
  if (hk_delivery_is_over (self))
    return;

  if (lock == NULL)
    hk_delivery_try_again (self, error);
  else if (hk_change_is_lock_offline (self->change))
    look_until_lock_is_back (self);
  else
    ask_for_key (self);
}

/* What the list of locks says may be as old as the trouble that swallowed the answer. */
static void
ask_again (HkDelivery *self)
{
  nuki_client_get_lock_async (self->client, self->change->lock_id, self->cancellable, on_lock_looked_at,
                              hk_delivery_ref (self));
}

static void
on_keys_before (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  NukiKey *own = NULL;

  records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (records == NULL)
    {
      hk_delivery_try_again (self, error);
      return;
    }

  /* Even a request that was refused, for several locks, may have made it on this one. */
  if (self->known_ids == NULL)
    hk_delivery_take_known (self, records);
  else
    own = find_own_key (self, records);

  if (own != NULL)
    {
      hk_outbox_tell_key (self->outbox, self->change, own);
      if (!hk_delivery_is_over (self))
        hk_delivery_accepted (self);
    }
  else if (self->queued && hk_change_is_lock_offline (self->change))
    {
      /* It waits for the lock; to ask again could only double it. */
      hk_delivery_accepted (self);
    }
  else if (!self->unclear || self->insisted)
    {
      ask_for_key (self);
    }
  else if (self->n_looks < MAX_LOOKS - 1)
    {
      look_again_later (self);
    }
  else
    {
      ask_again (self);
    }
}

static void
look_before (HkDelivery *self)
{
  nuki_client_list_lock_keys_async (self->client, self->change->lock_id, self->cancellable, on_keys_before,
                                    hk_delivery_ref (self));
}

static void
on_found_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiKey) record = NULL;

  record = nuki_client_get_key_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (record != NULL)
    {
      hk_delivery_update_from (self, record);
    }
  else if (hk_delivery_may_mean_gone (error))
    {
      /* It was there and is gone: it is made anew. */
      hk_outbox_tell_key_gone (self->outbox, self->change);
      hk_change_set_key_id (self->change, NULL);
      if (!hk_delivery_is_over (self))
        look_before (self);
    }
  else
    {
      hk_delivery_try_again (self, error);
    }
}

/* The key is for @user; what was there of somebody else says nothing. */
void
hk_delivery_take_person (HkDelivery *self, NukiUser *user)
{
  const int user_id = nuki_user_get_id (user);

  if (self->change->user_id != user_id)
    g_clear_pointer (&self->known_ids, g_hash_table_unref);
  self->change->user_id = user_id;
  self->change->spec->user_id = user_id;
  hk_outbox_forget_claims (self->outbox);
}

static void
go_on_with_person (HkDelivery *self, NukiUser *user)
{
  hk_delivery_take_person (self, user);
  hk_outbox_tell_user (self->outbox, self->change->invitee, user);
  if (!hk_delivery_is_over (self) && hk_delivery_record (self, "person known"))
    look_before (self);
}

static void
on_person_resolved (HkInvitee *invitee, NukiUser *user, const GError *error, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;

  if (hk_delivery_is_over (self))
    return;

  if (user != NULL)
    go_on_with_person (self, user);
  else
    hk_delivery_try_again (self, error);
}

static void
send_create (HkDelivery *self)
{
  HkInvitee *invitee = self->change->invitee;

  if (self->change->key_id != NULL)
    nuki_client_get_key_async (self->client, self->change->lock_id, self->change->key_id, self->cancellable,
                               on_found_key, hk_delivery_ref (self));
  else if (invitee == NULL)
    look_before (self);
  else if (hk_invitee_get_user (invitee) != NULL)
    go_on_with_person (self, hk_invitee_get_user (invitee));
  else
    hk_invitee_resolve (invitee, self->client, on_person_resolved, hk_delivery_ref (self));
}

/* A look after an unclear answer did not show the key. */
static void
look_on_or_ask_again (HkDelivery *self)
{
  if (hk_change_is_lock_offline (self->change))
    {
      self->lock_away = TRUE;
      self->n_looks++;
      hk_delivery_look_on (self);
      return;
    }

  if (self->lock_away)
    self->n_looks = 0;
  self->lock_away = FALSE;
  if (++self->n_looks < LOOKS_AFTER_RETURN)
    hk_delivery_look_on (self);
  else
    hk_delivery_hold (self, HK_DELIVERY_WAIT_NONE, hk_delivery_get_now (self));
}

static void
judge_create (HkDelivery *self, NukiKey *own)
{
  if (own != NULL && self->accepted == 0)
    hk_delivery_accepted (self);
  if (hk_delivery_is_over (self))
    return;

  if (own != NULL)
    hk_delivery_judge (self, own);
  else if (self->accepted == 0)
    look_on_or_ask_again (self);
  else
    hk_delivery_not_yet (self);
}

static void
on_keys_after (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (records != NULL)
    judge_create (self, find_own_key (self, records));
  else
    hk_delivery_look_failed (self, error);
}

static void
read_back_create (HkDelivery *self)
{
  if (self->change->key_id != NULL)
    hk_delivery_update_steps.read_back (self);
  else
    nuki_client_list_lock_keys_async (self->client, self->change->lock_id, self->cancellable, on_keys_after,
                                      hk_delivery_ref (self));
}

/*
 * hk_delivery_claim:
 * @record: a key that nobody knew so far
 *
 * Returns: %TRUE if @record is the key that this create made; the change has its id from now on
 */
gboolean
hk_delivery_claim (HkDelivery *self, NukiKey *record)
{
  const NukiKeySpec *spec = self->change->spec;

  if (self->change->kind != HK_CHANGE_CREATE_KEY || self->change->key_id != NULL)
    return FALSE;

  if (self->known_ids == NULL || g_hash_table_contains (self->known_ids, nuki_key_get_id (record)))
    return FALSE;

  if (nuki_key_get_lock_id (record) != self->change->lock_id || nuki_key_get_key_type (record) != spec->type ||
      (spec->user_id != 0 && nuki_key_get_user_id (record) != spec->user_id) ||
      (spec->code != 0 && nuki_key_get_code (record) != spec->code) ||
      g_strcmp0 (nuki_key_get_name (record), spec->name) != 0)
    return FALSE;

  hk_change_set_key_id (self->change, nuki_key_get_id (record));
  hk_change_set_hindrance (self->change, HK_HINDRANCE_NONE);

  return TRUE;
}

static NukiKey *
find_new_key (HkDelivery *self, HkLook *look)
{
  if (hk_look_has_id (look, self))
    return hk_look_find_key (look, self);

  return find_own_key (self, hk_look_list_candidates (look, self));
}

const HkDeliverySteps hk_delivery_create_steps = {
  .send = send_create,
  .read_back = read_back_create,
  .answered = create_answered,
  .find = find_new_key,
  .judge = judge_create,
};
