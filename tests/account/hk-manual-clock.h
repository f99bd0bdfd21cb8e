/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-clock.h>

G_BEGIN_DECLS

/* A clock that stands still until it is moved: hours pass at once. */
#define HK_TYPE_MANUAL_CLOCK (hk_manual_clock_get_type ())
G_DECLARE_FINAL_TYPE (HkManualClock, hk_manual_clock, HK, MANUAL_CLOCK, HkClock)

HkClock *hk_manual_clock_new (const char *iso8601);
gint64 hk_manual_clock_get_next (HkManualClock *self);
void hk_manual_clock_move (HkManualClock *self, gint64 milliseconds);
void hk_manual_clock_put_back (HkManualClock *self, int seconds);
guint hk_manual_clock_get_n_scheduled (HkManualClock *self);

G_END_DECLS
