/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of many keys at once: with how few requests it is sent and looked for, and what becomes of each key when a
 * request fails. */

#include "fixture.h"

static const char *const front_keys[] = { ANNA_FRONT, BEN_FRONT, CLEANING };

static GPtrArray *
find_keys (Fixture *f, const char *const *ids, guint n)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (keys, g_object_ref (fixture_find_key (f, ids[i])));

  return keys;
}

/* One of them is off already. */
static GPtrArray *
switch_off_all (Fixture *f)
{
  static const char *const ids[] = { ANNA_FRONT, ANNA_GARAGE, BEN_FRONT, CLEANING };
  g_autoptr (GPtrArray) keys = find_keys (f, ids, G_N_ELEMENTS (ids));
  GPtrArray *changes = hk_account_switch_keys (f->account, keys, FALSE);

  g_assert_cmpuint (changes->len, ==, 3);

  return changes;
}

static void
assert_states (GPtrArray *changes, HkChangeState state)
{
  for (guint i = 0; i < changes->len; i++)
    g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, i)), ==, state);
}

static GPtrArray *
invite_person (Fixture *f, const char *name)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, name);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 720);
  g_autofree char *email = g_strdup_printf ("%s@example.org", name);
  g_autoptr (HkInvitation) invitation = NULL;

  nuki_key_spec_set_limits (spec, limits);
  invitation = hk_invitation_new (spec);
  hk_invitation_set_new_person (invitation, name, email, "en");
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  hk_invitation_add_lock (invitation, GARAGE);
  hk_invitation_add_lock (invitation, FLAT);

  return hk_account_invite (f->account, invitation);
}

/* Ben is there already. */
static GPtrArray *
invite_three_people (Fixture *f)
{
  static const char *const names[] = { "Clara", "ben", "Dora" };
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPtrArray) changes = invite_person (f, names[i]);

      g_ptr_array_extend (all, changes, (GCopyFunc) (GCallback) g_object_ref, NULL);
    }

  return all;
}

static void
test_keys_on_several_locks_are_switched_with_one_request (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = switch_off_all (f);
  NukiLimits *limits;

  g_assert_false (hk_key_get_enabled (fixture_find_key (f, ANNA_FRONT)));
  fixture_settle (f);
  assert_states (changes, HK_CHANGE_ACCEPTED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/auth"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "*"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "/smartlock/auth"), ==, 1);

  /* One list confirms all of them, and the limits are still there. */
  fixture_pass (f, 2);
  assert_states (changes, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*"), ==, 2);
  limits = hk_key_get_limits (fixture_find_key (f, CLEANING));
  g_assert_cmpint (nuki_limits_get_weekdays (limits), ==, 126);
}

static void
test_keys_to_one_lock_are_looked_for_in_its_list (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) keys = find_keys (f, front_keys, G_N_ELEMENTS (front_keys));
  g_autoptr (GPtrArray) changes = hk_account_switch_keys (f->account, keys, FALSE);

  g_assert_cmpuint (changes->len, ==, 2);
  fixture_pass (f, 2);
  assert_states (changes, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*"), ==, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/17618910285/auth"), ==, 2);
}

static void
test_keys_are_taken_back_with_one_request_and_one_undo_time (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) keys = find_keys (f, front_keys, G_N_ELEMENTS (front_keys));
  g_autoptr (GPtrArray) changes = hk_account_delete_keys (f->account, keys);

  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 2);
  hk_account_discard (f->account, g_ptr_array_index (changes, 0));
  g_ptr_array_remove_index (changes, 0);
  fixture_pass (f, HK_UNDO_SECONDS - 1);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
  faulty_service_forget (f->service);

  fixture_pass (f, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 1);
  assert_states (changes, HK_CHANGE_ACCEPTED);
  fixture_pass (f, 2);
  assert_states (changes, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*"), ==, 1);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
  g_assert_false (fixture_has_key (f, BEN_FRONT));
  g_assert_false (fixture_has_key (f, CLEANING));
}

static void
count_undoable (HkAccount *account, GParamSpec *pspec, guint *n_told)
{
  (*n_told)++;
}

static void
test_what_was_given_up_by_itself_is_not_undone_with_the_others (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) keys = find_keys (f, front_keys, G_N_ELEMENTS (front_keys));
  g_autoptr (GPtrArray) changes = hk_account_delete_keys (f->account, keys);
  guint n_told = 0;

  g_signal_connect (f->account, "notify::undoable", G_CALLBACK (count_undoable), &n_told);
  for (guint i = 0; i < changes->len; i++)
    {
      g_autoptr (GPtrArray) undoable = NULL;

      hk_account_discard (f->account, g_ptr_array_index (changes, i));
      undoable = hk_account_list_undoable (f->account);
      g_assert_cmpuint (undoable->len, ==, changes->len - i - 1);
      g_assert_cmpuint (n_told, ==, i + 1);
    }
  g_assert_null (hk_account_get_undoable (f->account));
}

static void
test_one_undo_brings_back_what_was_deleted_at_once (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) keys = find_keys (f, front_keys, G_N_ELEMENTS (front_keys));
  g_autoptr (GPtrArray) undoable = NULL;
  HkChange *earlier = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_GARAGE));
  g_autoptr (GPtrArray) changes = NULL;
  guint n_told = 0;

  g_signal_connect (f->account, "notify::undoable", G_CALLBACK (count_undoable), &n_told);
  changes = hk_account_delete_keys (f->account, keys);
  undoable = hk_account_list_undoable (f->account);
  g_assert_cmpuint (undoable->len, ==, keys->len);
  g_assert_cmpuint (n_told, ==, 1);

  hk_account_undo (f->account);
  assert_states (changes, HK_CHANGE_DISCARDED);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == g_ptr_array_index (keys, 0));
  g_assert_true (hk_account_get_undoable (f->account) == earlier);
  g_assert_cmpuint (n_told, ==, 2);
  hk_account_undo (f->account);
  g_assert_null (hk_account_get_undoable (f->account));
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);
}

/* More than the list of changes remembers when they are over, the newest first, so that the last ones are forgotten at once. */
static void
test_very_many_invitations_are_taken_back_before_they_are_sent (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  GListModel *keys = hk_account_get_keys (f->account);
  const guint n_before = g_list_model_get_n_items (keys);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changes = NULL;

  for (int i = 0; i < 84; i++)
    {
      g_autofree char *name = g_strdup_printf ("guest-%d", i);
      g_autoptr (GPtrArray) asked = invite_person (f, name);
    }
  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_key_get_record (key) == NULL)
        g_ptr_array_insert (waiting, 0, g_steal_pointer (&key));
    }
  g_assert_cmpuint (waiting->len, ==, 252);

  changes = hk_account_delete_keys (f->account, waiting);
  assert_states (changes, HK_CHANGE_DISCARDED);
  fixture_settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (keys), ==, n_before);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 0);
}

static void
test_people_are_invited_with_two_requests_each (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = NULL;

  hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT));
  fixture_pass (f, 10);
  faulty_service_forget (f->service);
  changes = invite_three_people (f);
  fixture_settle (f);
  assert_states (changes, HK_CHANGE_ACCEPTED);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "/account/user"), ==, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "/smartlock/auth"), ==, 3);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "*"), ==, 5);
  /* Everybody, page by page, and what Ben had: the others had nothing. */
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/account/user"), ==, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/auth"), ==, 1);

  fixture_pass (f, 2);
  assert_states (changes, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/auth"), ==, 2);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "*"), ==, 4);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 4);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 9);
}

static void
assert_only_failed (Fixture *f, GPtrArray *changes, HkKey *key)
{
  for (guint i = 0; i < changes->len; i++)
    {
      HkChange *change = g_ptr_array_index (changes, i);
      const gboolean fails = hk_account_find_changed_key (f->account, change) == key;

      g_assert_cmpint (hk_change_get_state (change), ==, fails ? HK_CHANGE_FAILED : HK_CHANGE_CONFIRMED);
    }
}

/* The key of the garage is refused, whoever asks for it together with others or alone. */
static void
test_a_refused_key_fails_alone_and_the_others_are_switched (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = NULL;
  HkKey *refused = fixture_find_key (f, ANNA_GARAGE);

  faulty_service_spoil (f->service, "POST", "/smartlock/auth", FAULT_STATUS, 409, 2);
  faulty_service_spoil (f->service, "POST", "*" ANNA_GARAGE, FAULT_STATUS, 409, 1);
  changes = switch_off_all (f);
  fixture_pass (f, 10);
  assert_only_failed (f, changes, refused);
  g_assert_true (hk_key_get_enabled (refused));
  g_assert_error (hk_change_get_error (hk_key_get_change (refused)), NUKI_ERROR, NUKI_ERROR_CONFLICT);
}

/* Somebody else took it back before it was its turn. */
static void
test_a_key_that_is_gone_is_said_and_the_others_are_switched (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = NULL;
  HkKey *gone = fixture_find_key (f, ANNA_GARAGE);

  fixture_edit (f, "{'keys': [{'id': '" ANNA_GARAGE "', 'removed': true}]}");
  changes = switch_off_all (f);
  fixture_pass (f, 10);
  assert_only_failed (f, changes, gone);
  g_assert_error (hk_change_get_error (hk_key_get_change (gone)), NUKI_ERROR, NUKI_ERROR_NOT_FOUND);
}

static void
test_an_invitation_refused_by_one_lock_reaches_the_others (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = NULL;

  faulty_service_spoil (f->service, "PUT", "/smartlock/auth", FAULT_STATUS, 403, 1);
  faulty_service_spoil (f->service, "PUT", "/smartlock/17618910286/auth", FAULT_STATUS, 403, 1);
  changes = invite_person (f, "Clara");
  fixture_pass (f, 20);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 0)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 1)), ==, HK_CHANGE_FAILED);
  g_assert_cmpint (hk_change_get_state (g_ptr_array_index (changes, 2)), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 2);
}

/* Nothing says that the service carries out all or nothing. */
static void
test_a_key_made_in_spite_of_a_refusal_is_not_asked_for_twice (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) changes = NULL;

  faulty_service_spoil (f->service, "PUT", "/smartlock/auth", FAULT_APPLY_THEN_STATUS, 409, 1);
  changes = invite_person (f, "Clara");
  fixture_pass (f, 20);
  assert_states (changes, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (faulty_service_count (f->service, "PUT", "/smartlock/*"), ==, 1);
  g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 3);
}

static void
test_after_an_unclear_answer_no_key_is_doubled (void)
{
  static const struct { Fault fault; guint status; } faults[] = {
    { FAULT_RESET, 0 }, { FAULT_APPLY_THEN_RESET, 0 }, { FAULT_STATUS, 503 }, { FAULT_APPLY_THEN_STATUS, 502 },
    { FAULT_STATUS, 429 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (GPtrArray) switches = NULL;
      g_autoptr (GPtrArray) invitations = NULL;

      faulty_service_spoil (f->service, "PUT", "/smartlock/auth", faults[i].fault, faults[i].status, 1);
      faulty_service_spoil (f->service, "POST", "/smartlock/auth", faults[i].fault, faults[i].status, 1);
      invitations = invite_person (f, "Clara");
      switches = switch_off_all (f);
      fixture_pass (f, 300);
      assert_states (invitations, HK_CHANGE_CONFIRMED);
      assert_states (switches, HK_CHANGE_CONFIRMED);
      g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 8);
      g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 3);
    }
}

static void
test_people_are_invited_once_after_any_request (void)
{
  /* It ends before the n-th answer has come. */
  for (guint n = 1;; n++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();
      g_autoptr (GPtrArray) invitations = NULL;
      g_autoptr (GPtrArray) switches = NULL;
      const guint start = nuki_simulator_get_n_requests (f->simulator);
      gboolean ended = FALSE;

      invitations = invite_person (f, "Clara");
      g_ptr_array_unref (invitations);
      invitations = invite_person (f, "Dora");
      switches = switch_off_all (f);
      while (!ended && nuki_simulator_get_n_requests (f->simulator) < start + n)
        {
          ended = hk_change_get_state (g_ptr_array_index (invitations, 2)) == HK_CHANGE_CONFIRMED;
          if (!g_main_context_iteration (NULL, FALSE) && !nuki_client_get_busy (f->client))
            fixture_pass (f, 1);
        }
      g_clear_pointer (&invitations, g_ptr_array_unref);
      g_clear_pointer (&switches, g_ptr_array_unref);
      fixture_restart (f);
      fixture_pass (f, 180);
      g_assert_cmpuint (fixture_count_records (f, "users"), ==, 4);
      g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 11);
      g_assert_cmpuint (fixture_count_records (f, "mails"), ==, 6);
      g_assert_false (hk_key_get_enabled (fixture_find_key (f, CLEANING)));
      for (guint i = 0; i < g_list_model_get_n_items (hk_account_get_changes (f->account)); i++)
        {
          g_autoptr (HkChange) change = g_list_model_get_item (hk_account_get_changes (f->account), i);

          g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
        }
      if (ended)
        {
          g_assert_cmpuint (n, >, 6);
          break;
        }
      g_assert_cmpuint (n, <, 100);
    }
}

static void
test_who_has_not_had_their_turn_can_be_left_out (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) clara = NULL;
  g_autoptr (GPtrArray) dora = NULL;

  faulty_service_spoil (f->service, "PUT", "/smartlock/auth", FAULT_HANG, 0, 1);
  clara = invite_person (f, "Clara");
  dora = invite_person (f, "Dora");
  while (faulty_service_count (f->service, "PUT", "/smartlock/auth") == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_states (clara, HK_CHANGE_SENDING);
  assert_states (dora, HK_CHANGE_WAITING);
  for (guint i = 0; i < dora->len; i++)
    hk_account_discard (f->account, g_ptr_array_index (dora, i));
  while (hk_change_get_state (g_ptr_array_index (clara, 0)) == HK_CHANGE_SENDING)
    {
      faulty_service_release (f->service);
      g_main_context_iteration (NULL, FALSE);
    }
  fixture_pass (f, 4);
  assert_states (clara, HK_CHANGE_CONFIRMED);
  assert_states (dora, HK_CHANGE_DISCARDED);
  g_assert_cmpuint (fixture_count_records (f, "users"), ==, 3);
}

static void
test_keys_that_come_out_too_wide_are_switched_off_each (void)
{
  static const NukiSimFault drop = { .kind = NUKI_SIM_FAULT_DROP_LIMITS };
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  static const char *const ids[] = { ANNA_FRONT, CLEANING };

  keys = find_keys (f, ids, G_N_ELEMENTS (ids));
  changes = hk_account_switch_keys (f->account, keys, FALSE);
  fixture_pass (f, 4);
  g_clear_pointer (&changes, g_ptr_array_unref);
  faulty_service_forget (f->service);

  nuki_simulator_add_fault (f->simulator, "POST", "/smartlock/auth", 1, &drop);
  changes = hk_account_switch_keys (f->account, keys, TRUE);
  fixture_pass (f, 10);
  assert_states (changes, HK_CHANGE_FAILED);
  for (guint i = 0; i < keys->len; i++)
    g_assert_false (nuki_key_get_enabled (hk_key_get_record (g_ptr_array_index (keys, i))));
  g_assert_cmpuint (faulty_service_count (f->service, "POST", "/smartlock/*/auth/*"), ==, 2);
}

static void
test_a_disputed_key_waits_for_an_answer_and_the_others_go_on (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *anna = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) mine = hk_key_dup_spec (anna);
  g_autoptr (NukiKeySpec) theirs = hk_key_dup_spec (anna);
  HkChange *disputed, *other;

  nuki_key_spec_set_name (theirs, "Theirs");
  nuki_client_update_key_async (f->client, FRONT_DOOR, ANNA_FRONT, theirs, NULL, NULL, NULL);
  fixture_settle (f);
  nuki_simulator_advance (f->simulator, 2000);
  nuki_key_spec_set_name (mine, "Mine");
  disputed = hk_account_update_key (f->account, anna, NULL, mine);
  other = hk_account_switch_key (f->account, fixture_find_key (f, CLEANING), FALSE);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_conflict (disputed), ==, HK_FIELD_NAME);
  g_assert_cmpint (hk_change_get_state (other), ==, HK_CHANGE_CONFIRMED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/batch/keys-on-several-locks-are-switched-with-one-request",
                   test_keys_on_several_locks_are_switched_with_one_request);
  g_test_add_func ("/batch/keys-to-one-lock-are-looked-for-in-its-list", test_keys_to_one_lock_are_looked_for_in_its_list);
  g_test_add_func ("/batch/what-was-given-up-by-itself-is-not-undone-with-the-others",
                   test_what_was_given_up_by_itself_is_not_undone_with_the_others);
  g_test_add_func ("/batch/one-undo-brings-back-what-was-deleted-at-once", test_one_undo_brings_back_what_was_deleted_at_once);
  g_test_add_func ("/batch/keys-are-taken-back-with-one-request-and-one-undo-time",
                   test_keys_are_taken_back_with_one_request_and_one_undo_time);
  g_test_add_func ("/batch/very-many-invitations-are-taken-back-before-they-are-sent",
                   test_very_many_invitations_are_taken_back_before_they_are_sent);
  g_test_add_func ("/batch/people-are-invited-with-two-requests-each", test_people_are_invited_with_two_requests_each);
  g_test_add_func ("/batch/a-refused-key-fails-alone-and-the-others-are-switched",
                   test_a_refused_key_fails_alone_and_the_others_are_switched);
  g_test_add_func ("/batch/a-key-that-is-gone-is-said-and-the-others-are-switched",
                   test_a_key_that_is_gone_is_said_and_the_others_are_switched);
  g_test_add_func ("/batch/an-invitation-refused-by-one-lock-reaches-the-others",
                   test_an_invitation_refused_by_one_lock_reaches_the_others);
  g_test_add_func ("/batch/a-key-made-in-spite-of-a-refusal-is-not-asked-for-twice",
                   test_a_key_made_in_spite_of_a_refusal_is_not_asked_for_twice);
  g_test_add_func ("/batch/after-an-unclear-answer-no-key-is-doubled", test_after_an_unclear_answer_no_key_is_doubled);
  g_test_add_func ("/batch/people-are-invited-once-after-any-request", test_people_are_invited_once_after_any_request);
  g_test_add_func ("/batch/who-has-not-had-their-turn-can-be-left-out", test_who_has_not_had_their_turn_can_be_left_out);
  g_test_add_func ("/batch/keys-that-come-out-too-wide-are-switched-off-each",
                   test_keys_that_come_out_too_wide_are_switched_off_each);
  g_test_add_func ("/batch/a-disputed-key-waits-for-an-answer-and-the-others-go-on",
                   test_a_disputed_key_waits_for_an_answer_and_the_others_go_on);

  return g_test_run ();
}
