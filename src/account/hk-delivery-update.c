/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to a key that is there; a new key whose id is known goes on here, too. */

#include "hk-delivery.h"

#include <glib/gi18n-lib.h>

#include "hk-look.h"
#include "hk-outbox.h"

void
hk_delivery_key_gone (HkDelivery *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND, _ ("This key no longer exists."));

  hk_outbox_tell_key_gone (self->outbox, self->change);
  if (!hk_delivery_is_over (self))
    hk_delivery_failed (self, error);
}

static void
update_answered (HkDelivery *self, const GError *error)
{
  if (error == NULL)
    {
      hk_delivery_accepted (self);
      return;
    }

  /* Whatever becomes of the key until the next try is not its doing. */
  if (!hk_delivery_is_unclear (error))
    g_clear_pointer (&self->sent, nuki_key_spec_free);
  hk_delivery_try_again (self, error);
}

/*
 * hk_delivery_find_record:
 * @records: the keys of its lock
 *
 * Returns: (transfer none) (nullable): the key that it is about
 */
NukiKey *
hk_delivery_find_record (HkDelivery *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (nuki_key_get_id (g_ptr_array_index (records, i)), self->change->key_id) == 0)
      return g_ptr_array_index (records, i);

  return NULL;
}

/* Before the request it is what is to be updated, and after it a read-back. */
static void
take_record (HkDelivery *self, NukiKey *record)
{
  if (self->change->state == HK_CHANGE_SENDING)
    hk_delivery_update_from (self, record);
  else
    hk_delivery_judge (self, record);
}

static void
on_keys_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  NukiKey *record = NULL;

  records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (records != NULL)
    record = hk_delivery_find_record (self, records);
  if (records == NULL)
    hk_delivery_end_look (self, error);
  else if (record == NULL)
    hk_delivery_key_gone (self);
  else
    take_record (self, record);
}

/* The service may say 403 of what it does not have, and a proxy says 404 as well. What is taken for gone is not looked at any
 * more; the list is certain. */
static void
search_key (HkDelivery *self)
{
  nuki_client_list_lock_keys_async (self->client, self->change->lock_id, self->cancellable, on_keys_searched,
                                    hk_delivery_ref (self));
}

static void
on_key_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_key_finish (NUKI_CLIENT (source), result, &error);
  if (!hk_delivery_is_over (self))
    update_answered (self, error);
}

static void
on_key_looked_at (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiKey) record = NULL;

  record = nuki_client_get_key_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (record != NULL)
    take_record (self, record);
  else if (hk_delivery_may_mean_gone (error))
    search_key (self);
  else
    hk_delivery_end_look (self, error);
}

static void
look_at_key (HkDelivery *self)
{
  nuki_client_get_key_async (self->client, self->change->lock_id, self->change->key_id, self->cancellable,
                             on_key_looked_at, hk_delivery_ref (self));
}

static gboolean
is_same_time (GDateTime *a, GDateTime *b)
{
  return a != NULL && b != NULL && g_date_time_equal (a, b);
}

/* Returns: %TRUE if the operation has ended and the key may be used when it was asked that it may not. That counts
 * whatever was to change: the whole record was sent. */
gboolean
hk_delivery_is_wider (HkDelivery *self, NukiKey *record)
{
  const NukiKeySpec *asked = self->sent != NULL ? self->sent : self->change->spec;

  if (nuki_key_get_busy (record) || !nuki_key_get_on_lock (record))
    return FALSE;

  /* The record as it was before the update: the operation has not begun. */
  if (is_same_time (nuki_key_get_updated (record), self->base_updated))
    return FALSE;

  return nuki_limits_is_wider (nuki_key_get_limits (record), asked->limits);
}

/* Another try sets the limits right and switches the key on again, also if these were not what was to change. */
static void
fail_wider (HkDelivery *self, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_INVALID, message);

  /* That was the lock's doing, nobody else's. */
  g_clear_pointer (&self->change->base, nuki_key_spec_free);
  if (self->sent != NULL)
    hk_fields_copy_spec (HK_FIELD_LIMITS | HK_FIELD_ENABLED, self->sent, self->change->spec);
  self->change->fields |= HK_FIELD_LIMITS | HK_FIELD_ENABLED;
  g_clear_pointer (&self->sent, nuki_key_spec_free);
  hk_delivery_failed (self, error);
}

static void
on_key_paused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_key_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (error == NULL)
    fail_wider (self, _ ("The lock gave this key more time than you asked for, so it was switched off at once. "
                         "Try again, or delete it."));
  else if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_LOCKED))
    hk_delivery_not_yet (self);
  else if (hk_delivery_is_worth_another_try (error))
    hk_delivery_look_failed (self, error);
  else
    fail_wider (self, _ ("The lock gave this key more time than you asked for, and it could not be switched off. "
                         "Delete it."));
}

/* If it ends here, the next look shows whether the key is off. */
static void
pause_key (HkDelivery *self, NukiKey *record)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new_from_key (record);

  spec->enabled = FALSE;
  if (hk_delivery_record (self, "switching it off"))
    nuki_client_update_key_async (self->client, self->change->lock_id, self->change->key_id, spec,
                                  self->cancellable, on_key_paused, hk_delivery_ref (self));
}

static void
fail_not_understood (HkDelivery *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (NUKI_ERROR, NUKI_ERROR_MALFORMED,
                           _ ("The service says something about this key that Housekeys does not understand, and that "
                              "would get lost. Change the key in Nuki Web."));

  hk_delivery_failed (self, error);
}

/*
 * hk_delivery_prepare_update:
 * @record: the key as the service has it now
 *
 * Writes what is asked over the touched fields of the whole record, which is to be sent: the service drops the limits that an
 * update leaves out. Nothing is sent if the record is already as asked.
 *
 * Returns: %TRUE if it is to be sent; else it has ended in one way or another
 */
gboolean
hk_delivery_prepare_update (HkDelivery *self, NukiKey *record)
{
  g_autoptr (GError) busy = NULL;
  g_autoptr (NukiKeySpec) fresh = NULL;

  hk_outbox_tell_key (self->outbox, self->change, record);
  if (hk_delivery_is_over (self))
    return FALSE;

  /* An earlier request, whose answer got lost, may have led to more than was asked. */
  if (self->sent != NULL && hk_delivery_is_wider (self, record))
    {
      hk_delivery_accepted (self);
      if (!hk_delivery_is_over (self))
        hk_delivery_read_back_now (self);
      return FALSE;
    }

  if (hk_change_is_shown_by (self->change, record))
    {
      hk_delivery_confirmed (self);
      return FALSE;
    }

  if (nuki_key_get_busy (record))
    {
      busy = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_LOCKED,
                                  _ ("The lock is still busy with an earlier change to this key."));
      hk_delivery_try_again (self, busy);
      return FALSE;
    }

  if (!nuki_key_get_understood (record))
    {
      fail_not_understood (self);
      return FALSE;
    }

  fresh = nuki_key_spec_new_from_key (record);
  if (hk_change_find_conflict (self->change, fresh) != 0)
    {
      hk_delivery_conflicted (self, fresh, NULL);
      return FALSE;
    }

  g_clear_pointer (&self->sent, nuki_key_spec_free);
  self->sent = g_steal_pointer (&fresh);
  hk_change_apply (self->change, self->sent);
  g_clear_pointer (&self->base_updated, g_date_time_unref);
  if (nuki_key_get_updated (record) != NULL)
    self->base_updated = g_date_time_ref (nuki_key_get_updated (record));

  return hk_delivery_record (self, "asking for the update");
}

void
hk_delivery_update_from (HkDelivery *self, NukiKey *record)
{
  if (hk_delivery_prepare_update (self, record))
    nuki_client_update_key_async (self->client, self->change->lock_id, self->change->key_id, self->sent,
                                  self->cancellable, on_key_updated, hk_delivery_ref (self));
}

/* Decides by @record, a read-back, whether the key is on the lock as asked. */
void
hk_delivery_judge (HkDelivery *self, NukiKey *record)
{
  hk_outbox_tell_key (self->outbox, self->change, record);
  if (hk_delivery_is_over (self))
    return;

  if (!hk_delivery_is_wider (self, record))
    {
      if (hk_change_is_shown_by (self->change, record))
        hk_delivery_confirmed (self);
      else
        hk_delivery_not_yet (self);
    }
  else if (nuki_key_get_enabled (record))
    pause_key (self, record);
  else
    fail_wider (self, _ ("The lock gave this key more time than you asked for. It is switched off. Try again."));
}

static void
judge_update (HkDelivery *self, NukiKey *record)
{
  if (record != NULL)
    hk_delivery_judge (self, record);
  else
    hk_delivery_key_gone (self);
}

static NukiKey *
find_key (HkDelivery *self, HkLook *look)
{
  return hk_look_find_key (look, self);
}

const HkDeliverySteps hk_delivery_update_steps = {
  .send = look_at_key,
  .read_back = look_at_key,
  .answered = update_answered,
  .find = find_key,
  .judge = judge_update,
};
