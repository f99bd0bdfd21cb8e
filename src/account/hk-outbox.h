/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-client.h>

#include "hk-change-private.h"
#include "hk-clock.h"
#include "hk-delivery.h"
#include "hk-journal.h"
#include "hk-pause.h"

G_BEGIN_DECLS

#define HK_TYPE_OUTBOX (hk_outbox_get_type ())
G_DECLARE_FINAL_TYPE (HkOutbox, hk_outbox, HK, OUTBOX, GObject)

HkOutbox *hk_outbox_new (NukiClient *client, HkClock *clock, HkJournal *journal);
void hk_outbox_add (HkOutbox *self, HkChange *change, guint undo_seconds);
void hk_outbox_amend (HkOutbox *self, HkChange *change);
void hk_outbox_retry (HkOutbox *self, HkChange *change);
void hk_outbox_discard (HkOutbox *self, HkChange *change);
gboolean hk_outbox_is_unsent (HkOutbox *self, HkChange *change);
void hk_outbox_clear (HkOutbox *self);
void hk_outbox_set_offline (HkOutbox *self, gboolean offline);
HkPause *hk_outbox_get_pause (HkOutbox *self);
HkChange *hk_outbox_find_key (HkOutbox *self, NukiKey *record);
HkChange *hk_outbox_claim_key (HkOutbox *self, NukiKey *record);
void hk_outbox_observe_key (HkOutbox *self, HkChange *change, NukiKey *record);
void hk_outbox_observe_gone (HkOutbox *self, HkChange *change);
void hk_outbox_forget_claims (HkOutbox *self);

/* The journal, in hk-outbox-journal.c. */
void hk_outbox_begin (HkOutbox *self);
gboolean hk_outbox_commit (HkOutbox *self);
const GError *hk_outbox_get_journal_error (HkOutbox *self);
void hk_outbox_set_journal_error (HkOutbox *self, const GError *error);
gboolean hk_outbox_save_all (HkOutbox *self, GError **error);
void hk_outbox_go_without_journal (HkOutbox *self, gboolean is_removed);
void hk_outbox_reset_journal (HkOutbox *self);
void hk_outbox_restore (HkOutbox *self, GPtrArray *deliveries);
void hk_outbox_hold (HkOutbox *self);
void hk_outbox_release (HkOutbox *self);
gboolean hk_outbox_is_released (HkOutbox *self);

/* For deliveries and batches. */
gboolean hk_outbox_may_send (HkOutbox *self, HkDelivery *delivery);
void hk_outbox_queue_read_backs (HkOutbox *self);
void hk_outbox_set_alarm (HkOutbox *self, HkDelivery *delivery);
void hk_outbox_stop_alarm (HkOutbox *self, HkDelivery *delivery);
gint64 hk_outbox_share_time (HkOutbox *self, gint64 interval);
void hk_outbox_end_batch (HkOutbox *self, HkBatch *batch);
gboolean hk_outbox_save (HkOutbox *self, HkDelivery *delivery, const char *step);
HkClock *hk_outbox_get_clock (HkOutbox *self);
void hk_outbox_rebase (HkOutbox *self, HkChange *change);
void hk_outbox_queue_pump (HkOutbox *self);
void hk_outbox_finish (HkOutbox *self, HkDelivery *delivery, HkChangeState end);
void hk_outbox_tell_journal (HkOutbox *self);
void hk_outbox_tell_many (HkOutbox *self, gboolean many);
void hk_outbox_tell_key (HkOutbox *self, HkChange *change, NukiKey *record);
void hk_outbox_tell_key_gone (HkOutbox *self, HkChange *change);
void hk_outbox_tell_user (HkOutbox *self, HkInvitee *invitee, NukiUser *user);
void hk_outbox_tell_user_gone (HkOutbox *self, int user_id);
void hk_outbox_tell_lock (HkOutbox *self, NukiLock *lock);

G_END_DECLS
