/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "keys/hk-key-filter.h"
#include "keys/hk-key-words.h"
#include "keys/hk-minute.h"

/* A clock that stands still until it is told to go on. */
#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, HkClock)

struct _TestClock
{
  HkClock parent_instance;

  GDateTime *now;
  GSourceOnceFunc func;
  gpointer user_data;
  guint milliseconds;
  guint n_cancelled;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, HK_TYPE_CLOCK)

static GDateTime *
test_clock_now (HkClock *clock)
{
  return g_date_time_ref (TEST_CLOCK (clock)->now);
}

static guint
test_clock_schedule (HkClock *clock, guint milliseconds, GSourceOnceFunc func, gpointer user_data)
{
  TestClock *self = TEST_CLOCK (clock);

  g_assert_null (self->func);
  self->milliseconds = milliseconds;
  self->func = func;
  self->user_data = user_data;

  return 1;
}

static void
test_clock_cancel (HkClock *clock, guint id)
{
  TestClock *self = TEST_CLOCK (clock);

  g_assert_cmpuint (id, ==, 1);
  self->func = NULL;
  self->n_cancelled++;
}

static void
test_clock_finalize (GObject *object)
{
  g_date_time_unref (TEST_CLOCK (object)->now);

  G_OBJECT_CLASS (test_clock_parent_class)->finalize (object);
}

static void
test_clock_class_init (TestClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_clock_finalize;
  HK_CLOCK_CLASS (klass)->now = test_clock_now;
  HK_CLOCK_CLASS (klass)->schedule = test_clock_schedule;
  HK_CLOCK_CLASS (klass)->cancel = test_clock_cancel;
}

static void
test_clock_init (TestClock *self)
{
  self->now = g_date_time_new_utc (2026, 11, 23, 9, 0, 42);
}

static void
go_on (TestClock *clock)
{
  GSourceOnceFunc func = g_steal_pointer (&clock->func);

  func (clock->user_data);
}

static void
on_tick (HkMinute *minute, guint *n_ticks)
{
  *n_ticks += 1;
}

static void
test_minute (void)
{
  TestClock *clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  HkMinute *minute = hk_minute_new (HK_CLOCK (clock));
  guint n_ticks = 0;

  g_signal_connect (minute, "tick", G_CALLBACK (on_tick), &n_ticks);
  g_assert_null (clock->func);

  hk_minute_set_running (minute, TRUE);
  g_assert_cmpuint (clock->milliseconds, ==, 18000);
  go_on (clock);
  g_assert_cmpuint (n_ticks, ==, 1);
  g_assert_nonnull (clock->func);

  hk_minute_set_running (minute, FALSE);
  g_assert_cmpuint (clock->n_cancelled, ==, 1);

  hk_minute_set_running (minute, TRUE);
  g_assert_finalize_object (minute);
  g_assert_cmpuint (clock->n_cancelled, ==, 2);
  g_assert_finalize_object (clock);
}

static void
test_moments (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 9, 0, 0);
  g_autoptr (GDateTime) soon = g_date_time_new_utc (2026, 12, 1, 9, 0, 0);
  g_autoptr (GDateTime) summer = g_date_time_new_utc (2027, 7, 1, 21, 5, 0);
  g_autofree char *this_year = hk_words_moment (soon, zone, now);
  g_autofree char *other_year = hk_words_moment (summer, zone, now);

  g_assert_cmpstr (this_year, ==, "Tue, 1 Dec, 9:00");
  g_assert_cmpstr (other_year, ==, "Thu, 1 Jul 2027, 22:05");
}

static void
test_windows (void)
{
  g_autofree char *morning = hk_words_window (540, 720);
  g_autofree char *night = hk_words_window (1320, 360);
  g_autofree char *evening = hk_words_window (1080, 0);

  g_assert_cmpstr (morning, ==, "\u20669:00\u2060–\u206012:00\u2069");
  g_assert_cmpstr (night, ==, "\u206622:00\u2060–\u20606:00\u2069 on the day after");
  g_assert_cmpstr (evening, ==, "\u206618:00\u2060–\u206024:00\u2069");
}

static void
test_icons (void)
{
  g_assert_cmpstr (hk_lock_words_icon (NULL), ==, "hk-door-symbolic");
}

static void
assert_found (const char *search, const char *haystack, gboolean found)
{
  g_autofree char *folded = hk_search_fold (search);
  g_auto (GStrv) words = g_strsplit_set (folded, " ", -1);

  g_test_message ("“%s” in “%s”", search, haystack);
  g_assert_cmpint (hk_search_matches ((const char *const *) words, haystack), ==, found);
}

static void
test_search (void)
{
  assert_found ("MOSER", "Anna Moser", TRUE);
  assert_found ("moser anna", "Anna Moser", TRUE);
  assert_found ("anna berg", "Anna Moser", FALSE);
  assert_found ("jose", "María José García", TRUE);
  assert_found ("JOSÉ", "Maria Jose Garcia", TRUE);
  assert_found ("jose\xcc\x81", "María José García", TRUE);
  assert_found ("ζωη", "ΖΩΗ", TRUE);
  assert_found ("strasse", "Straße", TRUE);
  assert_found ("🧹", "Sparkle & Shine 🧹", TRUE);
  assert_found ("فاطمة", "فاطمة الزهراء", TRUE);
  assert_found ("", "anything", TRUE);
}

static void
on_filter_changed (GtkFilter *filter, GtkFilterChange change, GtkFilterChange *last)
{
  *last = change;
}

static void
test_filter_strictness (void)
{
  g_autoptr (HkKeyFilter) filter = hk_key_filter_new (NULL);
  GtkFilterChange last = GTK_FILTER_CHANGE_DIFFERENT;

  g_signal_connect (filter, "changed", G_CALLBACK (on_filter_changed), &last);
  g_object_set (filter, "search", "an", NULL);
  g_assert_cmpint (last, ==, GTK_FILTER_CHANGE_MORE_STRICT);
  g_object_set (filter, "search", "a", NULL);
  g_assert_cmpint (last, ==, GTK_FILTER_CHANGE_LESS_STRICT);
  g_object_set (filter, "search", "b", NULL);
  g_assert_cmpint (last, ==, GTK_FILTER_CHANGE_DIFFERENT);
  g_object_set (filter, "show-infrastructure", TRUE, NULL);
  g_assert_cmpint (last, ==, GTK_FILTER_CHANGE_LESS_STRICT);
  g_object_set (filter, "category", HK_KEY_CATEGORY_OFF, NULL);
  g_assert_cmpint (last, ==, GTK_FILTER_CHANGE_DIFFERENT);
  g_assert_cmpint (hk_key_filter_get_category (filter), ==, HK_KEY_CATEGORY_OFF);
  g_assert_cmpstr (hk_key_filter_get_search (filter), ==, "b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-words/a-minute-ticks-with-the-clock-while-it-runs", test_minute);
  g_test_add_func ("/key-words/a-moment-names-the-year-only-when-it-is-another", test_moments);
  g_test_add_func ("/key-words/a-window-over-midnight-says-so", test_windows);
  g_test_add_func ("/key-words/a-lock-that-is-not-known-is-a-door", test_icons);
  g_test_add_func ("/key-words/a-search-ignores-case-accents-and-the-order-of-words", test_search);
  g_test_add_func ("/key-words/a-filter-says-how-much-it-narrows", test_filter_strictness);

  return g_test_run ();
}
