/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of keys that are so long that they are read in pieces while they arrive. */

#include <nuki-error.h>

#include "nuki-test-fixture.h"

#define N_KEYS 5000

/* Usable, and none of it is. */
#define KEY "{\"id\": \"k#\", \"smartlockId\": 5, \"type\": 0, \"name\": \"Anna, [\\\"Moser\\\"]\", \"unknown\": [{\"a\": [1, 2]}]}"
#define NO_KEY "{\"number\": #, \"text\": \"Without an id, a lock or a type, nobody can tell what it is\"}"

/* @n times @element with a number for "#"; once in the middle @other, if there is one */
static char *
write_list (guint n, const char *element, const char *other)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr (GString) one = g_string_new (other != NULL && i == n / 2 ? other : element);

      g_string_replace (one, "#", number, 0);
      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", one->str);
    }
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static GPtrArray *
list_keys (ClientFixture *fixture, const char *answer, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, answer);
  nuki_client_list_keys_async (fixture->client, fixture->cancellable, keep_result, &fixture->result);
  result = await_result (&fixture->result);

  return nuki_client_list_keys_finish (fixture->client, result, error);
}

static void
check_order (GPtrArray *keys, guint n)
{
  g_assert_cmpuint (keys->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("k%u", i);

      g_assert_cmpstr (nuki_key_get_id (g_ptr_array_index (keys, i)), ==, id);
      g_assert_cmpstr (nuki_key_get_name (g_ptr_array_index (keys, i)), ==, "Anna, [\"Moser\"]");
    }
}

static void
test_the_keys_come_in_the_order_of_the_list (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = write_list (N_KEYS, KEY, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = list_keys (fixture, answer, &error);

  g_assert_no_error (error);
  check_order (keys, N_KEYS);
}

static void
test_a_list_that_is_not_the_known_one_is_read (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = write_list (N_KEYS, KEY, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *digest = NULL;

  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, answer);
  nuki_client_renew_keys_async (fixture->client, "of another answer", NULL, NULL, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  keys = nuki_client_renew_keys_finish (fixture->client, result, &digest, &error);

  g_assert_no_error (error);
  check_order (keys, N_KEYS);
}

typedef struct
{
  GPtrArray *keys;
  GAsyncResult *result;
} Known;

static NukiKey *
find_known (const char *id, gpointer user_data)
{
  Known *known = user_data;

  return g_ptr_array_index (known->keys, g_ascii_strtoull (id + 1, NULL, 10));
}

static void
keep_with_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  keep_result (source, result, &((Known *) user_data)->result);
}

static void
test_a_key_of_which_nothing_new_is_said_is_the_known_one (ClientFixture *fixture, gconstpointer data)
{
  const char *changed = "{\"id\": \"k#\", \"smartlockId\": 5, \"type\": 0, \"name\": \"Anna\"}";
  g_autofree char *answer = write_list (N_KEYS, KEY, NULL);
  g_autofree char *newer = write_list (N_KEYS, KEY, changed);
  g_autoptr (GPtrArray) first = list_keys (fixture, answer, NULL);
  Known known = { .keys = first };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *digest = NULL;

  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, newer);
  nuki_client_renew_keys_async (fixture->client, NULL, find_known, NULL, NULL, keep_with_known, &known);
  result = await_result (&known.result);
  keys = nuki_client_renew_keys_finish (fixture->client, result, &digest, NULL);

  g_assert_cmpuint (keys->len, ==, N_KEYS);
  for (guint i = 0; i < N_KEYS; i++)
    g_assert_true ((g_ptr_array_index (keys, i) == g_ptr_array_index (first, i)) == (i != N_KEYS / 2));
  g_assert_cmpstr (nuki_key_get_name (g_ptr_array_index (keys, N_KEYS / 2)), ==, "Anna");
  g_assert_cmpstr (nuki_key_get_name (g_ptr_array_index (first, N_KEYS / 2)), ==, "Anna, [\"Moser\"]");
}

static void
test_a_key_that_is_listed_twice_is_one (ClientFixture *fixture, gconstpointer data)
{
  const char *first = "{\"id\": \"k0\", \"smartlockId\": 5, \"type\": 0, \"name\": \"Somebody else\"}";
  g_autofree char *answer = write_list (N_KEYS, KEY, first);
  g_autoptr (GPtrArray) keys = list_keys (fixture, answer, NULL);

  g_assert_cmpuint (keys->len, ==, N_KEYS - 1);
  g_assert_cmpstr (nuki_key_get_name (g_ptr_array_index (keys, 0)), ==, "Anna, [\"Moser\"]");
}

static void
test_what_cannot_be_used_is_left_out (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *useless = write_list (N_KEYS, NO_KEY, NULL);
  g_autofree char *answer = g_strdup_printf ("%.*s,{\"id\": \"k1\", \"smartlockId\": 5, \"type\": 0}]",
                                             (int) strlen (useless) - 1, useless);
  g_autoptr (GPtrArray) keys = list_keys (fixture, answer, NULL);

  g_assert_cmpuint (keys->len, ==, 1);
}

static void
test_a_list_of_nothing_that_can_be_used_is_malformed (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = write_list (N_KEYS, NO_KEY, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (list_keys (fixture, answer, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
}

static void
test_an_empty_list_is_empty_however_long_it_is (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (200000, ' ');
  g_autofree char *answer = g_strdup_printf ("[%s]", spaces);
  g_autoptr (GPtrArray) keys = list_keys (fixture, answer, NULL);

  g_assert_nonnull (keys);
  g_assert_cmpuint (keys->len, ==, 0);
}

static void
test_damage_anywhere_spoils_the_list (ClientFixture *fixture, gconstpointer data)
{
  const char *const damages[] = { "", "{\"id\"}", "{\"id\": \"\xff\"}", "]", "{\"id\": \"k", "// no" };

  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *answer = write_list (N_KEYS, KEY, damages[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", damages[i]);
      g_assert_null (list_keys (fixture, answer, &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
    }
}

static void
cancel_when_some_has_come (goffset received, goffset expected, gpointer user_data)
{
  ClientFixture *fixture = user_data;

  if (received > expected / 2)
    g_cancellable_cancel (fixture->cancellable);
}

static void
keep_for_fixture (GObject *source, GAsyncResult *result, gpointer user_data)
{
  keep_result (source, result, &((ClientFixture *) user_data)->result);
}

static void
test_it_can_be_stopped_while_pieces_are_read (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = write_list (N_KEYS, KEY, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;

  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, answer);
  nuki_client_renew_keys_async (fixture->client, NULL, NULL, cancel_when_some_has_come, fixture->cancellable, keep_for_fixture, fixture);
  result = await_result (&fixture->result);

  g_assert_null (nuki_client_renew_keys_finish (fixture->client, result, &digest, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add_test (const char *name, void (*func) (ClientFixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strconcat ("/long-lists/", name, NULL);

  g_test_add (path, ClientFixture, NULL, client_fixture_set_up, func, client_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_test ("the-keys-come-in-the-order-of-the-list", test_the_keys_come_in_the_order_of_the_list);
  add_test ("a-list-that-is-not-the-known-one-is-read", test_a_list_that_is_not_the_known_one_is_read);
  add_test ("a-key-of-which-nothing-new-is-said-is-the-known-one", test_a_key_of_which_nothing_new_is_said_is_the_known_one);
  add_test ("a-key-that-is-listed-twice-is-one", test_a_key_that_is_listed_twice_is_one);
  add_test ("what-cannot-be-used-is-left-out", test_what_cannot_be_used_is_left_out);
  add_test ("a-list-of-nothing-that-can-be-used-is-malformed", test_a_list_of_nothing_that_can_be_used_is_malformed);
  add_test ("an-empty-list-is-empty-however-long-it-is", test_an_empty_list_is_empty_however_long_it_is);
  add_test ("damage-anywhere-spoils-the-list", test_damage_anywhere_spoils_the_list);
  add_test ("it-can-be-stopped-while-pieces-are-read", test_it_can_be_stopped_while_pieces_are_read);

  return g_test_run ();
}
