/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The computer's clock is put right, or wrong, while something runs or between two starts. */

#include <locale.h>

#include "fixture.h"

/* Returns: (transfer none): the change that is @n-th from the end of the list, which is the oldest first */
static HkChange *
get_change (Fixture *f, guint n)
{
  GListModel *changes = hk_account_get_changes (f->account);
  g_autoptr (HkChange) change = g_list_model_get_item (changes, g_list_model_get_n_items (changes) - 1 - n);

  g_assert_nonnull (change);

  return change;
}

static void
test_a_clock_that_jumps_stops_nothing (void)
{
  static const int jumps[] = { 3600, -86400, 10 * 365 * 86400 };

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();

      /* In the undo time, while the service wants to be left alone, and while it is read back. */
      hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
      hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), jumps[i]);
      fixture_pass (f, HK_UNDO_SECONDS - 1);
      g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
      faulty_service_spoil (f->service, "DELETE", "*", FAULT_STATUS, 429, 1);
      fixture_pass (f, 1);
      g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
      hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), jumps[i]);
      fixture_pass (f, 120);
      g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 2);
      g_assert_false (fixture_has_key (f, ANNA_GARAGE));

      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
      hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
      fixture_pass (f, 5);
      hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), jumps[i]);
      faulty_service_forget (f->service);
      fixture_pass (f, 550);
      g_assert_cmpint (hk_change_get_state (get_change (f, 1)), ==, HK_CHANGE_ACCEPTED);
      g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/*/auth/*"), >, 10);
      fixture_pass (f, 120);
      g_assert_cmpint (hk_change_get_state (get_change (f, 1)), ==, HK_CHANGE_NOT_CONFIRMED);
      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
      fixture_pass (f, 600);
      g_assert_cmpint (hk_change_get_state (get_change (f, 1)), ==, HK_CHANGE_CONFIRMED);
    }
}

static void
test_a_clock_that_jumped_between_two_runs_stops_nothing (void)
{
  static const int jumps[] = { 3600, 86400, -86400, -365 * 86400 };

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();

      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
      hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
      fixture_pass (f, 5);
      hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), jumps[i]);
      fixture_restart (f);
      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
      fixture_pass (f, 600);
      g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
    }
}

/* It may be shorter, but is over only once. */
static void
test_a_deletion_goes_out_once_whatever_the_clock_said_before_the_start (void)
{
  static const int jumps[] = { 86400, -86400 };

  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();

      hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
      hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), jumps[i]);
      fixture_restart (f);
      fixture_pass (f, HK_UNDO_SECONDS + 1);
      g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
      fixture_pass (f, 60);
      g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
    }
}

static void
assert_hours_left (Fixture *f, HkInvitationState expected, int expected_hours)
{
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);
  int hours;

  g_assert_cmpint (hk_key_get_invitation (fixture_find_key (f, ANNA_FRONT), now, &hours), ==, expected);
  g_assert_cmpint (hours, ==, expected_hours);
}

static void
test_an_invitation_has_never_more_left_than_it_has (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  assert_hours_left (f, HK_INVITATION_OPEN, 24);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  assert_hours_left (f, HK_INVITATION_OPEN, 25);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 2 * 86400);
  assert_hours_left (f, HK_INVITATION_OPEN, 48);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), -3600 - 3 * 86400);
  assert_hours_left (f, HK_INVITATION_LAPSED, 0);
}

/* Otherwise nothing would be fresh enough to be replaced for as long as it was put back. */
static void
test_who_comes_back_after_a_clock_was_put_back_gets_news (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  hk_account_refresh_if_older (f->account, 60);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 1);
  hk_account_refresh_if_older (f->account, 60);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 1);

  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), -86400);
  hk_account_refresh_if_older (f->account, 60);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 2);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/jumps/a-clock-that-jumps-stops-nothing", test_a_clock_that_jumps_stops_nothing);
  g_test_add_func ("/jumps/a-clock-that-jumped-between-two-runs-stops-nothing",
                   test_a_clock_that_jumped_between_two_runs_stops_nothing);
  g_test_add_func ("/jumps/a-deletion-goes-out-once-whatever-the-clock-said-before-the-start",
                   test_a_deletion_goes_out_once_whatever_the_clock_said_before_the_start);
  g_test_add_func ("/jumps/an-invitation-has-never-more-left-than-it-has",
                   test_an_invitation_has_never_more_left_than_it_has);
  g_test_add_func ("/jumps/who-comes-back-after-a-clock-was-put-back-gets-news",
                   test_who_comes_back_after_a_clock_was_put_back_gets_news);

  return g_test_run ();
}
