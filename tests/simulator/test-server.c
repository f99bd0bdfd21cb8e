/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

static void
set_token (Fixture *fixture, const char *token)
{
  g_free (fixture->token);
  fixture->token = g_strdup (token);
}

static void
use_scopes (Fixture *fixture, const char *scopes)
{
  set_token (fixture, "narrow");
  nuki_simulator_add_token (fixture->simulator, "narrow", scopes);
}

static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  set_token (fixture, NULL);
  fixture_expect_refusal (fixture, "GET", "/smartlock", NULL, 401, "not authorized");
}

static void
test_unknown_token (Fixture *fixture, gconstpointer data)
{
  set_token (fixture, "other");
  fixture_expect_refusal (fixture, "GET", "/smartlock", NULL, 401, "not authorized");
  fixture_expect_refusal (fixture, "GET", "/nothing", NULL, 401, "not authorized");
}

static void
test_revoked_token (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "GET", "/smartlock", NULL, 200);
  nuki_simulator_revoke_token (fixture->simulator, "token");
  fixture_expect (fixture, "GET", "/smartlock", NULL, 401);
}

static void
test_scope_taken_away (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "GET", "/smartlock/auth", NULL, 200);
  nuki_simulator_add_token (fixture->simulator, "token", "smartlock.readOnly");
  fixture_expect_refusal (fixture, "GET", "/smartlock/auth", NULL, 401, "not authorized");
  fixture_expect (fixture, "GET", "/smartlock", NULL, 200);
}

/* Each call with a token that has one scope only. */
static void
test_scopes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *good;
    const char *bad;
  } cases[] = {
    { "GET", "/account", "account", "smartlock.auth" },
    { "GET", "/account/user", "account", "smartlock" },
    { "GET", "/account/user/" ANNA_ID, "smartlock.auth", "smartlock" },
    { "GET", "/smartlock", "smartlock.readOnly", "smartlock.auth" },
    { "GET", "/smartlock", "smartlock", "account" },
    { "GET", "/smartlock/" HOME_ID, "smartlock.readOnly", "smartlock.log" },
    { "GET", "/smartlock/auth", "smartlock.auth", "smartlock" },
    { "GET", "/smartlock/auth/paged", "smartlock.auth", "smartlock" },
    { "GET", "/smartlock/" HOME_ID "/auth", "smartlock.auth", "smartlock.readOnly" },
    { "GET", ANNA_KEY_PATH, "smartlock.auth", "smartlock.readOnly" },
    { "GET", "/smartlock/log", "smartlock.log", "smartlock" },
    { "GET", "/smartlock/" HOME_ID "/log", "smartlock.log", "smartlock" },
    { "POST", "/smartlock/" HOME_ID "/sync", "smartlock.action", "smartlock" },
    { "POST", "/smartlock/" HOME_ID "/action/lock", "smartlock.action", "smartlock" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_get = g_str_equal (cases[i].method, "GET");

      nuki_simulator_advance (fixture->simulator, 1);
      use_scopes (fixture, cases[i].good);
      fixture_expect (fixture, cases[i].method, cases[i].path, NULL, is_get ? 200 : 204);
      use_scopes (fixture, cases[i].bad);
      fixture_expect_refusal (fixture, cases[i].method, cases[i].path, NULL, 401, "not authorized");
    }
}

static void
test_read_only_cannot_rename (Fixture *fixture, gconstpointer data)
{
  use_scopes (fixture, "smartlock.readOnly smartlock.auth");
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID, "{'name': 'Mine'}", 401);
}

static void
test_unknown_things (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/nothing",           "/smartlock/1",           "/smartlock/1/auth",           "/smartlock/home",
    "/account/user/99",   "/account/user/anna",     "/smartlock/1/auth/" ANNA_KEY, "/smartlock/" HOME_ID "/auth/none",
    "/smartlock/" HOME_ID "/auth/" GARAGE_KEY,      "/smartlock/99999999999999999999",
    "/smartlock/-1",      "/smartlock/" HOME_ID "/auth/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    fixture_expect (fixture, "GET", paths[i], NULL, 404);
}

static void
test_wrong_method (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "DELETE", "/smartlock", NULL, 405);
  fixture_expect (fixture, "PUT", ANNA_KEY_PATH, "{}", 405);
}

static void
test_body_that_is_no_json (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = { "{", "name=Anna", "[1,", "\xff\xfe", "''''" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    fixture_expect (fixture, "PUT", "/account/user", bodies[i], 400);
  fixture_expect (fixture, "PUT", "/account/user", NULL, 400);
  fixture_expect (fixture, "PUT", "/account/user", "[]", 400);
  fixture_expect (fixture, "PUT", "/account/user", "'text'", 400);
}

static void
test_query_that_is_no_number (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/account/user?limit=many", "/account/user?offset=x",       "/smartlock?type=x",
    "/smartlock?authId=x",      "/smartlock/auth?accountUserId=anna", "/smartlock/auth/paged?page=x",
    "/smartlock/auth/paged?size=x", "/smartlock/log?limit=x",   "/smartlock/log?fromDate=1788213600",
    "/smartlock/log?toDate=now",    "/smartlock/log?action=x",  "/smartlock/log?accountUserId=x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    fixture_expect_refusal (fixture, "GET", paths[i], NULL, 400, "is not valid");
}

static void
test_own_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", "/account", NULL, 200);
  JsonObject *object = json_node_get_object (answer);

  g_assert_cmpstr (json_object_get_string_member (object, "email"), ==, "owner@example.org");
  g_assert_true (json_object_has_member (object, "notInventedYet"));
}

static void
test_dump_over_http (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  g_autoptr (JsonNode) answer = NULL;
  guint n_requests = nuki_simulator_get_n_requests (fixture->simulator);

  set_token (fixture, NULL);
  answer = fixture_call (fixture, "GET", "/simulator/account", NULL, 200);
  g_assert_true (json_node_equal (answer, dump));
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, n_requests);
}

static void
test_requests_are_counted (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, 0);
  fixture_expect (fixture, "GET", "/smartlock", NULL, 200);
  fixture_expect (fixture, "GET", "/nothing", NULL, 404);
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, 2);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (nuki_simulator_get_uri (fixture->simulator), "http://127.0.0.1:"));
  nuki_simulator_stop (fixture->simulator);
  g_assert_null (nuki_simulator_get_uri (fixture->simulator));
  g_assert_true (nuki_simulator_start (fixture->simulator, 0, &error));
  g_assert_no_error (error);
  fixture_expect (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
}

static void
test_taken_port (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NukiSimulator) other = nuki_simulator_new ();
  g_autoptr (GUri) uri = g_uri_parse (nuki_simulator_get_uri (fixture->simulator), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (nuki_simulator_start (other, (guint) g_uri_get_port (uri), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (nuki_simulator_get_uri (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/server/a-request-without-a-token-is-refused", test_no_token);
  fixture_add ("/server/an-unknown-token-is-refused-everywhere", test_unknown_token);
  fixture_add ("/server/a-revoked-token-is-refused", test_revoked_token);
  fixture_add ("/server/a-scope-can-be-taken-away", test_scope_taken_away);
  fixture_add ("/server/each-call-needs-one-of-its-scopes", test_scopes);
  fixture_add ("/server/a-token-that-may-only-look-cannot-rename-a-lock", test_read_only_cannot_rename);
  fixture_add ("/server/what-is-not-there-is-not-found", test_unknown_things);
  fixture_add ("/server/a-path-has-its-methods-only", test_wrong_method);
  fixture_add ("/server/a-body-has-to-be-json", test_body_that_is_no_json);
  fixture_add ("/server/a-number-in-the-query-has-to-be-one", test_query_that_is_no_number);
  fixture_add ("/server/the-account-of-the-token-is-answered", test_own_account);
  fixture_add ("/server/the-dump-needs-no-token-and-is-no-request", test_dump_over_http);
  fixture_add ("/server/requests-are-counted-whatever-their-answer", test_requests_are_counted);
  fixture_add ("/server/it-can-stop-and-start-again", test_restart);
  fixture_add ("/server/a-port-that-is-taken-is-an-error", test_taken_port);

  return g_test_run ();
}
