/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody else changes a key while the user edits it. */

#include <locale.h>

#include "fixture.h"

/* The user saw @base, and somebody else was quicker. */
static HkChange *
rename_code (Fixture *f, const char *edits)
{
  HkKey *key = fixture_find_key (f, CLEANING);
  g_autoptr (NukiKeySpec) base = hk_key_dup_spec (key);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *change;

  nuki_key_spec_set_name (spec, "Cleaners");
  fixture_edit (f, edits);
  change = hk_account_update_key (f->account, key, base, spec);
  fixture_pass (f, 5);

  return change;
}

static const char *
get_name (Fixture *f)
{
  fixture_refresh (f);

  return nuki_key_get_name (hk_key_get_record (fixture_find_key (f, CLEANING)));
}

#define RENAMED "{'keys': [{'id': '" CLEANING "', 'name': 'Window cleaner'}]}"

static void
test_fields_that_the_user_did_not_touch_come_from_the_service (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_code (f, "{'keys': [{'id': '" CLEANING "', 'code': 456789, 'allowedWeekDays': 64}]}");
  NukiKey *record = hk_key_get_record (fixture_find_key (f, CLEANING));

  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (nuki_key_get_name (record), ==, "Cleaners");
  g_assert_cmpint (nuki_key_get_code (record), ==, 456789);
  g_assert_cmpint (nuki_limits_get_weekdays (nuki_key_get_limits (record)), ==, NUKI_MONDAY);
}

static void
test_what_both_have_changed_is_asked (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_code (f, RENAMED);

  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  g_assert_cmpstr (hk_change_get_theirs (change)->name, ==, "Window cleaner");
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);

  /* To try again decides nothing. */
  hk_account_retry (f->account, change);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  g_assert_cmpstr (get_name (f), ==, "Window cleaner");
}

static void
test_theirs_stays_if_the_user_wants_that (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_code (f, RENAMED);

  hk_account_resolve (f->account, change, 0);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
  g_assert_cmpstr (get_name (f), ==, "Window cleaner");
}

static void
test_mine_is_sent_if_the_user_wants_that (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_code (f, RENAMED);

  hk_account_resolve (f->account, change, HK_FIELD_NAME);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_conflict (change), ==, 0);
  g_assert_cmpstr (get_name (f), ==, "Cleaners");
}

static void
test_the_same_from_both_is_no_conflict (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_code (f, "{'keys': [{'id': '" CLEANING "', 'name': 'Cleaners'}]}");

  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_what_was_asked_here_before_is_nobody_elses_doing (void)
{
  for (guint lost = 0; lost < 2; lost++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkKey *key = fixture_find_key (f, CLEANING);
      g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
      HkChange *first, *second;

      nuki_key_spec_set_name (spec, "First");
      if (lost)
        faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 403, 1);
      first = hk_account_update_key (f->account, key, NULL, spec);
      nuki_key_spec_set_name (spec, "Second");
      second = hk_account_update_key (f->account, key, NULL, spec);
      fixture_pass (f, 20);
      g_assert_cmpint (hk_change_get_state (first), ==, lost ? HK_CHANGE_FAILED : HK_CHANGE_CONFIRMED);
      g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpstr (get_name (f), ==, "Second");
    }
}

/* The lock is busy with what somebody else has asked for; what comes of that is where the change starts from. */
static void
test_after_a_busy_key_it_starts_from_a_fresh_record (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, CLEANING);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *change;

  nuki_key_spec_set_name (spec, "Cleaners");
  faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 423, 1);
  change = hk_account_update_key (f->account, key, NULL, spec);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  assert_text (change, "Waiting for another change to end");

  fixture_edit (f, "{'keys': [{'id': '" CLEANING "', 'code': 456789}]}");
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (get_name (f), ==, "Cleaners");
  g_assert_cmpint (nuki_key_get_code (hk_key_get_record (key)), ==, 456789);
}

static void
test_what_the_user_saw_is_known_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key;
  g_autoptr (NukiKeySpec) spec = NULL;
  g_autoptr (HkChange) change = NULL;

  fixture_keep (f);
  fixture_settle (f);
  key = fixture_find_key (f, CLEANING);
  spec = hk_key_dup_spec (key);
  nuki_key_spec_set_name (spec, "Cleaners");
  faulty_service_set_up (f->service, FALSE);
  hk_account_update_key (f->account, key, NULL, spec);
  fixture_pass (f, 5);

  fixture_edit (f, RENAMED);
  faulty_service_set_up (f->service, TRUE);
  fixture_restart (f);
  fixture_pass (f, 70);
  change = g_list_model_get_item (hk_account_get_changes (f->account), 0);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
}

/* Theirs is not in the journal. */
static void
test_a_conflict_can_be_compared_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkChange) change = NULL;

  fixture_keep (f);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_conflict (rename_code (f, RENAMED)), ==, HK_FIELD_NAME);
  fixture_restart (f);
  fixture_pass (f, 5);
  change = g_list_model_get_item (hk_account_get_changes (f->account), 0);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  g_assert_cmpstr (hk_change_get_theirs (change)->name, ==, "Window cleaner");
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);

  hk_account_resolve (f->account, change, HK_FIELD_NAME);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (get_name (f), ==, "Cleaners");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/conflict/fields-that-the-user-did-not-touch-come-from-the-service",
                   test_fields_that_the_user_did_not_touch_come_from_the_service);
  g_test_add_func ("/conflict/what-both-have-changed-is-asked", test_what_both_have_changed_is_asked);
  g_test_add_func ("/conflict/theirs-stays-if-the-user-wants-that", test_theirs_stays_if_the_user_wants_that);
  g_test_add_func ("/conflict/mine-is-sent-if-the-user-wants-that", test_mine_is_sent_if_the_user_wants_that);
  g_test_add_func ("/conflict/the-same-from-both-is-no-conflict", test_the_same_from_both_is_no_conflict);
  g_test_add_func ("/conflict/what-was-asked-here-before-is-nobody-elses-doing",
                   test_what_was_asked_here_before_is_nobody_elses_doing);
  g_test_add_func ("/conflict/after-a-busy-key-it-starts-from-a-fresh-record",
                   test_after_a_busy_key_it_starts_from_a_fresh_record);
  g_test_add_func ("/conflict/what-the-user-saw-is-known-after-a-restart",
                   test_what_the_user_saw_is_known_after_a_restart);
  g_test_add_func ("/conflict/a-conflict-can-be-compared-after-a-restart",
                   test_a_conflict_can_be_compared_after_a_restart);

  return g_test_run ();
}
