/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-manual-clock.h"

/*
 * HkManualClock:
 * @start: (owned): when it was made
 * @passed: milliseconds since then
 * @calls: (owned) (element-type Call): what is scheduled
 * @dice: (owned): falls the same way in each run
 */
struct _HkManualClock
{
  HkClock parent_instance;

  GDateTime *start;
  gint64 passed;
  GArray *calls;
  GRand *dice;
  guint last_id;
};

typedef struct
{
  guint id;
  gint64 due;
  GSourceOnceFunc func;
  gpointer user_data;
} Call;

G_DEFINE_FINAL_TYPE (HkManualClock, hk_manual_clock, HK_TYPE_CLOCK)

static GDateTime *
hk_manual_clock_now (HkClock *clock)
{
  HkManualClock *self = HK_MANUAL_CLOCK (clock);

  return g_date_time_add (self->start, self->passed * G_TIME_SPAN_MILLISECOND);
}

/* Not from 0 on, which stands for never. */
static gint64
hk_manual_clock_get_monotonic (HkClock *clock)
{
  return HK_MANUAL_CLOCK (clock)->passed * G_TIME_SPAN_MILLISECOND + G_TIME_SPAN_HOUR;
}

static guint
hk_manual_clock_schedule (HkClock *clock, guint milliseconds, GSourceOnceFunc func, gpointer user_data)
{
  HkManualClock *self = HK_MANUAL_CLOCK (clock);
  const Call call = { ++self->last_id, self->passed + milliseconds, func, user_data };

  g_array_append_val (self->calls, call);

  return call.id;
}

static void
hk_manual_clock_cancel (HkClock *clock, guint id)
{
  HkManualClock *self = HK_MANUAL_CLOCK (clock);

  for (guint i = 0; i < self->calls->len; i++)
    if (g_array_index (self->calls, Call, i).id == id)
      {
        g_array_remove_index (self->calls, i);
        return;
      }

  g_assert_not_reached ();
}

static double
hk_manual_clock_random (HkClock *clock)
{
  return g_rand_double (HK_MANUAL_CLOCK (clock)->dice);
}

static void
hk_manual_clock_finalize (GObject *object)
{
  HkManualClock *self = HK_MANUAL_CLOCK (object);

  g_assert_cmpuint (self->calls->len, ==, 0);
  g_array_unref (self->calls);
  g_rand_free (self->dice);
  g_date_time_unref (self->start);

  G_OBJECT_CLASS (hk_manual_clock_parent_class)->finalize (object);
}

static void
hk_manual_clock_class_init (HkManualClockClass *klass)
{
  HkClockClass *clock_class = HK_CLOCK_CLASS (klass);

  clock_class->now = hk_manual_clock_now;
  clock_class->get_monotonic = hk_manual_clock_get_monotonic;
  clock_class->schedule = hk_manual_clock_schedule;
  clock_class->cancel = hk_manual_clock_cancel;
  clock_class->random = hk_manual_clock_random;
  G_OBJECT_CLASS (klass)->finalize = hk_manual_clock_finalize;
}

static void
hk_manual_clock_init (HkManualClock *self)
{
  self->calls = g_array_new (FALSE, FALSE, sizeof (Call));
  self->dice = g_rand_new_with_seed (1);
}

HkClock *
hk_manual_clock_new (const char *iso8601)
{
  HkManualClock *self = g_object_new (HK_TYPE_MANUAL_CLOCK, NULL);

  self->start = g_date_time_new_from_iso8601 (iso8601, NULL);
  g_assert_nonnull (self->start);

  return HK_CLOCK (self);
}

/* Returns: milliseconds until the next scheduled call, or -1 if there is none */
gint64
hk_manual_clock_get_next (HkManualClock *self)
{
  gint64 next = -1;

  for (guint i = 0; i < self->calls->len; i++)
    {
      const gint64 wait = MAX (g_array_index (self->calls, Call, i).due - self->passed, 0);

      if (next < 0 || wait < next)
        next = wait;
    }

  return next;
}

/* Lets time pass and makes the calls that are due then, but none that they schedule. */
void
hk_manual_clock_move (HkManualClock *self, gint64 milliseconds)
{
  const guint last_id = self->last_id;

  self->passed += milliseconds;
  for (guint i = 0; i < self->calls->len;)
    {
      const Call call = g_array_index (self->calls, Call, i);

      if (call.due > self->passed || call.id > last_id)
        {
          i++;
          continue;
        }
      g_array_remove_index (self->calls, i);
      call.func (call.user_data);
      i = 0;
    }
}

/* Somebody corrects the time; what is scheduled is not touched by it. */
void
hk_manual_clock_put_back (HkManualClock *self, int seconds)
{
  GDateTime *start = g_date_time_add_seconds (self->start, -seconds);

  g_date_time_unref (self->start);
  self->start = start;
}

guint
hk_manual_clock_get_n_scheduled (HkManualClock *self)
{
  return self->calls->len;
}
