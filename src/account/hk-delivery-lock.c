/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lock's name and whether it is a favourite. */

#include "hk-delivery.h"

#include <glib/gi18n-lib.h>

#include "hk-outbox.h"

static gboolean
is_listed (GPtrArray *locks, gint64 lock_id)
{
  for (guint i = 0; i < locks->len; i++)
    if (nuki_lock_get_id (g_ptr_array_index (locks, i)) == lock_id)
      return TRUE;

  return FALSE;
}

static void
on_locks_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) locks = nuki_client_list_locks_finish (NUKI_CLIENT (source), result, &error);
  const gboolean is_sending = self->change->state == HK_CHANGE_SENDING;

  if (hk_delivery_is_over (self))
    return;

  if (locks == NULL)
    {
      hk_delivery_end_look (self, error);
    }
  else if (!is_listed (locks, self->change->lock_id))
    {
      error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND, _ ("This lock is no longer in the account."));
      hk_delivery_failed (self, error);
    }
  else if (is_sending)
    {
      error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_FORBIDDEN,
                                   _ ("The service lists this lock, but does not let it be changed."));
      hk_delivery_failed (self, error);
    }
  else
    {
      hk_delivery_not_yet (self);
    }
}

/* Somebody may have taken the lock out of the account; the list is certain. */
static void
search_lock (HkDelivery *self)
{
  nuki_client_list_locks_async (self->client, self->cancellable, on_locks_searched, hk_delivery_ref (self));
}

static void
on_lock_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_lock_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND))
    {
      search_lock (self);
      return;
    }
  if (error != NULL)
    {
      hk_delivery_try_again (self, error);
      return;
    }

  /* Often it is there at once; if not, the usual read-backs follow. */
  hk_delivery_accepted (self);
  if (!hk_delivery_is_over (self))
    hk_delivery_read_back_now (self);
}

static void
on_fresh_lock (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiLock) lock = nuki_client_get_lock_finish (NUKI_CLIENT (source), result, &error);
  g_autoptr (HkDetails) fresh = NULL;
  g_autoptr (HkDetails) wanted = NULL;

  if (hk_delivery_is_over (self))
    return;

  if (lock == NULL && hk_delivery_may_mean_gone (error))
    search_lock (self);
  else if (lock == NULL)
    hk_delivery_try_again (self, error);
  if (lock == NULL)
    return;

  hk_outbox_tell_lock (self->outbox, lock);
  if (hk_delivery_is_over (self))
    return;

  fresh = hk_details_new_from_lock (lock);
  wanted = hk_delivery_merge_details (self, fresh);
  if (wanted != NULL)
    nuki_client_update_lock_async (self->client, self->change->lock_id, wanted->name, wanted->favorite,
                                   self->cancellable, on_lock_updated, hk_delivery_ref (self));
}

static void
send_lock (HkDelivery *self)
{
  nuki_client_get_lock_async (self->client, self->change->lock_id, self->cancellable, on_fresh_lock,
                              hk_delivery_ref (self));
}

static gboolean
is_as_asked (HkDelivery *self, NukiLock *lock)
{
  g_autoptr (HkDetails) found = hk_details_new_from_lock (lock);

  return hk_delivery_has_details (self, found);
}

static void
on_lock_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
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

  if (lock == NULL && hk_delivery_may_mean_gone (error))
    search_lock (self);
  else if (lock == NULL)
    hk_delivery_look_failed (self, error);
  else if (is_as_asked (self, lock))
    hk_delivery_confirmed (self);
  else
    hk_delivery_not_yet (self);
}

static void
read_back_lock (HkDelivery *self)
{
  nuki_client_get_lock_async (self->client, self->change->lock_id, self->cancellable, on_lock_read_back,
                              hk_delivery_ref (self));
}

const HkDeliverySteps hk_delivery_lock_steps = {
  .send = send_lock,
  .read_back = read_back_lock,
};
