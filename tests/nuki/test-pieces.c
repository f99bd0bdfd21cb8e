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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/pieces/a-long-list-is-read-piece-by-piece", test_a_long_list_is_read_piece_by_piece);
  g_test_add_func ("/pieces/a-damaged-piece-spoils-the-list", test_a_damaged_piece_spoils_the_list);

  return g_test_run ();
}
