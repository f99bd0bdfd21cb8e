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
 * @pause: (owned): while the service asks for silence
 * @offline: the computer has no network, as far as it knows
 * @pump: source id, or 0
 * @released: it is known whose account this is, and that something may be sent
 * @journal: (owned): where the changes are kept
 * @journal_error: (owned) (nullable): why nothing can be written down, and so nothing may be sent
 * @without_journal: the user agreed to go on without
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
  HkPause *pause;
  gboolean offline;
  guint pump;
  gboolean released;
  HkJournal *journal;
  GError *journal_error;
  gboolean without_journal;
  GPtrArray *unsaved_ends;
};

/* hk-outbox-journal.c */
gboolean hk_outbox_may_send (HkOutbox *self, HkDelivery *delivery);
void hk_outbox_save_end (HkOutbox *self, HkDelivery *delivery, HkChangeState end);

G_END_DECLS
