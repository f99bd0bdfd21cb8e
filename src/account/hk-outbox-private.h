/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-journal-private.h"
#include "hk-outbox.h"

G_BEGIN_DECLS

/*
 * HkOutbox:
 * @client: (owned): for the calls
 * @clock: (owned): the time
 * @deliveries: (owned) (element-type HkDelivery): what is not confirmed or discarded, oldest first
 * @by_change: (owned) (element-type HkChange HkDelivery): the same
 * @based: (owned) (element-type HkDelivery): those that say what the user saw before
 * @claims: (owned) (nullable) (element-type gint64 GPtrArray): the creations by where their keys will be; made when needed
 * @batches: (owned) (element-type HkBatch): what is being sent together
 * @pause: (owned): while the service asks for silence
 * @offline: the computer has no network, as far as it knows
 * @pump: source id, or 0
 * @read_backs: source id, or 0
 * @alarms: (owned) (element-type HkDelivery): those that wait until they are due, in that order
 * @alarm: of the clock, for the first of them, or 0
 * @alarm_time: when that is; microseconds of the monotonic clock
 * @cancellable: (owned): for what is looked for together
 * @shared_time: when something is due; see hk_outbox_share_time()
 * @depth: how many hk_outbox_begin() wait for their hk_outbox_commit()
 * @begun: when the first of them was; microseconds of the monotonic clock
 * @released: it is known whose account this is, and that something may be sent
 * @journal: (owned): where the changes are kept
 * @journal_error: (owned) (nullable): why nothing can be written down, and so nothing may be sent
 * @without_journal: the user agreed to go on without
 * @writing: (owned) (element-type HkDelivery): what will be in the journal when what was begun is committed
 * @unsaved_ends: (owned) (element-type HkChange): what ended while nothing could be written
 *
 * Sends changes, in order per lock, and reads them back until the lock shows them. Owned by the account, which listens
 * to what the outbox sees on the way. Every change comes in by hk_outbox_add() and leaves by hk_outbox_finish().
 */
struct _HkOutbox
{
  GObject parent_instance;

  NukiClient *client;
  HkClock *clock;
  GPtrArray *deliveries;
  GHashTable *by_change;
  GPtrArray *based;
  GHashTable *claims;
  GPtrArray *batches;
  HkPause *pause;
  gboolean offline;
  guint pump;
  guint read_backs;
  GSequence *alarms;
  guint alarm;
  gint64 alarm_time;
  GCancellable *cancellable;
  gint64 shared_time;
  guint depth;
  gint64 begun;
  gboolean released;
  HkJournal *journal;
  GError *journal_error;
  gboolean without_journal;
  GPtrArray *writing;
  GPtrArray *unsaved_ends;
};

/* hk-outbox.c */
void hk_outbox_take (HkOutbox *self, HkDelivery *delivery);

/* hk-outbox-journal.c */
void hk_outbox_save_end (HkOutbox *self, HkDelivery *delivery, HkChangeState end);

G_END_DECLS
