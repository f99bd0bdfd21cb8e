/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-limits.h>

G_BEGIN_DECLS

char *hk_limits_phrase (NukiLimits *limits, GTimeZone *zone, GDateTime *now);

G_END_DECLS
