/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-json.h"

#define KEY "{\"id\": \"a1\", \"smartlockId\": 5, \"accountUserId\": 7, \"type\": 0, \"name\": \"Anna\", \"enabled\": true," \
            " \"remoteAllowed\": true, \"lockCount\": 3, \"creationDate\": \"2026-01-01T00:00:00Z\""

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (pspec->name));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names of what changes, in order */
static char *
collect_changes (gpointer object, gpointer newer, void (*assign) (gpointer, gpointer))
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gulong id = g_signal_connect (object, "notify", G_CALLBACK (on_notify), names);

  assign (object, newer);
  g_signal_handler_disconnect (object, id);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

static void
assign_key (gpointer object, gpointer newer)
{
  nuki_key_assign (object, newer);
}

static void
assign_lock (gpointer object, gpointer newer)
{
  nuki_lock_assign (object, newer);
}

static void
assign_user (gpointer object, gpointer newer)
{
  nuki_user_assign (object, newer);
}

/* Reads every property, as an expression in a list would. */
static void
read_properties (GObject *object)
{
  guint n;
  g_autofree GParamSpec **pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_assert_false (pspecs[i]->flags & G_PARAM_WRITABLE);
      g_object_get_property (object, pspecs[i]->name, &value);
      g_assert_true (G_VALUE_HOLDS (&value, pspecs[i]->value_type));
    }
}

static void
test_a_key_notifies_only_what_changed (void)
{
  const struct
  {
    const char *newer, *changes;
  } cases[] = {
    { KEY "}", "" },
    { KEY ", \"name\": \"Anna B\"}", "name" },
    { KEY ", \"enabled\": false, \"remoteAllowed\": false}", "enabled remote-allowed" },
    { KEY ", \"updateDate\": \"2026-01-02T00:00:00Z\"}", "on-lock updated" },
    { KEY ", \"operationId\": \"x\", \"error\": \"No\"}", "busy trouble" },
    { KEY ", \"type\": 1}", "infrastructure key-type" },
    { KEY ", \"type\": 13, \"code\": 252525}", "code key-type" },
    { KEY ", \"allowedWeekDays\": 64}", "limits" },
    { KEY ", \"allowedWeekDays\": 127, \"allowedFromTime\": 0, \"allowedUntilTime\": 0}", "" },
    { KEY ", \"lockCount\": 4, \"lastActiveDate\": \"2026-01-02T00:00:00Z\"}", "last-active use-count" },
    { KEY ", \"creationDate\": \"2026-01-02T00:00:00Z\", \"smartlockId\": 6, \"accountUserId\": 8}", "created lock-id user-id" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiKey) key = read_key_text (KEY "}");
      g_autoptr (NukiKey) newer = read_key_text (cases[i].newer);
      g_autofree char *changes = collect_changes (key, newer, assign_key);
      g_autofree char *again = collect_changes (key, newer, assign_key);

      g_assert_cmpstr (changes, ==, cases[i].changes);
      g_assert_cmpstr (again, ==, "");
      read_properties (G_OBJECT (key));
    }
}

static void
test_a_key_equals_one_of_which_the_same_is_said (void)
{
  const char *const others[] = {
    "\"id\": \"a2\"", "\"smartlockId\": 6", "\"accountUserId\": 8", "\"type\": 1", "\"name\": \"Anna B\"", "\"enabled\": false",
    "\"remoteAllowed\": false", "\"code\": 252525", "\"allowedWeekDays\": 64", "\"lockCount\": 4",
    "\"lastActiveDate\": \"2026-01-02T00:00:00Z\"", "\"creationDate\": \"2026-01-02T00:00:00Z\"",
    "\"updateDate\": \"2026-01-02T00:00:00Z\"", "\"operationId\": \"x\"", "\"error\": \"No\"",
  };
  g_autoptr (NukiKey) key = read_key_text (KEY "}");
  g_autoptr (NukiKey) same = read_key_text (KEY "}");

  g_assert_true (nuki_key_equal (key, same));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s, %s}", KEY, others[i]);
      g_autoptr (NukiKey) other = read_key_text (text);

      g_test_message ("%s", others[i]);
      g_assert_false (nuki_key_equal (key, other));
      g_assert_false (nuki_key_equal (other, key));
    }
}

#define LOCK "\"smartlockId\": 17618910285, \"type\": 0, \"name\": \"Door\", \"favorite\": false, \"serverState\": 0," \
             " \"adminPinState\": 0, \"firmwareVersion\": 133135"

static void
test_a_lock_notifies_only_what_changed (void)
{
  const struct
  {
    const char *newer, *changes;
  } cases[] = {
    { "{" LOCK "}", "" },
    { "{" LOCK ", \"name\": \"Gate\", \"favorite\": true, \"operationId\": \"x\"}", "busy favorite name" },
    { "{" LOCK ", \"serverState\": 4}", "online server-state trouble" },
    { "{" LOCK ", \"adminPinState\": 2}", "admin-pin-valid trouble" },
    { "{" LOCK ", \"error\": \"Broken\"}", "trouble" },
    { "{" LOCK ", \"state\": {\"state\": 1, \"mode\": 2, \"doorState\": 3}}", "door-state state-text" },
    { "{" LOCK ", \"state\": {\"batteryCritical\": true, \"batteryCharge\": 4}}", "battery-charge battery-critical" },
    { "{" LOCK ", \"config\": {\"keypad2Paired\": true}}", "has-keypad" },
    { "{" LOCK ", \"config\": {\"timezoneId\": 17}}", "zone zone-known" },
    { "{" LOCK ", \"firmwareVersion\": 65536, \"updateDate\": \"2026-01-01T00:00:00Z\"}", "firmware max-keys updated" },
    { "{" LOCK ", \"type\": 2}", "lock-type max-codes max-keys model-name state-text" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiLock) lock = read_lock_text ("{" LOCK "}");
      g_autoptr (NukiLock) newer = read_lock_text (cases[i].newer);
      g_autofree char *expected = g_strdup (cases[i].changes);
      g_autofree char *changes = NULL;
      g_autofree char *again = NULL;

      /* Where the computer happens to be in the lock’s zone, only its being known is new. */
      if (g_str_has_prefix (expected, "zone ") &&
          g_str_equal (g_time_zone_get_identifier (nuki_lock_get_zone (lock)), "America/St_Johns"))
        memmove (expected, expected + strlen ("zone "), strlen (expected) - strlen ("zone ") + 1);

      changes = collect_changes (lock, newer, assign_lock);
      again = collect_changes (lock, newer, assign_lock);
      g_assert_cmpstr (changes, ==, expected);
      g_assert_cmpstr (again, ==, "");
      read_properties (G_OBJECT (lock));
    }
}

#define USER "{\"accountUserId\": 7, \"name\": \"Anna\", \"email\": \"anna@example.org\", \"language\": \"en\""

static void
test_a_person_notifies_only_what_changed (void)
{
  const struct
  {
    const char *newer, *changes;
  } cases[] = {
    { USER "}", "" },
    { USER ", \"name\": \"Anna B\", \"email\": \"b@example.org\", \"language\": \"de\"}", "email language name" },
    { USER ", \"language\": null, \"operationId\": \"x\"}", "busy language" },
    { USER ", \"creationDate\": \"2026-01-01T00:00Z\", \"updateDate\": \"2026-01-01T00:00Z\"}", "created updated" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (NukiUser) user = read_user_text (USER "}");
      g_autoptr (NukiUser) newer = read_user_text (cases[i].newer);
      g_autofree char *changes = collect_changes (user, newer, assign_user);

      g_assert_cmpstr (changes, ==, cases[i].changes);
      read_properties (G_OBJECT (user));
    }
}

static void
test_the_state_of_a_lock_is_said_in_words (void)
{
  const struct
  {
    int type, mode, state;
    const char *text;
  } cases[] = {
    { 0, 2, 0, "Not calibrated" },
    { 4, 2, 1, "Locked" },
    { 4, 2, 2, "Unlocking…" },
    { 5, 2, 3, "Unlocked" },
    { 5, 2, 4, "Locking…" },
    { 3, 2, 5, "Unlatched" },
    { 3, 2, 6, "Unlocked, locks again soon" },
    { 3, 2, 7, "Unlatching…" },
    { 4, 2, 224, "Wrong code entered" },
    { 4, 2, 225, "Wrong fingerprint" },
    { 4, 2, 253, "Starting…" },
    { 4, 2, 254, "Motor blocked" },
    { 4, 2, 255, "State unknown" },
    { 4, 2, 77, "State unknown" },
    { 2, 2, 0, "Not set up" },
    { 2, 2, 1, "Ready" },
    { 2, 3, 1, "Continuous mode" },
    { 2, 2, 3, "Ring to open" },
    { 2, 2, 5, "Open" },
    { 2, 2, 7, "Opening…" },
    { 2, 2, 253, "Starting…" },
    { 2, 2, 255, "State unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"smartlockId\": 5, \"type\": %d, \"state\": {\"mode\": %d, \"state\": %d}}",
                                               cases[i].type, cases[i].mode, cases[i].state);
      g_autoptr (NukiLock) lock = read_lock_text (text);

      g_assert_cmpstr (nuki_lock_get_state_text (lock), ==, cases[i].text);
    }
}

static void
test_trouble_says_what_to_do (void)
{
  const struct
  {
    const char *fields, *text;
  } cases[] = {
    { "\"serverState\": 0", NULL },
    { "\"serverState\": 4", NULL },
    { "\"serverState\": 1", "This lock has to be connected to Nuki Web again." },
    { "\"serverState\": 2, \"adminPinState\": 2", "This lock has to be connected to Nuki Web again." },
    { "\"serverState\": 3", "This lock has to be connected to Nuki Web again." },
    { "\"serverState\": 0, \"adminPinState\": 2, \"error\": \"Broken\"",
      "Keys cannot be changed until the lock’s PIN is entered again in Nuki Web." },
    { "\"serverState\": 4, \"adminPinState\": 1, \"error\": \"Broken\"", "Broken" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"smartlockId\": 5, %s}", cases[i].fields);
      g_autoptr (NukiLock) lock = read_lock_text (text);

      g_assert_cmpstr (nuki_lock_get_trouble (lock), ==, cases[i].text);
    }
}

static void
test_a_device_is_named_as_on_its_label (void)
{
  const struct
  {
    const char *id, *device_id;
    int type, firmware;
    const char *model, *version;
    int max_keys, max_codes;
  } cases[] = {
    { "17618910285", "1A2B3C4D", 4, 199175, "Smart Lock", "3.10.7", 200, 200 },
    { "439041101", "1A2B3C4D", 0, 133135, "Smart Lock", "2.8.15", 200, 100 },
    { "439041101", "1A2B3C4D", 0, 67842, "Smart Lock", "1.9.2", 100, 100 },
    { "439041101", "1A2B3C4D", 0, 0, "Smart Lock", NULL, 200, 100 },
    { "4734008397", "1A2B3C4D", 1, 67842, "Box", "1.9.2", 200, 200 },
    { "8589934592", "00000000", 2, 67842, "Opener", "1.9.2", 200, 200 },
    { "13323942989", "1A2B3C4D", 3, 1, "Smart Door", "0.0.1", 200, 200 },
    { "21913877581", "1A2B3C4D", 5, 1, "Smart Lock", "0.0.1", 200, 200 },
    { "5", "00000005", 9, 1, "Unknown device", "0.0.1", 200, 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"smartlockId\": %s, \"type\": %d, \"firmwareVersion\": %d}", cases[i].id,
                                               cases[i].type, cases[i].firmware);
      g_autoptr (NukiLock) lock = read_lock_text (text);
      g_autofree char *device_id = nuki_lock_dup_device_id (lock);
      g_autofree char *version = nuki_lock_dup_firmware (lock);

      g_assert_cmpstr (device_id, ==, cases[i].device_id);
      g_assert_cmpstr (version, ==, cases[i].version);
      g_assert_cmpstr (nuki_lock_get_model_name (lock), ==, cases[i].model);
      g_assert_cmpint (nuki_lock_get_max_keys (lock), ==, cases[i].max_keys);
      g_assert_cmpint (nuki_lock_get_max_codes (lock), ==, cases[i].max_codes);
    }
}

static void
test_a_lock_is_in_the_zone_of_the_table (void)
{
  const struct
  {
    const char *id, *name;
  } cases[] = {
    { "0", "Africa/Cairo" }, { "17", "America/St_Johns" }, { "37", "Europe/Berlin" }, { "45", "Pacific/Pago_Pago" },
    { "46", NULL },          { "65535", NULL },            { "-1", NULL },            { "null", NULL },
  };
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"smartlockId\": 5, \"config\": {\"timezoneId\": %s}}", cases[i].id);
      g_autoptr (NukiLock) lock = read_lock_text (text);
      const char *expected = cases[i].name != NULL ? cases[i].name : g_time_zone_get_identifier (local);

      g_assert_cmpint (nuki_lock_get_zone_known (lock), ==, cases[i].name != NULL);
      g_assert_cmpstr (g_time_zone_get_identifier (nuki_lock_get_zone (lock)), ==, expected);
    }
}

static void
test_infrastructure_is_bridge_keypad_and_virtual (void)
{
  const struct
  {
    int type;
    gboolean infrastructure;
  } cases[] = { { 0, FALSE }, { 1, TRUE }, { 2, FALSE }, { 3, TRUE }, { 13, FALSE }, { 14, FALSE }, { 15, TRUE }, { 99, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\": \"a\", \"smartlockId\": 5, \"type\": %d}", cases[i].type);
      g_autoptr (NukiKey) key = read_key_text (text);

      g_assert_cmpint (nuki_key_get_infrastructure (key), ==, cases[i].infrastructure);
    }
}

static void
test_the_languages_of_invitations_are_known (void)
{
  g_assert_true (g_strv_contains (nuki_user_list_languages (), "en"));
  g_assert_true (g_strv_contains (nuki_user_list_languages (), "sk"));
  g_assert_cmpuint (g_strv_length ((char **) nuki_user_list_languages ()), ==, 8);
}

static char *
to_text (JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return json_to_string (owned, FALSE);
}

/* Compares without regard to the order of members. */
static void
assert_same_json (JsonNode *node, const char *example)
{
  g_autoptr (JsonNode) owned = node;
  g_autoptr (GBytes) bytes = load_example (example);
  g_autoptr (JsonNode) expected = json_from_string (g_bytes_get_data (bytes, NULL), NULL);

  if (!json_node_equal (owned, expected))
    g_error ("%s is not %s", json_to_string (owned, FALSE), example);
}

static NukiKeySpec *
make_john (void)
{
  g_autoptr (GDateTime) from = nuki_json_parse_date ("2025-09-20T13:00:00Z");
  g_autoptr (GDateTime) until = nuki_json_parse_date ("2025-09-25T11:00:00Z");
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, until, NUKI_WEEKDAYS_ALL, 480, 1320);
  NukiKeySpec *spec = nuki_key_spec_new (NUKI_KEY_APP, "John Doe");

  spec->user_id = 1264915785;
  nuki_key_spec_set_limits (spec, limits);

  return spec;
}

static NukiKeySpec *
make_cleaning (void)
{
  g_autoptr (GDateTime) from = nuki_json_parse_date ("2025-09-20T00:00:00Z");
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, NULL, NUKI_WEEKDAYS_ALL & ~NUKI_SUNDAY, 600, 840);
  NukiKeySpec *spec = nuki_key_spec_new (NUKI_KEY_CODE, "Cleaning");

  spec->code = 292929;
  nuki_key_spec_set_limits (spec, limits);

  return spec;
}

static void
test_what_is_asked_is_written_as_in_the_examples (void)
{
  const gint64 lock_ids[] = { G_GINT64_CONSTANT (17618910285), G_GINT64_CONSTANT (9028975693) };
  const char *const key_ids[] = { "647cfac64dd15972f2122e26", "6ab2be33a7fc3019addfa5d1", NULL };
  g_autoptr (NukiKeySpec) john = make_john ();
  g_autoptr (NukiKeySpec) off = make_john ();
  g_autoptr (NukiKeySpec) renamed = nuki_key_spec_copy (john);
  g_autoptr (NukiKeySpec) several = make_john ();
  g_autoptr (NukiKeySpec) cleaning = make_cleaning ();
  const NukiKeySpec *const specs[] = { off, cleaning };
  g_autoptr (NukiLimits) dates = nuki_limits_new (nuki_limits_get_from (john->limits), nuki_limits_get_until (john->limits),
                                                  NUKI_WEEKDAYS_ALL, 0, 0);

  off->enabled = FALSE;
  nuki_key_spec_set_name (renamed, "John Doe (flat 3)");
  nuki_key_spec_set_limits (several, dates);

  assert_same_json (nuki_json_build_key (john), "auth-create-app-invite.req.json");
  assert_same_json (nuki_json_build_key (cleaning), "auth-create-keypad.req.json");
  assert_same_json (nuki_json_build_keys (several, lock_ids, G_N_ELEMENTS (lock_ids)), "auth-create-multi.req.json");
  assert_same_json (nuki_json_build_key_update (renamed), "auth-update-rename-full.req.json");
  assert_same_json (nuki_json_build_key_update (off), "auth-update-disable-full.req.json");
  assert_same_json (nuki_json_build_key_updates (key_ids, specs), "auth-multi-update.req.json");
  assert_same_json (nuki_json_build_ids (key_ids), "auth-multi-delete.req.json");
  assert_same_json (nuki_json_build_lock_update ("Front door", TRUE), "smartlock-update.req.json");
  assert_same_json (nuki_json_build_user ("John Doe", "john.doe@example.org", "en"), "account-user-create.req.json");
  assert_same_json (nuki_json_build_user ("John M. Doe", "john.doe@example.org", "de"), "account-user-update.req.json");
}

static void
test_what_is_not_limited_is_not_written (void)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Anna");
  g_autoptr (NukiLimits) window = nuki_limits_new (NULL, NULL, NUKI_WEEKDAYS_ALL, 1320, 1440);
  g_autofree char *bare = to_text (nuki_json_build_key_update (spec));
  g_autofree char *limited = NULL;
  g_autofree char *nobody = to_text (nuki_json_build_user (NULL, NULL, NULL));

  nuki_key_spec_set_limits (spec, window);
  limited = to_text (nuki_json_build_key_update (spec));

  g_assert_cmpstr (bare, ==, "{\"name\":\"Anna\",\"remoteAllowed\":false,\"enabled\":true}");
  g_assert_cmpstr (limited, ==,
                   "{\"name\":\"Anna\",\"remoteAllowed\":false,\"allowedWeekDays\":127,\"allowedFromTime\":1320,"
                   "\"allowedUntilTime\":0,\"enabled\":true}");
  g_assert_cmpstr (nobody, ==, "{}");
}

static void
test_a_spec_from_a_key_asks_for_what_there_is (void)
{
  g_autoptr (GBytes) bytes = load_example ("auth-list.res.json");
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
  g_autoptr (GPtrArray) keys = nuki_json_read_keys (json, NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      NukiKey *key = g_ptr_array_index (keys, i);
      g_autoptr (NukiKeySpec) spec = nuki_key_spec_new_from_key (key);
      g_autoptr (NukiKeySpec) copy = nuki_key_spec_copy (spec);

      for (guint j = 0; j < 2; j++)
        {
          const NukiKeySpec *one = j == 0 ? spec : copy;

          g_assert_cmpint (one->type, ==, nuki_key_get_key_type (key));
          g_assert_cmpstr (one->name, ==, nuki_key_get_name (key));
          g_assert_cmpint (one->user_id, ==, nuki_key_get_user_id (key));
          g_assert_cmpint (one->code, ==, nuki_key_get_code (key));
          g_assert_cmpint (one->enabled, ==, nuki_key_get_enabled (key));
          g_assert_cmpint (one->remote_allowed, ==, nuki_key_get_remote_allowed (key));
          g_assert_true (nuki_limits_equal (one->limits, nuki_key_get_limits (key)));
        }
    }
}

static void
test_a_spec_is_a_boxed_type (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (NukiKeySpec) spec = make_john ();
  const NukiKeySpec *copy;

  g_value_init (&value, NUKI_TYPE_KEY_SPEC);
  g_value_set_boxed (&value, spec);
  copy = g_value_get_boxed (&value);
  g_assert_true (copy != spec);
  g_assert_cmpstr (copy->name, ==, "John Doe");
}

static void
test_what_an_update_would_lose_is_noticed (void)
{
  static const char *const odd[] = {
    "\"name\": 5", "\"enabled\": \"yes\"", "\"remoteAllowed\": 2", "\"accountUserId\": 5000000000", "\"code\": \"abc\"",
    "\"allowedFromDate\": 1788213600", "\"allowedUntilDate\": \"tomorrow\"", "\"allowedWeekDays\": 255",
    "\"allowedFromTime\": -1", "\"allowedUntilTime\": \"8:00\"",
  };
  static const char *const plain[] = {
    "\"name\": \"\"", "\"enabled\": 1", "\"accountUserId\": -1", "\"code\": \"252525\"", "\"allowedFromDate\": null",
    "\"allowedUntilDate\": \"\"", "\"allowedWeekDays\": \"127\"", "\"allowedUntilTime\": 1440", "\"lockCount\": \"many\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd) + G_N_ELEMENTS (plain); i++)
    {
      const gboolean is_odd = i < G_N_ELEMENTS (odd);
      g_autofree char *text = g_strdup_printf ("{\"id\": \"a\", \"smartlockId\": 5, %s}",
                                               is_odd ? odd[i] : plain[i - G_N_ELEMENTS (odd)]);
      g_autoptr (NukiKey) key = read_key_text (text);
      g_autoptr (NukiKey) other = read_key_text ("{\"id\": \"a\", \"smartlockId\": 5}");

      g_test_message ("%s", text);
      g_assert_true (nuki_key_get_understood (key) != is_odd);
      nuki_key_assign (other, key);
      g_assert_true (nuki_key_get_understood (other) != is_odd);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/values/a-key-equals-one-of-which-the-same-is-said", test_a_key_equals_one_of_which_the_same_is_said);
  g_test_add_func ("/values/a-key-notifies-only-what-changed", test_a_key_notifies_only_what_changed);
  g_test_add_func ("/values/a-lock-notifies-only-what-changed", test_a_lock_notifies_only_what_changed);
  g_test_add_func ("/values/a-person-notifies-only-what-changed", test_a_person_notifies_only_what_changed);
  g_test_add_func ("/values/the-state-of-a-lock-is-said-in-words", test_the_state_of_a_lock_is_said_in_words);
  g_test_add_func ("/values/trouble-says-what-to-do", test_trouble_says_what_to_do);
  g_test_add_func ("/values/a-device-is-named-as-on-its-label", test_a_device_is_named_as_on_its_label);
  g_test_add_func ("/values/a-lock-is-in-the-zone-of-the-table", test_a_lock_is_in_the_zone_of_the_table);
  g_test_add_func ("/values/infrastructure-is-bridge-keypad-and-virtual", test_infrastructure_is_bridge_keypad_and_virtual);
  g_test_add_func ("/values/the-languages-of-invitations-are-known", test_the_languages_of_invitations_are_known);
  g_test_add_func ("/values/what-is-asked-is-written-as-in-the-examples", test_what_is_asked_is_written_as_in_the_examples);
  g_test_add_func ("/values/what-is-not-limited-is-not-written", test_what_is_not_limited_is_not_written);
  g_test_add_func ("/values/a-spec-from-a-key-asks-for-what-there-is", test_a_spec_from_a_key_asks_for_what_there_is);
  g_test_add_func ("/values/a-spec-is-a-boxed-type", test_a_spec_is_a_boxed_type);
  g_test_add_func ("/values/what-an-update-would-lose-is-noticed", test_what_an_update_would_lose_is_noticed);

  return g_test_run ();
}
