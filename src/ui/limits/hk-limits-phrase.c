/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-limits-phrase.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>
#include <nuki-weekdays.h>

#define MINUTES_PER_DAY (24 * 60)

static int
get_minute (GDateTime *local)
{
  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
}

/* The day alone says enough of a moment at its edge. */
static char *
format_moment (GDateTime *local, GDateTime *now, gboolean with_time)
{
  gboolean with_year = g_date_time_get_year (local) != g_date_time_get_year (now);
  g_autofree char *date = NULL;
  g_autofree char *time = NULL;

  if (with_year)
    /* Translators: a date with its year in a sentence, for g_date_time_format(), such as “30 November 2027” */
    date = g_date_time_format (local, C_ ("date in a sentence", "%-d %B %Y"));
  else
    /* Translators: a date in a sentence, for g_date_time_format(), such as “30 November” */
    date = g_date_time_format (local, C_ ("date in a sentence", "%-d %B"));
  if (!with_time)
    return g_steal_pointer (&date);

  time = nuki_limits_format_minute (get_minute (local));

  /* Translators: a date and a time in a sentence, such as “30 November at 11:00” */
  return nuki_text_printf (C_ ("in a sentence", "%s at %s"), date, time);
}

static char *
format_from (GDateTime *from, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (from, zone);

  return format_moment (local, now, get_minute (local) != 0);
}

/* Midnight at the end of a day is still “until” that day. */
static char *
format_until (GDateTime *until, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (until, zone);

  if (get_minute (local) == 0)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (local, -1);

      return format_moment (day, now, FALSE);
    }

  return format_moment (local, now, get_minute (local) != MINUTES_PER_DAY - 1);
}

/* Returns: (transfer full) (nullable) */
static char *
say_dates (NukiLimits *limits, GTimeZone *zone, GDateTime *now)
{
  GDateTime *from = nuki_limits_get_from (limits);
  GDateTime *until = nuki_limits_get_until (limits);
  g_autofree char *from_text = from != NULL ? format_from (from, zone, now) : NULL;
  g_autofree char *until_text = until != NULL ? format_until (until, zone, now) : NULL;

  if (from != NULL && until != NULL)
    /* Translators: two days, maybe with times. */
    return nuki_text_printf (C_ ("in a sentence", "from %s until %s"), from_text, until_text);
  if (from != NULL)
    /* Translators: a day, maybe with a time; in the next one, too. */
    return nuki_text_printf (C_ ("in a sentence", "from %s on"), from_text);
  if (until != NULL)
    /* Translators: a day, maybe with a time. */
    return nuki_text_printf (C_ ("in a sentence", "until %s"), until_text);

  return NULL;
}

static char *
say_window (int start, int end)
{
  g_autofree char *start_text = nuki_limits_format_minute (start);
  g_autofree char *end_text = nuki_limits_format_minute (end == 0 ? MINUTES_PER_DAY : end);

  if (end != 0 && end < start)
    /* Translators: hours over midnight in a sentence, such as “from 22:00 to 6:00 on the next day” */
    return nuki_text_printf (C_ ("hours in a sentence", "from %s to %s on the next day"), start_text, end_text);

  /* Translators: hours in a sentence, such as “from 9:00 to 12:00” */
  return nuki_text_printf (C_ ("hours in a sentence", "from %s to %s"), start_text, end_text);
}

/* Returns: (transfer full) (nullable) */
static char *
say_week (NukiLimits *limits)
{
  NukiWeekdays weekdays = nuki_limits_get_weekdays (limits);
  g_autofree char *days = NULL;
  g_autofree char *window = NULL;
  int start, end;

  if (!nuki_limits_get_window (limits, &start, &end))
    return weekdays == NUKI_WEEKDAYS_ALL ? NULL : nuki_weekdays_describe_long (weekdays);

  days = nuki_weekdays_describe_long (weekdays);
  window = say_window (start, end);

  /* Translators: days, then hours, in a sentence, such as “on Tuesdays from 9:00 to 12:00” */
  return nuki_text_printf (C_ ("in a sentence", "%s %s"), days, window);
}

/**
 * hk_limits_phrase:
 * @limits: when a key may be used
 * @zone: the zone in which to say the dates
 * @now: the time; its year is left out of dates
 *
 * Says limits for the middle of a sentence: “on Tuesdays from 9:00 to 12:00 until 30 November”.
 *
 * Returns: (transfer full): translated words; “at any time” if nothing is limited
 */
char *
hk_limits_phrase (NukiLimits *limits, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local_now = NULL;
  g_autofree char *week = NULL;
  g_autofree char *dates = NULL;

  g_return_val_if_fail (limits != NULL, NULL);
  g_return_val_if_fail (zone != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  local_now = g_date_time_to_timezone (now, zone);
  week = say_week (limits);
  dates = say_dates (limits, zone, local_now);

  if (week == NULL && dates == NULL)
    return g_strdup (C_ ("in a sentence", "at any time"));
  if (week == NULL)
    return g_steal_pointer (&dates);
  if (dates == NULL)
    return g_steal_pointer (&week);
  /* A range of days beside a range of dates needs the comma to be read. */
  if (nuki_limits_get_from (limits) != NULL)
    /* Translators: “on Tuesdays from 9:00 to 12:00, from 8 December until 30 January”. */
    return nuki_text_printf (C_ ("days and hours, then dates, in a sentence", "%s, %s"), week, dates);

  /* Translators: “on Tuesdays from 9:00 to 12:00 until 30 January”. */
  return nuki_text_printf (C_ ("days and hours, then the end, in a sentence", "%s %s"), week, dates);
}
