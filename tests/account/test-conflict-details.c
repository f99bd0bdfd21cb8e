/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody else changes a person or a lock while the user edits it. */

#include <locale.h>

#include "fixture.h"

static NukiUser *
find_ben (Fixture *f)
{
  return hk_account_find_person (f->account, BEN);
}

static NukiLock *
find_flat (Fixture *f)
{
  return hk_account_find_lock (f->account, FLAT);
}

/* The user renames Ben, and somebody else was quicker. */
static HkChange *
rename_ben (Fixture *f, const char *edits)
{
  HkChange *change;

  fixture_edit (f, edits);
  change = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", "en");
  fixture_pass (f, 5);

  return change;
}

static HkChange *
rename_flat (Fixture *f, const char *edits)
{
  HkChange *change;

  fixture_edit (f, edits);
  change = hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", nuki_lock_get_favorite (find_flat (f)));
  fixture_pass (f, 5);

  return change;
}

static void
assert_ben (Fixture *f, const char *name, const char *email, const char *language)
{
  fixture_refresh (f);
  g_assert_cmpstr (nuki_user_get_name (find_ben (f)), ==, name);
  g_assert_cmpstr (nuki_user_get_email (find_ben (f)), ==, email);
  g_assert_cmpstr (nuki_user_get_language (find_ben (f)), ==, language);
}

static void
assert_flat (Fixture *f, const char *name, gboolean favorite)
{
  fixture_refresh (f);
  g_assert_cmpstr (nuki_lock_get_name (find_flat (f)), ==, name);
  g_assert_cmpint (nuki_lock_get_favorite (find_flat (f)), ==, favorite);
}

#define RENAMED_BEN "{'users': [{'accountUserId': 102, 'name': 'Benedict'}]}"
#define RENAMED_FLAT "{'locks': [{'smartlockId': 17618910287, 'name': 'Loft'}]}"

static void
test_fields_that_the_user_did_not_touch_come_from_the_service (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  change = rename_ben (f, "{'users': [{'accountUserId': 102, 'email': 'b@example.net', 'language': 'fr'}]}");
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_ben (f, "Benny", "b@example.net", "fr");

  change = rename_flat (f, "{'locks': [{'smartlockId': 17618910287, 'favorite': true}]}");
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_flat (f, "Attic", TRUE);
}

static void
test_what_both_have_changed_of_a_person_is_asked (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_ben (f, RENAMED_BEN);

  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  assert_text (change, "*changed this person in the meantime*");
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  g_assert_cmpstr (hk_change_get_their_details (change)->name, ==, "Benedict");
  g_assert_cmpstr (hk_change_get_details (change)->name, ==, "Benny");
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);

  /* To try again decides nothing. */
  hk_account_retry (f->account, change);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);

  hk_account_resolve (f->account, change, HK_FIELD_NAME);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_conflict (change), ==, 0);
  assert_ben (f, "Benny", "ben@example.org", "en");
}

static void
test_what_both_have_changed_of_a_lock_is_asked (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = rename_flat (f, RENAMED_FLAT);

  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  assert_text (change, "*changed this lock in the meantime*");
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  g_assert_cmpstr (hk_change_get_their_details (change)->name, ==, "Loft");
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);

  hk_account_resolve (f->account, change, 0);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
  assert_flat (f, "Loft", FALSE);
}

/* Of two fields one is theirs, and the other is only the user's. */
static void
test_theirs_is_kept_where_both_differ_and_the_rest_is_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  fixture_edit (f, RENAMED_BEN);
  change = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", "de");
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);
  hk_account_resolve (f->account, change, 0);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_ben (f, "Benedict", "ben@example.org", "de");
}

static void
test_the_same_from_both_is_no_conflict (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *person = rename_ben (f, "{'users': [{'accountUserId': 102, 'name': 'Benny'}]}");
  HkChange *lock = rename_flat (f, "{'locks': [{'smartlockId': 17618910287, 'name': 'Attic'}]}");

  g_assert_cmpint (hk_change_get_state (person), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (lock), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
}

/* A form that was open while the list learned of the change. */
static void
test_what_counts_is_what_the_form_began_with (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkDetails) seen = hk_account_dup_person_details (f->account, find_ben (f));
  HkChange *change;

  fixture_edit (f, RENAMED_BEN);
  fixture_refresh (f);
  change = hk_account_update_person (f->account, find_ben (f), seen, "Benny", "ben@example.org", NULL);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_conflict (change), ==, HK_FIELD_NAME);

  g_assert_null (hk_account_update_person (f->account, find_ben (f), seen, "Ben", "ben@example.org", NULL));
}

static void
test_what_was_asked_here_before_is_nobody_elses_doing (void)
{
  for (guint lost = 0; lost < 2; lost++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *first, *second, *lock_first, *lock_second;

      if (lost)
        faulty_service_spoil (f->service, "POST", "*", FAULT_APPLY_THEN_STATUS, 403, 2);
      first = hk_account_update_person (f->account, find_ben (f), NULL, "Benedict", "ben@example.org", "fr");
      second = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
      lock_first = hk_account_update_lock (f->account, find_flat (f), NULL, "Loft", TRUE);
      lock_second = hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", TRUE);
      fixture_pass (f, 20);
      g_assert_cmpint (hk_change_get_state (first), ==, lost ? HK_CHANGE_FAILED : HK_CHANGE_CONFIRMED);
      g_assert_cmpint (hk_change_get_state (lock_first), ==, lost ? HK_CHANGE_FAILED : HK_CHANGE_CONFIRMED);
      g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpint (hk_change_get_state (lock_second), ==, HK_CHANGE_CONFIRMED);
      assert_ben (f, "Benny", "ben@example.org", "fr");
      assert_flat (f, "Attic", TRUE);
    }
}

static void
test_what_is_on_its_way_is_taken_for_granted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkDetails) person = NULL;
  g_autoptr (HkDetails) lock = NULL;

  faulty_service_set_up (f->service, FALSE);
  hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
  hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", FALSE);
  person = hk_account_dup_person_details (f->account, find_ben (f));
  lock = hk_account_dup_lock_details (f->account, find_flat (f));
  g_assert_cmpstr (person->name, ==, "Benny");
  g_assert_cmpstr (lock->name, ==, "Attic");
  g_assert_null (hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL));

  /* Back again is something that has to be asked. */
  g_assert_nonnull (hk_account_update_person (f->account, find_ben (f), NULL, "Ben", "ben@example.org", NULL));
  g_assert_nonnull (hk_account_update_lock (f->account, find_flat (f), NULL, "Flat", FALSE));
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 70);
  assert_ben (f, "Ben", "ben@example.org", "en");
  assert_flat (f, "Flat", FALSE);
}

static void
test_what_the_user_saw_is_known_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkChange) lock = NULL;
  g_autoptr (HkChange) person = NULL;

  fixture_keep (f);
  fixture_settle (f);
  faulty_service_set_up (f->service, FALSE);
  hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
  hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", FALSE);
  fixture_pass (f, 5);

  fixture_edit (f, RENAMED_BEN);
  fixture_edit (f, RENAMED_FLAT);
  faulty_service_set_up (f->service, TRUE);
  fixture_restart (f);
  fixture_pass (f, 70);
  lock = g_list_model_get_item (hk_account_get_changes (f->account), 0);
  person = g_list_model_get_item (hk_account_get_changes (f->account), 1);
  g_assert_cmpint (hk_change_get_conflict (lock), ==, HK_FIELD_NAME);
  g_assert_cmpint (hk_change_get_conflict (person), ==, HK_FIELD_NAME);

  /* A conflict that was shown is found again. */
  fixture_restart (f);
  fixture_pass (f, 5);
  g_clear_object (&lock);
  g_clear_object (&person);
  lock = g_list_model_get_item (hk_account_get_changes (f->account), 0);
  person = g_list_model_get_item (hk_account_get_changes (f->account), 1);
  g_assert_cmpint (hk_change_get_conflict (lock), ==, HK_FIELD_NAME);
  g_assert_cmpint (hk_change_get_conflict (person), ==, HK_FIELD_NAME);
  g_assert_error (hk_change_get_error (person), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  hk_account_retry (f->account, person);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_conflict (person), ==, HK_FIELD_NAME);
  hk_account_resolve (f->account, person, HK_FIELD_NAME);
  fixture_pass (f, 5);
  assert_ben (f, "Benny", "ben@example.org", "en");
}

static void
test_what_is_gone_is_said_to_be_gone (void)
{
  static const guint statuses[] = { 0, 403 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *person, *lock;

      fixture_edit (f, "{'users': [{'accountUserId': 102, 'removed': true}]}");
      fixture_edit (f, "{'locks': [{'smartlockId': 17618910287, 'removed': true}]}");
      if (statuses[i] != 0)
        {
          faulty_service_spoil (f->service, "GET", "/account/user/102", FAULT_STATUS, statuses[i], 1);
          faulty_service_spoil (f->service, "GET", "/smartlock/17618910287", FAULT_STATUS, statuses[i], 1);
        }
      person = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
      lock = hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", FALSE);
      g_object_ref (person);
      fixture_pass (f, 5);
      assert_text (person, "*person no longer exists*");
      assert_text (lock, "*lock is no longer in the account*");
      g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
      g_object_unref (person);
    }
}

static void
test_what_is_listed_is_not_said_to_be_gone (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *person, *lock;

  faulty_service_spoil (f->service, "GET", "/account/user/102", FAULT_STATUS, 404, 1);
  faulty_service_spoil (f->service, "GET", "/smartlock/17618910287", FAULT_STATUS, 404, 1);
  person = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
  lock = hk_account_update_lock (f->account, find_flat (f), NULL, "Attic", FALSE);
  fixture_pass (f, 5);
  assert_text (person, "*still lists them*");
  assert_text (lock, "*lists this lock*");

  hk_account_retry (f->account, person);
  hk_account_retry (f->account, lock);
  fixture_pass (f, 5);
  assert_ben (f, "Benny", "ben@example.org", "en");
  assert_flat (f, "Attic", FALSE);
}

static void
test_a_person_is_changed_only_when_it_shows (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "/account/user/102", FAULT_STATUS, 204, 1);
  change = hk_account_update_person (f->account, find_ben (f), NULL, "Benny", "ben@example.org", NULL);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);

  fixture_edit (f, "{'users': [{'accountUserId': 102, 'name': 'Benny'}]}");
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_an_address_in_small_letters_is_the_same (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "/account/user/102", FAULT_STATUS, 204, 1);
  change = hk_account_update_person (f->account, find_ben (f), NULL, "Ben", "Benny@Example.org", NULL);
  fixture_pass (f, 5);
  fixture_edit (f, "{'users': [{'accountUserId': 102, 'email': 'benny@example.org'}]}");
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

#define ADD(name, test) g_test_add_func ("/conflict-details/" name, test)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("fields-that-the-user-did-not-touch-come-from-the-service",
       test_fields_that_the_user_did_not_touch_come_from_the_service);
  ADD ("what-both-have-changed-of-a-person-is-asked", test_what_both_have_changed_of_a_person_is_asked);
  ADD ("what-both-have-changed-of-a-lock-is-asked", test_what_both_have_changed_of_a_lock_is_asked);
  ADD ("theirs-is-kept-where-both-differ-and-the-rest-is-sent",
       test_theirs_is_kept_where_both_differ_and_the_rest_is_sent);
  ADD ("the-same-from-both-is-no-conflict", test_the_same_from_both_is_no_conflict);
  ADD ("what-counts-is-what-the-form-began-with", test_what_counts_is_what_the_form_began_with);
  ADD ("what-was-asked-here-before-is-nobody-elses-doing", test_what_was_asked_here_before_is_nobody_elses_doing);
  ADD ("what-is-on-its-way-is-taken-for-granted", test_what_is_on_its_way_is_taken_for_granted);
  ADD ("what-the-user-saw-is-known-after-a-restart", test_what_the_user_saw_is_known_after_a_restart);
  ADD ("what-is-gone-is-said-to-be-gone", test_what_is_gone_is_said_to_be_gone);
  ADD ("what-is-listed-is-not-said-to-be-gone", test_what_is_listed_is_not_said_to_be_gone);
  ADD ("a-person-is-changed-only-when-it-shows", test_a_person_is_changed_only_when_it_shows);
  ADD ("an-address-in-small-letters-is-the-same", test_an_address_in_small_letters_is_the_same);

  return g_test_run ();
}
