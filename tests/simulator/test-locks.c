/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

static JsonObject *
get_lock_state (JsonNode *lock)
{
  return json_object_get_object_member (json_node_get_object (lock), "state");
}

static guint
count (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", path, NULL, 200);

  return json_array_get_length (json_node_get_array (answer));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", "/smartlock", NULL, 200);
  JsonObject *home = fixture_find (answer, "name", "Home");

  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer)), ==, 3);
  g_assert_cmpint (json_object_get_int_member (home, "smartlockId"), ==, HOME);
  g_assert_true (json_object_get_boolean_member (home, "keyturner"));
  g_assert_true (json_object_has_member (home, "notInventedYet"));
  g_assert_true (json_object_get_boolean_member (fixture_find (answer, "name", "Intercom"), "opener"));
  g_assert_cmpint (json_object_get_int_member (fixture_find (answer, "name", "Garage"), "serverState"), ==, 4);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count (fixture, "/smartlock?type=2"), ==, 1);
  g_assert_cmpuint (count (fixture, "/smartlock?type=9"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock?authId=1"), ==, 3);
  g_assert_cmpuint (count (fixture, "/smartlock?authId=2"), ==, 0);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *lock;

  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID, "{'name': 'Our home', 'favorite': true}", 204);
  answer = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  lock = json_node_get_object (answer);
  g_assert_cmpstr (json_object_get_string_member (lock, "name"), ==, "Our home");
  g_assert_true (json_object_get_boolean_member (lock, "favorite"));
  g_assert_true (json_object_has_member (lock, "updateDate"));
}

static void
test_update_keeps_what_is_not_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = NULL;

  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID, "{'favorite': true}", 204);
  answer = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "name"), ==, "Home");
}

static void
test_bad_updates (Fixture *fixture, gconstpointer data)
{
  fixture_expect_refusal (fixture, "POST", "/smartlock/" HOME_ID, "{'name': ''}", 400, "'name'");
  fixture_expect_refusal (fixture, "POST", "/smartlock/" HOME_ID, "{'name': 7}", 400, "'name'");
  fixture_expect_refusal (fixture, "POST", "/smartlock/" HOME_ID, "{'favorite': 'yes'}", 400, "'favorite'");
  fixture_expect_refusal (fixture, "POST", "/smartlock/" HOME_ID, "{'colour': 'red'}", 422, "colour");
  fixture_expect_refusal (fixture, "POST", "/smartlock/" HOME_ID,
                          "{'name': 'A name of more than 32 bytes, äöü'}", 422, "too long");
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID, "{'name': '12345678901234567890123456789012'}", 204);
}

static void
test_action (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) log = NULL;

  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action", "{'action': 2, 'option': 0}", 204);
  before = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  g_assert_true (json_object_has_member (json_node_get_object (before), "operationId"));
  after = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  g_assert_false (json_object_has_member (json_node_get_object (after), "operationId"));
  g_assert_cmpint (json_object_get_int_member (get_lock_state (after), "state"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (get_lock_state (after), "lastAction"), ==, 2);

  log = fixture_call (fixture, "GET", "/smartlock/" HOME_ID "/log", NULL, 200);
  g_assert_cmpint (json_object_get_int_member (fixture_get_element (log, 0), "action"), ==, 2);
}

static void
test_busy_action (Fixture *fixture, gconstpointer data)
{
  nuki_simulator_set_delay (fixture->simulator, 3000, 3000);
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/unlock", NULL, 204);
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/lock", NULL, 423);
  nuki_simulator_advance (fixture->simulator, 3000);
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/lock", NULL, 204);
}

static void
test_bad_actions (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *lock;
    const char *body;
  } cases[] = {
    { HOME_ID, "{'action': 6}" },   { HOME_ID, "{'action': 0}" },   { HOME_ID, "{'option': 0}" },
    { HOME_ID, "{'action': '2'}" }, { OPENER_ID, "{'action': 4}" }, { HOME_ID, "[2]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smartlock/%s/action", cases[i].lock);

      fixture_expect (fixture, "POST", path, cases[i].body, 400);
    }
}

static void
test_opener_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) ring_to_open = NULL;
  g_autoptr (JsonNode) continuous = NULL;

  fixture_expect (fixture, "POST", "/smartlock/" OPENER_ID "/action", "{'action': 1}", 204);
  nuki_simulator_advance (fixture->simulator, 1);
  ring_to_open = fixture_call (fixture, "GET", "/smartlock/" OPENER_ID, NULL, 200);
  g_assert_cmpint (json_object_get_int_member (get_lock_state (ring_to_open), "state"), ==, 3);

  fixture_expect (fixture, "POST", "/smartlock/" OPENER_ID "/action", "{'action': 6}", 204);
  nuki_simulator_advance (fixture->simulator, 1);
  continuous = fixture_call (fixture, "GET", "/smartlock/" OPENER_ID, NULL, 200);
  g_assert_cmpint (json_object_get_int_member (get_lock_state (continuous), "mode"), ==, 3);
}

static void
test_offline_action (Fixture *fixture, gconstpointer data)
{
  fixture_expect (fixture, "POST", "/smartlock/" GARAGE_ID "/action/lock", NULL, 423);
  nuki_simulator_set_lock_online (fixture->simulator, GARAGE, TRUE);
  fixture_expect (fixture, "POST", "/smartlock/" GARAGE_ID "/action/lock", NULL, 204);
}

static void
test_sync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) before = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  g_autoptr (JsonNode) after = NULL;

  g_assert_false (json_object_has_member (json_node_get_object (before), "updateDate"));
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/sync", NULL, 204);
  nuki_simulator_advance (fixture->simulator, 1);
  after = fixture_call (fixture, "GET", "/smartlock/" HOME_ID, NULL, 200);
  g_assert_true (json_object_has_member (json_node_get_object (after), "updateDate"));
}

static void
add_log (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/lock", NULL, 204);
      nuki_simulator_advance (fixture->simulator, 60000);
    }
}

static void
test_log_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) rest = NULL;
  g_autofree char *path = NULL;

  add_log (fixture, 52);
  g_assert_cmpuint (count (fixture, "/smartlock/log"), ==, 20);
  first = fixture_call (fixture, "GET", "/smartlock/log?limit=500", NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (first)), ==, 50);
  path = g_strdup_printf ("/smartlock/log?limit=50&id=%s",
                          json_object_get_string_member (fixture_get_element (first, 49), "id"));
  rest = fixture_call (fixture, "GET", path, NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (rest)), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (fixture_get_element (rest, 0), "date"), <,
                   json_object_get_string_member (fixture_get_element (first, 49), "date"));
}

static void
test_log_filters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) all = NULL;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  const char *middle;

  add_log (fixture, 3);
  all = fixture_call (fixture, "GET", "/smartlock/log", NULL, 200);
  middle = json_object_get_string_member (fixture_get_element (all, 1), "date");
  from = g_strdup_printf ("/smartlock/log?fromDate=%s", middle);
  until = g_strdup_printf ("/smartlock/" HOME_ID "/log?toDate=%s", middle);
  g_assert_cmpuint (count (fixture, from), ==, 2);
  g_assert_cmpuint (count (fixture, until), ==, 2);
  g_assert_cmpuint (count (fixture, "/smartlock/log?action=2"), ==, 3);
  g_assert_cmpuint (count (fixture, "/smartlock/log?action=1"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock/log?accountUserId=11"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock/" GARAGE_ID "/log"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock/" HOME_ID "/log?authId=" ANNA_KEY), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/locks/all-locks-are-listed", test_list);
  fixture_add ("/locks/the-list-can-be-filtered", test_filters);
  fixture_add ("/locks/name-and-favourite-change-at-once", test_update);
  fixture_add ("/locks/an-update-keeps-what-is-not-sent", test_update_keeps_what_is_not_sent);
  fixture_add ("/locks/bad-updates-are-refused", test_bad_updates);
  fixture_add ("/locks/an-action-takes-effect-later-and-is-logged", test_action);
  fixture_add ("/locks/a-lock-does-one-action-at-a-time", test_busy_action);
  fixture_add ("/locks/an-action-has-to-be-one-of-the-device", test_bad_actions);
  fixture_add ("/locks/an-opener-has-actions-of-its-own", test_opener_actions);
  fixture_add ("/locks/a-lock-that-is-off-the-net-does-nothing", test_offline_action);
  fixture_add ("/locks/a-sync-dates-the-lock", test_sync);
  fixture_add ("/log/goes-in-pages-of-at-most-fifty", test_log_pages);
  fixture_add ("/log/can-be-filtered", test_log_filters);

  return g_test_run ();
}
