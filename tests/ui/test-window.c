/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "changes/hk-change-row.h"
#include "changes/hk-changes-dialog.h"
#include "compat/hk-split-view.h"
#include "keys/hk-key-page.h"
#include "keys/hk-keys-page.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-page.h"
#include "invite/hk-invite-dialog.h"
#include "preferences/hk-preferences-dialog.h"
#include "ui-stub-store.h"
#include "ui-scenes.h"
#include "window/hk-back-button.h"
#include "window/hk-banner.h"

typedef struct
{
  UiTest *test;
  HkWindow *window;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->window = ui_open_window (fixture->test, 1000);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
  open_window (fixture);
}

static void
set_up_signed_out (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new_signed_out ();
  open_window (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
}

static gboolean
can (Fixture *fixture, const char *action)
{
  return ui_action_enabled (ui_child (fixture->window, "toast_overlay"), action);
}

static void
act (Fixture *fixture, const char *action)
{
  ui_activate_action (GTK_WIDGET (fixture->window), action);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return hk_window_get_visible_page (fixture->window);
}

static const char *
get_view (Fixture *fixture)
{
  return G_OBJECT_TYPE_NAME (gtk_stack_get_visible_child (ui_child (fixture->window, "stack")));
}

static HkKey *
get_some_key (Fixture *fixture)
{
  GListModel *keys = hk_account_get_keys (fixture->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_key_get_key_type (key) == NUKI_KEY_APP && hk_key_get_person (key) != NULL)
        return key;
    }

  g_assert_not_reached ();
}

static void
test_opens_on_keys (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpstr (get_view (fixture), ==, "HkSplitView");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
  g_assert_true (can (fixture, "win.invite"));
  g_assert_true (can (fixture, "win.refresh"));
  g_assert_true (can (fixture, "win.sign-out"));
  g_assert_false (can (fixture, "win.back"));
  g_assert_false (can (fixture, "win.undo"));
  g_assert_false (can (fixture, "win.keep-token"));
}

static gboolean
has_focus_inside (Fixture *fixture, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_get_ancestor (focus, type) != NULL;
}

static void
test_pages (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.show-page::people");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
  act (fixture, "win.show-row(3)");
  g_assert_true (HK_IS_LOCK_PAGE (get_page (fixture)));
  act (fixture, "win.show-row(1)");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
  act (fixture, "win.show-row(2)");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
  g_assert_false (can (fixture, "win.back"));
}

static void
test_trail (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = get_some_key (fixture);
  GtkWidget *key_page;

  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  key_page = get_page (fixture);
  g_assert_true (HK_IS_KEY_PAGE (key_page));
  g_assert_true (can (fixture, "win.back"));

  g_signal_emit_by_name (key_page, "open-person", hk_key_get_person (key));
  g_assert_true (HK_IS_PERSON_PAGE (get_page (fixture)));

  /* The same key again leads back to its page rather than to another one. */
  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  g_assert_true (get_page (fixture) == key_page);

  act (fixture, "win.back");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
  g_assert_false (can (fixture, "win.back"));
}

static void
test_trail_ends (Fixture *fixture, gconstpointer user_data)
{
  g_signal_emit_by_name (get_page (fixture), "open-key", get_some_key (fixture));
  act (fixture, "win.show-page::people");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
  g_assert_false (can (fixture, "win.back"));
}

static void
test_trail_to_lock (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = get_some_key (fixture);
  GtkWidget *lock_page;

  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  g_signal_emit_by_name (get_page (fixture), "open-lock", hk_key_get_lock (key));
  lock_page = get_page (fixture);
  g_assert_true (HK_IS_LOCK_PAGE (lock_page));

  g_signal_emit_by_name (lock_page, "open-key", key);
  g_signal_emit_by_name (get_page (fixture), "open-person", hk_key_get_person (key));
  act (fixture, "win.back");
  act (fixture, "win.back");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
}

static void
test_gone (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = get_some_key (fixture);

  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  g_signal_emit_by_name (get_page (fixture), "open-person", hk_key_get_person (key));
  hk_account_delete_key (fixture->test->account, key);
  ui_settle ();
  g_assert_true (HK_IS_PERSON_PAGE (get_page (fixture)));

  act (fixture, "win.back");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
}

static void
test_tells_found (Fixture *fixture, gconstpointer user_data)
{
  hk_window_search (fixture->window, "moser");
  ui_await (g_str_equal (ui_announcement (fixture->window), "3 keys"));
  hk_window_search (fixture->window, "nobody has this name");
  ui_await (g_str_equal (ui_announcement (fixture->window), "No Results Found"));
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  gboolean searching = FALSE;

  g_assert_true (can (fixture, "win.search"));
  act (fixture, "win.search");
  g_object_get (get_page (fixture), "search-mode", &searching, NULL);
  g_assert_true (searching);
  act (fixture, "win.search");
  g_object_get (get_page (fixture), "search-mode", &searching, NULL);
  g_assert_false (searching);

  g_signal_emit_by_name (get_page (fixture), "open-key", get_some_key (fixture));
  g_assert_false (can (fixture, "win.search"));
}

static void
test_refresh (Fixture *fixture, gconstpointer user_data)
{
  guint before = nuki_simulator_get_n_requests (fixture->test->simulator);

  ui_await (!hk_account_get_refreshing (fixture->test->account));
  act (fixture, "win.refresh");
  ui_await (nuki_simulator_get_n_requests (fixture->test->simulator) > before);
}

static void
test_undo (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  HkKey *key = ui_key_named (account, "Zoë & Søren");
  g_autofree char *text = g_strdup_printf ("Key “%s” for %s deleted", hk_key_get_name (key), hk_key_get_lock_name (key));
  HkChange *change = hk_account_delete_key (account, key);

  ui_await (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Undo") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), text));
  g_assert_true (can (fixture, "win.undo"));

  ui_click (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Undo"));
  ui_await (hk_account_get_undoable (account) == NULL);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  ui_await (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Undo") == NULL);
  g_assert_false (can (fixture, "win.undo"));
}

static void
test_changes_are_announced (Fixture *fixture, gconstpointer user_data)
{
  static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");

  g_assert_cmpstr (ui_announcement (fixture->window), ==, "");
  hk_account_switch_key (fixture->test->account, key, FALSE);
  ui_await (g_str_has_prefix (ui_announcement (fixture->window), "1 change confirmed. Switch off the key of Anna Moser"));

  nuki_simulator_add_fault (fixture->test->simulator, "POST", "*", 1, &refusal);
  hk_account_switch_key (fixture->test->account, key, TRUE);
  ui_await (g_str_has_prefix (ui_announcement (fixture->window), "1 change failed. Switch on the key of Anna Moser"));

  hk_account_delete_key (fixture->test->account, key);
  ui_await (g_str_has_suffix (ui_announcement (fixture->window), " deleted"));

  ui_activate_action (GTK_WIDGET (fixture->window), "win.undo");
  g_assert_cmpstr (ui_announcement (fixture->window), ==, "Undone");
}

static void
test_trouble_is_announced (Fixture *fixture, gconstpointer user_data)
{
  static const NukiSimFault trouble = { NUKI_SIM_FAULT_ANSWER, .status = 503 };

  nuki_simulator_add_fault (fixture->test->simulator, "GET", "*", NUKI_SIM_ALWAYS, &trouble);
  act (fixture, "win.refresh");
  ui_await (strstr (ui_announcement (fixture->window), "What you see is") != NULL);
}

static void
test_dialogs (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.invite");
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) != NULL);
  hk_dialog_force_close (HK_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) == NULL);

  act (fixture, "win.preferences");
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) != NULL);
  hk_dialog_close (HK_DIALOG (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG) == NULL);
}

static GtkWidget *
find_change_row (GtkWidget *dialog, HkChange *change)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (ui_child (dialog, "list"), i)) != NULL; i++)
    if (hk_change_row_get_change (HK_CHANGE_ROW (row)) == change)
      return GTK_WIDGET (row);

  g_assert_not_reached ();
}

/* Whatever is not done yet leads to what it is about. */
static void
test_changes (Fixture *fixture, gconstpointer user_data)
{
  const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };
  HkAccount *account = fixture->test->account;
  NukiUser *person = hk_key_get_person (get_some_key (fixture));
  g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (account), 0);
  g_autoptr (HkDetails) person_seen = hk_details_new_from_person (person);
  g_autoptr (HkDetails) lock_seen = hk_details_new_from_lock (lock);
  const struct
  {
    HkChange *change;
    GType page;
  } changes[] = {
    { hk_account_switch_key (account, get_some_key (fixture), FALSE), HK_TYPE_KEY_PAGE },
    { hk_account_update_person (account, person, person_seen, "Vera", "vera@example.org", "en"), HK_TYPE_PERSON_PAGE },
    { hk_account_update_lock (account, lock, lock_seen, "Gate", TRUE), HK_TYPE_LOCK_PAGE },
  };

  nuki_simulator_add_fault (fixture->test->simulator, "POST", "*", NUKI_SIM_ALWAYS, &refusal);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    ui_await (hk_change_get_state (changes[i].change) == HK_CHANGE_FAILED);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      GtkWidget *dialog;
      GtkWidget *row;

      act (fixture, "win.changes");
      ui_await ((dialog = ui_toplevel (HK_TYPE_CHANGES_DIALOG)) != NULL);
      row = find_change_row (dialog, changes[i].change);
      g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
      ui_await (ui_toplevel (HK_TYPE_CHANGES_DIALOG) == NULL);
      g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (get_page (fixture), changes[i].page));
    }
}

static void
test_sign_out_from_preferences (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *dialog;

  act (fixture, "win.preferences");
  ui_await ((dialog = ui_toplevel (HK_TYPE_PREFERENCES_DIALOG)) != NULL);
  ui_click (ui_find_visible (dialog, GTK_TYPE_BUTTON, "_Sign Out…"));
  ui_answer_alert ("_Sign Out");
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_SIGNED_OUT);
  g_assert_null (ui_toplevel (HK_TYPE_PREFERENCES_DIALOG));
}

static void
test_sign_out (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.sign-out");
  ui_answer_alert ("_Cancel");
  ui_settle ();
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_READY);

  act (fixture, "win.sign-out");
  ui_answer_alert ("_Sign Out");
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_SIGNED_OUT);
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
  g_assert_false (can (fixture, "win.invite"));
  g_assert_false (can (fixture, "win.sign-out"));
}

static GtkWidget *
find_banner_button (Fixture *fixture, const char *label)
{
  GtkWidget *banner = ui_find_visible (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL);

  return banner != NULL ? ui_find_visible (banner, GTK_TYPE_BUTTON, label) : NULL;
}

static void
test_rejected (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.show-page::people");
  nuki_simulator_revoke_token (fixture->test->simulator, NUKI_SIMULATOR_DEMO_TOKEN);
  act (fixture, "win.refresh");
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_TOKEN_REJECTED);
  g_assert_cmpstr (get_view (fixture), ==, "HkSplitView");
  ui_await (find_banner_button (fixture, "Sign In _Again") != NULL);

  ui_click (find_banner_button (fixture, "Sign In _Again"));
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
  act (fixture, "win.keep-token");
  g_assert_cmpstr (get_view (fixture), ==, "HkSplitView");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
}

static void
test_no_network (Fixture *fixture, gconstpointer user_data)
{
  nuki_simulator_stop (fixture->test->simulator);
  act (fixture, "win.refresh");
  ui_await (hk_account_get_error (fixture->test->account) != NULL);
  g_assert_cmpstr (get_view (fixture), ==, "HkSplitView");
  ui_await (find_banner_button (fixture, "_Try Again") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "What you see is less than a minute old."));
}

static void
assert_pause (Fixture *fixture, const char *seconds, const char *pattern)
{
  const char *const headers[] = { "Retry-After", seconds, NULL };
  const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_ANSWER, .status = 429, .headers = headers };
  GtkWidget *banner;

  nuki_simulator_add_fault (fixture->test->simulator, "*", "*", 1, &fault);
  act (fixture, "win.refresh");
  ui_await ((banner = ui_find_visible (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL)) != NULL);
  ui_await (ui_shows (banner, "The service asks for a pause."));
  if (!g_pattern_match_simple (pattern, ui_text (ui_child (banner, "label"))))
    g_error ("%s", ui_text (ui_child (banner, "label")));
}

/* Nobody counts ninety seconds. */
static void
test_pause (Fixture *fixture, gconstpointer user_data)
{
  assert_pause (fixture, "90", "*Housekeys continues in 2 minutes. *");
}

static void
test_short_pause (Fixture *fixture, gconstpointer user_data)
{
  GtkLabel *label;
  g_autofree char *said = NULL;

  assert_pause (fixture, "59", "*Housekeys continues in ?? seconds. *");
  label = ui_child (ui_find_visible (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL), "label");
  said = g_strdup (gtk_label_get_text (label));
  ui_await (!g_str_equal (gtk_label_get_text (label), said));
  g_assert_true (g_pattern_match_simple ("*Housekeys continues in ?? seconds. *", gtk_label_get_text (label)));
}

static void
test_scope_taken_away (Fixture *fixture, gconstpointer user_data)
{
  nuki_simulator_add_token (fixture->test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock");
  act (fixture, "win.refresh");
  ui_await (find_banner_button (fixture, "_Replace Token") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "only the locks can be seen"));
  g_assert_false (can (fixture, "win.invite"));

  ui_click (find_banner_button (fixture, "_Replace Token"));
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
}

/* On a telephone, the window begins with the sidebar alone. */
static void
test_trouble_in_sidebar (Fixture *fixture, gconstpointer user_data)
{
  HkSplitView *view = ui_child (fixture->window, "split_view");
  GtkWidget *sidebar = ui_child (fixture->window, "sidebar");

  nuki_simulator_add_token (fixture->test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock");
  act (fixture, "win.refresh");
  ui_await (find_banner_button (fixture, "_Replace Token") != NULL);
  g_assert_false (ui_shows (sidebar, "only the locks can be seen"));

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 294);
  ui_await (hk_split_view_get_collapsed (view));
  ui_await (ui_shows (sidebar, "only the locks can be seen"));
}

static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  HkSplitView *view = ui_child (fixture->window, "split_view");

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 294);
  ui_await (hk_split_view_get_collapsed (view));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), ==, 360);

  act (fixture, "win.show-page::people");
  ui_await (gtk_widget_get_mapped (get_page (fixture)));
  g_assert_true (can (fixture, "win.back"));
  g_assert_nonnull (ui_find_visible (get_page (fixture), HK_TYPE_BACK_BUTTON, NULL));
  g_signal_emit_by_name (get_page (fixture), "open-person", hk_key_get_person (get_some_key (fixture)));
  act (fixture, "win.back");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
  g_assert_true (can (fixture, "win.back"));
  act (fixture, "win.back");
  g_assert_false (hk_split_view_get_show_content (view));
  g_assert_false (can (fixture, "win.back"));
}

static void
set_up_locked (Fixture *fixture, gconstpointer user_data)
{
  HkTokenStore *store = ui_stub_store_new ();

  ui_stub_store_fail (UI_STUB_STORE (store), HK_TOKEN_STORE_ERROR_LOCKED, "The keyring is locked.");
  fixture->test = ui_test_new_with_store (store);
  open_window (fixture);
}

static void
test_keyring (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);

  g_assert_cmpstr (get_view (fixture), ==, "HkStartPage");
  g_assert_false (can (fixture, "win.refresh"));
  g_assert_false (can (fixture, "win.sign-out"));

  act (fixture, "win.renew-token");
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
  act (fixture, "win.keep-token");
  g_assert_cmpstr (get_view (fixture), ==, "HkStartPage");

  ui_stub_store_work (store);
  ui_click (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Unlock"));
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_SIGNED_OUT);
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
}

static void
sign_in (Fixture *fixture)
{
  GtkWidget *page = gtk_stack_get_visible_child (ui_child (fixture->window, "stack"));

  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");
  ui_set_text (ui_child (page, "entry"), NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (gtk_widget_get_sensitive (ui_child (page, "sign_in_button")));
  ui_click (ui_child (page, "sign_in_button"));

  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_READY);
  g_assert_cmpstr (get_view (fixture), ==, "HkSplitView");
}

static void
test_sign_in (Fixture *fixture, gconstpointer user_data)
{
  g_assert_false (can (fixture, "win.refresh"));
  g_assert_true (has_focus_inside (fixture, ADW_TYPE_ENTRY_ROW));
  sign_in (fixture);
  g_assert_true (can (fixture, "win.refresh"));
  ui_await (has_focus_inside (fixture, GTK_TYPE_LIST_VIEW));
}

static void
test_keyring_session (Fixture *fixture, gconstpointer user_data)
{
  ui_click (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "_Enter a Token for This Session"));
  sign_in (fixture);
  g_assert_null (ui_stub_store_get_token (UI_STUB_STORE (fixture->test->store)));
}

static void
set_up_stub_store (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new_with_store (ui_stub_store_new ());
  open_window (fixture);
}

static void
test_sign_out_fails (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);

  sign_in (fixture);
  g_assert_nonnull (ui_stub_store_get_token (store));
  ui_stub_store_fail (store, HK_TOKEN_STORE_ERROR_FAILED, "The keyring <refused>.");
  act (fixture, "win.sign-out");
  ui_answer_alert ("_Sign Out");
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_SIGNED_OUT
            || ui_shows (GTK_WIDGET (fixture->window), "The keyring <refused>."));
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_READY);
}

static void
test_closed_while_asking (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.sign-out");
  ui_settle ();
  g_clear_pointer (&fixture->test->window, gtk_window_destroy);
  ui_settle ();
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_READY);
}

static void
test_destroyed_while_loading (void)
{
  Fixture fixture = { 0 };

  fixture.test = ui_test_new_signed_out ();
  hk_account_sign_in_async (fixture.test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  open_window (&fixture);
  g_clear_pointer (&fixture.test->window, gtk_window_destroy);
  ui_await (hk_account_get_state (fixture.test->account) == HK_ACCOUNT_READY);
  ui_test_free (fixture.test);
}

static void
test_size (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.housekeys.Housekeys");
  UiTest *test = ui_test_new ();
  HkWindow *window;
  int width = 0;
  int height = 0;

  g_settings_set_int (settings, "window-width", 800);
  g_settings_set_int (settings, "window-height", 600);
  window = hk_window_new (NULL, test->account, settings, TRUE);
  test->window = GTK_WINDOW (window);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 800);
  g_assert_cmpint (height, ==, 600);
  g_assert_true (hk_window_get_demo (window));
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (window)), "Demo"));

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 650);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 900);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 650);

  g_settings_reset (settings, "window-width");
  g_settings_reset (settings, "window-height");
  ui_test_free (test);
}

/* The prompt of the keyring is open. */
static void
test_keyring_asks (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *entry;

  ui_stub_store_ask (store);
  ui_click (ui_find_visible (window, GTK_TYPE_BUTTON, "_Unlock"));
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_OPENING);
  ui_await (ui_find_visible (window, GTK_TYPE_BUTTON, "_Enter a Token for This Session") != NULL);
  ui_click (ui_find_visible (window, GTK_TYPE_BUTTON, "_Enter a Token for This Session"));
  g_assert_cmpstr (get_view (fixture), ==, "HkSignInPage");

  entry = ui_find_visible (window, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  ui_set_text (entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (gtk_widget_get_sensitive (ui_find_visible (window, GTK_TYPE_BUTTON, "_Sign In")));
  ui_click (ui_find_visible (window, GTK_TYPE_BUTTON, "_Sign In"));
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_READY);
  g_assert_cmpstr (get_view (fixture), !=, "HkSignInPage");
  g_assert_null (ui_stub_store_get_token (store));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/window/what-becomes-of-changes-is-announced", test_changes_are_announced);
  ADD ("/window/trouble-is-announced", test_trouble_is_announced);
  ADD ("/window/opens-on-the-keys", test_opens_on_keys);
  ADD ("/window/pages-are-reached-by-name-and-by-number", test_pages);
  ADD ("/window/back-leads-where-one-came-from", test_trail);
  ADD ("/window/a-key-leads-to-its-lock", test_trail_to_lock);
  ADD ("/window/another-page-of-the-sidebar-ends-the-trail", test_trail_ends);
  ADD ("/window/back-passes-over-what-is-gone", test_gone);
  ADD ("/window/search-goes-to-the-page-that-is-shown", test_search);
  ADD ("/window/says-how-many-keys-were-found", test_tells_found);
  ADD ("/window/refresh-asks-the-service", test_refresh);
  ADD ("/window/what-was-taken-away-can-be-undone-from-a-toast", test_undo);
  ADD ("/window/invite-and-preferences-open-their-dialogs", test_dialogs);
  ADD ("/window/changes-lead-to-what-they-are-about", test_changes);
  ADD ("/window/signing-out-asks-first", test_sign_out);
  ADD ("/window/one-can-sign-out-from-the-preferences", test_sign_out_from_preferences);
  ADD ("/window/a-rejected-token-loses-nothing", test_rejected);
  ADD ("/window/without-network-the-last-data-stay-and-their-age-is-said", test_no_network);
  ADD ("/window/a-pause-is-said-in-minutes", test_pause);
  ADD ("/window/a-pause-of-less-than-a-minute-is-counted-down-in-seconds", test_short_pause);
  ADD ("/window/a-scope-that-was-taken-away-is-said", test_scope_taken_away);
  ADD ("/window/is-usable-at-360-by-294", test_narrow);
  ADD ("/window/narrow-it-says-what-is-wrong-beside-the-sidebar-rows-too", test_trouble_in_sidebar);
  g_test_add ("/window/signing-in-leads-to-the-pages", Fixture, NULL, set_up_signed_out, test_sign_in, tear_down);
  g_test_add ("/window/a-locked-keyring-can-be-unlocked", Fixture, NULL, set_up_locked, test_keyring, tear_down);
  g_test_add ("/window/without-the-keyring-a-session-is-possible", Fixture, NULL, set_up_locked, test_keyring_session,
              tear_down);
  g_test_add ("/window/while-the-keyring-asks-a-session-is-possible", Fixture, NULL, set_up_locked, test_keyring_asks,
              tear_down);
  g_test_add ("/window/a-token-that-cannot-be-removed-is-said", Fixture, NULL, set_up_stub_store,
              test_sign_out_fails, tear_down);
  ADD ("/window/can-be-closed-while-it-asks", test_closed_while_asking);
  g_test_add_func ("/window/can-go-away-while-its-account-loads", test_destroyed_while_loading);
  g_test_add_func ("/window/remembers-its-size", test_size);

  return g_test_run ();
}
