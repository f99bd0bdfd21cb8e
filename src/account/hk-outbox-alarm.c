/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One timer for all deliveries that wait for their time: GLib looks at each timer in each turn of the main loop. */

#include "hk-outbox-private.h"

static int
compare_due (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const gint64 due = ((const HkDelivery *) a)->due, other = ((const HkDelivery *) b)->due;

  return due < other ? -1 : due > other;
}

/* Returns: (nullable): whose time comes next */
static HkDelivery *
get_first (HkOutbox *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->alarms);

  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

static void update_timer (HkOutbox *self);

static void
on_time (gpointer user_data)
{
  g_autoptr (HkOutbox) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  /* Its time has come, even if the computer's clock was put back meanwhile. */
  const gint64 now = MAX (hk_clock_get_monotonic (self->clock), self->alarm_time);
  HkDelivery *delivery;

  self->alarm = 0;
  while ((delivery = get_first (self)) != NULL && delivery->due <= now)
    {
      g_ptr_array_add (due, hk_delivery_ref (delivery));
      g_sequence_remove (g_steal_pointer (&delivery->alarm));
    }
  for (guint i = 0; i < due->len; i++)
    hk_delivery_time_has_come (g_ptr_array_index (due, i));
  update_timer (self);
}

static void
update_timer (HkOutbox *self)
{
  HkDelivery *first = get_first (self);
  gint64 milliseconds;

  if (self->alarm > 0 && first != NULL && first->due == self->alarm_time)
    return;

  if (self->alarm > 0)
    hk_clock_cancel (self->clock, self->alarm);
  self->alarm = 0;
  if (first == NULL)
    return;

  self->alarm_time = first->due;
  milliseconds = (first->due - hk_clock_get_monotonic (self->clock) + 999) / 1000;
  self->alarm = hk_clock_schedule (self->clock, CLAMP (milliseconds, 0, G_MAXINT), on_time, self);
}

/* Calls hk_delivery_time_has_come() at what is then its due. */
void
hk_outbox_set_alarm (HkOutbox *self, HkDelivery *delivery)
{
  if (delivery->alarm != NULL)
    g_sequence_sort_changed (delivery->alarm, compare_due, NULL);
  else
    delivery->alarm = g_sequence_insert_sorted (self->alarms, delivery, compare_due, NULL);
  update_timer (self);
}

void
hk_outbox_stop_alarm (HkOutbox *self, HkDelivery *delivery)
{
  if (delivery->alarm == NULL)
    return;

  g_sequence_remove (g_steal_pointer (&delivery->alarm));
  update_timer (self);
}
