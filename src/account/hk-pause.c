/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-pause.h"

#include "hk-backoff.h"

/* If the service asks again so soon after a pause, that was too short. */
#define SOON (2 * G_TIME_SPAN_MINUTE)

/*
 * HkPause:
 * @clock: (owned): the time
 * @until: when it ends, or ended; microseconds of the monotonic clock
 * @timer: of the clock, while there is a pause; or 0
 * @n_asked: how many pauses there were soon after each other
 *
 * Owned by the outbox. Nothing is sent on behalf of the account while there is a pause.
 */
struct _HkPause
{
  GObject parent_instance;

  HkClock *clock;
  gint64 until;
  guint timer;
  guint n_asked;
};

G_DEFINE_FINAL_TYPE (HkPause, hk_pause, G_TYPE_OBJECT)

static guint changed_signal;

static void
stop_timer (HkPause *self)
{
  if (self->timer > 0)
    hk_clock_cancel (self->clock, self->timer);
  self->timer = 0;
}

static void
on_over (gpointer user_data)
{
  HkPause *self = user_data;

  self->timer = 0;
  g_signal_emit (self, changed_signal, 0);
}

static void
hk_pause_dispose (GObject *object)
{
  stop_timer (HK_PAUSE (object));

  G_OBJECT_CLASS (hk_pause_parent_class)->dispose (object);
}

static void
hk_pause_finalize (GObject *object)
{
  g_object_unref (HK_PAUSE (object)->clock);

  G_OBJECT_CLASS (hk_pause_parent_class)->finalize (object);
}

static void
hk_pause_class_init (HkPauseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hk_pause_dispose;
  object_class->finalize = hk_pause_finalize;

  changed_signal = g_signal_new ("changed", HK_TYPE_PAUSE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hk_pause_init (HkPause *self)
{
}

HkPause *
hk_pause_new (HkClock *clock)
{
  HkPause *self = g_object_new (HK_TYPE_PAUSE, NULL);

  self->clock = g_object_ref (clock);

  return self;
}

/*
 * hk_pause_ask:
 * @seconds: how long the service asks for; 0 if it does not say
 *
 * Begins a pause or lengthens the one there is. Requests that were under way when it began are refused as well; those do
 * not count as another pause.
 */
void
hk_pause_ask (HkPause *self, guint seconds)
{
  const gint64 now = hk_clock_get_monotonic (self->clock);
  gint64 length;

  if (self->timer == 0)
    self->n_asked = self->n_asked > 0 && now - self->until < SOON ? self->n_asked + 1 : 1;
  else if (seconds == 0)
    return;

  length = seconds > 0 ? seconds * G_TIME_SPAN_SECOND : hk_backoff_get_delay (self->clock, self->n_asked);
  if (self->timer > 0 && now + length <= self->until)
    return;

  stop_timer (self);
  self->until = now + length;
  self->timer = hk_clock_schedule (self->clock, (guint) MIN ((length + 999) / 1000, G_MAXUINT), on_over, self);
  g_signal_emit (self, changed_signal, 0);
}

/* Another account has its own pauses. */
void
hk_pause_clear (HkPause *self)
{
  self->until = 0;
  self->n_asked = 0;
  if (self->timer == 0)
    return;

  stop_timer (self);
  g_signal_emit (self, changed_signal, 0);
}

/* Returns: when the pause ends, in microseconds of the monotonic clock; 0 if there is none */
gint64
hk_pause_get_until (HkPause *self)
{
  return self->timer > 0 ? self->until : 0;
}
