/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-clock.h"

G_DEFINE_TYPE (HkClock, hk_clock, G_TYPE_OBJECT)

static GDateTime *
hk_clock_real_now (HkClock *self)
{
  return g_date_time_new_now_utc ();
}

static gint64
hk_clock_real_get_monotonic (HkClock *self)
{
  return g_get_monotonic_time ();
}

static guint
hk_clock_real_schedule (HkClock *self, guint milliseconds, GSourceOnceFunc func, gpointer user_data)
{
  return g_timeout_add_once (milliseconds, func, user_data);
}

static void
hk_clock_real_cancel (HkClock *self, guint id)
{
  g_source_remove (id);
}

static double
hk_clock_real_random (HkClock *self)
{
  return g_random_double ();
}

static void
hk_clock_class_init (HkClockClass *klass)
{
  klass->now = hk_clock_real_now;
  klass->get_monotonic = hk_clock_real_get_monotonic;
  klass->schedule = hk_clock_real_schedule;
  klass->cancel = hk_clock_real_cancel;
  klass->random = hk_clock_real_random;
}

static void
hk_clock_init (HkClock *self)
{
}

/**
 * hk_clock_new:
 *
 * Returns: (transfer full): the system's clock
 */
HkClock *
hk_clock_new (void)
{
  return g_object_new (HK_TYPE_CLOCK, NULL);
}

/**
 * hk_clock_now:
 *
 * Returns: (transfer full): the time, UTC
 */
GDateTime *
hk_clock_now (HkClock *self)
{
  g_return_val_if_fail (HK_IS_CLOCK (self), NULL);

  return HK_CLOCK_GET_CLASS (self)->now (self);
}

/**
 * hk_clock_get_monotonic:
 *
 * For intervals: somebody may put the clock forward or back at any time.
 *
 * Returns: microseconds since some moment in the past, greater than 0
 */
gint64
hk_clock_get_monotonic (HkClock *self)
{
  g_return_val_if_fail (HK_IS_CLOCK (self), 1);

  return HK_CLOCK_GET_CLASS (self)->get_monotonic (self);
}

/**
 * hk_clock_schedule:
 * @milliseconds: how long to wait
 * @func: (scope async): what to call, once, on the main context
 *
 * Returns: an id for hk_clock_cancel(), greater than 0; it is void once @func was called
 */
guint
hk_clock_schedule (HkClock *self, guint milliseconds, GSourceOnceFunc func, gpointer user_data)
{
  g_return_val_if_fail (HK_IS_CLOCK (self), 0);
  g_return_val_if_fail (func != NULL, 0);

  return HK_CLOCK_GET_CLASS (self)->schedule (self, milliseconds, func, user_data);
}

/**
 * hk_clock_cancel:
 * @id: what hk_clock_schedule() returned
 *
 * Forgets a call that has not been made yet.
 */
void
hk_clock_cancel (HkClock *self, guint id)
{
  g_return_if_fail (HK_IS_CLOCK (self));
  g_return_if_fail (id > 0);

  HK_CLOCK_GET_CLASS (self)->cancel (self, id);
}

/**
 * hk_clock_random:
 *
 * Returns: a number from 0 up to but not including 1, to spread what would happen at the same time
 */
double
hk_clock_random (HkClock *self)
{
  g_return_val_if_fail (HK_IS_CLOCK (self), 0);

  return HK_CLOCK_GET_CLASS (self)->random (self);
}
