/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>
#include <nuki-code.h>
#include <string.h>

#include "form/hk-languages.h"
#include "invite/hk-invite-checks.h"
#include "invite/hk-invite-draft.h"
#include "ui-test.h"

typedef struct
{
  UiTest *ui;
  HkInviteDraft *draft;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->ui = ui_test_new ();
  fixture->draft = hk_invite_draft_new (fixture->ui->account);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->draft);
  ui_test_free (fixture->ui);
}

static HkLockChoice *
get_choice (Fixture *fixture, const char *lock)
{
  HkLockChoice *choice = hk_lock_choices_find (hk_invite_draft_get_choices (fixture->draft),
                                               ui_lock_named (fixture->ui->account, lock));

  g_assert_nonnull (choice);

  return choice;
}

static void
choose_lock (Fixture *fixture, const char *lock)
{
  hk_lock_choice_set_chosen (get_choice (fixture, lock), TRUE);
}

static void
choose_person (Fixture *fixture, const char *name)
{
  hk_invite_draft_set_person (fixture->draft, ui_person_named (fixture->ui->account, name));
}

static void
assert_text (Fixture *fixture, const char *property, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (fixture->draft, property, &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_has_text (Fixture *fixture, const char *property, const char *part)
{
  g_autofree char *text = NULL;

  g_object_get (fixture->draft, property, &text, NULL);
  g_assert_nonnull (text);
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
test_empty (Fixture *fixture, gconstpointer user_data)
{
  g_assert_false (hk_invite_draft_get_valid (fixture->draft));
  g_assert_false (hk_invite_draft_get_dirty (fixture->draft));
  g_assert_null (hk_invite_draft_build (fixture->draft));
  assert_text (fixture, "person-error", "Choose who gets the key.");
  assert_text (fixture, "locks-error", "Choose at least one lock.");
  assert_text (fixture, "summary", "Choose who gets the key.");

}

static void
test_known_person (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HkInvitation) invitation = NULL;

  choose_person (fixture, "Giulia Rossi");
  assert_text (fixture, "summary", "Choose at least one lock.");
  choose_lock (fixture, "Garage");
  choose_lock (fixture, "Holiday flat");
  g_object_set (fixture->draft, "smart-actions", TRUE, NULL);

  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  g_assert_true (hk_invite_draft_get_dirty (fixture->draft));
  assert_text (fixture, "summary",
               "Giulia Rossi can open Holiday flat and Garage at any time. "
               "Two invitations go to giulia.rossi\u200b@example.org and expire after 48 hours.");
  invitation = hk_invite_draft_build (fixture->draft);
  g_assert_cmpint (invitation->spec->type, ==, NUKI_KEY_APP);
  g_assert_cmpstr (invitation->spec->name, ==, "Giulia Rossi");
  g_assert_cmpint (invitation->spec->user_id, ==,
                   nuki_user_get_id (ui_person_named (fixture->ui->account, "Giulia Rossi")));
  g_assert_true (invitation->spec->smart_actions);
  g_assert_false (invitation->spec->remote_allowed);
  g_assert_null (invitation->email);
  g_assert_cmpuint (invitation->lock_ids->len, ==, 2);
}

static void
test_new_person (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HkInvitation) invitation = NULL;

  g_object_set (fixture->draft, "new-person", TRUE, "name", " Otto Kern ", "email", " otto@example.org ", "language", "de",
                NULL);
  choose_lock (fixture, "Front door");

  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  invitation = hk_invite_draft_build (fixture->draft);
  g_assert_cmpstr (invitation->spec->name, ==, "Otto Kern");
  g_assert_cmpint (invitation->spec->user_id, ==, 0);
  g_assert_cmpstr (invitation->person_name, ==, "Otto Kern");
  g_assert_cmpstr (invitation->email, ==, "otto@example.org");
  g_assert_cmpstr (invitation->language, ==, "de");
}

static void
test_wrong_new_person (Fixture *fixture, gconstpointer user_data)
{
  choose_lock (fixture, "Front door");
  g_object_set (fixture->draft, "new-person", TRUE, NULL);
  assert_text (fixture, "name-error", "Enter a name.");
  assert_text (fixture, "email-error", "Enter an e-mail address.");

  /* 9 emoji are 36 bytes. */
  g_object_set (fixture->draft, "name", "🔑🔑🔑🔑🔑🔑🔑🔑🔑", "email", "otto@example", NULL);
  assert_has_text (fixture, "name-error", "4 bytes too long");
  g_assert_false (hk_invite_draft_get_valid (fixture->draft));
  g_object_set (fixture->draft, "name", "🔑🔑🔑🔑🔑🔑🔑🔑", NULL);
  assert_text (fixture, "name-error", NULL);
  assert_has_text (fixture, "email-error", "not an e-mail address");

  g_object_set (fixture->draft, "email", "Anna.Moser@EXAMPLE.org", NULL);
  assert_text (fixture, "email-error", "Anna Moser already has this address: choose them from the list.");
  g_assert_false (hk_invite_draft_get_valid (fixture->draft));

  g_object_set (fixture->draft, "email", "otto@example.org", NULL);
  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
}

static void
test_lock_has_key_already (Fixture *fixture, gconstpointer user_data)
{
  HkLockChoice *front_door = get_choice (fixture, "Front door");

  choose_lock (fixture, "Front door");
  choose_lock (fixture, "Holiday flat");
  choose_person (fixture, "Anna Moser");
  g_assert_false (hk_lock_choice_get_selectable (front_door));
  g_assert_false (hk_lock_choice_get_chosen (front_door));
  g_assert_cmpstr (hk_lock_choice_get_note (front_door), ==, "Already has a key for Anna Moser");
  g_assert_true (hk_lock_choice_get_chosen (get_choice (fixture, "Holiday flat")));

  /* Nobody has to choose it twice because of somebody they looked at in between. */
  choose_person (fixture, "王芳");
  g_assert_true (hk_lock_choice_get_chosen (front_door));
  g_assert_false (hk_lock_choice_get_selectable (get_choice (fixture, "Holiday flat")));
}

static void
test_offline_lock (Fixture *fixture, gconstpointer user_data)
{
  HkLockChoice *garage = get_choice (fixture, "Garage");

  g_assert_true (hk_lock_choice_get_selectable (garage));
  g_assert_cmpstr (hk_lock_choice_get_note (garage), ==, "Offline – will get the key when it is back");
  g_assert_cmpstr (hk_lock_choice_get_note (get_choice (fixture, "Front door")), ==, "Locked");
}

static void
test_code (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HkInvitation) invitation = NULL;
  g_autofree char *code = NULL;
  int number;

  g_object_set (fixture->draft, "for-code", TRUE, "name", "Cleaning 2", "remote-allowed", TRUE, NULL);
  g_object_get (fixture->draft, "code", &code, NULL);
  g_assert_true (nuki_code_parse (code, &number, NULL));
  choose_lock (fixture, "Front door");

  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  assert_has_text (fixture, "summary", "pass it on yourself");
  invitation = hk_invite_draft_build (fixture->draft);
  g_assert_cmpint (invitation->spec->type, ==, NUKI_KEY_CODE);
  g_assert_cmpint (invitation->spec->code, ==, number);
  g_assert_cmpint (invitation->spec->user_id, ==, 0);
  g_assert_false (invitation->spec->remote_allowed);
  g_assert_null (invitation->email);
}

static void
test_generated_codes_differ (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_object_set (fixture->draft, "for-code", TRUE, NULL);
  g_object_get (fixture->draft, "code", &first, NULL);
  for (int i = 0; i < 3 && (second == NULL || g_str_equal (first, second)); i++)
    {
      hk_invite_draft_generate_code (fixture->draft);
      g_clear_pointer (&second, g_free);
      g_object_get (fixture->draft, "code", &second, NULL);
    }
  g_assert_cmpstr (first, !=, second);
}

static void
test_wrong_code (Fixture *fixture, gconstpointer user_data)
{
  g_object_set (fixture->draft, "for-code", TRUE, "name", "Cleaning and gardening", "code", "12345", NULL);
  assert_has_text (fixture, "code-name-error", "2 bytes too long");
  assert_text (fixture, "code-error", "A code has exactly 6 digits.");
  g_object_set (fixture->draft, "code", "121212", NULL);
  assert_text (fixture, "code-error", "A code cannot begin with 12.");
  g_object_set (fixture->draft, "code", "333033", NULL);
  assert_has_text (fixture, "code-error", "no 0");

  /* The code of “Cleaning” on the front door is free on the flat. */
  g_object_set (fixture->draft, "name", "Gardening", "code", "292929", NULL);
  choose_lock (fixture, "Holiday flat");
  assert_text (fixture, "code-error", NULL);
  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  choose_lock (fixture, "Front door");
  assert_text (fixture, "code-error", "Front door already has this code: take another.");
  g_assert_false (hk_invite_draft_get_valid (fixture->draft));
}

static void
test_code_needs_keypad (Fixture *fixture, gconstpointer user_data)
{
  HkLockChoice *intercom = get_choice (fixture, "Street intercom");

  g_assert_true (hk_lock_choice_get_selectable (intercom));
  g_object_set (fixture->draft, "for-code", TRUE, NULL);
  g_assert_false (hk_lock_choice_get_selectable (intercom));
  g_assert_cmpstr (hk_lock_choice_get_note (intercom), ==, "No keypad paired");
}

static void
test_limits_count (Fixture *fixture, gconstpointer user_data)
{
  HkLimitsDraft *limits = hk_invite_draft_get_limits (fixture->draft);

  choose_person (fixture, "Giulia Rossi");
  choose_lock (fixture, "Garage");
  hk_limits_draft_set_mode (limits, HK_LIMITS_WEEKLY);
  g_assert_false (hk_invite_draft_get_valid (fixture->draft));
  assert_text (fixture, "summary", "Choose at least one day.");
  hk_limits_draft_set_weekdays (limits, NUKI_TUESDAY);
  hk_limits_draft_set_window (limits, "9", "12");
  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  assert_has_text (fixture, "summary", "can open Garage on Tuesdays from 9:00 to 12:00.");
}

static void
test_zone (Fixture *fixture, gconstpointer user_data)
{
  HkLimitsDraft *limits = hk_invite_draft_get_limits (fixture->draft);

  assert_text (fixture, "zone-hint", NULL);
  choose_lock (fixture, "Holiday flat");
  assert_text (fixture, "zone-hint", "All times are those of the lock: the time in London.");
  g_assert_cmpstr (g_time_zone_get_identifier (hk_limits_draft_get_zone (limits)), ==, "Europe/London");
  choose_lock (fixture, "Front door");
  assert_has_text (fixture, "zone-hint", "each lock’s own clock, dates by the time in Berlin");
}

static void
test_begin (Fixture *fixture, gconstpointer user_data)
{
  hk_invite_draft_begin (fixture->draft, ui_person_named (fixture->ui->account, "Giulia Rossi"),
                         ui_lock_named (fixture->ui->account, "Garage"));
  g_assert_true (hk_invite_draft_get_valid (fixture->draft));
  g_assert_false (hk_invite_draft_get_dirty (fixture->draft));
  hk_lock_choice_set_chosen (get_choice (fixture, "Garage"), FALSE);
  g_assert_true (hk_invite_draft_get_dirty (fixture->draft));
}

static void
test_person_goes (Fixture *fixture, gconstpointer user_data)
{
  choose_person (fixture, "Giulia Rossi");
  hk_account_delete_person (fixture->ui->account, hk_invite_draft_get_person (fixture->draft));
  g_assert_null (hk_invite_draft_get_person (fixture->draft));
  assert_text (fixture, "person-error", "Choose who gets the key.");
}

/* The service takes longer names of people than of keys. */
static void
test_cut_name_is_said (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->ui->simulator);
  JsonArray *users = json_object_get_array_member (json_node_get_object (dump), "users");
  g_autoptr (GError) error = NULL;
  g_autoptr (HkInvitation) invitation = NULL;
  const char *name = "Ernst-Friedrich von Grüütenbürg-Öhm";

  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonObject *user = json_array_get_object_element (users, i);

      if (g_str_equal (json_object_get_string_member (user, "name"), "Giulia Rossi"))
        json_object_set_string_member (user, "name", name);
    }
  nuki_simulator_load (fixture->ui->simulator, dump, &error);
  g_assert_no_error (error);
  hk_account_refresh (fixture->ui->account);
  ui_await (!hk_account_get_refreshing (fixture->ui->account));

  choose_person (fixture, name);
  choose_lock (fixture, "Garage");
  assert_has_text (fixture, "summary", "The name is shortened: locks store at most 32 bytes.");
  invitation = hk_invite_draft_build (fixture->draft);
  g_assert_cmpstr (invitation->spec->name, ==, "Ernst-Friedrich von Grüütenbü");
}

static void
test_long_names_are_cut (void)
{
  g_autofree char *short_name = hk_invite_cut_name ("  Anna ");
  g_autofree char *long_name = hk_invite_cut_name ("Ernst-Friedrich von Grüütenbürg-Öhm");
  g_autofree char *keys = hk_invite_cut_name ("x🔑🔑🔑🔑🔑🔑🔑🔑");
  g_autofree char *none = hk_invite_cut_name (NULL);

  g_assert_cmpstr (short_name, ==, "Anna");
  g_assert_cmpuint (strlen (long_name), <=, 32);
  g_assert_true (g_utf8_validate (long_name, -1, NULL));
  g_assert_cmpstr (keys, ==, "x🔑🔑🔑🔑🔑🔑🔑");
  g_assert_cmpstr (none, ==, "");
}

static void
test_languages (void)
{
  g_autoptr (GListModel) model = hk_languages_new_model ();
  g_autoptr (GSettings) settings = g_settings_new ("io.github.housekeys.Housekeys");
  guint german = hk_languages_find ("de");
  g_autoptr (GObject) item = g_list_model_get_item (model, german);

  g_assert_cmpstr (gtk_string_object_get_string (GTK_STRING_OBJECT (item)), ==, "German");
  g_assert_cmpstr (hk_languages_get_code (german), ==, "de");
  g_assert_cmpstr (hk_languages_get_code (hk_languages_find ("xx")), ==, "en");
  g_assert_cmpstr (hk_languages_get_code (999), ==, "en");

  g_assert_cmpstr (hk_languages_get_default (), ==, "en");
  g_settings_set_string (settings, "invitation-language", "fr");
  g_assert_cmpstr (hk_languages_get_default (), ==, "fr");
  g_settings_set_string (settings, "invitation-language", "xx");
  g_assert_cmpstr (hk_languages_get_default (), ==, "en");
  g_settings_reset (settings, "invitation-language");
}

#define ADD(name, function) g_test_add ("/invite-draft/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("says-first-what-is-missing", test_empty);
  ADD ("invites-somebody-known", test_known_person);
  ADD ("invites-somebody-new", test_new_person);
  ADD ("says-what-is-wrong-with-a-new-person", test_wrong_new_person);
  ADD ("a-person-has-one-app-key-per-lock", test_lock_has_key_already);
  ADD ("an-offline-lock-can-be-chosen", test_offline_lock);
  ADD ("makes-a-code", test_code);
  ADD ("another-code-is-another", test_generated_codes_differ);
  ADD ("says-what-is-wrong-with-a-code", test_wrong_code);
  ADD ("a-code-needs-a-keypad", test_code_needs_keypad);
  ADD ("wrong-limits-are-wrong", test_limits_count);
  ADD ("reads-dates-by-the-clock-of-the-first-lock", test_zone);
  ADD ("what-it-began-with-is-no-loss", test_begin);
  ADD ("somebody-who-is-gone-is-not-invited", test_person_goes);
  ADD ("says-that-a-long-name-is-shortened", test_cut_name_is_said);
  g_test_add_func ("/invite-draft/long-names-are-cut-between-characters", test_long_names_are_cut);
  g_test_add_func ("/invite-draft/languages-have-names-and-a-default", test_languages);

  return g_test_run ();
}
