/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

/* Takes out of a dump what depends on the moment. */
static void
forget_time (JsonNode *dump)
{
  JsonNode *operations = fixture_get_records (dump, "operations");

  for (guint i = 0; i < json_array_get_length (json_node_get_array (operations)); i++)
    json_object_remove_member (fixture_get_element (operations, i), "dueIn");
}

static void
test_load_what_was_dumped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NukiSimulator) copy = nuki_simulator_new ();
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (GError) error = NULL;

  nuki_simulator_set_delay (fixture->simulator, 60000, 60000);
  fixture_expect (fixture, "PUT", "/smartlock/" GARAGE_ID "/auth", "{'name': 'Anna', 'accountUserId': 11}", 204);
  nuki_simulator_advance (fixture->simulator, 30000);
  fixture_expect (fixture, "PUT", "/smartlock/" HOME_ID "/auth", "{'name': 'John', 'accountUserId': 12}", 204);
  fixture_expect (fixture, "POST", GARAGE_KEY_PATH, "{'name': 'Johnny'}", 204);
  fixture_expect (fixture, "DELETE", ANNA_KEY_PATH, NULL, 204);
  fixture_expect (fixture, "DELETE", "/account/user/" JOHN_ID, NULL, 204);
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/lock", NULL, 204);
  fixture_expect (fixture, "POST", "/smartlock/" GARAGE_ID "/sync", NULL, 204);
  before = nuki_simulator_dump (fixture->simulator);
  nuki_simulator_load (copy, before, &error);
  g_assert_no_error (error);
  after = nuki_simulator_dump (copy);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (after, "operations"))), ==, 7);
  forget_time (before);
  forget_time (after);
  g_assert_true (json_node_equal (before, after));
}

static void
test_dump_is_a_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  g_autofree char *before = json_to_string (dump, FALSE);
  g_autofree char *after = NULL;

  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID, "{'name': 'Other'}", 204);
  fixture_expect (fixture, "POST", "/smartlock/" HOME_ID "/action/lock", NULL, 204);
  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Other'}", 204);
  nuki_simulator_advance (fixture->simulator, 1000);
  after = json_to_string (dump, FALSE);
  g_assert_cmpstr (before, ==, after);
}

static void
test_dump_shows_what_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = NULL;
  JsonObject *operation;

  nuki_simulator_set_delay (fixture->simulator, 60000, 60000);
  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Other', 'allowedWeekDays': 3}", 204);
  dump = nuki_simulator_dump (fixture->simulator);
  operation = fixture_find (fixture_get_records (dump, "operations"), "kind", "update-key");
  g_assert_cmpstr (json_object_get_string_member (operation, "keyId"), ==, ANNA_KEY);
  g_assert_cmpint (json_object_get_int_member (operation, "smartlockId"), ==, HOME);
  g_assert_cmpint (json_object_get_int_member (operation, "dueIn"), <=, 60000);
  g_assert_cmpint (json_object_get_int_member (operation, "dueIn"), >, 50000);
  operation = json_object_get_object_member (operation, "record");
  g_assert_cmpint (json_object_get_int_member (operation, "allowedWeekDays"), ==, 3);
}

static void
test_loaded_operation_happens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = NULL;
  g_autoptr (JsonNode) key = NULL;
  g_autoptr (GError) error = NULL;

  nuki_simulator_set_delay (fixture->simulator, 60000, 60000);
  fixture_expect (fixture, "POST", ANNA_KEY_PATH, "{'name': 'Other'}", 204);
  dump = nuki_simulator_dump (fixture->simulator);
  nuki_simulator_load (fixture->simulator, dump, &error);
  g_assert_no_error (error);
  nuki_simulator_advance (fixture->simulator, 60000);
  key = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "Other");
}

static void
test_bad_accounts (Fixture *fixture, gconstpointer data)
{
  static const char *const accounts[] = {
    "[]",
    "{'locks': {}}",
    "{'locks': [5]}",
    "{'locks': [{'name': 'Door'}]}",
    "{'locks': [{'smartlockId': 'one'}]}",
    "{'users': [{'name': 'Anna'}]}",
    "{'keys': [{'id': 'a'}]}",
    "{'keys': [{'id': 'a', 'smartlockId': 1}]}",
    "{'locks': [{'smartlockId': 1}], 'keys': [{'id': 7, 'smartlockId': 1}]}",
    "{'log': [{'action': 1}]}",
    "{'mails': 'none'}",
    "{'operations': [5]}",
    "{'operations': [{'kind': 'explode'}]}",
    "{'operations': [{'kind': 'delete-key'}]}",
    "{'operations': [{'kind': 'update-key', 'keyId': 'a', 'smartlockId': 1}]}",
    "{'operations': [{'kind': 'create-key', 'keyId': 'a', 'smartlockId': 1, 'record': {}}]}",
    "{'operations': [{'kind': 'action', 'smartlockId': 1}]}",
    "{'operations': [{'kind': 'sync'}]}",
    "{'operations': [{'kind': 'delete-user'}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (JsonNode) node = fixture_parse (accounts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (nuki_simulator_load (fixture->simulator, node, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
test_bare_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = fixture_parse ("{'account': {'name': 'Me'}, 'locks': [{'smartlockId': 5}],"
                                             " 'users': [{'accountUserId': 6}],"
                                             " 'keys': [{'id': 'k', 'smartlockId': 5}]}");
  g_autoptr (GError) error = NULL;

  nuki_simulator_load (fixture->simulator, node, &error);
  g_assert_no_error (error);
  fixture_expect (fixture, "GET", "/account", NULL, 200);
  fixture_expect (fixture, "GET", "/smartlock", NULL, 200);
  fixture_expect (fixture, "GET", "/account/user/6", NULL, 200);
  fixture_expect (fixture, "GET", "/smartlock/5/auth/k", NULL, 200);
}

static void
test_empty_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (NukiSimulator) simulator = nuki_simulator_new ();
  g_autoptr (JsonNode) dump = nuki_simulator_dump (simulator);
  static const char *const members[] = { "locks", "users", "keys", "log", "mails", "operations" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (dump, members[i]))), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/account/what-was-dumped-can-be-loaded", test_load_what_was_dumped);
  fixture_add ("/account/a-dump-does-not-change-afterwards", test_dump_is_a_copy);
  fixture_add ("/account/a-dump-shows-what-waits", test_dump_shows_what_waits);
  fixture_add ("/account/what-waits-goes-on-after-loading", test_loaded_operation_happens);
  fixture_add ("/account/bad-accounts-are-refused", test_bad_accounts);
  fixture_add ("/account/what-a-file-leaves-out-is-filled-in", test_bare_account);
  fixture_add ("/account/a-new-one-is-empty", test_empty_account);

  return g_test_run ();
}
