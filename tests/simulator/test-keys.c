/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "schema.h"

static guint
count (Fixture *fixture, const char *path)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", path, NULL, 200);

  return json_array_get_length (json_node_get_array (answer));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) all = fixture_call (fixture, "GET", "/smartlock/auth", NULL, 200);
  g_autoptr (JsonNode) home = fixture_call (fixture, "GET", "/smartlock/" HOME_ID "/auth", NULL, 200);

  g_assert_cmpuint (json_array_get_length (json_node_get_array (all)), ==, 4);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (home)), ==, 3);
  g_assert_nonnull (fixture_find (all, "id", GARAGE_KEY));
  g_assert_null (fixture_find (home, "id", GARAGE_KEY));
}

static void
test_get (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) answer = fixture_call (fixture, "GET", ANNA_KEY_PATH, NULL, 200);
  JsonObject *key = json_node_get_object (answer);

  g_assert_cmpstr (json_object_get_string_member (key, "id"), ==, ANNA_KEY);
  g_assert_cmpint (json_object_get_int_member (key, "smartlockId"), ==, HOME);
  g_assert_cmpint (json_object_get_int_member (key, "allowedWeekDays"), ==, 124);
  g_assert_false (json_object_has_member (key, "operationId"));
  g_assert_true (json_object_has_member (key, "notInventedYet"));
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count (fixture, "/smartlock/auth?types=13"), ==, 1);
  g_assert_cmpuint (count (fixture, "/smartlock/auth?types=0,2"), ==, 3);
  g_assert_cmpuint (count (fixture, "/smartlock/" HOME_ID "/auth?types=0,2"), ==, 2);
  g_assert_cmpuint (count (fixture, "/smartlock/" HOME_ID "/auth?types=3"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock/" HOME_ID "/auth?types="), ==, 3);
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count (fixture, "/smartlock/auth?accountUserId=" ANNA_ID), ==, 1);
  g_assert_cmpuint (count (fixture, "/smartlock/auth?accountUserId=99"), ==, 0);
  g_assert_cmpuint (count (fixture, "/smartlock/auth?accountUserId=-1"), ==, 2);
  g_assert_cmpuint (count (fixture, "/smartlock/auth?accountUserId=-1&types=2"), ==, 1);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) first = fixture_call (fixture, "GET", "/smartlock/auth/paged?size=3", NULL, 200);
  g_autoptr (JsonNode) second = fixture_call (fixture, "GET", "/smartlock/auth/paged?page=1&size=3", NULL, 200);
  JsonNode *results = json_object_get_member (json_node_get_object (first), "results");
  JsonObject *pagination = json_object_get_object_member (json_node_get_object (first), "pagination");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (json_array_get_length (json_node_get_array (results)), ==, 3);
  for (guint i = 0; i < 3; i++)
    schema_check_named ("SmartlockAuth", json_array_get_element (json_node_get_array (results), i), &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (pagination, "totalItems"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (pagination, "totalPages"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (pagination, "pageSize"), ==, 3);
  g_assert_true (json_object_has_member (pagination, "nextPage"));
  g_assert_false (json_object_has_member (pagination, "prevPage"));

  results = json_object_get_member (json_node_get_object (second), "results");
  pagination = json_object_get_object_member (json_node_get_object (second), "pagination");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (results)), ==, 1);
  g_assert_cmpint (json_object_get_int_member (pagination, "currentPage"), ==, 1);
  g_assert_false (json_object_has_member (pagination, "nextPage"));
  g_assert_true (json_object_has_member (pagination, "prevPage"));
}

static void
test_page_filters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) codes = fixture_call (fixture, "GET", "/smartlock/auth/paged?types=13", NULL, 200);
  g_autoptr (JsonNode) beyond = fixture_call (fixture, "GET", "/smartlock/auth/paged?page=9&size=100", NULL, 200);
  JsonObject *pagination = json_object_get_object_member (json_node_get_object (codes), "pagination");

  g_assert_cmpint (json_object_get_int_member (pagination, "totalItems"), ==, 1);
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (json_node_get_object (beyond), "results")), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/keys/are-listed-for-all-locks-and-for-one", test_list);
  fixture_add ("/keys/one-can-be-had-alone", test_get);
  fixture_add ("/keys/can-be-filtered-by-type", test_types);
  fixture_add ("/keys/can-be-filtered-by-person-and-by-nobody", test_person);
  fixture_add ("/keys/come-in-pages-that-count", test_pages);
  fixture_add ("/keys/pages-can-be-filtered-and-end", test_page_filters);

  return g_test_run ();
}
