/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main job, done with keys of the keyboard alone: they come from the display, as those of a user do. */

#include "hk-application.h"
#include "invite/hk-invite-dialog.h"
#include "keys/hk-edit-key-dialog.h"
#include "keys/hk-key-page.h"
#include "keys/hk-key-row.h"
#include "keys/hk-key-selection.h"
#include "keys/hk-keys-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-dialog.h"
#include "people/hk-person-page.h"
#include "people/hk-person-row.h"
#include "preferences/hk-preferences-dialog.h"
#include "ui-test.h"
#include "window/hk-shortcuts-dialog.h"
#include "window/hk-window.h"

#define NAME "Vera Lang"

/* More than there is in any dialog: who has not arrived by then goes in circles. */
#define FARTHEST 60

typedef struct
{
  UiTest *test;
  HkApplication *application;
} Run;

static void
run_xdotool (const char *what, const char *argument)
{
  const char *const command[] = { "xdotool", what, "--delay", "12", argument, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
press (const char *keys)
{
  run_xdotool ("key", keys);
  ui_settle ();
}

/* Returns: (nullable) */
static GtkWidget *
get_focus (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (gtk_window_is_active (window))
        return gtk_window_get_focus (window);
    }

  return NULL;
}

/* Nothing that is hidden has the focus, and where it is, is drawn. */
static gboolean
is_seen (GtkWidget *focus)
{
  return gtk_widget_get_mapped (focus) && gtk_window_get_focus_visible (GTK_WINDOW (gtk_widget_get_root (focus)));
}

static gboolean
is_at (GtkWidget *focus, GType type, const char *text)
{
  return focus != NULL && g_type_is_a (G_OBJECT_TYPE (focus), type)
         && (text == NULL || ui_find (focus, GTK_TYPE_WIDGET, text) != NULL);
}

/* Presses a key until the focus is there. */
static void
go_to (const char *keys, GType type, const char *text)
{
  for (guint i = 0; i < FARTHEST; i++)
    {
      GtkWidget *before = get_focus ();
      gint64 deadline = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

      if (i > 0 && before != NULL)
        ui_await (get_focus () != before || is_seen (before));
      if (is_at (before, type, text))
        return;
      press (keys);
      while (get_focus () == before && ui_iterate (deadline))
        ;
    }

  g_error ("%s does not lead to a %s “%s”", keys, g_type_name (type), text != NULL ? text : "");
}

static void
type_text (const char *text)
{
  GtkWidget *entry = get_focus ();

  run_xdotool ("type", text);
  g_assert_true (GTK_IS_TEXT (entry));
  ui_await (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (entry)), text) == 0);
}

static HkWindow *
find_window (Run *run)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (run->application)); l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static GtkWidget *
get_page (Run *run)
{
  return hk_window_get_visible_page (find_window (run));
}

/* Returns: (nullable) (transfer none) */
static HkKey *
find_key (Run *run)
{
  GListModel *keys = hk_account_get_keys (run->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (g_strcmp0 (hk_key_get_name (key), NAME) == 0)
        return key;
    }

  return NULL;
}

/* Whether the lock has confirmed everything. */
static gboolean
is_settled (Run *run)
{
  HkKey *key = find_key (run);

  return key != NULL && hk_key_get_record (key) != NULL && hk_key_get_change (key) == NULL;
}

static gboolean
has_focus (GtkWidget *dialog)
{
  GtkWidget *focus = get_focus ();

  return dialog != NULL && focus != NULL && gtk_widget_is_ancestor (focus, dialog);
}

/* A key that is pressed earlier goes to the window beneath. */
static void
await_open (GType type)
{
  ui_await (has_focus (ui_toplevel (type)));
}

/* Without a window manager nobody gives the focus back to the window beneath a dialog. GTK asks for it as of the last key,
 * and the display does not listen if that was pressed before the dialog got the focus. */
static void
await_closed (Run *run, GType type)
{
  GtkWindow *window = GTK_WINDOW (find_window (run));

  ui_await (ui_toplevel (type) == NULL);
  gtk_window_present (window);
  ui_await (gtk_window_is_active (window));
}

static void
invite (Run *run)
{
  press ("ctrl+n");
  await_open (HK_TYPE_INVITE_DIALOG);
  go_to ("Tab", GTK_TYPE_LIST_BOX_ROW, "Somebody new");
  press ("space");
  ui_await (GTK_IS_TEXT (get_focus ()));
  type_text (NAME);
  go_to ("Tab", GTK_TYPE_TEXT, "");
  type_text ("vera.lang@example.org");
  go_to ("Tab", GTK_TYPE_LIST_BOX_ROW, "Front door");
  press ("space");
  go_to ("Tab", GTK_TYPE_BUTTON, "_Send Invitation");
  press ("Return");
  await_closed (run, HK_TYPE_INVITE_DIALOG);
  ui_await (is_settled (run));
}

static void
find (Run *run)
{
  press ("alt+2");
  ui_await (!HK_IS_KEYS_PAGE (get_page (run)));
  press ("alt+1");
  ui_await (HK_IS_KEYS_PAGE (get_page (run)));
  press ("ctrl+f");
  ui_await (GTK_IS_TEXT (get_focus ()));
  type_text ("vera");
  ui_await (ui_find_visible (get_page (run), HK_TYPE_KEY_ROW, NULL) != NULL
            && !ui_shows (get_page (run), "Anna Moser"));
  press ("Return");
  ui_await (is_at (get_focus (), HK_TYPE_KEY_ROW, NAME));
  press ("Escape");
  ui_await (ui_shows (get_page (run), "Anna Moser"));
  /* Who just types, searches as well. */
  run_xdotool ("type", "vera");
  ui_await (!ui_shows (get_page (run), "Anna Moser"));
  press ("Return");
  ui_await (is_at (get_focus (), HK_TYPE_KEY_ROW, NAME));
}

static void
edit (Run *run)
{
  press ("Return");
  ui_await (HK_IS_KEY_PAGE (get_page (run)));
  go_to ("Tab", GTK_TYPE_BUTTON, "Edit");
  press ("Return");
  await_open (HK_TYPE_EDIT_KEY_DIALOG);
  go_to ("Tab", GTK_TYPE_TOGGLE_BUTTON, "_Weekly");
  press ("space");
  g_assert_false (ui_shows (ui_toplevel (HK_TYPE_EDIT_KEY_DIALOG), "Choose at least one day."));
  press ("ctrl+Return");
  ui_await (ui_shows (ui_toplevel (HK_TYPE_EDIT_KEY_DIALOG), "Choose at least one day."));
  go_to ("Tab", GTK_TYPE_TOGGLE_BUTTON, "Tuesday");
  press ("space");
  press ("ctrl+Return");
  await_closed (run, HK_TYPE_EDIT_KEY_DIALOG);
  ui_await (is_settled (run) && !nuki_limits_is_always (hk_key_get_limits (find_key (run))));

  /* Back in the list, the focus is where it was. */
  press ("alt+Left");
  ui_await (HK_IS_KEYS_PAGE (get_page (run)) && is_at (get_focus (), HK_TYPE_KEY_ROW, NAME));
}

static void
switch_off_and_on (Run *run)
{
  go_to ("Tab", GTK_TYPE_SWITCH, NULL);
  press ("space");
  ui_await (is_settled (run) && !hk_key_get_enabled (find_key (run)));
  press ("space");
  ui_await (is_settled (run) && hk_key_get_enabled (find_key (run)));
  go_to ("shift+Tab", HK_TYPE_KEY_ROW, NAME);
}

static void
delete (Run *run)
{
  press ("Delete");
  ui_await (find_key (run) == NULL);
  press ("ctrl+z");
  ui_await (find_key (run) != NULL);

  press ("alt+1");
  go_to ("Tab", HK_TYPE_KEY_ROW, NAME);
  press ("Delete");
  ui_await (find_key (run) == NULL);
  ui_await (hk_account_get_undoable (run->test->account) == NULL);
  ui_await (find_key (run) == NULL && !hk_account_get_refreshing (run->test->account));
}

/* Found by just typing, too, and changed where the focus is after something else than the text. */
static void
edit_person (Run *run)
{
  press ("alt+2");
  ui_await (HK_IS_PEOPLE_PAGE (get_page (run)));
  run_xdotool ("type", "aoife");
  ui_await (!ui_shows (get_page (run), "Anna Moser"));
  press ("Return");
  ui_await (is_at (get_focus (), HK_TYPE_PERSON_ROW, "Aoife O’Brien"));
  press ("Return");
  ui_await (HK_IS_PERSON_PAGE (get_page (run)));
  go_to ("Tab", GTK_TYPE_BUTTON, "Edit");
  press ("Return");
  await_open (HK_TYPE_PERSON_DIALOG);
  press ("ctrl+a");
  type_text ("Aoife Byrne");
  go_to ("Tab", GTK_TYPE_LIST_BOX_ROW, "Language of invitations");
  press ("ctrl+Return");
  await_closed (run, HK_TYPE_PERSON_DIALOG);
  ui_await (ui_shows (get_page (run), "Aoife Byrne"));
  press ("alt+1");
  ui_await (HK_IS_KEYS_PAGE (get_page (run)));
}

static gboolean
are_off (GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (hk_key_get_enabled (g_ptr_array_index (keys, i)) || hk_key_get_change (g_ptr_array_index (keys, i)) != NULL)
      return FALSE;

  return TRUE;
}

static guint
count_listed (Run *run)
{
  return g_list_model_get_n_items (ui_child (get_page (run), "listed"));
}

/* Several keys of one person, by what is listed: all are switched off, one is left out, the others go and come back. */
static void
select_many (Run *run)
{
  HkKeySelection *selection = ui_child (get_page (run), "selection");
  g_autoptr (GPtrArray) keys = NULL;
  guint n_all;

  press ("Escape");
  press ("ctrl+f");
  ui_await (GTK_IS_TEXT (get_focus ()));
  type_text ("aoife");
  ui_await (!ui_shows (get_page (run), "Anna Moser"));
  press ("Return");
  ui_await (is_at (get_focus (), HK_TYPE_KEY_ROW, NULL));
  press ("ctrl+a");
  ui_await (hk_key_selection_count (selection) == count_listed (run));
  keys = hk_key_selection_list (selection);
  go_to ("Tab", GTK_TYPE_BUTTON, "Switch O_ff");
  press ("Return");
  ui_await (are_off (keys));
  ui_await (ui_shows (GTK_WIDGET (find_window (run)), "3 keys switched off"));

  go_to ("shift+Tab", HK_TYPE_KEY_ROW, NULL);
  n_all = g_list_model_get_n_items (hk_account_get_keys (run->test->account));
  press ("ctrl+a");
  press ("space");
  ui_await (hk_key_selection_count (selection) == keys->len - 1);
  press ("Escape");
  ui_await (!hk_key_selection_get_active (selection));
  press ("ctrl+a");
  press ("space");
  press ("Delete");
  ui_await (count_listed (run) == 1);
  press ("ctrl+z");
  ui_await (g_list_model_get_n_items (hk_account_get_keys (run->test->account)) == n_all);
  g_assert_true (are_off (keys));
}

static void
refresh (Run *run, const char *keys)
{
  const guint n_requests = nuki_simulator_get_n_requests (run->test->simulator);

  press (keys);
  ui_await (nuki_simulator_get_n_requests (run->test->simulator) > n_requests);
  ui_await (!hk_account_get_refreshing (run->test->account));
}

static void
look_around (Run *run)
{
  refresh (run, "F5");
  refresh (run, "ctrl+r");
  /* What came of it would take the next Escape. */
  ui_await (ui_shows (GTK_WIDGET (find_window (run)), "Everything is up to date"));
  press ("Escape");
  ui_await (!ui_shows (GTK_WIDGET (find_window (run)), "Everything is up to date"));
  press ("ctrl+question");
  ui_await (has_focus (ui_toplevel (HK_TYPE_SHORTCUTS_DIALOG)));
  press ("Escape");
  await_closed (run, HK_TYPE_SHORTCUTS_DIALOG);
  press ("ctrl+comma");
  await_open (HK_TYPE_PREFERENCES_DIALOG);
  press ("Escape");
  await_closed (run, HK_TYPE_PREFERENCES_DIALOG);
  press ("F10");
  await_open (GTK_TYPE_POPOVER_MENU);
  go_to ("Down", GTK_TYPE_WIDGET, "Keyboard Shortcuts");
  g_assert_true (has_focus (ui_toplevel (GTK_TYPE_POPOVER_MENU)));
  press ("Escape");
  ui_await (ui_toplevel (GTK_TYPE_POPOVER_MENU) == NULL);
}

static void
on_running (gpointer user_data)
{
  Run *run = user_data;

  ui_await (find_window (run) != NULL && gtk_window_is_active (GTK_WINDOW (find_window (run))));
  look_around (run);
  invite (run);
  find (run);
  edit (run);
  switch_off_and_on (run);
  delete (run);
  select_many (run);
  edit_person (run);
  run_xdotool ("key", "ctrl+q");
}

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  return g_object_ref (((Run *) user_data)->test->account);
}

static void
test_main_job (void)
{
  char *argv[] = { (char *) "housekeys", NULL };
  Run run = { .test = ui_test_new () };

  run.application = hk_application_new (make_account, &run);
  g_idle_add_once (on_running, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), 1, argv), ==, 0);
  g_assert_finalize_object (run.application);
  ui_test_free (run.test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/keyboard/a-key-is-given-changed-and-taken-back-without-a-pointer", test_main_job);

  return g_test_run ();
}
