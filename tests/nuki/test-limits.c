/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-limits.h>

#define H(hour, minute) ((hour) * 60 + (minute))

static GDateTime *
make_time (const char *text)
{
  GDateTime *time;

  if (text == NULL)
    return NULL;

  time = g_date_time_new_from_iso8601 (text, NULL);
  g_assert_nonnull (time);
  return time;
}

static GTimeZone *
make_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static NukiLimits *
make_limits (const char *from, const char *until, NukiWeekdays weekdays, int start, int end)
{
  g_autoptr (GDateTime) from_time = make_time (from);
  g_autoptr (GDateTime) until_time = make_time (until);

  return nuki_limits_new (from_time, until_time, weekdays, start, end);
}

static void
assert_allows (const NukiLimits *limits, const char *zone_name, const char *time_text, gboolean expected)
{
  g_autoptr (GTimeZone) zone = make_zone (zone_name);
  g_autoptr (GDateTime) time = make_time (time_text);

  g_test_message ("%s in %s", time_text, zone_name);
  g_assert_cmpint (nuki_limits_allows_at (limits, time, zone), ==, expected);
}

static void
assert_opens (const NukiLimits *limits, const char *zone_name, const char *after_text, const char *expected)
{
  g_autoptr (GTimeZone) zone = make_zone (zone_name);
  g_autoptr (GDateTime) after = make_time (after_text);
  g_autoptr (GDateTime) opening = nuki_limits_next_opening (limits, after, zone);
  g_autofree char *text = opening != NULL ? g_date_time_format_iso8601 (opening) : NULL;

  g_test_message ("after %s in %s", after_text, zone_name);
  g_assert_cmpstr (text, ==, expected);
  if (opening != NULL)
    {
      g_autoptr (GDateTime) before = g_date_time_add_seconds (opening, -1);

      g_assert_true (nuki_limits_allows_at (limits, opening, zone));
      g_assert_true (g_date_time_compare (before, after) < 0 || !nuki_limits_allows_at (limits, before, zone));
    }
}

static void
assert_text (const NukiLimits *limits, const char *zone_name, const char *expected)
{
  g_autoptr (GTimeZone) zone = make_zone (zone_name);
  g_autoptr (GDateTime) now = make_time ("2026-11-23T12:00:00Z");
  g_autofree char *text = nuki_limits_describe (limits, zone, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_no_limits_are_always (void)
{
  g_autoptr (NukiLimits) always = nuki_limits_new_always ();
  g_autoptr (NukiLimits) zeroes = make_limits (NULL, NULL, NUKI_WEEKDAYS_NONE, 0, 0);
  g_autoptr (NukiLimits) whole_day = make_limits (NULL, NULL, NUKI_WEEKDAYS_ALL, 0, 1440);
  g_autoptr (NukiLimits) out_of_range = make_limits (NULL, NULL, NUKI_WEEKDAYS_ALL, -1, 1441);
  int start = -1, end = -1;

  g_assert_true (nuki_limits_is_always (always));
  g_assert_true (nuki_limits_is_always (zeroes));
  g_assert_true (nuki_limits_is_always (whole_day));
  g_assert_true (nuki_limits_is_always (out_of_range));
  g_assert_true (nuki_limits_equal (always, zeroes));
  g_assert_cmpint (nuki_limits_get_weekdays (zeroes), ==, NUKI_WEEKDAYS_ALL);
  g_assert_false (nuki_limits_get_window (always, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 0);
  g_assert_null (nuki_limits_get_from (always));
  g_assert_null (nuki_limits_get_until (always));
  assert_allows (always, "Europe/Berlin", "2026-02-03T04:05:06Z", TRUE);
  assert_opens (always, "Europe/Berlin", "2026-02-03T04:05:06Z", "2026-02-03T04:05:06Z");
}

static void
test_dates_are_kept_in_utc_to_the_second (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-05-01T10:00:00.750+02:00", "2026-05-02T08:00:00.001Z", 0, 0, 0);
  g_autoptr (NukiLimits) same = make_limits ("2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_WEEKDAYS_ALL, 5, 5);
  g_autofree char *from = g_date_time_format_iso8601 (nuki_limits_get_from (limits));

  g_assert_cmpstr (from, ==, "2026-05-01T08:00:00Z");
  g_assert_true (nuki_limits_equal (limits, same));
  g_assert_false (nuki_limits_is_always (limits));
}

static void
test_each_value_makes_limits_unequal (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_MONDAY, 60, 120);
  const struct
  {
    const char *from, *until;
    NukiWeekdays weekdays;
    int start, end;
  } others[] = {
    { "2026-05-01T08:00:01Z", "2026-05-02T08:00:00Z", NUKI_MONDAY, 60, 120 },
    { NULL, "2026-05-02T08:00:00Z", NUKI_MONDAY, 60, 120 },
    { "2026-05-01T08:00:00Z", "2026-05-02T08:00:01Z", NUKI_MONDAY, 60, 120 },
    { "2026-05-01T08:00:00Z", NULL, NUKI_MONDAY, 60, 120 },
    { "2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_TUESDAY, 60, 120 },
    { "2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_MONDAY, 61, 120 },
    { "2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_MONDAY, 60, 121 },
    { "2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", NUKI_MONDAY, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (NukiLimits) other = make_limits (others[i].from, others[i].until, others[i].weekdays, others[i].start,
                                                  others[i].end);

      g_assert_false (nuki_limits_equal (limits, other));
    }
}

static void
test_dates_bound_what_is_allowed (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-05-01T08:00:00Z", "2026-05-02T08:00:00Z", 0, 0, 0);
  g_autoptr (GDateTime) before = make_time ("2026-05-02T07:59:59Z");
  g_autoptr (GDateTime) end = make_time ("2026-05-02T08:00:00Z");

  assert_allows (limits, "UTC", "2026-05-01T07:59:59Z", FALSE);
  assert_allows (limits, "UTC", "2026-05-01T08:00:00Z", TRUE);
  assert_allows (limits, "UTC", "2026-05-02T07:59:59Z", TRUE);
  assert_allows (limits, "UTC", "2026-05-02T08:00:00Z", FALSE);
  g_assert_false (nuki_limits_has_ended (limits, before));
  g_assert_true (nuki_limits_has_ended (limits, end));
  assert_opens (limits, "UTC", "2026-04-01T00:00:00Z", "2026-05-01T08:00:00Z");
  assert_opens (limits, "UTC", "2026-05-02T08:00:00Z", NULL);
}

static void
test_days_and_hours_are_those_of_the_lock (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_TUESDAY, H (9, 0), H (12, 0));

  /* Tuesday, 3 February 2026. */
  assert_allows (limits, "Europe/Berlin", "2026-02-03T07:59:59Z", FALSE);
  assert_allows (limits, "Europe/Berlin", "2026-02-03T08:00:00Z", TRUE);
  assert_allows (limits, "Europe/Berlin", "2026-02-03T10:59:59Z", TRUE);
  assert_allows (limits, "Europe/Berlin", "2026-02-03T11:00:00Z", FALSE);
  assert_allows (limits, "Pacific/Auckland", "2026-02-02T20:00:00Z", TRUE);
  assert_allows (limits, "Pacific/Auckland", "2026-02-03T08:00:00Z", FALSE);
  assert_allows (limits, "America/St_Johns", "2026-02-03T12:29:59Z", FALSE);
  assert_allows (limits, "America/St_Johns", "2026-02-03T12:30:00Z", TRUE);

  assert_opens (limits, "Europe/Berlin", "2026-02-03T11:00:00Z", "2026-02-10T08:00:00Z");
  assert_opens (limits, "Asia/Kathmandu", "2026-02-03T11:00:00Z", "2026-02-10T03:15:00Z");
  assert_opens (limits, "Pacific/Honolulu", "2026-02-03T11:00:00Z", "2026-02-03T19:00:00Z");
}

static void
test_a_window_over_midnight_belongs_to_the_day_it_opens (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_MONDAY, H (22, 0), H (6, 0));

  /* Monday, 2 February 2026. */
  assert_allows (limits, "UTC", "2026-02-02T05:00:00Z", FALSE);
  assert_allows (limits, "UTC", "2026-02-02T21:59:00Z", FALSE);
  assert_allows (limits, "UTC", "2026-02-02T22:00:00Z", TRUE);
  assert_allows (limits, "UTC", "2026-02-03T05:59:59Z", TRUE);
  assert_allows (limits, "UTC", "2026-02-03T06:00:00Z", FALSE);
  assert_allows (limits, "UTC", "2026-02-03T22:00:00Z", FALSE);
  assert_opens (limits, "UTC", "2026-02-03T06:00:00Z", "2026-02-09T22:00:00Z");
  assert_opens (limits, "UTC", "2026-02-03T03:00:00Z", "2026-02-03T03:00:00Z");
}

static void
test_a_window_until_midnight_ends_with_the_day (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_FRIDAY, H (18, 0), 1440);
  int end = -1;

  g_assert_true (nuki_limits_get_window (limits, NULL, &end));
  g_assert_cmpint (end, ==, 0);
  assert_allows (limits, "UTC", "2026-02-06T23:59:59Z", TRUE);
  assert_allows (limits, "UTC", "2026-02-07T00:00:00Z", FALSE);
}

static void
test_a_day_without_window_opens_at_midnight (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_SATURDAY | NUKI_SUNDAY, 0, 0);

  assert_opens (limits, "Europe/Berlin", "2026-02-03T12:00:00Z", "2026-02-06T23:00:00Z");
  assert_opens (limits, "Europe/Berlin", "2026-02-07T12:34:56Z", "2026-02-07T12:34:56Z");
  assert_opens (limits, "Europe/Berlin", "2026-02-08T23:00:00Z", "2026-02-13T23:00:00Z");
}

static void
test_clocks_that_are_put_forward_skip_an_hour (void)
{
  g_autoptr (NukiLimits) whole = make_limits (NULL, NULL, NUKI_SUNDAY, H (2, 0), H (3, 0));
  g_autoptr (NukiLimits) tail = make_limits (NULL, NULL, NUKI_SUNDAY, H (2, 30), H (4, 0));
  g_autoptr (NukiLimits) day = make_limits (NULL, NULL, NUKI_SUNDAY, H (1, 0), H (4, 0));
  g_autoptr (NukiLimits) night = make_limits (NULL, NULL, NUKI_SATURDAY, H (23, 0), H (2, 30));

  /* On Sunday, 29 March 2026, 2:00 is followed by 3:00 in Berlin (1:00 UTC). */
  assert_opens (whole, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-04-05T00:00:00Z");
  assert_opens (tail, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
  assert_allows (tail, "Europe/Berlin", "2026-03-29T00:59:59Z", FALSE);
  assert_allows (tail, "Europe/Berlin", "2026-03-29T01:59:59Z", TRUE);
  assert_allows (tail, "Europe/Berlin", "2026-03-29T02:00:00Z", FALSE);
  assert_opens (day, "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z");
  assert_allows (day, "Europe/Berlin", "2026-03-29T01:30:00Z", TRUE);
  assert_allows (night, "Europe/Berlin", "2026-03-29T00:59:59Z", TRUE);
  assert_allows (night, "Europe/Berlin", "2026-03-29T01:00:00Z", FALSE);

  /* Later in the day the clock is one hour ahead. */
  assert_opens (tail, "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-04-05T00:30:00Z");
  /* 1:59:59 is followed by 3:00 in St. John’s on 8 March 2026 (5:30 UTC). */
  assert_opens (tail, "America/St_Johns", "2026-03-07T12:00:00Z", "2026-03-08T05:30:00Z");
}

static void
test_clocks_that_are_put_back_repeat_an_hour (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_SUNDAY, H (2, 0), H (2, 30));

  /* On Sunday, 25 October 2026, 3:00 is followed by 2:00 in Berlin (1:00 UTC). */
  assert_opens (limits, "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z");
  assert_allows (limits, "Europe/Berlin", "2026-10-25T00:29:59Z", TRUE);
  assert_allows (limits, "Europe/Berlin", "2026-10-25T00:30:00Z", FALSE);
  assert_opens (limits, "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z");
  assert_allows (limits, "Europe/Berlin", "2026-10-25T01:29:59Z", TRUE);
  assert_opens (limits, "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-11-01T01:00:00Z");
}

static void
test_half_an_hour_of_daylight_saving_counts (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_SUNDAY, H (2, 0), H (3, 0));

  /* On 4 October 2026, 2:00 is followed by 2:30 on Lord Howe Island (15:30 UTC of the day before). */
  assert_opens (limits, "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-03T15:30:00Z");
  assert_allows (limits, "Australia/Lord_Howe", "2026-10-03T15:59:59Z", TRUE);
  assert_allows (limits, "Australia/Lord_Howe", "2026-10-03T16:00:00Z", FALSE);
}

static void
test_a_day_that_never_was_is_skipped (void)
{
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_FRIDAY, 0, 0);

  /* Samoa had no Friday, 30 December 2011. */
  assert_opens (limits, "Pacific/Apia", "2011-12-30T02:00:00Z", "2012-01-05T10:00:00Z");
}

static void
test_the_29th_of_february_is_a_day_like_others (void)
{
  g_autoptr (NukiLimits) sunday = make_limits ("2032-02-28T12:00:00Z", "2032-03-01T00:00:00Z", NUKI_SUNDAY, 0, 0);
  g_autoptr (NukiLimits) monday = make_limits (NULL, NULL, NUKI_MONDAY, H (9, 0), H (10, 0));

  /* 29 February 2032 is a Sunday; 2100 has none, and 1 March 2100 is a Monday. */
  assert_opens (sunday, "UTC", "2032-02-01T00:00:00Z", "2032-02-29T00:00:00Z");
  assert_allows (sunday, "UTC", "2032-02-29T23:59:59Z", TRUE);
  assert_allows (sunday, "UTC", "2032-03-01T00:00:00Z", FALSE);
  assert_opens (monday, "UTC", "2100-02-28T12:00:00Z", "2100-03-01T09:00:00Z");
  assert_text (sunday, "UTC", "Sun, from 28 Feb 2032, 12:00 until 29 Feb 2032");
}

static void
test_what_opens_only_after_the_end_never_opens (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-02-02T00:00:00Z", "2026-02-05T00:00:00Z", NUKI_FRIDAY, 0, 0);
  g_autoptr (NukiLimits) reversed = make_limits ("2026-02-05T00:00:00Z", "2026-02-02T00:00:00Z", 0, 0, 0);

  assert_opens (limits, "UTC", "2026-01-01T00:00:00Z", NULL);
  assert_opens (reversed, "UTC", "2026-01-01T00:00:00Z", NULL);
}

static void
test_the_next_opening_waits_for_the_from_date (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-02-03T10:30:00Z", NULL, NUKI_TUESDAY, H (9, 0), H (12, 0));
  g_autoptr (NukiLimits) later = make_limits ("2026-02-03T13:00:00Z", NULL, NUKI_TUESDAY, H (9, 0), H (12, 0));

  assert_opens (limits, "UTC", "2020-01-01T00:00:00Z", "2026-02-03T10:30:00Z");
  assert_opens (later, "UTC", "2020-01-01T00:00:00Z", "2026-02-10T09:00:00Z");
}

/* Walks through a year of minutes and compares the search with the definition. */
static void
test_the_next_opening_is_the_first_allowed_minute (void)
{
  const char *zones[] = { "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe" };
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_SUNDAY | NUKI_WEDNESDAY, H (23, 15), H (2, 45));

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) zone = make_zone (zones[i]);
      g_autoptr (GDateTime) time = make_time ("2026-01-01T00:00:00Z");
      g_autoptr (GDateTime) opening = nuki_limits_next_opening (limits, time, zone);

      for (int minute = 0; minute < 366 * 1440; minute += 5)
        {
          g_autoptr (GDateTime) next = g_date_time_add_minutes (time, 5);

          if (g_date_time_compare (time, opening) < 0)
            {
              g_assert_false (nuki_limits_allows_at (limits, time, zone));
            }
          else if (!nuki_limits_allows_at (limits, time, zone))
            {
              g_date_time_unref (opening);
              opening = nuki_limits_next_opening (limits, time, zone);
              g_assert_true (g_date_time_compare (opening, time) > 0);
            }
          g_date_time_unref (time);
          time = g_steal_pointer (&next);
        }
    }
}

static void
test_wider_is_what_allows_more (void)
{
  const struct
  {
    const char *from, *until;
    NukiWeekdays weekdays;
    int start, end;
    gboolean wider;
  } cases[] = {
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY | NUKI_TUESDAY, H (9, 0), H (12, 0), FALSE },
    { "2026-02-02T00:00:01Z", "2026-02-28T00:00:00Z", NUKI_MONDAY, H (9, 30), H (11, 0), FALSE },
    { "2026-02-01T23:59:59Z", "2026-03-01T00:00:00Z", NUKI_MONDAY, H (9, 0), H (12, 0), TRUE },
    { NULL, "2026-03-01T00:00:00Z", NUKI_MONDAY, H (9, 0), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:01Z", NUKI_MONDAY, H (9, 0), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", NULL, NUKI_MONDAY, H (9, 0), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_WEDNESDAY, H (9, 0), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_WEEKDAYS_ALL, H (9, 0), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY, H (8, 59), H (12, 0), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY, H (9, 0), H (12, 1), TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY, 0, 0, TRUE },
    { "2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY, H (11, 0), H (9, 30), TRUE },
    { "2026-02-10T00:00:00Z", "2026-02-09T00:00:00Z", NUKI_WEEKDAYS_ALL, 0, 0, FALSE },
  };
  g_autoptr (NukiLimits) asked = make_limits ("2026-02-02T00:00:00Z", "2026-03-01T00:00:00Z", NUKI_MONDAY | NUKI_TUESDAY,
                                              H (9, 0), H (12, 0));
  g_autoptr (NukiLimits) always = nuki_limits_new_always ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiLimits) got = make_limits (cases[i].from, cases[i].until, cases[i].weekdays, cases[i].start,
                                                cases[i].end);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (nuki_limits_is_wider (got, asked), ==, cases[i].wider);
      g_assert_false (nuki_limits_is_wider (got, always));
    }
  g_assert_true (nuki_limits_is_wider (always, asked));
}

static void
test_a_window_over_midnight_is_wider_than_its_parts (void)
{
  g_autoptr (NukiLimits) night = make_limits (NULL, NULL, NUKI_SUNDAY, H (22, 0), H (6, 0));
  g_autoptr (NukiLimits) evening = make_limits (NULL, NULL, NUKI_SUNDAY, H (22, 0), 0);
  g_autoptr (NukiLimits) monday_morning = make_limits (NULL, NULL, NUKI_MONDAY, 0, H (6, 0));
  g_autoptr (NukiLimits) sunday_morning = make_limits (NULL, NULL, NUKI_SUNDAY, 0, H (6, 0));

  g_assert_true (nuki_limits_is_wider (night, evening));
  g_assert_false (nuki_limits_is_wider (evening, night));
  g_assert_false (nuki_limits_is_wider (monday_morning, night));
  g_assert_true (nuki_limits_is_wider (sunday_morning, night));
}

static void
test_limits_are_said_in_words (void)
{
  const struct
  {
    const char *from, *until;
    NukiWeekdays weekdays;
    int start, end;
    const char *text;
  } cases[] = {
    { NULL, NULL, 0, 0, 0, "Always" },
    { NULL, "2026-11-30T23:00:00Z", NUKI_TUESDAY, H (9, 0), H (12, 0), "Tue, \u20669:00\u2060–\u206012:00\u2069, until 30 Nov" },
    { NULL, "2026-11-30T22:59:00Z", NUKI_TUESDAY, H (9, 0), H (12, 0), "Tue, \u20669:00\u2060–\u206012:00\u2069, until 30 Nov" },
    { NULL, NULL, NUKI_WEEKDAYS_ALL & ~NUKI_SUNDAY, H (10, 0), H (14, 0), "Mon–Sat, \u206610:00\u2060–\u206014:00\u2069" },
    { "2026-12-03T14:00:00Z", "2026-12-10T10:00:00Z", 0, 0, 0, "From 3 Dec, 15:00 until 10 Dec, 11:00" },
    { NULL, NULL, 0, H (9, 0), H (12, 5), "Every day, \u20669:00\u2060–\u206012:05\u2069" },
    { NULL, NULL, NUKI_MONDAY | NUKI_WEDNESDAY | NUKI_FRIDAY, 0, 0, "Mon, Wed, Fri" },
    { "2027-12-02T23:00:00Z", NULL, 0, 0, 0, "From 3 Dec 2027" },
    { "2027-12-03T14:00:00Z", NULL, 0, 0, 0, "From 3 Dec 2027, 15:00" },
    { NULL, "2026-12-01T10:00:00Z", 0, 0, 0, "Until 1 Dec, 11:00" },
    { NULL, "2026-12-31T23:00:00Z", 0, 0, 0, "Until 31 Dec" },
    { "2026-12-02T23:00:00Z", "2026-12-10T23:00:00Z", NUKI_MONDAY, 0, 0, "Mon, from 3 Dec until 10 Dec" },
    { "2026-12-02T23:00:00Z", NULL, NUKI_MONDAY, 0, 0, "Mon, from 3 Dec" },
    { NULL, NULL, 0, H (22, 0), H (6, 0), "Every day, \u206622:00\u2060–\u20606:00\u2069" },
    { NULL, NULL, 0, H (22, 0), 1440, "Every day, \u206622:00\u2060–\u206024:00\u2069" },
    { NULL, NULL, 0, 0, H (6, 0), "Every day, \u20660:00\u2060–\u20606:00\u2069" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiLimits) limits = make_limits (cases[i].from, cases[i].until, cases[i].weekdays, cases[i].start,
                                                   cases[i].end);

      assert_text (limits, "Europe/Berlin", cases[i].text);
    }
}

static void
test_dates_are_said_in_the_zone_that_is_asked_for (void)
{
  g_autoptr (NukiLimits) limits = make_limits ("2026-12-03T02:00:00Z", NULL, 0, 0, 0);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = make_time ("2026-11-23T12:00:00Z");
  g_autoptr (GDateTime) from = g_date_time_to_timezone (nuki_limits_get_from (limits), local);
  g_autofree char *text = nuki_limits_describe (limits, local, now);
  g_autofree char *expected = g_date_time_format (from, "From %-d %b, %-H:%M");

  g_assert_cmpstr (text, ==, expected);
  assert_text (limits, "Europe/Berlin", "From 3 Dec, 3:00");
  assert_text (limits, "America/St_Johns", "From 2 Dec, 22:30");
  assert_text (limits, "Asia/Kathmandu", "From 3 Dec, 7:45");
}

static void
test_weekdays_are_said_shortly_for_a_row (void)
{
  const struct
  {
    NukiWeekdays weekdays;
    const char *text, *sentence;
  } cases[] = {
    { NUKI_WEEKDAYS_ALL, "Every day", "every day" },
    { NUKI_WEEKDAYS_NONE, "Never", "never" },
    { NUKI_SUNDAY, "Sun", "on Sundays" },
    { NUKI_TUESDAY | NUKI_THURSDAY, "Tue, Thu", "on Tuesdays and Thursdays" },
    { NUKI_SATURDAY | NUKI_SUNDAY, "Sat, Sun", "on Saturdays and Sundays" },
    { NUKI_MONDAY | NUKI_TUESDAY | NUKI_WEDNESDAY, "Mon–Wed", "from Monday to Wednesday" },
    { NUKI_FRIDAY | NUKI_SATURDAY | NUKI_SUNDAY, "Fri–Sun", "from Friday to Sunday" },
    { 124, "Mon–Fri", "from Monday to Friday" },
    { NUKI_MONDAY | NUKI_TUESDAY | NUKI_WEDNESDAY | NUKI_FRIDAY, "Mon–Wed, Fri",
      "on Mondays, Tuesdays, Wednesdays and Fridays" },
    { NUKI_MONDAY | NUKI_THURSDAY | NUKI_FRIDAY | NUKI_SATURDAY | NUKI_SUNDAY, "Mon, Thu–Sun",
      "on Mondays, Thursdays, Fridays, Saturdays and Sundays" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = nuki_weekdays_describe (cases[i].weekdays);
      g_autofree char *sentence = nuki_weekdays_describe_long (cases[i].weekdays);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  g_assert_cmpstr (nuki_weekdays_get_day_name (6), ==, "Sunday");
  g_assert_cmpint (nuki_weekdays_from_index (0), ==, NUKI_MONDAY);
  g_assert_cmpint (nuki_weekdays_from_index (6), ==, NUKI_SUNDAY);
}

static void
test_limits_are_a_boxed_type (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (NukiLimits) limits = make_limits (NULL, NULL, NUKI_MONDAY, 0, 0);

  g_value_init (&value, NUKI_TYPE_LIMITS);
  g_value_set_boxed (&value, limits);
  g_assert_true (g_value_get_boxed (&value) == limits);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/limits/no-limits-are-always", test_no_limits_are_always);
  g_test_add_func ("/limits/dates-are-kept-in-utc-to-the-second", test_dates_are_kept_in_utc_to_the_second);
  g_test_add_func ("/limits/each-value-makes-limits-unequal", test_each_value_makes_limits_unequal);
  g_test_add_func ("/limits/dates-bound-what-is-allowed", test_dates_bound_what_is_allowed);
  g_test_add_func ("/limits/days-and-hours-are-those-of-the-lock", test_days_and_hours_are_those_of_the_lock);
  g_test_add_func ("/limits/a-window-over-midnight-belongs-to-the-day-it-opens",
                   test_a_window_over_midnight_belongs_to_the_day_it_opens);
  g_test_add_func ("/limits/a-window-until-midnight-ends-with-the-day", test_a_window_until_midnight_ends_with_the_day);
  g_test_add_func ("/limits/a-day-without-window-opens-at-midnight", test_a_day_without_window_opens_at_midnight);
  g_test_add_func ("/limits/clocks-that-are-put-forward-skip-an-hour", test_clocks_that_are_put_forward_skip_an_hour);
  g_test_add_func ("/limits/clocks-that-are-put-back-repeat-an-hour", test_clocks_that_are_put_back_repeat_an_hour);
  g_test_add_func ("/limits/half-an-hour-of-daylight-saving-counts", test_half_an_hour_of_daylight_saving_counts);
  g_test_add_func ("/limits/a-day-that-never-was-is-skipped", test_a_day_that_never_was_is_skipped);
  g_test_add_func ("/limits/the-29th-of-february-is-a-day-like-others", test_the_29th_of_february_is_a_day_like_others);
  g_test_add_func ("/limits/what-opens-only-after-the-end-never-opens", test_what_opens_only_after_the_end_never_opens);
  g_test_add_func ("/limits/the-next-opening-waits-for-the-from-date", test_the_next_opening_waits_for_the_from_date);
  g_test_add_func ("/limits/the-next-opening-is-the-first-allowed-minute",
                   test_the_next_opening_is_the_first_allowed_minute);
  g_test_add_func ("/limits/wider-is-what-allows-more", test_wider_is_what_allows_more);
  g_test_add_func ("/limits/a-window-over-midnight-is-wider-than-its-parts",
                   test_a_window_over_midnight_is_wider_than_its_parts);
  g_test_add_func ("/limits/limits-are-said-in-words", test_limits_are_said_in_words);
  g_test_add_func ("/limits/dates-are-said-in-the-zone-that-is-asked-for",
                   test_dates_are_said_in_the_zone_that_is_asked_for);
  g_test_add_func ("/limits/weekdays-are-said-shortly-for-a-row", test_weekdays_are_said_shortly_for_a_row);
  g_test_add_func ("/limits/limits-are-a-boxed-type", test_limits_are_a_boxed_type);

  return g_test_run ();
}
