/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-error.h>

#include <nuki-records.h>

#include "nuki-test-json.h"

static NukiJson *
parse_example (const char *name)
{
  g_autoptr (GBytes) bytes = load_example (name);
  g_autoptr (GError) error = NULL;
  NukiJson *json = nuki_json_parse (bytes, &error);

  g_assert_no_error (error);
  return json;
}

static void
assert_date (GDateTime *date, const char *expected)
{
  g_autofree char *text = date != NULL ? nuki_json_format_date (date) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_malformed (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (nuki_json_parse (bytes, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
}

static void
assert_text_malformed (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_test_message ("%s", text);
  assert_malformed (bytes);
}

/* Whatever is in there, reading ends in a value or in an error. */
static void
read_everything (GBytes *bytes)
{
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
  g_autofree char *text = nuki_json_parse_error_text (bytes);
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) locks = NULL;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (NukiKey) key = NULL;
  g_autoptr (NukiLock) lock = NULL;
  g_autoptr (NukiUser) user = NULL;

  if (json == NULL)
    return;

  keys = nuki_json_read_keys (json, NULL);
  locks = nuki_json_read_locks (json, NULL);
  users = nuki_json_read_users (json, NULL);
  key = nuki_json_read_key (json, NULL);
  lock = nuki_json_read_lock (json, NULL);
  user = nuki_json_read_user (json, NULL);
}

static void
test_the_example_of_locks_is_read (void)
{
  g_autoptr (NukiJson) json = parse_example ("smartlock-list.res.json");
  g_autoptr (GPtrArray) locks = nuki_json_read_locks (json, NULL);
  NukiLock *door, *opener;

  g_assert_cmpuint (locks->len, ==, 2);
  door = g_ptr_array_index (locks, 0);
  opener = g_ptr_array_index (locks, 1);

  g_assert_cmpint (nuki_lock_get_id (door), ==, G_GINT64_CONSTANT (17618910285));
  g_assert_cmpint (nuki_lock_get_lock_type (door), ==, NUKI_LOCK_SMART_LOCK_3);
  g_assert_cmpstr (nuki_lock_get_name (door), ==, "Front door");
  g_assert_true (nuki_lock_get_favorite (door));
  g_assert_true (nuki_lock_get_online (door));
  g_assert_cmpstr (nuki_lock_get_state_text (door), ==, "Locked");
  g_assert_cmpint (nuki_lock_get_battery_charge (door), ==, 90);
  g_assert_cmpint (nuki_lock_get_door_state (door), ==, NUKI_DOOR_CLOSED);
  g_assert_true (nuki_lock_get_has_keypad (door));
  g_assert_true (nuki_lock_get_admin_pin_valid (door));
  g_assert_true (nuki_lock_get_zone_known (door));
  g_assert_cmpstr (g_time_zone_get_identifier (nuki_lock_get_zone (door)), ==, "Europe/Berlin");
  g_assert_null (nuki_lock_get_trouble (door));
  assert_date (nuki_lock_get_updated (door), "2025-09-13T11:27:37.000Z");

  g_assert_cmpint (nuki_lock_get_lock_type (opener), ==, NUKI_LOCK_OPENER);
  g_assert_false (nuki_lock_get_online (opener));
  g_assert_cmpstr (nuki_lock_get_state_text (opener), ==, "Ready");
  g_assert_true (nuki_lock_get_battery_critical (opener));
  g_assert_cmpint (nuki_lock_get_battery_charge (opener), ==, -1);
  g_assert_cmpint (nuki_lock_get_door_state (opener), ==, NUKI_DOOR_UNKNOWN);
  g_assert_false (nuki_lock_get_has_keypad (opener));
  g_assert_false (nuki_lock_get_admin_pin_valid (opener));
  g_assert_false (nuki_lock_get_zone_known (opener));
  g_assert_nonnull (nuki_lock_get_zone (opener));
}

static void
test_the_example_of_keys_is_read (void)
{
  g_autoptr (NukiJson) json = parse_example ("auth-list.res.json");
  g_autoptr (GPtrArray) keys = nuki_json_read_keys (json, NULL);
  NukiKey *app, *code, *pending;
  int start, end;

  g_assert_cmpuint (keys->len, ==, 5);
  app = g_ptr_array_index (keys, 0);
  code = g_ptr_array_index (keys, 1);
  pending = g_ptr_array_index (keys, 2);

  g_assert_cmpstr (nuki_key_get_id (app), ==, "647cfac64dd15972f2122e26");
  g_assert_cmpint (nuki_key_get_lock_id (app), ==, G_GINT64_CONSTANT (17618910285));
  g_assert_cmpint (nuki_key_get_user_id (app), ==, 1264915785);
  g_assert_cmpint (nuki_key_get_key_type (app), ==, NUKI_KEY_APP);
  g_assert_true (nuki_key_get_enabled (app));
  g_assert_false (nuki_key_get_remote_allowed (app));
  g_assert_true (nuki_key_get_on_lock (app));
  g_assert_true (nuki_limits_get_window (nuki_key_get_limits (app), &start, &end));
  g_assert_cmpint (start, ==, 480);
  g_assert_cmpint (end, ==, 1320);
  assert_date (nuki_limits_get_from (nuki_key_get_limits (app)), "2025-09-20T13:00:00.000Z");
  assert_date (nuki_limits_get_until (nuki_key_get_limits (app)), "2025-09-25T11:00:00.000Z");

  g_assert_cmpint (nuki_key_get_key_type (code), ==, NUKI_KEY_CODE);
  g_assert_cmpint (nuki_key_get_code (code), ==, 292929);
  g_assert_cmpint (nuki_key_get_user_id (code), ==, 0);
  g_assert_cmpint (nuki_key_get_use_count (code), ==, 2);
  g_assert_cmpint (nuki_limits_get_weekdays (nuki_key_get_limits (code)), ==, 126);
  assert_date (nuki_key_get_last_active (code), "2025-09-22T20:13:12.000Z");

  g_assert_false (nuki_key_get_on_lock (pending));
  g_assert_null (nuki_key_get_updated (pending));
  g_assert_nonnull (nuki_key_get_created (pending));
  g_assert_true (nuki_limits_is_always (nuki_key_get_limits (pending)));
  g_assert_false (nuki_key_get_infrastructure (g_ptr_array_index (keys, 3)));
  g_assert_true (nuki_key_get_infrastructure (g_ptr_array_index (keys, 4)));
}

static void
test_the_examples_of_people_are_read (void)
{
  g_autoptr (NukiJson) json = parse_example ("account-user-list.res.json");
  g_autoptr (NukiJson) created = parse_example ("account-user-create.res.json");
  g_autoptr (NukiJson) updated = parse_example ("account-user-update.res.json");
  g_autoptr (GPtrArray) users = nuki_json_read_users (json, NULL);
  g_autoptr (NukiUser) john = nuki_json_read_user (created, NULL);
  g_autoptr (NukiUser) john_m = nuki_json_read_user (updated, NULL);

  g_assert_cmpuint (users->len, ==, 2);
  g_assert_false (nuki_user_get_busy (g_ptr_array_index (users, 0)));
  g_assert_true (nuki_user_get_busy (g_ptr_array_index (users, 1)));
  g_assert_cmpint (nuki_user_get_id (john), ==, 1264915785);
  g_assert_cmpstr (nuki_user_get_name (john), ==, "John Doe");
  g_assert_cmpstr (nuki_user_get_email (john), ==, "john.doe@example.org");
  g_assert_cmpstr (nuki_user_get_language (john), ==, "en");
  assert_date (nuki_user_get_created (john), "2025-09-13T11:27:39.000Z");
  g_assert_cmpstr (nuki_user_get_name (john_m), ==, "John M. Doe");
  assert_date (nuki_user_get_updated (john_m), "2025-09-14T08:00:00.000Z");
}

static void
test_an_empty_list_is_a_list (void)
{
  g_autoptr (NukiJson) json = parse_example ("notification-list.res.json");
  g_autoptr (GPtrArray) keys = nuki_json_read_keys (json, NULL);

  g_assert_nonnull (keys);
  g_assert_cmpuint (keys->len, ==, 0);
}

static void
test_errors_are_found_in_every_shape (void)
{
  const struct
  {
    const char *example, *text;
  } cases[] = {
    { "error-400-bad-parameter.json", "The supplied value 'null' for parameter 'code' is not valid." },
    { "error-401-not-authorized.json", "Your access token is not authorized" },
    { "error-409-conflict.json", "The parameter 'code' exists already" },
    { "error-422-restlet-status.json",
      "The server understands the content type of the request entity and the syntax of the request entity is correct but was "
      "unable to process the contained instructions" },
    { "error-423-locked.json", NULL },
    { "error-502-gateway.html", NULL },
    { "auth-list.res.json", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = load_example (cases[i].example);
      g_autofree char *text = nuki_json_parse_error_text (bytes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_error_texts_are_one_clean_line (void)
{
  const struct
  {
    const char *body, *text;
  } cases[] = {
    { "{\"message\": \" two\\nlines\\t\"}", "two lines" },
    { "{\"detailMessage\": null, \"detail\": \"the reason\"}", "the reason" },
    { "{\"detailMessage\": \"  \", \"description\": \"the reason\"}", "the reason" },
    { "{\"message\": 42}", NULL },
    { "{\"message\": {\"message\": \"inner\"}}", NULL },
    { "{\"message\": \"<html>\"}", NULL },
    { "{\"message\": \"{'raw': 1}\"}", NULL },
    { "\"just text\"", NULL },
    { "", NULL },
  };
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"message\": \"%s\"}", long_text);
  g_autofree char *huge = g_strnfill (70000, ' ');
  g_autofree char *huge_body = g_strdup_printf ("{\"message\": \"reason\"%s}", huge);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) huge_bytes = g_bytes_new (huge_body, strlen (huge_body));
  g_autofree char *cut = nuki_json_parse_error_text (bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) small = g_bytes_new (cases[i].body, strlen (cases[i].body));
      g_autofree char *text = nuki_json_parse_error_text (small);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpuint (strlen (cut), ==, 300);
  g_assert_null (nuki_json_parse_error_text (huge_bytes));
}

static void
test_dates_are_read_in_every_form (void)
{
  const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "2026-09-22T12:00:00.000Z", "2026-09-22T12:00:00.000Z" },
    { "2026-09-22T12:00:00.987654Z", "2026-09-22T12:00:00.000Z" },
    { "2026-09-22T12:00:00Z", "2026-09-22T12:00:00.000Z" },
    { "2026-09-22T12:00Z", "2026-09-22T12:00:00.000Z" },
    { "2026-09-22T12:00", "2026-09-22T12:00:00.000Z" },
    { "2026-09-22T12:00+01:00", "2026-09-22T11:00:00.000Z" },
    { "2026-09-22T12:00:00+01:00", "2026-09-22T11:00:00.000Z" },
    { "2026-09-22T12:00:00-0330", "2026-09-22T15:30:00.000Z" },
    { "2026-09-22T12:00:00", "2026-09-22T12:00:00.000Z" },
    { "2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z" },
    { "0026-03-01T10:00+02:00", "0026-03-01T08:00:00.000Z" },
    { "2027-02-29T00:00:00Z", NULL },
    { "2026-13-01T00:00:00Z", NULL },
    { "2026-09-22T25:00:00Z", NULL },
    { "2026-09-22T12:0:Z", NULL },
    { "99999-09-22T12:00:00Z", NULL },
    { "2026-09-22", NULL },
    { "1790000000", NULL },
    { "yesterday", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) date = nuki_json_parse_date (cases[i].text);

      g_test_message ("%s", cases[i].text);
      assert_date (date, cases[i].expected);
    }
}

static void
test_what_is_no_json_is_malformed (void)
{
  const char *const texts[] = {
    "",     "   ",       "nul",       "{",        "}",          "[}",   "[1,",        "{\"a\"}", "{\"a\":}", "[1] x",
    "[1]]", "['a']",     "[1] // no", "/**/ [1]", "var a = 1;", "[NaN]", "<html/>",   "\"open",  "[\"\\",   "[\"\\u12",
    "[tru]", "[1,]",     "[,1]",      "[1 2]",   "{\"a\" 1}",
    "[\"\\ud83d", "\xEF\xBB\xBF[]", "[0x10]", "[--1]", "{}{}", "[] []", "{},{}", "1 2", "\"a\" \"b\"", "{} null",
  };
  g_autoptr (GBytes) bad_utf8 = g_bytes_new_static ("[\"\xC3\x28\"]", 6);
  g_autoptr (GBytes) zero = g_bytes_new_static ("[\0]", 3);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_text_malformed (texts[i]);
  assert_malformed (bad_utf8);
  assert_malformed (zero);
}

static void
test_deep_nesting_is_refused (void)
{
  g_autofree char *open = g_strnfill (1000000, '[');
  g_autofree char *close = g_strnfill (1000000, ']');
  g_autofree char *deep = g_strconcat (open, close, NULL);
  g_autofree char *just_right = g_strconcat (open + 1000000 - 64, close + 1000000 - 64, NULL);
  g_autofree char *too_deep = g_strconcat (open + 1000000 - 65, close + 1000000 - 65, NULL);
  g_autofree char *in_text = g_strdup_printf ("[\"\\\"%s\"]", open);
  g_autoptr (NukiJson) right_json = parse_text (just_right);
  g_autoptr (NukiJson) text_json = parse_text (in_text);
  g_autoptr (GBytes) deep_bytes = g_bytes_new (deep, strlen (deep));
  g_autoptr (GBytes) too_deep_bytes = g_bytes_new (too_deep, strlen (too_deep));

  g_assert_cmpint (nuki_json_count (right_json), ==, 1);
  g_assert_cmpint (nuki_json_count (text_json), ==, 1);
  assert_malformed (deep_bytes);
  assert_malformed (too_deep_bytes);
}

static void
take_text (JsonNode *element, gpointer user_data)
{
  g_ptr_array_add (user_data, json_node_dup_string (element));
}

static void
assert_texts (const char *array, const char *const *expected)
{
  g_autoptr (NukiJson) json = parse_text (array);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (nuki_json_foreach (json, take_text, texts, &error));
  g_assert_no_error (error);
  g_ptr_array_add (texts, NULL);
  g_assert_cmpstrv (texts->pdata, expected);
}

static void
test_half_an_emoji_does_not_spoil_the_answer (void)
{
  const char *const expected[] = { "Anna \xEF\xBF\xBD", "\xEF\xBF\xBD", "😀", "\xEF\xBF\xBD" "A", "\xEF\xBF\xBD\n", "\n",
                                   NULL };

  assert_texts ("[\"Anna \\ud83d\", \"\\ude00\", \"\\ud83d\\ude00\", \"\\ud83d\\u0041\", \"\\ud83d\\n\", \"\\n\"]",
                expected);
}

/* With the escapes of C, a text could become something that is not UTF-8. */
static void
test_only_the_escapes_of_json_are_taken (void)
{
  const char *const texts[] = {
    "[\"\\300\"]", "[\"\\0\"]", "[\"\\x41\"]", "[\"\\a\"]", "[\"\\ud83\"]", "[\"\\u\"]", "[\"\\'\"]", "[\"\\",
  };
  const char *const taken[] = { "\" \\ / \b \f \n \r \t ä", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));

      g_test_message ("%s", texts[i]);
      assert_malformed (bytes);
    }
  assert_texts ("[\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e4\"]", taken);
}

static void
test_every_cut_and_every_damage_is_survived (void)
{
  const char *const examples[] = { "auth-list.res.json", "smartlock-list.res.json", "account-user-list.res.json",
                                   "error-422-restlet-status.json" };
  const char damage[] = "\"[{}],:0x\\n-";

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr (GBytes) whole = load_example (examples[i]);
      gsize length = g_bytes_get_size (whole);

      for (gsize n = 0; n < length; n++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, n);
          g_autofree char *copy = g_memdup2 (g_bytes_get_data (whole, NULL), length);
          g_autoptr (GBytes) damaged = NULL;

          copy[n] = damage[n % strlen (damage)];
          damaged = g_bytes_new (copy, length);
          read_everything (cut);
          read_everything (damaged);
        }
    }
}

static void
test_every_example_is_read_without_complaint (void)
{
  g_autoptr (GDir) dir = g_dir_open (EXAMPLES_DIR, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GBytes) bytes = load_example (name);

      read_everything (bytes);
      n++;
    }
  g_assert_cmpuint (n, >=, 30);
}

static void
test_ids_are_taken_as_text_or_number (void)
{
  g_autoptr (NukiKey) text = read_key_text ("{\"id\": \"abc\", \"smartlockId\": \"17618910285\", \"accountUserId\": \"12\"}");
  g_autoptr (NukiKey) number = read_key_text ("{\"id\": 9007199254740993, \"smartlockId\": 17618910285.0, \"code\": \"252525\"}");

  g_assert_cmpint (nuki_key_get_lock_id (text), ==, G_GINT64_CONSTANT (17618910285));
  g_assert_cmpint (nuki_key_get_user_id (text), ==, 12);
  g_assert_cmpstr (nuki_key_get_id (number), ==, "9007199254740993");
  g_assert_cmpint (nuki_key_get_lock_id (number), ==, G_GINT64_CONSTANT (17618910285));
  g_assert_cmpint (nuki_key_get_code (number), ==, 252525);
}

static void
test_ids_that_cannot_be_addressed_are_skipped (void)
{
  const char *const ids[] = {
    "\"\"", "\"..\"", "\"a/b\"", "\"a?b\"", "\"%2e\"", "\"ä\"", "null", "-5", "1.5", "true", "{}", "[]",
    "99999999999999999999", "1e300", "-99999999999999999999",
  };
  g_autofree char *long_id = g_strnfill (129, 'a');
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", long_id);

  for (gsize i = 0; i <= G_N_ELEMENTS (ids); i++)
    {
      const char *id = i < G_N_ELEMENTS (ids) ? ids[i] : quoted;
      g_autofree char *text = g_strdup_printf ("[{\"id\": %s, \"smartlockId\": 5}, {\"id\": \"good\", \"smartlockId\": 5}]", id);
      g_autoptr (NukiJson) json = parse_text (text);
      g_autoptr (GPtrArray) keys = nuki_json_read_keys (json, NULL);

      g_test_message ("%s", id);
      g_assert_cmpuint (keys->len, ==, 1);
      g_assert_cmpstr (nuki_key_get_id (g_ptr_array_index (keys, 0)), ==, "good");
    }
}

static void
test_numbers_out_of_range_are_as_if_absent (void)
{
  g_autoptr (NukiKey) key = read_key_text (
    "{\"id\": \"a\", \"smartlockId\": 5, \"accountUserId\": 4294967297, \"lockCount\": 1e400, \"code\": -3, \"type\": 4711,"
    " \"allowedWeekDays\": 128, \"allowedFromTime\": 1441, \"allowedUntilTime\": -1}");
  g_autoptr (NukiLock) lock = read_lock_text (
    "{\"smartlockId\": 9007199254740992, \"type\": 99, \"serverState\": 99, \"firmwareVersion\": 99999999999,"
    " \"state\": {\"batteryCharge\": 101, \"doorState\": 240, \"state\": -1}, \"config\": {\"timezoneId\": 46}}");
  g_autoptr (NukiJson) user_json = parse_text ("{\"accountUserId\": 2147483648}");
  g_autoptr (NukiJson) lock_json = parse_text ("{\"smartlockId\": 9007199254740993}");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (nuki_key_get_user_id (key), ==, 0);
  g_assert_cmpint (nuki_key_get_use_count (key), ==, 0);
  g_assert_cmpint (nuki_key_get_code (key), ==, 0);
  g_assert_cmpint (nuki_key_get_key_type (key), ==, NUKI_KEY_OTHER);
  g_assert_true (nuki_limits_is_always (nuki_key_get_limits (key)));

  g_assert_cmpint (nuki_lock_get_id (lock), ==, G_GINT64_CONSTANT (9007199254740992));
  g_assert_cmpint (nuki_lock_get_lock_type (lock), ==, NUKI_LOCK_OTHER);
  g_assert_false (nuki_lock_get_online (lock));
  g_assert_null (nuki_lock_dup_firmware (lock));
  g_assert_cmpint (nuki_lock_get_battery_charge (lock), ==, -1);
  g_assert_cmpint (nuki_lock_get_door_state (lock), ==, NUKI_DOOR_UNKNOWN);
  g_assert_cmpstr (nuki_lock_get_state_text (lock), ==, "State unknown");
  g_assert_false (nuki_lock_get_zone_known (lock));

  g_assert_null (nuki_json_read_user (user_json, &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
  g_assert_null (nuki_json_read_lock (lock_json, NULL));
}

static void
test_other_types_and_null_are_as_if_absent (void)
{
  g_autoptr (NukiKey) nulls = read_key_text (
    "{\"id\": \"a\", \"smartlockId\": 5, \"name\": null, \"enabled\": null, \"allowedFromDate\": null, \"updateDate\": null,"
    " \"operationId\": null, \"error\": null, \"type\": null}");
  g_autoptr (NukiKey) others = read_key_text (
    "{\"id\": \"a\", \"smartlockId\": 5, \"name\": {}, \"enabled\": 1, \"remoteAllowed\": \"1\", \"allowedFromDate\": 17,"
    " \"allowedUntilDate\": \"soon\", \"updateDate\": [], \"error\": \"\", \"unknown\": {\"a\": [{}]}}");
  g_autoptr (NukiLock) lock = read_lock_text ("{\"smartlockId\": 5, \"state\": [], \"config\": \"x\", \"name\": 7}");
  g_autoptr (NukiUser) user = read_user_text ("{\"accountUserId\": 5, \"name\": false, \"language\": \"\"}");

  g_assert_cmpstr (nuki_key_get_name (nulls), ==, "");
  g_assert_false (nuki_key_get_enabled (nulls));
  g_assert_false (nuki_key_get_busy (nulls));
  g_assert_null (nuki_key_get_trouble (nulls));
  g_assert_true (nuki_limits_is_always (nuki_key_get_limits (nulls)));

  g_assert_cmpstr (nuki_key_get_name (others), ==, "");
  g_assert_true (nuki_key_get_enabled (others));
  g_assert_true (nuki_key_get_remote_allowed (others));
  g_assert_true (nuki_limits_is_always (nuki_key_get_limits (others)));
  g_assert_false (nuki_key_get_on_lock (others));
  g_assert_null (nuki_key_get_trouble (others));

  g_assert_cmpstr (nuki_lock_get_name (lock), ==, "");
  g_assert_cmpstr (nuki_user_get_name (user), ==, "");
  g_assert_cmpstr (nuki_user_get_email (user), ==, "");
  g_assert_null (nuki_user_get_language (user));
}

static void
test_an_operation_is_known_in_both_shapes (void)
{
  g_autoptr (NukiKey) text = read_key_text ("{\"id\": \"a\", \"smartlockId\": 5, \"operationId\": \"68c555a1\"}");
  g_autoptr (NukiKey) object = read_key_text ("{\"id\": \"a\", \"smartlockId\": 5, \"operationId\": {\"counter\": 1}}");

  g_assert_true (nuki_key_get_busy (text));
  g_assert_true (nuki_key_get_busy (object));
}

static void
test_a_list_keeps_what_can_be_used_once (void)
{
  g_autoptr (NukiJson) json = parse_text (
    "[null, 1, \"x\", [], {}, {\"smartlockId\": 5, \"name\": \"A\"}, {\"smartlockId\": 5, \"name\": \"B\"}, {\"smartlockId\": 6}]");
  g_autoptr (GPtrArray) locks = nuki_json_read_locks (json, NULL);

  g_assert_cmpuint (locks->len, ==, 2);
  g_assert_cmpstr (nuki_lock_get_name (g_ptr_array_index (locks, 0)), ==, "A");
  g_assert_cmpint (nuki_lock_get_id (g_ptr_array_index (locks, 1)), ==, 6);
}

static void
test_what_is_no_list_is_not_an_empty_one (void)
{
  const char *const texts[] = { "{}", "null", "true", "\"x\"", "[{}]", "[1, 2]", "{\"results\": []}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (NukiJson) json = parse_text (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (nuki_json_read_users (json, &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
      g_assert_null (nuki_json_read_key (json, NULL));
    }
}

static void
test_limits_without_weekdays_are_for_every_day (void)
{
  g_autoptr (NukiKey) key = read_key_text (
    "{\"id\": \"a\", \"smartlockId\": 5, \"allowedUntilDate\": \"2026-01-01T00:00:00Z\", \"allowedUntilTime\": 600}");
  int start = -1, end = -1;

  g_assert_cmpint (nuki_limits_get_weekdays (nuki_key_get_limits (key)), ==, NUKI_WEEKDAYS_ALL);
  g_assert_true (nuki_limits_get_window (nuki_key_get_limits (key), &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 600);
}

/* Everything that anybody can see of it. */
static void
assert_same (gpointer a, gpointer b)
{
  guint n_properties;
  g_autofree GParamSpec **properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (a), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_auto (GValue) value_a = G_VALUE_INIT, value_b = G_VALUE_INIT;

      g_test_message ("%s", properties[i]->name);
      g_object_get_property (a, properties[i]->name, &value_a);
      g_object_get_property (b, properties[i]->name, &value_b);
      if (G_VALUE_HOLDS (&value_a, G_TYPE_DATE_TIME) && g_value_get_boxed (&value_a) != NULL)
        g_assert_true (g_date_time_equal (g_value_get_boxed (&value_a), g_value_get_boxed (&value_b)));
      else if (G_VALUE_HOLDS (&value_a, NUKI_TYPE_LIMITS))
        g_assert_true (nuki_limits_equal (g_value_get_boxed (&value_a), g_value_get_boxed (&value_b)));
      else if (G_VALUE_HOLDS (&value_a, G_TYPE_TIME_ZONE))
        g_assert_cmpstr (g_time_zone_get_identifier (g_value_get_boxed (&value_a)), ==,
                         g_time_zone_get_identifier (g_value_get_boxed (&value_b)));
      else
        g_assert_cmpint (g_param_values_cmp (properties[i], &value_a, &value_b), ==, 0);
    }
}

typedef GBytes *(*WriteFunc) (gpointer record);
typedef gpointer (*ReadFunc) (gconstpointer data, gsize size);

/* Whatever becomes of a byte of it, it is a record or none. */
static void
assert_damage_is_survived (GBytes *bytes, ReadFunc read)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *damaged = g_memdup2 (data, size);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GObject) cut = read (data, i);
      g_autoptr (GObject) other = NULL;

      damaged[i] = (guint8) ~data[i];
      other = read (damaged, size);
      damaged[i] = data[i];
    }
}

static void
assert_written (GPtrArray *records, WriteFunc write, ReadFunc read)
{
  g_assert_cmpuint (records->len, >, 0);
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GBytes) bytes = write (g_ptr_array_index (records, i));
      g_autoptr (GObject) again = read (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      assert_same (g_ptr_array_index (records, i), again);
      assert_damage_is_survived (bytes, read);
    }
}

static const char odd_keys[] =
    "[{\"id\": \"a\", \"smartlockId\": 5, \"type\": 99, \"name\": \"Zoë \\\"\\u0007\\ud83d\\ude00\", \"code\": 123456,"
    "  \"allowedFromDate\": \"0999-12-31T23:59:59Z\", \"allowedWeekDays\": 3, \"allowedFromTime\": 600,"
    "  \"allowedUntilTime\": 60, \"operationId\": {\"id\": 1}, \"error\": \"E\","
    "  \"updateDate\": \"2026-01-01T00:00:00.123456Z\"},"
    " {\"id\": 7, \"smartlockId\": 9007199254740991, \"enabled\": true, \"allowedUntilTime\": 1440},"
    " {\"id\": \"c\", \"smartlockId\": 5, \"allowedWeekDays\": 0, \"allowedUntilDate\": \"2026-01-01T00:00Z\"}]";

static void
test_what_is_kept_reads_as_the_same (void)
{
  g_autoptr (NukiJson) lock_json = parse_example ("smartlock-list.res.json");
  g_autoptr (NukiJson) user_json = parse_example ("account-user-list.res.json");
  g_autoptr (NukiJson) key_json = parse_example ("auth-list.res.json");
  g_autoptr (NukiJson) odd_json = parse_text (odd_keys);
  g_autoptr (GPtrArray) locks = nuki_json_read_locks (lock_json, NULL);
  g_autoptr (GPtrArray) users = nuki_json_read_users (user_json, NULL);
  g_autoptr (GPtrArray) keys = nuki_json_read_keys (key_json, NULL);
  g_autoptr (GPtrArray) odd = nuki_json_read_keys (odd_json, NULL);

  g_ptr_array_add (locks, read_lock_text ("{\"smartlockId\": 5, \"type\": 77, \"serverState\": 2, \"adminPinState\": 2,"
                                          " \"state\": {\"batteryCharge\": 0, \"state\": 0, \"doorState\": 3}}"));
  assert_written (locks, (WriteFunc) nuki_records_write_lock, (ReadFunc) nuki_records_read_lock);
  assert_written (users, (WriteFunc) nuki_records_write_user, (ReadFunc) nuki_records_read_user);
  assert_written (keys, (WriteFunc) nuki_records_write_key, (ReadFunc) nuki_records_read_key);
  g_assert_cmpuint (odd->len, ==, 3);
  assert_written (odd, (WriteFunc) nuki_records_write_key, (ReadFunc) nuki_records_read_key);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/json/the-example-of-locks-is-read", test_the_example_of_locks_is_read);
  g_test_add_func ("/json/the-example-of-keys-is-read", test_the_example_of_keys_is_read);
  g_test_add_func ("/json/the-examples-of-people-are-read", test_the_examples_of_people_are_read);
  g_test_add_func ("/json/an-empty-list-is-a-list", test_an_empty_list_is_a_list);
  g_test_add_func ("/json/errors-are-found-in-every-shape", test_errors_are_found_in_every_shape);
  g_test_add_func ("/json/error-texts-are-one-clean-line", test_error_texts_are_one_clean_line);
  g_test_add_func ("/json/dates-are-read-in-every-form", test_dates_are_read_in_every_form);
  g_test_add_func ("/json/what-is-no-json-is-malformed", test_what_is_no_json_is_malformed);
  g_test_add_func ("/json/deep-nesting-is-refused", test_deep_nesting_is_refused);
  g_test_add_func ("/json/only-the-escapes-of-json-are-taken", test_only_the_escapes_of_json_are_taken);
  g_test_add_func ("/json/half-an-emoji-does-not-spoil-the-answer", test_half_an_emoji_does_not_spoil_the_answer);
  g_test_add_func ("/json/every-cut-and-every-damage-is-survived", test_every_cut_and_every_damage_is_survived);
  g_test_add_func ("/json/every-example-is-read-without-complaint", test_every_example_is_read_without_complaint);
  g_test_add_func ("/json/ids-are-taken-as-text-or-number", test_ids_are_taken_as_text_or_number);
  g_test_add_func ("/json/ids-that-cannot-be-addressed-are-skipped", test_ids_that_cannot_be_addressed_are_skipped);
  g_test_add_func ("/json/numbers-out-of-range-are-as-if-absent", test_numbers_out_of_range_are_as_if_absent);
  g_test_add_func ("/json/other-types-and-null-are-as-if-absent", test_other_types_and_null_are_as_if_absent);
  g_test_add_func ("/json/an-operation-is-known-in-both-shapes", test_an_operation_is_known_in_both_shapes);
  g_test_add_func ("/json/a-list-keeps-what-can-be-used-once", test_a_list_keeps_what_can_be_used_once);
  g_test_add_func ("/json/what-is-no-list-is-not-an-empty-one", test_what_is_no_list_is_not_an_empty_one);
  g_test_add_func ("/json/limits-without-weekdays-are-for-every-day", test_limits_without_weekdays_are_for_every_day);
  g_test_add_func ("/json/what-is-kept-reads-as-the-same", test_what_is_kept_reads_as_the_same);

  return g_test_run ();
}
