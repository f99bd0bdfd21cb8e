/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes out next, in order per lock. */

#include "hk-outbox-private.h"

#include <glib/gi18n-lib.h>

#include "hk-batch.h"

/*
 * Round:
 * @taken: (owned) (element-type gint64 HkBatch): the locks for which something is on its way, or has to come first; the value is
 *   what will go out, if others can still go with it
 * @starting: (owned) (element-type HkBatch): what will go out when all have been asked
 *
 * One change per lock is on its way to the service, or several in one request, and those that wait for something keep their
 * order.
 */
typedef struct
{
  GHashTable *taken;
  GPtrArray *starting;
} Round;

typedef enum
{
  TURN_NOW,
  TURN_LATER,
  TURN_NEVER,
} Turn;

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
get_turn (HkDelivery *delivery)
{
  HkChange *change = delivery->change;

  if (change->kind == HK_CHANGE_CREATE_KEY)
    return get_create_turn (change);
  if (is_key_kind (change))
    return get_key_turn (change);
  if (change->kind == HK_CHANGE_DELETE_PERSON)
    return get_person_delete_turn (delivery);

  return get_plain_turn (change);
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
  return !delivery->running && delivery->batch == NULL &&
         (delivery->change->state == HK_CHANGE_WAITING || delivery->wait == HK_DELIVERY_WAIT_PARTS);
}

static void
take_lock (Round *round, gint64 lock_id, HkBatch *batch)
{
  if (lock_id != 0)
    g_hash_table_insert (round->taken, g_memdup2 (&lock_id, sizeof lock_id), batch);
}

static void
start_delivery (HkOutbox *self, Round *round, HkDelivery *delivery)
{
  const gint64 lock_id = delivery->change->lock_id;
  gpointer there = NULL;
  const gboolean is_taken = lock_id != 0 && g_hash_table_lookup_extended (round->taken, &lock_id, NULL, &there);
  HkBatch *batch = there;

  for (guint i = 0; !is_taken && hk_batch_can_take (delivery) && batch == NULL && i < round->starting->len; i++)
    if (hk_batch_takes (g_ptr_array_index (round->starting, i), delivery))
      batch = g_ptr_array_index (round->starting, i);

  if (is_taken && (batch == NULL || !hk_batch_can_take (delivery) || !hk_batch_takes (batch, delivery)))
    {
      take_lock (round, lock_id, NULL);
      return;
    }

  if (delivery->change->kind == HK_CHANGE_DELETE_KEY || delivery->change->kind == HK_CHANGE_DELETE_PERSON)
    discard_before_delete (self, delivery->change);
  if (batch == NULL)
    {
      batch = hk_batch_new (self, self->client);
      g_ptr_array_add (round->starting, batch);
    }
  hk_batch_add (batch, delivery);
  take_lock (round, lock_id, hk_batch_can_take (delivery) ? batch : NULL);
}

static void
pump_delivery (HkOutbox *self, Round *round, HkDelivery *delivery)
{
  const gint64 now = hk_clock_get_monotonic (self->clock);
  const gint64 pause_end = hk_pause_get_until (self->pause);

  if (!is_for_pump (delivery) || !hk_outbox_may_send (self, delivery))
    return;

  if (delivery->due > now)
    return;

  if (pause_end > now)
    {
      hk_delivery_hold (delivery, HK_DELIVERY_WAIT_SERVICE, pause_end);
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

  switch (get_turn (delivery))
    {
    case TURN_NOW:
      start_delivery (self, round, delivery);
      break;
    case TURN_NEVER:
      give_up (self, delivery);
      break;
    case TURN_LATER:
    default:
      break;
    }
}

/* What has no request of its own under way yet is asked in order. */
static void
pump_all (HkOutbox *self, Round *round)
{
  g_autoptr (GPtrArray) deliveries =
      g_ptr_array_copy (self->deliveries, (GCopyFunc) (GCallback) hk_delivery_ref, NULL);

  for (guint i = 0; i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (delivery->change->state == HK_CHANGE_SENDING || delivery->batch != NULL)
        take_lock (round, delivery->change->lock_id, NULL);
    }

  for (guint i = 0; i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (hk_delivery_is_over (delivery))
        continue;
      pump_delivery (self, round, delivery);
      if (!hk_delivery_is_over (delivery) && is_in_the_way (delivery))
        take_lock (round, delivery->change->lock_id, NULL);
    }
}

/* After each answer there may be something to do; while a batch goes on, there mostly is not. */
static gboolean
has_work (HkOutbox *self)
{
  for (guint i = 0; i < self->deliveries->len; i++)
    if (is_for_pump (g_ptr_array_index (self->deliveries, i)))
      return TRUE;

  return FALSE;
}

static gboolean
on_pump (gpointer user_data)
{
  g_autoptr (HkOutbox) self = g_object_ref (user_data);
  Round round = { g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
                  g_ptr_array_new_with_free_func ((GDestroyNotify) hk_batch_unref) };

  self->pump = 0;
  if (has_work (self))
    {
      hk_outbox_begin (self);
      pump_all (self, &round);
      hk_outbox_commit (self);
    }

  for (guint i = 0; i < round.starting->len; i++)
    g_ptr_array_add (self->batches, hk_batch_ref (g_ptr_array_index (round.starting, i)));
  for (guint i = 0; i < round.starting->len; i++)
    hk_batch_start (g_ptr_array_index (round.starting, i));
  g_hash_table_unref (round.taken);
  g_ptr_array_unref (round.starting);

  return G_SOURCE_REMOVE;
}

/* Sees soon whether something can be sent. */
void
hk_outbox_queue_pump (HkOutbox *self)
{
  if (self->pump == 0)
    self->pump = g_idle_add_full (G_PRIORITY_DEFAULT, on_pump, self, NULL);
}

void
hk_outbox_end_batch (HkOutbox *self, HkBatch *batch)
{
  g_ptr_array_remove (self->batches, batch);
}
