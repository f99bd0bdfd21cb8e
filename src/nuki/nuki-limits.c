/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-limits.h"

#include "nuki-assign.h"

#define MINUTES_PER_DAY 1440
#define SECONDS_PER_DAY 86400
#define DAYS_PER_WEEK 7

/* A window may vanish in a gap of daylight saving, and a whole day did when a country changed sides of the date line: an
 * opening that recurs weekly then comes a week later. */
#define SEARCH_DAYS 30

struct _NukiLimits
{
  GDateTime *from;  /* (owned) (nullable): UTC, whole seconds */
  GDateTime *until; /* (owned) (nullable): UTC, whole seconds */
  NukiWeekdays weekdays;
  int window_start; /* minutes after midnight */
  int window_end;   /* minutes after midnight, at or before the start if over midnight */
  gboolean has_window;
};

G_DEFINE_BOXED_TYPE (NukiLimits, nuki_limits, nuki_limits_ref, nuki_limits_unref)

/* The service keeps whole seconds; a fraction would make a key differ from what was asked. */
static GDateTime *
dup_whole_seconds (GDateTime *time)
{
  if (time == NULL)
    return NULL;

  return g_date_time_new_from_unix_utc (g_date_time_to_unix (time));
}

static int
floor_mod (gint64 value, int divisor)
{
  int rest = (int) (value % divisor);

  return rest < 0 ? rest + divisor : rest;
}

/* @local is a wall-clock time in seconds, counted like Unix time. */
static gboolean
is_day_allowed (const NukiLimits *self, gint64 local)
{
  gint64 day = (local - floor_mod (local, SECONDS_PER_DAY)) / SECONDS_PER_DAY;
  /* 1 January 1970 was a Thursday. */
  int index = floor_mod (day + 3, DAYS_PER_WEEK);

  return (self->weekdays & (NUKI_MONDAY >> index)) != 0;
}

/* Whether weekdays and daily window, which the lock compares with its wall clock, allow @local. */
static gboolean
is_wall_clock_allowed (const NukiLimits *self, gint64 local)
{
  int minute = floor_mod (local, SECONDS_PER_DAY) / 60;

  if (!self->has_window)
    return is_day_allowed (self, local);

  if (self->window_start < self->window_end)
    return minute >= self->window_start && minute < self->window_end && is_day_allowed (self, local);

  /* Over midnight: the part after it belongs to the day on which the window opened. */
  if (minute >= self->window_start)
    return is_day_allowed (self, local);
  return minute < self->window_end && is_day_allowed (self, local - SECONDS_PER_DAY);
}

static gint64
get_offset (GTimeZone *zone, gint64 time)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time);

  return interval < 0 ? 0 : g_time_zone_get_offset (zone, interval);
}

/* The first second in (@start, @end] with another offset from UTC than @start, or @end. */
static gint64
find_offset_change (GTimeZone *zone, gint64 start, gint64 end)
{
  gint64 offset = get_offset (zone, start);

  if (get_offset (zone, end) == offset)
    return end;

  while (end - start > 1)
    {
      gint64 middle = start + (end - start) / 2;

      if (get_offset (zone, middle) == offset)
        start = middle;
      else
        end = middle;
    }

  return end;
}

/* The first wall-clock second in [@start, @end) that is allowed, or @end. Openings are at midnight and at the window's
 * start. The clock must not be put forward or back in between. */
static gint64
find_wall_clock_opening (const NukiLimits *self, gint64 start, gint64 end)
{
  gint64 midnight = start - floor_mod (start, SECONDS_PER_DAY);
  int opening = self->has_window ? self->window_start * 60 : 0;

  if (is_wall_clock_allowed (self, start))
    return start;

  for (gint64 at = midnight + opening; at < end; at += SECONDS_PER_DAY)
    {
      if (at > start && is_wall_clock_allowed (self, at))
        return at;
    }

  return end;
}

/* The set of allowed minutes of a week, Monday first. */
static void
fill_week (const NukiLimits *self, guint8 minutes[static DAYS_PER_WEEK * MINUTES_PER_DAY])
{
  /* 5 January 1970 was a Monday. */
  const gint64 monday = 4 * SECONDS_PER_DAY;

  for (int i = 0; i < DAYS_PER_WEEK * MINUTES_PER_DAY; i++)
    minutes[i] = is_wall_clock_allowed (self, monday + (gint64) i * 60);
}

static gboolean
is_week_wider (const NukiLimits *self, const NukiLimits *than)
{
  guint8 own[DAYS_PER_WEEK * MINUTES_PER_DAY];
  guint8 other[DAYS_PER_WEEK * MINUTES_PER_DAY];

  if (than->weekdays == NUKI_WEEKDAYS_ALL && !than->has_window)
    return FALSE;

  fill_week (self, own);
  fill_week (than, other);
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      if (own[i] && !other[i])
        return TRUE;
    }

  return FALSE;
}

static void
clear_limits (gpointer data)
{
  NukiLimits *self = data;

  g_clear_pointer (&self->from, g_date_time_unref);
  g_clear_pointer (&self->until, g_date_time_unref);
}

/**
 * nuki_limits_new:
 * @from: (nullable): when the key begins to open, or %NULL for at once; fractions of a second are dropped
 * @until: (nullable): when it ceases to open, or %NULL for never
 * @weekdays: the days on which it opens; none means all, as the service means it when it says no days
 * @window_start: when it opens on these days, in minutes after midnight (0 to 1440) on the lock's clock
 * @window_end: when it ceases to open, likewise; at or before @window_start is on the next day
 *
 * Makes limits out of the five values of the Nuki Web API 4.10.0. A window whose ends are equal, or one of which is out of
 * range, is no window: the key opens all day long.
 *
 * Returns: (transfer full): the limits
 */
NukiLimits *
nuki_limits_new (GDateTime *from,
                 GDateTime *until,
                 NukiWeekdays weekdays,
                 int window_start,
                 int window_end)
{
  NukiLimits *self = g_atomic_rc_box_new0 (NukiLimits);

  self->from = dup_whole_seconds (from);
  self->until = dup_whole_seconds (until);
  self->weekdays = weekdays & NUKI_WEEKDAYS_ALL;
  if (self->weekdays == NUKI_WEEKDAYS_NONE)
    self->weekdays = NUKI_WEEKDAYS_ALL;

  if (window_start < 0 || window_start > MINUTES_PER_DAY || window_end < 0 || window_end > MINUTES_PER_DAY)
    return self;

  /* The end of a day is the beginning of the next. */
  window_start %= MINUTES_PER_DAY;
  window_end %= MINUTES_PER_DAY;
  if (window_start != window_end)
    {
      self->has_window = TRUE;
      self->window_start = window_start;
      self->window_end = window_end;
    }

  return self;
}

/**
 * nuki_limits_new_always:
 *
 * Returns: (transfer full): limits that limit nothing
 */
NukiLimits *
nuki_limits_new_always (void)
{
  static gsize always = 0;

  /* Most keys have none, and there may be many keys. */
  if (g_once_init_enter (&always))
    g_once_init_leave (&always, (gsize) nuki_limits_new (NULL, NULL, NUKI_WEEKDAYS_ALL, 0, 0));

  return nuki_limits_ref ((NukiLimits *) always);
}

/**
 * nuki_limits_ref:
 *
 * Returns: (transfer full): the same limits
 */
NukiLimits *
nuki_limits_ref (NukiLimits *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * nuki_limits_unref:
 * @self: (transfer full): limits
 */
void
nuki_limits_unref (NukiLimits *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_limits);
}

/**
 * nuki_limits_get_from:
 *
 * Returns: (transfer none) (nullable): when the key begins to open, UTC, or %NULL
 */
GDateTime *
nuki_limits_get_from (const NukiLimits *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->from;
}

/**
 * nuki_limits_get_until:
 *
 * Returns: (transfer none) (nullable): when the key ceases to open, UTC, or %NULL
 */
GDateTime *
nuki_limits_get_until (const NukiLimits *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->until;
}

/**
 * nuki_limits_get_weekdays:
 *
 * Returns: the days on which the key opens; never none
 */
NukiWeekdays
nuki_limits_get_weekdays (const NukiLimits *self)
{
  g_return_val_if_fail (self != NULL, NUKI_WEEKDAYS_ALL);

  return self->weekdays;
}

/**
 * nuki_limits_get_window:
 * @start: (out) (optional): minutes after midnight, 0 to 1439, on the lock's clock
 * @end: (out) (optional): likewise; before @start if the window goes over midnight
 *
 * Returns: %TRUE if there is a daily window; otherwise both values are 0
 */
gboolean
nuki_limits_get_window (const NukiLimits *self, int *start, int *end)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (start != NULL)
    *start = self->window_start;
  if (end != NULL)
    *end = self->window_end;

  return self->has_window;
}

/**
 * nuki_limits_is_always:
 *
 * Returns: %TRUE if nothing is limited
 */
gboolean
nuki_limits_is_always (const NukiLimits *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->from == NULL && self->until == NULL && self->weekdays == NUKI_WEEKDAYS_ALL && !self->has_window;
}

/**
 * nuki_limits_equal:
 *
 * Returns: %TRUE if both are the same, dates to the second
 */
gboolean
nuki_limits_equal (const NukiLimits *self, const NukiLimits *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return self == other ||
         (nuki_same_date (self->from, other->from) && nuki_same_date (self->until, other->until) &&
          self->weekdays == other->weekdays && self->window_start == other->window_start &&
          self->window_end == other->window_end);
}

/**
 * nuki_limits_is_wider:
 * @than: the limits that were asked for
 *
 * Compares what a key may do with what it was meant to be able to do. In doubt, such as for a date that adds no day on which
 * the key opens, the answer is %TRUE.
 *
 * Returns: %TRUE if some moment may be allowed that @than does not allow
 */
gboolean
nuki_limits_is_wider (const NukiLimits *self, const NukiLimits *than)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (than != NULL, FALSE);

  if (self->from != NULL && self->until != NULL && g_date_time_compare (self->from, self->until) >= 0)
    return FALSE;
  if (than->from != NULL && (self->from == NULL || g_date_time_compare (self->from, than->from) < 0))
    return TRUE;
  if (than->until != NULL && (self->until == NULL || g_date_time_compare (self->until, than->until) > 0))
    return TRUE;

  return is_week_wider (self, than);
}

/**
 * nuki_limits_allows_at:
 * @time: the moment
 * @zone: the lock's time zone, in which weekdays and window are meant
 *
 * A window over midnight is taken to belong to the day on which it opens: on Mondays from 22:00 to 6:00 ends on Tuesday
 * morning. That is an assumption; the Nuki Web API does not say.
 *
 * Returns: %TRUE if the limits allow to open at @time; not any more at the until date itself
 */
gboolean
nuki_limits_allows_at (const NukiLimits *self, GDateTime *time, GTimeZone *zone)
{
  gint64 now;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (time != NULL, FALSE);
  g_return_val_if_fail (zone != NULL, FALSE);

  if (self->from != NULL && g_date_time_compare (time, self->from) < 0)
    return FALSE;
  if (nuki_limits_has_ended (self, time))
    return FALSE;

  now = g_date_time_to_unix (time);
  return is_wall_clock_allowed (self, now + get_offset (zone, now));
}

/**
 * nuki_limits_next_opening:
 * @after: the moment from which on to look
 * @zone: the lock's time zone, in which weekdays and window are meant
 *
 * Finds the first moment, not before @after, at which the limits allow to open. A window that begins in the hour that daylight
 * saving skips opens when the clocks have been put forward, and one in the hour that comes twice opens twice.
 *
 * Returns: (transfer full) (nullable): that moment, UTC, or %NULL if there is none
 */
GDateTime *
nuki_limits_next_opening (const NukiLimits *self, GDateTime *after, GTimeZone *zone)
{
  gint64 time, last;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (after != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);

  if (nuki_limits_allows_at (self, after, zone))
    return g_date_time_to_utc (after);

  time = g_date_time_to_unix (after);
  if (self->from != NULL && g_date_time_compare (after, self->from) < 0)
    time = g_date_time_to_unix (self->from);
  last = time + (gint64) SEARCH_DAYS * SECONDS_PER_DAY;

  while (time < last)
    {
      gint64 end = find_offset_change (zone, time, time + SECONDS_PER_DAY);
      gint64 offset = get_offset (zone, time);
      gint64 opening = find_wall_clock_opening (self, time + offset, end + offset) - offset;

      if (opening < end)
        {
          g_autoptr (GDateTime) found = g_date_time_new_from_unix_utc (opening);

          return found == NULL || nuki_limits_has_ended (self, found) ? NULL : g_steal_pointer (&found);
        }
      time = end;
    }

  return NULL;
}

/**
 * nuki_limits_has_ended:
 * @now: the time
 *
 * Returns: %TRUE if the until date has come, so that the key will not open any more
 */
gboolean
nuki_limits_has_ended (const NukiLimits *self, GDateTime *now)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (now != NULL, FALSE);

  return self->until != NULL && g_date_time_compare (now, self->until) >= 0;
}
