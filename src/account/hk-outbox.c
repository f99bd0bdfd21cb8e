/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-outbox-private.h"

#include "hk-batch.h"

G_DEFINE_FINAL_TYPE (HkOutbox, hk_outbox, G_TYPE_OBJECT)

enum
{
  KEY_SEEN,
  KEY_GONE,
  USER_SEEN,
  USER_GONE,
  LOCK_SEEN,
  JOURNAL_CHANGED,
  MANY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static HkDelivery *
find_delivery (HkOutbox *self, HkChange *change)
{
  return g_hash_table_lookup (self->by_change, change);
}

/* Takes @delivery. */
void
hk_outbox_take (HkOutbox *self, HkDelivery *delivery)
{
  HkChange *change = delivery->change;

  g_ptr_array_add (self->deliveries, delivery);
  g_hash_table_insert (self->by_change, g_object_ref (change), hk_delivery_ref (delivery));
  if (change->base != NULL || change->base_details != NULL)
    g_ptr_array_add (self->based, hk_delivery_ref (delivery));
  if (change->kind == HK_CHANGE_CREATE_KEY)
    hk_outbox_forget_claims (self);
}

/* Nothing more is heard or said of @delivery. */
static void
drop (HkOutbox *self, HkDelivery *delivery)
{
  hk_delivery_detach (delivery);
  g_hash_table_remove (self->by_change, delivery->change);
  g_ptr_array_remove (self->based, delivery);
  g_ptr_array_remove (self->deliveries, delivery);
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
  g_clear_handle_id (&self->read_backs, g_source_remove);

  G_OBJECT_CLASS (hk_outbox_parent_class)->dispose (object);
}

static void
hk_outbox_finalize (GObject *object)
{
  HkOutbox *self = HK_OUTBOX (object);

  g_ptr_array_unref (self->deliveries);
  g_sequence_free (self->alarms);
  g_hash_table_unref (self->by_change);
  g_ptr_array_unref (self->based);
  g_ptr_array_unref (self->batches);
  g_ptr_array_unref (self->writing);
  g_ptr_array_unref (self->unsaved_ends);
  g_object_unref (self->cancellable);
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
  signals[USER_SEEN] = add_signal ("user-seen", 2, G_TYPE_POINTER, NUKI_TYPE_USER);
  signals[USER_GONE] = add_signal ("user-gone", 1, G_TYPE_INT, G_TYPE_NONE);
  signals[LOCK_SEEN] = add_signal ("lock-seen", 1, NUKI_TYPE_LOCK, G_TYPE_NONE);
  /* Whether something can be written down has changed. */
  signals[JOURNAL_CHANGED] = add_signal ("journal-changed", 0, G_TYPE_NONE, G_TYPE_NONE);
  /* Whether more may follow at once. */
  signals[MANY] = add_signal ("many", 1, G_TYPE_BOOLEAN, G_TYPE_NONE);
}

static void
hk_outbox_init (HkOutbox *self)
{
  self->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  self->alarms = g_sequence_new (NULL);
  self->by_change = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify) hk_delivery_unref);
  self->based = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  self->batches = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_batch_unref);
  self->writing = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  self->cancellable = g_cancellable_new ();
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
 * @undo_seconds: how long it waits, so that it can be undone; what is asked at once can be undone equally long
 */
void
hk_outbox_add (HkOutbox *self, HkChange *change, guint undo_seconds)
{
  HkDelivery *delivery = hk_delivery_new (self, self->client, change);

  hk_outbox_take (self, delivery);
  hk_outbox_begin (self);
  hk_outbox_save (self, delivery, "asked");
  if (undo_seconds > 0)
    hk_delivery_hold (delivery, HK_DELIVERY_WAIT_UNDO, self->begun + undo_seconds * G_TIME_SPAN_SECOND);
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
  g_autoptr (HkDelivery) earlier = NULL;

  if (find_delivery (self, change) == NULL || !hk_change_get_can_retry (change))
    return;

  for (guint i = 0; change->parts != NULL && i < change->parts->len; i++)
    hk_outbox_retry (self, g_ptr_array_index (change->parts, i));

  earlier = hk_delivery_ref (find_delivery (self, change));
  drop (self, earlier);
  hk_outbox_take (self, hk_delivery_new_again (earlier, self));

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
  for (guint i = 0; i < self->batches->len; i++)
    hk_batch_cancel (g_ptr_array_index (self->batches, i));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->batches, 0);
  g_ptr_array_set_size (self->deliveries, 0);
  g_hash_table_remove_all (self->by_change);
  g_ptr_array_set_size (self->based, 0);
  g_ptr_array_set_size (self->unsaved_ends, 0);
  hk_outbox_forget_claims (self);
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
  for (guint i = 0; i < self->based->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->based, i);
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
  g_autoptr (HkDelivery) keep = hk_delivery_ref (delivery);

  hk_outbox_save_end (self, delivery, end);
  drop (self, delivery);
  hk_outbox_queue_pump (self);
  hk_change_set_state (change, end);
}

void
hk_outbox_tell_journal (HkOutbox *self)
{
  g_signal_emit (self, signals[JOURNAL_CHANGED], 0);
}

/* @many: whether more may follow at once, so that lists need not be made anew for each */
void
hk_outbox_tell_many (HkOutbox *self, gboolean many)
{
  g_signal_emit (self, signals[MANY], 0, many);
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

/* @invitee: (nullable): who is that person */
void
hk_outbox_tell_user (HkOutbox *self, HkInvitee *invitee, NukiUser *user)
{
  hk_outbox_forget_claims (self);
  g_signal_emit (self, signals[USER_SEEN], 0, invitee, user);
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
