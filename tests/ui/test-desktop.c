/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application as the desktop sees it: on the bus. */

#include "desktop/hk-search.h"
#include "hk-application.h"
#include "invite/hk-invite-dialog.h"
#include "keys/hk-key-page.h"
#include "keys/hk-keys-page.h"
#include "preferences/hk-preferences-dialog.h"
#include "ui-desktop.h"
#include "ui-stub-store.h"
#include "ui-test.h"
#include "window/hk-window.h"

/* The application in this process: what a test looks at once it runs. */
typedef struct
{
  UiTest *test;
  UiDesktop *desktop;
  HkApplication *application;
  void (*look) (gpointer run);
} Run;

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  return g_object_ref (((Run *) user_data)->test->account);
}

static HkWindow *
find_window (Run *run)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (run->application)); l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
on_running (gpointer user_data)
{
  Run *run = user_data;

  ui_await (find_window (run) != NULL);
  run->look (run);
  g_action_group_activate_action (G_ACTION_GROUP (run->application), "quit", NULL);
}

static void
run_application (gconstpointer look)
{
  char *argv[] = { (char *) "housekeys", NULL };
  Run run = { .test = ui_test_new (), .desktop = ui_desktop_new (), .look = look };

  run.application = hk_application_new (make_account, &run);
  g_idle_add_once (on_running, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), 1, argv), ==, 0);
  g_assert_finalize_object (run.application);
  ui_desktop_free (run.desktop);
  ui_test_free (run.test);
}

static HkKey *
get_some_key (Run *run)
{
  GListModel *keys = hk_account_get_keys (run->test->account);
  GDateTime *now = hk_account_get_last_refresh (run->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_key_get_person (key) != NULL && hk_key_get_availability (key, now) == HK_KEY_OPENS_NOW)
        return key;
    }

  g_assert_not_reached ();
}

static void
look_at_notification (gpointer user_data)
{
  Run *run = user_data;
  HkKey *key = get_some_key (run);
  g_autofree char *expected = g_strdup_printf ("Switch off the key of %s · %s", hk_key_get_name (key),
                                               hk_key_get_lock_name (key));
  g_autoptr (HkKey) shown = NULL;
  const char *body = NULL;

  g_application_hold (G_APPLICATION (run->application));
  gtk_window_close (GTK_WINDOW (find_window (run)));
  ui_await (find_window (run) == NULL);
  hk_account_switch_key (run->test->account, key, FALSE);
  ui_await (ui_desktop_get_notification (run->desktop, "confirmed", &body) != NULL);
  g_assert_cmpstr (ui_desktop_get_notification (run->desktop, "confirmed", NULL), ==, "1 change confirmed");
  g_assert_cmpstr (body, ==, expected);

  /* Back at the window there is nothing to tell any more. */
  ui_desktop_click (run->desktop, "confirmed");
  ui_await (find_window (run) != NULL && gtk_window_is_active (GTK_WINDOW (find_window (run))));
  g_assert_true (HK_IS_KEY_PAGE (hk_window_get_visible_page (find_window (run))));
  g_object_get (hk_window_get_visible_page (find_window (run)), "key", &shown, NULL);
  g_assert_true (shown == key);
  ui_await (ui_desktop_get_notification (run->desktop, "confirmed", NULL) == NULL);
  g_application_release (G_APPLICATION (run->application));
}

/* Not the program, which refuses them itself, but somebody else on the bus. */
static void
pass_nonsense (Run *run)
{
  const char *const arguments[] = { "housekeys", "housekeys://key/1", NULL };
  g_autoptr (GVariant) answer = NULL;
  int status;

  g_test_expect_message ("housekeys", G_LOG_LEVEL_MESSAGE, "There is no option “housekeys://key/1”");
  answer = ui_desktop_call (run->desktop, "/io/github/housekeys/Housekeys", "org.gtk.Application", "CommandLine",
                            g_variant_new ("(o^aaya{sv})", "/", arguments, NULL));
  g_test_assert_expected_messages ();
  g_variant_get (answer, "(i)", &status);
  g_assert_cmpint (status, ==, 1);
}

static void
look_at_nonsense (gpointer user_data)
{
  Run *run = user_data;

  pass_nonsense (run);

  g_test_expect_message ("housekeys", G_LOG_LEVEL_MESSAGE, "There is nothing to show that is called “/etc/passwd”");
  ui_desktop_activate_action (run->desktop, "show", g_variant_new_string ("/etc/passwd"));
  g_test_assert_expected_messages ();
  g_test_expect_message ("housekeys", G_LOG_LEVEL_MESSAGE, "There is no “key/gone” to show");
  ui_desktop_activate_action (run->desktop, "show", g_variant_new_string ("key/gone"));
  ui_settle ();
  g_test_assert_expected_messages ();
  g_assert_true (HK_IS_KEYS_PAGE (hk_window_get_visible_page (find_window (run))));
}

#define SEARCH "org.gnome.Shell.SearchProvider2"
#define SEARCH_PATH "/io/github/housekeys/Housekeys/SearchProvider"

/* Returns: (transfer container): the ids of what is found */
static const char **
search (Run *run, const char *term, GVariant **answer)
{
  const char *const terms[] = { term, NULL };
  const char **places = NULL;

  *answer = ui_desktop_call (run->desktop, SEARCH_PATH, SEARCH, "GetInitialResultSet", g_variant_new ("(^as)", terms));
  g_variant_get (*answer, "(^a&s)", &places);

  return places;
}

/* Returns: (nullable): what the shell writes under a result */
static const char *
get_description (Run *run, const char *place, GVariant **answer)
{
  const char *const places[] = { place, "key/gone", NULL };
  g_autoptr (GVariant) metas = NULL;
  g_autoptr (GVariant) meta = NULL;
  const char *text = NULL;

  g_test_expect_message ("housekeys", G_LOG_LEVEL_MESSAGE, "Nothing was found that is called “key/gone”");
  *answer = ui_desktop_call (run->desktop, SEARCH_PATH, SEARCH, "GetResultMetas", g_variant_new ("(^as)", places));
  g_test_assert_expected_messages ();
  metas = g_variant_get_child_value (*answer, 0);
  g_assert_cmpuint (g_variant_n_children (metas), ==, 1);
  meta = g_variant_get_child_value (metas, 0);
  g_assert_true (g_variant_lookup (meta, "id", "&s", &text));
  g_assert_cmpstr (text, ==, place);
  g_assert_true (g_variant_lookup (meta, "name", "&s", &text) && *text != '\0');
  g_variant_lookup (meta, "description", "&s", &text);

  return text;
}

static void
look_at_search (gpointer user_data)
{
  Run *run = user_data;
  HkKey *key = get_some_key (run);
  const char *const terms[] = { "garage", NULL };
  g_autofree char *person = g_strdup_printf ("person/%d", nuki_user_get_id (hk_key_get_person (key)));
  g_autofree char *place = g_strconcat ("key/", nuki_key_get_id (hk_key_get_record (key)), NULL);
  g_autofree char *name = g_utf8_strup (hk_key_get_name (key), -1);
  g_autofree const char **found = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autofree const char **narrower = NULL;
  g_autoptr (GVariant) narrower_answer = NULL;
  g_autoptr (GVariant) metas = NULL;
  g_autoptr (GVariant) done = NULL;
  GtkWidget *page;

  found = search (run, name, &answer);
  g_assert_true (g_strv_contains (found, person));
  g_assert_true (g_strv_contains (found, place));
  g_assert_cmpuint (g_strv_length ((char **) found), <=, 30);

  /* Who types on gets what the longer text finds, whatever was found before. */
  narrower_answer = ui_desktop_call (run->desktop, SEARCH_PATH, SEARCH, "GetSubsearchResultSet",
                                     g_variant_new ("(^as^as)", found, terms));
  g_variant_get (narrower_answer, "(^a&s)", &narrower);
  g_assert_cmpuint (g_strv_length ((char **) narrower), >, 0);
  g_assert_false (g_strv_contains (narrower, person));

  g_assert_nonnull (strstr (get_description (run, place, &metas), hk_key_get_lock_name (key)));

  done = ui_desktop_call (run->desktop, SEARCH_PATH, SEARCH, "ActivateResult",
                          g_variant_new ("(s^asu)", place, terms, 0));
  page = hk_window_get_visible_page (find_window (run));
  g_assert_true (HK_IS_KEY_PAGE (page));

  g_clear_pointer (&done, g_variant_unref);
  done = ui_desktop_call (run->desktop, SEARCH_PATH, SEARCH, "LaunchSearch", g_variant_new ("(^asu)", terms, 0));
  page = hk_window_get_visible_page (find_window (run));
  g_assert_true (HK_IS_KEYS_PAGE (page));
  g_assert_cmpstr (gtk_editable_get_text (ui_child (page, "search_entry")), ==, "garage");
}

static void
look_at_odd_searches (gpointer user_data)
{
  static const char *const terms[] = { "", "zzzzzz", "%s", "person/" };
  Run *run = user_data;
  g_autoptr (GVariant) answer = NULL;
  g_autofree const char **found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_autoptr (GVariant) odd_answer = NULL;
      g_autofree const char **odd_found = search (run, terms[i], &odd_answer);

      g_assert_cmpuint (g_strv_length ((char **) odd_found), ==, 0);
    }

  hk_account_sign_out_async (run->test->account, NULL, NULL, NULL);
  ui_await (hk_account_get_state (run->test->account) == HK_ACCOUNT_SIGNED_OUT);
  found = search (run, "a", &answer);
  g_assert_cmpuint (g_strv_length ((char **) found), ==, 0);
}

static GtkWidget *
find_name_entry (void)
{
  GtkWidget *dialog = ui_toplevel (HK_TYPE_INVITE_DIALOG);

  return dialog != NULL ? ui_find_visible (dialog, ADW_TYPE_ENTRY_ROW, "Name") : NULL;
}

static void
look_at_quick_action (gpointer user_data)
{
  Run *run = user_data;

  ui_desktop_activate_action (run->desktop, "invite", NULL);
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) != NULL);
  ui_click (ui_find_visible (ui_toplevel (HK_TYPE_INVITE_DIALOG), GTK_TYPE_BUTTON, "New Person"));
  ui_await (find_name_entry () != NULL);
  ui_set_text (find_name_entry (), "Vera");

  /* Again leads to the same form: what is typed there stays. */
  ui_desktop_activate_action (run->desktop, "invite", NULL);
  ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_name_entry ())), ==, "Vera");
  hk_dialog_force_close (HK_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) == NULL);
}

/* What shows notifications is there, so that the preferences do not say it is missing. */
static void
look_at_preferences (gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GVariant) pong = NULL;
  GtkWidget *dialog;

  ui_activate_action (GTK_WIDGET (find_window (run)), "win.preferences");
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) != NULL);
  dialog = ui_toplevel (HK_TYPE_PREFERENCES_DIALOG);
  /* The question was sent before this one. */
  pong = ui_desktop_call (run->desktop, "/", "org.freedesktop.DBus.Peer", "Ping", NULL);
  ui_settle ();
  g_assert_true (ui_shows (dialog, "Notifications also come while no window is open"));
  g_assert_false (ui_shows (dialog, "This desktop shows no notifications"));
  hk_dialog_force_close (HK_DIALOG (dialog));
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) == NULL);
}

/* As it is installed, but with the program of the build. */
static void
install_service (UiDesktop *desktop)
{
  const char *data = g_getenv ("GSETTINGS_SCHEMA_DIR");
  g_autofree char *source = g_build_filename (data, "io.github.housekeys.Housekeys.service", NULL);
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "dbus-1", "services", NULL);
  g_autofree char *target = g_build_filename (folder, "io.github.housekeys.Housekeys.service", NULL);
  g_autofree char *exec = NULL;
  g_autofree char *installed = NULL;
  g_autofree char *built = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  const char *options;

  g_key_file_load_from_file (file, source, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  exec = g_key_file_get_string (file, "D-BUS Service", "Exec", NULL);
  options = strstr (exec, " --");
  g_assert_nonnull (options);
  built = g_strconcat (g_getenv ("HOUSEKEYS_PROGRAM"), options, NULL);
  g_key_file_set_string (file, "D-BUS Service", "Exec", built);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_key_file_save_to_file (file, target, &error);
  g_assert_no_error (error);
  ui_desktop_reload (desktop);
}

static char *
get_search_path (void)
{
  g_autofree char *source = g_build_filename (g_getenv ("GSETTINGS_SCHEMA_DIR"),
                                              "io.github.housekeys.Housekeys.search-provider.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *bus_name = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, source, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  bus_name = g_key_file_get_string (file, "Shell Search Provider", "BusName", NULL);
  g_assert_cmpstr (bus_name, ==, "io.github.housekeys.Housekeys");

  return g_key_file_get_string (file, "Shell Search Provider", "ObjectPath", NULL);
}

static gboolean
has_window (UiDesktop *desktop)
{
  g_autoptr (GVariant) answer = ui_desktop_call (desktop, "/io/github/housekeys/Housekeys",
                                                 "org.freedesktop.DBus.Introspectable", "Introspect", NULL);
  const char *xml = NULL;

  g_variant_get (answer, "(&s)", &xml);

  return strstr (xml, "<node name=\"window\"/>") != NULL;
}

/* The program of the build, which nobody has started; there is no token, so it asks nobody for anything. */
static void
test_activation (void)
{
  UiDesktop *desktop = ui_desktop_new ();
  g_autofree char *path = get_search_path ();
  const char *const terms[] = { "front", NULL };
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) places = NULL;
  g_autoptr (GVariant) answer = NULL;

  install_service (desktop);
  g_assert_false (ui_desktop_is_running (desktop));
  found = ui_desktop_call (desktop, path, SEARCH, "GetInitialResultSet", g_variant_new ("(^as)", terms));
  places = g_variant_get_child_value (found, 0);
  g_assert_cmpuint (g_variant_n_children (places), ==, 0);
  g_assert_true (ui_desktop_is_running (desktop));
  g_assert_false (has_window (desktop));

  answer = ui_desktop_call (desktop, "/io/github/housekeys/Housekeys", "org.freedesktop.Application", "Activate",
                            g_variant_new ("(a{sv})", NULL));
  ui_await (has_window (desktop));
  ui_desktop_activate_action (desktop, "quit", NULL);
  ui_await (!ui_desktop_is_running (desktop));

  ui_desktop_free (desktop);
}

#define ADD(name, look) g_test_add_data_func (name, look, run_application)

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GPtrArray **found = user_data;
  g_autoptr (GError) error = NULL;

  *found = hk_search_finish (result, &error);
  g_assert_no_error (error);
}

/* The keyring may ask for a password, and the shell does not wait for that. */
static void
test_slow_search (void)
{
  const char *const terms[] = { "anna", NULL };
  UiTest *test = ui_test_new_with_store (ui_stub_store_new ());
  g_autoptr (GPtrArray) found = NULL;

  ui_stub_store_ask (UI_STUB_STORE (test->store));
  hk_account_open (test->account);
  hk_search_async (test->account, terms, NULL, on_searched, &found);
  ui_await (found != NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpint (hk_account_get_state (test->account), ==, HK_ACCOUNT_OPENING);

  hk_account_sign_in_async (test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_READY);
  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/desktop/a-notification-tells-of-a-change-and-leads-to-it", look_at_notification);
  ADD ("/desktop/what-is-nothing-is-not-shown", look_at_nonsense);
  ADD ("/desktop/people-locks-and-keys-are-found-and-opened", look_at_search);
  ADD ("/desktop/an-odd-search-and-one-without-an-account-find-nothing", look_at_odd_searches);
  ADD ("/desktop/the-launcher-invites-somebody", look_at_quick_action);
  ADD ("/desktop/the-preferences-miss-nothing-where-notifications-are-shown", look_at_preferences);
  g_test_add_func ("/desktop/a-search-waits-for-an-account-only-so-long", test_slow_search);
  g_test_add_func ("/desktop/a-search-starts-the-application-without-a-window", test_activation);

  return g_test_run ();
}
