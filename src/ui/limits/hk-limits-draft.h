/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-clock.h>
#include <nuki-limits.h>

#include "limits/hk-moment-draft.h"

G_BEGIN_DECLS

/**
 * HkLimitsMode:
 * @HK_LIMITS_ALWAYS: at any time
 * @HK_LIMITS_RANGE: from one moment until another; either may be left out
 * @HK_LIMITS_WEEKLY: on certain weekdays, all day or at certain hours, with or without a first and a last moment
 */
typedef enum
{
  HK_LIMITS_ALWAYS,
  HK_LIMITS_RANGE,
  HK_LIMITS_WEEKLY,
} HkLimitsMode;

#define HK_TYPE_LIMITS_MODE (hk_limits_mode_get_type ())
GType hk_limits_mode_get_type (void);

#define HK_TYPE_LIMITS_DRAFT (hk_limits_draft_get_type ())
G_DECLARE_FINAL_TYPE (HkLimitsDraft, hk_limits_draft, HK, LIMITS_DRAFT, GObject)

HkLimitsDraft *hk_limits_draft_new (HkClock *clock);
NukiLimits *hk_limits_draft_get_limits (HkLimitsDraft *self);
void hk_limits_draft_set_limits (HkLimitsDraft *self, NukiLimits *limits);
GTimeZone *hk_limits_draft_get_zone (HkLimitsDraft *self);
void hk_limits_draft_set_zone (HkLimitsDraft *self, GTimeZone *zone);
HkLimitsMode hk_limits_draft_get_mode (HkLimitsDraft *self);
void hk_limits_draft_set_mode (HkLimitsDraft *self, HkLimitsMode mode);
HkMomentDraft *hk_limits_draft_get_from (HkLimitsDraft *self);
HkMomentDraft *hk_limits_draft_get_until (HkLimitsDraft *self);
NukiWeekdays hk_limits_draft_get_weekdays (HkLimitsDraft *self);
void hk_limits_draft_set_weekdays (HkLimitsDraft *self, NukiWeekdays weekdays);
void hk_limits_draft_set_window (HkLimitsDraft *self, const char *start, const char *end);
const char *hk_limits_draft_get_from_error (HkLimitsDraft *self);
const char *hk_limits_draft_get_until_error (HkLimitsDraft *self);
const char *hk_limits_draft_get_weekdays_error (HkLimitsDraft *self);
const char *hk_limits_draft_get_window_error (HkLimitsDraft *self);
gboolean hk_limits_draft_get_valid (HkLimitsDraft *self);
GDateTime *hk_limits_draft_dup_now (HkLimitsDraft *self);

G_END_DECLS
