/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HK_TYPE_CLOCK (hk_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (HkClock, hk_clock, HK, CLOCK, GObject)

/**
 * HkClockClass:
 * @now: the time, UTC; (transfer full)
 * @get_monotonic: microseconds since some moment in the past, whatever is done to the computer's clock; greater than 0
 * @schedule: calls @func once after @milliseconds, on the main context; returns an id > 0
 * @cancel: forgets a scheduled call
 * @random: a number from 0 up to but not including 1, to spread what would happen at the same time
 *
 * The time as the application sees it. The class itself is the system's clock; tests subclass it to let hours pass.
 */
struct _HkClockClass
{
  GObjectClass parent_class;

  GDateTime *(*now) (HkClock *self);
  gint64 (*get_monotonic) (HkClock *self);
  guint (*schedule) (HkClock *self, guint milliseconds, GSourceOnceFunc func, gpointer user_data);
  void (*cancel) (HkClock *self, guint id);
  double (*random) (HkClock *self);
};

HkClock *hk_clock_new (void);
GDateTime *hk_clock_now (HkClock *self);
gint64 hk_clock_get_monotonic (HkClock *self);
guint hk_clock_schedule (HkClock *self, guint milliseconds, GSourceOnceFunc func, gpointer user_data);
void hk_clock_cancel (HkClock *self, guint id);
double hk_clock_random (HkClock *self);

G_END_DECLS
