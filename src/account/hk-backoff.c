/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-backoff.h"

#define MAX_SECONDS 60

/*
 * hk_backoff_get_delay:
 * @clock: for the dice
 * @n_failures: how often it failed in a row, from 1
 *
 * Twice as long each time and never more than a minute. Somewhere in the second half of that, so that many who failed at
 * the same moment do not come back at the same moment.
 *
 * Returns: how long to wait before the next try, in microseconds
 */
gint64
hk_backoff_get_delay (HkClock *clock, guint n_failures)
{
  const gint64 longest = MIN (1u << MIN (n_failures, 6), MAX_SECONDS) * G_TIME_SPAN_SECOND;

  return longest / 2 + (gint64) (hk_clock_random (clock) * (double) (longest / 2));
}
