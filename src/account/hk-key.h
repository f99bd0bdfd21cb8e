/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-key.h>
#include <nuki-lock.h>
#include <nuki-user.h>

#include "hk-change.h"

G_BEGIN_DECLS

/**
 * HkKeyAvailability:
 * @HK_KEY_OPENS_NOW: it would open its lock at this moment
 * @HK_KEY_BETWEEN: it is valid, but not at this hour or on this weekday
 * @HK_KEY_UPCOMING: its from date is still to come
 * @HK_KEY_EXPIRED: its until date has passed
 * @HK_KEY_OFF: it is switched off
 * @HK_KEY_NOT_ON_LOCK: the lock does not have it (yet)
 * @HK_KEY_GONE: the service does not have it any more
 */
typedef enum
{
  HK_KEY_OPENS_NOW,
  HK_KEY_BETWEEN,
  HK_KEY_UPCOMING,
  HK_KEY_EXPIRED,
  HK_KEY_OFF,
  HK_KEY_NOT_ON_LOCK,
  HK_KEY_GONE,
} HkKeyAvailability;

/**
 * HkInvitationState:
 * @HK_INVITATION_NONE: not a mailed key, or one that has been used
 * @HK_INVITATION_OPEN: mailed less than 48 hours ago and never used
 * @HK_INVITATION_LAPSED: never used, and the 48 hours are over: unless it was accepted, it has to be sent again
 */
typedef enum
{
  HK_INVITATION_NONE,
  HK_INVITATION_OPEN,
  HK_INVITATION_LAPSED,
} HkInvitationState;

#define HK_INVITATION_HOURS 48

/*
 * A key as a person sees it: what the service last said, joined with its lock, its person and the change that is under
 * way. It also stands for a key that is still being created.
 */
#define HK_TYPE_KEY (hk_key_get_type ())
G_DECLARE_FINAL_TYPE (HkKey, hk_key, HK, KEY, GObject)

NukiKey *hk_key_get_record (HkKey *self);
NukiLock *hk_key_get_lock (HkKey *self);
gint64 hk_key_get_lock_id (HkKey *self);
NukiUser *hk_key_get_person (HkKey *self);
HkChange *hk_key_get_change (HkKey *self);
const char *hk_key_get_name (HkKey *self);
const char *hk_key_get_lock_name (HkKey *self);
NukiKeyType hk_key_get_key_type (HkKey *self);
NukiLimits *hk_key_get_limits (HkKey *self);
gboolean hk_key_get_enabled (HkKey *self);
gboolean hk_key_get_pending (HkKey *self);
gboolean hk_key_get_infrastructure (HkKey *self);
gboolean hk_key_get_gone (HkKey *self);
GTimeZone *hk_key_get_zone (HkKey *self);
NukiKeySpec *hk_key_dup_spec (HkKey *self);

HkKeyAvailability hk_key_get_availability (HkKey *self, GDateTime *now);
HkInvitationState hk_key_get_invitation (HkKey *self, GDateTime *now, int *hours_left);
gboolean hk_key_get_never_used (HkKey *self);
char *hk_key_dup_when (HkKey *self, GDateTime *now);
char *hk_key_dup_kind_text (HkKey *self);

G_END_DECLS
