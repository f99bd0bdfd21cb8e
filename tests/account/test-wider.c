/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A key that came back from an update with wider limits than asked: it is switched off at once, and that is said. */

#include <locale.h>

#include "fixture.h"

#define KEY_PATH "*" ANNA_FRONT

/* Only the name is to change, and the limits are lost on the way. */
static HkChange *
rename_anna (Fixture *f)
{
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (spec, "Anna M.");
  faulty_service_forget (f->service);
  faulty_service_spoil (f->service, "POST", KEY_PATH, FAULT_DROP_LIMITS, 0, 1);

  return hk_account_update_key (f->account, key, NULL, spec);
}

static gboolean
is_enabled (Fixture *f)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);

  return json_object_get_boolean_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "enabled");
}

static guint
count_posts (Fixture *f)
{
  return faulty_service_count (f->service, "POST", KEY_PATH);
}

static void
test_it_is_switched_off_at_once_and_the_next_try_sets_all_right (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_anna (f);
  HkKey *key = fixture_find_key (f, ANNA_FRONT);

  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*switched off at once*");
  fixture_pass (f, 5);
  g_assert_false (is_enabled (f));
  g_assert_false (hk_key_get_enabled (key));
  g_assert_cmpuint (count_posts (f), ==, 2);

  hk_account_retry (f->account, change);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (is_enabled (f));
  g_assert_cmpstr (hk_key_get_name (key), ==, "Anna M.");
  g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (key)), ==, NUKI_MONDAY);
}

static void
test_one_that_was_off_stays_off (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 5);
  change = rename_anna (f);
  fixture_pass (f, 5);
  assert_text (change, "*It is switched off*");
  g_assert_cmpuint (count_posts (f), ==, 1);
  hk_account_retry (f->account, change);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_false (is_enabled (f));
}

/* The answer to the update got lost, and the look before the next try shows what became of it. */
static void
test_a_look_before_another_try_switches_it_off_too (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  fixture_keep (f);
  fixture_settle (f);
  rename_anna (f);
  while (count_posts (f) == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_restart (f);
  fixture_pass (f, 10);
  change = hk_key_get_change (fixture_find_key (f, ANNA_FRONT));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*more time than you asked for*");
  g_assert_false (is_enabled (f));
}

/* The answer to the update got lost, the look after that was refused for good, and the user tries again. */
static void
test_a_look_before_a_retry_switches_it_off_too (void)
{
  static const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_DROP_LIMITS };
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_anna (f);

  faulty_service_forget (f->service);
  nuki_simulator_add_fault (f->simulator, "POST", KEY_PATH, 1, &fault);
  faulty_service_spoil (f->service, "POST", KEY_PATH, FAULT_APPLY_THEN_STATUS, 500, 1);
  fixture_settle (f);
  faulty_service_spoil (f->service, "GET", KEY_PATH, FAULT_STATUS, 403, 1);
  faulty_service_spoil (f->service, "GET", "*/auth", FAULT_STATUS, 403, 1);
  fixture_pass (f, 20);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
  g_assert_true (is_enabled (f));

  hk_account_retry (f->account, change);
  fixture_pass (f, 20);
  assert_text (change, "*switched off at once*");
  g_assert_false (is_enabled (f));
  hk_account_retry (f->account, change);
  fixture_pass (f, 20);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (is_enabled (f));
}

/* It may have been switched off; a restart looks at the key first. */
static void
test_it_is_not_switched_off_twice_after_a_restart (void)
{
  static const Fault faults[] = { FAULT_HANG, FAULT_RESET, FAULT_APPLY_THEN_RESET };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change;

      fixture_keep (f);
      fixture_settle (f);
      rename_anna (f);
      faulty_service_spoil (f->service, "POST", KEY_PATH, faults[i], 0, 1);
      fixture_settle (f);
      nuki_simulator_advance (f->simulator, 2000);
      hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 2000);
      while (count_posts (f) < 2)
        g_main_context_iteration (NULL, TRUE);
      fixture_restart (f);
      fixture_pass (f, 10);
      change = hk_key_get_change (fixture_find_key (f, ANNA_FRONT));
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
      assert_text (change, "*more time than you asked for*switched off*");
      g_assert_false (is_enabled (f));
      g_assert_cmpuint (count_posts (f), ==, faults[i] == FAULT_RESET ? 3 : 2);

      hk_account_retry (f->account, change);
      fixture_pass (f, 10);
      g_assert_true (is_enabled (f));
      g_assert_null (hk_key_get_change (fixture_find_key (f, ANNA_FRONT)));
    }
}

static void
test_an_unclear_answer_is_followed_by_a_look (void)
{
  static const Fault faults[] = { FAULT_STATUS, FAULT_APPLY_THEN_STATUS, FAULT_RESET, FAULT_APPLY_THEN_RESET };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change = rename_anna (f);

      faulty_service_spoil (f->service, "POST", KEY_PATH, faults[i], 500, 1);
      fixture_pass (f, 20);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
      assert_text (change, "*more time than you asked for*switched off*");
      g_assert_false (is_enabled (f));
    }
}

static void
test_one_that_cannot_be_switched_off_is_said_loudly (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_anna (f);

  faulty_service_spoil (f->service, "POST", KEY_PATH, FAULT_STATUS, 403, 1);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*could not be switched off*");
}

/* The request did not go out, so the key is as somebody else made it. */
static void
test_what_was_not_sent_has_widened_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) edits =
      json_from_string ("{\"keys\": [{\"id\": \"" ANNA_FRONT "\", \"allowedWeekDays\": 127,"
                        " \"updateDate\": \"2026-11-24T10:00:00.000Z\"}]}", NULL);
  HkChange *change = rename_anna (f);

  faulty_service_forget (f->service);
  faulty_service_spoil (f->service, "POST", KEY_PATH, FAULT_STATUS, 429, 1);
  fixture_settle (f);
  g_assert_true (nuki_simulator_edit (f->simulator, edits, NULL));
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (is_enabled (f));
}

#define ADD(name, test) g_test_add_func ("/wider/" name, test)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("it-is-switched-off-at-once-and-the-next-try-sets-all-right",
       test_it_is_switched_off_at_once_and_the_next_try_sets_all_right);
  ADD ("one-that-was-off-stays-off", test_one_that_was_off_stays_off);
  ADD ("a-look-before-another-try-switches-it-off-too", test_a_look_before_another_try_switches_it_off_too);
  ADD ("a-look-before-a-retry-switches-it-off-too", test_a_look_before_a_retry_switches_it_off_too);
  ADD ("it-is-not-switched-off-twice-after-a-restart", test_it_is_not_switched_off_twice_after_a_restart);
  ADD ("an-unclear-answer-is-followed-by-a-look", test_an_unclear_answer_is_followed_by_a_look);
  ADD ("one-that-cannot-be-switched-off-is-said-loudly", test_one_that_cannot_be_switched_off_is_said_loudly);
  ADD ("what-was-not-sent-has-widened-nothing", test_what_was_not_sent_has_widened_nothing);

  return g_test_run ();
}
