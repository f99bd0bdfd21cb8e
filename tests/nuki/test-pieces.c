/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-error.h>
#include <nuki-json.h>

/* Whatever the names have in them. */
static char *
write_people (guint n)
{
  static const char *const names[] = { "Anna, [Moser]", "},{", "\\\"],[\\\\", "Jörg 😀" };
  GString *text = g_string_new (" [ ");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"accountUserId\": %u, \"name\": \"%s\", \"unknown\": [1, [2, {\"a\": [3, 4]}]]}",
                            i > 0 ? " , " : "", i + 1, names[i % G_N_ELEMENTS (names)]);
  g_string_append (text, " ] ");

  return g_string_free (text, FALSE);
}

static void
test_a_long_list_is_read_piece_by_piece (void)
{
  const guint n = 500;
  g_autofree char *text = write_people (n);
  const gsize pieces[] = { 1, 100, 1000, 4000, strlen (text) / 2, strlen (text) };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (NukiJson) json = nuki_json_parse_pieces (bytes, pieces[i], NULL);
      g_autoptr (GPtrArray) people = nuki_json_read_users (json, NULL);
      g_autoptr (GPtrArray) again = nuki_json_read_users (json, NULL);

      g_assert_cmpint (nuki_json_count (json), ==, n);
      g_assert_cmpuint (people->len, ==, n);
      g_assert_cmpuint (again->len, ==, n);
      g_assert_null (nuki_json_read_user (json, NULL));
      for (guint j = 0; j < n; j++)
        g_assert_cmpint (nuki_user_get_id (g_ptr_array_index (people, j)), ==, j + 1);
      g_assert_cmpstr (nuki_user_get_name (g_ptr_array_index (people, 2)), ==, "\"],[\\");
      g_assert_cmpstr (nuki_user_get_name (g_ptr_array_index (people, n - 1)), ==, "Jörg 😀");
    }
}

static void
test_a_damaged_piece_spoils_the_list (void)
{
  const char *const texts[] = {
    "[{\"accountUserId\": 1},{\"accountUserId\"}]", "[{\"accountUserId\": 1},,{\"accountUserId\": 2}]",
    "[{\"accountUserId\": 1},{\"accountUserId\": 2},]", "[,{\"accountUserId\": 1},{\"accountUserId\": 2}]",
    "[{\"accountUserId\": 1},{\"accountUserId\": 2 3}]", "[{\"accountUserId\": 1},{\"accountUserId\": 2}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (NukiJson) json = nuki_json_parse_pieces (bytes, 1, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (json);
      g_assert_null (nuki_json_read_users (json, &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
      g_assert_cmpint (nuki_json_count (json), ==, -1);
    }
}

/* Returns: (transfer full) (nullable): the keys of a part of a list */
static GPtrArray *
read_some (const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);

  return nuki_json_read_some_keys (copy, strlen (copy), error);
}

static void
assert_same_keys (GPtrArray *keys, GPtrArray *others)
{
  g_assert_cmpuint (keys->len, ==, others->len);
  for (guint i = 0; i < keys->len; i++)
    {
      NukiKey *key = g_ptr_array_index (keys, i), *other = g_ptr_array_index (others, i);

      g_assert_cmpstr (nuki_key_get_id (key), ==, nuki_key_get_id (other));
      g_assert_false (nuki_key_assign (key, other));
    }
}

/* A key with something by each name but those whose bit is set, one after the other from @first on; @unknown before each. */
static char *
write_key (guint left_out, guint first, const char *unknown)
{
  static const char *const members[] = {
    "\"id\": \"5f\"",
    "\"smartlockId\": 17",
    "\"accountUserId\": 3",
    "\"type\": 13",
    "\"name\": \"J\\u00f6rg, [\\\"]}\"",
    "\"enabled\": true",
    "\"remoteAllowed\" : true",
    "\"code\": 123456",
    "\"allowedFromDate\": \"2026-03-01T10:00:00.000Z\"",
    "\"allowedUntilDate\": \"2026-04-01T10:00:00.000Z\"",
    "\"allowedWeekDays\": 65",
    "\"allowedFromTime\": 60",
    "\"allowedUntilTime\": \"90\"",
    "\"lockCount\": 7",
    "\"lastActiveDate\": \"2026-03-02T10:00:00.000Z\"",
    "\"creationDate\": \"2026-03-03T10:00:00.000Z\"",
    "\"updateDate\": \"2026-03-04T10:00:00.000Z\"",
    "\"operationId\": {\"id\": [1]}",
    "\"error\": \"out of reach\"",
  };
  const guint n = G_N_ELEMENTS (members);
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    {
      const guint member = (first + i) % n;

      if ((left_out & (1u << member)) == 0)
        g_string_append_printf (text, "%s%s%s", text->len > 1 ? ", " : "", unknown, members[member]);
    }
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static void
test_a_key_is_the_same_in_a_long_list_whatever_it_has (void)
{
  static const char *const unknown[] = { "", "\"x\": {\"a\": [\"]}\", {}]}, ", "\"\": null,\n\t\"idx\":-1.5e3,", "\"i\\u0064\": 5," };

  for (guint i = 0; i < 400; i++)
    {
      const guint left_out = i < 40 ? 1u << i % 20 : (guint) g_test_rand_int ();
      g_autofree char *key = write_key (left_out, i, unknown[i % G_N_ELEMENTS (unknown)]);
      g_autofree char *list = g_strdup_printf (" [%s , {} ,%s] ", key, key);
      g_autofree char *text = g_strdup_printf ("[%s]", key);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
      g_autoptr (GPtrArray) alone = nuki_json_read_keys (json, NULL);
      g_autoptr (GPtrArray) keys = read_some (list, NULL);

      g_test_message ("%s", list);
      g_assert_nonnull (keys);
      g_assert_cmpuint (keys->len, ==, alone != NULL ? 2 : 0);
      for (guint j = 0; j < keys->len; j++)
        g_assert_false (nuki_key_assign (g_ptr_array_index (keys, j), g_ptr_array_index (alone, 0)));
    }
}

static void
test_what_is_unusual_is_the_same_in_a_long_list (void)
{
  const char *const lists[] = {
    "[{\"id\": \"a\", \"smartlockId\": 1, \"id\": \"b\"}]",
    "[{\"\\u0069d\": \"a\", \"smartlockId\": 1}, {\"id\": \"b\", \"smartlock\\u0049d\": 1}]",
    "[{\"id\": \"a\", \"smartlockId\": 1, \"name\": \"half \\ud83d\"}]",
    "[{\"id\": \"a\", \"smartlockId\": 1, \"code\": 99999999999999999999999}]",
    "[7, {\"id\": \"a\", \"smartlockId\": 1}, [{\"id\": \"b\"}], null, \"c\"]",
    "[{\"id\": 12, \"smartlockId\": \"1\", \"type\": null, \"enabled\": [], \"name\": {\"id\": \"c\"}}]",
    "[{}]",
    "[{\"\": {}}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (lists[i], strlen (lists[i]));
      g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
      g_autoptr (GPtrArray) all = nuki_json_read_keys (json, NULL);
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GPtrArray) keys = read_some (lists[i], NULL);

      g_test_message ("%s", lists[i]);
      g_assert_nonnull (keys);
      assert_same_keys (keys, all != NULL ? all : none);
    }
}

static void
test_a_name_does_not_end_at_a_zero_byte (void)
{
  const char text[] = "[{\"id\0 and so on\": \"a\", \"id\0\": \"b\", \"smartlockId\": 1}]";
  g_autofree char *copy = g_memdup2 (text, sizeof text);
  g_autoptr (GPtrArray) keys = nuki_json_read_some_keys (copy, sizeof text - 1, NULL);

  g_assert_true (keys == NULL || keys->len == 0);
}

/* An empty one is not. */
static void
assert_short_list_is_malformed (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);

  g_assert_true (json == NULL || !nuki_json_is_array (json) || nuki_json_count (json) == 0);
}

static void
test_a_damaged_key_spoils_its_part_of_the_list (void)
{
  const char *const texts[] = {
    "", "[]", "{}", "[", "[\"", "[{", "[{\"", "[{\"id", "[{\"id\"", "[{\"id\"}]", "[{\"id\":}]", "[{\"id\": \"a\"]", "[{\"id\": [1}}]",
    "[{\"id\": \"a\",}]", "[{,\"id\": \"a\"}]", "[{\"id\" \"a\"}]", "[{\"id\": \"a\" \"b\"}]", "[{\"x\": 1 2}]", "[{\"x\": [}]",
    "[{\"x\": [1 2]}]", "[{\"x\": [,]}]", "[{\"x\": [1,]}]", "[{\"x\": {\"a\"}}]", "[{\"x\": {1: 2}}]", "[{\"x\": [}]}]", "[{\"x\": 1-2}]",
    "[{\"x\": 1.}]", "[{\"x\": 010}]", "[{\"x\": \"\xff\"}]", "[{\"x\xff\": 1}]", "[{\"id\": \"\xff\", \"id\": \"a\"}]",
    "[{\"x\": nul}]", "[{\"x\": \"\\z\"}]", "[{\"x\": ]}]", "[{\"x\": ,}]", "[{\"x\": :}]", "[{\"id\": \"\xff\"}]", "[{\"id\": 1-2}]",
    "[{\"id\": truefalse}]", "[{\"id\": \"a\"},]", "[,{\"id\": \"a\"}]", "[{\"id\": \"a\"}}", "[{\"id\": \"a\"}] ]", "[{\"id\": \"a\"}] {}",
    "[{\"id\": \"a\"} {\"id\": \"b\"}]", "[{\"id\": \"a\" // no\n}]", "[{id: 5}]", "[{'id': 5}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (read_some (texts[i], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
      assert_short_list_is_malformed (texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pieces/a-long-list-is-read-piece-by-piece", test_a_long_list_is_read_piece_by_piece);
  g_test_add_func ("/pieces/a-damaged-piece-spoils-the-list", test_a_damaged_piece_spoils_the_list);
  g_test_add_func ("/pieces/a-key-is-the-same-in-a-long-list-whatever-it-has", test_a_key_is_the_same_in_a_long_list_whatever_it_has);
  g_test_add_func ("/pieces/what-is-unusual-is-the-same-in-a-long-list", test_what_is_unusual_is_the_same_in_a_long_list);
  g_test_add_func ("/pieces/a-name-does-not-end-at-a-zero-byte", test_a_name_does_not_end_at_a_zero_byte);
  g_test_add_func ("/pieces/a-damaged-key-spoils-its-part-of-the-list", test_a_damaged_key_spoils_its_part_of_the_list);

  return g_test_run ();
}
