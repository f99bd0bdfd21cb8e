/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-delivery.h"

#include <glib/gi18n-lib.h>

#include "hk-backoff.h"
#include "hk-outbox.h"

/* After these many seconds each the service is asked whether the lock has it; the last one goes on. */
static const guint read_back_seconds[] = { 2, 4, 8, 15, 30 };

/* When read-backs did not show it for so long, they go on slowly, until it shows or is given up. */
#define PATIENCE (10 * 60 * G_TIME_SPAN_SECOND)
#define SLOW_READ_BACK_SECONDS 300
#define SLOWEST_READ_BACK_SECONDS 900

/* So many looks take ten minutes, too. */
#define QUICK_LOOKS 24

static const HkDeliverySteps *
choose_steps (HkChangeKind kind)
{
  switch (kind)
    {
    case HK_CHANGE_CREATE_KEY:
      return &hk_delivery_create_steps;
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
      return &hk_delivery_update_steps;
    case HK_CHANGE_DELETE_KEY:
      return &hk_delivery_delete_steps;
    case HK_CHANGE_UPDATE_PERSON:
      return &hk_delivery_person_steps;
    case HK_CHANGE_DELETE_PERSON:
      return &hk_delivery_person_delete_steps;
    case HK_CHANGE_UPDATE_LOCK:
      return &hk_delivery_lock_steps;
    default:
      g_assert_not_reached ();
    }
}

static guint
get_read_back_seconds (guint n)
{
  return read_back_seconds[MIN (n, G_N_ELEMENTS (read_back_seconds) - 1)];
}

static guint
get_slow_read_back_seconds (guint n)
{
  return MIN (SLOW_READ_BACK_SECONDS * (n + 1), SLOWEST_READ_BACK_SECONDS);
}

static void
stop_timer (HkDelivery *self)
{
  hk_outbox_stop_alarm (self->outbox, self);
}

static void
start_timer (HkDelivery *self, gint64 due)
{
  self->due = due;
  hk_outbox_set_alarm (self->outbox, self);
}

/* Whoever hears of the state may end the delivery; what is over has been written down already. */
static void
enter (HkDelivery *self, HkChangeState state, const char *step)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  hk_change_set_state (self->change, state);
  if (!hk_delivery_is_over (self))
    hk_outbox_save (self->outbox, self, step);
}

/* @interval: after that it is looked for; sooner if others are looked for then, as one list serves all */
static void
start_timer_with_others (HkDelivery *self, gint64 interval)
{
  start_timer (self, hk_outbox_share_time (self->outbox, interval));
}

static void
schedule_read_back (HkDelivery *self)
{
  const gint64 now = hk_delivery_get_now (self);

  if (self->change->state == HK_CHANGE_NOT_CONFIRMED)
    start_timer_with_others (self, get_slow_read_back_seconds (self->n_slow++) * G_TIME_SPAN_SECOND);
  else
    start_timer_with_others (self, MIN (get_read_back_seconds (self->n_read_backs) * G_TIME_SPAN_SECOND,
                                        self->accepted + PATIENCE - now));
}

/* Nothing of the request can have reached the service. */
static gboolean
is_not_sent (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED);
}

/**
 * hk_delivery_is_unclear:
 * @error: how a call ended
 *
 * Returns: %TRUE if the service may or may not have done what it was asked to do
 */
gboolean
hk_delivery_is_unclear (const GError *error)
{
  if (error->domain == NUKI_ERROR)
    return error->code == NUKI_ERROR_SERVER || error->code == NUKI_ERROR_MALFORMED;

  /* A certificate that is not good is final: it would be the same the next time. */
  return error->domain != G_TLS_ERROR && !is_not_sent (error);
}

/**
 * hk_delivery_is_worth_another_try:
 * @error: how a call ended
 *
 * Returns: %TRUE if the same call may end well later
 */
gboolean
hk_delivery_is_worth_another_try (const GError *error)
{
  return g_error_matches (error, NUKI_ERROR, NUKI_ERROR_THROTTLED) || is_not_sent (error) ||
         hk_delivery_is_unclear (error);
}

/**
 * hk_delivery_may_mean_gone:
 * @error: how a call about a key, a person or a lock ended
 *
 * Returns: %TRUE if the service may not have it any more; its list is certain
 */
gboolean
hk_delivery_may_mean_gone (const GError *error)
{
  return g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
}

static HkDeliveryWait
choose_wait (const GError *error)
{
  return is_not_sent (error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? HK_DELIVERY_WAIT_NETWORK
                                                                                         : HK_DELIVERY_WAIT_SERVICE;
}

static void
set_trouble (HkDelivery *self, const char *trouble)
{
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
}

static void
wait_while_busy (HkDelivery *self, const GError *error)
{
  const gint64 now = hk_delivery_get_now (self);

  if (self->n_busy == 0)
    self->busy_since = now;

  /* A lock that is offline is busy until it is back. */
  if (now - self->busy_since >= PATIENCE && hk_change_is_lock_offline (self->change))
    hk_delivery_hold (self, HK_DELIVERY_WAIT_BUSY,
                      now + get_slow_read_back_seconds (self->n_slow++) * G_TIME_SPAN_SECOND);
  else if (now - self->busy_since >= PATIENCE)
    hk_delivery_failed (self, error);
  else
    hk_delivery_hold (self, HK_DELIVERY_WAIT_BUSY,
                      now + get_read_back_seconds (self->n_busy++) * G_TIME_SPAN_SECOND);
}

HkDelivery *
hk_delivery_new (HkOutbox *outbox, NukiClient *client, HkChange *change)
{
  HkDelivery *self = g_new0 (HkDelivery, 1);

  g_ref_count_init (&self->refs);
  self->outbox = outbox;
  self->client = g_object_ref (client);
  self->change = g_object_ref (change);
  self->steps = choose_steps (change->kind);
  self->cancellable = g_cancellable_new ();

  return self;
}

/* A fresh start that remembers what may already have happened. */
HkDelivery *
hk_delivery_new_again (HkDelivery *earlier, HkOutbox *outbox)
{
  HkDelivery *self = hk_delivery_new (outbox, earlier->client, earlier->change);

  self->queued = earlier->queued || earlier->accepted > 0;
  self->unclear = earlier->unclear || self->queued;
  self->insisted = earlier->change->state == HK_CHANGE_NOT_CONFIRMED && !self->queued;
  if (earlier->known_ids != NULL)
    self->known_ids = g_hash_table_ref (earlier->known_ids);
  self->sent = g_steal_pointer (&earlier->sent);
  self->base_updated = g_steal_pointer (&earlier->base_updated);

  return self;
}

HkDelivery *
hk_delivery_ref (HkDelivery *self)
{
  g_ref_count_inc (&self->refs);

  return self;
}

void
hk_delivery_unref (HkDelivery *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;

  g_assert (self->alarm == NULL);
  g_object_unref (self->client);
  g_object_unref (self->change);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->known_ids, g_hash_table_unref);
  g_clear_pointer (&self->sent, nuki_key_spec_free);
  g_clear_pointer (&self->base_updated, g_date_time_unref);
  g_free (self->trouble);
  g_free (self);
}

/* Ends it: its timer and call are cancelled, and an answer that is on its way is not heard any more. */
void
hk_delivery_detach (HkDelivery *self)
{
  if (self->outbox == NULL)
    return;

  stop_timer (self);
  self->outbox = NULL;
  g_cancellable_cancel (self->cancellable);
}

/* To be asked first in every callback. */
gboolean
hk_delivery_is_over (HkDelivery *self)
{
  return self->outbox == NULL;
}

/* Returns: microseconds of the monotonic clock */
gint64
hk_delivery_get_now (HkDelivery *self)
{
  return hk_clock_get_monotonic (hk_outbox_get_clock (self->outbox));
}

/*
 * hk_delivery_record:
 * @step: what is about to happen, in a word
 *
 * Writes down what a restart has to know before it happens. If that cannot be done, the change waits.
 *
 * Returns: %TRUE if it may happen
 */
gboolean
hk_delivery_record (HkDelivery *self, const char *step)
{
  if (hk_outbox_save (self->outbox, self, step))
    return TRUE;

  self->running = FALSE;
  hk_change_set_state (self->change, HK_CHANGE_WAITING);

  return FALSE;
}

/* Returns: when to try again what failed once more; microseconds of the monotonic clock */
static gint64
get_next_try (HkDelivery *self)
{
  return hk_outbox_share_time (self->outbox,
                               hk_backoff_get_delay (hk_outbox_get_clock (self->outbox), ++self->n_tries));
}

static HkHindrance
choose_hindrance (HkDeliveryWait wait)
{
  switch (wait)
    {
    case HK_DELIVERY_WAIT_BUSY:
      return HK_HINDRANCE_BUSY;
    case HK_DELIVERY_WAIT_NETWORK:
      return HK_HINDRANCE_NETWORK;
    case HK_DELIVERY_WAIT_SERVICE:
      return HK_HINDRANCE_SERVICE;
    case HK_DELIVERY_WAIT_NONE:
    case HK_DELIVERY_WAIT_PARTS:
    case HK_DELIVERY_WAIT_UNDO:
    default:
      return HK_HINDRANCE_NONE;
    }
}

/* Not sent, or not successfully, before @due. */
void
hk_delivery_hold (HkDelivery *self, HkDeliveryWait wait, gint64 due)
{
  self->running = FALSE;
  self->wait = wait;
  start_timer (self, due);
  hk_outbox_queue_pump (self->outbox);
  hk_change_set_hindrance (self->change, choose_hindrance (wait));
  enter (self, HK_CHANGE_WAITING, "waiting");
}

/* It does not wait any longer. */
void
hk_delivery_time_has_come (HkDelivery *self)
{
  const gint64 pause_end = hk_pause_get_until (hk_outbox_get_pause (self->outbox));

  self->due = 0;
  if (self->change->state == HK_CHANGE_WAITING)
    hk_outbox_queue_pump (self->outbox);
  else if (pause_end > hk_delivery_get_now (self))
    start_timer (self, pause_end);
  /* Whoever is asked may have another account; hk_delivery_resume() follows. */
  else if (hk_outbox_is_released (self->outbox))
    hk_outbox_queue_read_backs (self->outbox);
}

/* Goes on where an earlier process ended. */
void
hk_delivery_resume (HkDelivery *self)
{
  const HkChangeState state = self->change->state;

  if (self->alarm != NULL || self->running || self->wait == HK_DELIVERY_WAIT_PARTS)
    return;

  if (state == HK_CHANGE_ACCEPTED || state == HK_CHANGE_NOT_CONFIRMED ||
      (state == HK_CHANGE_WAITING && self->due > 0))
    start_timer (self, self->due);
}

/* The computer has no network: it is not even tried. */
void
hk_delivery_wait_for_network (HkDelivery *self)
{
  set_trouble (self, _ ("This computer has no network."));
  hk_delivery_hold (self, HK_DELIVERY_WAIT_NETWORK, get_next_try (self));
}

/* What is in the way of sending it, or of looking for it, may be gone. */
void
hk_delivery_hurry (HkDelivery *self)
{
  self->n_tries = 0;
  start_timer (self, 0);
}

/* Returns: %TRUE if something may be sent now */
gboolean
hk_delivery_begin (HkDelivery *self)
{
  stop_timer (self);
  self->running = TRUE;
  self->wait = HK_DELIVERY_WAIT_NONE;
  set_trouble (self, NULL);
  hk_change_set_hindrance (self->change, HK_HINDRANCE_NONE);
  hk_change_set_state (self->change, HK_CHANGE_SENDING);

  return !hk_delivery_is_over (self) && hk_delivery_record (self, "sending");
}

void
hk_delivery_send (HkDelivery *self)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  if (hk_delivery_begin (self))
    self->steps->send (self);
}

/* It has its turn once more, as if nothing had been sent. */
void
hk_delivery_put_back (HkDelivery *self)
{
  self->running = FALSE;
  self->posted = FALSE;
  enter (self, HK_CHANGE_WAITING, "waiting");
}

/* The service has queued it. */
void
hk_delivery_accepted (HkDelivery *self)
{
  HkChange *replaced = self->change->after;

  self->running = FALSE;
  self->posted = FALSE;
  self->most = 0;
  hk_change_set_hindrance (self->change, HK_HINDRANCE_NONE);
  self->n_tries = 0;
  self->n_busy = 0;
  self->n_read_backs = 0;
  self->n_slow = 0;
  self->accepted = hk_delivery_get_now (self);

  if (replaced != NULL && replaced->state == HK_CHANGE_NOT_CONFIRMED)
    hk_outbox_discard (self->outbox, replaced);

  start_timer_with_others (self, get_read_back_seconds (0) * G_TIME_SPAN_SECOND);
  hk_outbox_queue_pump (self->outbox);
  enter (self, HK_CHANGE_ACCEPTED, "accepted");
}

void
hk_delivery_begin_read_back (HkDelivery *self)
{
  stop_timer (self);
  self->due = 0;
  self->running = TRUE;
  self->n_read_backs++;
}

/* Does not wait for the time of the next read-back. */
void
hk_delivery_read_back_now (HkDelivery *self)
{
  hk_delivery_begin_read_back (self);
  self->steps->read_back (self);
}

/* It has happened. */
void
hk_delivery_confirmed (HkDelivery *self)
{
  hk_outbox_rebase (self->outbox, self->change);
  hk_outbox_finish (self->outbox, self, HK_CHANGE_CONFIRMED);
}

static void
end_patience (HkDelivery *self)
{
  if (self->change->state != HK_CHANGE_ACCEPTED || hk_delivery_get_now (self) - self->accepted < PATIENCE)
    return;

  hk_outbox_queue_pump (self->outbox);
  enter (self, HK_CHANGE_NOT_CONFIRMED, "not confirmed");
}

/* A read-back did not show it. */
void
hk_delivery_not_yet (HkDelivery *self)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  self->running = FALSE;
  self->n_tries = 0;
  self->wait = HK_DELIVERY_WAIT_NONE;
  end_patience (self);
  if (hk_delivery_is_over (self))
    return;

  schedule_read_back (self);
  set_trouble (self, NULL);
  hk_outbox_save (self->outbox, self, "not yet");
}

/*
 * hk_delivery_look_on:
 *
 * Whether the service has taken it is not known, and will not be soon: looks go on, after a while slowly.
 */
void
hk_delivery_look_on (HkDelivery *self)
{
  const guint seconds = self->n_looks < QUICK_LOOKS ? get_read_back_seconds (self->n_looks)
                                                    : get_slow_read_back_seconds (self->n_looks - QUICK_LOOKS);

  self->running = FALSE;
  self->n_tries = 0;
  self->wait = HK_DELIVERY_WAIT_NONE;
  start_timer (self, hk_delivery_get_now (self) + seconds * G_TIME_SPAN_SECOND);
  hk_change_set_hindrance (self->change, HK_HINDRANCE_UNCLEAR);
  if (self->change->state == HK_CHANGE_NOT_CONFIRMED)
    return;

  hk_outbox_queue_pump (self->outbox);
  enter (self, HK_CHANGE_NOT_CONFIRMED, "not known");
}

/*
 * hk_delivery_look_failed:
 * @error: how a read-back ended
 *
 * Nothing is known, neither that it has happened nor that it has not. Looks again before long.
 */
void
hk_delivery_look_failed (HkDelivery *self, const GError *error)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  self->running = FALSE;
  self->wait = choose_wait (error);
  end_patience (self);
  if (hk_delivery_is_over (self))
    return;

  start_timer (self, get_next_try (self));
  /* Once for all looks that fail because of it. */
  if (g_strcmp0 (self->trouble, error->message) == 0)
    return;
  set_trouble (self, error->message);
  hk_outbox_save (self->outbox, self, "look failed");
}

/* It will not happen by itself; it stays in the outbox to be retried or discarded. */
void
hk_delivery_failed (HkDelivery *self, const GError *error)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  self->running = FALSE;
  stop_timer (self);
  hk_outbox_queue_pump (self->outbox);
  hk_change_fail (self->change, error);
  if (!hk_delivery_is_over (self))
    hk_outbox_save (self->outbox, self, "failed");
}

/*
 * hk_delivery_conflicted:
 * @theirs: (nullable): the key as the service has it
 * @their_details: (nullable): or the person or the lock
 *
 * Somebody else has changed the same to something else: the user has to decide.
 */
void
hk_delivery_conflicted (HkDelivery *self, const NukiKeySpec *theirs, const HkDetails *their_details)
{
  g_autoptr (HkDelivery) keep = hk_delivery_ref (self);

  self->running = FALSE;
  stop_timer (self);
  hk_outbox_queue_pump (self->outbox);
  hk_change_fail_conflict (self->change, theirs, their_details);
  if (!hk_delivery_is_over (self))
    hk_outbox_save (self->outbox, self, "conflict");
}

/*
 * hk_delivery_merge_details:
 * @fresh: a person or a lock as the service has it now
 *
 * Writes what is asked over the touched fields. Ends the delivery if there is nothing to send: it is so already, or somebody
 * else has changed the same.
 *
 * Returns: (transfer full) (nullable): what to send
 */
HkDetails *
hk_delivery_merge_details (HkDelivery *self, const HkDetails *fresh)
{
  g_autoptr (HkDetails) wanted = hk_details_copy (fresh);

  hk_change_apply_details (self->change, wanted);
  if (hk_change_compare_details (fresh, wanted) == 0)
    {
      hk_delivery_confirmed (self);
      return NULL;
    }
  if (hk_change_find_details_conflict (self->change, fresh) != 0)
    {
      hk_delivery_conflicted (self, NULL, fresh);
      return NULL;
    }

  return g_steal_pointer (&wanted);
}

/*
 * hk_delivery_has_details:
 * @found: a person or a lock as the service has it now
 *
 * Returns: whether what was asked is there; an address may have been written in small letters
 */
gboolean
hk_delivery_has_details (HkDelivery *self, const HkDetails *found)
{
  g_autoptr (HkDetails) wanted = hk_details_copy (found);
  HkFields differing;

  hk_change_apply_details (self->change, wanted);
  differing = hk_change_compare_details (found, wanted);
  if ((differing & HK_FIELD_EMAIL) && found->email != NULL && g_ascii_strcasecmp (found->email, wanted->email) == 0)
    differing &= ~HK_FIELD_EMAIL;

  return differing == 0;
}

/*
 * hk_delivery_try_again:
 * @error: how sending it ended
 *
 * Waits for what is in the way, if it is something that passes; otherwise the change fails with @error.
 */
void
hk_delivery_try_again (HkDelivery *self, const GError *error)
{
  const gboolean is_busy = g_error_matches (error, NUKI_ERROR, NUKI_ERROR_LOCKED);

  set_trouble (self, error->message);
  if (is_busy && self->queued && hk_change_is_lock_offline (self->change))
    {
      /* What the lock has yet to do is this very change. */
      hk_delivery_accepted (self);
    }
  else if (is_busy)
    {
      wait_while_busy (self, error);
    }
  else if (hk_delivery_is_worth_another_try (error))
    {
      /* How long nobody could be asked does not count. */
      self->n_busy = 0;
      hk_delivery_hold (self, choose_wait (error), get_next_try (self));
    }
  else
    {
      hk_delivery_failed (self, error);
    }
}

/*
 * hk_delivery_end_look:
 * @error: how it ended
 *
 * A look, before something is sent or after it, did not help.
 */
void
hk_delivery_end_look (HkDelivery *self, const GError *error)
{
  if (self->change->state == HK_CHANGE_SENDING)
    hk_delivery_try_again (self, error);
  else
    hk_delivery_look_failed (self, error);
}
