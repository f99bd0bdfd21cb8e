/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many keys at once: selecting them in the list, and what is done with them. */

#include "ui-scenes.h"

#include "keys/hk-key-row.h"
#include "keys/hk-key-selection.h"
#include "keys/hk-keys-page.h"
#include "keys/hk-selection-bar.h"
#include "keys/hk-selection-words.h"

/* Whose key to the front door is listed there; the second key is to a lock that is offline. */
#define AOIFE 3

typedef struct
{
  UiTest *test;
  HkWindow *window;
  GtkWidget *page;
  HkKeySelection *selection;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
  fixture->window = ui_open_window (fixture->test, 1000);
  fixture->page = hk_window_get_visible_page (fixture->window);
  fixture->selection = ui_child (fixture->page, "selection");
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
}

static GtkWidget *
get_list (Fixture *fixture)
{
  return ui_child (fixture->page, "list");
}

static GtkWidget *
get_bar (Fixture *fixture)
{
  return ui_child (fixture->page, "selection_bar");
}

static const char *
get_title (Fixture *fixture)
{
  return gtk_label_get_label (ui_child (fixture->page, "title"));
}

static const char *
get_obstacles (Fixture *fixture)
{
  return hk_selection_bar_get_obstacles (HK_SELECTION_BAR (get_bar (fixture)));
}

static guint
count_keys (Fixture *fixture)
{
  return g_list_model_get_n_items (hk_account_get_keys (fixture->test->account));
}

static guint
count_listed (Fixture *fixture)
{
  return g_list_model_get_n_items (ui_child (fixture->page, "listed"));
}

static gboolean
can (Fixture *fixture, const char *action)
{
  return ui_action_enabled (get_bar (fixture), action);
}

static void
act (Fixture *fixture, const char *action)
{
  ui_activate_action (get_bar (fixture), action);
}

static void
start_selecting (Fixture *fixture)
{
  ui_activate_action (get_list (fixture), "keys.select");
  ui_await (ui_find_visible (fixture->page, GTK_TYPE_CHECK_BUTTON, NULL) != NULL);
}

/* As a click or Return does it. */
static void
press_row (Fixture *fixture, guint position)
{
  g_autofree char *action = g_strdup_printf ("list.activate-item(uint32 %u)", position);

  ui_activate_action (get_list (fixture), action);
}

static HkKeyRow *
find_row (Fixture *fixture, HkKey *key)
{
  GtkWidget *item = gtk_widget_get_first_child (get_list (fixture));

  for (; item != NULL; item = gtk_widget_get_next_sibling (item))
    if (hk_key_row_get_key (HK_KEY_ROW (gtk_widget_get_first_child (item))) == key)
      return HK_KEY_ROW (gtk_widget_get_first_child (item));

  return NULL;
}

static HkKey *
get_listed (Fixture *fixture, guint position)
{
  g_autoptr (HkKey) key = g_list_model_get_item (ui_child (fixture->page, "listed"), position);

  return key;
}

static gboolean
is_checked (Fixture *fixture, guint position)
{
  HkKeyRow *row = find_row (fixture, get_listed (fixture, position));
  GtkWidget *check;

  /* What is in a row comes when it is laid out. */
  ui_await ((check = ui_find_visible (GTK_WIDGET (row), GTK_TYPE_CHECK_BUTTON, NULL)) != NULL);

  return gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

static void
search (Fixture *fixture, const char *text)
{
  hk_keys_page_search (HK_KEYS_PAGE (fixture->page), text);
}

static void
test_selecting (Fixture *fixture, gconstpointer user_data)
{
  g_assert_null (ui_find_visible (fixture->page, GTK_TYPE_CHECK_BUTTON, NULL));
  g_assert_false (gtk_widget_get_mapped (get_bar (fixture)) && gtk_revealer_get_reveal_child (ui_child (get_bar (fixture), "bar")));
  start_selecting (fixture);
  g_assert_cmpstr (get_title (fixture), ==, "Select Keys");
  g_assert_false (can (fixture, "selection.delete"));

  press_row (fixture, 0);
  g_assert_true (HK_IS_KEYS_PAGE (hk_window_get_visible_page (fixture->window)));
  g_assert_true (is_checked (fixture, 0));
  g_assert_false (is_checked (fixture, 1));
  press_row (fixture, 1);
  g_assert_cmpstr (get_title (fixture), ==, "2 Selected");
  g_assert_cmpstr (ui_announcement (fixture->window), ==, "2 Selected");
  g_assert_true (can (fixture, "selection.delete"));
  press_row (fixture, 0);
  g_assert_false (is_checked (fixture, 0));
  g_assert_cmpstr (get_title (fixture), ==, "1 Selected");

  ui_activate_action (get_list (fixture), "keys.end-selection");
  g_assert_cmpstr (get_title (fixture), ==, "Keys");
  g_assert_null (ui_find_visible (fixture->page, GTK_TYPE_CHECK_BUTTON, NULL));
  press_row (fixture, 0);
  g_assert_false (HK_IS_KEYS_PAGE (hk_window_get_visible_page (fixture->window)));
}

static GtkEventController *
find_gesture (GtkWidget *widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }

  g_assert_not_reached ();
}

static void
test_ranges (Fixture *fixture, gconstpointer user_data)
{
  HkKey *first = get_listed (fixture, 1);
  const guint n_listed = count_listed (fixture);
  HkKeyRow *row;
  double x, y;

  ui_await ((row = find_row (fixture, first)) != NULL && gtk_widget_get_height (GTK_WIDGET (row)) > 0);
  g_assert_true (gtk_widget_translate_coordinates (GTK_WIDGET (row), get_list (fixture), 20, 20, &x, &y));
  g_signal_emit_by_name (find_gesture (get_list (fixture), GTK_TYPE_GESTURE_LONG_PRESS), "pressed", x, y);
  g_assert_true (hk_key_selection_get_active (fixture->selection));
  g_assert_true (is_checked (fixture, 1));

  hk_key_selection_extend (fixture->selection, get_listed (fixture, 4));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, 4);
  g_assert_false (is_checked (fixture, 0));
  g_assert_true (is_checked (fixture, 4));
  press_row (fixture, 3);
  hk_key_selection_extend (fixture->selection, get_listed (fixture, 0));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, 5);

  /* From a key that another search does not list, nothing leads to one that it does. */
  search (fixture, "holiday");
  ui_await (count_listed (fixture) < n_listed);
  g_assert_cmpuint (count_listed (fixture), >, 3);
  hk_key_selection_extend (fixture->selection, get_listed (fixture, 2));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, 6);
}

static void
test_assistive_technology (Fixture *fixture, gconstpointer user_data)
{
  HkKeyRow *row;
  GtkWidget *check;

  start_selecting (fixture);
  row = find_row (fixture, get_listed (fixture, 0));
  check = ui_find_visible (GTK_WIDGET (row), GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_role (check, GTK_ACCESSIBLE_ROLE_CHECKBOX);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, FALSE);

  /* It cannot have the focus, but is driven from outside. */
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, 1);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, TRUE);
  ui_activate_action (get_list (fixture), "keys.end-selection");
  g_assert_false (gtk_test_accessible_has_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED)
                  && gtk_test_accessible_check_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED, TRUE) == NULL);
}

static void
test_all_that_are_listed (Fixture *fixture, gconstpointer user_data)
{
  guint n_found;

  search (fixture, "moser");
  ui_await (count_listed (fixture) < 10);
  n_found = count_listed (fixture);
  ui_activate_action (get_list (fixture), "keys.select-all");
  g_assert_true (hk_key_selection_get_active (fixture->selection));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, n_found);

  /* What was selected stays so in another search, and that it is not to be seen is said. */
  search (fixture, "cleaning");
  ui_await (g_str_has_prefix (get_obstacles (fixture), "Selected, but not listed now: "));
  ui_activate_action (get_list (fixture), "keys.select-all");
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, n_found + count_listed (fixture));
  search (fixture, "");
  ui_await (g_str_equal (get_obstacles (fixture), ""));
}

static void
test_refresh (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  g_autoptr (HkKey) gone = g_object_ref (ui_key_named (account, "Anna Moser"));

  ui_activate_action (get_list (fixture), "keys.select-all");
  hk_account_refresh (account);
  ui_await (!hk_account_get_refreshing (account));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, count_listed (fixture));

  hk_account_delete_key (account, gone);
  ui_await (!hk_key_selection_contains (fixture->selection, gone));
  ui_await (hk_key_selection_count (fixture->selection) == count_listed (fixture));

  hk_account_sign_out_async (account, NULL, NULL, NULL);
  ui_await (!hk_key_selection_get_active (fixture->selection));
  g_assert_cmpuint (hk_key_selection_count (fixture->selection), ==, 0);
}

static void
test_switch (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  HkKey *first, *second;

  start_selecting (fixture);
  press_row (fixture, 0);
  press_row (fixture, AOIFE);
  first = get_listed (fixture, 0);
  second = get_listed (fixture, AOIFE);
  g_assert_false (can (fixture, "selection.switch-on"));
  act (fixture, "selection.switch-off");
  g_assert_false (hk_key_selection_get_active (fixture->selection));
  g_assert_false (hk_key_get_enabled (first));
  g_assert_false (hk_key_get_enabled (second));
  g_assert_true (hk_key_get_pending (first));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (account)), ==, 2);
  ui_await (ui_shows (GTK_WIDGET (fixture->window), "2 keys switched off"));
  g_assert_cmpstr (ui_announcement (fixture->window), ==, "2 keys switched off");
  g_assert_false (hk_key_get_pending (first));
}

static void
test_failure (Fixture *fixture, gconstpointer user_data)
{
  static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };

  nuki_simulator_add_fault (fixture->test->simulator, "POST", "*", NUKI_SIM_ALWAYS, &refusal);
  start_selecting (fixture);
  press_row (fixture, 0);
  press_row (fixture, AOIFE);
  act (fixture, "selection.switch-off");
  ui_await (ui_shows (GTK_WIDGET (fixture->window), "2 failed"));
  g_assert_nonnull (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Show"));
  g_assert_true (hk_key_get_enabled (get_listed (fixture, 0)));
}

static void
test_delete (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  const guint n_before = count_keys (fixture);

  start_selecting (fixture);
  press_row (fixture, 0);
  press_row (fixture, 1);
  /* The key of the keyboard. */
  ui_activate_action (get_list (fixture), "keys.delete-focused");
  g_assert_cmpuint (count_keys (fixture), ==, n_before - 2);
  ui_await (ui_shows (GTK_WIDGET (fixture->window), "2 keys deleted"));
  g_assert_cmpstr (ui_announcement (fixture->window), ==, "2 keys deleted");
  ui_activate_action (get_list (fixture), "win.undo");
  g_assert_cmpuint (count_keys (fixture), ==, n_before);
  g_assert_null (hk_account_get_undoable (account));
}

static void
test_delete_and_discard (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  g_autoptr (HkChange) first_deleted = NULL;

  start_selecting (fixture);
  press_row (fixture, 0);
  press_row (fixture, 1);
  press_row (fixture, 2);
  ui_activate_action (get_list (fixture), "keys.delete-focused");
  ui_await (ui_shows (GTK_WIDGET (fixture->window), "3 keys deleted"));

  first_deleted = g_list_model_get_item (hk_account_get_changes (account), 2);
  hk_account_discard (account, first_deleted);
  ui_await (ui_shows (GTK_WIDGET (fixture->window), "2 keys deleted"));
  g_assert_false (ui_shows (GTK_WIDGET (fixture->window), "3 keys deleted"));
}

/* It is not known yet, so that no undo could bring it back. */
static void
test_what_is_being_made (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (account), 0);
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Vera Lang");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;
  HkKey *key;

  hk_invitation_set_new_person (invitation, "Vera Lang", "vera@example.org", "en");
  hk_invitation_add_lock (invitation, nuki_lock_get_id (lock));
  changes = hk_account_invite (account, invitation);
  key = ui_key_named (account, "Vera Lang");
  g_assert_null (hk_key_get_record (key));
  for (HkJob job = 0; job < HK_N_JOBS; job++)
    g_assert_false (hk_job_can (job, key));

  search (fixture, "vera");
  ui_await (count_listed (fixture) == 1);
  ui_activate_action (get_list (fixture), "keys.select-all");
  g_assert_cmpstr (get_obstacles (fixture), ==, "Left as they are: 1 that is still being made.");
}

static void
test_what_cannot_be_done (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  guint n_devices;
  g_autofree char *said = NULL;

  n_devices = count_keys (fixture) - count_listed (fixture);
  g_assert_cmpuint (n_devices, >, 1);
  g_object_set (fixture->page, "show-infrastructure", TRUE, NULL);
  ui_await (count_listed (fixture) == count_keys (fixture));
  ui_activate_action (get_list (fixture), "keys.select-all");
  said = g_strdup_printf ("Left as they are: %u devices.", n_devices);
  g_assert_cmpstr (get_obstacles (fixture), ==, said);

  act (fixture, "selection.delete");
  g_assert_cmpuint (count_keys (fixture), ==, n_devices);
  g_assert_cmpuint (hk_account_count_keys (account), ==, 0);
  ui_activate_action (get_list (fixture), "win.undo");
  ui_await (count_listed (fixture) == count_keys (fixture));

  search (fixture, "bridge");
  ui_await (count_listed (fixture) < 10);
  ui_activate_action (get_list (fixture), "keys.select-all");
  g_assert_false (can (fixture, "selection.switch-on"));
  g_assert_false (can (fixture, "selection.switch-off"));
  g_assert_false (can (fixture, "selection.delete"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/selection/a-press-on-a-row-selects-it-and-opens-it-when-that-is-over", test_selecting);
  ADD ("/selection/a-long-press-begins-and-a-range-goes-from-the-last-one", test_ranges);
  ADD ("/selection/what-is-selected-is-told-to-assistive-technology-and-chosen-with-it", test_assistive_technology);
  ADD ("/selection/all-that-are-listed-can-be-selected-in-one-search-after-the-other", test_all_that_are_listed);
  ADD ("/selection/it-survives-a-refresh-and-loses-what-is-gone", test_refresh);
  ADD ("/selection/keys-are-switched-and-in-the-end-it-is-told-how-many", test_switch);
  ADD ("/selection/what-failed-is-told-and-can-be-looked-at", test_failure);
  ADD ("/selection/keys-are-deleted-with-one-undo-for-all", test_delete);
  ADD ("/selection/one-that-is-brought-back-by-itself-is-not-counted-any-more", test_delete_and_discard);
  ADD ("/selection/what-is-still-being-made-is-left-as-it-is", test_what_is_being_made);
  ADD ("/selection/what-cannot-be-done-with-some-is-said-and-not-done", test_what_cannot_be_done);

  return g_test_run ();
}
