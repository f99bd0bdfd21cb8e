/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-application.h"
#include "preferences/hk-preferences-dialog.h"
#include "ui-test.h"
#include "window/hk-window.h"

#define KEY "run-in-background"
#define PORTAL "org.freedesktop.portal.Desktop"

/* So often the main loop goes round after the last window is gone, if the application stays. */
#define ROUNDS 20

static const char introspection[] =
    "<node><interface name='org.freedesktop.portal.Background'><method name='RequestBackground'>"
    "<arg type='s' direction='in'/><arg type='a{sv}' direction='in'/><arg type='o' direction='out'/>"
    "</method></interface></node>";

/* The application in this process, and a portal on the private bus that it can ask. */
typedef struct
{
  UiTest *test;
  GSettings *settings;
  GDBusConnection *bus;  /* (owned) (nullable): that of the portal, if there is one */
  gboolean refuses;
  guint n_asked;

  HkApplication *application;
  void (*use) (gpointer fixture, HkWindow *window);
  guint rounds;          /* that are left to go */
} Fixture;

static void
on_request (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
            GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GVariant) options = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *handle = NULL;
  const char *token;
  const char *reason;
  GVariantBuilder results;

  fixture->n_asked++;
  g_variant_get (parameters, "(&s@a{sv})", NULL, &options);
  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "reason", "&s", &reason));
  g_assert_cmpstr (reason, ==, "Notifications also come while no window is open");
  handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (!fixture->refuses));
  g_dbus_connection_emit_signal (bus, sender, handle, "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(ua{sv})", fixture->refuses ? 1 : 0, &results), &error);
  g_assert_no_error (error);
}

static void
offer_portal (Fixture *fixture)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_request };
  g_autofree char *address = NULL;
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  fixture->bus = g_dbus_connection_new_for_address_sync (address,
                                                         G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                           | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                         NULL, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (fixture->bus, "/org/freedesktop/portal/desktop", node->interfaces[0], &vtable,
                                     fixture, NULL, &error);
  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (fixture->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", PORTAL, 0), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
  fixture->settings = g_settings_new ("io.github.housekeys.Housekeys");
  g_settings_reset (fixture->settings, KEY);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->bus != NULL)
    g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  ui_settle ();
  g_clear_object (&fixture->bus);
  g_settings_reset (fixture->settings, KEY);
  g_object_unref (fixture->settings);
  ui_test_free (fixture->test);
}

static gboolean
is_choice (Fixture *fixture, const char *expected)
{
  g_autofree char *choice = g_settings_get_string (fixture->settings, KEY);

  return g_str_equal (choice, expected);
}

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  return g_object_ref (((Fixture *) user_data)->test->account);
}

static HkWindow *
find_window (Fixture *fixture)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (fixture->application));

  return windows != NULL && HK_IS_WINDOW (windows->data) ? windows->data : NULL;
}

/* An application that nothing holds is through before this has been called that often. */
static gboolean
on_round (gpointer user_data)
{
  Fixture *fixture = user_data;

  if (!g_application_get_is_registered (G_APPLICATION (fixture->application)))
    return G_SOURCE_REMOVE;
  if (--fixture->rounds > 0)
    return G_SOURCE_CONTINUE;

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);

  return G_SOURCE_REMOVE;
}

static void
on_running (gpointer user_data)
{
  Fixture *fixture = user_data;

  ui_await (find_window (fixture) != NULL);
  fixture->use (fixture, find_window (fixture));
  ui_await (find_window (fixture) == NULL);
  g_idle_add_full (G_PRIORITY_LOW, on_round, fixture, NULL);
}

/* Runs the application until it ends after its window. Returns whether it stayed without one. */
static gboolean
stays (Fixture *fixture, void (*use) (gpointer fixture, HkWindow *window))
{
  char *argv[] = { (char *) "housekeys", NULL };

  fixture->use = use;
  fixture->rounds = ROUNDS;
  fixture->application = hk_application_new (make_account, fixture);
  g_idle_add_once (on_running, fixture);
  g_assert_cmpint (g_application_run (G_APPLICATION (fixture->application), 1, argv), ==, 0);
  g_assert_finalize_object (fixture->application);

  return fixture->rounds == 0;
}

static void
close_window (gpointer fixture, HkWindow *window)
{
  gtk_window_close (GTK_WINDOW (window));
}

static void
test_off (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_false (stays (fixture, close_window));
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

static void
want_and_close (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;

  g_settings_set_string (fixture->settings, KEY, "asked");
  ui_await (!is_choice (fixture, "asked"));
  gtk_window_close (GTK_WINDOW (window));
}

static void
test_allowed (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_true (stays (fixture, want_and_close));
  g_assert_true (is_choice (fixture, "on"));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  fixture->refuses = TRUE;
  g_assert_false (stays (fixture, want_and_close));
  g_assert_true (is_choice (fixture, "refused"));
}

static void
await_answer_and_close (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;

  ui_await (fixture->n_asked > 0 && !is_choice (fixture, "on"));
  gtk_window_close (GTK_WINDOW (window));
}

/* The permission of yesterday may have been taken back. */
static void
test_next_start (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  fixture->refuses = TRUE;
  g_settings_set_string (fixture->settings, KEY, "on");
  g_assert_false (stays (fixture, await_answer_and_close));
  g_assert_true (is_choice (fixture, "refused"));
}

static void
test_no_portal (Fixture *fixture, gconstpointer user_data)
{
  g_assert_true (stays (fixture, want_and_close));
  g_assert_true (is_choice (fixture, "on"));
}

static void
want_and_think_again (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;

  g_settings_set_string (fixture->settings, KEY, "asked");
  ui_await (is_choice (fixture, "on"));
  gtk_window_close (GTK_WINDOW (window));
  ui_await (find_window (fixture) == NULL);
  g_settings_set_string (fixture->settings, KEY, "off");
}

static void
test_no_longer (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_false (stays (fixture, want_and_think_again));
}

static void
want_and_quit (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;

  g_settings_set_string (fixture->settings, KEY, "asked");
  ui_await (is_choice (fixture, "on"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
}

static void
test_quit (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_false (stays (fixture, want_and_quit));
}

/* Something is entered, and the application may stay without its window. */
static GtkWidget *
fill_in_form (Fixture *fixture, HkWindow *window)
{
  GtkWidget *dialog = hk_preferences_dialog_new (fixture->test->account, fixture->settings, FALSE, GTK_WIDGET (window));

  g_settings_set_string (fixture->settings, KEY, "asked");
  ui_await (is_choice (fixture, "on"));
  hk_dialog_set_dirty (HK_DIALOG (dialog), TRUE);
  hk_dialog_present (HK_DIALOG (dialog), GTK_WIDGET (window));
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) == dialog);

  return dialog;
}

static void
quit_and_discard (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;

  fill_in_form (fixture, window);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
  ui_answer_alert ("Discard");
}

static void
test_quit_and_discard (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_false (stays (fixture, quit_and_discard));
}

static void
quit_and_think_again (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;
  GtkWidget *dialog = fill_in_form (fixture, window);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  hk_dialog_close (HK_DIALOG (dialog));
  ui_answer_alert ("Discard");
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) == NULL);
  gtk_window_close (GTK_WINDOW (window));
}

static void
test_quit_in_vain (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  g_assert_true (stays (fixture, quit_and_think_again));
}

static void
use_preferences (gpointer data, HkWindow *window)
{
  Fixture *fixture = data;
  GtkWidget *dialog = hk_preferences_dialog_new (fixture->test->account, fixture->settings, FALSE, GTK_WIDGET (window));
  GtkWidget *toggle;

  hk_dialog_present (HK_DIALOG (dialog), GTK_WIDGET (window));
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) == dialog);
  toggle = ui_find_visible (ui_find_visible (dialog, ADW_TYPE_ACTION_ROW, "Keep running in the background"), GTK_TYPE_SWITCH, NULL);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_true (ui_shows (dialog, "Notifications also come while no window is open"));
  /* There is a bus, with a portal, but nobody who shows them. */
  ui_await (ui_shows (dialog, "This desktop shows no notifications"));

  ui_click (toggle);
  ui_await (is_choice (fixture, "refused"));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_true (ui_shows (dialog, "The desktop does not allow it"));

  fixture->refuses = FALSE;
  ui_click (toggle);
  ui_await (is_choice (fixture, "on"));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_false (ui_shows (dialog, "The desktop does not allow it"));

  ui_click (toggle);
  g_assert_true (is_choice (fixture, "off"));
  hk_dialog_force_close (HK_DIALOG (dialog));
  gtk_window_close (GTK_WINDOW (window));
}

static void
test_preferences (Fixture *fixture, gconstpointer user_data)
{
  offer_portal (fixture);
  fixture->refuses = TRUE;
  g_assert_false (stays (fixture, use_preferences));
  g_assert_cmpuint (fixture->n_asked, ==, 2);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/background/unless-it-is-wanted-nobody-is-asked-and-the-application-ends-with-its-window", test_off);
  ADD ("/background/the-application-stays-if-the-desktop-allows-it", test_allowed);
  ADD ("/background/it-ends-with-its-window-if-the-desktop-refuses", test_refused);
  ADD ("/background/each-start-asks-again", test_next_start);
  ADD ("/background/outside-a-sandbox-no-portal-is-needed", test_no_portal);
  ADD ("/background/it-ends-when-it-is-not-wanted-any-more", test_no_longer);
  ADD ("/background/quitting-ends-it", test_quit);
  ADD ("/background/who-quits-and-discards-what-was-entered-has-quit", test_quit_and_discard);
  ADD ("/background/who-quits-and-goes-on-has-not-quit", test_quit_in_vain);
  ADD ("/background/the-preferences-say-what-came-of-it", test_preferences);

  return g_test_run ();
}
