/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-outbox-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (HkOutbox, hk_outbox, G_TYPE_OBJECT)

enum
{
  KEY_SEEN,
  KEY_GONE,
  USER_SEEN,
  USER_GONE,
  LOCK_SEEN,
  JOURNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  TURN_NOW,
  TURN_LATER,
  TURN_NEVER,
} Turn;

static HkDelivery *
find_delivery (HkOutbox *self, HkChange *change)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (delivery->change == change)
        return delivery;
    }

  return NULL;
}

static gboolean
is_key_kind (HkChange *change)
{
  return change->kind == HK_CHANGE_CREATE_KEY || change->kind == HK_CHANGE_UPDATE_KEY ||
         change->kind == HK_CHANGE_SWITCH_KEY || change->kind == HK_CHANGE_DELETE_KEY;
}

/* What comes later for the same lock waits, too. With a lock that is offline, other keys need not wait for the one that
 * is busy: the service takes their changes. */
static gboolean
is_in_the_way (HkDelivery *earlier)
{
  if (earlier->change->state != HK_CHANGE_WAITING)
    return FALSE;

  return earlier->wait == HK_DELIVERY_WAIT_NETWORK || earlier->wait == HK_DELIVERY_WAIT_SERVICE ||
         (earlier->wait == HK_DELIVERY_WAIT_BUSY && !hk_change_is_lock_offline (earlier->change));
}

/* One change per lock is on its way to the service, and those that wait for something keep their order. */
static gboolean
is_lock_taken (HkOutbox *self, HkDelivery *delivery)
{
  gboolean earlier = TRUE;

  if (delivery->change->lock_id == 0)
    return FALSE;

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *other = g_ptr_array_index (self->deliveries, i);

      if (other == delivery)
        {
          earlier = FALSE;
          continue;
        }
      if (other->change->lock_id != delivery->change->lock_id)
        continue;
      if (other->change->state == HK_CHANGE_SENDING)
        return TRUE;
      if (earlier && is_in_the_way (other))
        return TRUE;
    }

  return FALSE;
}

/* A key that is made after another was taken back: not before that is certain. */
static Turn
get_create_turn (HkChange *change)
{
  HkChange *after = change->after;

  if (after == NULL || after->state == HK_CHANGE_CONFIRMED)
    return TURN_NOW;

  return after->state == HK_CHANGE_DISCARDED ? TURN_NEVER : TURN_LATER;
}

/* A change to a key waits for the one before; taking it back only has to know which key it is. */
static Turn
get_key_turn (HkChange *change)
{
  HkChange *after = change->after;

  if (after == NULL)
    return change->key_id != NULL ? TURN_NOW : TURN_NEVER;

  if (after->state == HK_CHANGE_SENDING)
    return TURN_LATER;

  if (change->key_id == NULL)
    hk_change_set_key_id (change, after->key_id);
  if (change->key_id == NULL)
    return hk_change_get_settled (after) ? TURN_NEVER : TURN_LATER;

  if (change->kind == HK_CHANGE_DELETE_KEY || hk_change_get_settled (after) ||
      after->state == HK_CHANGE_NOT_CONFIRMED)
    return TURN_NOW;

  return TURN_LATER;
}

/* A person or a lock gets one set of values after the other. */
static Turn
get_plain_turn (HkChange *change)
{
  HkChange *after = change->after;

  if (after == NULL || hk_change_get_settled (after) || after->state == HK_CHANGE_NOT_CONFIRMED)
    return TURN_NOW;

  return TURN_LATER;
}

/* A person goes when all their keys are gone. Until then the state follows that of the keys. */
static Turn
get_person_delete_turn (HkDelivery *delivery)
{
  HkChange *change = delivery->change;
  HkChangeState state = HK_CHANGE_CONFIRMED;
  const GError *error = NULL;

  for (guint i = 0; i < change->parts->len; i++)
    {
      HkChange *part = g_ptr_array_index (change->parts, i);

      if (part->state == HK_CHANGE_DISCARDED)
        return TURN_NEVER;
      if (part->state == HK_CHANGE_FAILED)
        error = part->error;
      else if (part->state == HK_CHANGE_NOT_CONFIRMED)
        state = HK_CHANGE_NOT_CONFIRMED;
      else if (part->state != HK_CHANGE_CONFIRMED && state == HK_CHANGE_CONFIRMED)
        state = HK_CHANGE_WAITING;
    }

  if (error != NULL && change->state != HK_CHANGE_FAILED)
    hk_change_fail (change, error);
  else if (error == NULL && state != HK_CHANGE_CONFIRMED)
    hk_change_set_state (change, state);

  if (change->after != NULL && change->after->state == HK_CHANGE_SENDING)
    return TURN_LATER;

  return error == NULL && state == HK_CHANGE_CONFIRMED ? TURN_NOW : TURN_LATER;
}

static Turn
get_turn (HkOutbox *self, HkDelivery *delivery)
{
  HkChange *change = delivery->change;
  Turn turn;

  if (change->kind == HK_CHANGE_CREATE_KEY)
    turn = get_create_turn (change);
  else if (is_key_kind (change))
    turn = get_key_turn (change);
  else if (change->kind == HK_CHANGE_DELETE_PERSON)
    turn = get_person_delete_turn (delivery);
  else
    turn = get_plain_turn (change);

  if (turn == TURN_NOW && is_lock_taken (self, delivery))
    return TURN_LATER;

  return turn;
}

/* What the key or the person was to become does not matter any more. */
static void
discard_before_delete (HkOutbox *self, HkChange *change)
{
  g_autoptr (HkChange) after = change->after != NULL ? g_object_ref (change->after) : NULL;

  while (after != NULL)
    {
      g_autoptr (HkChange) before = after->after != NULL ? g_object_ref (after->after) : NULL;

      hk_outbox_discard (self, after);
      g_set_object (&after, before);
    }
}

static void
give_up (HkOutbox *self, HkDelivery *delivery)
{
  g_autoptr (GError) error = NULL;

  if (delivery->change->kind == HK_CHANGE_CREATE_KEY || delivery->change->kind == HK_CHANGE_DELETE_PERSON ||
      (delivery->change->after != NULL && delivery->change->after->state == HK_CHANGE_DISCARDED))
    {
      hk_outbox_discard (self, delivery->change);
    }
  else if (delivery->change->kind == HK_CHANGE_DELETE_KEY)
    {
      hk_outbox_tell_key_gone (self, delivery->change);
      hk_delivery_confirmed (delivery);
    }
  else
    {
      error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND, _ ("This key was not made."));
      hk_delivery_failed (delivery, error);
    }
}

/* Waiting for the deletion of keys is a state in which a person's deletion is neither sent nor on the way. */
static gboolean
is_for_pump (HkDelivery *delivery)
{
  return !delivery->running &&
         (delivery->change->state == HK_CHANGE_WAITING || delivery->wait == HK_DELIVERY_WAIT_PARTS);
}

static void
pump_delivery (HkOutbox *self, HkDelivery *delivery)
{
  const gint64 due = MAX (delivery->due, hk_pause_get_until (self->pause));

  if (!is_for_pump (delivery) || !hk_outbox_may_send (self, delivery))
    return;

  if (due > hk_clock_get_monotonic (self->clock))
    {
      if (delivery->due < due)
        hk_delivery_hold (delivery, HK_DELIVERY_WAIT_SERVICE, due);
      return;
    }

  hk_change_set_undoable (delivery->change, FALSE);
  if (self->offline && delivery->n_tries == 0)
    {
      /* Only at first: what the computer thinks of its network may be wrong. */
      hk_delivery_wait_for_network (delivery);
      return;
    }

  if (delivery->change->kind == HK_CHANGE_DELETE_PERSON)
    delivery->wait = HK_DELIVERY_WAIT_PARTS;

  switch (get_turn (self, delivery))
    {
    case TURN_NOW:
      if (delivery->change->kind == HK_CHANGE_DELETE_KEY || delivery->change->kind == HK_CHANGE_DELETE_PERSON)
        discard_before_delete (self, delivery->change);
      hk_delivery_send (delivery);
      break;
    case TURN_NEVER:
      give_up (self, delivery);
      break;
    case TURN_LATER:
    default:
      break;
    }
}

static gboolean
on_pump (gpointer user_data)
{
  HkOutbox *self = user_data;
  g_autoptr (HkOutbox) keep = g_object_ref (self);
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);

  self->pump = 0;
  for (guint i = 0; i < self->deliveries->len; i++)
    g_ptr_array_add (deliveries, hk_delivery_ref (g_ptr_array_index (self->deliveries, i)));

  for (guint i = 0; i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!hk_delivery_is_over (delivery))
        pump_delivery (self, delivery);
    }

  return G_SOURCE_REMOVE;
}

/* What waits for the network does not wait for its next turn. */
static void
hurry (HkOutbox *self)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (!delivery->running && delivery->wait == HK_DELIVERY_WAIT_NETWORK)
        hk_delivery_hurry (delivery);
    }
}

static void
on_online_notify (HkOutbox *self)
{
  if (nuki_client_get_online (self->client))
    hurry (self);
}

static void
hk_outbox_dispose (GObject *object)
{
  HkOutbox *self = HK_OUTBOX (object);

  hk_outbox_clear (self);
  g_clear_handle_id (&self->pump, g_source_remove);

  G_OBJECT_CLASS (hk_outbox_parent_class)->dispose (object);
}

static void
hk_outbox_finalize (GObject *object)
{
  HkOutbox *self = HK_OUTBOX (object);

  g_ptr_array_unref (self->deliveries);
  g_ptr_array_unref (self->unsaved_ends);
  g_object_unref (self->client);
  g_object_unref (self->clock);
  g_object_unref (self->journal);
  g_clear_error (&self->journal_error);
  g_object_unref (self->pause);

  G_OBJECT_CLASS (hk_outbox_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, HK_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, first,
                       second);
}

static void
hk_outbox_class_init (HkOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hk_outbox_dispose;
  object_class->finalize = hk_outbox_finalize;

  /* What the service said about a key, a person or a lock on the way. */
  signals[KEY_SEEN] = add_signal ("key-seen", 2, HK_TYPE_CHANGE, NUKI_TYPE_KEY);
  signals[KEY_GONE] = add_signal ("key-gone", 1, HK_TYPE_CHANGE, G_TYPE_NONE);
  signals[USER_SEEN] = add_signal ("user-seen", 1, NUKI_TYPE_USER, G_TYPE_NONE);
  signals[USER_GONE] = add_signal ("user-gone", 1, G_TYPE_INT, G_TYPE_NONE);
  signals[LOCK_SEEN] = add_signal ("lock-seen", 1, NUKI_TYPE_LOCK, G_TYPE_NONE);
  /* Whether something can be written down has changed. */
  signals[JOURNAL_CHANGED] = add_signal ("journal-changed", 0, G_TYPE_NONE, G_TYPE_NONE);
}

static void
hk_outbox_init (HkOutbox *self)
{
  self->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  self->unsaved_ends = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Nothing is sent before hk_outbox_release(). */
HkOutbox *
hk_outbox_new (NukiClient *client, HkClock *clock, HkJournal *journal)
{
  HkOutbox *self = g_object_new (HK_TYPE_OUTBOX, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->journal = g_object_ref (journal);
  self->pause = hk_pause_new (clock);
  g_signal_connect_object (client, "notify::online", G_CALLBACK (on_online_notify), self, G_CONNECT_SWAPPED);

  return self;
}

/*
 * hk_outbox_add:
 * @change: what is asked
 * @undo_seconds: how long it waits, so that it can be undone
 */
void
hk_outbox_add (HkOutbox *self, HkChange *change, guint undo_seconds)
{
  HkDelivery *delivery = hk_delivery_new (self, self->client, change);

  g_ptr_array_add (self->deliveries, delivery);
  hk_outbox_begin (self);
  hk_outbox_save (self, delivery, "asked");
  if (undo_seconds > 0)
    hk_delivery_hold (delivery, HK_DELIVERY_WAIT_UNDO,
                      hk_clock_get_monotonic (self->clock) + undo_seconds * G_TIME_SPAN_SECOND);
  else
    hk_outbox_queue_pump (self);
  hk_outbox_commit (self);
}

/* Whoever heard of it may have ended it. */
static void
save_if_there (HkOutbox *self, HkChange *change, const char *step)
{
  HkDelivery *delivery = find_delivery (self, change);

  if (delivery != NULL)
    hk_outbox_save (self, delivery, step);
}

/* What is asked has been amended before it was sent. */
void
hk_outbox_amend (HkOutbox *self, HkChange *change)
{
  save_if_there (self, change, "amended");
}

/* Starts a change again that failed or is not confirmed. */
void
hk_outbox_retry (HkOutbox *self, HkChange *change)
{
  HkDelivery *earlier = find_delivery (self, change);
  g_autoptr (HkDelivery) delivery = NULL;

  if (earlier == NULL || !hk_change_get_can_retry (change))
    return;

  for (guint i = 0; change->parts != NULL && i < change->parts->len; i++)
    hk_outbox_retry (self, g_ptr_array_index (change->parts, i));

  delivery = hk_delivery_new_again (earlier);
  hk_delivery_detach (earlier);
  g_ptr_array_remove (self->deliveries, earlier);
  g_ptr_array_add (self->deliveries, g_steal_pointer (&delivery));

  hk_outbox_queue_pump (self);
  hk_change_set_state (change, HK_CHANGE_WAITING);
  save_if_there (self, change, "tried again");
}

/* Drops a change, unless it is being sent at this moment or over already. */
void
hk_outbox_discard (HkOutbox *self, HkChange *change)
{
  HkDelivery *delivery = find_delivery (self, change);
  g_autoptr (HkChange) keep = g_object_ref (change);

  if (delivery == NULL || change->state == HK_CHANGE_SENDING)
    return;

  for (guint i = 0; change->parts != NULL && i < change->parts->len; i++)
    {
      HkChange *part = g_ptr_array_index (change->parts, i);

      /* Undone before anything of it was sent: what is on its way was asked for earlier. */
      if (change->undoable && part->state != HK_CHANGE_WAITING)
        part->whole = NULL;
      else
        hk_outbox_discard (self, part);
    }

  hk_outbox_finish (self, delivery, HK_CHANGE_DISCARDED);
}

/* Returns: %TRUE if nothing of @change can have reached the service */
gboolean
hk_outbox_is_unsent (HkOutbox *self, HkChange *change)
{
  HkDelivery *delivery = find_delivery (self, change);

  return delivery != NULL && change->state == HK_CHANGE_WAITING && !delivery->unclear && delivery->accepted == 0;
}

/* Forgets everything, without a word to anybody. */
void
hk_outbox_clear (HkOutbox *self)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    hk_delivery_detach (g_ptr_array_index (self->deliveries, i));
  g_ptr_array_set_size (self->deliveries, 0);
  g_ptr_array_set_size (self->unsaved_ends, 0);
  hk_pause_clear (self->pause);
}

/* Whether the computer has a network. */
void
hk_outbox_set_offline (HkOutbox *self, gboolean offline)
{
  self->offline = offline;
  if (!offline)
    hurry (self);
}

HkPause *
hk_outbox_get_pause (HkOutbox *self)
{
  return self->pause;
}

/* @record is the key of @owner, also when that is over. */
static void
leave_to (HkOutbox *self, HkDelivery *owner, NukiKey *record)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (delivery != owner && delivery->known_ids != NULL)
        {
          g_hash_table_add (delivery->known_ids, g_strdup (nuki_key_get_id (record)));
          hk_outbox_save (self, delivery, "another's key");
        }
    }
}

/*
 * hk_outbox_claim_key:
 * @record: a key
 *
 * Finds out whose it is. If two changes could have made it, it is the earlier one's.
 *
 * Returns: (transfer none) (nullable): the change that made it, if it was one of ours that is not over
 */
HkChange *
hk_outbox_claim_key (HkOutbox *self, NukiKey *record)
{
  HkChange *found = hk_outbox_find_key (self, record);

  if (found != NULL)
    return found;

  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);
      const HkChangeState state = delivery->change->state;

      if ((state == HK_CHANGE_SENDING || state == HK_CHANGE_ACCEPTED || state == HK_CHANGE_NOT_CONFIRMED ||
           delivery->unclear) &&
          hk_delivery_claim (delivery, record))
        {
          hk_outbox_begin (self);
          hk_outbox_save (self, delivery, "key found");
          leave_to (self, delivery, record);
          hk_outbox_commit (self);
          return delivery->change;
        }
    }

  return NULL;
}

static gboolean
is_read_back_due (HkDelivery *delivery)
{
  return delivery != NULL && !delivery->running &&
         (delivery->change->state == HK_CHANGE_ACCEPTED || delivery->change->state == HK_CHANGE_NOT_CONFIRMED);
}

/* A list showed @record: as good as a read-back, if it confirms. */
void
hk_outbox_observe_key (HkOutbox *self, HkChange *change, NukiKey *record)
{
  HkDelivery *delivery = find_delivery (self, change);

  if (is_read_back_due (delivery) && change->kind != HK_CHANGE_DELETE_KEY &&
      hk_change_is_shown_by (change, record) && !hk_delivery_is_wider (delivery, record))
    hk_delivery_confirmed (delivery);
}

/* A list does not have the key of @change any more. */
void
hk_outbox_observe_gone (HkOutbox *self, HkChange *change)
{
  HkDelivery *delivery = find_delivery (self, change);

  if (is_read_back_due (delivery) && change->kind == HK_CHANGE_DELETE_KEY)
    hk_delivery_confirmed (delivery);
}

HkClock *
hk_outbox_get_clock (HkOutbox *self)
{
  return self->clock;
}

/* Sees soon whether something can be sent. */
void
hk_outbox_queue_pump (HkOutbox *self)
{
  if (self->pump == 0)
    self->pump = g_idle_add_full (G_PRIORITY_DEFAULT, on_pump, self, NULL);
}

/* Whether both are about the same key, person or lock. */
static gboolean
is_about_same (HkChange *change, HkChange *other)
{
  if (change->details != NULL)
    return other->kind == change->kind && other->user_id == change->user_id && other->lock_id == change->lock_id;

  return other->base != NULL && g_strcmp0 (other->key_id, change->key_id) == 0;
}

/* @change is done: for what was asked of the same after it, that is not somebody else's doing. */
void
hk_outbox_rebase (HkOutbox *self, HkChange *change)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);
      HkChange *other = delivery->change;

      if (other == change || !is_about_same (change, other))
        continue;

      if (other->base != NULL)
        hk_change_apply (change, other->base);
      if (other->base_details != NULL)
        hk_change_apply_details (change, other->base_details);
      hk_outbox_save (self, delivery, "not somebody else’s");
    }
}

/* Ends a delivery for good; @end is what becomes of its change. */
void
hk_outbox_finish (HkOutbox *self, HkDelivery *delivery, HkChangeState end)
{
  g_autoptr (HkChange) change = g_object_ref (delivery->change);

  hk_outbox_save_end (self, delivery, end);
  hk_delivery_detach (delivery);
  g_ptr_array_remove (self->deliveries, delivery);
  hk_outbox_queue_pump (self);
  hk_change_set_state (change, end);
}

void
hk_outbox_tell_journal (HkOutbox *self)
{
  g_signal_emit (self, signals[JOURNAL_CHANGED], 0);
}

void
hk_outbox_tell_key (HkOutbox *self, HkChange *change, NukiKey *record)
{
  g_signal_emit (self, signals[KEY_SEEN], 0, change, record);
}

void
hk_outbox_tell_key_gone (HkOutbox *self, HkChange *change)
{
  g_signal_emit (self, signals[KEY_GONE], 0, change);
}

void
hk_outbox_tell_user (HkOutbox *self, NukiUser *user)
{
  g_signal_emit (self, signals[USER_SEEN], 0, user);
}

void
hk_outbox_tell_user_gone (HkOutbox *self, int user_id)
{
  g_signal_emit (self, signals[USER_GONE], 0, user_id);
}

void
hk_outbox_tell_lock (HkOutbox *self, NukiLock *lock)
{
  g_signal_emit (self, signals[LOCK_SEEN], 0, lock);
}
