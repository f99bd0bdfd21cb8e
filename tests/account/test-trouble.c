/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to keys and locks when the network, the service or the lock is in the way. */

#include <locale.h>

#include "fixture.h"

static void
test_without_a_network_changes_wait_and_go_on_by_themselves (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change, *other;

  faulty_service_set_up (f->service, FALSE);
  change = hk_account_switch_key (f->account, key, FALSE);
  other = hk_account_switch_key (f->account, fixture_find_key (f, BEN_FRONT), TRUE);
  fixture_pass (f, 3600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpint (hk_change_get_state (other), ==, HK_CHANGE_WAITING);
  assert_text (change, "Waiting for the network");
  g_assert_false (hk_key_get_enabled (key));

  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (other), ==, HK_CHANGE_CONFIRMED);
}

static void
test_changes_go_on_as_soon_as_anything_gets_through (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_set_up (f->service, FALSE);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 120);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 0);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
}

static void
test_an_unclear_answer_to_an_update_is_tried_again (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_STATUS, 500 }, { FAULT_APPLY_THEN_STATUS, 502 }, { FAULT_RESET, 0 }, { FAULT_APPLY_THEN_RESET, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkKey *key = fixture_find_key (f, ANNA_FRONT);
      HkChange *change;

      faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, faults[i].fault, faults[i].status, 1);
      change = hk_account_switch_key (f->account, key, FALSE);
      fixture_settle (f);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
      fixture_pass (f, 10);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_false (nuki_key_get_enabled (hk_key_get_record (key)));
    }
}

static void
test_a_service_that_asks_for_silence_gets_it (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change, *other;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 429, 1);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  other = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  faulty_service_forget (f->service);
  fixture_pass (f, 89);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (other), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_key_that_came_back_wider_is_a_failed_change (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_DROP_LIMITS, 0, 1);
  nuki_key_spec_set_name (spec, "Anna M.");
  {
    g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 600);

    nuki_key_spec_set_limits (spec, limits);
  }
  change = hk_account_update_key (f->account, key, NULL, spec);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_text (change, "*more time than you asked for*");
  g_assert_true (nuki_limits_is_always (hk_key_get_limits (key)));

  hk_account_retry (f->account, change);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_key_that_is_gone_is_said_to_be_gone (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  JsonArray *keys = json_object_get_array_member (json_node_get_object (dump), "keys");
  HkChange *change;

  json_array_remove_element (keys, 0);
  nuki_simulator_load (f->simulator, dump, NULL);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);

  /* It stays to be seen with its change, and goes with it. */
  fixture_refresh (f);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  hk_account_discard (f->account, change);
  fixture_pass (f, 3);
  g_assert_null (fixture_find_key (f, ANNA_FRONT));
}

static void
test_a_key_that_goes_while_it_is_read_back_fails (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (JsonNode) edits = json_from_string ("{\"keys\": [{\"id\": \"" ANNA_FRONT "\", \"removed\": true}]}", NULL);
  HkChange *change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);

  fixture_settle (f);
  g_assert_true (nuki_simulator_edit (f->simulator, edits, NULL));
  faulty_service_spoil (f->service, "GET", "*" ANNA_FRONT, FAULT_STATUS, 500, 1);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 4);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
}

static void
test_a_key_that_is_gone_is_said_to_be_gone_also_if_it_is_forbidden (void)
{
  for (guint before = 0; before < 2; before++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);

      if (!before)
        fixture_settle (f);
      fixture_edit (f, "{'keys': [{'id': '" ANNA_FRONT "', 'removed': true}]}");
      faulty_service_spoil (f->service, "GET", "*" ANNA_FRONT, FAULT_STATUS, 403, 1);
      fixture_pass (f, 3);
      g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
    }
}

static void
test_limits_that_are_not_understood_are_not_lost (void)
{
  static const char record[] = "{\"id\": \"" ANNA_FRONT "\", \"smartlockId\": 17618910285, \"accountUserId\": 101, \"type\": 0, "
                               "\"name\": \"Anna\", \"enabled\": true, \"remoteAllowed\": false, \"lockCount\": 0, "
                               "\"allowedUntilDate\": \"next week\", \"allowedWeekDays\": 127, "
                               "\"updateDate\": \"2026-02-13T11:28:04.318Z\"}";
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GBytes) body = g_bytes_new_static (record, strlen (record));
  HkChange *change;

  faulty_service_spoil_body (f->service, "*" ANNA_FRONT, body, 0, 1);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_MALFORMED);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
}

/* A proxy says 404, too. */
static void
test_a_key_that_is_listed_is_not_gone (void)
{
  for (guint before = 0; before < 2; before++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      HkChange *change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);

      if (!before)
        fixture_settle (f);
      faulty_service_spoil (f->service, "GET", "*" ANNA_FRONT, FAULT_STATUS, 404, 2);
      fixture_pass (f, 10);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/*/auth"), ==, before ? 2 : 1);
      g_assert_cmpuint (faulty_service_count (f->service, "POST", "*" ANNA_FRONT), ==, 1);
    }
}

static void
test_a_busy_key_is_tried_again_for_ten_minutes (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 2);
  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 1000);
  change = hk_account_switch_key (f->account, key, TRUE);
  fixture_pass (f, 590);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_LOCKED);
}

static void
test_a_key_is_not_busy_while_nobody_can_be_asked (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*" ANNA_FRONT, FAULT_STATUS, 423, 2);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  faulty_service_set_up (f->service, FALSE);
  fixture_pass (f, 700);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*" ANNA_FRONT), ==, 3);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_key_that_somebody_else_changes_is_left_alone_until_it_rests (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  HkChange *first, *second;

  /* Accepted but given up: for the outbox, somebody else's. */
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  first = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  hk_account_discard (f->account, first);
  g_assert_true (hk_key_get_enabled (key));

  faulty_service_forget (f->service);
  {
    g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

    nuki_key_spec_set_name (spec, "Anna again");
    second = hk_account_update_key (f->account, key, NULL, spec);
  }
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 0);

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (second), ==, HK_CHANGE_CONFIRMED);
}

static void
test_a_lock_gets_another_name_and_becomes_a_favourite (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiLock *lock = hk_account_find_lock (f->account, FLAT);
  g_autoptr (NukiLock) first = NULL;
  HkChange *change = hk_account_update_lock (f->account, lock, NULL, "A flat", TRUE);

  g_assert_true (hk_account_get_lock_change (f->account, lock) == change);
  g_assert_cmpint (hk_change_get_kind (change), ==, HK_CHANGE_UPDATE_LOCK);
  g_assert_true (hk_change_get_lock (change) == lock);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_null (hk_account_get_lock_change (f->account, lock));
  g_assert_cmpstr (nuki_lock_get_name (lock), ==, "A flat");
  first = g_list_model_get_item (hk_account_get_locks (f->account), 0);
  g_assert_true (first == lock);

  faulty_service_spoil (f->service, "POST", "/smartlock/*", FAULT_STATUS, 401, 1);
  change = hk_account_update_lock (f->account, lock, NULL, "B flat", TRUE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_SCOPE);
}

static void
test_a_lock_that_does_not_show_its_name_is_read_again (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  NukiLock *lock = hk_account_find_lock (f->account, FLAT);
  HkChange *change, *later;

  faulty_service_spoil (f->service, "GET", "/smartlock/*", FAULT_NONE, 0, 1);
  faulty_service_spoil (f->service, "GET", "/smartlock/*", FAULT_STATUS, 500, 2);
  change = hk_account_update_lock (f->account, lock, NULL, "A flat", FALSE);
  later = hk_account_update_lock (f->account, lock, NULL, "The flat", FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  assert_text (change, "Saving…");
  g_assert_cmpint (hk_change_get_state (later), ==, HK_CHANGE_WAITING);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (later), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (nuki_lock_get_name (lock), ==, "The flat");
}

static HkChange *
ask (Fixture *f, HkChangeKind kind)
{
  const gint64 lock_id = GARAGE;
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;

  switch (kind)
    {
    case HK_CHANGE_CREATE_KEY:
      hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
      hk_invitation_add_lock (invitation, lock_id);
      changes = hk_account_invite (f->account, invitation);
      return g_ptr_array_index (changes, 0);
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
      return hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
    case HK_CHANGE_DELETE_KEY:
      return hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
    case HK_CHANGE_UPDATE_PERSON:
      return hk_account_update_person (f->account, hk_account_find_person (f->account, BEN), NULL, "Benny",
                                       "ben@example.org", "en");
    case HK_CHANGE_DELETE_PERSON:
      return hk_account_delete_person (f->account, hk_account_find_person (f->account, BEN));
    case HK_CHANGE_UPDATE_LOCK:
    default:
      return hk_account_update_lock (f->account, hk_account_find_lock (f->account, FLAT), NULL, "A flat", TRUE);
    }
}

static void
test_the_account_may_go_while_any_call_is_under_way (void)
{
  static const struct { HkChangeKind kind; const char *method, *path; guint skip, seconds; } calls[] = {
    { HK_CHANGE_CREATE_KEY, "GET", "/account/user", 0, 0 },
    { HK_CHANGE_CREATE_KEY, "PUT", "/account/user", 0, 0 },
    { HK_CHANGE_CREATE_KEY, "GET", "/smartlock/*/auth", 0, 0 },
    { HK_CHANGE_CREATE_KEY, "PUT", "/smartlock/*/auth", 0, 0 },
    { HK_CHANGE_CREATE_KEY, "GET", "/smartlock/*/auth", 1, 2 },
    { HK_CHANGE_SWITCH_KEY, "GET", "/smartlock/*/auth/*", 0, 0 },
    { HK_CHANGE_SWITCH_KEY, "POST", "/smartlock/*/auth/*", 0, 0 },
    { HK_CHANGE_SWITCH_KEY, "GET", "/smartlock/*/auth/*", 1, 2 },
    { HK_CHANGE_DELETE_KEY, "DELETE", "/smartlock/*/auth/*", 0, 7 },
    { HK_CHANGE_DELETE_KEY, "GET", "/smartlock/*/auth/*", 0, 9 },
    { HK_CHANGE_UPDATE_PERSON, "POST", "/account/user/*", 0, 0 },
    { HK_CHANGE_UPDATE_PERSON, "GET", "/account/user/*", 0, 0 },
    { HK_CHANGE_DELETE_PERSON, "DELETE", "/account/user/*", 0, 9 },
    { HK_CHANGE_DELETE_PERSON, "GET", "/account/user/*", 0, 11 },
    { HK_CHANGE_UPDATE_LOCK, "POST", "/smartlock/*", 0, 0 },
    { HK_CHANGE_UPDATE_LOCK, "GET", "/smartlock/*", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (HkChange) change = NULL;
      HkChangeState state;

      change = g_object_ref (ask (f, calls[i].kind));
      if (calls[i].seconds > 0)
        fixture_pass (f, calls[i].seconds - 1);
      g_assert_cmpuint (faulty_service_count (f->service, calls[i].method, calls[i].path), ==, calls[i].skip);
      faulty_service_spoil (f->service, calls[i].method, calls[i].path, FAULT_HANG, 0, 1);
      if (calls[i].seconds > 0)
        {
          nuki_simulator_advance (f->simulator, 1000);
          hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 1000);
        }
      while (faulty_service_count (f->service, calls[i].method, calls[i].path) == calls[i].skip)
        g_main_context_iteration (NULL, TRUE);

      state = hk_change_get_state (change);
      g_assert_finalize_object (f->account);
      while (nuki_client_get_busy (f->client))
        {
          faulty_service_release (f->service);
          g_main_context_iteration (NULL, FALSE);
        }
      g_assert_cmpint (hk_change_get_state (change), ==, state);
      fixture_make_account (f);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/trouble/without-a-network-changes-wait-and-go-on-by-themselves",
                   test_without_a_network_changes_wait_and_go_on_by_themselves);
  g_test_add_func ("/trouble/changes-go-on-as-soon-as-anything-gets-through",
                   test_changes_go_on_as_soon_as_anything_gets_through);
  g_test_add_func ("/trouble/an-unclear-answer-to-an-update-is-tried-again",
                   test_an_unclear_answer_to_an_update_is_tried_again);
  g_test_add_func ("/trouble/a-service-that-asks-for-silence-gets-it",
                   test_a_service_that_asks_for_silence_gets_it);
  g_test_add_func ("/trouble/a-key-that-came-back-wider-is-a-failed-change",
                   test_a_key_that_came_back_wider_is_a_failed_change);
  g_test_add_func ("/trouble/a-key-that-is-gone-is-said-to-be-gone", test_a_key_that_is_gone_is_said_to_be_gone);
  g_test_add_func ("/trouble/limits-that-are-not-understood-are-not-lost", test_limits_that_are_not_understood_are_not_lost);
  g_test_add_func ("/trouble/a-key-that-is-listed-is-not-gone", test_a_key_that_is_listed_is_not_gone);
  g_test_add_func ("/trouble/a-key-that-goes-while-it-is-read-back-fails",
                   test_a_key_that_goes_while_it_is_read_back_fails);
  g_test_add_func ("/trouble/a-key-that-is-gone-is-said-to-be-gone-also-if-it-is-forbidden",
                   test_a_key_that_is_gone_is_said_to_be_gone_also_if_it_is_forbidden);
  g_test_add_func ("/trouble/a-busy-key-is-tried-again-for-ten-minutes",
                   test_a_busy_key_is_tried_again_for_ten_minutes);
  g_test_add_func ("/trouble/a-key-is-not-busy-while-nobody-can-be-asked", test_a_key_is_not_busy_while_nobody_can_be_asked);
  g_test_add_func ("/trouble/a-key-that-somebody-else-changes-is-left-alone-until-it-rests",
                   test_a_key_that_somebody_else_changes_is_left_alone_until_it_rests);
  g_test_add_func ("/locks/a-lock-gets-another-name-and-becomes-a-favourite",
                   test_a_lock_gets_another_name_and_becomes_a_favourite);
  g_test_add_func ("/locks/a-lock-that-does-not-show-its-name-is-read-again",
                   test_a_lock_that_does_not_show_its_name_is_read_again);
  g_test_add_func ("/trouble/the-account-may-go-while-any-call-is-under-way",
                   test_the_account_may_go_while_any_call_is_under_way);

  return g_test_run ();
}
