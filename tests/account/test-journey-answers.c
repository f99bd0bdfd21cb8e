/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that are none: the last good data stay, it is said in words, and nobody sees the token. */

#include <locale.h>

#include "fixture.h"

#define MANY_KEYS 30000

static const char *const answers[] = {
  "",
  " \r\n",
  "<!DOCTYPE html><html><body>Welcome to the hotel’s network</body></html>",
  "null",
  "\"\"",
  "{}",
  "42",
  "[[]]",
  "[null, 1, \"x\", {}]",
  "[{\"smartlockId\": \"x\", \"id\": {}, \"accountUserId\": []}]",
  "[{\"smartlockId\": 99999999999999999999, \"id\": null, \"accountUserId\": 99999999999999999999}]",
  "[{\"smartlockId\": 176189102850000000, \"id\": \"../../account\", \"accountUserId\": 4294967397}]",
  "[{\"smartlockId\": 17618910285,",
  "\xEF\xBB\xBF\xFF\xFE",
};

static const char *const paths[] = { "/smartlock", "/smartlock/auth", "/account/user" };

static void
assert_words (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_null (strpbrk (error->message, "<>{}[]"));
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
assert_all_there (Fixture *f)
{
  HkKey *key = fixture_find_key (f, ANNA_FRONT);

  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_locks (f->account)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
  g_assert_true (hk_key_get_lock (key) == hk_account_find_lock (f->account, FRONT_DOOR));
  g_assert_true (hk_key_get_person (key) == hk_account_find_person (f->account, ANNA));
}

static void
refresh_with (Fixture *f, const char *path, GBytes *body, gsize promised)
{
  g_autoptr (GDateTime) before = g_date_time_ref (hk_account_get_last_refresh (f->account));

  faulty_service_spoil_body (f->service, path, body, promised, 1);
  hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 1000);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  assert_words (hk_account_get_error (f->account));
  g_assert_true (g_date_time_equal (hk_account_get_last_refresh (f->account), before));
  assert_all_there (f);

  fixture_refresh (f);
  g_assert_null (hk_account_get_error (f->account));
  g_assert_false (g_date_time_equal (hk_account_get_last_refresh (f->account), before));
  assert_all_there (f);
}

static void
test_strange_answers_keep_the_last_good_data (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (answers); j++)
      {
        g_autoptr (GBytes) body = g_bytes_new_static (answers[j], strlen (answers[j]));

        g_test_message ("%s, answer %zu", paths[i], j);
        refresh_with (f, paths[i], body, 0);
      }
}

static void
test_half_a_body_keeps_the_last_good_data (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  static const char half[] = "[{\"smartlockId\": 17618910285, \"id\": \"647cfac64dd15972f2122e01\", \"accountUserId\": 101}]";
  g_autoptr (GBytes) body = g_bytes_new_static (half, strlen (half));

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      refresh_with (f, paths[i], body, 4000);
    }
}

/* What is sent is answered as little. */
static void
test_strange_answers_confirm_nothing (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      g_autoptr (GBytes) body = g_bytes_new_static (answers[i], strlen (answers[i]));
      HkChange *deletion, *change;

      nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
      change = hk_account_switch_key (f->account, fixture_find_key (f, BEN_FRONT), TRUE);
      deletion = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
      fixture_pass (f, HK_UNDO_SECONDS);
      faulty_service_spoil_body (f->service, "*/auth*", body, 0, 1000);
      fixture_pass (f, 120);
      g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_ACCEPTED);
      g_assert_cmpint (hk_change_get_state (deletion), ==, HK_CHANGE_ACCEPTED);
    }
}

static GBytes *
make_many_keys (void)
{
  GString *text = g_string_new ("[");
  gsize length;

  for (guint i = 0; i < MANY_KEYS; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"%024x\",\"smartlockId\":17618910285,\"type\":0,\"name\":\"Guest %u\","
                            "\"enabled\":true,\"remoteAllowed\":false,\"lockCount\":%u,\"accountUserId\":101,"
                            "\"allowedFromDate\":\"2026-03-01T13:00:00.000Z\",\"allowedUntilDate\":"
                            "\"2026-09-25T11:00:00.000Z\",\"allowedWeekDays\":%u,\"allowedFromTime\":480,"
                            "\"allowedUntilTime\":1320,\"creationDate\":\"2026-02-13T11:28:02.000Z\","
                            "\"updateDate\":\"2026-02-13T11:28:04.318Z\",\"unknown\":[{}]}",
                            i > 0 ? "," : "", i + 1, i, i, i % 128);
  g_string_append_c (text, ']');
  length = text->len;

  return g_bytes_new_take (g_string_free (text, FALSE), length);
}

static void
test_ten_megabytes_of_keys_are_taken_in (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GBytes) body = make_many_keys ();

  g_assert_cmpuint (g_bytes_get_size (body), >, 10 * 1000 * 1000);
  faulty_service_spoil_body (f->service, "/smartlock/auth", body, 0, 1);
  fixture_refresh (f);
  g_assert_null (hk_account_get_error (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, MANY_KEYS);

  fixture_refresh (f);
  assert_all_there (f);
}

/* Everything that an account does, in a process with all its messages on. */
static void
run_noisy_session (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GError) refused = NULL;

  faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 500, 1);
  faulty_service_spoil (f->service, "POST", "*", FAULT_RESET, 0, 1);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  hk_account_delete_key (f->account, fixture_find_key (f, CLEANING));
  hk_account_update_lock (f->account, hk_account_find_lock (f->account, FLAT), NULL, TOKEN "-not", TRUE);
  fixture_pass (f, 60);
  faulty_service_set_up (f->service, FALSE);
  fixture_refresh (f);
  faulty_service_set_up (f->service, TRUE);
  nuki_simulator_revoke_token (f->simulator, TOKEN);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
  refused = fixture_sign_in (f, TOKEN, FALSE);
  g_assert_error (refused, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  assert_words (refused);
}

static void
test_no_message_has_the_token_in_it (void)
{
  if (g_test_subprocess ())
    {
      run_noisy_session ();
      return;
    }

  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_setenv ("SOUP_DEBUG", "3", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*" TOKEN "*");
  g_test_trap_assert_stderr_unmatched ("*" TOKEN "*");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/answers/strange-answers-keep-the-last-good-data", test_strange_answers_keep_the_last_good_data);
  g_test_add_func ("/answers/half-a-body-keeps-the-last-good-data", test_half_a_body_keeps_the_last_good_data);
  g_test_add_func ("/answers/strange-answers-confirm-nothing", test_strange_answers_confirm_nothing);
  g_test_add_func ("/answers/ten-megabytes-of-keys-are-taken-in", test_ten_megabytes_of_keys_are_taken_in);
  g_test_add_func ("/answers/no-message-has-the-token-in-it", test_no_message_has_the_token_in_it);

  return g_test_run ();
}
