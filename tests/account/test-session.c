/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in and out, and what becomes of an account whose token or keyring makes trouble. */

#include <locale.h>

#include "fixture.h"

/* A store that refuses, as a keyring may. */
#define TEST_TYPE_REFUSING_STORE (test_refusing_store_get_type ())
G_DECLARE_FINAL_TYPE (TestRefusingStore, test_refusing_store, TEST, REFUSING_STORE, GObject)

struct _TestRefusingStore
{
  GObject parent_instance;
};

static void
refuse_async (HkTokenStore *store, const char *api_url, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_task_report_new_error (store, callback, user_data, refuse_async, HK_TOKEN_STORE_ERROR,
                           HK_TOKEN_STORE_ERROR_LOCKED, "The keyring is locked.");
}

static void
refuse_store_async (HkTokenStore *store, const char *api_url, const char *token, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  refuse_async (store, api_url, cancellable, callback, user_data);
}

static char *
refuse_lookup_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
refuse_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_refusing_store_iface_init (HkTokenStoreInterface *iface)
{
  iface->lookup_async = refuse_async;
  iface->lookup_finish = refuse_lookup_finish;
  iface->store_async = refuse_store_async;
  iface->store_finish = refuse_finish;
  iface->clear_async = refuse_async;
  iface->clear_finish = refuse_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestRefusingStore,
                               test_refusing_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HK_TYPE_TOKEN_STORE, test_refusing_store_iface_init))

static void
test_refusing_store_class_init (TestRefusingStoreClass *klass)
{
}

static void
test_refusing_store_init (TestRefusingStore *self)
{
}

typedef struct
{
  gboolean done;
  GError *error;
  char *token;
  NukiScopes scopes;
} Outcome;

static gboolean
is_done (gpointer user_data)
{
  return ((Outcome *) user_data)->done;
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->token = hk_token_store_lookup_finish (HK_TOKEN_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  hk_account_check_token_finish (HK_ACCOUNT (source), result, &outcome->scopes, &outcome->error);
  outcome->done = TRUE;
}

static char *
look_up_token (Fixture *f)
{
  Outcome outcome = { 0 };

  hk_token_store_lookup_async (f->store, hk_account_get_api_url (f->account), NULL, on_looked_up, &outcome);
  await (is_done, &outcome);
  g_assert_no_error (outcome.error);

  return outcome.token;
}

static void
replace_store (Fixture *f)
{
  g_object_unref (f->account);
  g_object_unref (f->store);
  f->store = g_object_new (TEST_TYPE_REFUSING_STORE, NULL);
  fixture_make_account (f);
}

static void
test_without_a_token_the_account_is_signed_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  hk_account_refresh (f->account);
  hk_account_open (f->account);
  hk_account_open (f->account);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_OPENING);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_null (hk_account_get_error (f->account));
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
}

static void
test_with_a_token_in_the_store_it_loads (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);

  fixture_store_token (f, TOKEN);
  hk_account_open (f->account);
  while (hk_account_get_state (f->account) == HK_ACCOUNT_OPENING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_LOADING);
  g_assert_true (hk_account_get_refreshing (f->account));
  g_assert_null (hk_account_get_last_refresh (f->account));
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_false (hk_account_get_refreshing (f->account));
  g_assert_true (g_date_time_equal (hk_account_get_last_refresh (f->account), now));
  g_assert_cmpint (hk_account_get_scopes (f->account), ==,
                   NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_PEOPLE | NUKI_SCOPE_LOG);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_locks (f->account)), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);

  /* Opening what is open does nothing. */
  faulty_service_forget (f->service);
  hk_account_open (f->account);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
}

static void
test_a_locked_keyring_is_said_and_can_be_tried_again (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) error = NULL;

  replace_store (f);
  for (guint i = 0; i < 2; i++)
    {
      hk_account_open (f->account);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_OPENING);
      g_assert_null (hk_account_get_error (f->account));
      fixture_settle (f);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_KEYRING_TROUBLE);
      g_assert_error (hk_account_get_error (f->account), HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
    }

  /* Nothing is lost, and there is a way without it. */
  refused = fixture_sign_in (f, TOKEN, FALSE);
  g_assert_error (refused, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_KEYRING_TROUBLE);
  error = fixture_sign_in (f, TOKEN, TRUE);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);

  /* What is not in the keyring is not looked for there. */
  error = fixture_sign_out (f);
  g_assert_no_error (error);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
}

static void
test_signing_out_fails_while_the_keyring_keeps_the_token (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  replace_store (f);
  error = fixture_sign_out (f);
  g_assert_error (error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
}

static void
test_a_session_token_is_not_stored (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = fixture_sign_in (f, "  " TOKEN "\n", TRUE);

  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_null (look_up_token (f));
}

static void
test_signing_out_forgets_token_data_and_changes (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GError) error = NULL;
  g_autofree char *token = look_up_token (f);
  HkChange *change;

  g_assert_cmpstr (token, ==, TOKEN);
  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  g_assert_true (hk_account_get_undoable (f->account) == change);
  error = fixture_sign_out (f);
  g_assert_no_error (error);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_null (look_up_token (f));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_locks (f->account)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 0);
  g_assert_null (hk_account_get_undoable (f->account));
  g_assert_null (hk_account_get_last_refresh (f->account));
  g_assert_cmpint (hk_account_get_scopes (f->account), ==, NUKI_SCOPE_NONE);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "DELETE", "*"), ==, 0);

  error = fixture_sign_in (f, TOKEN, FALSE);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
}

static void
test_signing_out_while_it_loads_leaves_nothing_behind (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = fixture_sign_in (f, TOKEN, FALSE);

  g_assert_no_error (error);
  g_assert_true (hk_account_get_refreshing (f->account));
  error = fixture_sign_out (f);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
}

static void
test_a_text_that_is_no_token_is_refused_in_words (void)
{
  static const struct { const char *text, *message; } wrong[] = {
    { "", "Enter*" },
    { " \t\n", "Enter*" },
    { "abc def", "*spaces*" },
    { "abc\tdef", "*spaces*" },
    { "abc\ndef", "*one line*" },
    { "abc\r\ndef", "*one line*" },
    { "abc\001def", "*letters*" },
    { "ab\177", "*letters*" },
    { "Schlüssel", "*letters*" },
  };
  char *token = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (hk_account_check_token_text (wrong[i].text, &token, &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INVALID);
      g_assert_true (g_pattern_match_simple (wrong[i].message, error->message));
      g_assert_null (token);
    }

  g_assert_true (hk_account_check_token_text ("abc", NULL, NULL));
  g_assert_true (hk_account_check_token_text ("\n  0aF-_.~+/=  \t", &token, NULL));
  g_assert_cmpstr (token, ==, "0aF-_.~+/=");
  hk_token_free (token);
  hk_token_free (NULL);
}

static void
test_sign_in_says_what_is_wrong_and_changes_nothing (void)
{
  static const struct { const char *token, *scopes; int code; const char *message; } wrong[] = {
    { "", NULL, NUKI_ERROR_INVALID, "Enter*" },
    { "a b", NULL, NUKI_ERROR_INVALID, "*spaces*" },
    { "unknown", NULL, NUKI_ERROR_UNAUTHORIZED, "*" },
    { "log-only", "smartlock.log", NUKI_ERROR_SCOPE, "*neither*" },
    { "locks-only", "smartlock.readOnly", NUKI_ERROR_SCOPE, "*may not manage keys*" },
    { "keys-only", "smartlock.auth", NUKI_ERROR_SCOPE, "*may not see locks*" },
  };
  g_autoptr (Fixture) f = fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      if (wrong[i].scopes != NULL)
        nuki_simulator_add_token (f->simulator, wrong[i].token, wrong[i].scopes);
      error = fixture_sign_in (f, wrong[i].token, FALSE);
      g_assert_error (error, NUKI_ERROR, wrong[i].code);
      if (!g_pattern_match_simple (wrong[i].message, error->message))
        g_error ("%s: %s", wrong[i].token, error->message);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
      g_assert_null (look_up_token (f));
    }

  faulty_service_set_up (f->service, FALSE);
  {
    g_autoptr (GError) error = fixture_sign_in (f, TOKEN, FALSE);

    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  }
}

static void
test_a_token_can_be_checked_without_using_it (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  static const struct { const char *token; gboolean good; } tokens[] = {
    { TOKEN, TRUE }, { "unknown", FALSE }, { "with space", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      Outcome outcome = { 0 };

      hk_account_check_token_async (f->account, tokens[i].token, NULL, on_checked, &outcome);
      await (is_done, &outcome);
      g_assert_cmpint (outcome.error == NULL, ==, tokens[i].good);
      if (tokens[i].good)
        g_assert_cmpint (outcome.scopes, ==,
                         NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_PEOPLE | NUKI_SCOPE_LOG);
      g_clear_error (&outcome.error);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
    }
}

static void
test_a_rejected_token_keeps_the_data_and_the_token (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  HkChange *change;

  nuki_simulator_revoke_token (f->simulator, TOKEN);
  hk_account_set_polling (f->account, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  token = look_up_token (f);
  g_assert_cmpstr (token, ==, TOKEN);

  /* It is not asked again and again. */
  faulty_service_forget (f->service);
  fixture_pass (f, 700);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);

  change = hk_account_switch_key (f->account, key, FALSE);
  fixture_settle (f);
  g_assert_error (hk_change_get_error (change), NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);

  nuki_simulator_add_token (f->simulator, "another", NUKI_SIMULATOR_ALL_SCOPES);
  error = fixture_sign_in (f, "another", FALSE);
  g_assert_no_error (error);
  /* It may be that of another account, to which nothing of this one is shown. */
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_LOADING);
  g_assert_null (hk_account_get_last_refresh (f->account));
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  hk_account_retry (f->account, change);
  fixture_pass (f, 4);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  hk_account_set_polling (f->account, FALSE);
}

static void
test_a_change_may_be_the_first_to_learn_that_the_token_is_rejected (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  nuki_simulator_revoke_token (f->simulator, TOKEN);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_TOKEN_REJECTED);
}

static void
test_a_missing_scope_is_no_failure (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  nuki_simulator_add_token (f->simulator, TOKEN, "smartlock.readOnly smartlock.log");
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_null (hk_account_get_error (f->account));
  g_assert_cmpint (hk_account_get_scopes (f->account), ==, NUKI_SCOPE_LOCKS | NUKI_SCOPE_LOG);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);

  nuki_simulator_add_token (f->simulator, TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_scopes (f->account), ==,
                   NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_PEOPLE | NUKI_SCOPE_LOG);
}

static void
test_a_first_refresh_that_fails_leaves_it_loading_with_the_reason (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  fixture_store_token (f, TOKEN);
  faulty_service_spoil (f->service, "GET", "/smartlock", FAULT_STATUS, 502, 1);
  hk_account_open (f->account);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_LOADING);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_SERVER);
  g_assert_false (hk_account_get_refreshing (f->account));

  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_null (hk_account_get_error (f->account));

  /* Later ones leave the last good data. */
  faulty_service_spoil (f->service, "GET", "*", FAULT_STATUS, 500, 3);
  fixture_refresh (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_SERVER);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
}

static void
test_polling_asks_each_minute_and_less_often_after_errors (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  const char *const path = "/smartlock";

  hk_account_set_polling (f->account, TRUE);
  hk_account_set_polling (f->account, TRUE);
  fixture_pass (f, 59);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), ==, 0);
  fixture_pass (f, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), ==, 1);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), ==, 2);

  faulty_service_set_up (f->service, FALSE);
  fixture_pass (f, 60);
  g_assert_nonnull (hk_account_get_error (f->account));
  fixture_pass (f, 3600);
  faulty_service_forget (f->service);
  faulty_service_set_up (f->service, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), >=, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), <=, 2);
  g_assert_null (hk_account_get_error (f->account));
  fixture_refresh (f);

  faulty_service_spoil (f->service, "GET", "/smartlock/auth", FAULT_STATUS, 429, 1);
  fixture_pass (f, 60);
  g_assert_error (hk_account_get_error (f->account), NUKI_ERROR, NUKI_ERROR_THROTTLED);
  hk_account_set_polling (f->account, FALSE);
  faulty_service_forget (f->service);
  fixture_pass (f, 1000);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);

  /* What has become old meanwhile is asked for at once. */
  hk_account_set_polling (f->account, TRUE);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", path), ==, 1);
}

/* Somebody else gives a person who is new a key. */
static void
give_key_elsewhere (Fixture *f)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (JsonNode) dump = NULL;

  nuki_client_create_user_async (f->client, "Clara", "clara@example.org", "en", NULL, NULL, NULL);
  fixture_settle (f);
  dump = nuki_simulator_dump (f->simulator);
  spec->user_id = (int) json_object_get_int_member (fixture_find_record (f, dump, "users", "name", "Clara"), "accountUserId");
  nuki_client_create_key_async (f->client, GARAGE, spec, NULL, NULL, NULL);
  fixture_settle (f);
}

static void
test_a_poll_asks_for_locks_and_keys_and_seldom_for_people (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  hk_account_set_polling (f->account, TRUE);
  fixture_pass (f, 60);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock/auth"), ==, 1);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 2);

  /* Somebody new with a key is not missed. */
  give_key_elsewhere (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 3);
  g_assert_nonnull (hk_key_get_person (fixture_find_named (f, "Clara", GARAGE)));

  /* Who else is new is seen within ten minutes, and at once by whoever asks for a refresh. */
  nuki_client_create_user_async (f->client, "Dora", "dora@example.org", "en", NULL, NULL, NULL);
  fixture_pass (f, 600);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 4);
  nuki_client_create_user_async (f->client, "Emil", "emil@example.org", "en", NULL, NULL, NULL);
  fixture_settle (f);
  fixture_refresh (f);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 5);
}

static void
test_only_old_data_are_refreshed_if_older (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  fixture_pass (f, 59);
  hk_account_refresh_if_older (f->account, 60);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
  fixture_pass (f, 1);
  hk_account_refresh_if_older (f->account, 60);
  hk_account_refresh (f->account);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "GET", "/smartlock"), ==, 1);
}

static void
test_properties_tell_how_it_stands (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GListModel) locks = NULL, people = NULL, keys = NULL, changes = NULL;
  g_autoptr (GDateTime) last_refresh = NULL;
  g_autoptr (HkChange) undoable = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *api_url = NULL;
  gboolean refreshing;
  guint state, scopes;

  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  g_object_get (f->account, "state", &state, "error", &error, "api-url", &api_url, "scopes", &scopes, "refreshing",
                &refreshing, "last-refresh", &last_refresh, "locks", &locks, "people", &people, "keys", &keys,
                "changes", &changes, "undoable", &undoable, NULL);
  g_assert_cmpuint (state, ==, HK_ACCOUNT_READY);
  g_assert_null (error);
  g_assert_cmpstr (api_url, ==, faulty_service_get_uri (f->service));
  g_assert_cmpuint (scopes, ==, hk_account_get_scopes (f->account));
  g_assert_false (refreshing);
  g_assert_nonnull (last_refresh);
  g_assert_true (locks == hk_account_get_locks (f->account));
  g_assert_true (people == hk_account_get_people (f->account));
  g_assert_true (keys == hk_account_get_keys (f->account));
  g_assert_true (changes == hk_account_get_changes (f->account));
  g_assert_true (undoable == hk_account_get_undoable (f->account));
  g_assert_true (hk_account_get_clock (f->account) == f->clock);
}

static void
test_the_token_goes_when_the_account_goes (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkAccount *first = f->account;

  hk_account_refresh (first);
  hk_account_switch_key (first, fixture_find_key (f, ANNA_FRONT), FALSE);
  while (!nuki_client_get_busy (f->client))
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (first);
  while (nuki_client_get_busy (f->client))
    g_main_context_iteration (NULL, TRUE);

  /* The client is without a token now: nothing more is sent. */
  faulty_service_forget (f->service);
  fixture_make_account (f);
  fixture_settle (f);
  g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/session/without-a-token-the-account-is-signed-out",
                   test_without_a_token_the_account_is_signed_out);
  g_test_add_func ("/session/with-a-token-in-the-store-it-loads", test_with_a_token_in_the_store_it_loads);
  g_test_add_func ("/session/a-locked-keyring-is-said-and-can-be-tried-again",
                   test_a_locked_keyring_is_said_and_can_be_tried_again);
  g_test_add_func ("/session/signing-out-fails-while-the-keyring-keeps-the-token",
                   test_signing_out_fails_while_the_keyring_keeps_the_token);
  g_test_add_func ("/session/a-session-token-is-not-stored", test_a_session_token_is_not_stored);
  g_test_add_func ("/session/signing-out-forgets-token-data-and-changes",
                   test_signing_out_forgets_token_data_and_changes);
  g_test_add_func ("/session/signing-out-while-it-loads-leaves-nothing-behind",
                   test_signing_out_while_it_loads_leaves_nothing_behind);
  g_test_add_func ("/session/a-text-that-is-no-token-is-refused-in-words",
                   test_a_text_that_is_no_token_is_refused_in_words);
  g_test_add_func ("/session/sign-in-says-what-is-wrong-and-changes-nothing",
                   test_sign_in_says_what_is_wrong_and_changes_nothing);
  g_test_add_func ("/session/a-token-can-be-checked-without-using-it",
                   test_a_token_can_be_checked_without_using_it);
  g_test_add_func ("/session/a-rejected-token-keeps-the-data-and-the-token",
                   test_a_rejected_token_keeps_the_data_and_the_token);
  g_test_add_func ("/session/a-change-may-be-the-first-to-learn-that-the-token-is-rejected",
                   test_a_change_may_be_the_first_to_learn_that_the_token_is_rejected);
  g_test_add_func ("/session/a-missing-scope-is-no-failure", test_a_missing_scope_is_no_failure);
  g_test_add_func ("/session/a-first-refresh-that-fails-leaves-it-loading-with-the-reason",
                   test_a_first_refresh_that_fails_leaves_it_loading_with_the_reason);
  g_test_add_func ("/session/polling-asks-each-minute-and-less-often-after-errors",
                   test_polling_asks_each_minute_and_less_often_after_errors);
  g_test_add_func ("/session/a-poll-asks-for-locks-and-keys-and-seldom-for-people",
                   test_a_poll_asks_for_locks_and_keys_and_seldom_for_people);
  g_test_add_func ("/session/only-old-data-are-refreshed-if-older", test_only_old_data_are_refreshed_if_older);
  g_test_add_func ("/session/properties-tell-how-it-stands", test_properties_tell_how_it_stands);
  g_test_add_func ("/session/the-token-goes-when-the-account-goes", test_the_token_goes_when_the_account_goes);

  return g_test_run ();
}
