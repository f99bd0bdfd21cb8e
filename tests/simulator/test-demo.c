/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "nuki-sim-demo.h"

typedef gboolean (*KeyFunc) (JsonObject *key, const char *now);

static void
set_up_demo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->simulator = nuki_simulator_new_demo ();
  nuki_simulator_start (fixture->simulator, 0, &error);
  g_assert_no_error (error);
  fixture->session = soup_session_new ();
  fixture->token = g_strdup (NUKI_SIMULATOR_DEMO_TOKEN);
}

static gint64
get_int (JsonObject *key, const char *member)
{
  return json_object_get_int_member_with_default (key, member, -1);
}

static const char *
get_date (JsonObject *key, const char *member)
{
  return json_object_get_string_member_with_default (key, member, NULL);
}

static gboolean
is_always (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 0 && !json_object_has_member (key, "allowedWeekDays")
         && json_object_get_boolean_member (key, "enabled") && get_int (key, "lockCount") > 0;
}

static gboolean
is_weekly (JsonObject *key, const char *now)
{
  return get_int (key, "allowedWeekDays") > 0 && get_int (key, "allowedWeekDays") < 127;
}

static gboolean
is_over_midnight (JsonObject *key, const char *now)
{
  return get_int (key, "allowedFromTime") > get_int (key, "allowedUntilTime");
}

static gboolean
is_current (JsonObject *key, const char *now)
{
  return g_strcmp0 (get_date (key, "allowedFromDate"), "") > 0
         && g_strcmp0 (get_date (key, "allowedFromDate"), now) <= 0
         && g_strcmp0 (get_date (key, "allowedUntilDate"), now) > 0;
}

static gboolean
is_upcoming (JsonObject *key, const char *now)
{
  return g_strcmp0 (get_date (key, "allowedFromDate"), now) > 0;
}

static gboolean
is_expired (JsonObject *key, const char *now)
{
  return json_object_has_member (key, "allowedUntilDate")
         && g_strcmp0 (get_date (key, "allowedUntilDate"), now) < 0;
}

static gboolean
is_off (JsonObject *key, const char *now)
{
  return !json_object_get_boolean_member (key, "enabled");
}

static gint64
get_age_in_hours (JsonObject *key, const char *now)
{
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 (get_date (key, "creationDate"), NULL);
  g_autoptr (GDateTime) present = g_date_time_new_from_iso8601 (now, NULL);

  return g_date_time_difference (present, created) / G_TIME_SPAN_HOUR;
}

static gboolean
is_open_invitation (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 0 && get_int (key, "lockCount") == 0 && get_age_in_hours (key, now) < 48
         && json_object_has_member (key, "updateDate");
}

static gboolean
is_lapsed_invitation (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 0 && get_int (key, "lockCount") == 0 && get_age_in_hours (key, now) >= 48;
}

static gboolean
is_unconfirmed (JsonObject *key, const char *now)
{
  return !json_object_has_member (key, "updateDate");
}

static gboolean
is_code (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 13;
}

static gboolean
is_fob (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 2;
}

static gboolean
is_bridge (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 1;
}

static gboolean
is_keypad (JsonObject *key, const char *now)
{
  return get_int (key, "type") == 3;
}

static guint
count_keys (JsonNode *keys, KeyFunc func, const char *now)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (keys)); i++)
    n += func (fixture_get_element (keys, i), now);

  return n;
}

static char *
format_now (GDateTime *now)
{
  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.999Z");
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  guint n_keys = json_array_get_length (json_node_get_array (fixture_get_records (dump, "keys")));

  g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (dump, "locks"))), ==, 4);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (fixture_get_records (dump, "users"))), ==, 12);
  g_assert_cmpuint (n_keys, >=, 38);
  g_assert_cmpuint (n_keys, <=, 48);
}

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[]
      = { "/account",       "/account/user",  "/account/user?offset=10", "/smartlock", "/smartlock/auth",
          "/smartlock/log", "/smartlock/auth/paged" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    fixture_expect (fixture, "GET", paths[i], NULL, 200);
}

static void
test_locks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) locks = fixture_call (fixture, "GET", "/smartlock", NULL, 200);
  JsonObject *door = fixture_find (locks, "name", "Front door");
  JsonObject *garage = fixture_find (locks, "name", "Garage");
  JsonObject *flat = fixture_find (locks, "name", "Holiday flat");
  JsonObject *intercom = fixture_find (locks, "name", "Street intercom");

  g_assert_cmpint (get_int (json_object_get_object_member (door, "state"), "batteryCharge"), ==, 90);
  g_assert_cmpint (get_int (json_object_get_object_member (door, "config"), "timezoneId"), ==, 37);
  g_assert_cmpint (get_int (garage, "serverState"), ==, 4);
  g_assert_true (json_object_get_boolean_member (json_object_get_object_member (flat, "state"), "batteryCritical"));
  g_assert_cmpint (get_int (json_object_get_object_member (flat, "config"), "timezoneId"), ==, 40);
  g_assert_true (json_object_get_boolean_member (intercom, "opener"));
}

/* The account is as varied on New Year's Eve, on 29 February and when clocks change as on any other day. */
static void
test_variety (Fixture *fixture, gconstpointer data)
{
  static const char *const moments[] = { "2026-12-31T23:59:59Z", "2028-02-29T00:00:00Z", "2027-03-28T01:00:00Z",
                                         "2027-10-31T12:34:56Z" };
  static const KeyFunc kinds[]
      = { is_always,          is_weekly,            is_over_midnight, is_current, is_upcoming, is_expired, is_off,
          is_open_invitation, is_lapsed_invitation, is_unconfirmed,   is_code,    is_fob,      is_bridge,  is_keypad };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (moments[i], NULL);
      g_autofree char *now = format_now (date);
      g_autoptr (JsonNode) account = nuki_sim_demo_build (g_date_time_to_unix (date) * 1000);

      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        g_assert_cmpuint (count_keys (fixture_get_records (account, "keys"), kinds[j], now), >, 0);
    }
}

static void
test_past (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = { "creationDate", "updateDate", "lastActiveDate", "date" };
  static const char *const lists[] = { "locks", "users", "keys", "log" };
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  g_autoptr (GDateTime) date = g_date_time_new_now_utc ();
  g_autofree char *now = format_now (date);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *records = fixture_get_records (dump, lists[i]);

      for (guint j = 0; j < json_array_get_length (json_node_get_array (records)); j++)
        for (guint k = 0; k < G_N_ELEMENTS (members); k++)
          {
            const char *value = get_date (fixture_get_element (records, j), members[k]);

            if (value != NULL)
              g_assert_cmpstr (value, <=, now);
          }
    }
}

/* Everything in the account would pass the rules: it could have been made by calls. */
static void
test_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->simulator);
  JsonNode *keys = fixture_get_records (dump, "keys");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (keys)); i++)
    {
      JsonObject *key = fixture_get_element (keys, i);
      gboolean is_type_code = is_code (key, NULL);
      gint64 claim = get_int (key, is_type_code ? "code" : "accountUserId");

      g_assert_cmpuint (strlen (json_object_get_string_member (key, "name")), <=, is_type_code ? 20 : 32);
      g_assert_true (g_hash_table_add (seen, g_strdup (json_object_get_string_member (key, "id"))));
      if (is_type_code)
        {
          g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, claim);

          g_assert_true (g_regex_match_simple ("^(?!12)[1-9]{6}$", digits, 0, 0));
        }
      if (claim != -1)
        g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d",
                                                                get_int (key, "smartlockId"), claim, is_type_code)));
    }
}

static void
test_waiting_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) waiting = fixture_call (fixture, "GET", "/smartlock/729747652/auth", NULL, 200);
  g_autoptr (JsonNode) done = NULL;
  JsonObject *john = fixture_find (waiting, "name", "John Doe");
  JsonObject *pieter = fixture_find (waiting, "name", "Pieter van den Berg");

  g_assert_true (json_object_has_member (john, "operationId"));
  g_assert_false (json_object_has_member (john, "allowedUntilDate"));
  g_assert_false (json_object_has_member (pieter, "updateDate"));

  nuki_simulator_set_lock_online (fixture->simulator, 729747652, TRUE);
  nuki_simulator_advance (fixture->simulator, 4000);
  done = fixture_call (fixture, "GET", "/smartlock/729747652/auth", NULL, 200);
  g_assert_true (json_object_has_member (fixture_find (done, "name", "John Doe"), "allowedUntilDate"));
  g_assert_true (json_object_has_member (fixture_find (done, "name", "Pieter van den Berg"), "updateDate"));
}

static void
test_delay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) early = NULL;
  g_autoptr (JsonNode) late = NULL;

  fixture_expect (fixture, "PUT", "/smartlock/17618910285/auth", "{'name': 'Test', 'type': 13, 'code': 919191}", 204);
  early = fixture_call (fixture, "GET", "/smartlock/17618910285/auth", NULL, 200);
  g_assert_null (fixture_find (early, "name", "Test"));
  nuki_simulator_advance (fixture->simulator, 4000);
  late = fixture_call (fixture, "GET", "/smartlock/17618910285/auth", NULL, 200);
  g_assert_true (json_object_has_member (fixture_find (late, "name", "Test"), "updateDate"));
}

#define demo_add(path, func) g_test_add (path, Fixture, NULL, set_up_demo, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  demo_add ("/demo/has-four-locks-twelve-people-and-about-forty-keys", test_size);
  demo_add ("/demo/its-answers-keep-to-the-document", test_answers);
  demo_add ("/demo/each-lock-has-its-part", test_locks);
  demo_add ("/demo/keys-of-every-kind-and-state-are-there-on-any-day", test_variety);
  demo_add ("/demo/nothing-happened-in-the-future", test_past);
  demo_add ("/demo/keeps-the-rules", test_rules);
  demo_add ("/demo/two-changes-wait-for-the-garage", test_waiting_change);
  demo_add ("/demo/changes-take-at-most-four-seconds", test_delay);

  return g_test_run ();
}
