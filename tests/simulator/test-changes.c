/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#define HOME_KEYS "/smartlock/" HOME_ID "/auth"
#define GARAGE_KEYS "/smartlock/" GARAGE_ID "/auth"
#define ANNA_FULL                                                                                            \
  "'remoteAllowed': true, 'accountUserId': 11, 'allowedFromDate': '2025-01-01T08:00:00Z',"                   \
  "'allowedUntilDate': '2035-01-01T08:00Z', 'allowedWeekDays': 124, 'allowedFromTime': 480,"                 \
  "'allowedUntilTime': 1080"

static const char *const limit_members[]
    = { "allowedFromDate", "allowedUntilDate", "allowedWeekDays", "allowedFromTime", "allowedUntilTime" };

/* Returns: (transfer full): the key at @path */
static JsonNode *
get (Fixture *fixture, const char *path)
{
  return fixture_call (fixture, "GET", path, NULL, 200);
}

static gboolean
has (JsonNode *node, const char *member)
{
  return json_object_has_member (json_node_get_object (node), member);
}

static guint
count_limits (JsonNode *node)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (limit_members); i++)
    n += has (node, limit_members[i]);

  return n;
}

/* Returns: (transfer full) (nullable): the key of this name on the lock whose keys are at @path */
static JsonNode *
find_key (Fixture *fixture, const char *path, const char *name)
{
  g_autoptr (JsonNode) answer = get (fixture, path);
  JsonObject *key = fixture_find (answer, "name", name);
  JsonNode *node;

  if (key == NULL)
    return NULL;

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, key);
  return node;
}

static void
create_john (Fixture *fixture, const char *limits)
{
  g_autofree char *body
      = g_strdup_printf ("{'name': 'John', 'accountUserId': 12, 'remoteAllowed': false, "
                         "'smartActionsEnabled': true%s}",
                         limits);

  fixture_expect (fixture, "PUT", HOME_KEYS, body, 204);
}

static void
test_create_without_delay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) waiting = NULL;
  g_autoptr (JsonNode) done = NULL;

  create_john (fixture, "");
  waiting = find_key (fixture, HOME_KEYS, "John");
  g_assert_nonnull (waiting);
  g_assert_false (has (waiting, "updateDate"));
  g_assert_false (has (waiting, "authId"));
  g_assert_false (has (waiting, "operationId"));

  done = find_key (fixture, HOME_KEYS, "John");
  g_assert_true (has (done, "updateDate"));
  g_assert_true (has (done, "authId"));
  g_assert_false (has (done, "_smartActionsEnabled"));
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (done), "lockCount"), ==, 0);
  g_assert_cmpuint (count_limits (done), ==, 0);
}

static void
test_create_with_delay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) accepted = NULL;
  g_autoptr (JsonNode) waiting = NULL;
  g_autoptr (JsonNode) done = NULL;

  nuki_simulator_set_delay (fixture->simulator, 100000, 100000);
  create_john (fixture, "");
  accepted = find_key (fixture, HOME_KEYS, "John");
  g_assert_null (accepted);
  nuki_simulator_advance (fixture->simulator, 50000);
  waiting = find_key (fixture, HOME_KEYS, "John");
  g_assert_false (has (waiting, "updateDate"));
  nuki_simulator_advance (fixture->simulator, 50000);
  done = find_key (fixture, HOME_KEYS, "John");
  g_assert_true (has (done, "updateDate"));
}

static void
test_drawn_delays (Fixture *fixture, gconstpointer data)
{
  nuki_simulator_set_delay (fixture->simulator, 100000, 200000);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (JsonNode) early = NULL;
      g_autofree char *path = g_strdup (i % 2 == 0 ? ANNA_KEY_PATH : CODE_KEY_PATH);

      fixture_expect (fixture, "POST", path, "{'name': 'Renamed'}", 204);
      nuki_simulator_advance (fixture->simulator, 99000);
      early = get (fixture, path);
      g_assert_true (has (early, "operationId"));
      nuki_simulator_advance (fixture->simulator, 101000);
      fixture_expect (fixture, "POST", path, "{'name': 'Renamed'}", 204);
      nuki_simulator_advance (fixture->simulator, 200000);
    }
}

static void
test_new_key_is_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) waiting = NULL;
  g_autofree char *path = NULL;

  nuki_simulator_set_delay (fixture->simulator, 100000, 100000);
  create_john (fixture, "");
  nuki_simulator_advance (fixture->simulator, 60000);
  waiting = find_key (fixture, HOME_KEYS, "John");
  path = g_strconcat (HOME_KEYS, "/", json_object_get_string_member (json_node_get_object (waiting), "id"), NULL);
  fixture_expect (fixture, "POST", path, "{'name': 'John'}", 423);
  fixture_expect (fixture, "DELETE", path, NULL, 423);
}

static void
test_create_takes_limits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;
  JsonObject *object;

  create_john (fixture, ", 'allowedFromDate': '2025-09-20T15:00:00+02:00', 'allowedUntilDate': "
                        "'2025-09-25T11:00:00.123456Z', 'allowedWeekDays': 32, 'allowedFromTime': 1320, "
                        "'allowedUntilTime': 360");
  key = find_key (fixture, HOME_KEYS, "John");
  object = json_node_get_object (key);
  g_assert_cmpstr (json_object_get_string_member (object, "allowedFromDate"), ==, "2025-09-20T13:00:00.000Z");
  g_assert_cmpstr (json_object_get_string_member (object, "allowedUntilDate"), ==, "2025-09-25T11:00:00.123Z");
  g_assert_cmpint (json_object_get_int_member (object, "allowedWeekDays"), ==, 32);
  g_assert_cmpint (json_object_get_int_member (object, "allowedFromTime"), ==, 1320);
  g_assert_cmpint (json_object_get_int_member (object, "allowedUntilTime"), ==, 360);
}

static void
test_dates_without_weekdays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;

  create_john (fixture, ", 'allowedFromDate': '2025-09-20T13:00:00.000Z', 'allowedWeekDays': null, "
                        "'allowedFromTime': 480, 'allowedUntilTime': 1080");
  key = find_key (fixture, HOME_KEYS, "John");
  g_assert_cmpuint (count_limits (key), ==, 0);
}

static void
test_mails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = NULL;
  JsonNode *mails;

  create_john (fixture, "");
  fixture_expect (fixture, "PUT", HOME_KEYS, "{'name': 'Code', 'type': 13, 'code': 345678}", 204);
  dump = nuki_simulator_dump (fixture->simulator);
  mails = fixture_get_records (dump, "mails");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (mails)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (fixture_get_element (mails, 0), "to"), ==, "john@example.org");
  g_assert_cmpint (json_object_get_int_member (fixture_get_element (mails, 0), "smartlockId"), ==, HOME);
}

static void
test_dump_knows_smart_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = NULL;
  JsonObject *key;

  create_john (fixture, "");
  nuki_simulator_advance (fixture->simulator, 1);
  dump = nuki_simulator_dump (fixture->simulator);
  key = fixture_find (fixture_get_records (dump, "keys"), "name", "John");
  g_assert_nonnull (key);
  g_assert_true (json_object_get_boolean_member (key, "_smartActionsEnabled"));
}

static void
test_create_several (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) home = NULL;
  g_autoptr (JsonNode) opener = NULL;

  fixture_expect (fixture, "PUT", "/smartlock/auth",
                  "{'name': 'John', 'accountUserId': 12, 'smartlockIds': [" HOME_ID ", " OPENER_ID "]}", 204);
  nuki_simulator_advance (fixture->simulator, 1);
  home = find_key (fixture, HOME_KEYS, "John");
  opener = find_key (fixture, "/smartlock/" OPENER_ID "/auth", "John");
  g_assert_true (has (home, "updateDate"));
  g_assert_true (has (opener, "updateDate"));
}

static void
test_create_several_or_none (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "{'name': 'Anna', 'accountUserId': 11, 'smartlockIds': [" OPENER_ID ", " HOME_ID "]}", 409 },
    { "{'name': 'John', 'accountUserId': 12, 'smartlockIds': [" HOME_ID ", 5]}", 404 },
    { "{'name': 'John', 'accountUserId': 12, 'smartlockIds': [" HOME_ID ", " HOME_ID "]}", 400 },
    { "{'name': 'John', 'accountUserId': 12, 'smartlockIds': ['" HOME_ID "']}", 400 },
    { "{'name': 'John', 'accountUserId': 12, 'smartlockIds': []}", 400 },
    { "{'name': 'John', 'accountUserId': 12, 'smartlockIds': " HOME_ID "}", 400 },
    { "{'name': 'John', 'accountUserId': 12}", 400 },
    { "{'accountUserId': 12, 'smartlockIds': [" HOME_ID "]}", 422 },
    { "{'name': 'C', 'type': 13, 'code': 345678, 'smartlockIds': [" HOME_ID ", " OPENER_ID "]}", 400 },
    { "[]", 400 },
  };
  g_autoptr (JsonNode) dump = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_expect (fixture, "PUT", "/smartlock/auth", cases[i].body, cases[i].status);
  dump = nuki_simulator_dump (fixture->simulator);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (dump, "operations"))), ==, 0);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) busy = NULL;
  g_autoptr (JsonNode) done = NULL;
  JsonObject *key;

  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Anna (flat 3)', 'enabled': false, " ANNA_FULL "}", 204);
  busy = get (fixture, ANNA_KEY_PATH);
  g_assert_true (has (busy, "operationId"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (busy), "name"), ==, "Anna");

  done = get (fixture, ANNA_KEY_PATH);
  key = json_node_get_object (done);
  g_assert_false (has (done, "operationId"));
  g_assert_cmpstr (json_object_get_string_member (key, "name"), ==, "Anna (flat 3)");
  g_assert_false (json_object_get_boolean_member (key, "enabled"));
  g_assert_cmpuint (count_limits (done), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (key, "allowedUntilDate"), ==, "2035-01-01T08:00:00.000Z");
  g_assert_cmpint (json_object_get_int_member (key, "lockCount"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (key, "updateDate"), >, "2025-01-01T07:00:10.000Z");
}

static void
test_partial_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;

  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Anna', 'enabled': false}", 204);
  nuki_simulator_advance (fixture->simulator, 1);
  key = get (fixture, ANNA_KEY_PATH);
  g_assert_cmpuint (count_limits (key), ==, 0);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (key), "remoteAllowed"));
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (key), "accountUserId"), ==, 11);
}

static void
test_update_with_null (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;

  fixture_expect (fixture, "POST", ANNA_KEY_PATH,
                  "{'name': 'Anna', 'allowedWeekDays': 127, 'allowedUntilDate': '2030-01-01T00:00:00Z',"
                  " 'allowedFromTime': null, 'allowedUntilTime': null}",
                  204);
  nuki_simulator_advance (fixture->simulator, 1);
  key = get (fixture, ANNA_KEY_PATH);
  g_assert_cmpuint (count_limits (key), ==, 2);
}

static void
test_busy_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) key = NULL;
  g_autoptr (JsonNode) refusal = NULL;

  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'First'}", 204);
  refusal = fixture_call (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Second'}", 423);
  g_assert_false (has (refusal, "detailMessage"));
  fixture_expect (fixture, "DELETE", ANNA_KEY_PATH, NULL, 423);
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "['" ANNA_KEY "']", 423);
  fixture_expect (fixture, "POST", "/smartlock/auth", "[{'id': '" ANNA_KEY "', 'name': 'Third'}]", 423);
  nuki_simulator_advance (fixture->simulator, 2000);
  key = get (fixture, ANNA_KEY_PATH);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "First");
}

static void
test_both_shapes_of_operation_id (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  fixture_expect (fixture, "POST", "/smartlock/auth",
                  "[{'id': '" ANNA_KEY "', 'name': 'A'}, {'id': '" CODE_KEY "', 'name': 'C'}]", 204);
  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  nuki_simulator_set_lock_online (fixture->simulator, HOME, FALSE);
  first = get (fixture, ANNA_KEY_PATH);
  second = get (fixture, CODE_KEY_PATH);
  g_assert_cmpint (json_node_get_node_type (json_object_get_member (json_node_get_object (first), "operationId")), !=,
                   json_node_get_node_type (json_object_get_member (json_node_get_object (second), "operationId")));
}

static void
test_update_several (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) anna = NULL;
  g_autoptr (JsonNode) fob = NULL;

  fixture_expect (fixture, "POST", "/smartlock/auth",
                  "[{'id': '" ANNA_KEY "', 'name': 'Anna', 'enabled': false, " ANNA_FULL "},"
                  " {'id': '" FOB_KEY "', 'name': 'Red fob', 'enabled': true}]",
                  204);
  nuki_simulator_advance (fixture->simulator, 1);
  anna = get (fixture, ANNA_KEY_PATH);
  fob = get (fixture, HOME_KEYS "/" FOB_KEY);
  g_assert_false (json_object_get_boolean_member (json_node_get_object (anna), "enabled"));
  g_assert_cmpuint (count_limits (anna), ==, 5);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (fob), "name"), ==, "Red fob");
}

static void
test_update_several_or_none (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    guint status;
  } cases[] = {
    { "[{'id': '" ANNA_KEY "', 'name': 'X'}, {'id': 'none', 'name': 'X'}]", 404 },
    { "[{'id': '" ANNA_KEY "', 'name': 'X'}, {'id': '" FOB_KEY "'}]", 422 },
    { "[{'id': '" ANNA_KEY "', 'name': 'X'}, {'id': '" ANNA_KEY "', 'name': 'Y'}]", 400 },
    { "[{'id': '" ANNA_KEY "', 'name': 'X'}, {'name': 'Y'}]", 400 },
    { "[{'id': '" ANNA_KEY "', 'name': 'X'}, 'Y']", 400 },
    { "[{'id': '" ANNA_KEY "', 'name': 'X', 'enable': false}]", 422 },
    { "[{'id': 5, 'name': 'X'}]", 400 },
    { "[]", 400 },
    { "{'id': '" ANNA_KEY "', 'name': 'X'}", 400 },
  };
  g_autoptr (JsonNode) dump = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_expect (fixture, "POST", "/smartlock/auth", cases[i].body, cases[i].status);
  dump = nuki_simulator_dump (fixture->simulator);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (dump, "operations"))), ==, 0);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) busy = NULL;

  fixture_expect (fixture, "DELETE", ANNA_KEY_PATH, NULL, 204);
  busy = get (fixture, ANNA_KEY_PATH);
  g_assert_true (has (busy, "operationId"));
  fixture_expect (fixture, "GET", ANNA_KEY_PATH, NULL, 404);
  fixture_expect (fixture, "DELETE", ANNA_KEY_PATH, NULL, 404);
}

static void
test_delete_several (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "['" ANNA_KEY "', '" FOB_KEY "']", 204);
  nuki_simulator_advance (fixture->simulator, 1);
  fixture_expect (fixture, "GET", ANNA_KEY_PATH, NULL, 404);
  fixture_expect (fixture, "GET", HOME_KEYS "/" FOB_KEY, NULL, 404);
  fixture_expect (fixture, "GET", CODE_KEY_PATH, NULL, 200);
}

static void
test_delete_several_or_none (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "['" ANNA_KEY "', 'none']", 404);
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "['" ANNA_KEY "', '" ANNA_KEY "']", 400);
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "['" ANNA_KEY "', 5]", 400);
  fixture_expect (fixture, "DELETE", "/smartlock/auth", "[]", 400);
  fixture_expect (fixture, "DELETE", "/smartlock/auth", NULL, 400);
  nuki_simulator_advance (fixture->simulator, 1);
  fixture_expect (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
}

static void
test_offline_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) waiting = NULL;
  g_autoptr (JsonNode) fresh = NULL;
  g_autoptr (JsonNode) back = NULL;
  g_autoptr (JsonNode) done = NULL;
  g_autoptr (JsonNode) created = NULL;

  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  fixture_expect (fixture, "POST", GARAGE_KEY_PATH, "{'name': 'Johnny'}", 204);
  fixture_expect (fixture, "PUT", GARAGE_KEYS, "{'name': 'Anna', 'accountUserId': 11}", 204);
  nuki_simulator_advance (fixture->simulator, 3600 * 1000);
  waiting = get (fixture, GARAGE_KEY_PATH);
  fresh = find_key (fixture, GARAGE_KEYS, "Anna");
  g_assert_true (has (waiting, "operationId"));
  g_assert_false (has (fresh, "updateDate"));
  fixture_expect (fixture, "POST", GARAGE_KEY_PATH, "{'name': 'Jack'}", 423);

  nuki_simulator_set_lock_online (fixture->simulator, GARAGE, TRUE);
  back = get (fixture, GARAGE_KEY_PATH);
  g_assert_true (has (back, "operationId"));
  nuki_simulator_advance (fixture->simulator, 2000);
  done = get (fixture, GARAGE_KEY_PATH);
  created = find_key (fixture, GARAGE_KEYS, "Anna");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (done), "name"), ==, "Johnny");
  g_assert_true (has (created, "updateDate"));
}

static void
test_lock_goes_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) lock = NULL;
  g_autoptr (JsonNode) key = NULL;

  fixture_expect (fixture, "DELETE", ANNA_KEY_PATH, NULL, 204);
  nuki_simulator_set_lock_online (fixture->simulator, HOME, FALSE);
  nuki_simulator_advance (fixture->simulator, 1000);
  key = get (fixture, ANNA_KEY_PATH);
  g_assert_true (has (key, "operationId"));
  lock = get (fixture, "/smartlock/" HOME_ID);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (lock), "serverState"), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/changes/a-new-key-is-first-incomplete", test_create_without_delay);
  fixture_add ("/changes/a-new-key-takes-its-time", test_create_with_delay);
  fixture_add ("/changes/delays-are-drawn-from-their-range", test_drawn_delays);
  fixture_add ("/changes/a-new-key-is-busy-until-the-lock-has-it", test_new_key_is_busy);
  fixture_add ("/changes/a-new-key-has-its-limits", test_create_takes_limits);
  fixture_add ("/changes/limits-without-weekdays-are-ignored", test_dates_without_weekdays);
  fixture_add ("/changes/one-mail-goes-out-per-app-key", test_mails);
  fixture_add ("/changes/the-dump-knows-about-smart-actions", test_dump_knows_smart_actions);
  fixture_add ("/changes/several-locks-get-a-key-in-one-call", test_create_several);
  fixture_add ("/changes/several-locks-get-a-key-or-none-does", test_create_several_or_none);
  fixture_add ("/changes/an-update-takes-effect-later", test_update);
  fixture_add ("/changes/a-partial-update-drops-the-limits", test_partial_update);
  fixture_add ("/changes/null-removes-one-limit", test_update_with_null);
  fixture_add ("/changes/a-busy-key-is-locked", test_busy_key);
  fixture_add ("/changes/the-operation-id-has-two-shapes", test_both_shapes_of_operation_id);
  fixture_add ("/changes/several-keys-change-in-one-call", test_update_several);
  fixture_add ("/changes/several-keys-change-or-none-does", test_update_several_or_none);
  fixture_add ("/changes/a-deleted-key-goes-later", test_delete);
  fixture_add ("/changes/several-keys-are-deleted-in-one-call", test_delete_several);
  fixture_add ("/changes/several-keys-are-deleted-or-none-is", test_delete_several_or_none);
  fixture_add ("/changes/wait-for-a-lock-that-is-off-the-net", test_offline_lock);
  fixture_add ("/changes/a-lock-can-go-away-with-a-change-on-its-way", test_lock_goes_offline);

  return g_test_run ();
}
