/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-clock.h>

G_BEGIN_DECLS

/* A clock that runs many times as fast as others, so that undo time and read-backs take moments. */
#define HK_TYPE_FAST_CLOCK (hk_fast_clock_get_type ())
G_DECLARE_FINAL_TYPE (HkFastClock, hk_fast_clock, HK, FAST_CLOCK, HkClock)

HkClock *hk_fast_clock_new (gint64 epoch, guint factor);

G_END_DECLS
