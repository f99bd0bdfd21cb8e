/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-clock.h>

G_BEGIN_DECLS

#define HK_TYPE_MINUTE (hk_minute_get_type ())

/*
 * Emits `tick` whenever a minute of the account's clock is over, while it is running. A page owns one and lets it run
 * while the page is mapped: one timer for all the words on it that depend on the time, instead of one in each row.
 */
G_DECLARE_FINAL_TYPE (HkMinute, hk_minute, HK, MINUTE, GObject)

HkMinute *hk_minute_new (HkClock *clock);
void hk_minute_set_running (HkMinute *self, gboolean running);

G_END_DECLS
