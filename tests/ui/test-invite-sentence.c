/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include "invite/hk-invite-sentence.h"
#include "limits/hk-limits-phrase.h"

static GTimeZone *berlin;
static GDateTime *now;

static GDateTime *
at (int year, int month, int day, int hour, int minute)
{
  return g_date_time_new (berlin, year, month, day, hour, minute, 0);
}

/* Takes @from and @until. */
static void
assert_phrase (GDateTime *from, GDateTime *until, NukiWeekdays weekdays, int start, int end, const char *expected)
{
  g_autoptr (GDateTime) taken_from = from;
  g_autoptr (GDateTime) taken_until = until;
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, until, weekdays, start, end);
  g_autofree char *phrase = hk_limits_phrase (limits, berlin, now);

  g_assert_cmpstr (phrase, ==, expected);
}

static void
test_dates (void)
{
  const NukiWeekdays all = NUKI_WEEKDAYS_ALL;

  assert_phrase (NULL, NULL, all, 0, 0, "at any time");
  assert_phrase (at (2026, 11, 3, 0, 0), NULL, all, 0, 0, "from 3 November on");
  assert_phrase (at (2026, 11, 3, 15, 0), NULL, all, 0, 0, "from 3 November at 15:00 on");
  assert_phrase (NULL, at (2026, 11, 30, 23, 59), all, 0, 0, "until 30 November");
  assert_phrase (NULL, at (2026, 12, 1, 0, 0), all, 0, 0, "until 30 November");
  assert_phrase (NULL, at (2027, 1, 1, 0, 0), all, 0, 0, "until 31 December");
  assert_phrase (NULL, at (2027, 3, 1, 11, 30), all, 0, 0, "until 1 March 2027 at 11:30");
  assert_phrase (at (2026, 11, 3, 15, 0), at (2026, 11, 10, 11, 0), all, 0, 0,
                 "from 3 November at 15:00 until 10 November at 11:00");
}

static void
test_week (void)
{
  assert_phrase (NULL, NULL, NUKI_TUESDAY, 0, 0, "on Tuesdays");
  assert_phrase (NULL, NULL, NUKI_WEEKDAYS_ALL, 540, 720, "every day from 9:00 to 12:00");
  assert_phrase (NULL, NULL, NUKI_FRIDAY, 1320, 360, "on Fridays from 22:00 to 6:00 on the next day");
  assert_phrase (NULL, NULL, NUKI_FRIDAY, 1320, 0, "on Fridays from 22:00 to 24:00");
  assert_phrase (NULL, at (2026, 11, 30, 23, 59), NUKI_TUESDAY, 540, 720,
                 "on Tuesdays from 9:00 to 12:00 until 30 November");
  assert_phrase (at (2026, 11, 3, 0, 0), at (2026, 11, 30, 23, 59), NUKI_TUESDAY | NUKI_SATURDAY, 540, 720,
                 "on Tuesdays and Saturdays from 9:00 to 12:00, from 3 November until 30 November");
}

static HkInvitation *
make_invitation (NukiKeyType type, const char *name, NukiLimits *limits)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (type, name);

  if (limits != NULL)
    nuki_key_spec_set_limits (spec, limits);
  spec->code = type == NUKI_KEY_CODE ? 385291 : 0;

  return hk_invitation_new (spec);
}

static void
test_as_in_the_design (void)
{
  static const char *const locks[] = { "Front door", "Garage", NULL };
  g_autoptr (GDateTime) until = at (2026, 11, 30, 23, 59);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, until, NUKI_TUESDAY, 540, 720);
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_APP, "Anna", limits);
  g_autofree char *sentence = hk_invite_sentence (invitation, "anna@example.org", locks, berlin, now);

  g_assert_cmpstr (sentence, ==,
                   "Anna can open Front door and Garage on Tuesdays from 9:00 to 12:00 until 30 November. "
                   "Two invitations go to anna\u200b@example.org and expire after 48 hours.");
}

static void
test_one_lock (void)
{
  static const char *const locks[] = { "Front door", NULL };
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_APP, "Anna", NULL);
  g_autofree char *sentence = NULL;

  invitation->spec->remote_allowed = TRUE;
  sentence = hk_invite_sentence (invitation, "anna@example.org", locks, berlin, now);
  g_assert_cmpstr (sentence, ==,
                   "Anna can open Front door, also from afar, at any time. "
                   "An invitation goes to anna\u200b@example.org and expires after 48 hours.");
}

static void
test_code (void)
{
  static const char *const locks[] = { "Front door", "Garage", NULL };
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_SUNDAY, 0, 0);
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_CODE, "Cleaning", limits);
  g_autofree char *sentence = hk_invite_sentence (invitation, NULL, locks, berlin, now);

  g_assert_cmpstr (sentence, ==,
                   "The code 385291 opens Front door and Garage on Sundays. It is not mailed: pass it on yourself.");
}

static void
test_many_locks (void)
{
  static const char *const three[] = { "A", "B", "C", NULL };
  static const char *const four[] = { "A", "B", "C", "D", NULL };
  static const char *const ten[] = { "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", NULL };
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_APP, "Anna", NULL);
  g_autofree char *three_names = hk_invite_join_names (three);
  g_autofree char *four_names = hk_invite_join_names (four);
  g_autofree char *sentence = hk_invite_sentence (invitation, "a@example.org", ten, berlin, now);

  g_assert_cmpstr (three_names, ==, "A, B and C");
  g_assert_cmpstr (four_names, ==, "A, B, C and D");
  g_assert_cmpstr (sentence, ==,
                   "Anna can open A, B, C and 7 more locks at any time. "
                   "10 invitations go to a\u200b@example.org and expire after 48 hours.");
}

static void
test_names_are_not_formats (void)
{
  static const char *const locks[] = { "100 %s <b>&", NULL };
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_APP, "Zoë %n שלום 🔑", NULL);
  g_autofree char *sentence = hk_invite_sentence (invitation, "z@example.org", locks, berlin, now);

  g_assert_true (g_str_has_prefix (sentence, "\u2068\u200e\u2068Zoë %n שלום 🔑\u2069 can open \u2068100 %s <b>&\u2069 \u2068at any time\u2069."));
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  berlin = g_time_zone_new_identifier ("Europe/Berlin");
  now = g_date_time_new (berlin, 2026, 11, 2, 12, 0, 0);

  g_test_add_func ("/limits-phrase/dates-are-said-as-days-where-days-are-meant", test_dates);
  g_test_add_func ("/limits-phrase/days-and-hours-come-before-dates", test_week);
  g_test_add_func ("/invite-sentence/reads-as-in-the-design", test_as_in_the_design);
  g_test_add_func ("/invite-sentence/one-lock-is-one-invitation", test_one_lock);
  g_test_add_func ("/invite-sentence/a-code-is-not-mailed", test_code);
  g_test_add_func ("/invite-sentence/a-long-list-of-locks-is-cut", test_many_locks);
  g_test_add_func ("/invite-sentence/names-are-neither-formats-nor-markup", test_names_are_not_formats);

  status = g_test_run ();
  g_date_time_unref (now);
  g_time_zone_unref (berlin);

  return status;
}
