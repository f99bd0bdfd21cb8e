/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#define DEADLINE_SECONDS 20
#define LOCKS "/smartlock"
#define NEW_KEY "{'name': 'Ben', 'accountUserId': " JOHN_ID ", 'type': 0}"

/* What came of a request that nobody expects to be answered well. */
typedef struct
{
  GAsyncResult *result;
  guint status;
  GBytes *body;
  GError *error;
} Outcome;

static void
clear_outcome (Outcome *outcome)
{
  g_clear_object (&outcome->result);
  g_clear_pointer (&outcome->body, g_bytes_unref);
  g_clear_error (&outcome->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, clear_outcome)

static void
on_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ((Outcome *) user_data)->result = g_object_ref (result);
}

static void
on_deadline (gpointer user_data)
{
  g_error ("Nothing happened within %d s", DEADLINE_SECONDS);
}

static SoupMessage *
start (Fixture *fixture, const char *method, const char *path, const char *body, Outcome *outcome)
{
  g_autofree char *uri = g_strconcat (nuki_simulator_get_uri (fixture->simulator), path, NULL);
  g_autofree char *value = g_strconcat ("Bearer ", fixture->token, NULL);
  SoupMessage *message = soup_message_new (method, uri);

  /* libsoup repeats some requests by itself if the connection was used before. */
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
  if (body != NULL)
    {
      g_autofree char *text = g_strdelimit (g_strdup (body), "'", '"');
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, on_ready, outcome);

  return message;
}

static void
finish (Fixture *fixture, SoupMessage *message, Outcome *outcome)
{
  guint deadline = g_timeout_add_once (DEADLINE_SECONDS * 1000, on_deadline, NULL);

  while (outcome->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  outcome->body = soup_session_send_and_read_finish (fixture->session, outcome->result, &outcome->error);
  outcome->status = soup_message_get_status (message);
}

static void
try (Fixture *fixture, const char *method, const char *path, const char *body, Outcome *outcome)
{
  g_autoptr (SoupMessage) message = start (fixture, method, path, body, outcome);

  finish (fixture, message, outcome);
}

static void
add (Fixture *fixture, const char *method, const char *path, guint count, const char *name)
{
  const NukiSimFault *fault = nuki_sim_fault_find (name);

  g_assert_nonnull (fault);
  nuki_simulator_add_fault (fixture->simulator, method, path, count, fault);
}

static guint
count_keys (Fixture *fixture)
{
  g_autoptr (JsonNode) keys = NULL;

  nuki_simulator_clear_faults (fixture->simulator);
  nuki_simulator_advance (fixture->simulator, 1);
  keys = fixture_call (fixture, "GET", "/smartlock/" HOME_ID "/auth", NULL, 200);

  return json_array_get_length (json_node_get_array (keys));
}

static gboolean
body_has (const Outcome *outcome, const char *part)
{
  return g_strstr_len (g_bytes_get_data (outcome->body, NULL), (gssize) g_bytes_get_size (outcome->body), part) != NULL;
}

static void
test_names (void)
{
  gsize n_faults;
  const NukiSimNamedFault *faults = nuki_sim_fault_get_all (&n_faults);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (n_faults, >=, 24);
  for (gsize i = 0; i < n_faults; i++)
    {
      g_assert_true (g_hash_table_add (names, (char *) faults[i].name));
      g_assert_true (nuki_sim_fault_find (faults[i].name) == &faults[i].fault);
    }
  g_assert_null (nuki_sim_fault_find ("nothing"));
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  static const char *const headers[] = { "Retry-After", "7", "Content-Type", "text/plain", NULL };
  const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_ANSWER, .status = 418, .headers = headers, .body = "a\0b", .body_length = 3 };
  g_autoptr (SoupMessage) message = NULL;
  g_auto (Outcome) outcome = { 0 };

  nuki_simulator_add_fault (fixture->simulator, "GET", LOCKS, 1, &fault);
  message = start (fixture, "GET", LOCKS "?authId=1", NULL, &outcome);
  finish (fixture, message, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.status, ==, 418);
  g_assert_cmpmem (g_bytes_get_data (outcome.body, NULL), g_bytes_get_size (outcome.body), "a\0b", 3);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After"), ==, "7");
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type"), ==,
                   "text/plain");
}

static void
test_which_requests (Fixture *fixture, gconstpointer data)
{
  add (fixture, "GET", "/smartlock/*/auth", 2, "status-500");
  add (fixture, "*", "/account/user*", NUKI_SIM_ALWAYS, "status-503");
  add (fixture, "GET", "/smartlock/*/auth", 1, "status-404");

  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
  for (guint i = 0; i < 4; i++)
    {
      const guint expected[] = { 500, 500, 404, 200 };
      g_auto (Outcome) outcome = { 0 };
      g_auto (Outcome) people = { 0 };

      try (fixture, "GET", "/smartlock/" HOME_ID "/auth", NULL, &outcome);
      g_assert_cmpuint (outcome.status, ==, expected[i]);
      try (fixture, "DELETE", "/account/user/" ANNA_ID, NULL, &people);
      g_assert_cmpuint (people.status, ==, 503);
    }
  g_assert_cmpuint (nuki_simulator_get_n_faults_met (fixture->simulator), ==, 7);

  nuki_simulator_clear_faults (fixture->simulator);
  fixture_expect (fixture, "GET", "/account/user/" ANNA_ID, NULL, 200);
}

static void
test_resets (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "reset-before", "reset-in", "apply-then-reset" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      g_test_message ("%s", names[i]);
      add (fixture, "GET", LOCKS, 1, names[i]);
      try (fixture, "GET", LOCKS, NULL, &outcome);
      g_assert_nonnull (outcome.error);
      g_assert_true (outcome.error->domain == G_IO_ERROR);
    }
}

static void
test_reset_after (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) next = { 0 };

  add (fixture, "GET", LOCKS, 1, "reset-after");
  try (fixture, "GET", LOCKS, NULL, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_true (body_has (&outcome, "Intercom"));
  try (fixture, "GET", LOCKS, NULL, &next);
  g_assert_no_error (next.error);
}

/* A code that differs from the others. */
static void
create_code (Fixture *fixture, gsize number, Outcome *outcome)
{
  g_autofree char *body
      = g_strdup_printf ("{'name': 'Code', 'type': 13, 'code': 31415%" G_GSIZE_FORMAT "}", number % 9 + 1);

  try (fixture, "PUT", "/smartlock/" HOME_ID "/auth", body, outcome);
}

/* What each fault makes of the creation of a code: whether there is one more, and whether there was an answer. */
static void
test_what_is_carried_out (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean applied;
    guint status; /* or 0 for none */
  } cases[] = {
    { "status-500", FALSE, 500 }, { "status-409", FALSE, 409 },       { "reset-before", FALSE, 0 },
    { "reset-in", TRUE, 0 },      { "reset-after", TRUE, 204 },       { "cut-json", TRUE, 200 },
    { "wrong-types", TRUE, 200 }, { "bad-utf8", TRUE, 200 },          { "html", FALSE, 200 },
    { "empty", FALSE, 200 },      { "redirect-plain-http", FALSE, 308 }, { "deep", FALSE, 200 },
    { "drip", TRUE, 204 },        { "apply-then-reset", TRUE, 0 },    { "apply-then-500", TRUE, 500 },
  };
  guint expected = count_keys (fixture);
  gsize n_codes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NukiSimFault fault = *nuki_sim_fault_find (cases[i].name);
      g_auto (Outcome) outcome = { 0 };

      g_test_message ("%s", cases[i].name);
      fault.milliseconds = 1;
      nuki_simulator_add_fault (fixture->simulator, "PUT", "/smartlock/*/auth", 1, &fault);
      create_code (fixture, n_codes, &outcome);
      g_assert_cmpint (outcome.error == NULL, ==, cases[i].status != 0);
      if (cases[i].status != 0)
        g_assert_cmpuint (outcome.status, ==, cases[i].status);
      expected += cases[i].applied;
      n_codes += cases[i].applied;
      g_assert_cmpuint (count_keys (fixture), ==, expected);
    }
}

static void
test_damaged_answers (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "cut-json", "bad-utf8", "html", "empty" };
  g_auto (Outcome) twisted = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *lock;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", names[i]);
      add (fixture, "GET", LOCKS, 1, names[i]);
      try (fixture, "GET", LOCKS, NULL, &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.status, ==, 200);
      if (g_str_equal (names[i], "empty"))
        {
          g_assert_cmpuint (g_bytes_get_size (outcome.body), ==, 0);
          continue;
        }
      text = g_strndup (g_bytes_get_data (outcome.body, NULL), g_bytes_get_size (outcome.body));
      if (g_str_equal (names[i], "bad-utf8"))
        g_assert_false (g_utf8_validate (text, -1, NULL));
      else
        g_assert_null (json_from_string (text, &error));
    }

  add (fixture, "GET", LOCKS, 1, "wrong-types");
  try (fixture, "GET", LOCKS, NULL, &twisted);
  node = json_from_string (g_bytes_get_data (twisted.body, NULL), NULL);
  lock = fixture_get_element (node, 0);
  g_assert_true (json_node_get_value_type (json_object_get_member (lock, "smartlockId")) == G_TYPE_STRING);
  g_assert_true (json_node_get_value_type (json_object_get_member (lock, "name")) == G_TYPE_INT64);
  g_assert_true (JSON_NODE_HOLDS_ARRAY (json_object_get_member (lock, "favorite")));
}

static void
test_big_answers (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) deep = { 0 };
  g_auto (Outcome) huge = { 0 };

  add (fixture, "GET", LOCKS, 1, "deep");
  try (fixture, "GET", LOCKS, NULL, &deep);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (deep.body, NULL), "[[[[[["));
  g_assert_cmpuint (g_bytes_get_size (deep.body), ==, 200000);

  add (fixture, "GET", LOCKS, 1, "huge");
  try (fixture, "GET", LOCKS, NULL, &huge);
  g_assert_cmpuint (g_bytes_get_size (huge.body), ==, 80000000);
}

static void
test_hang (Fixture *fixture, gconstpointer data)
{
  const guint before = count_keys (fixture);
  g_auto (Outcome) unheard = { 0 };
  g_auto (Outcome) heard = { 0 };
  g_autoptr (SoupMessage) first = NULL;
  g_autoptr (SoupMessage) second = NULL;

  add (fixture, "PUT", "*", 1, "hang");
  first = start (fixture, "PUT", "/smartlock/" HOME_ID "/auth", NEW_KEY, &unheard);
  while (nuki_simulator_get_n_faults_met (fixture->simulator) < 1)
    g_main_context_iteration (NULL, TRUE);
  add (fixture, "PUT", "*", 1, "apply-then-hang");
  second = start (fixture, "PUT", "/smartlock/" HOME_ID "/auth", NEW_KEY, &heard);
  while (nuki_simulator_get_n_faults_met (fixture->simulator) < 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (count_keys (fixture), ==, before + 1);
  g_assert_null (unheard.result);
  g_assert_null (heard.result);
  nuki_simulator_release (fixture->simulator);
  finish (fixture, first, &unheard);
  finish (fixture, second, &heard);
  g_assert_cmpuint (unheard.status, ==, 503);
  g_assert_cmpuint (heard.status, ==, 204);
}

static void
test_hang_of_a_client_that_goes (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (SoupMessage) message = NULL;

  add (fixture, "GET", LOCKS, 1, "hang");
  message = start (fixture, "GET", LOCKS, NULL, &outcome);
  while (nuki_simulator_get_n_faults_met (fixture->simulator) < 1)
    g_main_context_iteration (NULL, TRUE);
  soup_session_abort (fixture->session);
  finish (fixture, message, &outcome);
  g_assert_nonnull (outcome.error);

  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
  nuki_simulator_release (fixture->simulator);
  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
}

static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  g_autofree char *here = g_strconcat (nuki_simulator_get_uri (fixture->simulator), "/elsewhere", NULL);
  const struct
  {
    const char *name;
    guint status;
    const char *location;
  } cases[] = {
    { "redirect-same-origin", 307, here },
    { "redirect-other-origin", 302, "https://elsewhere.invalid/smartlock" },
    { "redirect-plain-http", 308, "http://elsewhere.invalid/smartlock" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome = { 0 };
      g_autoptr (SoupMessage) message = NULL;

      add (fixture, "GET", LOCKS, 1, cases[i].name);
      message = start (fixture, "GET", LOCKS, NULL, &outcome);
      finish (fixture, message, &outcome);
      g_assert_cmpuint (outcome.status, ==, cases[i].status);
      g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"), ==,
                       cases[i].location);
    }
}

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup (nuki_simulator_get_uri (fixture->simulator));
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) g_uri_get_port (parsed));
  g_autoptr (GSocket) other = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  nuki_simulator_set_reachable (fixture->simulator, FALSE, NULL);
  g_assert_cmpstr (nuki_simulator_get_uri (fixture->simulator), ==, uri);
  try (fixture, "GET", LOCKS, NULL, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);

  /* Nobody else gets the port meanwhile. */
  g_assert_false (g_socket_bind (other, address, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);

  nuki_simulator_set_reachable (fixture->simulator, TRUE, &error);
  g_assert_no_error (error);
  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
}

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  NukiSimFault fault = *nuki_sim_fault_find ("refuse");
  g_auto (Outcome) first = { 0 };
  g_auto (Outcome) second = { 0 };
  g_auto (Outcome) third = { 0 };

  fault.milliseconds = 60 * 1000;
  nuki_simulator_add_fault (fixture->simulator, "GET", LOCKS, 1, &fault);
  try (fixture, "GET", LOCKS, NULL, &first);
  g_assert_nonnull (first.error);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  try (fixture, "GET", LOCKS, NULL, &second);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);

  nuki_simulator_advance (fixture->simulator, 30 * 1000);
  try (fixture, "GET", LOCKS, NULL, &third);
  g_assert_error (third.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  nuki_simulator_advance (fixture->simulator, 31 * 1000);
  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
}

static void
test_faults_over_http (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "{}", "[]", "{'fault': 'nothing'}", "{'fault': 17}", "{'fault': 'html', 'count': -1}",
    "{'fault': 'html', 'count': 99999999999}",
  };
  g_auto (Outcome) first = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    fixture_expect (fixture, "POST", "/simulator/faults", bad[i], 400);
  fixture_expect (fixture, "GET", "/simulator/faults", NULL, 405);

  fixture_expect (fixture, "POST", "/simulator/faults", "{'fault': 'html', 'method': 'GET', 'path': '/smartlock', 'count': 1}",
                  204);
  try (fixture, "GET", LOCKS, NULL, &first);
  g_assert_true (body_has (&first, "hotel"));
  fixture_expect (fixture, "GET", LOCKS, NULL, 200);

  fixture_expect (fixture, "POST", "/simulator/faults", "{'fault': 'status-500'}", 204);
  fixture_expect (fixture, "DELETE", "/simulator/faults", NULL, 204);
  fixture_expect (fixture, "GET", LOCKS, NULL, 200);
}

static void
edit (Fixture *fixture, const char *edits)
{
  g_autoptr (JsonNode) node = fixture_parse (edits);
  g_autoptr (GError) error = NULL;

  nuki_simulator_edit (fixture->simulator, node, &error);
  g_assert_no_error (error);
}

static void
test_another_administrator (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;
  g_autoptr (JsonNode) user = NULL;

  edit (fixture, "{'keys': [{'id': '" ANNA_KEY "', 'name': 'Anna M.', 'allowedFromDate': null},"
                 "          {'id': '" FOB_KEY "', 'removed': true},"
                 "          {'id': 'new', 'smartlockId': " HOME_ID ", 'name': 'Cleo'}],"
                 " 'users': [{'accountUserId': 11, 'name': 'Anna M.'}, {'accountUserId': 12, 'removed': true},"
                 "           {'accountUserId': 13, 'name': 'Cleo', 'email': 'cleo@example.org'}],"
                 " 'locks': [{'smartlockId': " HOME_ID ", 'config': {'timezoneId': 3}}]}");
  key = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "Anna M.");
  g_assert_false (json_object_has_member (json_node_get_object (key), "allowedFromDate"));
  g_assert_true (json_object_has_member (json_node_get_object (key), "allowedUntilDate"));
  fixture_expect (fixture, "GET", "/smartlock/" HOME_ID "/auth/" FOB_KEY, NULL, 404);
  fixture_expect (fixture, "GET", "/smartlock/" HOME_ID "/auth/new", NULL, 200);
  user = fixture_call (fixture, "GET", "/account/user/" ANNA_ID, NULL, 200);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (user), "name"), ==, "Anna M.");
  fixture_expect (fixture, "GET", "/account/user/" JOHN_ID, NULL, 404);
  fixture_expect (fixture, "GET", "/account/user/13", NULL, 200);
}

/* A key that is about to change can go meanwhile. */
static void
test_limits_get_lost (Fixture *fixture, gconstpointer data)
{
  static const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_DROP_LIMITS };

  nuki_simulator_add_fault (fixture->simulator, "POST", "*", 1, &fault);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (JsonNode) key = NULL;

      fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Anne', 'allowedWeekDays': 64}", 204);
      nuki_simulator_advance (fixture->simulator, 2000);
      fixture_expect (fixture, "GET", LOCKS, NULL, 200);
      key = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "Anne");
      g_assert_cmpint (json_object_has_member (json_node_get_object (key), "allowedWeekDays"), ==, i == 1);
    }
}

static void
test_edit_of_what_is_under_way (Fixture *fixture, gconstpointer data)
{
  nuki_simulator_set_delay (fixture->simulator, 1000, 1000);
  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Anne'}", 204);
  fixture_expect (fixture, "POST", CODE_KEY_PATH, "{'name': 'Cleaners'}", 204);
  edit (fixture, "{'keys': [{'id': '" ANNA_KEY "', 'removed': true}]}");
  nuki_simulator_advance (fixture->simulator, 2000);

  fixture_expect (fixture, "GET", ANNA_KEY_PATH, NULL, 404);
  {
    g_autoptr (JsonNode) key = fixture_call (fixture, "GET", CODE_KEY_PATH, NULL, 200);

    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "Cleaners");
  }
}

static void
test_unusable_edits (Fixture *fixture, gconstpointer data)
{
  static const char *const edits[] = {
    "[]", "{'keys': [17]}", "{'keys': [{'name': 'x'}]}", "{'users': [{'accountUserId': 99, 'removed': true}]}",
    "{'keys': [{'id': 'x', 'smartlockId': 1}]}", "{'locks': [{'smartlockId': 'x'}]}",
  };
  g_autoptr (JsonNode) before = nuki_simulator_dump (fixture->simulator);
  g_autoptr (JsonNode) after = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (JsonNode) node = fixture_parse (edits[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", edits[i]);
      g_assert_false (nuki_simulator_edit (fixture->simulator, node, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      fixture_expect (fixture, "POST", "/simulator/account", edits[i], 400);
    }
  fixture_expect (fixture, "POST", "/simulator/account", NULL, 400);
  after = nuki_simulator_dump (fixture->simulator);
  g_assert_true (json_node_equal (before, after));
}

static void
test_edit_over_http (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "POST", "/simulator/account", "{'keys': [{'id': '" FOB_KEY "', 'removed': true}]}", 204);
  fixture_expect (fixture, "GET", "/smartlock/" HOME_ID "/auth/" FOB_KEY, NULL, 404);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/each-has-a-name-of-its-own", test_names);
  fixture_add ("/faults/an-answer-can-have-any-status-headers-and-body", test_status);
  fixture_add ("/faults/they-meet-the-requests-that-they-are-for", test_which_requests);
  fixture_add ("/faults/a-connection-can-break-before-and-in-an-answer", test_resets);
  fixture_add ("/faults/a-connection-can-break-after-an-answer", test_reset_after);
  fixture_add ("/faults/a-request-is-carried-out-or-not", test_what_is_carried_out);
  fixture_add ("/faults/an-answer-can-be-damaged", test_damaged_answers);
  fixture_add ("/faults/an-answer-can-be-deep-or-huge", test_big_answers);
  fixture_add ("/faults/the-limits-of-a-key-can-get-lost", test_limits_get_lost);
  fixture_add ("/faults/an-answer-may-not-come-until-it-is-released", test_hang);
  fixture_add ("/faults/a-client-may-go-while-its-request-hangs", test_hang_of_a_client_that_goes);
  fixture_add ("/faults/an-answer-can-refer-to-another-address", test_redirects);
  fixture_add ("/faults/the-port-can-be-closed-and-opened-again", test_unreachable);
  fixture_add ("/faults/a-request-can-close-the-port-for-a-time", test_refusal);
  fixture_add ("/faults/they-can-be-asked-for-over-http", test_faults_over_http);
  fixture_add ("/edits/another-administrator-changes-creates-and-removes", test_another_administrator);
  fixture_add ("/edits/what-is-under-way-goes-on", test_edit_of_what_is_under_way);
  fixture_add ("/edits/what-cannot-be-used-changes-nothing", test_unusable_edits);
  fixture_add ("/edits/they-can-be-posted", test_edit_over_http);

  return g_test_run ();
}
