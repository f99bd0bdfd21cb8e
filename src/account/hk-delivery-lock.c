/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lock's name and whether it is a favourite. */

#include "hk-delivery.h"

#include "hk-outbox.h"

static void
on_lock_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_lock_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

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
send_lock (HkDelivery *self)
{
  nuki_client_update_lock_async (self->client, self->change->lock_id, self->change->new_name,
                                 self->change->favorite, self->cancellable, on_lock_updated,
                                 hk_delivery_ref (self));
}

static gboolean
is_as_asked (HkDelivery *self, NukiLock *lock)
{
  return g_strcmp0 (nuki_lock_get_name (lock), self->change->new_name) == 0 &&
         nuki_lock_get_favorite (lock) == self->change->favorite;
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

  if (lock == NULL)
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
