/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-clock.h"

G_BEGIN_DECLS

/* The pause that the service asks for when there were too many requests (429). ::changed when it begins, lengthens, ends. */
#define HK_TYPE_PAUSE (hk_pause_get_type ())
G_DECLARE_FINAL_TYPE (HkPause, hk_pause, HK, PAUSE, GObject)

HkPause *hk_pause_new (HkClock *clock);
void hk_pause_ask (HkPause *self, guint seconds);
void hk_pause_clear (HkPause *self);
gint64 hk_pause_get_until (HkPause *self);

G_END_DECLS
