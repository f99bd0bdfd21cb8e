/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-change.h"
#include "hk-invitee.h"

G_BEGIN_DECLS

/*
 * HkHindrance:
 * @HK_HINDRANCE_NONE: nothing but its turn
 * @HK_HINDRANCE_NETWORK: the network
 * @HK_HINDRANCE_SERVICE: the service has trouble, or asks for a pause
 * @HK_HINDRANCE_BUSY: another operation on the same object
 * @HK_HINDRANCE_UNCLEAR: whether the service has taken it is not known
 *
 * What keeps a change that waits from being sent, or from being confirmed. It shows again after a restart.
 */
typedef enum
{
  HK_HINDRANCE_NONE,
  HK_HINDRANCE_NETWORK,
  HK_HINDRANCE_SERVICE,
  HK_HINDRANCE_BUSY,
  HK_HINDRANCE_UNCLEAR,
} HkHindrance;

/*
 * HkChange:
 * @id: its number in the journal; 0 before it is in the outbox
 * @kind: what is asked
 * @state: what became of it
 * @asked: (owned): when it was asked
 * @error: (owned) (nullable): why it failed
 * @name: (owned) (nullable): the name of what it is about, as it was when it was asked
 * @lock_id: the lock of a key, or the lock itself; 0 for a person
 * @lock: (owned) (nullable): that lock, if it is known
 * @key_id: (owned) (nullable): the key; %NULL for a new one until a list revealed it
 * @user_id: the person that the key is for, or the person itself; 0 for none or not known yet
 * @spec: (owned) (nullable): what is asked for a key; only @fields of it count in an update
 * @fields: what an update touches
 * @base: (owned) (nullable): the key as the user saw it before an update
 * @theirs: (owned) (nullable): what somebody else made of it meanwhile, if it failed because of that; found again after a
 *   restart
 * @invitee: (owned) (nullable): who is found or made before a key is; shared by the keys of one invitation
 * @details: (owned) (nullable): what is asked for a person or a lock; only @fields of it count
 * @base_details: (owned) (nullable): the person or the lock as the user saw it before
 * @their_details: (owned) (nullable): what somebody else made of it meanwhile, like @theirs
 * @after: (owned) (nullable): an earlier change that has to end first
 * @parts: (owned) (nullable) (element-type HkChange): the deletions of a person's keys
 * @whole: (unowned) (nullable): the deletion of a person that this deletion is a part of
 * @undoable: it can still be undone
 * @group: what was asked at once with others has the same number, and is undone with them; 0 for what was asked alone, and
 *   after a restart
 * @hindrance: what it waits for
 */
struct _HkChange
{
  GObject parent_instance;

  gint64 id;
  HkChangeKind kind;
  HkChangeState state;
  GDateTime *asked;
  GError *error;
  char *name;

  gint64 lock_id;
  NukiLock *lock;
  char *key_id;
  int user_id;

  NukiKeySpec *spec;
  HkFields fields;
  NukiKeySpec *base;
  NukiKeySpec *theirs;
  HkInvitee *invitee;

  HkDetails *details;
  HkDetails *base_details;
  HkDetails *their_details;

  HkChange *after;
  GPtrArray *parts;
  HkChange *whole;
  gboolean undoable;
  guint group;
  HkHindrance hindrance;
};

HkChange *hk_change_new (HkChangeKind kind, GDateTime *asked);
void hk_change_set_lock (HkChange *self, gint64 lock_id, NukiLock *lock);
void hk_change_set_name (HkChange *self, const char *name);
void hk_change_set_key_id (HkChange *self, const char *key_id);
void hk_change_set_invited (HkChange *self);
void hk_change_set_undoable (HkChange *self, gboolean undoable);
void hk_change_set_hindrance (HkChange *self, HkHindrance hindrance);
void hk_change_set_state (HkChange *self, HkChangeState state);
void hk_change_fail (HkChange *self, const GError *error);

HkFields hk_change_compare_specs (const NukiKeySpec *before, const NukiKeySpec *after);
HkFields hk_change_compare_details (const HkDetails *before, const HkDetails *after);
void hk_fields_copy_spec (HkFields fields, const NukiKeySpec *from, NukiKeySpec *to);
void hk_fields_copy_details (HkFields fields, const HkDetails *from, HkDetails *to);
void hk_change_apply (HkChange *self, NukiKeySpec *spec);
void hk_change_apply_details (HkChange *self, HkDetails *details);
HkFields hk_change_find_conflict (HkChange *self, const NukiKeySpec *theirs);
HkFields hk_change_find_details_conflict (HkChange *self, const HkDetails *theirs);
void hk_change_set_theirs (HkChange *self, const NukiKeySpec *theirs, const HkDetails *their_details);
void hk_change_fail_conflict (HkChange *self, const NukiKeySpec *theirs, const HkDetails *their_details);
gboolean hk_change_is_shown_by (HkChange *self, NukiKey *record);
gboolean hk_change_is_lock_offline (HkChange *self);

G_END_DECLS
