/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#define ANNA_PATH "/account/user/" ANNA_ID

static guint
count (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", path, NULL, 200);

  return json_array_get_length (json_node_get_array (answer));
}

static void
add_users (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *body = g_strdup_printf ("{'name': 'Guest %u', 'email': 'guest%u@example.org'}", i, i);

      fixture_expect (fixture, "PUT", "/account/user", body, 200);
    }
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer
      = fixture_call (fixture, "PUT", "/account/user",
                      "{'name': 'Zoë & Søren <3', 'email': 'zoe@example.com', 'language': 'fr'}", 200);
  JsonObject *user = json_node_get_object (answer);
  g_autofree char *path
      = g_strdup_printf ("/account/user/%" G_GINT64_FORMAT, json_object_get_int_member (user, "accountUserId"));
  g_autoptr (JsonNode) again = fixture_call (fixture, "GET", path, NULL, 200);

  g_assert_cmpstr (json_object_get_string_member (user, "name"), ==, "Zoë & Søren <3");
  g_assert_cmpstr (json_object_get_string_member (user, "language"), ==, "fr");
  g_assert_true (json_object_has_member (user, "notInventedYet"));
  g_assert_true (json_node_equal (answer, again));
}

static void
test_bad_creates (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *body;
    guint status;
    const char *detail;
  } cases[] = {
    { "{'name': 'X'}", 400, "email" },
    { "{'email': 'x@example.org'}", 400, "name" },
    { "{'name': '', 'email': 'x@example.org'}", 400, "'name'" },
    { "{'name': null, 'email': 'x@example.org'}", 400, "name" },
    { "{'name': 5, 'email': 'x@example.org'}", 400, "'name'" },
    { "{'name': 'X', 'email': 'x'}", 400, "'email'" },
    { "{'name': 'X', 'email': '@example.org'}", 400, "'email'" },
    { "{'name': 'X', 'email': 'x@example'}", 400, "'email'" },
    { "{'name': 'X', 'email': 'x@y@example.org'}", 400, "'email'" },
    { "{'name': 'X', 'email': 'x y@example.org'}", 400, "'email'" },
    { "{'name': 'X', 'email': 'x@example.org', 'language': 'xx'}", 400, "'language'" },
    { "{'name': 'X', 'email': 'x@example.org', 'type': 'user'}", 400, "'type'" },
    { "{'name': 'X', 'email': 'x@example.org', 'phone': '1'}", 422, "phone" },
    { "{'name': 'X', 'email': 'anna@example.org'}", 409, "'email'" },
    { "{'name': 'X', 'email': 'Anna@Example.org'}", 409, "'email'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    fixture_expect_refusal (fixture, "PUT", "/account/user", cases[i].body, cases[i].status, cases[i].detail);
  g_assert_cmpuint (count (fixture, "/account/user"), ==, 2);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  add_users (fixture, 21);
  g_assert_cmpuint (count (fixture, "/account/user"), ==, 10);
  g_assert_cmpuint (count (fixture, "/account/user?limit=1000"), ==, 10);
  g_assert_cmpuint (count (fixture, "/account/user?limit=3"), ==, 3);
  g_assert_cmpuint (count (fixture, "/account/user?offset=20&limit=10"), ==, 3);
  g_assert_cmpuint (count (fixture, "/account/user?offset=23"), ==, 0);
}

static void
test_email_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = NULL;

  add_users (fixture, 12);
  answer = fixture_call (fixture, "GET", "/account/user?email=guest11%40example.org", NULL, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (answer)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (fixture_get_element (answer, 0), "name"), ==, "Guest 11");
  g_assert_cmpuint (count (fixture, "/account/user?email=nobody%40example.org"), ==, 0);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer
      = fixture_call (fixture, "POST", ANNA_PATH, "{'name': 'Anna Berg', 'email': 'anna.berg@example.org'}", 200);
  g_autoptr (JsonNode) key = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
  JsonObject *user = json_node_get_object (answer);

  g_assert_cmpstr (json_object_get_string_member (user, "name"), ==, "Anna Berg");
  g_assert_cmpstr (json_object_get_string_member (user, "email"), ==, "anna.berg@example.org");
  g_assert_cmpstr (json_object_get_string_member (user, "language"), ==, "de");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (key), "name"), ==, "Anna");
}

static void
test_bad_updates (Fixture *fixture, gconstpointer data)
{
  fixture_expect_refusal (fixture, "POST", ANNA_PATH, "{'email': 'john@example.org'}", 409, "'email'");
  fixture_expect_refusal (fixture, "POST", ANNA_PATH, "{'email': 'anna'}", 400, "'email'");
  fixture_expect_refusal (fixture, "POST", ANNA_PATH, "{'name': ''}", 400, "'name'");
  fixture_expect_refusal (fixture, "POST", ANNA_PATH, "{'accountUserId': 12}", 422, "accountUserId");
  fixture_expect (fixture, "POST", ANNA_PATH, "{'email': 'anna@example.org'}", 200);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) busy = NULL;
  g_autoptr (JsonNode) key = NULL;

  nuki_simulator_set_delay (fixture->simulator, 2000, 2000);
  fixture_expect (fixture, "DELETE", ANNA_PATH, NULL, 204);
  busy = fixture_call (fixture, "GET", ANNA_PATH, NULL, 200);
  g_assert_true (json_object_has_member (json_node_get_object (busy), "operationId"));
  fixture_expect (fixture, "DELETE", ANNA_PATH, NULL, 423);
  fixture_expect (fixture, "POST", ANNA_PATH, "{'name': 'Anna'}", 423);

  nuki_simulator_advance (fixture->simulator, 2000);
  fixture_expect (fixture, "GET", ANNA_PATH, NULL, 404);
  key = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
  g_assert_false (json_object_has_member (json_node_get_object (key), "accountUserId"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/users/a-person-is-created-at-once", test_create);
  fixture_add ("/users/bad-people-are-refused", test_bad_creates);
  fixture_add ("/users/come-in-pages-of-at-most-ten", test_pages);
  fixture_add ("/users/can-be-found-by-address", test_email_filter);
  fixture_add ("/users/an-update-changes-the-person-and-not-the-keys", test_update);
  fixture_add ("/users/bad-updates-are-refused", test_bad_updates);
  fixture_add ("/users/a-deleted-person-goes-later-and-leaves-keys-to-nobody", test_delete);

  return g_test_run ();
}
