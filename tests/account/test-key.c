/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a key says about itself, and the clock that it is asked by. */

#include <locale.h>

#include "fixture.h"

static void
load_keys (Fixture *f, const char *keys)
{
  g_autofree char *account = g_strdup_printf (
      "{'locks': [{'smartlockId': 17618910285, 'name': 'Front door', 'serverState': 0,"
      "            'config': {'keypadPaired': true, 'timezoneId': 37}}],"
      " 'users': [{'accountUserId': 101, 'name': 'Anna', 'email': 'anna@example.org'}], 'keys': [%s]}", keys);

  fixture_load (f, account);
  fixture_refresh (f);
}

static GDateTime *
at (const char *text)
{
  return g_date_time_new_from_iso8601 (text, NULL);
}

static void
assert_availability (HkKey *key, const char *when, HkKeyAvailability expected)
{
  g_autoptr (GDateTime) now = at (when);

  g_assert_cmpint (hk_key_get_availability (key, now), ==, expected);
}

static void
test_availability_follows_limits_in_the_time_of_the_lock (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *limited, *off, *waiting;

  load_keys (f, "{'id': 'a1', 'smartlockId': 17618910285, 'name': 'Limited', 'enabled': true,"
                " 'allowedFromDate': '2026-03-02T00:00:00Z', 'allowedUntilDate': '2026-06-01T00:00:00Z',"
                " 'allowedWeekDays': 64, 'allowedFromTime': 540, 'allowedUntilTime': 720,"
                " 'creationDate': '2026-01-01T00:00:00Z', 'updateDate': '2026-01-01T00:00:00Z'},"
                "{'id': 'a2', 'smartlockId': 17618910285, 'name': 'Off', 'enabled': false,"
                " 'creationDate': '2026-01-01T00:00:00Z', 'updateDate': '2026-01-01T00:00:00Z'},"
                "{'id': 'a3', 'smartlockId': 17618910285, 'name': 'Waiting', 'enabled': true,"
                " 'creationDate': '2026-01-01T00:00:00Z'}");
  limited = fixture_find_key (f, "a1");
  off = fixture_find_key (f, "a2");
  waiting = fixture_find_key (f, "a3");

  /* Mondays from 9 to 12 in Berlin: an hour ahead of UTC in winter, two in summer. */
  assert_availability (limited, "2026-03-02T07:59:00Z", HK_KEY_BETWEEN);
  assert_availability (limited, "2026-03-02T08:00:00Z", HK_KEY_OPENS_NOW);
  assert_availability (limited, "2026-03-02T11:30:00Z", HK_KEY_BETWEEN);
  assert_availability (limited, "2026-03-30T07:00:00Z", HK_KEY_OPENS_NOW);
  assert_availability (limited, "2026-03-03T08:30:00Z", HK_KEY_BETWEEN);
  assert_availability (limited, "2026-03-01T08:30:00Z", HK_KEY_UPCOMING);
  assert_availability (limited, "2026-06-01T08:30:00Z", HK_KEY_EXPIRED);
  assert_availability (off, "2026-03-02T08:00:00Z", HK_KEY_OFF);
  assert_availability (waiting, "2026-03-02T08:00:00Z", HK_KEY_NOT_ON_LOCK);
  g_assert_cmpstr (g_time_zone_get_identifier (hk_key_get_zone (limited)), ==, "Europe/Berlin");
}

static void
test_a_key_opens_until_the_lock_knows_that_it_is_off (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key;

  load_keys (f, "{'id': 'a1', 'smartlockId': 17618910285, 'name': 'Fob', 'type': 2, 'enabled': true,"
                " 'creationDate': '2026-01-01T00:00:00Z', 'updateDate': '2026-01-01T00:00:00Z'}");
  key = fixture_find_key (f, "a1");

  hk_account_switch_key (f->account, key, FALSE);
  g_assert_false (hk_key_get_enabled (key));
  assert_availability (key, "2026-03-02T08:00:00Z", HK_KEY_OPENS_NOW);

  fixture_pass (f, 2);
  assert_availability (key, "2026-03-02T08:00:00Z", HK_KEY_OFF);
}

static void
assert_invitation (HkKey *key, const char *when, HkInvitationState expected, int expected_hours)
{
  g_autoptr (GDateTime) now = at (when);
  int hours = -1;

  g_assert_cmpint (hk_key_get_invitation (key, now, &hours), ==, expected);
  g_assert_cmpint (hours, ==, expected_hours);
  g_assert_cmpint (hk_key_get_invitation (key, now, NULL), ==, expected);
}

static void
test_an_invitation_is_open_for_48_hours_and_then_lapses (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key;

  load_keys (f, "{'id': 'a1', 'smartlockId': 17618910285, 'accountUserId': 101, 'type': 0, 'name': 'Open',"
                " 'enabled': true, 'lockCount': 0, 'creationDate': '2026-03-01T10:00:00Z'},"
                "{'id': 'a2', 'smartlockId': 17618910285, 'accountUserId': 101, 'type': 0, 'name': 'Used',"
                " 'enabled': true, 'lockCount': 1, 'creationDate': '2026-03-01T10:00:00Z'},"
                "{'id': 'a3', 'smartlockId': 17618910285, 'accountUserId': 101, 'type': 0, 'name': 'Active',"
                " 'enabled': true, 'lockCount': 0, 'lastActiveDate': '2026-03-01T12:00:00Z',"
                " 'creationDate': '2026-03-01T10:00:00Z'},"
                "{'id': 'a4', 'smartlockId': 17618910285, 'type': 13, 'code': 345678, 'name': 'Code',"
                " 'enabled': true, 'lockCount': 0, 'creationDate': '2026-03-01T10:00:00Z'},"
                "{'id': 'a5', 'smartlockId': 17618910285, 'type': 1, 'name': 'Bridge', 'lockCount': 0}");

  key = fixture_find_key (f, "a1");
  g_assert_true (hk_key_get_never_used (key));
  assert_invitation (key, "2026-03-01T09:00:00Z", HK_INVITATION_OPEN, 48);
  assert_invitation (key, "2026-03-01T10:00:00Z", HK_INVITATION_OPEN, 48);
  assert_invitation (key, "2026-03-01T10:00:01Z", HK_INVITATION_OPEN, 48);
  assert_invitation (key, "2026-03-01T11:00:00Z", HK_INVITATION_OPEN, 47);
  assert_invitation (key, "2026-03-03T09:59:59Z", HK_INVITATION_OPEN, 1);
  assert_invitation (key, "2026-03-03T10:00:00Z", HK_INVITATION_LAPSED, 0);

  assert_invitation (fixture_find_key (f, "a2"), "2026-03-01T11:00:00Z", HK_INVITATION_NONE, 0);
  assert_invitation (fixture_find_key (f, "a3"), "2026-03-01T11:00:00Z", HK_INVITATION_NONE, 0);
  assert_invitation (fixture_find_key (f, "a4"), "2026-03-01T11:00:00Z", HK_INVITATION_NONE, 0);
  g_assert_false (hk_key_get_never_used (fixture_find_key (f, "a2")));
  g_assert_true (hk_key_get_never_used (fixture_find_key (f, "a4")));
  g_assert_false (hk_key_get_never_used (fixture_find_key (f, "a5")));
}

static void
test_each_kind_has_a_name_and_infrastructure_is_known (void)
{
  static const struct { int type; const char *kind; gboolean infrastructure; } kinds[] = {
    { 0, "App key", FALSE }, { 1, "Bridge", TRUE }, { 2, "Key fob", FALSE }, { 3, "Keypad", TRUE },
    { 13, "Keypad code", FALSE }, { 14, "Z-Wave key", FALSE }, { 15, "Virtual key", TRUE },
  };
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *record = g_strdup_printf ("{'id': 'a1', 'smartlockId': 17618910285, 'type': %d, 'name': 'K'%s}",
                                                 kinds[i].type, kinds[i].type == 13 ? ", 'code': 345678" : "");
      g_autofree char *kind = NULL;

      load_keys (f, "");
      load_keys (f, record);
      kind = hk_key_dup_kind_text (fixture_find_key (f, "a1"));
      g_assert_cmpstr (kind, ==, kinds[i].kind);
      g_assert_cmpint (hk_key_get_infrastructure (fixture_find_key (f, "a1")), ==, kinds[i].infrastructure);
      g_assert_cmpint (hk_key_get_key_type (fixture_find_key (f, "a1")), ==, kinds[i].type);
    }
}

static void
test_a_key_says_when_in_words (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);
  g_autofree char *when = hk_key_dup_when (key, now);
  g_autofree char *expected = nuki_limits_describe (hk_key_get_limits (key), hk_key_get_zone (key), now);

  g_assert_cmpstr (when, ==, expected);
  g_assert_cmpstr (when, !=, "");
}

static void
test_a_key_without_name_or_lock_still_has_words (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();

  load_keys (f, "{'id': 'a1', 'smartlockId': 17618910285, 'accountUserId': 101, 'name': ''},"
                "{'id': 'a2', 'smartlockId': 17618910285, 'name': ''}");
  g_assert_cmpstr (hk_key_get_name (fixture_find_key (f, "a1")), ==, "Anna");
  g_assert_cmpstr (hk_key_get_name (fixture_find_key (f, "a2")), ==, "Unnamed key");
}

static void
test_properties_tell_what_a_key_is (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKey) record = NULL;
  g_autoptr (NukiLock) lock = NULL;
  g_autoptr (NukiUser) person = NULL;
  g_autoptr (HkChange) change = NULL;
  g_autoptr (NukiLimits) limits = NULL;
  g_autofree char *name = NULL, *lock_name = NULL;
  gboolean enabled, pending, infrastructure;
  guint key_type;

  g_object_get (key, "record", &record, "lock", &lock, "person", &person, "change", &change, "name", &name,
                "lock-name", &lock_name, "key-type", &key_type, "limits", &limits, "enabled", &enabled, "pending",
                &pending, "infrastructure", &infrastructure, NULL);
  g_assert_true (record == hk_key_get_record (key));
  g_assert_true (lock == hk_key_get_lock (key));
  g_assert_true (person == hk_key_get_person (key));
  g_assert_null (change);
  g_assert_cmpstr (name, ==, "Anna");
  g_assert_cmpstr (lock_name, ==, "Front door");
  g_assert_cmpuint (key_type, ==, NUKI_KEY_APP);
  g_assert_true (nuki_limits_equal (limits, hk_key_get_limits (key)));
  g_assert_true (enabled);
  g_assert_false (pending);
  g_assert_false (infrastructure);
  g_assert_cmpint (hk_key_get_lock_id (key), ==, FRONT_DOOR);
}

static void
set_true (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
test_the_real_clock_calls_once_and_can_be_cancelled (void)
{
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (GDateTime) now = hk_clock_now (clock);
  g_autoptr (GDateTime) expected = g_date_time_new_now_utc ();
  gboolean called = FALSE, cancelled_called = FALSE;
  guint id;

  g_assert_cmpint (g_date_time_get_utc_offset (now), ==, 0);
  g_assert_cmpint (ABS (g_date_time_difference (expected, now)), <, G_TIME_SPAN_MINUTE);

  id = hk_clock_schedule (clock, 0, set_true, &cancelled_called);
  g_assert_cmpuint (id, >, 0);
  hk_clock_cancel (clock, id);
  hk_clock_schedule (clock, 1, set_true, &called);
  await (is_true, &called);
  g_assert_false (cancelled_called);
}

static void
test_a_key_with_a_change_is_gone_when_the_service_does_not_have_it (void)
{
  g_autoptr (Fixture) f = fixture_new_signed_in ();
  g_autoptr (GDateTime) now = hk_clock_now (f->clock);
  HkKey *key = fixture_find_key (f, ANNA_FRONT);

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  hk_account_switch_key (f->account, key, FALSE);
  fixture_pass (f, 1);
  g_assert_false (hk_key_get_gone (key));

  fixture_edit (f, "{'keys': [{'id': '" ANNA_FRONT "', 'removed': true}]}");
  fixture_refresh (f);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  g_assert_true (hk_key_get_gone (key));
  g_assert_cmpint (hk_key_get_availability (key, now), ==, HK_KEY_GONE);

  /* Until there is such a key again. */
  fixture_edit (f, "{'keys': [{'id': '" ANNA_FRONT "', 'smartlockId': 17618910285, 'type': 0, 'name': 'Anna', "
                   "'accountUserId': 101, 'enabled': true}]}");
  fixture_refresh (f);
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  g_assert_false (hk_key_get_gone (key));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/key/availability-follows-limits-in-the-time-of-the-lock",
                   test_availability_follows_limits_in_the_time_of_the_lock);
  g_test_add_func ("/key/a-key-opens-until-the-lock-knows-that-it-is-off",
                   test_a_key_opens_until_the_lock_knows_that_it_is_off);
  g_test_add_func ("/key/an-invitation-is-open-for-48-hours-and-then-expires",
                   test_an_invitation_is_open_for_48_hours_and_then_lapses);
  g_test_add_func ("/key/each-kind-has-a-name-and-infrastructure-is-known",
                   test_each_kind_has_a_name_and_infrastructure_is_known);
  g_test_add_func ("/key/a-key-says-when-in-words", test_a_key_says_when_in_words);
  g_test_add_func ("/key/a-key-without-name-or-lock-still-has-words",
                   test_a_key_without_name_or_lock_still_has_words);
  g_test_add_func ("/key/properties-tell-what-a-key-is", test_properties_tell_what_a_key_is);
  g_test_add_func ("/clock/the-real-clock-calls-once-and-can-be-cancelled",
                   test_the_real_clock_calls_once_and_can_be_cancelled);
  g_test_add_func ("/key/with-a-change-is-gone-when-the-service-does-not-have-it",
                   test_a_key_with_a_change_is_gone_when_the_service_does_not_have_it);

  return g_test_run ();
}
