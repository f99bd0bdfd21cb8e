/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-weekdays.h"

G_BEGIN_DECLS

#define NUKI_TYPE_LIMITS (nuki_limits_get_type ())

/* When a key may be used: an immutable boxed value. */
typedef struct _NukiLimits NukiLimits;

GType nuki_limits_get_type (void);

NukiLimits *nuki_limits_new (GDateTime *from,
                             GDateTime *until,
                             NukiWeekdays weekdays,
                             int window_start,
                             int window_end);
NukiLimits *nuki_limits_new_always (void);
NukiLimits *nuki_limits_ref (NukiLimits *self);
void nuki_limits_unref (NukiLimits *self);

GDateTime *nuki_limits_get_from (const NukiLimits *self);
GDateTime *nuki_limits_get_until (const NukiLimits *self);
NukiWeekdays nuki_limits_get_weekdays (const NukiLimits *self);
gboolean nuki_limits_get_window (const NukiLimits *self, int *start, int *end);

gboolean nuki_limits_is_always (const NukiLimits *self);
gboolean nuki_limits_equal (const NukiLimits *self, const NukiLimits *other);
gboolean nuki_limits_is_wider (const NukiLimits *self, const NukiLimits *than);
char *nuki_limits_format_minute (int minute);
char *nuki_limits_format_window (int start, int end);
char *nuki_limits_describe (const NukiLimits *self, GTimeZone *zone, GDateTime *now);
gboolean nuki_limits_allows_at (const NukiLimits *self, GDateTime *time, GTimeZone *zone);
GDateTime *nuki_limits_next_opening (const NukiLimits *self, GDateTime *after, GTimeZone *zone);
gboolean nuki_limits_has_ended (const NukiLimits *self, GDateTime *now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiLimits, nuki_limits_unref)

G_END_DECLS
