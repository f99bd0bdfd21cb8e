/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>
#include <nuki-weekdays.h>

#include "limits/hk-limits-draft.h"
#include "limits/hk-time-text.h"
#include "limits/hk-zone-hint.h"

/* A clock that stands still at noon of Monday, 2 November 2026, UTC. */
#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, HkClock)

struct _TestClock
{
  HkClock parent_instance;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, HK_TYPE_CLOCK)

static GDateTime *
test_clock_now (HkClock *clock)
{
  return g_date_time_new_utc (2026, 11, 2, 12, 0, 0);
}

static void
test_clock_class_init (TestClockClass *klass)
{
  HK_CLOCK_CLASS (klass)->now = test_clock_now;
}

static void
test_clock_init (TestClock *self)
{
}

static HkLimitsDraft *
make_draft (void)
{
  g_autoptr (HkClock) clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  HkLimitsDraft *draft = hk_limits_draft_new (clock);

  hk_limits_draft_set_zone (draft, berlin);

  return draft;
}

static void
set_date (HkMomentDraft *moment, int day, int month, int year)
{
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);

  hk_moment_draft_set_date (moment, date);
}

static void
assert_utc (GDateTime *time, const char *text)
{
  g_autofree char *formatted = NULL;

  g_assert_nonnull (time);
  formatted = g_date_time_format (time, "%F %T %z");
  g_assert_cmpstr (formatted, ==, text);
}

static void
test_starts_without_limits (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  g_assert_cmpint (hk_limits_draft_get_mode (draft), ==, HK_LIMITS_ALWAYS);
  g_assert_true (hk_limits_draft_get_valid (draft));
  g_assert_true (nuki_limits_is_always (hk_limits_draft_get_limits (draft)));
}

static void
test_range_is_read_by_the_locks_clock (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 3, 11, 2026);
  hk_moment_draft_set_time (hk_limits_draft_get_from (draft), "15");
  set_date (hk_limits_draft_get_until (draft), 10, 7, 2027);
  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "11:00");

  g_assert_true (hk_limits_draft_get_valid (draft));
  assert_utc (nuki_limits_get_from (hk_limits_draft_get_limits (draft)), "2026-11-03 14:00:00 +0000");
  assert_utc (nuki_limits_get_until (hk_limits_draft_get_limits (draft)), "2027-07-10 09:00:00 +0000");
  g_assert_cmpint (nuki_limits_get_weekdays (hk_limits_draft_get_limits (draft)), ==, NUKI_WEEKDAYS_ALL);
}

static void
test_zone_moves_the_instant (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();
  g_autoptr (GTimeZone) new_york = g_time_zone_new_identifier ("America/New_York");

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 3, 11, 2026);
  hk_moment_draft_set_time (hk_limits_draft_get_from (draft), "15:00");
  hk_limits_draft_set_zone (draft, new_york);

  g_assert_cmpstr (hk_moment_draft_get_time (hk_limits_draft_get_from (draft)), ==, "15:00");
  assert_utc (nuki_limits_get_from (hk_limits_draft_get_limits (draft)), "2026-11-03 20:00:00 +0000");
}

static void
test_chosen_days_get_the_edges_of_the_day (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 3, 11, 2026);
  set_date (hk_limits_draft_get_until (draft), 4, 11, 2026);

  g_assert_cmpstr (hk_moment_draft_get_time (hk_limits_draft_get_from (draft)), ==, "0:00");
  g_assert_cmpstr (hk_moment_draft_get_time (hk_limits_draft_get_until (draft)), ==, "23:59");
  g_assert_true (hk_limits_draft_get_valid (draft));
}

static void
test_range_needs_a_day (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  g_assert_false (hk_limits_draft_get_valid (draft));
  g_assert_nonnull (hk_limits_draft_get_until_error (draft));
  g_assert_null (hk_limits_draft_get_limits (draft));

  set_date (hk_limits_draft_get_until (draft), 4, 11, 2026);
  g_assert_true (hk_limits_draft_get_valid (draft));
}

static void
test_until_before_from (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 5, 11, 2026);
  set_date (hk_limits_draft_get_until (draft), 4, 11, 2026);
  g_assert_cmpstr (hk_limits_draft_get_until_error (draft), ==, "The end has to be after the beginning.");
  g_assert_null (hk_limits_draft_get_from_error (draft));

  /* The same moment is no range either. */
  set_date (hk_limits_draft_get_until (draft), 5, 11, 2026);
  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "0:00");
  g_assert_cmpstr (hk_limits_draft_get_until_error (draft), ==, "The end has to be after the beginning.");

  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "0:01");
  g_assert_null (hk_limits_draft_get_until_error (draft));
}

static void
test_until_in_the_past (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_until (draft), 2, 11, 2026);
  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "13:00");
  g_assert_cmpstr (hk_limits_draft_get_until_error (draft), ==, "This has already passed.");
  g_assert_false (hk_limits_draft_get_valid (draft));

  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "13:01");
  g_assert_true (hk_limits_draft_get_valid (draft));
}

static void
test_wrong_time (void)
{
  static const char *const wrong[] = { "", "x", "25:00", "9:60", "9:5", "12345", "-1", "13 pm", "9:00:00" };
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 5, 11, 2026);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      hk_moment_draft_set_time (hk_limits_draft_get_from (draft), wrong[i]);
      g_assert_cmpstr (hk_limits_draft_get_from_error (draft), ==, "Enter a time such as 9:00 or 17:30.");
      g_assert_false (hk_limits_draft_get_valid (draft));
    }
}

static void
test_hour_that_the_clocks_skip (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_from (draft), 28, 3, 2027);
  hk_moment_draft_set_time (hk_limits_draft_get_from (draft), "2:30");
  g_assert_cmpstr (hk_limits_draft_get_from_error (draft), ==, "The clocks go forward then, and skip this time.");

  hk_moment_draft_set_time (hk_limits_draft_get_from (draft), "3:00");
  g_assert_true (hk_limits_draft_get_valid (draft));
  assert_utc (nuki_limits_get_from (hk_limits_draft_get_limits (draft)), "2027-03-28 01:00:00 +0000");
}

static void
test_end_of_a_day (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_RANGE);
  set_date (hk_limits_draft_get_until (draft), 29, 2, 2028);
  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "24:00");

  assert_utc (nuki_limits_get_until (hk_limits_draft_get_limits (draft)), "2028-02-29 23:00:00 +0000");
}

static void
test_week_needs_a_day (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_WEEKLY);
  g_assert_cmpstr (hk_limits_draft_get_weekdays_error (draft), ==, "Choose at least one day.");
  g_assert_false (hk_limits_draft_get_valid (draft));

  hk_limits_draft_set_weekdays (draft, NUKI_TUESDAY);
  g_assert_true (hk_limits_draft_get_valid (draft));
  g_assert_cmpint (nuki_limits_get_weekdays (hk_limits_draft_get_limits (draft)), ==, NUKI_TUESDAY);
  g_assert_false (nuki_limits_get_window (hk_limits_draft_get_limits (draft), NULL, NULL));
}

typedef struct
{
  const char *start;
  const char *end;
  const char *error;
  int start_minutes;
  int end_minutes;
} Window;

static void
test_hours (void)
{
  static const Window windows[] = {
    { "9", "12:00", NULL, 540, 720 },
    { "22:00", "6", NULL, 1320, 360 },
    { "0900", "24:00", NULL, 540, 0 },
    { "0:00", "24:00", NULL, 0, 0 },
    { "", "", NULL, 0, 0 },
    { "9:00", "9:00", "The beginning and the end are the same.", 0, 0 },
    { "0", "0", "The beginning and the end are the same.", 0, 0 },
    { "9:00", "", "Fill in both times, or none for the whole day.", 0, 0 },
    { "", "9:00", "Fill in both times, or none for the whole day.", 0, 0 },
    { "nine", "10:00", "Enter times such as 9:00 and 17:30.", 0, 0 },
  };
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_WEEKLY);
  hk_limits_draft_set_weekdays (draft, NUKI_MONDAY);
  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      int start, end;

      hk_limits_draft_set_window (draft, windows[i].start, windows[i].end);
      g_assert_cmpstr (hk_limits_draft_get_window_error (draft), ==, windows[i].error);
      g_assert_cmpint (hk_limits_draft_get_valid (draft), ==, windows[i].error == NULL);
      if (windows[i].error != NULL)
        continue;
      nuki_limits_get_window (hk_limits_draft_get_limits (draft), &start, &end);
      g_assert_cmpint (start, ==, windows[i].start_minutes);
      g_assert_cmpint (end, ==, windows[i].end_minutes);
    }
}

static void
test_week_that_never_opens (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_WEEKLY);
  hk_limits_draft_set_weekdays (draft, NUKI_SUNDAY);
  set_date (hk_limits_draft_get_from (draft), 3, 11, 2026);
  set_date (hk_limits_draft_get_until (draft), 6, 11, 2026);
  g_assert_cmpstr (hk_limits_draft_get_weekdays_error (draft), ==,
                   "None of these days and hours lies between the two dates.");
  g_assert_false (hk_limits_draft_get_valid (draft));

  hk_limits_draft_set_weekdays (draft, NUKI_SUNDAY | NUKI_FRIDAY);
  g_assert_true (hk_limits_draft_get_valid (draft));
}

static void
test_other_modes_are_kept (void)
{
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_mode (draft, HK_LIMITS_WEEKLY);
  hk_limits_draft_set_weekdays (draft, NUKI_MONDAY);
  hk_limits_draft_set_window (draft, "nonsense", "");
  hk_limits_draft_set_mode (draft, HK_LIMITS_ALWAYS);
  g_assert_true (hk_limits_draft_get_valid (draft));
  g_assert_null (hk_limits_draft_get_window_error (draft));

  hk_limits_draft_set_mode (draft, HK_LIMITS_WEEKLY);
  g_assert_cmpint (hk_limits_draft_get_weekdays (draft), ==, NUKI_MONDAY);
  g_assert_nonnull (hk_limits_draft_get_window_error (draft));
}

static void
test_loaded_limits_come_back_as_they_were (void)
{
  g_autoptr (GDateTime) from = g_date_time_new_utc (2026, 10, 25, 0, 30, 17);
  g_autoptr (GDateTime) until = g_date_time_new_utc (2026, 10, 25, 1, 30, 42);
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, until, NUKI_SUNDAY, 60, 0);
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  /* Both moments read 2:30 on the clock, and both have passed. */
  hk_limits_draft_set_limits (draft, limits);
  g_assert_cmpint (hk_limits_draft_get_mode (draft), ==, HK_LIMITS_WEEKLY);
  g_assert_cmpstr (hk_moment_draft_get_time (hk_limits_draft_get_from (draft)), ==, "2:30");
  g_assert_cmpstr (hk_moment_draft_get_time (hk_limits_draft_get_until (draft)), ==, "2:30");
  g_assert_true (hk_limits_draft_get_valid (draft));
  g_assert_true (nuki_limits_equal (hk_limits_draft_get_limits (draft), limits));

  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "2:31");
  g_assert_false (hk_limits_draft_get_valid (draft));
  hk_moment_draft_set_time (hk_limits_draft_get_until (draft), "2:30");
  g_assert_true (nuki_limits_equal (hk_limits_draft_get_limits (draft), limits));
}

static void
test_loading_chooses_the_mode (void)
{
  g_autoptr (GDateTime) until = g_date_time_new_utc (2026, 12, 24, 17, 0, 0);
  g_autoptr (NukiLimits) always = nuki_limits_new_always ();
  g_autoptr (NukiLimits) range = nuki_limits_new (NULL, until, NUKI_WEEKDAYS_ALL, 0, 0);
  g_autoptr (NukiLimits) weekly = nuki_limits_new (NULL, NULL, NUKI_WEEKDAYS_ALL, 600, 840);
  g_autoptr (HkLimitsDraft) draft = make_draft ();

  hk_limits_draft_set_limits (draft, weekly);
  g_assert_cmpint (hk_limits_draft_get_mode (draft), ==, HK_LIMITS_WEEKLY);
  g_assert_true (nuki_limits_equal (hk_limits_draft_get_limits (draft), weekly));
  hk_limits_draft_set_limits (draft, range);
  g_assert_cmpint (hk_limits_draft_get_mode (draft), ==, HK_LIMITS_RANGE);
  g_assert_true (nuki_limits_equal (hk_limits_draft_get_limits (draft), range));
  hk_limits_draft_set_limits (draft, always);
  g_assert_cmpint (hk_limits_draft_get_mode (draft), ==, HK_LIMITS_ALWAYS);
  g_assert_true (nuki_limits_is_always (hk_limits_draft_get_limits (draft)));
}

static void
test_times_are_read_generously (void)
{
  static const struct
  {
    const char *text;
    int minutes;
  } times[] = {
    { "9", 540 },      { "9:00", 540 },   { "09:00", 540 },   { "0900", 540 },    { "900", 540 },    { " 9.30 ", 570 },
    { "9h05", 545 },   { "0", 0 },        { "24:00", 1440 },  { "2400", 1440 },   { "9 am", 540 },   { "12 AM", 0 },
    { "12:15pm", 735 }, { "5 p.m.", 1020 },
  };
  int minutes = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_assert_true (hk_time_text_parse (times[i].text, &minutes));
      g_assert_cmpint (minutes, ==, times[i].minutes);
    }
  g_assert_false (hk_time_text_parse ("24:01", &minutes));
  g_assert_false (hk_time_text_parse ("٩:٠٠", &minutes));
  g_assert_false (hk_time_text_parse (NULL, &minutes));
}

static void
test_zone_is_named_where_it_matters (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GTimeZone) vienna = g_time_zone_new_identifier ("Europe/Vienna");
  g_autoptr (GTimeZone) lagos = g_time_zone_new_identifier ("Africa/Lagos");
  g_autoptr (GTimeZone) new_york = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 2, 12, 0, 0);
  GTimeZone *one[] = { vienna };
  GTimeZone *winter_only[] = { lagos };
  GTimeZone *two[] = { new_york, berlin };
  GTimeZone *unknown[] = { berlin, NULL };
  g_autofree char *none = hk_zone_hint (NULL, 0, berlin, now);
  g_autofree char *same = hk_zone_hint (one, 1, berlin, now);
  g_autofree char *differs_in_summer = hk_zone_hint (winter_only, 1, berlin, now);
  g_autofree char *several = hk_zone_hint (two, 2, berlin, now);
  g_autofree char *not_known = hk_zone_hint (unknown, 2, berlin, now);

  g_assert_null (none);
  g_assert_null (same);
  g_assert_cmpstr (differs_in_summer, ==, "All times are those of the lock: the time in Lagos.");
  g_assert_nonnull (strstr (several, "each lock’s own clock, dates by the time in New York."));
  g_assert_nonnull (strstr (not_known, "not known"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/limits-draft/starts-without-limits", test_starts_without_limits);
  g_test_add_func ("/limits-draft/a-range-is-read-by-the-clock-of-the-lock", test_range_is_read_by_the_locks_clock);
  g_test_add_func ("/limits-draft/another-zone-keeps-the-text-and-moves-the-instant", test_zone_moves_the_instant);
  g_test_add_func ("/limits-draft/chosen-days-count-from-edge-to-edge", test_chosen_days_get_the_edges_of_the_day);
  g_test_add_func ("/limits-draft/a-range-needs-a-day", test_range_needs_a_day);
  g_test_add_func ("/limits-draft/the-end-is-after-the-beginning", test_until_before_from);
  g_test_add_func ("/limits-draft/the-end-is-not-in-the-past", test_until_in_the_past);
  g_test_add_func ("/limits-draft/what-is-no-time-is-said", test_wrong_time);
  g_test_add_func ("/limits-draft/an-hour-that-the-clocks-skip-is-said", test_hour_that_the_clocks_skip);
  g_test_add_func ("/limits-draft/24-00-is-the-end-of-a-day-in-february-too", test_end_of_a_day);
  g_test_add_func ("/limits-draft/a-week-needs-a-day", test_week_needs_a_day);
  g_test_add_func ("/limits-draft/hours-are-both-or-none-and-last", test_hours);
  g_test_add_func ("/limits-draft/a-week-that-never-opens-is-said", test_week_that_never_opens);
  g_test_add_func ("/limits-draft/what-belongs-to-another-mode-is-kept-and-not-checked", test_other_modes_are_kept);
  g_test_add_func ("/limits-draft/loaded-limits-come-back-as-they-were", test_loaded_limits_come_back_as_they_were);
  g_test_add_func ("/limits-draft/loading-chooses-the-mode", test_loading_chooses_the_mode);
  g_test_add_func ("/limits-draft/times-are-read-generously", test_times_are_read_generously);
  g_test_add_func ("/limits-draft/a-zone-is-named-where-it-matters", test_zone_is_named_where_it_matters);

  return g_test_run ();
}
