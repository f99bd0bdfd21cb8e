/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new key for a lock that is offline, when the answer of the service got lost: it may show the key only when the lock is
 * back, so that to ask again could double it. */

#include <locale.h>

#include "fixture.h"

#define HOUR 3600

/* What the service has taken is not listed while the lock is away. */
static HkChange *
ask_unclearly (Fixture *f, Fault fault)
{
  const gint64 lock_id = GARAGE;
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, lock_id);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, FALSE);
  nuki_simulator_set_delay (f->simulator, 48 * HOUR * 1000, 48 * HOUR * 1000);
  faulty_service_forget (f->service);
  faulty_service_spoil (f->service, "PUT", "/smartlock/*", fault, 500, 1);
  changes = hk_account_invite (f->account, invitation);

  return g_ptr_array_index (changes, 0);
}

static void
bring_lock_back (Fixture *f)
{
  nuki_simulator_set_delay (f->simulator, 500, 500);
  nuki_simulator_set_lock_online (f->simulator, GARAGE, TRUE);
  fixture_refresh (f);
}

static guint
count_requests (Fixture *f, const char *method)
{
  return faulty_service_count (f->service, method, "/smartlock/*/auth");
}

static guint
count_parcels (Fixture *f)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);
  JsonArray *keys = json_object_get_array_member (json_node_get_object (dump), "keys");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (keys); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (keys, i), "name"), "Parcels"))
      n++;

  return n;
}

static void
test_it_is_looked_for_as_long_as_the_lock_is_away (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_APPLY_THEN_RESET);
  guint n_looks;

  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  assert_text (change, "*Not known whether the service has it*until Garage is back online*");
  g_assert_true (hk_change_get_can_retry (change));
  g_assert_true (hk_change_get_stuck (change));

  /* Slowly, after the first minutes. */
  fixture_pass (f, HOUR);
  n_looks = count_requests (f, "GET");
  fixture_pass (f, 12 * HOUR);
  g_assert_cmpuint (count_requests (f, "GET") - n_looks, >=, 40);
  g_assert_cmpuint (count_requests (f, "GET") - n_looks, <=, 150);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);

  bring_lock_back (f);
  fixture_pass (f, 900);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);
  g_assert_cmpuint (count_parcels (f), ==, 1);
}

static void
test_it_is_asked_for_again_when_many_looks_did_not_show_it_since_the_lock_is_back (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_RESET);

  fixture_pass (f, HOUR);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);

  bring_lock_back (f);
  assert_text (change, "*Not known whether the service has it – checking");
  faulty_service_forget (f->service);
  fixture_pass (f, 900);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 0);
  fixture_pass (f, 600);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);
  g_assert_cmpuint (count_requests (f, "GET"), >=, 20);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_parcels (f), ==, 1);
}

static void
test_it_is_asked_for_again_at_once_if_the_user_wants_that (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_RESET);

  fixture_pass (f, HOUR);
  hk_account_retry (f->account, change);
  fixture_settle (f);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 2);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  assert_text (change, "Waiting for the lock (Garage is offline)");
}

static void
test_asking_again_does_not_double_what_the_service_has (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_APPLY_THEN_RESET);

  fixture_pass (f, HOUR);
  hk_account_retry (f->account, change);
  fixture_settle (f);
  /* The code is taken: by the first one. */
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
  bring_lock_back (f);
  fixture_pass (f, 900);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (count_parcels (f), ==, 1);
}

static void
test_it_can_be_given_up (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_RESET);

  fixture_pass (f, HOUR);
  hk_account_discard (f->account, change);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  bring_lock_back (f);
  fixture_pass (f, HOUR);
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);
  g_assert_cmpuint (count_parcels (f), ==, 0);
}

static void
test_it_is_looked_for_after_a_restart (void)
{
  for (guint applied = 0; applied < 2; applied++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (HkChange) change = NULL;

      fixture_keep (f);
      fixture_settle (f);
      ask_unclearly (f, applied ? FAULT_APPLY_THEN_RESET : FAULT_RESET);
      fixture_pass (f, HOUR);
      fixture_restart (f);
      fixture_pass (f, 10);
      change = g_list_model_get_item (hk_account_get_changes (f->account), 0);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
      assert_text (change, "*until Garage is back online*");
      fixture_pass (f, 12 * HOUR);
      g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);

      bring_lock_back (f);
      fixture_pass (f, 1500);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (count_requests (f, "PUT"), ==, applied ? 1 : 2);
      g_assert_cmpuint (count_parcels (f), ==, 1);
    }
}

/* What the list says of the lock is from before. */
static void
test_the_lock_is_looked_at_before_anything_is_asked_for_again (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_APPLY_THEN_RESET);

  g_assert_true (nuki_lock_get_online (hk_change_get_lock (change)));
  fixture_pass (f, 20);
  g_assert_false (nuki_lock_get_online (hk_change_get_lock (change)));
  g_assert_cmpuint (count_requests (f, "PUT"), ==, 1);
}

static void
test_other_keys_of_the_lock_do_not_wait_for_it (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkChange *change = ask_unclearly (f, FAULT_APPLY_THEN_RESET);
  HkChange *other;

  fixture_pass (f, 60);
  other = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  fixture_pass (f, 5);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (other), ==, HK_CHANGE_ACCEPTED);
}

#define ADD(name, test) g_test_add_func ("/unclear/" name, test)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("it-is-looked-for-as-long-as-the-lock-is-away", test_it_is_looked_for_as_long_as_the_lock_is_away);
  ADD ("it-is-asked-for-again-when-many-looks-did-not-show-it-since-the-lock-is-back",
       test_it_is_asked_for_again_when_many_looks_did_not_show_it_since_the_lock_is_back);
  ADD ("it-is-asked-for-again-at-once-if-the-user-wants-that",
       test_it_is_asked_for_again_at_once_if_the_user_wants_that);
  ADD ("asking-again-does-not-double-what-the-service-has", test_asking_again_does_not_double_what_the_service_has);
  ADD ("it-can-be-given-up", test_it_can_be_given_up);
  ADD ("it-is-looked-for-after-a-restart", test_it_is_looked_for_after_a_restart);
  ADD ("the-lock-is-looked-at-before-anything-is-asked-for-again",
       test_the_lock_is_looked_at_before_anything_is_asked_for_again);
  ADD ("other-keys-of-the-lock-do-not-wait-for-it", test_other_keys_of_the_lock_do_not_wait_for_it);

  return g_test_run ();
}
