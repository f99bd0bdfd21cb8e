/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New keys: for somebody known or new, for one lock or several, with everything that can go wrong on the way. */

#include <locale.h>

#include "fixture.h"

static NukiKeySpec *
make_spec (NukiKeyType type, const char *name, int user_id)
{
  NukiKeySpec *spec = nuki_key_spec_new (type, name);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 720);

  spec->user_id = user_id;
  spec->code = type == NUKI_KEY_CODE ? 456789 : 0;
  nuki_key_spec_set_limits (spec, limits);

  return spec;
}

static GPtrArray *
invite (Fixture *f, NukiKeyType type, const char *name, int user_id, const gint64 *lock_ids, gsize n)
{
  g_autoptr (NukiKeySpec) spec = make_spec (type, name, user_id);
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);

  if (type == NUKI_KEY_APP && user_id == 0)
    hk_invitation_set_new_person (invitation, name, "clara@example.org", "fr");
  for (gsize i = 0; i < n; i++)
    hk_invitation_add_lock (invitation, lock_ids[i]);

  return hk_account_invite (f->account, invitation);
}

static HkChange *
create_code (Fixture *f)
{
  const gint64 lock_id = GARAGE;
  g_autoptr (GPtrArray) changes = invite (f, NUKI_KEY_CODE, "Parcels", 0, &lock_id, 1);

  g_assert_cmpuint (changes->len, ==, 1);

  return g_ptr_array_index (changes, 0);
}

static guint
count_keys_named (Fixture *f, const char *name)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  JsonArray *keys = json_object_get_array_member (json_node_get_object (dump), "keys");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (keys, i), "name"), name))
      n++;

  return n;
}

static void
test_new_person_gets_keys_on_two_locks (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  const gint64 lock_ids[] = { FRONT_DOOR, GARAGE };
  g_autoptr (GPtrArray) changes = invite (f, NUKI_KEY_APP, "Clara", 0, lock_ids, 2);
  HkKey *key = fixture_find_named (f, "Clara", FRONT_DOOR);
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);
  g_autoptr (GPtrArray) of_clara = NULL;
  NukiUser *clara;
  int hours;

  /* They are there at once, as asked for. */
  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_nonnull (key);
  g_assert_nonnull (fixture_find_named (f, "Clara", GARAGE));
  g_assert_null (hk_key_get_record (key));
  g_assert_null (hk_key_get_person (key));
  g_assert_cmpint (hk_key_get_key_type (key), ==, NUKI_KEY_APP);
  g_assert_cmpstr (hk_key_get_lock_name (key), ==, "Front door");
  g_assert_true (hk_key_get_enabled (key));
  g_assert_true (hk_key_get_pending (key));
  g_assert_false (hk_key_get_infrastructure (key));
  g_assert_false (hk_key_get_never_used (key));
  g_assert_cmpint (hk_key_get_availability (key, now), ==, HK_KEY_NOT_ON_LOCK);
  g_assert_cmpint (hk_key_get_invitation (key, now, &hours), ==, HK_INVITATION_NONE);
  g_assert_cmpint (hk_change_get_kind (hk_key_get_change (key)), ==, HK_CHANGE_CREATE_KEY);

  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 1)), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "/account/user"), ==, 1);
  clara = hk_key_get_person (key);
  g_assert_cmpstr (nuki_user_get_name (clara), ==, "Clara");
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 3);

  fixture_pass (f, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, i)), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (fixture_find_named (f, "Clara", FRONT_DOOR) == key);
  g_assert_nonnull (hk_key_get_record (key));
  g_assert_cmpint (nuki_key_get_user_id (hk_key_get_record (key)), ==, nuki_user_get_id (clara));
  g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (key)), ==, NUKI_TUESDAY);
  of_clara = hk_account_list_person_keys (f->account, clara);
  g_assert_cmpuint (of_clara->len, ==, 2);
  g_assert_true (g_ptr_array_find (of_clara, key, NULL));
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 2);

  /* A refresh brings no second one. */
  fixture_refresh (f);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 7);
}

static void
test_a_person_who_is_there_is_found_by_address_in_any_case (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = make_spec (NUKI_KEY_APP, "Ben", 0);
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;

  hk_invitation_set_new_person (invitation, "Benjamin", "BEN@example.ORG", "en");
  hk_invitation_add_lock (invitation, GARAGE);
  changes = hk_account_invite (f->account, invitation);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_user_id (g_ptr_array_index (changes, 0)), ==, BEN);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 2);
}

static void
test_a_person_who_appears_meanwhile_is_found_after_the_conflict (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  const gint64 lock_id = GARAGE;
  g_autoptr (GPtrArray) changes = NULL;

  /* The search says nobody, the creation says taken. */
  faulty_service_spoil (f->service, "PUT", "/account/user", FAULT_APPLY_THEN_STATUS, 409, 1);
  changes = invite (f, NUKI_KEY_APP, "Clara", 0, &lock_id, 1);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 3);

  /* Taken, but by nobody who is listed: said so. */
  {
    g_autoptr (Fixture) g = fixture_new_signed_in ();
    g_autoptr (GPtrArray) refused = NULL;

    faulty_service_spoil (g->service, "PUT", "/account/user", FAULT_STATUS, 409, 2);
    refused = invite (g, NUKI_KEY_APP, "Clara", 0, &lock_id, 1);
    fixture_settle (g);
    g_assert_error (hk_change_get_error (g_ptr_array_index (refused, 0)), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  }
}

static void
test_a_person_is_made_once_whatever_happens (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_STATUS, 500 }, { FAULT_APPLY_THEN_STATUS, 500 }, { FAULT_RESET, 0 }, { FAULT_APPLY_THEN_RESET, 0 },
  };
  const gint64 lock_ids[] = { FRONT_DOOR, GARAGE, FLAT };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (GPtrArray) changes = NULL;

      faulty_service_spoil (f->service, "PUT", "/account/user", faults[i].fault, faults[i].status, 1);
      faulty_service_spoil (f->service, "GET", "/account/user", FAULT_STATUS, 503, 1);
      changes = invite (f, NUKI_KEY_APP, "Clara", 0, lock_ids, 3);
      fixture_pass (f, 60);
      for (guint j = 0; j < 3; j++)
        g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, j)), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (fixture_count_records (f, "users"), ==, 3);
      g_assert_cmpuint (count_keys_named (f, "Clara"), ==, 3);
    }
}

static void
test_a_code_is_made_once_whatever_happens (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_STATUS, 500 }, { FAULT_APPLY_THEN_STATUS, 500 }, { FAULT_RESET, 0 }, { FAULT_APPLY_THEN_RESET, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change;

      faulty_service_spoil (f->service, "PUT", "/smartlock/*", faults[i].fault, faults[i].status, 1);
      change = create_code (f);
      fixture_pass (f, 60);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 1);
      g_assert_nonnull (hk_change_get_key_id (change));
    }
}

static void
test_after_an_unclear_answer_it_is_looked_for_three_times_before_it_is_asked_again (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_STATUS, 500, 1);
  change = create_code (f);
  fixture_settle (f);
  faulty_service_forget (f->service);
  fixture_pass (f, 2 + 2 + 3);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/*/auth"), ==, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 0);
  fixture_pass (f, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 1);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
}

static void
test_a_key_that_an_offline_lock_got_unclearly_is_not_asked_for_twice (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_APPLY_THEN_RESET, 0, 1);
  change = create_code (f);
  fixture_pass (f, 30);
  /* The code is taken: by the first one. */
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 1);
}

static void
test_a_code_that_is_taken_fails_and_can_be_edited (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = make_spec (NUKI_KEY_CODE, "Parcels", 0);
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  HkChange *change;
  HkKey *key;

  spec->code = 345678;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  changes = hk_account_invite (f->account, invitation);
  change = g_ptr_array_index (changes, 0);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_CONFLICT);
  key = fixture_find_named (f, "Parcels", FRONT_DOOR);
  g_assert_nonnull (key);
  g_assert_false (hk_key_get_pending (key));

  spec->code = 345679;
  g_assert_true (hk_account_update_key (f->account, key, NULL, spec) == change);
  fixture_pass (f, 3);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (nuki_key_get_code (hk_key_get_record (key)), ==, 345679);
}

static void
test_a_key_without_its_limits_is_switched_off_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;
  HkKey *key;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_DROP_LIMITS, 0, 1);
  change = create_code (f);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*switched off at once*");
  fixture_pass (f, 10);
  key = fixture_find_named (f, "Parcels", GARAGE);
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (hk_key_get_change (key) == change);

  /* Another try corrects the key that is there. */
  hk_account_retry (f->account, change);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (hk_key_get_enabled (key));
  g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (key)), ==, NUKI_TUESDAY);
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 1);
}

static void
test_editing_a_key_that_came_without_its_limits_ends_the_failure (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = NULL;
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_FRIDAY, 540, 720);
  HkChange *change, *update;
  HkKey *key;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_DROP_LIMITS, 0, 1);
  change = create_code (f);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  key = fixture_find_named (f, "Parcels", GARAGE);
  spec = hk_key_dup_spec (key);
  spec->enabled = TRUE;
  nuki_key_spec_set_limits (spec, limits);
  update = hk_account_update_key (f->account, key, NULL, spec);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (update), ==, HK_CHANGE_CONFIRMED);
  g_assert_null (hk_key_get_change (key));
  g_assert_true (nuki_limits_equal (hk_key_get_limits (key), limits));
}

static void
test_a_wide_key_that_cannot_be_switched_off_is_said_loudly (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_DROP_LIMITS, 0, 1);
  faulty_service_spoil (f->service, "POST", "/smartlock/*", FAULT_STATUS, 500, 1);
  faulty_service_spoil (f->service, "POST", "/smartlock/*", FAULT_STATUS, 403, 1);
  change = create_code (f);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*could not be switched off*");
}

static void
test_a_key_that_is_not_sent_yet_can_be_edited_and_deleted (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (NukiKeySpec) spec = NULL;
  HkChange *change;
  HkKey *key;

  faulty_service_set_up (f->service, FALSE);
  change = create_code (f);
  fixture_settle (f);
  key = fixture_find_named (f, "Parcels", GARAGE);
  spec = hk_key_dup_spec (key);
  nuki_key_spec_set_name (spec, "Post");
  g_assert_true (hk_account_update_key (f->account, key, NULL, spec) == change);
  g_assert_cmpstr (hk_key_get_name (key), ==, "Post");
  g_assert_cmpstr (hk_change_get_name (change), ==, "Post");

  g_assert_true (hk_account_delete_key (f->account, key) == change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_null (fixture_find_named (f, "Post", GARAGE));
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpuint (count_keys_named (f, "Post"), ==, 0);
}

static void
test_a_key_can_be_changed_and_deleted_while_it_is_being_made (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *create = create_code (f);
  HkKey *key = fixture_find_named (f, "Parcels", GARAGE);
  HkChange *switched, *deleted;

  fixture_settle (f);
  switched = hk_account_switch_key (f->account, key, FALSE);
  g_assert_false (hk_key_get_enabled (key));
  fixture_pass (f, 1);
  g_assert_cmpint (hk_change_get_state (switched), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (create), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (switched), ==, HK_CHANGE_CONFIRMED);

  create = create_code (f);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (create), ==, HK_CHANGE_FAILED);
  hk_account_discard (f->account, create);

  deleted = hk_account_delete_key (f->account, key);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (deleted), ==, HK_CHANGE_CONFIRMED);
}

static void
test_what_follows_a_key_that_was_not_made_ends_with_it (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *create, *switched;
  HkKey *key;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_STATUS, 402, 1);
  create = create_code (f);
  key = fixture_find_named (f, "Parcels", GARAGE);
  switched = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (create), NUKI_ERROR, NUKI_ERROR_PAYMENT);
  g_assert_error (hk_change_get_error (switched), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
  hk_account_discard (f->account, create);
  hk_account_discard (f->account, switched);
  g_assert_null (fixture_find_named (f, "Parcels", GARAGE));

  faulty_service_set_up (f->service, FALSE);
  create = create_code (f);
  key = fixture_find_named (f, "Parcels", GARAGE);
  switched = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  hk_account_discard (f->account, create);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (switched), ==, HK_CHANGE_DISCARDED);
}

static void
test_deleting_a_key_that_is_being_made_waits_for_its_id (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *create, *deleted;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  create = create_code (f);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (create), ==, HK_CHANGE_ACCEPTED);
  deleted = hk_account_delete_key (f->account, fixture_find_named (f, "Parcels", GARAGE));
  g_assert_cmpint (hk_change_get_kind (deleted), ==, HK_CHANGE_DELETE_KEY);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (deleted), ==, HK_CHANGE_WAITING);

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_pass (f, 120);
  g_assert_cmpint (hk_change_get_state (deleted), ==, HK_CHANGE_CONFIRMED);
  g_assert_true (hk_change_get_settled (create));
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 0);
}

static void
test_a_refresh_that_shows_a_new_key_first_does_not_double_it (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = create_code (f);
  HkKey *key = fixture_find_named (f, "Parcels", GARAGE);

  fixture_settle (f);
  nuki_simulator_advance (f->simulator, 600);
  fixture_refresh (f);
  g_assert_true (fixture_find_named (f, "Parcels", GARAGE) == key);
  g_assert_nonnull (hk_key_get_record (key));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 6);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_new_key_that_is_gone_before_a_retry_is_made_anew (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) dump = NULL;
  HkChange *change;

  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_DROP_LIMITS, 0, 1);
  change = create_code (f);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  dump = nuki_simulator_dump (f->simulator);
  json_array_remove_element (json_object_get_array_member (json_node_get_object (dump), "keys"), 5);
  nuki_simulator_load (f->simulator, dump, NULL);
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 0);

  hk_account_retry (f->account, change);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 1);
}

static void
test_an_invitation_is_sent_again_as_a_new_key (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change = hk_account_resend_invitation (f->account, key);
  HkKey *again;

  g_assert_cmpint (hk_change_get_kind (change), ==, HK_CHANGE_CREATE_KEY);
  g_assert_null (hk_account_get_undoable (f->account));
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*" ANNA_FRONT), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 0);

  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
  again = fixture_find_named (f, "Anna", FRONT_DOOR);
  g_assert_cmpint (nuki_limits_get_weekdays (hk_key_get_limits (again)), ==, NUKI_MONDAY);
  g_assert_true (hk_key_get_person (again) == hk_account_find_person (f->account, ANNA));
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 1);
}

static void
test_sending_again_ends_when_taking_back_is_given_up (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change, *taking;

  faulty_service_spoil (f->service, "DELETE", "*", FAULT_STATUS, 403, 1);
  change = hk_account_resend_invitation (f->account, key);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  taking = hk_key_get_change (key);
  g_assert_cmpint (hk_change_get_state (taking), ==, HK_CHANGE_FAILED);
  hk_account_discard (f->account, taking);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
}

static void
test_a_new_invitation_waits_for_the_old_key_to_go (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  const gint64 lock_id = FRONT_DOOR;
  HkChange *deleted = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  HkChange *code_deleted = hk_account_delete_key (f->account, fixture_find_key (f, CLEANING));
  g_autoptr (GPtrArray) changes = invite (f, NUKI_KEY_APP, "Anna", ANNA, &lock_id, 1);
  g_autoptr (NukiKeySpec) spec = make_spec (NUKI_KEY_CODE, "Cleaners", 0);
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) codes = NULL;

  spec->code = 345678;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  codes = hk_account_invite (f->account, invitation);

  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 15);
  g_assert_cmpint (hk_change_get_state (deleted), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (code_deleted), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (codes, 0)), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_new_key_on_an_offline_lock_is_not_confirmed_after_ten_minutes (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;
  HkKey *key;

  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  fixture_refresh (f);
  change = create_code (f);
  faulty_service_spoil (f->service, "GET", "/smartlock/17618910286/auth", FAULT_STATUS, 500, 1);
  fixture_pass (f, 610);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  key = fixture_find_named (f, "Parcels", GARAGE);
  g_assert_true (hk_key_get_pending (key));
  assert_text (change, "The lock has not confirmed yet (Garage is offline)");

  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  hk_account_retry (f->account, change);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_keys_named (f, "Parcels"), ==, 1);
}

static void
test_an_invitation_is_a_value (void)
{
  g_autoptr (NukiKeySpec) spec = make_spec (NUKI_KEY_APP, "Clara", 0);
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  HkInvitation *copy;

  hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
  hk_invitation_add_lock (invitation, FLAT);
  copy = g_boxed_copy (hk_invitation_get_type (), invitation);
  hk_invitation_add_lock (invitation, GARAGE);
  g_assert_cmpuint (copy->lock_ids->len, ==, 1);
  g_assert_cmpint (g_array_index (copy->lock_ids, gint64, 0), ==, FLAT);
  g_assert_cmpstr (copy->person_name, ==, "Clara");
  g_assert_cmpstr (copy->email, ==, "clara@example.org");
  g_assert_cmpstr (copy->language, ==, "fr");
  g_assert_cmpstr (copy->spec->name, ==, "Clara");
  g_boxed_free (hk_invitation_get_type (), copy);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/create/a-new-person-gets-keys-on-two-locks", test_new_person_gets_keys_on_two_locks);
  g_test_add_func ("/create/a-person-who-is-there-is-found-by-address-in-any-case",
                   test_a_person_who_is_there_is_found_by_address_in_any_case);
  g_test_add_func ("/create/a-person-who-appears-meanwhile-is-found-after-the-conflict",
                   test_a_person_who_appears_meanwhile_is_found_after_the_conflict);
  g_test_add_func ("/create/a-person-is-made-once-whatever-happens", test_a_person_is_made_once_whatever_happens);
  g_test_add_func ("/create/a-code-is-made-once-whatever-happens", test_a_code_is_made_once_whatever_happens);
  g_test_add_func ("/create/after-an-unclear-answer-it-is-looked-for-three-times-before-it-is-asked-again",
                   test_after_an_unclear_answer_it_is_looked_for_three_times_before_it_is_asked_again);
  g_test_add_func ("/create/a-key-that-an-offline-lock-got-unclearly-is-not-asked-for-twice",
                   test_a_key_that_an_offline_lock_got_unclearly_is_not_asked_for_twice);
  g_test_add_func ("/create/a-code-that-is-taken-fails-and-can-be-edited",
                   test_a_code_that_is_taken_fails_and_can_be_edited);
  g_test_add_func ("/create/a-key-without-its-limits-is-switched-off-at-once",
                   test_a_key_without_its_limits_is_switched_off_at_once);
  g_test_add_func ("/create/editing-a-key-that-came-without-its-limits-ends-the-failure",
                   test_editing_a_key_that_came_without_its_limits_ends_the_failure);
  g_test_add_func ("/create/a-wide-key-that-cannot-be-switched-off-is-said-loudly",
                   test_a_wide_key_that_cannot_be_switched_off_is_said_loudly);
  g_test_add_func ("/create/a-key-that-is-not-sent-yet-can-be-edited-and-deleted",
                   test_a_key_that_is_not_sent_yet_can_be_edited_and_deleted);
  g_test_add_func ("/create/a-key-can-be-changed-and-deleted-while-it-is-being-made",
                   test_a_key_can_be_changed_and_deleted_while_it_is_being_made);
  g_test_add_func ("/create/what-follows-a-key-that-was-not-made-ends-with-it",
                   test_what_follows_a_key_that_was_not_made_ends_with_it);
  g_test_add_func ("/create/deleting-a-key-that-is-being-made-waits-for-its-id",
                   test_deleting_a_key_that_is_being_made_waits_for_its_id);
  g_test_add_func ("/create/a-refresh-that-shows-a-new-key-first-does-not-double-it",
                   test_a_refresh_that_shows_a_new_key_first_does_not_double_it);
  g_test_add_func ("/create/a-new-key-that-is-gone-before-a-retry-is-made-anew",
                   test_a_new_key_that_is_gone_before_a_retry_is_made_anew);
  g_test_add_func ("/create/an-invitation-is-sent-again-as-a-new-key", test_an_invitation_is_sent_again_as_a_new_key);
  g_test_add_func ("/create/sending-again-ends-when-taking-back-is-given-up",
                   test_sending_again_ends_when_taking_back_is_given_up);
  g_test_add_func ("/create/a-new-invitation-waits-for-the-old-key-to-go",
                   test_a_new_invitation_waits_for_the_old_key_to_go);
  g_test_add_func ("/create/a-new-key-on-an-offline-lock-is-not-confirmed-after-ten-minutes",
                   test_a_new_key_on_an_offline_lock_is_not_confirmed_after_ten_minutes);
  g_test_add_func ("/create/an-invitation-is-a-value", test_an_invitation_is_a_value);

  return g_test_run ();
}
