/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#include "compat/hk-dialog.h"
#include "hk-application.h"
#include "invite/hk-invite-dialog.h"
#include "people/hk-person-dialog.h"
#include "ui-test.h"
#include "window/hk-shortcuts-dialog.h"
#include "window/hk-window.h"

/* The program itself, as somebody starts it; its path comes from the build. */
static GSubprocess *
start (GSubprocessFlags flags, const char *first, const char *second)
{
  const char *program = g_getenv ("HOUSEKEYS_PROGRAM");
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_nonnull (program);
  process = g_subprocess_new (flags, &error, program, first, second, NULL);
  g_assert_no_error (error);

  return process;
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
await_gone (GSubprocess *process)
{
  gboolean done = FALSE;

  g_subprocess_wait_async (process, NULL, on_waited, &done);
  ui_await (done);
}

static void
await_end (GSubprocess *process)
{
  await_gone (process);
  g_assert_true (g_subprocess_get_if_exited (process));
}

static char *
read_all (GInputStream *stream)
{
  char buffer[4096] = { 0 };
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (stream, buffer, sizeof buffer - 1, &length, NULL, &error);
  g_assert_no_error (error);

  return g_strndup (buffer, length);
}

static char *
fail_with (const char *first, const char *second)
{
  g_autoptr (GSubprocess) process = start (G_SUBPROCESS_FLAGS_STDERR_PIPE, first, second);

  await_end (process);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);

  return read_all (g_subprocess_get_stderr_pipe (process));
}

static void
test_version (void)
{
  g_autoptr (GSubprocess) process = start (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "--version", NULL);
  g_autofree char *output = NULL;

  await_end (process);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  output = read_all (g_subprocess_get_stdout_pipe (process));
  g_assert_true (g_str_has_prefix (output, "housekeys 0."));
}

static void
test_bad_addresses (void)
{
  static const char *const addresses[] = { "http://example.org", "ftp://127.0.0.1", "nonsense", "", "https://" };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *message = fail_with ("--api-url", addresses[i]);

      /* The toolkit may have something to say about its environment first. */
      g_assert_true (g_regex_match_simple ("^housekeys: [A-Z].*\\.$", message, G_REGEX_MULTILINE, 0));
    }
}

static void
test_contradiction (void)
{
  g_autofree char *message = fail_with ("--demo", "--api-url=https://api.nuki.io");

  g_assert_nonnull (strstr (message, "cannot be used together"));
}

static void
test_stray_argument (void)
{
  g_autofree char *message = fail_with ("--demo", "front-door");

  g_assert_nonnull (strstr (message, "“front-door” is not an option"));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **line = user_data;
  g_autoptr (GError) error = NULL;

  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*line);
}

static char *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  char *line = NULL;

  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, NULL, on_read, &line);
  ui_await (line != NULL);

  return line;
}

static guint
get_locks (const char *uri)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *address = g_strconcat (uri, "/smartlock", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               "Bearer " NUKI_SIMULATOR_DEMO_TOKEN);
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);

  return soup_message_get_status (message);
}

static void
quit (void)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GDBusActionGroup) actions = NULL;
  g_autoptr (GError) error = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  actions = g_dbus_action_group_get (bus, "io.github.housekeys.Housekeys", "/io/github/housekeys/Housekeys");
  g_action_group_activate_action (G_ACTION_GROUP (actions), "quit", NULL);
  g_dbus_connection_flush_sync (bus, NULL, NULL);
}

static void
test_demo (void)
{
  g_autoptr (GSubprocess) first = start (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "--demo", NULL);
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char *line = read_line (first);
  g_autofree char *again = NULL;

  g_assert_true (g_str_has_prefix (line, "Demo account at http://127.0.0.1:"));
  g_assert_cmpuint (get_locks (line + strlen ("Demo account at ")), ==, 200);

  /* There is one instance, and it has the demo account open already. */
  second = start (G_SUBPROCESS_FLAGS_STDOUT_PIPE, "--demo", NULL);
  again = read_line (second);
  g_assert_cmpstr (again, ==, line);
  await_end (second);
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 0);

  quit ();
  await_end (first);
  g_assert_cmpint (g_subprocess_get_exit_status (first), ==, 0);
}

/* No bus at all, so neither portal, keyring, notifications nor assistive technology; no network monitor; a locale that is
 * nowhere. */
static void
test_bare_surroundings (void)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *complaints = NULL;

  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_subprocess_launcher_setenv (launcher, "DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIO_USE_NETWORK_MONITOR", "none", TRUE);
  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  g_subprocess_launcher_setenv (launcher, "GTK_USE_PORTAL", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "xx_YY.broken", TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "xx", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("HOUSEKEYS_PROGRAM"), "--demo", NULL);
  g_assert_no_error (error);

  line = read_line (process);
  g_assert_true (g_str_has_prefix (line, "Demo account at http://127.0.0.1:"));
  g_assert_cmpuint (get_locks (line + strlen ("Demo account at ")), ==, 200);
  g_subprocess_send_signal (process, SIGTERM);
  await_gone (process);
  complaints = read_all (g_subprocess_get_stderr_pipe (process));
  g_assert_null (strstr (complaints, "CRITICAL"));
  g_assert_null (strstr (complaints, "housekeys-WARNING"));
}

/* The application in this process: what a test looks at once it runs. */
typedef struct
{
  UiTest *test;
  HkApplication *application;
  void (*look) (HkApplication *application);
  guint n_made;
  char *asked;
} Run;

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  Run *run = user_data;

  run->n_made++;
  g_free (run->asked);
  run->asked = g_strdup (api_url);
  g_object_set_data (G_OBJECT (run->application), "run", run);

  return g_object_ref (run->test->account);
}

static HkWindow *
find_window (HkApplication *application, gboolean demo)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data) && hk_window_get_demo (l->data) == demo)
      return l->data;

  return NULL;
}

static void
quit_by_action (HkApplication *application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
}

static void
on_running (gpointer user_data)
{
  Run *run = user_data;

  ui_await (find_window (run->application, FALSE) != NULL);
  run->look (run->application);
  quit_by_action (run->application);
}

/* @option: (nullable): of the command line */
static void
run_application (const char *option, void (*look) (HkApplication *application))
{
  char *argv[] = { (char *) "housekeys", (char *) option, NULL };
  Run run = { .test = ui_test_new (), .look = look };

  run.application = hk_application_new (make_account, &run);
  g_idle_add_once (on_running, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), g_strv_length (argv), argv), ==, 0);
  g_assert_finalize_object (run.application);
  g_free (run.asked);
  ui_test_free (run.test);
}

/* The keyring would be asked, and perhaps the user for its password. */
static void
test_stray_argument_opens_nothing (void)
{
  char *argv[] = { (char *) "housekeys", (char *) "front-door", NULL };
  Run run = { .test = ui_test_new () };

  run.application = hk_application_new (make_account, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), 2, argv), ==, 1);
  g_assert_cmpuint (run.n_made, ==, 0);
  g_assert_finalize_object (run.application);
  ui_test_free (run.test);
}

static void
look_at_windows (HkApplication *application)
{
  Run *run = g_object_get_data (G_OBJECT (application), "run");
  HkWindow *window = find_window (application, FALSE);

  g_application_activate (G_APPLICATION (application));
  ui_settle ();
  g_assert_cmpuint (run->n_made, ==, 1);
  g_assert_cmpstr (run->asked, ==, HK_DEFAULT_API_URL);
  g_assert_true (hk_window_get_account (window) == run->test->account);

  ui_activate_action (GTK_WIDGET (window), "win.open-demo");
  ui_await (find_window (application, TRUE) != NULL);
  g_assert_false (ui_action_enabled (GTK_WIDGET (find_window (application, TRUE)), "win.open-demo"));
  g_assert_true (ui_action_enabled (GTK_WIDGET (window), "win.open-demo"));
  g_assert_cmpuint (run->n_made, ==, 2);
  g_assert_null (run->asked);
}

static void
test_windows (void)
{
  run_application (NULL, look_at_windows);
}

static void
look_at_invitation (HkApplication *application)
{
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) != NULL);
  hk_dialog_force_close (HK_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) == NULL);
}

static void
test_invitation (void)
{
  run_application ("--invite", look_at_invitation);
}

/* Returns: (transfer none): a form with something in it */
static GtkWidget *
fill_invitation (HkWindow *window)
{
  GtkWidget *dialog;

  ui_activate_action (GTK_WIDGET (window), "win.invite");
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) != NULL);
  dialog = ui_toplevel (HK_TYPE_INVITE_DIALOG);
  ui_await (ui_find_visible (dialog, GTK_TYPE_BUTTON, "New Person") != NULL);
  ui_click (ui_find_visible (dialog, GTK_TYPE_BUTTON, "New Person"));
  ui_set_text (ui_find_visible (dialog, ADW_TYPE_ENTRY_ROW, "Name"), "Vera Lang");
  ui_await (hk_dialog_find_dirty (GTK_WINDOW (window)) == HK_DIALOG (dialog));

  return dialog;
}

static void
look_at_quitting (HkApplication *application)
{
  HkWindow *window = find_window (application, FALSE);
  Run *run = g_object_get_data (G_OBJECT (application), "run");
  GtkWidget *dialog;

  ui_await (hk_account_get_state (run->test->account) == HK_ACCOUNT_READY);
  dialog = fill_invitation (window);

  /* Whoever quits once more has not answered. */
  quit_by_action (application);
  ui_await (ui_alert () != NULL);
  quit_by_action (application);
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  g_assert_true (find_window (application, FALSE) == window);
  g_assert_true (hk_dialog_find_dirty (GTK_WINDOW (window)) == HK_DIALOG (dialog));

  ui_activate_action (dialog, "window.close");
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  g_assert_true (hk_dialog_find_dirty (GTK_WINDOW (window)) == HK_DIALOG (dialog));

  /* It has something to lose below another one, too. */
  ui_activate_action (GTK_WIDGET (window), "win.shortcuts");
  ui_await (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG) != NULL);
  quit_by_action (application);
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  g_assert_true (hk_dialog_find_dirty (GTK_WINDOW (window)) == HK_DIALOG (dialog));
  hk_dialog_close (HK_DIALOG (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG) == NULL);

  gtk_window_close (GTK_WINDOW (window));
  ui_answer_alert ("Discard");
  ui_await (hk_dialog_find_dirty (GTK_WINDOW (window)) == NULL);
}

static void
test_quitting (void)
{
  run_application (NULL, look_at_quitting);
}

/* The next question may be there at once. */
static void
answer_one (const char *label)
{
  GtkWidget *alert = NULL;

  ui_await ((alert = ui_alert ()) != NULL && ui_find_visible (alert, GTK_TYPE_BUTTON, label) != NULL);
  ui_click (ui_find_visible (alert, GTK_TYPE_BUTTON, label));
  ui_await (ui_alert () != alert);
}

static void
look_at_quitting_two (HkApplication *application)
{
  Run *run = g_object_get_data (G_OBJECT (application), "run");
  GtkWindow *own = GTK_WINDOW (find_window (application, FALSE));
  g_autoptr (NukiUser) person = NULL;
  GtkWindow *demo;
  HkDialog *first, *second;

  ui_await (hk_account_get_state (run->test->account) == HK_ACCOUNT_READY);
  first = HK_DIALOG (fill_invitation (HK_WINDOW (own)));
  ui_activate_action (GTK_WIDGET (own), "win.open-demo");
  ui_await (find_window (application, TRUE) != NULL);
  demo = GTK_WINDOW (find_window (application, TRUE));
  person = g_list_model_get_item (hk_account_get_people (run->test->account), 0);
  second = HK_DIALOG (hk_person_dialog_new (run->test->account, person));
  hk_dialog_present (second, GTK_WIDGET (demo));
  ui_await (ui_toplevel (HK_TYPE_PERSON_DIALOG) != NULL);
  ui_set_text (ui_find_visible (GTK_WIDGET (second), ADW_TYPE_ENTRY_ROW, "Name"), "Vera");
  ui_await (hk_dialog_find_dirty (demo) == second);

  for (guint i = 0; i < 2; i++)
    {
      quit_by_action (application);
      answer_one ("Discard");
      answer_one ("Keep Editing");
      ui_settle ();
      g_assert_true (hk_dialog_find_dirty (own) == first);
      g_assert_true (hk_dialog_find_dirty (demo) == second);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (first)) && gtk_widget_get_mapped (GTK_WIDGET (second)));
    }

  quit_by_action (application);
  answer_one ("Discard");
  answer_one ("Discard");
  ui_await (find_window (application, TRUE) == NULL && find_window (application, FALSE) == NULL);
}

static void
test_quitting_two (void)
{
  run_application (NULL, look_at_quitting_two);
}

static void
look_at_question (HkApplication *application)
{
  HkWindow *window = find_window (application, FALSE);
  Run *run = g_object_get_data (G_OBJECT (application), "run");

  ui_await (hk_account_get_state (run->test->account) == HK_ACCOUNT_READY);
  ui_activate_action (GTK_WIDGET (window), "win.sign-out");
  ui_await (ui_alert () != NULL);

  quit_by_action (application);
  ui_settle ();
  g_assert_true (find_window (application, FALSE) == window);
  g_assert_nonnull (ui_alert ());

  /* A question inside the window (libadwaita 1.5) is what is closed, and that is not a yes. */
  gtk_window_close (GTK_WINDOW (window));
  ui_settle ();
  g_assert_true (find_window (application, FALSE) == window);
  if (ui_alert () != NULL)
    ui_answer_alert ("_Cancel");
  ui_settle ();
  g_assert_cmpint (hk_account_get_state (run->test->account), ==, HK_ACCOUNT_READY);
}

static void
test_question (void)
{
  run_application (NULL, look_at_question);
}

static void
collect_listed (GtkWidget *widget, GPtrArray *accels)
{
  if (GTK_IS_SHORTCUT_LABEL (widget))
    {
      g_autofree char *listed = NULL;
      g_auto (GStrv) alternatives = NULL;

      g_object_get (widget, "accelerator", &listed, NULL);
      alternatives = g_strsplit (listed, " ", -1);
      for (char **accel = alternatives; *accel != NULL; accel++)
        g_ptr_array_add (accels, g_strdup (*accel));
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_listed (child, accels);
}

static gboolean
is_same_accel (gconstpointer a, gconstpointer b)
{
  GdkModifierType modifiers[2];
  guint keys[2];

  g_assert_true (gtk_accelerator_parse (a, &keys[0], &modifiers[0]));
  g_assert_true (gtk_accelerator_parse (b, &keys[1], &modifiers[1]));

  return keys[0] == keys[1] && modifiers[0] == modifiers[1];
}

static void
assert_listed (GPtrArray *listed, const char *accel)
{
  if (!g_ptr_array_find_with_equal_func (listed, accel, is_same_accel, NULL))
    g_error ("%s does something that is not listed", accel);
}

static void
assert_works (HkApplication *application, const char *accel)
{
  /* These belong to a list, a form or a button; the tests of the keyboard and of the dialogs press them. */
  static const char *const others[] = { "<Control>a", "<Control>z", "<Control>Return", "Return", "Delete", "F10" };
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application), accel);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (is_same_accel (others[i], accel))
      return;
  if (actions[0] == NULL)
    g_error ("%s is listed and does nothing", accel);
}

static void
look_at_shortcuts (HkApplication *application)
{
  static const char *const expected[]
      = { "<Control>n", "<Control>f", "F5", "<Control>r", "<Control>z", "Delete", "Return", "<Alt>1", "<Alt>2",
          "<Alt>3", "<Alt>4", "<Control>comma", "<Control>question", "F10", "<Control>w", "<Control>q" };
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (GTK_APPLICATION (application));
  g_autoptr (GPtrArray) listed = g_ptr_array_new_with_free_func (g_free);

  ui_activate_action (GTK_WIDGET (find_window (application, FALSE)), "win.shortcuts");
  ui_await (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG) != NULL);
  g_assert_nonnull (ui_find (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG), GTK_TYPE_LABEL, "Invite somebody"));
  collect_listed (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG), listed);

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_listed (listed, expected[i]);
  for (guint i = 0; i < listed->len; i++)
    assert_works (application, listed->pdata[i]);
  /* The others of an action are for hands that are used to them. */
  for (char **action = actions; *action != NULL; action++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application), *action);

      assert_listed (listed, accels[0]);
    }
}

static void
test_shortcuts (void)
{
  run_application (NULL, look_at_shortcuts);
}

static GtkWidget *
find_text (const char *text)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *l = toplevels; l != NULL && found == NULL; l = l->next)
    found = ui_find_visible (l->data, GTK_TYPE_LABEL, text);

  return found;
}

static void
look_at_about (HkApplication *application)
{
  g_assert_null (find_text ("The Housekeys Contributors"));
  g_action_group_activate_action (G_ACTION_GROUP (application), "about", NULL);
  ui_await (find_text ("The Housekeys Contributors") != NULL);
}

static void
test_about (void)
{
  run_application (NULL, look_at_about);
}

static void
assert_is_picture (const char *icon_name, int size, const char *suffix)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (theme, icon_name, NULL, size, 1, GTK_TEXT_DIR_LTR, 0);
  g_autoptr (GFile) file = gtk_icon_paintable_get_file (icon);
  g_autofree char *uri = g_file_get_uri (file);

  g_test_message ("%s", uri);
  g_assert_true (g_str_has_suffix (uri, suffix));
}

static void
test_icons (void)
{
  g_auto (GStrv) files = g_resources_enumerate_children ("/io/github/housekeys/Housekeys/icons/scalable/actions", 0, NULL);

  g_assert_cmpuint (g_strv_length (files), >, 0);
  for (gsize i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (".svg"));

      assert_is_picture (name, 16, ".symbolic.png");
    }
  assert_is_picture ("io.github.housekeys.Housekeys", 48, ".png");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/application/says-its-version", test_version);
  g_test_add_func ("/application/an-address-that-is-not-safe-is-refused", test_bad_addresses);
  g_test_add_func ("/application/the-demo-account-has-no-other-address", test_contradiction);
  g_test_add_func ("/application/an-argument-that-is-no-option-is-refused", test_stray_argument);
  g_test_add_func ("/application/an-argument-that-is-no-option-opens-nothing", test_stray_argument_opens_nothing);
  g_test_add_func ("/application/the-demo-account-runs-once-and-says-where", test_demo);
  g_test_add_func ("/application/it-runs-where-nothing-of-a-desktop-is-there", test_bare_surroundings);
  g_test_add_func ("/application/each-account-has-one-window", test_windows);
  g_test_add_func ("/application/an-option-opens-the-form-to-invite-somebody", test_invitation);
  g_test_add_func ("/application/a-filled-form-is-not-lost-by-quitting", test_quitting);
  g_test_add_func ("/application/of-two-filled-forms-none-is-lost-until-both-are-given-up", test_quitting_two);
  g_test_add_func ("/application/no-window-closes-over-an-open-question", test_question);
  g_test_add_func ("/application/the-shortcuts-that-are-listed-are-those-that-there-are", test_shortcuts);
  g_test_add_func ("/application/its-small-icons-need-no-library-for-svg", test_icons);
  g_test_add_func ("/application/about-says-who-made-it", test_about);

  return g_test_run ();
}
