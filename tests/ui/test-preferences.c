/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form/hk-languages.h"
#include "preferences/hk-preferences-dialog.h"
#include "ui-test.h"

typedef struct
{
  UiTest *test;
  GSettings *settings;
  GtkWidget *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
  fixture->settings = g_settings_new ("io.github.housekeys.Housekeys");
  g_settings_reset (fixture->settings, "invitation-language");
  g_settings_reset (fixture->settings, "show-infrastructure");
  g_settings_reset (fixture->settings, "keep-data");
  ui_test_show (fixture->test, gtk_label_new ("Below"));
}

static void
present (Fixture *fixture, gboolean demo)
{
  GtkWidget *window = GTK_WIDGET (fixture->test->window);

  fixture->dialog = hk_preferences_dialog_new (fixture->test->account, fixture->settings, demo, window);
  ui_test_present (fixture->test, HK_DIALOG (fixture->dialog));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_settle ();
  ui_test_free (fixture->test);
  g_object_unref (fixture->settings);
}

static void
test_language (Fixture *fixture, gconstpointer user_data)
{
  AdwComboRow *row;
  g_autofree char *language = NULL;

  present (fixture, FALSE);
  row = ui_child (fixture->dialog, "language_row");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);

  adw_combo_row_set_selected (row, 1 + hk_languages_find ("de"));
  language = g_settings_get_string (fixture->settings, "invitation-language");
  g_assert_cmpstr (language, ==, "de");

  g_settings_set_string (fixture->settings, "invitation-language", "fr");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 1 + hk_languages_find ("fr"));

  adw_combo_row_set_selected (row, 0);
  g_clear_pointer (&language, g_free);
  language = g_settings_get_string (fixture->settings, "invitation-language");
  g_assert_cmpstr (language, ==, "");
}

static void
test_infrastructure (Fixture *fixture, gconstpointer user_data)
{
  GtkSwitch *toggle;

  present (fixture, FALSE);
  toggle = ui_child (fixture->dialog, "infrastructure_switch");
  g_assert_false (gtk_switch_get_active (toggle));
  ui_click (GTK_WIDGET (toggle));
  g_assert_true (g_settings_get_boolean (fixture->settings, "show-infrastructure"));
}

static void
test_notifications (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *key;
  } switches[] = {
    { "Changes that failed", "notify-failed" },
    { "Changes that are confirmed", "notify-confirmed" },
    { "Keys that expire tomorrow", "notify-expiring" },
    { "Invitations about to expire", "notify-lapsing" },
  };

  present (fixture, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      GtkWidget *row = ui_find_visible (fixture->dialog, ADW_TYPE_ACTION_ROW, switches[i].name);
      GtkWidget *toggle = ui_find_visible (row, GTK_TYPE_SWITCH, NULL);

      g_settings_reset (fixture->settings, switches[i].key);
      g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
      ui_click (toggle);
      g_assert_false (g_settings_get_boolean (fixture->settings, switches[i].key));
      g_settings_reset (fixture->settings, switches[i].key);
    }
}

/* Nobody here is on the bus. */
static void
test_no_service (Fixture *fixture, gconstpointer user_data)
{
  present (fixture, FALSE);
  g_assert_true (ui_shows (fixture->dialog, "This desktop shows no notifications"));
}

static void
test_keep (Fixture *fixture, gconstpointer user_data)
{
  GtkSwitch *toggle;

  g_settings_bind (fixture->settings, "keep-data", fixture->test->account, "keep-data", G_SETTINGS_BIND_GET);
  g_assert_true (hk_account_get_keep_data (fixture->test->account));
  present (fixture, FALSE);
  toggle = ui_child (fixture->dialog, "keep_switch");
  g_assert_true (gtk_switch_get_active (toggle));
  ui_click (GTK_WIDGET (toggle));
  g_assert_false (g_settings_get_boolean (fixture->settings, "keep-data"));
  g_assert_false (hk_account_get_keep_data (fixture->test->account));
}

static void
test_account (Fixture *fixture, gconstpointer user_data)
{
  const char *uri = nuki_simulator_get_uri (fixture->test->simulator);

  present (fixture, FALSE);
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ui_child (fixture->dialog, "address_row")), uri));
  g_assert_cmpstr (adw_action_row_get_subtitle (ui_child (fixture->dialog, "scopes_row")), ==,
                   "Locks, Keys, People, Activity");
  g_assert_nonnull (ui_find_visible (fixture->dialog, GTK_TYPE_BUTTON, "_Sign Out…"));
}

static void
test_demo (Fixture *fixture, gconstpointer user_data)
{
  present (fixture, TRUE);
  g_assert_null (ui_find_visible (fixture->dialog, GTK_TYPE_BUTTON, "_Sign Out…"));
  g_assert_null (ui_find_visible (fixture->dialog, ADW_TYPE_ACTION_ROW, "Keys that expire tomorrow"));
  g_assert_false (gtk_widget_get_mapped (ui_child (fixture->dialog, "keep_switch")));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/preferences/the-language-of-invitations-is-kept", test_language);
  ADD ("/preferences/devices-among-the-keys-are-kept", test_infrastructure);
  ADD ("/preferences/each-kind-of-notification-can-be-turned-off", test_notifications);
  ADD ("/preferences/say-that-nothing-shows-notifications", test_no_service);
  ADD ("/preferences/what-was-last-known-is-kept-only-if-that-is-wanted", test_keep);
  ADD ("/preferences/say-which-account-this-is-and-what-its-token-may-do", test_account);
  ADD ("/preferences/nobody-signs-out-of-the-demo-account", test_demo);

  return g_test_run ();
}
