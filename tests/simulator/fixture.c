/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include "schema.h"

#define DEADLINE_SECONDS 10

/* Apostrophes stand for quotation marks here and in the bodies that tests send. */
static const char account[]
    = "{'locks': ["
      "  {'smartlockId': " HOME_ID ", 'type': 4, 'name': 'Home', 'config': {'keypadPaired': true}},"
      "  {'smartlockId': " GARAGE_ID ", 'type': 0, 'name': 'Garage', 'serverState': 4,"
      "   'config': {'keypad2Paired': true}},"
      "  {'smartlockId': " OPENER_ID ", 'type': 2, 'name': 'Intercom'}],"
      " 'users': ["
      "  {'accountUserId': 11, 'name': 'Anna Moser', 'email': 'anna@example.org', 'language': 'de'},"
      "  {'accountUserId': 12, 'name': 'John Doe', 'email': 'john@example.org', 'language': 'en'}],"
      " 'keys': ["
      "  {'id': '" ANNA_KEY "', 'smartlockId': " HOME_ID ", 'accountUserId': 11, 'authId': 100, 'name': 'Anna',"
      "   'remoteAllowed': true, 'lockCount': 7, 'allowedFromDate': '2025-01-01T08:00:00.000Z',"
      "   'allowedUntilDate': '2035-01-01T08:00:00.000Z', 'allowedWeekDays': 124, 'allowedFromTime': 480,"
      "   'allowedUntilTime': 1080, 'creationDate': '2025-01-01T07:00:00.000Z',"
      "   'updateDate': '2025-01-01T07:00:10.000Z'},"
      "  {'id': '" CODE_KEY "', 'smartlockId': " HOME_ID ", 'authId': 101, 'type': 13, 'code': 292929,"
      "   'name': 'Cleaning', 'updateDate': '2025-01-01T07:00:10.000Z'},"
      "  {'id': '" FOB_KEY "', 'smartlockId': " HOME_ID ", 'authId': 102, 'type': 2, 'name': 'Fob',"
      "   'updateDate': '2025-01-01T07:00:10.000Z'},"
      "  {'id': '" GARAGE_KEY "', 'smartlockId': " GARAGE_ID ", 'accountUserId': 12, 'authId': 103, 'name': 'Doe',"
      "   'updateDate': '2025-01-01T07:00:10.000Z'}]}";

static void
on_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static void
on_deadline (gpointer user_data)
{
  g_error ("Nothing happened within %d s", DEADLINE_SECONDS);
}

static GBytes *
exchange (Fixture *fixture, SoupMessage *message)
{
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes;
  guint deadline = g_timeout_add_once (DEADLINE_SECONDS * 1000, on_deadline, NULL);

  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  bytes = soup_session_send_and_read_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);

  return bytes;
}

static SoupMessage *
make_message (Fixture *fixture, const char *method, const char *path, const char *body)
{
  g_autofree char *uri = g_strconcat (nuki_simulator_get_uri (fixture->simulator), path, NULL);
  SoupMessage *message = soup_message_new (method, uri);

  if (fixture->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", fixture->token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
    }
  if (body != NULL)
    {
      g_autofree char *text = g_strdelimit (g_strdup (body), "'", '"');
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return message;
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = fixture_parse (account);
  g_autoptr (GError) error = NULL;

  fixture->simulator = nuki_simulator_new ();
  nuki_simulator_load (fixture->simulator, node, &error);
  g_assert_no_error (error);
  nuki_simulator_start (fixture->simulator, 0, &error);
  g_assert_no_error (error);
  nuki_simulator_add_token (fixture->simulator, "token", NUKI_SIMULATOR_ALL_SCOPES);
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 6, NULL);
  fixture->token = g_strdup ("token");
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_assert_finalize_object (fixture->simulator);
  g_free (fixture->token);
}

/* Returns: (transfer full): what @text, with apostrophes for quotation marks, says */
JsonNode *
fixture_parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  return node;
}

/* Sends a request and checks that its answer is what the OpenAPI document promises, whatever that is. */
JsonNode *
fixture_send (Fixture *fixture, const char *method, const char *path, const char *body, guint *status)
{
  g_autoptr (SoupMessage) message = make_message (fixture, method, path, body);
  g_autoptr (GBytes) bytes = exchange (fixture, message);
  g_autofree char *bare_path = g_strndup (path, strcspn (path, "?"));
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (GError) error = NULL;

  *status = soup_message_get_status (message);
  if (g_bytes_get_size (bytes) > 0)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      answer = json_from_string (text, &error);
      g_assert_no_error (error);
    }
  if (!g_str_has_prefix (path, "/simulator/"))
    schema_check_answer (method, bare_path, *status, answer, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&answer);
}

/* The same, for a request whose status is known. */
JsonNode *
fixture_call (Fixture *fixture, const char *method, const char *path, const char *body, guint expected_status)
{
  guint status;
  g_autoptr (JsonNode) answer = fixture_send (fixture, method, path, body, &status);

  if (status != expected_status)
    g_test_message ("%s %s %s: %s", method, path, body, answer != NULL ? json_to_string (answer, FALSE) : "(empty)");
  g_assert_cmpuint (status, ==, expected_status);

  return g_steal_pointer (&answer);
}

/* The same, where the body of the answer does not matter. */
void
fixture_expect (Fixture *fixture, const char *method, const char *path, const char *body, guint status)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, method, path, body, status);
}

/* The same, for a refusal whose words name @detail. */
void
fixture_expect_refusal (Fixture *fixture,
                        const char *method,
                        const char *path,
                        const char *body,
                        guint status,
                        const char *detail)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, method, path, body, status);
  JsonObject *object = json_node_get_object (answer);
  const char *member = status == 422 ? "description" : "detailMessage";

  g_assert_nonnull (strstr (json_object_get_string_member (object, member), detail));
}

JsonObject *
fixture_get_element (JsonNode *array, guint index)
{
  g_assert_cmpuint (index, <, json_array_get_length (json_node_get_array (array)));
  return json_array_get_object_element (json_node_get_array (array), index);
}

/* Returns: (nullable): the first object of @array whose @member is the string @value */
JsonObject *
fixture_find (JsonNode *array, const char *member, const char *value)
{
  for (guint i = 0; i < json_array_get_length (json_node_get_array (array)); i++)
    {
      JsonObject *object = fixture_get_element (array, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (object, member, NULL), value) == 0)
        return object;
    }

  return NULL;
}

JsonNode *
fixture_get_records (JsonNode *dump, const char *member)
{
  return json_object_get_member (json_node_get_object (dump), member);
}
