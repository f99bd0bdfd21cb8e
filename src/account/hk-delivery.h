/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-client.h>

#include "hk-change-private.h"
#include "hk-clock.h"

G_BEGIN_DECLS

typedef struct _HkOutbox HkOutbox;
typedef struct _HkDelivery HkDelivery;
typedef struct _HkBatch HkBatch;
typedef struct _HkLook HkLook;

/*
 * HkDeliverySteps:
 * @send: begins to send; ends in hk_delivery_accepted(), _confirmed(), _failed(), _try_again()
 * @read_back: looks whether it has happened; ends in hk_delivery_confirmed(), _failed(), _not_yet()
 * @answered: (nullable): the service has answered the request; ends like @send
 * @find: (nullable): finds the key in a look for several deliveries
 * @judge: (nullable): decides by what was found; ends like @read_back
 *
 * What differs between the kinds of changes. Those with the last three can go together with others, see #HkBatch.
 */
typedef struct
{
  void (*send) (HkDelivery *self);
  void (*read_back) (HkDelivery *self);
  void (*answered) (HkDelivery *self, const GError *error);
  NukiKey *(*find) (HkDelivery *self, HkLook *look);
  void (*judge) (HkDelivery *self, NukiKey *record);
} HkDeliverySteps;

/*
 * HkDeliveryWait:
 * @HK_DELIVERY_WAIT_NONE: for its turn
 * @HK_DELIVERY_WAIT_PARTS: a person, for the deletion of their keys
 * @HK_DELIVERY_WAIT_UNDO: for the end of the undo time
 * @HK_DELIVERY_WAIT_BUSY: for the end of another operation on the same object
 * @HK_DELIVERY_WAIT_NETWORK: for the network
 * @HK_DELIVERY_WAIT_SERVICE: for the service, which has trouble or asks for a pause
 *
 * What a delivery waits for.
 */
typedef enum
{
  HK_DELIVERY_WAIT_NONE,
  HK_DELIVERY_WAIT_PARTS,
  HK_DELIVERY_WAIT_UNDO,
  HK_DELIVERY_WAIT_BUSY,
  HK_DELIVERY_WAIT_NETWORK,
  HK_DELIVERY_WAIT_SERVICE,
} HkDeliveryWait;

/*
 * HkDelivery:
 * @outbox: (unowned) (nullable): who sends it; %NULL once it is over, and then a late answer means nothing
 * @client: (owned): for the calls
 * @change: (owned): what is asked
 * @steps: how that is sent and read back
 * @cancellable: (owned): for the call that is under way
 * @running: a call is under way
 * @wait: what it waits for
 * @due: when it may be sent, or read back next; microseconds of the monotonic clock
 * @alarm: (nullable): its place among those that wait for it
 * @n_tries: how often in a row it was sent, or looked for, without an answer that helps
 * @n_busy: how often the service said that another operation is running
 * @busy_since: since when it says so; microseconds of the monotonic clock
 * @n_looks: how often a create looked for its key after an unclear answer
 * @n_read_backs: how many read-backs there were
 * @n_slow: how many of them since it is not confirmed
 * @accepted: when the service accepted it; microseconds of the monotonic clock
 * @posted: a create is on its way to the service
 * @unclear: a create may have reached the service
 * @lock_away: the lock was offline at the last look after an unclear answer
 * @insisted: the user wants a create to be asked for again, although it may have reached the service
 * @queued: the service said so, before a retry
 * @known_ids: (owned) (nullable): the keys that were on the lock before a create
 * @n_known_saved: how many of them are in the journal
 * @saved: it is in the journal
 * @sent: (owned) (nullable): the whole record that was sent
 * @base_updated: (owned) (nullable): when the record that it is based on had been updated
 * @trouble: (owned) (nullable): what was in its way last, for the history
 * @batch: (unowned) (nullable): waits for its turn in it
 * @most: with how many others it may share a request, itself included, because more of them were refused; 0 for any
 *
 * One change on its way to the service. Over a restart it has to keep @accepted, @unclear, @queued, @known_ids, @sent and
 * @base_updated; the rest begins anew.
 */
struct _HkDelivery
{
  grefcount refs;
  HkOutbox *outbox;
  NukiClient *client;
  HkChange *change;
  const HkDeliverySteps *steps;
  GCancellable *cancellable;
  gboolean running;
  HkDeliveryWait wait;
  gint64 due;
  GSequenceIter *alarm;
  guint n_tries;
  guint n_busy;
  gint64 busy_since;
  guint n_looks;
  guint n_read_backs;
  guint n_slow;
  gint64 accepted;
  gboolean posted;
  gboolean unclear;
  gboolean lock_away;
  gboolean insisted;
  gboolean queued;
  GHashTable *known_ids;
  guint n_known_saved;
  gboolean saved;
  NukiKeySpec *sent;
  GDateTime *base_updated;
  char *trouble;
  HkBatch *batch;
  guint most;
};

extern const HkDeliverySteps hk_delivery_create_steps;
extern const HkDeliverySteps hk_delivery_update_steps;
extern const HkDeliverySteps hk_delivery_delete_steps;
extern const HkDeliverySteps hk_delivery_person_steps;
extern const HkDeliverySteps hk_delivery_person_delete_steps;
extern const HkDeliverySteps hk_delivery_lock_steps;

HkDelivery *hk_delivery_new (HkOutbox *outbox, NukiClient *client, HkChange *change);
HkDelivery *hk_delivery_new_again (HkDelivery *earlier, HkOutbox *outbox);
HkDelivery *hk_delivery_ref (HkDelivery *self);
void hk_delivery_unref (HkDelivery *self);
void hk_delivery_detach (HkDelivery *self);
gboolean hk_delivery_is_over (HkDelivery *self);
gint64 hk_delivery_get_now (HkDelivery *self);

void hk_delivery_hold (HkDelivery *self, HkDeliveryWait wait, gint64 due);
void hk_delivery_wait_for_network (HkDelivery *self);
void hk_delivery_hurry (HkDelivery *self);
void hk_delivery_time_has_come (HkDelivery *self);
gboolean hk_delivery_begin (HkDelivery *self);
void hk_delivery_send (HkDelivery *self);
void hk_delivery_put_back (HkDelivery *self);
void hk_delivery_resume (HkDelivery *self);
gboolean hk_delivery_record (HkDelivery *self, const char *step);
void hk_delivery_accepted (HkDelivery *self);
void hk_delivery_confirmed (HkDelivery *self);
void hk_delivery_begin_read_back (HkDelivery *self);
void hk_delivery_read_back_now (HkDelivery *self);
void hk_delivery_not_yet (HkDelivery *self);
void hk_delivery_look_on (HkDelivery *self);
void hk_delivery_look_failed (HkDelivery *self, const GError *error);
void hk_delivery_failed (HkDelivery *self, const GError *error);
void hk_delivery_conflicted (HkDelivery *self, const NukiKeySpec *theirs, const HkDetails *their_details);
void hk_delivery_try_again (HkDelivery *self, const GError *error);
void hk_delivery_end_look (HkDelivery *self, const GError *error);
gboolean hk_delivery_is_unclear (const GError *error);
gboolean hk_delivery_is_worth_another_try (const GError *error);
gboolean hk_delivery_may_mean_gone (const GError *error);

/* People and locks. */
HkDetails *hk_delivery_merge_details (HkDelivery *self, const HkDetails *fresh);
gboolean hk_delivery_has_details (HkDelivery *self, const HkDetails *found);

/* Updates; a create that found its key goes on with these. */
NukiKey *hk_delivery_find_record (HkDelivery *self, GPtrArray *records);
gboolean hk_delivery_prepare_update (HkDelivery *self, NukiKey *record);
void hk_delivery_update_from (HkDelivery *self, NukiKey *record);
void hk_delivery_key_gone (HkDelivery *self);
gboolean hk_delivery_is_wider (HkDelivery *self, NukiKey *record);
void hk_delivery_judge (HkDelivery *self, NukiKey *record);

/* Creates. */
void hk_delivery_take_known (HkDelivery *self, GPtrArray *records);
void hk_delivery_take_person (HkDelivery *self, NukiUser *user);
gboolean hk_delivery_claim (HkDelivery *self, NukiKey *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkDelivery, hk_delivery_unref)

G_END_DECLS
