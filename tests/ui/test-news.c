/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desktop/hk-news.h"
#include "fixture.h"

/* The time is 11:00 on Monday, 2 March 2026, in the zone of the locks. */
#define LOCKS                                                                                                        \
  "'locks': [{'smartlockId': 17618910285, 'type': 4, 'name': 'Front door', 'serverState': 0,"                        \
  "           'config': {'keypadPaired': true, 'timezoneId': 37}}], 'users': []"

#define KEY(id, name, more)                                                                                          \
  "{'id': '" id "', 'smartlockId': 17618910285, 'name': '" name "', 'enabled': true, "                               \
  "'creationDate': '2026-01-01T10:00:00.000Z', 'updateDate': '2026-01-01T10:00:02.000Z', " more "}"

#define USED_CODE(until) "'type': 13, 'code': 345678, 'lockCount': 2, 'allowedUntilDate': '" until "'"

typedef struct
{
  Fixture *account;
  GSettings *settings;
  HkNews *news;
  gboolean away;
  GString *told; /* what the desktop heard, a line each */
} News;

static gboolean
is_away (gpointer user_data)
{
  return ((News *) user_data)->away;
}

static void
on_tell (News *self, const char *id, const char *title, const char *body, const char *place)
{
  g_string_append_printf (self->told, "%s: %s | %s -> %s\n", id, title, body, place);
}

static void
on_withdraw (News *self, const char *id)
{
  g_string_append_printf (self->told, "no more %s\n", id);
}

static void
listen (News *self)
{
  self->news = hk_news_new (self->account->account, self->settings, is_away, self);
  g_signal_connect_swapped (self->news, "tell", G_CALLBACK (on_tell), self);
  g_signal_connect_swapped (self->news, "withdraw", G_CALLBACK (on_withdraw), self);
  fixture_settle (self->account);
}

static void
stop_listening (News *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->news));
}

static void
set_up (News *self, gconstpointer data)
{
  static const char *const keys[] = { "told-expiring", "told-lapsing", "notify-failed", "notify-confirmed",
                                      "notify-expiring", "notify-lapsing" };

  self->settings = g_settings_new ("io.github.housekeys.Housekeys");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (self->settings, keys[i]);
  self->told = g_string_new (NULL);
  self->away = TRUE;
  self->account = fixture_new_signed_in ();
  listen (self);
}

static void
tear_down (News *self, gconstpointer data)
{
  stop_listening (self);
  fixture_free (self->account);
  g_string_free (self->told, TRUE);
  g_object_unref (self->settings);
}

/* What the desktop heard since the last time. */
static void
assert_told (News *self, const char *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

static void
switch_off (News *self, const char *key_id)
{
  hk_account_switch_key (self->account->account, fixture_find_key (self->account, key_id), FALSE);
  fixture_pass (self->account, 10);
}

static void
test_confirmed (News *self, gconstpointer data)
{
  switch_off (self, ANNA_FRONT);
  assert_told (self, "confirmed: 1 change confirmed | Switch off the key of Anna · Front door -> key/" ANNA_FRONT "\n");
  switch_off (self, ANNA_GARAGE);
  assert_told (self, "confirmed: 2 changes confirmed | Anna -> keys\n");
  hk_news_see (self->news);
  assert_told (self, "no more confirmed\n");
}

static void
test_at_the_window (News *self, gconstpointer data)
{
  self->away = FALSE;
  switch_off (self, ANNA_FRONT);
  assert_told (self, "");
}

/* The service's words are not for a screen that others see. */
static void
test_failed (News *self, gconstpointer data)
{
  g_autoptr (HkChange) change = NULL;

  faulty_service_spoil (self->account->service, "POST", "/smartlock/17618910285/auth/" CLEANING, FAULT_STATUS, 422, 1);
  change = g_object_ref (hk_account_switch_key (self->account->account, fixture_find_key (self->account, CLEANING), FALSE));
  fixture_pass (self->account, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  assert_told (self, "failed: 1 change failed | Switch off the key of Cleaning · Front door -> changes\n");

  hk_account_discard (self->account->account, change);
  fixture_settle (self->account);
  assert_told (self, "no more failed\n");
}

static void
test_expiring (News *self, gconstpointer data)
{
  fixture_load (self->account, "{" LOCKS ", 'keys': ["
                KEY ("k1", "Today", USED_CODE ("2026-03-02T22:59:00.000Z")) ","
                KEY ("k2", "Midnight", USED_CODE ("2026-03-03T23:00:00.000Z")) ","
                KEY ("k3", "Noon", USED_CODE ("2026-03-04T11:00:00.000Z")) ","
                KEY ("k4", "Later", USED_CODE ("2026-03-09T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  assert_told (self, "expiring: The key of Midnight expires tomorrow | Front door · Until 3 Mar -> key/k2\n");

  /* Once is enough, also for the next process. */
  fixture_refresh (self->account);
  stop_listening (self);
  listen (self);
  fixture_pass (self->account, 3600);
  assert_told (self, "");

  /* On the day itself it is not tomorrow any more. */
  fixture_pass (self->account, 13 * 3600);
  assert_told (self, "expiring: The key of Noon expires tomorrow | Front door · Until 4 Mar, 12:00 -> key/k3\n");
}

static void
test_not_expiring (News *self, gconstpointer data)
{
  fixture_load (self->account,
                "{" LOCKS ", 'keys': [" KEY ("k1", "Noon", USED_CODE ("2026-03-03T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  assert_told (self, "expiring: The key of Noon expires tomorrow | Front door · Until 3 Mar, 12:00 -> key/k1\n");

  /* The next process finds that somebody has made it longer. */
  stop_listening (self);
  fixture_load (self->account,
                "{" LOCKS ", 'keys': [" KEY ("k1", "Noon", USED_CODE ("2026-03-09T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  listen (self);
  assert_told (self, "no more expiring\n");
}

static void
test_many (News *self, gconstpointer data)
{
  fixture_load (self->account, "{" LOCKS ", 'keys': ["
                KEY ("k1", "Dora", USED_CODE ("2026-03-03T11:00:00.000Z")) ","
                KEY ("k2", "Carla", USED_CODE ("2026-03-03T11:00:00.000Z")) ","
                KEY ("k3", "Anna", USED_CODE ("2026-03-03T11:00:00.000Z")) ","
                KEY ("k4", "Anna", USED_CODE ("2026-03-03T11:00:00.000Z")) ","
                KEY ("k5", "Ben", USED_CODE ("2026-03-03T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  assert_told (self, "expiring: 5 keys expire tomorrow | Anna, Ben, Carla… -> keys\n");
}

static void
test_lapsing (News *self, gconstpointer data)
{
  fixture_pass (self->account, 11 * 3600);
  assert_told (self, "");
  fixture_pass (self->account, 2 * 3600);
  assert_told (self, "lapsing: The invitation for Anna is about to expire | Front door · Not used yet. Unless it was "
                     "accepted, it expires Tue, 3 Mar, 11:00. -> key/" ANNA_FRONT "\n");
  fixture_pass (self->account, 3600);
  assert_told (self, "");
  fixture_pass (self->account, 11 * 3600);
  assert_told (self, "no more lapsing\n");
}

static void
test_not_wanted (News *self, gconstpointer data)
{
  g_settings_set_boolean (self->settings, "notify-confirmed", FALSE);
  g_settings_set_boolean (self->settings, "notify-expiring", FALSE);
  switch_off (self, ANNA_FRONT);
  fixture_load (self->account,
                "{" LOCKS ", 'keys': [" KEY ("k1", "Noon", USED_CODE ("2026-03-03T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  assert_told (self, "");

  g_settings_set_boolean (self->settings, "notify-expiring", TRUE);
  assert_told (self, "expiring: The key of Noon expires tomorrow | Front door · Until 3 Mar, 12:00 -> key/k1\n");
  g_settings_set_boolean (self->settings, "notify-expiring", FALSE);
  assert_told (self, "no more expiring\n");
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hk_account_sign_out_finish (HK_ACCOUNT (source), result, &error));
  g_assert_no_error (error);
}

static void
test_signed_out (News *self, gconstpointer data)
{
  g_auto (GStrv) told = NULL;

  fixture_load (self->account,
                "{" LOCKS ", 'keys': [" KEY ("k1", "Noon", USED_CODE ("2026-03-03T11:00:00.000Z")) "]}");
  fixture_refresh (self->account);
  g_string_truncate (self->told, 0);
  hk_account_sign_out_async (self->account->account, NULL, on_signed_out, NULL);
  fixture_settle (self->account);
  assert_told (self, "no more expiring\n");
  told = g_settings_get_strv (self->settings, "told-expiring");
  g_assert_cmpuint (g_strv_length (told), ==, 0);
}

#define ADD(name, func) g_test_add (name, News, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/news/changes-that-were-confirmed-while-nobody-looked-are-told-until-somebody-looks", test_confirmed);
  ADD ("/news/what-happens-before-the-eyes-of-the-user-is-not-told", test_at_the_window);
  ADD ("/news/a-change-that-failed-is-told-until-it-is-given-up", test_failed);
  ADD ("/news/a-key-expires-tomorrow-if-that-is-its-last-day-and-is-told-once", test_expiring);
  ADD ("/news/a-key-that-was-made-longer-does-not-expire-any-more", test_not_expiring);
  ADD ("/news/many-keys-are-told-at-once", test_many);
  ADD ("/news/an-invitation-about-to-lapse-is-told-until-it-has", test_lapsing);
  ADD ("/news/what-is-not-wanted-is-not-told", test_not_wanted);
  ADD ("/news/signing-out-takes-everything-back", test_signed_out);

  return g_test_run ();
}
