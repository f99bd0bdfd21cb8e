/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys that are taken back. */

#include "hk-delivery.h"

#include <glib/gi18n-lib.h>

#include "hk-look.h"
#include "hk-outbox.h"

/* A deletion that was refused; the list says whether the key is there. */
typedef struct
{
  HkDelivery *delivery; /* (owned) */
  GError *error;        /* (owned) */
} Refusal;

static void
free_refusal (Refusal *self)
{
  hk_delivery_unref (self->delivery);
  g_error_free (self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Refusal, free_refusal)

static void
finish_gone (HkDelivery *self)
{
  hk_outbox_tell_key_gone (self->outbox, self->change);
  if (!hk_delivery_is_over (self))
    hk_delivery_confirmed (self);
}

static void
on_keys_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refusal) refusal = user_data;
  HkDelivery *self = refusal->delivery;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (records != NULL && hk_delivery_find_record (self, records) == NULL)
    {
      finish_gone (self);
      return;
    }

  if (records != NULL && g_error_matches (refusal->error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND))
    error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND,
                                 _ ("The service says that it does not know this key, but still lists it."));
  hk_delivery_try_again (self, error != NULL ? error : refusal->error);
}

static void
delete_answered (HkDelivery *self, const GError *error)
{
  Refusal *refusal;

  if (error == NULL)
    {
      hk_delivery_accepted (self);
      return;
    }
  if (!hk_delivery_may_mean_gone (error))
    {
      hk_delivery_try_again (self, error);
      return;
    }

  refusal = g_new0 (Refusal, 1);
  refusal->delivery = hk_delivery_ref (self);
  refusal->error = g_error_copy (error);
  nuki_client_list_lock_keys_async (self->client, self->change->lock_id, self->cancellable, on_keys_checked, refusal);
}

static void
on_key_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_delete_key_finish (NUKI_CLIENT (source), result, &error);
  if (!hk_delivery_is_over (self))
    delete_answered (self, error);
}

static void
send_delete (HkDelivery *self)
{
  nuki_client_delete_key_async (self->client, self->change->lock_id, self->change->key_id, self->cancellable,
                                on_key_deleted, hk_delivery_ref (self));
}

static void
on_keys_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (records == NULL)
    hk_delivery_look_failed (self, error);
  else if (hk_delivery_find_record (self, records) == NULL)
    finish_gone (self);
  else
    hk_delivery_not_yet (self);
}

/* What the service answers for a key that is gone is not documented; 404 is plausible, the list is certain. A proxy
 * says 404 as well, and “Deleted” must be true. */
static gboolean
says_nothing_certain (const GError *error)
{
  return g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_FORBIDDEN) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_INVALID) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_MALFORMED) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_SERVER);
}

static void
on_key_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiKey) record = NULL;

  record = nuki_client_get_key_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (record == NULL && says_nothing_certain (error))
    nuki_client_list_lock_keys_async (self->client, self->change->lock_id, self->cancellable, on_keys_listed,
                                      hk_delivery_ref (self));
  else if (record == NULL)
    hk_delivery_look_failed (self, error);
  else
    hk_delivery_not_yet (self);
}

static void
read_back_delete (HkDelivery *self)
{
  nuki_client_get_key_async (self->client, self->change->lock_id, self->change->key_id, self->cancellable,
                             on_key_read_back, hk_delivery_ref (self));
}

static NukiKey *
find_key (HkDelivery *self, HkLook *look)
{
  return hk_look_find_key (look, self);
}

static void
judge_delete (HkDelivery *self, NukiKey *record)
{
  if (record != NULL)
    hk_delivery_not_yet (self);
  else
    finish_gone (self);
}

const HkDeliverySteps hk_delivery_delete_steps = {
  .send = send_delete,
  .read_back = read_back_delete,
  .answered = delete_answered,
  .find = find_key,
  .judge = judge_delete,
};
