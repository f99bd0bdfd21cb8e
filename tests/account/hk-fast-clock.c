/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-fast-clock.h"

/*
 * HkFastClock:
 * @epoch: when it showed the right time, in microseconds since 1970; the same for all processes of a test
 * @factor: how many times faster than others it is
 */
struct _HkFastClock
{
  HkClock parent_instance;

  gint64 epoch;
  guint factor;
};

G_DEFINE_FINAL_TYPE (HkFastClock, hk_fast_clock, HK_TYPE_CLOCK)

static gint64
get_passed (HkFastClock *self)
{
  return (g_get_real_time () - self->epoch) * self->factor;
}

static GDateTime *
hk_fast_clock_now (HkClock *clock)
{
  HkFastClock *self = HK_FAST_CLOCK (clock);
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (self->epoch / G_USEC_PER_SEC);

  return g_date_time_add (start, get_passed (self));
}

static gint64
hk_fast_clock_get_monotonic (HkClock *clock)
{
  return g_get_monotonic_time () * HK_FAST_CLOCK (clock)->factor;
}

static guint
hk_fast_clock_schedule (HkClock *clock, guint milliseconds, GSourceOnceFunc func, gpointer user_data)
{
  return g_timeout_add_once (milliseconds / HK_FAST_CLOCK (clock)->factor, func, user_data);
}

static void
hk_fast_clock_class_init (HkFastClockClass *klass)
{
  HkClockClass *clock_class = HK_CLOCK_CLASS (klass);

  clock_class->now = hk_fast_clock_now;
  clock_class->get_monotonic = hk_fast_clock_get_monotonic;
  clock_class->schedule = hk_fast_clock_schedule;
}

static void
hk_fast_clock_init (HkFastClock *self)
{
}

HkClock *
hk_fast_clock_new (gint64 epoch, guint factor)
{
  HkFastClock *self = g_object_new (HK_TYPE_FAST_CLOCK, NULL);

  self->epoch = epoch;
  self->factor = factor;

  return HK_CLOCK (self);
}
