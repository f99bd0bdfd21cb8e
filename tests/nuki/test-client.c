/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-error.h>

#include "nuki-test-fixture.h"

#define USER(id) "{\"accountUserId\": " #id ", \"name\": \"Anna\"}"

/* The call with this name. */
static const TestCall *
find_call (const char *name)
{
  for (gsize i = 0; i < n_test_calls; i++)
    {
      if (g_str_equal (test_calls[i].name, name))
        return &test_calls[i];
    }

  g_assert_not_reached ();
}

static void
test_call_is_asked_as_documented (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = data;
  g_autoptr (GError) error = NULL;

  client_fixture_expect (fixture, call, call->answer != NULL ? 200 : 204, call->answer);
  g_assert_true (client_fixture_run (fixture, call, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_rejected + fixture->n_throttled, ==, 0);
}

static void
test_what_is_read_arrives (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("list-keys");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;

  client_fixture_expect (fixture, call, 200, call->answer);
  nuki_client_list_keys_async (fixture->client, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  keys = nuki_client_list_keys_finish (fixture->client, result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_cmpstr (nuki_key_get_name (g_ptr_array_index (keys, 0)), ==, "Anna");
}

static GPtrArray *
renew_keys (ClientFixture *fixture, const char *answer, char **digest)
{
  g_autofree char *known = g_steal_pointer (digest);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *keys;

  client_fixture_expect (fixture, find_call ("list-keys"), 200, answer);
  nuki_client_renew_keys_async (fixture->client, known, NULL, NULL, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  keys = nuki_client_renew_keys_finish (fixture->client, result, digest, &error);
  g_assert_no_error (error);

  return keys;
}

static void
test_an_answer_that_is_known_is_not_read_again (ClientFixture *fixture, gconstpointer data)
{
  const char *answer = find_call ("list-keys")->answer;
  g_autofree char *digest = NULL;
  g_autofree char *other = g_strconcat (answer, " ", NULL);
  g_autoptr (GPtrArray) first = renew_keys (fixture, answer, &digest);
  g_autoptr (GPtrArray) second = NULL;

  g_assert_cmpuint (first->len, ==, 1);
  g_assert_null (renew_keys (fixture, answer, &digest));
  second = renew_keys (fixture, other, &digest);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_null (renew_keys (fixture, other, &digest));
}

static void
test_an_update_of_a_person_may_have_no_answer (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("update-user");

  client_fixture_expect (fixture, call, 204, NULL);
  g_assert_true (client_fixture_run (fixture, call, NULL));
}

static GPtrArray *
list_users (ClientFixture *fixture, const char *email, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  nuki_client_list_users_async (fixture->client, email, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);

  return nuki_client_list_users_finish (fixture->client, result, error);
}

static void
test_people_are_listed_until_a_page_is_empty (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;

  /* What cannot be used counts for the offset all the same. */
  test_server_expect (fixture->server, "GET", "/account/user?offset=0&limit=100", NULL, 200, "[" USER (1) ", 17, " USER (2) "]");
  test_server_expect (fixture->server, "GET", "/account/user?offset=3&limit=100", NULL, 200, "[" USER (2) ", " USER (3) "]");
  test_server_expect (fixture->server, "GET", "/account/user?offset=5&limit=100", NULL, 200, "[]");
  users = list_users (fixture, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (users->len, ==, 3);
  g_assert_cmpint (nuki_user_get_id (g_ptr_array_index (users, 2)), ==, 3);
}

static void
test_one_connection_is_kept_for_what_follows (ClientFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "get-lock", "get-user", "list-keys" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const TestCall *call = find_call (names[i]);

      client_fixture_expect (fixture, call, call->answer != NULL ? 200 : 204, call->answer);
      g_assert_true (client_fixture_run (fixture, call, NULL));
    }
  g_assert_cmpuint (test_server_get_n_requests (fixture->server), ==, 3);
  g_assert_cmpuint (test_server_get_n_connections (fixture->server), ==, 1);
}

static void
test_a_service_without_offsets_does_not_go_on_for_ever (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) users = NULL;

  test_server_expect (fixture->server, "GET", "/account/user?offset=0&limit=100", NULL, 200, "[" USER (1) "]");
  test_server_expect (fixture->server, "GET", "/account/user?offset=1&limit=100", NULL, 200, "[" USER (1) "]");
  users = list_users (fixture, NULL, NULL);

  g_assert_cmpuint (users->len, ==, 1);
}

static void
test_half_a_list_of_people_is_none (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_server_expect (fixture->server, "GET", "/account/user?offset=0&limit=100&email=a%26b", NULL, 200, "[" USER (1) "]");
  test_server_expect (fixture->server, "GET", "/account/user?offset=1&limit=100&email=a%26b", NULL, 500, "");
  g_assert_null (list_users (fixture, "a&b", &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SERVER);
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_the_client_is_busy_while_requests_are_under_way (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("get-lock");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  GAsyncResult *other = NULL;
  guint n_changes = 0;

  g_signal_connect (fixture->client, "notify::busy", G_CALLBACK (on_notify), &n_changes);
  client_fixture_expect (fixture, call, 200, call->answer);
  client_fixture_expect (fixture, call, 200, call->answer);

  g_assert_false (nuki_client_get_busy (fixture->client));
  call->start (fixture->client, NULL, keep_result, &fixture->result);
  call->start (fixture->client, NULL, keep_result, &other);
  g_assert_true (nuki_client_get_busy (fixture->client));
  g_assert_cmpuint (n_changes, ==, 1);
  first = await_result (&fixture->result);
  second = await_result (&other);

  g_assert_true (call->finish (fixture->client, first, NULL));
  g_assert_true (call->finish (fixture->client, second, NULL));
  g_assert_false (nuki_client_get_busy (fixture->client));
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_the_client_knows_whether_the_service_is_reached (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("list-locks");
  g_autofree char *uri = g_strdup (test_server_get_uri (fixture->server));
  g_autoptr (NukiClient) client = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  /* A status is an answer, too. */
  client_fixture_expect (fixture, call, 503, "");
  g_assert_false (client_fixture_run (fixture, call, NULL));
  g_assert_true (nuki_client_get_online (fixture->client));

  test_server_free (fixture->server);
  client = client_fixture_make_client (fixture, uri, NULL);
  g_signal_connect (client, "notify::online", G_CALLBACK (on_notify), &n_changes);
  call->start (client, NULL, keep_result, &kept);
  result = await_result (&kept);
  g_assert_false (call->finish (client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_false (nuki_client_get_online (client));
  g_assert_cmpuint (n_changes, ==, 1);

  fixture->server = test_server_new ();
}

static void
test_without_a_token_nothing_is_sent (ClientFixture *fixture, gconstpointer data)
{
  const char *const none[] = { NULL, "" };

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->token = none[i];
      g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
    }

  nuki_client_set_token_func (fixture->client, NULL, NULL, NULL);
  g_assert_false (client_fixture_run (fixture, &test_calls[0], NULL));
  g_assert_cmpuint (test_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_a_token_that_would_break_the_header_is_not_sent (ClientFixture *fixture, gconstpointer data)
{
  const char *const tokens[] = { "a\r\nX-Evil: 1", "a\nb", "a b", "0123 ", "tök", "a\tb", "a\x7f" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->token = tokens[i];
      g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INVALID);
      g_assert_null (strstr (error->message, tokens[i]));
    }
  g_assert_cmpuint (test_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_the_token_is_asked_for_each_time (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("get-lock");

  fixture->token = "another-token";
  test_server_set_token (fixture->server, "another-token");
  client_fixture_expect (fixture, call, 200, call->answer);
  g_assert_true (client_fixture_run (fixture, call, NULL));
}

static void
on_destroyed (gpointer user_data)
{
  ++*(guint *) user_data;
}

static const char *
give_nothing (gpointer user_data)
{
  return NULL;
}

static void
test_the_token_func_is_let_go (void)
{
  NukiClient *client = nuki_client_new (NUKI_CLIENT_DEFAULT_URI, NULL);
  guint n_destroyed = 0;

  nuki_client_set_token_func (client, give_nothing, &n_destroyed, on_destroyed);
  nuki_client_set_token_func (client, give_nothing, &n_destroyed, on_destroyed);
  g_assert_cmpuint (n_destroyed, ==, 1);
  g_assert_finalize_object (client);
  g_assert_cmpuint (n_destroyed, ==, 2);
}

static void
test_a_missing_scope_is_told_from_a_bad_token (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("list-keys");
  g_autoptr (GError) error = NULL;

  client_fixture_expect (fixture, call, 401, "{\"detailMessage\": \"Your access token is not authorized\"}");
  test_server_expect (fixture->server, "GET", "/smartlock", NULL, 200, "[]");
  g_assert_false (client_fixture_run (fixture, call, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SCOPE);
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

static void
test_a_bad_token_is_said (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *keys = find_call ("list-keys");
  const TestCall *locks = find_call ("list-locks");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) lock_error = NULL;

  client_fixture_expect (fixture, keys, 401, "");
  test_server_expect (fixture->server, "GET", "/smartlock", NULL, 401, "");
  g_assert_false (client_fixture_run (fixture, keys, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_rejected, ==, 1);

  client_fixture_expect (fixture, locks, 401, "");
  g_assert_false (client_fixture_run (fixture, locks, &lock_error));
  g_assert_error (lock_error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_rejected, ==, 2);
}

static void
test_a_token_is_not_called_bad_when_the_check_fails (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("delete-key");
  g_autoptr (GError) error = NULL;

  client_fixture_expect (fixture, call, 401, "");
  test_server_expect (fixture->server, "GET", "/smartlock", NULL, 502, "<html/>");
  g_assert_false (client_fixture_run (fixture, call, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SERVER);
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

static gboolean
server_has_got (gpointer data)
{
  return test_server_is_done (data);
}

static void
test_an_old_token_that_is_refused_is_no_news (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("list-locks");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  client_fixture_expect (fixture, call, 401, "");
  call->start (fixture->client, NULL, keep_result, &fixture->result);
  await (server_has_got, fixture->server);
  fixture->token = "newer-token";
  result = await_result (&fixture->result);

  g_assert_false (call->finish (fixture->client, result, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

static gboolean
check_token (ClientFixture *fixture, const char *token, NukiScopes *scopes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  nuki_client_check_token_async (fixture->client, token, fixture->cancellable, keep_result, &fixture->result);
  result = await_result (&fixture->result);

  return nuki_client_check_token_finish (fixture->client, result, scopes, error);
}

/* Two connections at most, so that the order of the probes is known. */
static void
use_ordered_session (ClientFixture *fixture)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns", 1, NULL);

  g_assert_finalize_object (fixture->client);
  fixture->client = client_fixture_make_client (fixture, test_server_get_uri (fixture->server), session);
}

static void
expect_probes (ClientFixture *fixture, const guint statuses[4])
{
  const char *const targets[] = { "/smartlock", "/smartlock/auth", "/account/user?limit=1", "/smartlock/log?limit=1" };

  use_ordered_session (fixture);
  test_server_set_token (fixture->server, "candidate");
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    test_server_expect (fixture->server, "GET", targets[i], NULL, statuses[i], "[]");
}

static void
test_the_scopes_of_a_token_are_found (ClientFixture *fixture, gconstpointer data)
{
  const struct
  {
    guint statuses[4];
    NukiScopes scopes;
  } cases[] = {
    { { 200, 200, 200, 200 }, NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_PEOPLE | NUKI_SCOPE_LOG },
    { { 200, 401, 401, 401 }, NUKI_SCOPE_LOCKS },
    { { 401, 200, 403, 401 }, NUKI_SCOPE_KEYS },
    { { 200, 200, 401, 200 }, NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_LOG },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NukiScopes scopes = NUKI_SCOPE_NONE;
      g_autoptr (GError) error = NULL;

      expect_probes (fixture, cases[i].statuses);
      g_assert_true (check_token (fixture, "candidate", &scopes, &error));
      g_assert_no_error (error);
      g_assert_cmpint (scopes, ==, cases[i].scopes);
    }
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

static void
test_a_token_for_nothing_is_refused (ClientFixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 401, 401, 401, 401 };
  NukiScopes scopes = NUKI_SCOPE_LOG;
  g_autoptr (GError) error = NULL;

  expect_probes (fixture, statuses);
  g_assert_false (check_token (fixture, "candidate", &scopes, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED);
  g_assert_cmpint (scopes, ==, NUKI_SCOPE_LOG);
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

static void
test_trouble_says_nothing_about_a_token (ClientFixture *fixture, gconstpointer data)
{
  const guint statuses[] = { 200, 500, 429, 401 };
  g_autoptr (GError) error = NULL;

  expect_probes (fixture, statuses);
  g_assert_false (check_token (fixture, "candidate", NULL, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SERVER);
  g_assert_cmpuint (fixture->n_throttled, ==, 0);
}

static void
test_a_token_with_line_breaks_is_not_tried (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (check_token (fixture, "candi\ndate", NULL, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INVALID);
}

static void
test_a_token_goes_only_to_safe_addresses (void)
{
  const char *const safe[] = {
    "https://api.nuki.io",   "HTTPS://api.nuki.io/",    "https://example.org:8443/nuki", "http://127.0.0.1:1",
    "http://127.8.9.10",     "http://localhost:8080/x", "http://LOCALHOST",              "http://[::1]:80",
  };
  const char *const unsafe[] = {
    "http://api.nuki.io",
    "http://127.0.0.1.example.org",
    "http://localhost.example.org",
    "http://128.0.0.1",
    "http://0.0.0.0",
    "http://[::2]",
    "http://[::ffff:127.0.0.1]",
    "http://127.0.0.1@example.org",
    "https://user@api.nuki.io",
    "https://user:password@api.nuki.io",
    "https://@api.nuki.io",
    "https://api.nuki.io?x",
    "https://api.nuki.io/#x",
    "ftp://api.nuki.io",
    "file:///etc/passwd",
    "https://",
    "https:///path",
    "api.nuki.io",
    "https://api nuki.io",
    "https://api.nuki.io:99999",
    "",
    " https://api.nuki.io",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (safe); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (nuki_client_check_uri (safe[i], &error));
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", unsafe[i]);
      g_assert_false (nuki_client_check_uri (unsafe[i], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INSECURE);
    }
}

static void
test_no_call_goes_to_an_unsafe_address (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat ("http://user@", test_server_get_uri (fixture->server) + strlen ("http://"), NULL);

  g_assert_finalize_object (fixture->client);
  fixture->client = client_fixture_make_client (fixture, uri, NULL);

  for (gsize i = 0; i < n_test_calls; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (client_fixture_run (fixture, &test_calls[i], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INSECURE);
    }
  g_assert_false (check_token (fixture, "candidate", NULL, NULL));
  g_assert_cmpuint (test_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_a_client_has_a_session_that_introduces_itself (void)
{
  g_autoptr (NukiClient) client = nuki_client_new ("https://api.nuki.io//", NULL);
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *base_uri = NULL;
  gboolean busy = TRUE, online = FALSE;

  g_object_get (client, "session", &session, "base-uri", &base_uri, "busy", &busy, "online", &online, NULL);
  g_assert_cmpstr (base_uri, ==, "https://api.nuki.io");
  g_assert_cmpstr (nuki_client_get_base_uri (client), ==, "https://api.nuki.io");
  g_assert_true (g_str_has_prefix (soup_session_get_user_agent (session), "Housekeys/"));
  g_assert_cmpuint (soup_session_get_timeout (session), ==, 30);
  g_assert_false (busy);
  g_assert_true (online);
}

static void
test_no_proxy_sees_a_token_for_this_computer (void)
{
  const struct
  {
    const char *uri;
    gboolean direct;
  } cases[] = { { "http://127.0.0.1:1", TRUE }, { "HTTP://localhost", TRUE }, { "https://api.nuki.io", FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiClient) client = nuki_client_new (cases[i].uri, NULL);
      g_autoptr (SoupSession) session = NULL;

      g_object_get (client, "session", &session, NULL);
      g_assert_cmpint (soup_session_get_proxy_resolver (session) == NULL, ==, cases[i].direct);
    }
}

#define ADD(name, function)                                                                                       \
  g_test_add ("/client/" name, ClientFixture, NULL, client_fixture_set_up, function, client_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < n_test_calls; i++)
    {
      g_autofree char *path = g_strdup_printf ("/client/%s-is-asked-as-documented", test_calls[i].name);

      g_test_add (path, ClientFixture, &test_calls[i], client_fixture_set_up, test_call_is_asked_as_documented,
                  client_fixture_tear_down);
    }

  ADD ("what-is-read-arrives", test_what_is_read_arrives);
  ADD ("one-connection-is-kept-for-what-follows", test_one_connection_is_kept_for_what_follows);
  ADD ("an-answer-that-is-known-is-not-read-again", test_an_answer_that_is_known_is_not_read_again);
  ADD ("an-update-of-a-person-may-have-no-answer", test_an_update_of_a_person_may_have_no_answer);
  ADD ("people-are-listed-until-a-page-is-empty", test_people_are_listed_until_a_page_is_empty);
  ADD ("a-service-without-offsets-does-not-go-on-for-ever", test_a_service_without_offsets_does_not_go_on_for_ever);
  ADD ("half-a-list-of-people-is-none", test_half_a_list_of_people_is_none);
  ADD ("the-client-is-busy-while-requests-are-under-way", test_the_client_is_busy_while_requests_are_under_way);
  ADD ("the-client-knows-whether-the-service-is-reached", test_the_client_knows_whether_the_service_is_reached);
  ADD ("without-a-token-nothing-is-sent", test_without_a_token_nothing_is_sent);
  ADD ("a-token-that-would-break-the-header-is-not-sent", test_a_token_that_would_break_the_header_is_not_sent);
  ADD ("the-token-is-asked-for-each-time", test_the_token_is_asked_for_each_time);
  g_test_add_func ("/client/the-token-func-is-let-go", test_the_token_func_is_let_go);
  ADD ("a-missing-scope-is-told-from-a-bad-token", test_a_missing_scope_is_told_from_a_bad_token);
  ADD ("a-bad-token-is-said", test_a_bad_token_is_said);
  ADD ("a-token-is-not-called-bad-when-the-check-fails", test_a_token_is_not_called_bad_when_the_check_fails);
  ADD ("an-old-token-that-is-refused-is-no-news", test_an_old_token_that_is_refused_is_no_news);
  ADD ("the-scopes-of-a-token-are-found", test_the_scopes_of_a_token_are_found);
  ADD ("a-token-for-nothing-is-refused", test_a_token_for_nothing_is_refused);
  ADD ("trouble-says-nothing-about-a-token", test_trouble_says_nothing_about_a_token);
  ADD ("a-token-with-line-breaks-is-not-tried", test_a_token_with_line_breaks_is_not_tried);
  g_test_add_func ("/client/a-token-goes-only-to-safe-addresses", test_a_token_goes_only_to_safe_addresses);
  ADD ("no-call-goes-to-an-unsafe-address", test_no_call_goes_to_an_unsafe_address);
  g_test_add_func ("/client/a-client-has-a-session-that-introduces-itself",
                   test_a_client_has_a_session_that_introduces_itself);
  g_test_add_func ("/client/no-proxy-sees-a-token-for-this-computer", test_no_proxy_sees_a_token_for_this_computer);

  return g_test_run ();
}
