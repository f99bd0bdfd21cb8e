/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Read-backs: what is due at the same time is looked for with one list. */

#include "hk-outbox-private.h"

#include "hk-look.h"

/* What is due so soon need not wait for a list of its own. */
#define SOON (100 * G_TIME_SPAN_MILLISECOND)

/* @deliveries: (element-type HkDelivery) */
static HkOutbox *
find_outbox (GPtrArray *deliveries)
{
  for (guint i = 0; i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!hk_delivery_is_over (delivery))
        return delivery->outbox;
    }

  return NULL;
}

/* Returns: %TRUE if @record is wider than asked, and a request has to follow */
static gboolean
is_too_wide (HkDelivery *delivery, NukiKey *record)
{
  return record != NULL && delivery->change->kind != HK_CHANGE_DELETE_KEY && hk_delivery_is_wider (delivery, record);
}

/* What the list says is written down as a whole. A key that is too wide comes afterwards: the request that switches it off
 * must not go out before that is on the disk. */
static void
judge_all (HkOutbox *self, GPtrArray *deliveries, HkLook *look, const GError *error)
{
  g_autoptr (GPtrArray) wide = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  hk_outbox_begin (self);
  for (guint i = 0; i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);
      NukiKey *record;

      if (hk_delivery_is_over (delivery))
        continue;
      if (look == NULL)
        {
          hk_delivery_look_failed (delivery, error);
          continue;
        }

      record = delivery->steps->find (delivery, look);
      if (is_too_wide (delivery, record))
        {
          g_ptr_array_add (wide, delivery);
          g_ptr_array_add (records, record);
        }
      else if (record == NULL && delivery->change->kind == HK_CHANGE_CREATE_KEY && hk_look_has_id (look, delivery))
        {
          hk_delivery_key_gone (delivery);
        }
      else
        {
          delivery->steps->judge (delivery, record);
        }
    }
  hk_outbox_commit (self);

  for (guint i = 0; i < wide->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (wide, i);

      if (!hk_delivery_is_over (delivery))
        delivery->steps->judge (delivery, g_ptr_array_index (records, i));
    }
}

static void
on_looked (HkLook *look, const GError *error, gpointer user_data)
{
  g_autoptr (GPtrArray) deliveries = user_data;
  g_autoptr (HkLook) owned = look;
  HkOutbox *outbox = find_outbox (deliveries);

  if (outbox == NULL)
    return;

  g_object_ref (outbox);
  judge_all (outbox, deliveries, look, error);
  g_object_unref (outbox);
}

static gboolean
is_due (HkOutbox *self, HkDelivery *delivery)
{
  const HkChangeState state = delivery->change->state;

  return (state == HK_CHANGE_ACCEPTED || state == HK_CHANGE_NOT_CONFIRMED) && !delivery->running &&
         delivery->wait != HK_DELIVERY_WAIT_PARTS && delivery->due <= hk_clock_get_monotonic (self->clock) + SOON;
}

/* Those that can be looked for together come out of @deliveries. */
static GPtrArray *
begin_read_backs (HkOutbox *self, GPtrArray *alone)
{
  GPtrArray *together = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (!is_due (self, delivery))
        continue;
      hk_delivery_begin_read_back (delivery);
      g_ptr_array_add (delivery->steps->judge != NULL ? together : alone, hk_delivery_ref (delivery));
    }
  if (together->len == 1)
    {
      g_ptr_array_add (alone, hk_delivery_ref (g_ptr_array_index (together, 0)));
      g_ptr_array_set_size (together, 0);
    }

  return together;
}

static gboolean
on_read_backs (gpointer user_data)
{
  HkOutbox *self = user_data;
  g_autoptr (GPtrArray) alone = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  g_autoptr (GPtrArray) together = NULL;

  self->read_backs = 0;
  if (!self->released)
    return G_SOURCE_REMOVE;

  together = begin_read_backs (self, alone);
  for (guint i = 0; i < alone->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (alone, i);

      delivery->steps->read_back (delivery);
    }
  if (together->len > 0)
    hk_look_start (together, self->cancellable, on_looked, g_ptr_array_ref (together));

  return G_SOURCE_REMOVE;
}

/* Something is due to be looked for. */
void
hk_outbox_queue_read_backs (HkOutbox *self)
{
  if (self->read_backs == 0)
    self->read_backs = g_idle_add_full (G_PRIORITY_DEFAULT, on_read_backs, self, NULL);
}

/*
 * hk_outbox_share_time:
 * @interval: in microseconds
 *
 * Returns: when @interval is over, or up to half of it sooner if something else is due then; microseconds of the monotonic
 *   clock
 */
gint64
hk_outbox_share_time (HkOutbox *self, gint64 interval)
{
  const gint64 now = hk_clock_get_monotonic (self->clock);

  if (self->shared_time < now + interval / 2 || self->shared_time > now + interval)
    self->shared_time = now + interval;

  return self->shared_time;
}
