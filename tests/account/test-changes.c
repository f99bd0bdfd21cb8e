/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to keys that are there, from the click to the lock. */

#include <locale.h>

#include "fixture.h"

static void
test_switch_is_shown_at_once_and_confirmed_by_a_read_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (JsonNode) dump = NULL;
  HkChange *change;

  change = hk_account_switch_key (f->account, key, FALSE);
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (hk_key_get_pending (key));
  g_assert_true (hk_key_get_change (key) == change);
  g_assert_cmpint (hk_change_get_kind (change), ==, HK_CHANGE_SWITCH_KEY);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  assert_text (change, "Waiting to be sent");

  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  g_assert_false (hk_key_get_enabled (key));
  assert_text (change, "Waiting for the lock");
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/*/auth/" ANNA_FRONT), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "/smartlock/*/auth/" ANNA_FRONT), ==, 1);

  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (hk_change_get_settled (change));
  assert_text (change, "Saved");
  g_assert_false (hk_key_get_pending (key));
  g_assert_null (hk_key_get_change (key));
  g_assert_false (hk_key_get_enabled (key));

  /* Nothing that was not asked for is gone. */
  dump = nuki_simulator_dump (f->simulator);
  g_assert_cmpint (json_object_get_int_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT),
                                               "allowedWeekDays"), ==, 64);
}

static void
test_nothing_is_asked_when_nothing_differs (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  g_assert_null (hk_account_switch_key (f->account, key, TRUE));
  g_assert_null (hk_account_update_key (f->account, key, NULL, spec));
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
}

static void
test_update_sends_the_touched_fields_over_the_fresh_record (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *record;
  HkChange *change;

  /* Somebody else gives her remote access meanwhile. */
  json_object_set_boolean_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "remoteAllowed", TRUE);
  nuki_simulator_load (f->simulator, dump, &error);
  g_assert_no_error (error);

  nuki_key_spec_set_name (spec, "Anna (flat 3)");
  change = hk_account_update_key (f->account, key, NULL, spec);
  g_assert_cmpstr (hk_key_get_name (key), ==, "Anna (flat 3)");
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);

  after = nuki_simulator_dump (f->simulator);
  record = fixture_find_record (f, after, "keys", "id", ANNA_FRONT);
  g_assert_cmpstr (json_object_get_string_member (record, "name"), ==, "Anna (flat 3)");
  g_assert_true (json_object_get_boolean_member (record, "remoteAllowed"));
  g_assert_cmpint (json_object_get_int_member (record, "allowedFromTime"), ==, 540);
}

static void
test_code_rights_and_limits_can_be_changed (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, CLEANING);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_MONDAY | NUKI_FRIDAY, 600, 660);
  g_autoptr (GHashTable) codes = NULL;
  HkChange *change;

  spec->code = 987654;
  nuki_key_spec_set_limits (spec, limits);
  change = hk_account_update_key (f->account, key, NULL, spec);
  g_assert_true (nuki_limits_equal (hk_key_get_limits (key), limits));
  codes = hk_account_list_taken_codes (f->account);
  g_assert_true (g_hash_table_contains (codes, GINT_TO_POINTER (345678)));
  g_assert_true (g_hash_table_contains (codes, GINT_TO_POINTER (987654)));

  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (nuki_key_get_code (hk_key_get_record (key)), ==, 987654);
  g_assert_true (nuki_limits_equal (nuki_key_get_limits (hk_key_get_record (key)), limits));
}

static void
test_switching_back_before_it_is_sent_sends_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change = hk_account_switch_key (f->account, key, FALSE);

  g_assert_true (hk_account_switch_key (f->account, key, TRUE) == change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  assert_text (change, "Discarded");
  g_assert_true (hk_key_get_enabled (key));
  g_assert_null (hk_key_get_change (key));
  fixture_pass (f, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
}

static void
test_a_change_waits_for_the_one_before_to_the_same_key (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *first, *second;

  nuki_key_spec_set_name (spec, "Anna M.");
  first = hk_account_update_key (f->account, key, NULL, spec);
  second = hk_account_switch_key (f->account, key, FALSE);
  g_assert_cmpstr (hk_key_get_name (key), ==, "Anna M.");
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (hk_key_get_change (key) == second);

  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 1);

  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (nuki_key_get_name (hk_key_get_record (key)), ==, "Anna M.");
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (key)));
}

static void
test_one_change_per_lock_is_on_its_way_and_other_locks_do_not_wait (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *anna, *ben, *garage;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_HANG, 0, 1);
  anna = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  while (hk_change_get_state (anna) != HK_CHANGE_SENDING)
    g_main_context_iteration (NULL, TRUE);
  ben = hk_account_switch_key (f->account, fixture_find_key (f, BEN_FRONT), TRUE);
  garage = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);

  while (hk_change_get_state (garage) != HK_CHANGE_ACCEPTED ||
         faulty_service_count (f->service, "POST", "*" ANNA_FRONT) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hk_change_get_state (anna), ==, HK_CHANGE_SENDING);
  assert_text (anna, "Saving…");
  g_assert_cmpint (hk_change_get_state (ben), ==, HK_CHANGE_WAITING);

  /* What is on its way cannot be called back. */
  hk_account_discard (f->account, anna);
  g_assert_cmpint (hk_change_get_state (anna), ==, HK_CHANGE_SENDING);

  /* The simulator did hear it, but the answer comes only now. */
  while (hk_change_get_state (anna) == HK_CHANGE_SENDING)
    {
      faulty_service_release (f->service);
      g_main_context_iteration (NULL, FALSE);
    }
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (anna), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (ben), ==, HK_CHANGE_CONFIRMED);
}

static void
test_read_backs_come_at_growing_intervals_and_end_after_ten_minutes (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  static const struct { guint seconds, n; } expected[] = {
    { 2, 1 }, { 3, 1 }, { 1, 2 }, { 8, 3 }, { 15, 4 }, { 30, 5 }, { 30, 6 }, { 29, 6 }, { 1, 7 },
  };
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  fixture_refresh (f);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  assert_text (change, "Waiting for the lock (Front door is offline)");
  faulty_service_forget (f->service);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      fixture_pass (f, expected[i].seconds);
      g_assert_cmpuint (faulty_service_count (f->service, "GET", "*/auth/" ANNA_FRONT), ==, expected[i].n);
    }

  fixture_pass (f, 600 - 119 - 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_false (hk_change_get_settled (change));
  g_assert_true (hk_change_get_can_retry (change));
  assert_text (change, "The lock has not confirmed yet (Front door is offline)");
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (hk_key_get_pending (key));

  /* It goes on slowly until the lock is back. */
  faulty_service_forget (f->service);
  fixture_pass (f, 299);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*/auth/" ANNA_FRONT), ==, 0);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_pass (f, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*/auth/" ANNA_FRONT), ==, 1);
  fixture_pass (f, 300);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_refresh_confirms_as_well_as_a_read_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);

  fixture_settle (f);
  nuki_simulator_advance (f->simulator, 1000);
  fixture_refresh (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_refused_value_fails_at_once_and_the_key_moves_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, CLEANING);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *change, *again;

  nuki_key_spec_set_name (spec, "A name with far too many bytes for a code");
  change = hk_account_update_key (f->account, key, NULL, spec);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_INVALID);
  assert_text (change, "Failed: ?*");
  g_assert_cmpstr (hk_key_get_name (key), ==, "Cleaning");
  g_assert_true (hk_key_get_change (key) == change);
  g_assert_false (hk_key_get_pending (key));

  /* A better one takes its place. */
  nuki_key_spec_set_name (spec, "Cleaners");
  again = hk_account_update_key (f->account, key, NULL, spec);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (again), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_failed_change_can_be_retried_or_discarded (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 403, 2);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
  g_assert_true (hk_key_get_enabled (key));

  hk_account_retry (f->account, change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_null (hk_change_get_error (change));
  g_assert_false (hk_key_get_enabled (key));
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);

  hk_account_retry (f->account, change);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);

  /* Neither does anything to a change that is over. */
  hk_account_retry (f->account, change);
  hk_account_discard (f->account, change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 409, 1);
  change = hk_account_switch_key (f->account, key, TRUE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  hk_account_discard (f->account, change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_null (hk_key_get_change (key));
}

static void
test_what_was_already_done_is_not_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  HkChange *change;

  json_object_set_boolean_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "enabled", FALSE);
  nuki_simulator_load (f->simulator, dump, NULL);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
}

static void
test_a_newer_change_replaces_one_that_is_not_confirmed (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *first, *second;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  first = hk_account_switch_key (f->account, key, FALSE);
  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_NOT_CONFIRMED);

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  second = hk_account_switch_key (f->account, key, TRUE);
  fixture_pass (f, 60);
  g_assert_true (hk_change_get_settled (first));
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (hk_key_get_enabled (key));
}

static void
test_properties_tell_what_becomes_of_a_change (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change = hk_account_switch_key (f->account, key, FALSE);
  g_autoptr (GDateTime) asked = NULL;
  g_autoptr (NukiLock) lock = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *name = NULL;
  gboolean settled, can_undo, can_retry;
  guint kind, state;

  g_object_get (change, "kind", &kind, "state", &state, "settled", &settled, "error", &error, "text", &text, "name",
                &name, "asked", &asked, "lock", &lock, "can-undo", &can_undo, "can-retry", &can_retry, NULL);
  g_assert_cmpuint (kind, ==, HK_CHANGE_SWITCH_KEY);
  g_assert_cmpuint (state, ==, HK_CHANGE_WAITING);
  g_assert_false (settled || can_undo || can_retry);
  g_assert_null (error);
  g_assert_cmpstr (text, ==, "Waiting to be sent");
  g_assert_cmpstr (name, ==, "Anna");
  g_assert_cmpstr (hk_change_get_name (change), ==, "Anna");
  g_assert_true (g_date_time_equal (asked, hk_change_get_asked (change)));
  g_assert_true (lock == hk_account_find_lock (f->account, FRONT_DOOR));
  g_assert_cmpint (hk_change_get_lock_id (change), ==, FRONT_DOOR);
  g_assert_cmpint (hk_change_get_user_id (change), ==, ANNA);
  g_assert_cmpstr (hk_change_get_key_id (change), ==, ANNA_FRONT);
}

static void
count (guint *n)
{
  ++*n;
}

static void
test_the_text_changes_with_the_lock (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  guint n = 0;

  fixture_settle (f);
  assert_text (change, "Waiting for the lock");
  g_signal_connect_swapped (change, "notify::text", G_CALLBACK (count), &n);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  fixture_refresh (f);
  g_assert_cmpuint (n, >, 0);
  assert_text (change, "Waiting for the lock (Front door is offline)");
}

static void
test_only_the_last_changes_are_remembered (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (HkChange) newest = NULL;

  for (guint i = 0; i < 250; i++)
    hk_account_discard (f->account, hk_account_switch_key (f->account, key, FALSE));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 200);

  hk_account_switch_key (f->account, key, FALSE);
  newest = g_list_model_get_item (hk_account_get_changes (f->account), 0);
  g_assert_cmpint (hk_change_get_state (newest), ==, HK_CHANGE_WAITING);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/changes/a-switch-is-shown-at-once-and-confirmed-by-a-read-back",
                   test_switch_is_shown_at_once_and_confirmed_by_a_read_back);
  g_test_add_func ("/changes/nothing-is-asked-when-nothing-differs", test_nothing_is_asked_when_nothing_differs);
  g_test_add_func ("/changes/an-update-sends-the-touched-fields-over-the-fresh-record",
                   test_update_sends_the_touched_fields_over_the_fresh_record);
  g_test_add_func ("/changes/code-rights-and-limits-can-be-changed", test_code_rights_and_limits_can_be_changed);
  g_test_add_func ("/changes/switching-back-before-it-is-sent-sends-nothing",
                   test_switching_back_before_it_is_sent_sends_nothing);
  g_test_add_func ("/changes/a-change-waits-for-the-one-before-to-the-same-key",
                   test_a_change_waits_for_the_one_before_to_the_same_key);
  g_test_add_func ("/changes/one-change-per-lock-is-on-its-way-and-other-locks-do-not-wait",
                   test_one_change_per_lock_is_on_its_way_and_other_locks_do_not_wait);
  g_test_add_func ("/changes/read-backs-come-at-growing-intervals-and-end-after-ten-minutes",
                   test_read_backs_come_at_growing_intervals_and_end_after_ten_minutes);
  g_test_add_func ("/changes/a-refresh-confirms-as-well-as-a-read-back",
                   test_a_refresh_confirms_as_well_as_a_read_back);
  g_test_add_func ("/changes/a-refused-value-fails-at-once-and-the-key-moves-back",
                   test_a_refused_value_fails_at_once_and_the_key_moves_back);
  g_test_add_func ("/changes/a-failed-change-can-be-retried-or-discarded",
                   test_a_failed_change_can_be_retried_or_discarded);
  g_test_add_func ("/changes/what-was-already-done-is-not-sent", test_what_was_already_done_is_not_sent);
  g_test_add_func ("/changes/a-newer-change-replaces-one-that-is-not-confirmed",
                   test_a_newer_change_replaces_one_that_is_not_confirmed);
  g_test_add_func ("/changes/properties-tell-what-becomes-of-a-change",
                   test_properties_tell_what_becomes_of_a_change);
  g_test_add_func ("/changes/the-text-changes-with-the-lock", test_the_text_changes_with_the_lock);
  g_test_add_func ("/changes/only-the-last-changes-are-remembered", test_only_the_last_changes_are_remembered);

  return g_test_run ();
}
