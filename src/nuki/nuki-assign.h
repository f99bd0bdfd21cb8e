/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-limits.h"

G_BEGIN_DECLS

gboolean nuki_same_date (GDateTime *a, GDateTime *b);

/* For the nuki_*_assign() functions: each takes over a value and says whether that changed anything. */
gboolean nuki_assign_int (int *field, int value);
gboolean nuki_assign_string (char **field, const char *value);
gboolean nuki_assign_date (GDateTime **field, GDateTime *value);
gboolean nuki_assign_limits (NukiLimits **field, NukiLimits *value);
gboolean nuki_assign_zone (GTimeZone **field, GTimeZone *value);

G_END_DECLS
