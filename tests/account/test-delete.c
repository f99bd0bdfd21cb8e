/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking keys back, deleting people, and undoing both. */

#include <locale.h>

#include "fixture.h"

static guint
count_keys (Fixture *f)
{
  return g_list_model_get_n_items (hk_account_get_keys (f->account));
}

static guint
count_people (Fixture *f)
{
  return g_list_model_get_n_items (hk_account_get_people (f->account));
}

static void
test_a_deleted_key_goes_at_once_and_is_sent_when_undo_time_is_over (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkKey) key = g_object_ref (fixture_find_key (f, ANNA_GARAGE));
  HkChange *change = hk_account_delete_key (f->account, key);

  g_assert_null (fixture_find_key (f, ANNA_GARAGE));
  g_assert_true (hk_account_get_undoable (f->account) == change);
  g_assert_true (hk_change_get_can_undo (change));
  assert_text (change, "Deleting…");
  g_assert_true (hk_account_delete_key (f->account, key) == change);

  fixture_pass (f, HK_UNDO_SECONDS - 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
  fixture_pass (f, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  g_assert_null (hk_account_get_undoable (f->account));
  g_assert_false (hk_change_get_can_undo (change));
  assert_text (change, "Deleting – waiting for the lock");
  g_assert_null (fixture_find_key (f, ANNA_GARAGE));

  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_text (change, "Deleted");
  g_assert_false (fixture_has_key (f, ANNA_GARAGE));
  fixture_refresh (f);
  g_assert_cmpuint (count_keys (f), ==, 4);
}

static void
test_undo_brings_the_key_back_and_sends_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change = hk_account_delete_key (f->account, key);

  fixture_pass (f, 3);
  hk_account_discard (f->account, change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  g_assert_null (hk_key_get_change (key));
  g_assert_null (hk_account_get_undoable (f->account));
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
}

static void
test_the_newest_deletion_is_undone_first (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *first = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  HkChange *second = hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT));

  g_assert_true (hk_account_get_undoable (f->account) == second);
  hk_account_discard (f->account, second);
  g_assert_true (hk_account_get_undoable (f->account) == first);
  hk_account_discard (f->account, first);
  g_assert_null (hk_account_get_undoable (f->account));
}

static void
test_a_key_on_an_offline_lock_comes_back_and_says_why (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_GARAGE);
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  change = hk_account_delete_key (f->account, key);
  g_assert_null (fixture_find_key (f, ANNA_GARAGE));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_true (fixture_find_key (f, ANNA_GARAGE) == key);
  g_assert_true (hk_key_get_change (key) == change);
  assert_text (change, "Deleting – waiting for the lock (Garage is offline)");

  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  assert_text (change, "Deleting – the lock has not confirmed yet (Garage is offline)");

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_refresh (f);
  assert_text (change, "Deleting – the lock has not confirmed yet");
  g_assert_true (fixture_find_key (f, ANNA_GARAGE) == key);

  /* The list is as good as a read-back. */
  nuki_simulator_advance (f->simulator, 2000);
  fixture_refresh (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_null (fixture_find_key (f, ANNA_GARAGE));
}

static void
test_a_key_that_the_service_keeps_comes_back_as_failed (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change;

  faulty_service_spoil (f->service, "DELETE", "*", FAULT_STATUS, 403, 1);
  change = hk_account_delete_key (f->account, key);
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  assert_text (change, "Failed: *");

  hk_account_retry (f->account, change);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  assert_text (change, "Deleting – waiting to be sent");
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_deleting_goes_on_after_unclear_answers (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_STATUS, 500 }, { FAULT_APPLY_THEN_STATUS, 500 }, { FAULT_RESET, 0 }, { FAULT_APPLY_THEN_RESET, 0 },
    { FAULT_STATUS, 423 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change;

      faulty_service_spoil (f->service, "DELETE", "*", faults[i].fault, faults[i].status, 1);
      change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
      fixture_pass (f, 30);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_false (fixture_has_key (f, ANNA_FRONT));
    }
}

static void
test_a_key_that_is_gone_already_is_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  HkChange *change;

  json_array_remove_element (json_object_get_array_member (json_node_get_object (dump), "keys"), 0);
  nuki_simulator_load (f->simulator, dump, NULL);
  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

/* 403 is what is documented for a key that the account does not have. */
static void
test_a_key_that_somebody_else_deleted_is_deleted_also_if_that_is_forbidden (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  fixture_edit (f, "{'keys': [{'id': '" ANNA_FRONT "', 'removed': true}]}");
  faulty_service_spoil (f->service, "DELETE", "*" ANNA_FRONT, FAULT_STATUS, 403, 1);
  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_what_is_not_in_the_list_is_gone_whatever_else_is_answered (void)
{
  static const guint statuses[] = { 400, 403, 500 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));

      faulty_service_spoil (f->service, "GET", "*/auth/" ANNA_FRONT, FAULT_STATUS, statuses[i], 2);
      faulty_service_spoil (f->service, "GET", "*/auth", FAULT_STATUS, 500, 1);
      fixture_pass (f, HK_UNDO_SECONDS + 2);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
      fixture_pass (f, 4);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
    }
}

static void
test_deleting_ends_what_else_was_asked_for_the_key (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_GARAGE);
  HkChange *switched, *updated, *deleted, *failed;
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 400, 1);
  failed = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (failed), ==, HK_CHANGE_FAILED);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  nuki_key_spec_set_name (spec, "A.");
  updated = hk_account_update_key (f->account, key, NULL, spec);
  switched = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  deleted = hk_account_delete_key (f->account, key);
  g_assert_cmpint (hk_change_get_state (failed), ==, HK_CHANGE_DISCARDED);
  g_assert_cmpint (hk_change_get_state (updated), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpint (hk_change_get_state (updated), ==, HK_CHANGE_DISCARDED);
  g_assert_cmpint (hk_change_get_state (switched), ==, HK_CHANGE_DISCARDED);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (deleted), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_refresh_that_began_before_does_not_bring_a_key_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));

  fixture_pass (f, HK_UNDO_SECONDS);
  /* The list is made now, and its answer comes later. */
  faulty_service_spoil (f->service, "GET", "/smartlock/auth*", FAULT_HANG, 0, 1);
  hk_account_refresh (f->account);
  while (faulty_service_count (f->service, "GET", "/smartlock/auth*") == 0)
    g_main_context_iteration (NULL, TRUE);
  hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 2000);
  nuki_simulator_advance (f->simulator, 2000);
  while (hk_change_get_state (change) != HK_CHANGE_CONFIRMED)
    g_main_context_iteration (NULL, TRUE);

  /* Another one is needed, and comes by itself. */
  faulty_service_forget (f->service);
  hk_account_refresh (f->account);
  while (hk_account_get_refreshing (f->account))
    {
      faulty_service_release (f->service);
      g_main_context_iteration (NULL, FALSE);
      g_assert_null (fixture_find_key (f, ANNA_FRONT));
    }
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/auth*"), >=, 1);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  g_assert_cmpuint (count_keys (f), ==, 4);
}

static void
test_a_person_goes_when_their_keys_are_gone (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *anna = hk_account_find_person (f->account, ANNA);
  HkChange *change = hk_account_delete_person (f->account, anna);

  g_assert_cmpint (hk_change_get_kind (change), ==, HK_CHANGE_DELETE_PERSON);
  g_assert_cmpstr (hk_change_get_name (change), ==, "Anna");
  g_assert_cmpuint (count_people (f), ==, 1);
  g_assert_cmpuint (count_keys (f), ==, 3);
  g_assert_true (hk_account_get_undoable (f->account) == change);
  g_assert_true (hk_account_get_person_change (f->account, anna) == change);
  g_assert_true (hk_account_delete_person (f->account, anna) == change);
  assert_text (change, "Deleting…");

  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "/smartlock/auth"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "/account/*"), ==, 0);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  assert_text (change, "Deleting – the keys are taken back first");

  fixture_pass (f, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "/account/*"), ==, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  assert_text (change, "Deleting…");
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 1);
  g_assert_null (hk_account_find_person (f->account, ANNA));
  g_assert_cmpuint (count_people (f), ==, 1);
}

static void
test_one_undo_brings_a_person_and_all_keys_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *anna = hk_account_find_person (f->account, ANNA);
  HkChange *change = hk_account_delete_person (f->account, anna);

  hk_account_discard (f->account, change);
  g_assert_cmpuint (count_people (f), ==, 2);
  g_assert_cmpuint (count_keys (f), ==, 5);
  g_assert_null (hk_account_get_undoable (f->account));
  g_assert_null (hk_account_get_person_change (f->account, anna));
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
}

static void
test_a_person_comes_back_with_a_key_that_cannot_be_taken_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change, *part;
  HkKey *key;

  faulty_service_spoil (f->service, "DELETE", "/smartlock/auth", FAULT_STATUS, 403, 1);
  faulty_service_spoil (f->service, "DELETE", "*" ANNA_GARAGE, FAULT_STATUS, 403, 1);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_pass (f, HK_UNDO_SECONDS + 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
  g_assert_cmpuint (count_people (f), ==, 2);
  key = fixture_find_key (f, ANNA_GARAGE);
  part = hk_key_get_change (key);
  g_assert_cmpint (hk_change_get_state (part), ==, HK_CHANGE_FAILED);
  g_assert_false (fixture_has_key (f, ANNA_FRONT));

  hk_account_retry (f->account, change);
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 1);
}

static void
test_retrying_the_key_alone_lets_the_person_go_on (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "DELETE", "/smartlock/auth", FAULT_STATUS, 403, 1);
  faulty_service_spoil (f->service, "DELETE", "*" ANNA_GARAGE, FAULT_STATUS, 403, 1);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_pass (f, HK_UNDO_SECONDS);
  hk_account_retry (f->account, hk_key_get_change (fixture_find_key (f, ANNA_GARAGE)));
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_giving_up_a_key_keeps_the_person (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "DELETE", "/smartlock/auth", FAULT_STATUS, 403, 1);
  faulty_service_spoil (f->service, "DELETE", "*" ANNA_GARAGE, FAULT_STATUS, 403, 1);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_pass (f, HK_UNDO_SECONDS);
  hk_account_discard (f->account, hk_key_get_change (fixture_find_key (f, ANNA_GARAGE)));
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 2);
  g_assert_cmpuint (count_people (f), ==, 2);
}

static void
test_a_person_waits_for_a_lock_that_is_offline (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  g_assert_cmpuint (count_people (f), ==, 1);
  fixture_pass (f, HK_UNDO_SECONDS + 2);
  g_assert_cmpuint (count_people (f), ==, 2);
  g_assert_nonnull (fixture_find_key (f, ANNA_GARAGE));

  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  assert_text (change, "Not deleted yet – not every lock has confirmed");
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "/account/*"), ==, 0);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 700);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_new_details_of_a_person_who_goes_are_not_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *ben = hk_account_find_person (f->account, BEN);
  g_autoptr (HkChange) update = NULL;
  g_autoptr (HkChange) change = NULL;

  faulty_service_set_up (f->service, FALSE);
  update = g_object_ref (hk_account_update_person (f->account, ben, NULL, "Benjamin", "ben@example.org", "en"));
  change = g_object_ref (hk_account_delete_person (f->account, ben));
  fixture_pass (f, HK_UNDO_SECONDS - 1);
  g_assert_cmpint (hk_change_get_state (update), ==, HK_CHANGE_WAITING);
  hk_account_discard (f->account, change);
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (update), ==, HK_CHANGE_WAITING);

  g_clear_object (&change);
  change = g_object_ref (hk_account_delete_person (f->account, ben));
  fixture_pass (f, 120);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (hk_change_get_settled (update));
  g_assert_false (hk_change_get_can_retry (update));
}

static void
test_details_that_were_taken_end_with_the_person (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (HkChange) update = NULL;

  /* Somebody else deletes Ben before it is known what became of his new name. */
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_NONE, 0, 1);
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_STATUS, 500, 1);
  update = g_object_ref (hk_account_update_person (f->account, hk_account_find_person (f->account, BEN), NULL,
                                                   "Benjamin", "ben@example.org", "en"));
  while (faulty_service_count (f->service, "GET", "/account/user/*") < 2)
    g_main_context_iteration (NULL, TRUE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (update), ==, HK_CHANGE_ACCEPTED);
  fixture_load (f, "{'locks': [], 'users': [], 'keys': []}");
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (update), ==, HK_CHANGE_FAILED);
  assert_text (update, "Failed: This person no longer exists.");
  g_assert_null (hk_account_find_person (f->account, BEN));
}

static void
test_a_person_without_keys_and_one_whose_keys_are_on_their_way_out (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *key_change = hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT));
  HkChange *person_change = hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
  HkChange *accepted;

  /* The pending deletion of the key becomes a part. */
  g_assert_cmpint (hk_change_get_state (key_change), ==, HK_CHANGE_DISCARDED);
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (person_change), ==, HK_CHANGE_CONFIRMED);

  accepted = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpint (hk_change_get_state (accepted), ==, HK_CHANGE_ACCEPTED);
  person_change = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (accepted), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (person_change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_people (f), ==, 0);
}

static void
test_an_invitation_to_a_person_who_goes_is_not_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Ben");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  HkChange *change;

  spec->user_id = BEN;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, GARAGE);
  faulty_service_set_up (f->service, FALSE);
  changes = hk_account_invite (f->account, invitation);
  fixture_settle (f);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_DISCARDED);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 0);
}

static void
test_a_person_that_the_service_keeps_fails_and_can_be_asked_anew (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *ben = hk_account_find_person (f->account, BEN);
  HkChange *change, *again;

  faulty_service_spoil (f->service, "DELETE", "/account/*", FAULT_STATUS, 423, 1);
  faulty_service_spoil (f->service, "DELETE", "/account/*", FAULT_STATUS, 403, 1);
  change = hk_account_delete_person (f->account, ben);
  fixture_pass (f, 30);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
  g_assert_cmpuint (count_people (f), ==, 2);

  again = hk_account_delete_person (f->account, ben);
  g_assert_true (again != change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  fixture_pass (f, 30);
  g_assert_cmpint (hk_change_get_state (again), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_person_who_is_not_in_the_list_is_gone (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));

  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_RESET, 0, 1);
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_STATUS, 403, 2);
  faulty_service_spoil (f->service, "GET", "/account/user", FAULT_STATUS, 500, 1);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_details_of_a_person_are_changed_in_order (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiUser *ben = hk_account_find_person (f->account, BEN);
  HkChange *first, *second;

  faulty_service_spoil (f->service, "POST", "/account/*", FAULT_STATUS, 500, 1);
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_NONE, 0, 2);
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_STATUS, 500, 1);
  first = hk_account_update_person (f->account, ben, NULL, "Benjamin", "ben@example.org", "fr");
  second = hk_account_update_person (f->account, ben, NULL, "Benny", "benny@example.org", "fr");
  g_assert_true (hk_account_get_person_change (f->account, ben) == second);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_ACCEPTED);
  assert_text (first, "Saving…");
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (nuki_user_get_name (ben), ==, "Benny");
  g_assert_cmpstr (nuki_user_get_email (ben), ==, "benny@example.org");

  second = hk_account_update_person (f->account, ben, NULL, "Benny", "anna@example.org", NULL);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (second), NUKI_ERROR, NUKI_ERROR_CONFLICT);
}

static void
test_details_that_are_not_read_back_are_not_confirmed (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_NONE, 0, 1);
  faulty_service_spoil (f->service, "GET", "/account/user/*", FAULT_STATUS, 500, 1000);
  change = hk_account_update_person (f->account, hk_account_find_person (f->account, BEN), NULL, "Benny",
                                     "ben@example.org", "en");
  fixture_pass (f, 630);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  assert_text (change, "Not confirmed yet");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/delete/a-deleted-key-goes-at-once-and-is-sent-when-undo-time-is-over",
                   test_a_deleted_key_goes_at_once_and_is_sent_when_undo_time_is_over);
  g_test_add_func ("/delete/undo-brings-the-key-back-and-sends-nothing",
                   test_undo_brings_the_key_back_and_sends_nothing);
  g_test_add_func ("/delete/the-newest-deletion-is-undone-first", test_the_newest_deletion_is_undone_first);
  g_test_add_func ("/delete/a-key-on-an-offline-lock-comes-back-and-says-why",
                   test_a_key_on_an_offline_lock_comes_back_and_says_why);
  g_test_add_func ("/delete/a-key-that-the-service-keeps-comes-back-as-failed",
                   test_a_key_that_the_service_keeps_comes_back_as_failed);
  g_test_add_func ("/delete/deleting-goes-on-after-unclear-answers", test_deleting_goes_on_after_unclear_answers);
  g_test_add_func ("/delete/a-key-that-is-gone-already-is-deleted", test_a_key_that_is_gone_already_is_deleted);
  g_test_add_func ("/delete/a-key-that-somebody-else-deleted-is-deleted-also-if-that-is-forbidden",
                   test_a_key_that_somebody_else_deleted_is_deleted_also_if_that_is_forbidden);
  g_test_add_func ("/delete/what-is-not-in-the-list-is-gone-whatever-else-is-answered",
                   test_what_is_not_in_the_list_is_gone_whatever_else_is_answered);
  g_test_add_func ("/delete/deleting-ends-what-else-was-asked-for-the-key",
                   test_deleting_ends_what_else_was_asked_for_the_key);
  g_test_add_func ("/delete/a-refresh-that-began-before-does-not-bring-a-key-back",
                   test_a_refresh_that_began_before_does_not_bring_a_key_back);
  g_test_add_func ("/delete/a-person-goes-when-their-keys-are-gone", test_a_person_goes_when_their_keys_are_gone);
  g_test_add_func ("/delete/one-undo-brings-a-person-and-all-keys-back",
                   test_one_undo_brings_a_person_and_all_keys_back);
  g_test_add_func ("/delete/a-person-comes-back-with-a-key-that-cannot-be-taken-back",
                   test_a_person_comes_back_with_a_key_that_cannot_be_taken_back);
  g_test_add_func ("/delete/retrying-the-key-alone-lets-the-person-go-on",
                   test_retrying_the_key_alone_lets_the_person_go_on);
  g_test_add_func ("/delete/giving-up-a-key-keeps-the-person", test_giving_up_a_key_keeps_the_person);
  g_test_add_func ("/delete/a-person-waits-for-a-lock-that-is-offline",
                   test_a_person_waits_for_a_lock_that_is_offline);
  g_test_add_func ("/delete/new-details-of-a-person-who-goes-are-not-sent",
                   test_new_details_of_a_person_who_goes_are_not_sent);
  g_test_add_func ("/delete/details-that-were-taken-end-with-the-person",
                   test_details_that_were_taken_end_with_the_person);
  g_test_add_func ("/delete/a-person-without-keys-and-one-whose-keys-are-on-their-way-out-go",
                   test_a_person_without_keys_and_one_whose_keys_are_on_their_way_out);
  g_test_add_func ("/delete/an-invitation-to-a-person-who-goes-is-not-sent",
                   test_an_invitation_to_a_person_who_goes_is_not_sent);
  g_test_add_func ("/delete/a-person-that-the-service-keeps-fails-and-can-be-asked-anew",
                   test_a_person_that_the_service_keeps_fails_and_can_be_asked_anew);
  g_test_add_func ("/delete/a-person-who-is-not-in-the-list-is-gone", test_a_person_who_is_not_in_the_list_is_gone);
  g_test_add_func ("/people/details-of-a-person-are-changed-in-order", test_details_of_a_person_are_changed_in_order);
  g_test_add_func ("/people/details-that-are-not-read-back-are-not-confirmed",
                   test_details_that_are_not_read_back_are_not_confirmed);

  return g_test_run ();
}
