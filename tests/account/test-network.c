/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Without a network, with a service that asks for a pause, and how soon it is tried again. */

#include <hk-backoff.h>
#include <locale.h>

#include "fake-network.h"
#include "fixture.h"

static void
test_tries_are_spread_and_at_most_a_minute_apart (void)
{
  static const gint64 longest[] = { 2, 4, 8, 16, 32, 60, 60, 60 };
  HkClock *clock = hk_manual_clock_new ("2026-03-02T10:00:00Z");

  for (guint i = 0; i < G_N_ELEMENTS (longest); i++)
    {
      gint64 least = G_MAXINT64, most = 0;

      for (guint n = 0; n < 200; n++)
        {
          const gint64 delay = hk_backoff_get_delay (clock, i + 1);

          least = MIN (least, delay);
          most = MAX (most, delay);
        }
      g_assert_cmpint (least, >=, longest[i] * G_TIME_SPAN_SECOND / 2);
      g_assert_cmpint (most, <=, longest[i] * G_TIME_SPAN_SECOND);
      g_assert_cmpint (most - least, >, longest[i] * G_TIME_SPAN_SECOND / 3);
    }
  g_assert_cmpint (hk_backoff_get_delay (clock, G_MAXUINT), <=, G_TIME_SPAN_MINUTE);
  g_assert_finalize_object (clock);
}

/* Returns: the longest time in seconds in which there was no such request */
static guint
measure_longest_silence (Fixture *f, const char *method, const char *path, guint seconds)
{
  guint silence = 0, longest = 0, count = faulty_service_count (f->service, method, path);

  for (guint i = 0; i < seconds; i++)
    {
      guint now;

      fixture_pass (f, 1);
      now = faulty_service_count (f->service, method, path);
      silence = now == count ? silence + 1 : 0;
      longest = MAX (longest, silence);
      count = now;
    }

  return longest;
}

static void
test_an_update_is_tried_again_each_minute_at_least (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 503, G_MAXUINT);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  assert_text (change, "Waiting for the service");
  g_assert_cmpuint (measure_longest_silence (f, "POST", "*", 900), <=, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), <=, 40);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
}

static void
test_a_refresh_that_failed_is_tried_again_soon (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  hk_account_set_polling (f->account, TRUE);
  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 500, 1);
  fixture_refresh (f);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_SERVER);
  fixture_pass (f, 2);
  g_assert_no_error (hk_account_get_error (f->account));

  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 500, G_MAXUINT);
  g_assert_cmpuint (measure_longest_silence (f, "GET", "/smartlock", 600), <=, 60);
}

static GTimeSpan
get_pause_left (Fixture *f)
{
  g_autoptr (GDateTime) until = hk_account_dup_paused_until (f->account);
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);

  return until != NULL ? g_date_time_difference (until, now) / G_TIME_SPAN_SECOND : 0;
}

static void
test_a_pause_stops_everything_and_is_told (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *accepted, *waiting;

  /* A read-back is due in two seconds, and somebody presses F5 meanwhile. */
  accepted = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (accepted), ==, HK_CHANGE_ACCEPTED);
  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 429, 1);
  waiting = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_cmpint (get_pause_left (f), ==, 90);

  faulty_service_forget (f->service);
  fixture_refresh (f);
  fixture_pass (f, 89);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
  assert_text (waiting, "Waiting for the service");
  fixture_pass (f, 4);
  g_assert_cmpint (get_pause_left (f), ==, 0);
  g_assert_cmpint (hk_change_get_state (accepted), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (waiting), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 1);
}

static const NukiSimFault throttle = { NUKI_SIM_FAULT_ANSWER, .status = 429 };

static void
test_pauses_without_a_length_become_longer (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  guint n;

  hk_account_set_polling (f->account, TRUE);
  nuki_simulator_add_fault (f->simulator, "GET", "*", NUKI_SIM_ALWAYS, &throttle);
  fixture_refresh (f);
  /* All three requests of a refresh were refused: one pause. */
  g_assert_cmpint (get_pause_left (f), <=, 2);
  fixture_pass (f, 600);
  n = faulty_service_count (f->service, "*", "*");
  g_assert_cmpuint (measure_longest_silence (f, "GET", "/smartlock", 300), <=, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*") - n, <=, 3 * 10);

  nuki_simulator_clear_faults (f->simulator);
  fixture_pass (f, 61);
  g_assert_no_error (hk_account_get_error (f->account));
  g_assert_cmpint (get_pause_left (f), ==, 0);

  /* Long after, it begins with a short one. */
  fixture_pass (f, 300);
  nuki_simulator_add_fault (f->simulator, "GET", "/account/user", 1, &throttle);
  fixture_refresh (f);
  g_assert_cmpint (get_pause_left (f), <=, 2);
}

static void
test_a_clock_that_is_put_back_does_not_lengthen_a_pause (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  faulty_service_spoil (f->service, "GET", "/account/user", FAULT_STATUS, 429, 1);
  fixture_refresh (f);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 24 * 60 * 60);
  g_assert_cmpint (get_pause_left (f), ==, 90);
  fixture_pass (f, 91);
  g_assert_cmpint (get_pause_left (f), ==, 0);
}

static void
test_another_account_is_not_paused (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GError) error = NULL;

  faulty_service_spoil (f->service, "GET", "/account/user", FAULT_STATUS, 429, 1);
  fixture_refresh (f);
  g_assert_cmpint (get_pause_left (f), ==, 90);
  error = fixture_sign_out (f);
  g_assert_no_error (error);
  g_assert_cmpint (get_pause_left (f), ==, 0);
}

static void
test_without_a_network_nothing_is_tried_and_it_goes_on_at_once (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (TRUE);
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change, *deletion;

  hk_account_watch_network (f->account, G_NETWORK_MONITOR (network));
  faulty_service_set_up (f->service, FALSE);
  fake_network_set_available (network, FALSE);
  fixture_settle (f);
  g_assert_nonnull (hk_account_get_error (f->account));
  g_assert_nonnull (hk_account_get_last_refresh (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);

  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  deletion = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
  fixture_pass (f, 1000);
  assert_text (change, "Waiting for the network");
  assert_text (deletion, "Deleting – waiting for the network");
  g_assert_null (hk_account_get_undoable (f->account));

  faulty_service_set_up (f->service, TRUE);
  fake_network_set_available (network, TRUE);
  fixture_pass (f, 0);
  g_assert_no_error (hk_account_get_error (f->account));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpint (hk_change_get_state (deletion), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (deletion), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_read_back_that_waits_for_the_network_goes_on_at_once (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (TRUE);
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  hk_account_watch_network (f->account, G_NETWORK_MONITOR (network));
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  faulty_service_set_up (f->service, FALSE);
  fake_network_set_available (network, FALSE);
  fixture_pass (f, 500);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);

  faulty_service_set_up (f->service, TRUE);
  fake_network_set_available (network, TRUE);
  fixture_pass (f, 0);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

/* In some sandboxes and with some VPNs the computer thinks that it has no network. */
static void
test_a_computer_that_is_wrong_about_its_network_is_not_believed (void)
{
  g_autoptr (FakeNetwork) network = fake_network_new (FALSE);
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  hk_account_watch_network (f->account, G_NETWORK_MONITOR (network));
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
  assert_text (change, "Waiting for the network");
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_the_page_of_a_hotel_confirms_nothing (void)
{
  static const char *const headers[] = { "Content-Type", "text/html", NULL };
  const NukiSimFault portal = {
    NUKI_SIM_FAULT_ANSWER,
    .status = 200,
    .headers = headers,
    .body = "<html><body>Welcome to the hotel</body></html>",
  };
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  nuki_simulator_add_fault (f->simulator, "*", "*", NUKI_SIM_ALWAYS, &portal);
  g_ptr_array_add (changes, hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE));
  g_ptr_array_add (changes, hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE)));
  g_ptr_array_add (changes, hk_account_update_person (f->account, hk_account_find_person (f->account, BEN), NULL, "Benny",
                                                      "ben@example.org", "en"));
  g_ptr_array_add (changes, hk_account_update_lock (f->account, hk_account_find_lock (f->account, FLAT), NULL, "A flat",
                                                    TRUE));
  fixture_pass (f, 300);
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, i)), ==, HK_CHANGE_WAITING);

  nuki_simulator_clear_faults (f->simulator);
  fixture_pass (f, 70);
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, i)), ==, HK_CHANGE_CONFIRMED);
}

static void
test_changes_to_one_lock_go_out_in_order_and_other_locks_do_not_wait (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *busy, *later, *elsewhere;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 3);
  busy = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  later = hk_account_switch_key (f->account, fixture_find_key (f, BEN_FRONT), TRUE);
  elsewhere = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  fixture_settle (f);
  assert_text (busy, "Waiting for another change to end");
  g_assert_cmpint (hk_change_get_state (later), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*" BEN_FRONT), ==, 0);
  g_assert_cmpint (hk_change_get_state (elsewhere), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (busy), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (later), ==, HK_CHANGE_CONFIRMED);
}

static void
test_an_offline_lock_is_waited_for_without_end (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_GARAGE);
  HkChange *first, *second;
  guint n;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  first = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  second = hk_account_switch_key (f->account, key, TRUE);
  fixture_pass (f, 700);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_NOT_CONFIRMED);
  assert_text (second, "Waiting for another change to end");

  /* At most a quarter of an hour apart, for hours, and it never becomes a failure. */
  fixture_pass (f, 3600);
  faulty_service_forget (f->service);
  fixture_pass (f, 5 * 3600);
  n = faulty_service_count (f->service, "GET", "*" ANNA_GARAGE);
  g_assert_cmpuint (n, >=, 2 * 5 * 3600 / 900 - 1);
  g_assert_cmpuint (n, <=, 2 * 5 * 3600 / 900 + 2);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_WAITING);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 1000);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (nuki_key_get_enabled (hk_key_get_record (key)));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/network/tries-are-spread-and-at-most-a-minute-apart",
                   test_tries_are_spread_and_at_most_a_minute_apart);
  g_test_add_func ("/network/an-update-is-tried-again-each-minute-at-least",
                   test_an_update_is_tried_again_each_minute_at_least);
  g_test_add_func ("/network/a-refresh-that-failed-is-tried-again-soon",
                   test_a_refresh_that_failed_is_tried_again_soon);
  g_test_add_func ("/network/a-pause-stops-everything-and-is-told", test_a_pause_stops_everything_and_is_told);
  g_test_add_func ("/network/pauses-without-a-length-become-longer", test_pauses_without_a_length_become_longer);
  g_test_add_func ("/network/a-clock-that-is-put-back-does-not-lengthen-a-pause",
                   test_a_clock_that_is_put_back_does_not_lengthen_a_pause);
  g_test_add_func ("/network/another-account-is-not-paused", test_another_account_is_not_paused);
  g_test_add_func ("/network/without-a-network-nothing-is-tried-and-it-goes-on-at-once",
                   test_without_a_network_nothing_is_tried_and_it_goes_on_at_once);
  g_test_add_func ("/network/a-read-back-that-waits-for-the-network-goes-on-at-once",
                   test_a_read_back_that_waits_for_the_network_goes_on_at_once);
  g_test_add_func ("/network/a-computer-that-is-wrong-about-its-network-is-not-believed",
                   test_a_computer_that_is_wrong_about_its_network_is_not_believed);
  g_test_add_func ("/network/the-page-of-a-hotel-confirms-nothing", test_the_page_of_a_hotel_confirms_nothing);
  g_test_add_func ("/network/changes-to-one-lock-go-out-in-order-and-other-locks-do-not-wait",
                   test_changes_to_one_lock_go_out_in_order_and_other_locks_do_not_wait);
  g_test_add_func ("/network/an-offline-lock-is-waited-for-without-end",
                   test_an_offline_lock_is_waited_for_without_end);

  return g_test_run ();
}
