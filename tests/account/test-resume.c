/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application ends in the middle of something, and starts again. */

#include <glib/gstdio.h>
#include <locale.h>

#include "fixture.h"

/* Returns: (transfer none): the change that is @n-th from the end of the list, which is the oldest first */
static HkChange *
get_change (Fixture *f, guint n)
{
  GListModel *changes = hk_account_get_changes (f->account);
  const guint n_changes = g_list_model_get_n_items (changes);
  g_autoptr (HkChange) change = NULL;

  g_assert_cmpuint (n, <, n_changes);
  change = g_list_model_get_item (changes, n_changes - 1 - n);

  return change;
}

static guint
count_changes (Fixture *f)
{
  return g_list_model_get_n_items (hk_account_get_changes (f->account));
}

static gboolean
is_enabled (Fixture *f, const char *key_id)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);

  return json_object_get_boolean_member (fixture_find_record (f, dump, "keys", "id", key_id), "enabled");
}

static void
invite_clara (Fixture *f)
{
  g_autoptr (GPtrArray) changes = fixture_invite_clara (f);

  g_assert_cmpuint (changes->len, ==, 3);
}

static void
assert_clara_has_three_keys (Fixture *f)
{
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 3);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 8);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      HkKey *key = fixture_find_named (f, "Clara", FRONT_DOOR + i);

      g_assert_nonnull (key);
      g_assert_nonnull (hk_key_get_record (key));
      g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (key)), ==, NUKI_TUESDAY);
    }
}

static void
test_what_waited_for_the_network_is_sent_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkKey *key;

  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);

  fixture_restart (f);
  fixture_settle (f);
  /* It is known at once, also without the service. */
  g_assert_cmpuint (count_changes (f), ==, 1);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_WAITING);
  g_assert_cmpint (hk_change_get_kind (get_change (f, 0)), ==, HK_CHANGE_SWITCH_KEY);

  faulty_service_set_up (f->service, TRUE);
  hk_account_refresh (f->account);
  while (hk_account_get_state (f->account) != HK_ACCOUNT_READY)
    g_main_context_iteration (NULL, TRUE);
  key = fixture_find_key (f, ANNA_FRONT);
  g_assert_true (is_enabled (f, ANNA_FRONT));
  g_assert_false (hk_key_get_enabled (key));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_false (is_enabled (f, ANNA_FRONT));
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "/smartlock/*/auth/*"), ==, 1);

  /* It is over. */
  fixture_restart (f);
  fixture_settle (f);
  g_assert_cmpuint (count_changes (f), ==, 0);
}

static void
test_undo_time_goes_on_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, 3);
  fixture_restart (f);
  fixture_settle (f);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  g_assert_nonnull (hk_account_get_undoable (f->account));
  fixture_pass (f, HK_UNDO_SECONDS - 3 - 1);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
  fixture_pass (f, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
  g_assert_null (hk_account_get_undoable (f->account));
  fixture_pass (f, 60);
  g_assert_false (fixture_has_key (f, ANNA_FRONT));
}

static void
test_undo_time_goes_on_after_a_restart_in_a_pause (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GDateTime) paused_until = NULL;

  faulty_service_spoil (f->service, "GET", "*" BEN_FRONT, FAULT_STATUS, 429, 1);
  hk_account_switch_key (f->account, fixture_find_key (f, BEN_FRONT), TRUE);
  fixture_settle (f);
  paused_until = hk_account_dup_paused_until (f->account);
  g_assert_nonnull (paused_until);
  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, 3);
  fixture_restart (f);
  fixture_settle (f);
  g_assert_nonnull (hk_account_get_undoable (f->account));
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
}

static void
test_a_deletion_can_be_undone_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_restart (f);
  fixture_settle (f);
  hk_account_discard (f->account, hk_account_get_undoable (f->account));
  g_assert_nonnull (fixture_find_key (f, ANNA_FRONT));

  /* And stays undone. */
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (count_changes (f), ==, 0);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
}

static void
test_the_undo_time_is_never_longer_than_it_is (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  fixture_restart (f);
  fixture_pass (f, HK_UNDO_SECONDS + 1);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
}

static void
rename_anna (Fixture *f, const char *name)
{
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (spec, name);
  hk_account_update_key (f->account, key, NULL, spec);
}

static void
test_what_was_asked_last_is_done_last_also_if_the_clock_is_put_back (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 2);
  rename_anna (f, "First");
  fixture_settle (f);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  fixture_restart (f);
  fixture_settle (f);
  rename_anna (f, "Second");
  fixture_settle (f);
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpstr (hk_key_get_name (fixture_find_key (f, ANNA_FRONT)), ==, "Second");
  g_assert_false (hk_key_get_pending (fixture_find_key (f, ANNA_FRONT)));
}

static void
test_a_key_was_not_busy_while_nobody_asked (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 2);
  rename_anna (f, "A.");
  fixture_settle (f);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), -3600);
  fixture_restart (f);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
}

static void
test_what_the_lock_has_yet_to_confirm_is_read_back (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_ACCEPTED);
  fixture_restart (f);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 900);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_NOT_CONFIRMED);
  fixture_restart (f);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_false (hk_key_get_enabled (fixture_find_key (f, ANNA_FRONT)));

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "/smartlock/*/auth/*"), ==, 1);
}

static void
test_an_invitation_goes_on_after_any_request (void)
{
  /* It ends before the n-th answer has come. */
  for (guint n = 1;; n++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();
      const guint start = nuki_simulator_get_n_requests (f->simulator);
      gboolean ended = FALSE;

      invite_clara (f);
      while (!ended && nuki_simulator_get_n_requests (f->simulator) < start + n)
        {
          ended = hk_change_get_state (get_change (f, 0)) == HK_CHANGE_CONFIRMED &&
                  hk_change_get_state (get_change (f, 1)) == HK_CHANGE_CONFIRMED &&
                  hk_change_get_state (get_change (f, 2)) == HK_CHANGE_CONFIRMED;
          if (!g_main_context_iteration (NULL, FALSE) && !nuki_client_get_busy (f->client))
            fixture_pass (f, 1);
        }
      fixture_restart (f);
      fixture_pass (f, 120);
      assert_clara_has_three_keys (f);
      if (ended)
        {
          g_assert_cmpuint (n, >, 4);
          break;
        }
      g_assert_cmpuint (n, <, 100);
    }
}

static void
test_what_failed_is_still_there_and_can_be_tried_again (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  faulty_service_spoil (f->service, "POST", "/smartlock/*/auth/*", FAULT_STATUS, 402, 1);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_FAILED);
  fixture_restart (f);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_FAILED);
  g_assert_error (hk_change_get_error (get_change (f, 0)), NUKI_ERROR, NUKI_ERROR_PAYMENT);
  g_assert_true (is_enabled (f, ANNA_FRONT));

  hk_account_retry (f->account, get_change (f, 0));
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_false (is_enabled (f, ANNA_FRONT));
}

static void
test_a_person_is_deleted_after_their_keys_over_restarts (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_restart (f);
  fixture_settle (f);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 1);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_pass (f, 60);
  g_assert_false (fixture_has_key (f, ANNA_FRONT));
  g_assert_true (fixture_has_key (f, ANNA_GARAGE));

  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 2);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_restart (f);
  fixture_pass (f, 900);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 1);
  g_assert_false (fixture_has_key (f, ANNA_GARAGE));
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 2);
}

static void
test_a_deletion_of_a_person_is_undone_as_a_whole_after_a_restart (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_restart (f);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_kind (hk_account_get_undoable (f->account)), ==, HK_CHANGE_DELETE_PERSON);
  hk_account_discard (f->account, hk_account_get_undoable (f->account));
  g_assert_nonnull (fixture_find_key (f, ANNA_FRONT));
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (count_changes (f), ==, 0);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 2);
}

static void
test_changes_to_a_key_that_is_yet_to_be_made_follow_it (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  HkKey *key;

  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, GARAGE);
  changes = hk_account_invite (f->account, invitation);
  while (hk_change_get_state (g_ptr_array_index (changes, 0)) != HK_CHANGE_ACCEPTED)
    g_main_context_iteration (NULL, TRUE);
  hk_account_switch_key (f->account, fixture_find_named (f, "Parcels", GARAGE), FALSE);
  g_clear_pointer (&changes, g_ptr_array_unref);

  fixture_restart (f);
  fixture_settle (f);
  key = fixture_find_named (f, "Parcels", GARAGE);
  g_assert_nonnull (key);
  g_assert_false (hk_key_get_enabled (key));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (get_change (f, 1)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "/smartlock/*/auth"), ==, 1);
}

static void
test_limits_that_got_lost_meanwhile_are_noticed (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  g_assert_false (nuki_limits_is_always (spec->limits));
  nuki_key_spec_set_name (spec, "Anna M.");
  faulty_service_spoil (f->service, "POST", "/smartlock/*/auth/*", FAULT_DROP_LIMITS, 0, 1);
  hk_account_update_key (f->account, key, NULL, spec);
  while (faulty_service_count (f->service, "POST", "*") == 0)
    g_main_context_iteration (NULL, TRUE);
  /* Nobody has heard the answer. */
  nuki_simulator_advance (f->simulator, 60000);
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_FAILED);
  assert_text (get_change (f, 0), "Failed: The lock gave this key more time*");

  hk_account_retry (f->account, get_change (f, 0));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (nuki_limits_equal (hk_key_get_limits (fixture_find_key (f, ANNA_FRONT)), spec->limits));
}

static void
test_nothing_is_sent_before_the_account_is_known (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  fixture_restart (f);
  fixture_settle (f);
  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 500, 1);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 5);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "/smartlock/*/auth/*"), ==, 0);
  fixture_refresh (f);
  fixture_pass (f, 60);
  g_assert_false (is_enabled (f, ANNA_FRONT));
}

static void
test_what_was_asked_for_in_another_account_is_not_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *aside = g_strconcat (path, ".other-20260302-100000", NULL);

  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_true (fixture_is_on_disk (f, "ben@example.org"));
  g_assert_finalize_object (f->account);
  fixture_load (f, "{'account': {'accountId': 5},"
                   " 'locks': [{'smartlockId': 17618910285, 'type': 4, 'accountId': 5, 'name': 'Front door',"
                   "  'serverState': 0}], 'users': [],"
                   " 'keys': [{'id': '647cfac64dd15972f2122e01', 'smartlockId': 17618910285, 'type': 2,"
                   "  'name': 'Anna', 'enabled': true}]}");
  faulty_service_set_up (f->service, TRUE);
  faulty_service_forget (f->service);
  fixture_make_account (f);
  hk_account_open (f->account);
  fixture_pass (f, 60);

  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);
  g_assert_cmpuint (count_changes (f), ==, 0);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (fixture_is_on_disk (f, "Anna"));
  /* Nobody looks there any more for those about whom nothing was asked. */
  g_assert_false (fixture_is_on_disk (f, "ben@example.org"));
  g_assert_nonnull (hk_account_get_journal_notice (f->account));
  g_assert_true (hk_key_get_enabled (fixture_find_key (f, ANNA_FRONT)));
  hk_account_dismiss_journal_notice (f->account);
  g_assert_null (hk_account_get_journal_notice (f->account));

  /* What is asked for now is sent. */
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_false (is_enabled (f, ANNA_FRONT));
}

static void
test_a_token_of_another_account_changes_nothing_there (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *aside = g_strconcat (path, ".other-20260302-100000", NULL);

  /* Asked for in this session, while the token is not accepted any more. */
  nuki_simulator_revoke_token (f->simulator, TOKEN);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  fixture_load (f, "{'account': {'accountId': 5},"
                   " 'locks': [{'smartlockId': 17618910285, 'type': 4, 'accountId': 5, 'name': 'Front door',"
                   "  'serverState': 0}], 'users': [],"
                   " 'keys': [{'id': '647cfac64dd15972f2122e01', 'smartlockId': 17618910285, 'type': 2,"
                   "  'name': 'Anna', 'enabled': true}]}");
  nuki_simulator_add_token (f->simulator, "another-token", NUKI_SIMULATOR_ALL_SCOPES);
  error = fixture_sign_in (f, "another-token", FALSE);
  g_assert_no_error (error);
  fixture_pass (f, 60);
  g_assert_true (is_enabled (f, ANNA_FRONT));
  g_assert_cmpuint (count_changes (f), ==, 0);
  g_assert_nonnull (hk_account_get_journal_notice (f->account));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_false (fixture_is_on_disk (f, "ben@example.org"));
  g_assert_no_error (hk_account_get_journal_error (f->account));

  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_true (is_enabled (f, ANNA_FRONT));
}

/* Not to be told from the account before by its locks: there are none, or they cannot be listed. */
static void
check_nothing_is_taken_for_an_answer (gboolean has_answer)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (HkChange) change = NULL;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  change = g_object_ref (hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT)));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  nuki_simulator_revoke_token (f->simulator, TOKEN);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);

  fixture_load (f, "{'account': {'accountId': 5}, 'locks': [], 'users': [], 'keys': []}");
  nuki_simulator_add_token (f->simulator, "another-token", NUKI_SIMULATOR_ALL_SCOPES);
  g_assert_no_error (fixture_sign_in (f, "another-token", FALSE));
  faulty_service_forget (f->service);
  if (!has_answer)
    faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 500, G_MAXUINT);
  fixture_refresh (f);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "/smartlock/*/auth/*"), ==, 0);

  /* At the next start neither, with what was kept. */
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (count_changes (f), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "/smartlock/*/auth/*"), ==, 0);
}

static void
test_an_account_without_a_lock_confirms_nothing (void)
{
  check_nothing_is_taken_for_an_answer (TRUE);
}

static void
test_keys_without_locks_confirm_nothing (void)
{
  check_nothing_is_taken_for_an_answer (FALSE);
}

/* What a list of keys says of a change may be of another account as long as the locks are not there. */
static void
test_a_list_of_keys_alone_confirms_no_change (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_ACCEPTED);

  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 500, G_MAXUINT);
  fixture_restart (f);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_pass (f, 60);
  fixture_refresh (f);
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (fixture_find_key (f, ANNA_FRONT))));
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_ACCEPTED);

  faulty_service_forget (f->service);
  fixture_refresh (f);
  g_assert_cmpint (hk_change_get_state (get_change (f, 0)), ==, HK_CHANGE_CONFIRMED);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  hk_account_sign_out_finish (HK_ACCOUNT (source), result, &error);
  g_assert_no_error (error);
}

static void
test_signing_out_leaves_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *aside = g_strconcat (path, ".damaged-20260101-120000", NULL);
  g_autofree char *others = g_strconcat (f->folder, "/example.org.db.damaged-20260101-120000", NULL);

  g_assert_true (g_file_set_contents (aside, "", -1, NULL));
  g_assert_true (g_file_set_contents (others, "", -1, NULL));
  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  hk_account_sign_out_async (f->account, NULL, on_signed_out, NULL);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (others, G_FILE_TEST_EXISTS));

  faulty_service_set_up (f->service, TRUE);
  {
    g_autoptr (GError) error = fixture_sign_in (f, TOKEN, FALSE);

    g_assert_no_error (error);
  }
  fixture_pass (f, 60);
  g_assert_cmpuint (count_changes (f), ==, 0);
  g_assert_true (is_enabled (f, ANNA_FRONT));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_false (is_enabled (f, ANNA_FRONT));
}

static void
test_the_token_is_not_in_the_file (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  static const char *const suffixes[] = { "", "-wal" };

  faulty_service_spoil (f->service, "POST", "/smartlock/*/auth/*", FAULT_STATUS, 401, 1);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  invite_clara (f);
  fixture_pass (f, 60);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *data = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (file, &data, &size, NULL));
      g_assert_cmpuint (size, >, 0);
      g_assert_null (g_strstr_len (data, (gssize) size, TOKEN));
      for (gsize j = 0; j + strlen (TOKEN) <= size; j++)
        g_assert_true (memcmp (data + j, TOKEN, strlen (TOKEN)) != 0);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/resume/what-waited-for-the-network-is-sent-after-a-restart",
                   test_what_waited_for_the_network_is_sent_after_a_restart);
  g_test_add_func ("/resume/undo-time-goes-on-after-a-restart", test_undo_time_goes_on_after_a_restart);
  g_test_add_func ("/resume/a-deletion-can-be-undone-after-a-restart", test_a_deletion_can_be_undone_after_a_restart);
  g_test_add_func ("/resume/the-undo-time-is-never-longer-than-it-is", test_the_undo_time_is_never_longer_than_it_is);
  g_test_add_func ("/resume/what-the-lock-has-yet-to-confirm-is-read-back",
                   test_what_the_lock_has_yet_to_confirm_is_read_back);
  g_test_add_func ("/resume/an-invitation-goes-on-after-any-request", test_an_invitation_goes_on_after_any_request);
  g_test_add_func ("/resume/what-failed-is-still-there-and-can-be-tried-again",
                   test_what_failed_is_still_there_and_can_be_tried_again);
  g_test_add_func ("/resume/a-person-is-deleted-after-their-keys-over-restarts",
                   test_a_person_is_deleted_after_their_keys_over_restarts);
  g_test_add_func ("/resume/a-deletion-of-a-person-is-undone-as-a-whole-after-a-restart",
                   test_a_deletion_of_a_person_is_undone_as_a_whole_after_a_restart);
  g_test_add_func ("/resume/changes-to-a-key-that-is-yet-to-be-made-follow-it",
                   test_changes_to_a_key_that_is_yet_to_be_made_follow_it);
  g_test_add_func ("/resume/limits-that-got-lost-meanwhile-are-noticed",
                   test_limits_that_got_lost_meanwhile_are_noticed);
  g_test_add_func ("/resume/nothing-is-sent-before-the-account-is-known",
                   test_nothing_is_sent_before_the_account_is_known);
  g_test_add_func ("/resume/what-was-asked-for-in-another-account-is-not-sent",
                   test_what_was_asked_for_in_another_account_is_not_sent);
  g_test_add_func ("/resume/a-token-of-another-account-changes-nothing-there",
                   test_a_token_of_another_account_changes_nothing_there);
  g_test_add_func ("/resume/an-account-without-a-lock-confirms-nothing",
                   test_an_account_without_a_lock_confirms_nothing);
  g_test_add_func ("/resume/keys-without-locks-confirm-nothing", test_keys_without_locks_confirm_nothing);
  g_test_add_func ("/resume/a-list-of-keys-alone-confirms-no-change", test_a_list_of_keys_alone_confirms_no_change);
  g_test_add_func ("/resume/signing-out-leaves-nothing", test_signing_out_leaves_nothing);
  g_test_add_func ("/resume/the-token-is-not-in-the-file", test_the_token_is_not_in_the_file);
  g_test_add_func ("/resume/what-was-asked-last-is-done-last-also-if-the-clock-is-put-back",
                   test_what_was_asked_last_is_done_last_also_if_the_clock_is_put_back);
  g_test_add_func ("/resume/a-key-was-not-busy-while-nobody-asked", test_a_key_was_not_busy_while_nobody_asked);
  g_test_add_func ("/resume/undo-time-goes-on-after-a-restart-in-a-pause", test_undo_time_goes_on_after_a_restart_in_a_pause);

  return g_test_run ();
}
