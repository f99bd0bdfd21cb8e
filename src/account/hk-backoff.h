/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-clock.h"

G_BEGIN_DECLS

gint64 hk_backoff_get_delay (HkClock *clock, guint n_failures);

G_END_DECLS
