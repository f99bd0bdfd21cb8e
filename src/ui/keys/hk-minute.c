/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-minute.h"

struct _HkMinute
{
  GObject parent_instance;

  HkClock *clock; /* (owned) */
  guint id;       /* what is scheduled, or 0 */
};

G_DEFINE_FINAL_TYPE (HkMinute, hk_minute, G_TYPE_OBJECT)

static guint tick_signal;

static void schedule (HkMinute *self);

static void
on_minute_over (gpointer user_data)
{
  HkMinute *self = HK_MINUTE (user_data);

  self->id = 0;
  schedule (self);
  g_signal_emit (self, tick_signal, 0);
}

static void
schedule (HkMinute *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);

  /* Just after the minute has changed, as clocks on the wall do. */
  self->id = hk_clock_schedule (self->clock, (60 - g_date_time_get_second (now)) * 1000, on_minute_over, self);
}

static void
hk_minute_dispose (GObject *object)
{
  HkMinute *self = HK_MINUTE (object);

  if (self->clock != NULL)
    hk_minute_set_running (self, FALSE);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hk_minute_parent_class)->dispose (object);
}

static void
hk_minute_class_init (HkMinuteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hk_minute_dispose;

  tick_signal = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 0);
}

static void
hk_minute_init (HkMinute *self)
{
}

/**
 * hk_minute_new:
 * @clock: whose minutes
 *
 * Returns: (transfer full): an object that does not run yet
 */
HkMinute *
hk_minute_new (HkClock *clock)
{
  HkMinute *self;

  g_return_val_if_fail (HK_IS_CLOCK (clock), NULL);

  self = g_object_new (HK_TYPE_MINUTE, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * hk_minute_set_running:
 * @running: whether to tick
 */
void
hk_minute_set_running (HkMinute *self, gboolean running)
{
  g_return_if_fail (HK_IS_MINUTE (self));

  if (running && self->id == 0)
    {
      schedule (self);
    }
  else if (!running && self->id != 0)
    {
      hk_clock_cancel (self->clock, self->id);
      self->id = 0;
    }
}
