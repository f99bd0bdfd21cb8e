/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-limits.h"

#include <glib/gi18n-lib.h>

#include "nuki-text.h"
#include "nuki-weekdays.h"

static gboolean
is_minute (GDateTime *local, int hour, int minute)
{
  return g_date_time_get_hour (local) == hour && g_date_time_get_minute (local) == minute;
}

/* @with_time is for moments within a day; those at its ends are said by the date alone. */
static char *
format_moment (GDateTime *local, GDateTime *now, gboolean with_time)
{
  gboolean with_year = g_date_time_get_year (local) != g_date_time_get_year (now);

  if (with_year && with_time)
    /* Translators: a date with year and time for g_date_time_format(), such as “3 Dec 2027, 15:00” */
    return g_date_time_format (local, C_ ("date format", "%-d %b %Y, %-H:%M"));
  if (with_year)
    /* Translators: a date with year for g_date_time_format(), such as “3 Dec 2027” */
    return g_date_time_format (local, C_ ("date format", "%-d %b %Y"));
  if (with_time)
    /* Translators: a date with time for g_date_time_format(), such as “3 Dec, 15:00” */
    return g_date_time_format (local, C_ ("date format", "%-d %b, %-H:%M"));

  /* Translators: a date for g_date_time_format(), such as “3 Dec” */
  return g_date_time_format (local, C_ ("date format", "%-d %b"));
}

static char *
describe_from (GDateTime *from, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (from, zone);

  return format_moment (local, now, !is_minute (local, 0, 0));
}

/* “until 30 Nov” includes that day for everybody who reads it, so the midnight after it is said so as well. */
static char *
describe_until (GDateTime *until, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (until, zone);
  g_autoptr (GDateTime) day = NULL;

  if (is_minute (local, 23, 59))
    return format_moment (local, now, FALSE);
  if (!is_minute (local, 0, 0))
    return format_moment (local, now, TRUE);

  day = g_date_time_add_days (local, -1);
  return format_moment (day != NULL ? day : local, now, FALSE);
}

/* The dates in the words for the start of a text or, with @inside, for the middle of one. */
static char *
describe_dates (const NukiLimits *self, GTimeZone *zone, GDateTime *now, gboolean inside)
{
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (nuki_limits_get_from (self) != NULL)
    from = describe_from (nuki_limits_get_from (self), zone, now);
  if (nuki_limits_get_until (self) != NULL)
    until = describe_until (nuki_limits_get_until (self), zone, now);

  if (from != NULL && until != NULL)
    /* Translators: two days, maybe with times. */
    return nuki_text_printf (inside ? C_ ("in a text", "from %s until %s") : _ ("From %s until %s"), from, until);
  if (from != NULL)
    /* Translators: a day, maybe with a time; in the next one, too. */
    return nuki_text_printf (inside ? C_ ("in a text", "from %s") : _ ("From %s"), from);
  if (until != NULL)
    /* Translators: a day, maybe with a time. */
    return nuki_text_printf (inside ? C_ ("in a text", "until %s") : _ ("Until %s"), until);

  return NULL;
}

/* Weekdays and window, or %NULL if neither is limited. */
static char *
describe_week (const NukiLimits *self)
{
  NukiWeekdays weekdays = nuki_limits_get_weekdays (self);
  g_autofree char *days = NULL;
  g_autofree char *window = NULL;
  int start, end;

  if (!nuki_limits_get_window (self, &start, &end))
    return weekdays == NUKI_WEEKDAYS_ALL ? NULL : nuki_weekdays_describe (weekdays);

  days = nuki_weekdays_describe (weekdays);
  window = nuki_limits_format_window (start, end);

  /* Translators: days and times, such as “Mon–Sat, 10:00–14:00” */
  return nuki_text_printf (C_ ("limits", "%s, %s"), days, window);
}

/**
 * nuki_limits_format_minute:
 * @minute: minutes after midnight, 0 to 1440
 *
 * Returns: (transfer full): the time of day, such as “9:00”; “24:00” for 1440
 */
char *
nuki_limits_format_minute (int minute)
{
  g_return_val_if_fail (minute >= 0 && minute <= 1440, NULL);

  /* Translators: a time of day, hours and minutes */
  return g_strdup_printf (C_ ("time", "%d:%02d"), minute / 60, minute % 60);
}

/**
 * nuki_limits_format_window:
 * @start: minutes after midnight, 0 to 1439
 * @end: minutes after midnight, 0 to 1440; 0 stands for the end of the day
 *
 * Returns: (transfer full): the hours of a day, such as “9:00–12:00”, in one line and in this order also among words that are
 *   written from right to left
 */
char *
nuki_limits_format_window (int start, int end)
{
  g_autofree char *start_text = nuki_limits_format_minute (start);
  g_autofree char *end_text = nuki_limits_format_minute (end == 0 ? 1440 : end);

  /* Translators: a time of day from and to, such as “9:00–12:00”. A word joiner (U+2060) at either side of the dash keeps them in
   * one line, and isolates (U+2066, U+2069) around both keep them in order where words go from right to left. */
  return nuki_text_printf (C_ ("times", "\u2066%s\u2060–\u2060%s\u2069"), start_text, end_text);
}

/**
 * nuki_limits_describe:
 * @zone: the time zone in which to say the dates; the window is always that of the lock's clock
 * @now: the time; its year, in @zone, is left out of dates
 *
 * Says the limits in plain words for a row, such as “Always”, “Tue, 9:00–12:00, until 30 Nov” or
 * “From 3 Dec, 15:00 until 10 Dec, 11:00”. A date whose time is the beginning (or, for the until date, the end) of a day in
 * @zone is said without the time.
 *
 * Returns: (transfer full): translated words
 */
char *
nuki_limits_describe (const NukiLimits *self, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local_now = NULL;
  g_autofree char *week = NULL;
  g_autofree char *dates = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (nuki_limits_is_always (self))
    /* Translators: when a key opens. */
    return g_strdup (_ ("Always"));

  local_now = g_date_time_to_timezone (now, zone);
  week = describe_week (self);
  dates = describe_dates (self, zone, local_now, week != NULL);

  if (week == NULL)
    return g_steal_pointer (&dates);
  if (dates == NULL)
    return g_steal_pointer (&week);

  return nuki_text_printf (C_ ("limits", "%s, %s"), week, dates);
}
