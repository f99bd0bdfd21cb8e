/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-key-spec.h>
#include <nuki-lock.h>

#include "hk-details.h"

G_BEGIN_DECLS

/**
 * HkChangeKind:
 * @HK_CHANGE_CREATE_KEY: a new key on one lock (the person is found or made first)
 * @HK_CHANGE_UPDATE_KEY: new name, code, limits or rights
 * @HK_CHANGE_SWITCH_KEY: on or off
 * @HK_CHANGE_DELETE_KEY: taken back
 * @HK_CHANGE_UPDATE_PERSON: name, e-mail address or language
 * @HK_CHANGE_DELETE_PERSON: a person, once their keys are gone
 * @HK_CHANGE_UPDATE_LOCK: name or favourite
 */
typedef enum
{
  HK_CHANGE_CREATE_KEY,
  HK_CHANGE_UPDATE_KEY,
  HK_CHANGE_SWITCH_KEY,
  HK_CHANGE_DELETE_KEY,
  HK_CHANGE_UPDATE_PERSON,
  HK_CHANGE_DELETE_PERSON,
  HK_CHANGE_UPDATE_LOCK,
} HkChangeKind;

/**
 * HkChangeState:
 * @HK_CHANGE_WAITING: not sent yet: undo time, an earlier change to the same lock, or no network
 * @HK_CHANGE_SENDING: on its way to the service
 * @HK_CHANGE_ACCEPTED: the service has queued it (204); the lock does not know yet
 * @HK_CHANGE_CONFIRMED: a read-back shows it on the lock
 * @HK_CHANGE_NOT_CONFIRMED: ten minutes of read-backs did not show it; read-back goes on slowly
 * @HK_CHANGE_FAILED: it will not happen by itself; #HkChange:error says why
 * @HK_CHANGE_DISCARDED: undone or given up by the user
 */
typedef enum
{
  HK_CHANGE_WAITING,
  HK_CHANGE_SENDING,
  HK_CHANGE_ACCEPTED,
  HK_CHANGE_CONFIRMED,
  HK_CHANGE_NOT_CONFIRMED,
  HK_CHANGE_FAILED,
  HK_CHANGE_DISCARDED,
} HkChangeState;

/**
 * HkFields: the fields of a key, a person or a lock that a change touches. All others are sent as the service has them at
 * that moment. The numbers are in the journal.
 */
typedef enum
{
  HK_FIELD_NAME = 1 << 0,
  HK_FIELD_CODE = 1 << 1,
  HK_FIELD_ENABLED = 1 << 2,
  HK_FIELD_REMOTE = 1 << 3,
  HK_FIELD_LIMITS = 1 << 4,
  HK_FIELD_EMAIL = 1 << 5,
  HK_FIELD_LANGUAGE = 1 << 6,
  HK_FIELD_FAVORITE = 1 << 7,
} HkFields;

/* What a person asked for, and what became of it. Its properties are read-only and notify. */
#define HK_TYPE_CHANGE (hk_change_get_type ())
G_DECLARE_FINAL_TYPE (HkChange, hk_change, HK, CHANGE, GObject)

HkChangeKind hk_change_get_kind (HkChange *self);
HkChangeState hk_change_get_state (HkChange *self);
gboolean hk_change_get_settled (HkChange *self);
gint64 hk_change_get_lock_id (HkChange *self);
const char *hk_change_get_key_id (HkChange *self);
int hk_change_get_user_id (HkChange *self);
const char *hk_change_get_name (HkChange *self);
NukiLock *hk_change_get_lock (HkChange *self);
const NukiKeySpec *hk_change_get_spec (HkChange *self);
const HkDetails *hk_change_get_details (HkChange *self);
HkFields hk_change_get_conflict (HkChange *self);
const NukiKeySpec *hk_change_get_theirs (HkChange *self);
const HkDetails *hk_change_get_their_details (HkChange *self);
const GError *hk_change_get_error (HkChange *self);
GDateTime *hk_change_get_asked (HkChange *self);
char *hk_change_dup_text (HkChange *self);
gboolean hk_change_get_can_undo (HkChange *self);
gboolean hk_change_get_can_retry (HkChange *self);
gboolean hk_change_get_stuck (HkChange *self);

/* How long a change that takes something away can be undone before it is sent, in seconds. */
#define HK_UNDO_SECONDS 7

G_END_DECLS
