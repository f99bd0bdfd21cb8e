/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens at the same time or in the wrong order, and answers that are not true. */

#include <locale.h>

#include "fixture.h"

static void
open_with (Fixture *f, const char *token)
{
  fixture_store_token (f, token);
  hk_account_open (f->account);
  fixture_settle (f);
}

static void
sign_out (Fixture *f)
{
  g_autoptr (GError) error = fixture_sign_out (f);

  g_assert_no_error (error);
}

static HkChange *
rename_key (Fixture *f, const char *key_id, const char *name)
{
  HkKey *key = fixture_find_key (f, key_id);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (spec, name);

  return hk_account_update_key (f->account, key, NULL, spec);
}

static HkChange *
create_code (Fixture *f, gint64 lock_id)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, lock_id);
  changes = hk_account_invite (f->account, invitation);

  return g_ptr_array_index (changes, 0);
}

/* What echo pipes into secret-tool ends with a line break. */
static void
test_a_stored_token_with_a_line_break_is_used_without (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  open_with (f, " " TOKEN "\n");
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_null (hk_account_get_error (f->account));
}

static void
test_a_stored_text_that_is_no_token_is_said_and_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  open_with (f, "not a token");
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_INVALID);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);

  error = fixture_sign_in (f, TOKEN, FALSE);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
}

/* Whichever of the answers comes first. */
static void
test_a_rejected_token_matters_more_than_other_trouble (void)
{
  static const char *const paths[] = { "/account/user", "/smartlock/auth" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();

      nuki_simulator_revoke_token (f->simulator, TOKEN);
      faulty_service_spoil (f->service, "GET", paths[i], FAULT_STATUS, 500, 1);
      fixture_refresh (f);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
      g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
    }
}

/* A service in trouble may refuse a token that is good. */
static void
test_a_rejected_token_is_not_forgotten (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  nuki_simulator_revoke_token (f->simulator, TOKEN);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
  nuki_simulator_add_token (f->simulator, TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_null (hk_account_get_error (f->account));
}

static void
test_changes_that_a_rejected_token_stopped_go_on_with_a_new_one (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GError) error = NULL;
  HkChange *change;

  nuki_simulator_revoke_token (f->simulator, TOKEN);
  nuki_simulator_add_token (f->simulator, "another-token", NUKI_SIMULATOR_ALL_SCOPES);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);

  error = fixture_sign_in (f, "another-token", FALSE);
  g_assert_no_error (error);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

/* Only the name was to change; that the limits went on the way must not pass for “Saved”. */
static void
test_a_new_name_that_cost_the_limits_is_a_failed_change (void)
{
  for (guint by_refresh = 0; by_refresh < 2; by_refresh++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkKey *key = fixture_find_key (f, ANNA_FRONT);
      HkChange *change;

      faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_DROP_LIMITS, 0, 1);
      change = rename_key (f, ANNA_FRONT, "Anna M.");
      fixture_settle (f);
      if (by_refresh)
        {
          nuki_simulator_advance (f->simulator, 1000);
          fixture_refresh (f);
        }
      fixture_pass (f, 2);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
      assert_text (change, "*more time than you asked for*");
      g_assert_true (nuki_limits_is_always (hk_key_get_limits (key)));

      /* Another try gives the limits back. */
      hk_account_retry (f->account, change);
      fixture_pass (f, 4);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpstr (hk_key_get_name (key), ==, "Anna M.");
      g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (key)), ==, NUKI_MONDAY);
    }
}

static void
test_a_list_from_before_does_not_bring_an_old_lock_name_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiLock *lock = hk_account_find_lock (f->account, FLAT);
  HkChange *change;

  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_HANG, 0, 1);
  hk_account_refresh (f->account);
  while (faulty_service_count (f->service, "GET", "/smartlock") == 0)
    g_main_context_iteration (NULL, TRUE);

  change = hk_account_update_lock (f->account, lock, NULL, "A flat", FALSE);
  while (hk_change_get_state (change) != HK_CHANGE_CONFIRMED)
    g_main_context_iteration (NULL, TRUE);
  faulty_service_release (f->service);
  while (hk_account_get_refreshing (f->account))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpstr (nuki_lock_get_name (lock), ==, "A flat");
      g_assert_true (hk_account_find_lock (f->account, FLAT) == lock);
    }
  fixture_refresh (f);
  g_assert_cmpstr (nuki_lock_get_name (lock), ==, "A flat");
}

static void
test_a_list_from_before_does_not_switch_a_key_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change;

  faulty_service_spoil (f->service, "GET", "/smartlock/auth", FAULT_HANG, 0, 1);
  hk_account_refresh (f->account);
  while (faulty_service_count (f->service, "GET", "/smartlock/auth") == 0)
    g_main_context_iteration (NULL, TRUE);

  change = hk_account_switch_key (f->account, key, FALSE);
  while (hk_change_get_state (change) != HK_CHANGE_ACCEPTED)
    g_main_context_iteration (NULL, TRUE);
  nuki_simulator_advance (f->simulator, 2000);
  hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 2000);
  while (hk_change_get_state (change) != HK_CHANGE_CONFIRMED)
    g_main_context_iteration (NULL, TRUE);

  /* The list was made before all that. */
  faulty_service_release (f->service);
  while (hk_account_get_refreshing (f->account))
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_false (hk_key_get_enabled (key));
    }
  fixture_refresh (f);
  g_assert_false (hk_key_get_enabled (key));
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GArray *seen)
{
  const guint numbers[] = { position, removed, added };

  g_array_append_vals (seen, numbers, G_N_ELEMENTS (numbers));
}

/* What is selected or looked at is not taken out and put in again. */
static void
test_a_new_key_is_put_in_and_nothing_taken_out (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  HkChange *change;

  g_signal_connect (hk_account_get_keys (f->account), "items-changed", G_CALLBACK (on_items_changed), seen);
  change = create_code (f, GARAGE);
  fixture_pass (f, 10);
  fixture_refresh (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (seen->len, ==, 3);
  g_assert_cmpuint (g_array_index (seen, guint, 0), ==, 5);
  g_assert_cmpuint (g_array_index (seen, guint, 1), ==, 0);
  g_assert_cmpuint (g_array_index (seen, guint, 2), ==, 1);
}

/* The key of an offline lock stays on the screen, and so does its button. */
static void
test_an_invitation_is_sent_again_once (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  fixture_refresh (f);
  change = hk_account_resend_invitation (f->account, key);
  fixture_pass (f, 10);
  g_assert_true (hk_account_resend_invitation (f->account, key) == change);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 1);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 5);
}

static void
test_a_new_key_belongs_to_one_change (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *first, *second;

  /* Neither is listed while the lock is away, and of the second nobody knows whether it was heard. */
  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  first = create_code (f, GARAGE);
  fixture_settle (f);
  faulty_service_spoil (f->service, "PUT", "*", FAULT_STATUS, 500, 1);
  second = create_code (f, GARAGE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_WAITING);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  nuki_simulator_advance (f->simulator, 2000);
  faulty_service_spoil (f->service, "GET", "/smartlock/auth", FAULT_STATUS, 500, 9);
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (first), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (second), !=, HK_CHANGE_CONFIRMED);
  g_assert_nonnull (hk_change_get_key_id (first));
  g_assert_null (hk_change_get_key_id (second));
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
}

/* Not even the service's refusal of a second one is relied on. */
static void
test_what_was_made_unclearly_is_found_and_not_asked_for_again (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_APPLY_THEN_STATUS, 500 }, { FAULT_APPLY_THEN_RESET, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change;

      faulty_service_spoil (f->service, "PUT", "*", faults[i].fault, faults[i].status, 1);
      change = create_code (f, GARAGE);
      fixture_pass (f, 60);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 1);
      g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
    }
}

static void
test_a_retry_while_the_lock_is_away_asks_for_no_second_key (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  change = create_code (f, GARAGE);
  fixture_pass (f, 601);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);

  for (guint i = 0; i < 2; i++)
    {
      hk_account_retry (f->account, change);
      fixture_pass (f, 601);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
    }
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 1);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
}

/* What is in the way of the second request is the first. */
static void
test_a_retry_while_the_lock_is_away_goes_on_waiting_for_it (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change;

      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
      fixture_refresh (f);
      if (i == 0)
        change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
      else if (i == 1)
        change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
      else
        change = rename_key (f, ANNA_FRONT, "Anna M.");
      fixture_pass (f, HK_UNDO_SECONDS + 601);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);

      hk_account_retry (f->account, change);
      fixture_pass (f, 601);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
      fixture_pass (f, 600);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
    }
}

static HkChange *
invite (Fixture *f, const char *name, int user_id, gint64 lock_id)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, name);
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  spec->user_id = user_id;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, lock_id);
  changes = hk_account_invite (f->account, invitation);

  return g_ptr_array_index (changes, 0);
}

/* Both keys have the same name, and the one that nobody has seen yet is somebody else's. */
static void
test_the_key_of_another_person_is_not_taken_for_the_new_one (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *anna;

  faulty_service_spoil (f->service, "PUT", "*", FAULT_STATUS, 500, 1);
  anna = invite (f, "Guest", ANNA, FLAT);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (anna), ==, HK_CHANGE_WAITING);

  {
    g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
    JsonArray *keys = json_object_get_array_member (json_node_get_object (dump), "keys");
    g_autofree char *text = json_to_string (json_array_get_element (keys, 2), FALSE);
    g_autoptr (JsonNode) fresh = json_from_string (text, NULL);
    JsonObject *key = json_node_get_object (fresh);

    json_object_set_string_member (key, "id", "647cfac64dd15972f2122e0a");
    json_object_set_int_member (key, "smartlockId", FLAT);
    json_object_set_string_member (key, "name", "Guest");
    json_array_add_element (keys, g_steal_pointer (&fresh));
    g_assert_true (nuki_simulator_load (f->simulator, dump, NULL));
  }

  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (anna), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (hk_change_get_key_id (anna), !=, "647cfac64dd15972f2122e0a");
  fixture_refresh (f);
  g_assert_null (hk_key_get_change (fixture_find_key (f, "647cfac64dd15972f2122e0a")));
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 7);
}

static void
test_undoing_the_deletion_of_a_person_does_not_call_an_earlier_one_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *earlier, *person;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  earlier = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_cmpint (hk_change_get_state (earlier), ==, HK_CHANGE_ACCEPTED);

  person = hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  hk_account_discard (f->account, person);
  g_assert_nonnull (fixture_find_key (f, ANNA_FRONT));
  g_assert_cmpint (hk_change_get_state (earlier), ==, HK_CHANGE_ACCEPTED);
  g_assert_true (hk_key_get_pending (fixture_find_key (f, ANNA_GARAGE)));

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (earlier), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
}

/* The search for an invited person is under way when somebody else signs in. */
static void
test_nobody_is_made_in_the_account_that_is_signed_in_next (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
  hk_invitation_add_lock (invitation, GARAGE);
  faulty_service_spoil (f->service, "GET", "/account/user", FAULT_HANG, 0, 1);
  changes = hk_account_invite (f->account, invitation);
  while (faulty_service_count (f->service, "GET", "/account/user") == 0)
    g_main_context_iteration (NULL, TRUE);

  sign_out (f);
  error = fixture_sign_in (f, TOKEN, FALSE);
  g_assert_no_error (error);
  faulty_service_release (f->service);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 0);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 2);
}

/* A proxy in between says 404 as well. */
static void
test_not_found_alone_does_not_mean_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "DELETE", "*", FAULT_STATUS, 404, 1);
  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, HK_UNDO_SECONDS);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
  g_assert_nonnull (fixture_find_key (f, ANNA_FRONT));
  hk_account_discard (f->account, change);

  /* While the lock is away, the key is there, whatever is said about it. */
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  faulty_service_spoil (f->service, "GET", "*" ANNA_FRONT, FAULT_STATUS, 404, 1);
  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_pass (f, HK_UNDO_SECONDS + 3);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
}

static void
test_not_found_alone_does_not_mean_that_a_person_is_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "DELETE", "/account/user/*", FAULT_STATUS, 404, 1);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
  fixture_pass (f, HK_UNDO_SECONDS + 4);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 2);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
  g_assert_nonnull (hk_account_find_person (f->account, BEN));
}

static void
test_a_person_whom_somebody_else_deleted_is_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  JsonArray *keys = json_object_get_array_member (json_node_get_object (dump), "keys");
  HkChange *change;

  json_array_remove_element (keys, 2);
  json_array_remove_element (json_object_get_array_member (json_node_get_object (dump), "users"), 0);
  nuki_simulator_load (f->simulator, dump, NULL);
  change = hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
  fixture_pass (f, HK_UNDO_SECONDS + 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_null (hk_account_find_person (f->account, BEN));
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 1);
}

static void
test_a_clock_that_is_put_back_holds_nothing_up (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *deletion = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));

  fixture_pass (f, HK_UNDO_SECONDS - 1);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  fixture_pass (f, 1);
  g_assert_cmpint (hk_change_get_state (deletion), ==, HK_CHANGE_ACCEPTED);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 3600);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (deletion), ==, HK_CHANGE_CONFIRMED);
}

static void
on_heard_drop (HkAccount **account)
{
  g_clear_object (account);
}

static void
rename_a_key (Fixture *f)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (fixture_find_record (f, dump, "keys", "id", ANNA_FRONT), "name", "Anna B.");
  nuki_simulator_load (f->simulator, dump, &error);
  g_assert_no_error (error);
}

static void
test_an_account_may_go_when_it_tells_something (void)
{
  static const char *const signals[] = { "notify::last-refresh", "notify::refreshing", "keys-updated" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkAccount *account = f->account;
      gpointer alive = account;

      rename_a_key (f);
      g_object_add_weak_pointer (G_OBJECT (account), &alive);
      hk_account_refresh (account);
      g_signal_connect_swapped (account, signals[i], G_CALLBACK (on_heard_drop), &account);
      while (alive != NULL)
        g_main_context_iteration (NULL, TRUE);
      /* The fixture wants to see one end. */
      fixture_make_account (f);
    }
}

static void
on_heard_sign_out (HkAccount *account)
{
  if (hk_account_get_state (account) == HK_ACCOUNT_READY)
    hk_account_sign_out_async (account, NULL, NULL, NULL);
}

static void
test_signing_out_when_something_is_told_is_the_end (void)
{
  static const char *const signals[] = { "notify::last-refresh", "notify::refreshing", "keys-updated" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (GError) error = fixture_sign_in (f, TOKEN, TRUE);

      g_assert_no_error (error);
      fixture_settle (f);
      rename_a_key (f);
      g_signal_connect (f->account, signals[i], G_CALLBACK (on_heard_sign_out), NULL);
      fixture_refresh (f);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
      g_assert_false (hk_account_get_refreshing (f->account));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/races/a-stored-token-with-a-line-break-is-used-without",
                   test_a_stored_token_with_a_line_break_is_used_without);
  g_test_add_func ("/races/a-stored-text-that-is-no-token-is-said-and-kept",
                   test_a_stored_text_that_is_no_token_is_said_and_kept);
  g_test_add_func ("/races/a-rejected-token-matters-more-than-other-trouble",
                   test_a_rejected_token_matters_more_than_other_trouble);
  g_test_add_func ("/races/a-rejected-token-is-not-forgotten", test_a_rejected_token_is_not_forgotten);
  g_test_add_func ("/races/changes-that-a-rejected-token-stopped-go-on-with-a-new-one",
                   test_changes_that_a_rejected_token_stopped_go_on_with_a_new_one);
  g_test_add_func ("/races/a-new-name-that-cost-the-limits-is-a-failed-change",
                   test_a_new_name_that_cost_the_limits_is_a_failed_change);
  g_test_add_func ("/races/a-list-from-before-does-not-bring-an-old-lock-name-back",
                   test_a_list_from_before_does_not_bring_an_old_lock_name_back);
  g_test_add_func ("/races/a-list-from-before-does-not-switch-a-key-back",
                   test_a_list_from_before_does_not_switch_a_key_back);
  g_test_add_func ("/races/a-new-key-is-put-in-and-nothing-taken-out", test_a_new_key_is_put_in_and_nothing_taken_out);
  g_test_add_func ("/races/an-invitation-is-sent-again-once", test_an_invitation_is_sent_again_once);
  g_test_add_func ("/races/a-new-key-belongs-to-one-change", test_a_new_key_belongs_to_one_change);
  g_test_add_func ("/races/what-was-made-unclearly-is-found-and-not-asked-for-again",
                   test_what_was_made_unclearly_is_found_and_not_asked_for_again);
  g_test_add_func ("/races/a-retry-while-the-lock-is-away-asks-for-no-second-key",
                   test_a_retry_while_the_lock_is_away_asks_for_no_second_key);
  g_test_add_func ("/races/a-retry-while-the-lock-is-away-goes-on-waiting-for-it",
                   test_a_retry_while_the_lock_is_away_goes_on_waiting_for_it);
  g_test_add_func ("/races/the-key-of-another-person-is-not-taken-for-the-new-one",
                   test_the_key_of_another_person_is_not_taken_for_the_new_one);
  g_test_add_func ("/races/undoing-the-deletion-of-a-person-does-not-call-an-earlier-one-back",
                   test_undoing_the_deletion_of_a_person_does_not_call_an_earlier_one_back);
  g_test_add_func ("/races/nobody-is-made-in-the-account-that-is-signed-in-next",
                   test_nobody_is_made_in_the_account_that_is_signed_in_next);
  g_test_add_func ("/races/not-found-alone-does-not-mean-deleted", test_not_found_alone_does_not_mean_deleted);
  g_test_add_func ("/races/not-found-alone-does-not-mean-that-a-person-is-deleted",
                   test_not_found_alone_does_not_mean_that_a_person_is_deleted);
  g_test_add_func ("/races/a-person-whom-somebody-else-deleted-is-deleted",
                   test_a_person_whom_somebody_else_deleted_is_deleted);
  g_test_add_func ("/races/a-clock-that-is-put-back-holds-nothing-up",
                   test_a_clock_that_is_put_back_holds_nothing_up);
  g_test_add_func ("/races/an-account-may-go-when-it-tells-something", test_an_account_may_go_when_it_tells_something);
  g_test_add_func ("/races/signing-out-when-something-is-told-is-the-end",
                   test_signing_out_when_something_is_told_is_the_end);

  return g_test_run ();
}
