/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

#include "changes/hk-conflict-dialog.h"
#include "hk-narrow.h"
#include "keys/hk-change-card.h"
#include "keys/hk-edit-key-dialog.h"
#include "keys/hk-key-page.h"
#include "keys/hk-key-row.h"

#define FOREVER_MS (60 * 60 * 1000)

static GtkWidget *
show_page (UiTest *test, const char *name)
{
  GtkWidget *page = hk_key_page_new (test->account, ui_key_named (test->account, name));

  ui_test_show (test, page);

  return page;
}

static const char *
get_value (GtkWidget *widget, const char *id)
{
  AdwActionRow *row = ui_child (widget, id);

  return gtk_widget_get_visible (GTK_WIDGET (row)) ? adw_action_row_get_subtitle (row) : NULL;
}

static const char *
get_stack_page (GtkWidget *page)
{
  return gtk_stack_get_visible_child_name (ui_child (page, "stack"));
}

static void
fail_switch (UiTest *test, GtkWidget *page)
{
  nuki_simulator_add_token (test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock.readOnly account");
  ui_click (ui_child (page, "toggle"));
  ui_await (gtk_widget_get_mapped (ui_child (page, "card")));
}

static void
test_tells (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  GtkWidget *details = ui_child (page, "details");

  g_assert_cmpstr (gtk_label_get_text (ui_child (page, "name")), ==, "Cleaning");
  g_assert_cmpstr (get_value (page, "lock_row"), ==, "Front door");
  g_assert_null (get_value (page, "person_row"));
  g_assert_null (get_value (page, "invitation_row"));
  g_assert_cmpstr (get_value (details, "days_row"), ==, "Mon–Sat");
  g_assert_cmpstr (get_value (details, "window_row"), ==, "\u206610:00\u2060–\u206014:00\u2069");
  g_assert_null (get_value (details, "from_row"));
  g_assert_cmpstr (get_value (details, "kind_row"), ==, "Keypad code");
  g_assert_nonnull (strstr (get_value (details, "used_row"), "used 166 times"));
  g_assert_nonnull (get_value (details, "created_row"));
  g_assert_false (gtk_widget_get_visible (ui_child (details, "always_row")));
  g_assert_false (gtk_widget_get_visible (ui_child (page, "history")));

  ui_test_free (test);
}

static void
test_zone (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Changeover");

  /* The flat is in London, the tests are in Berlin. */
  g_assert_true (ui_shows (page, "London"));

  ui_test_free (test);
}

static void
test_code (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  GtkWidget *details = ui_child (page, "details");

  g_assert_null (strstr (get_value (details, "code_row"), "292929"));
  ui_click (ui_find_visible (page, GTK_TYPE_TOGGLE_BUTTON, "Show the code"));
  g_assert_cmpstr (get_value (details, "code_row"), ==, "292929");
  ui_click (ui_find_visible (page, GTK_TYPE_TOGGLE_BUTTON, "Show the code"));
  g_assert_null (strstr (get_value (details, "code_row"), "292929"));

  ui_test_free (test);
}

static void
on_text_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  g_autofree char *text = NULL;

  ui_click (ui_find_visible (page, GTK_TYPE_BUTTON, "Copy the code"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (page), NULL, on_text_read, &text);
  ui_await (text != NULL);
  g_assert_cmpstr (text, ==, "292929");
  ui_await (ui_shows (page, "Code copied"));

  ui_test_free (test);
}

static void
on_opened (GtkWidget *page, gpointer opened, gpointer *last)
{
  *last = opened;
}

static void
test_opens_person_and_lock (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "John Doe");
  HkKey *key = ui_key_named (test->account, "John Doe");
  gpointer opened = NULL;

  g_signal_connect (page, "open-person", G_CALLBACK (on_opened), &opened);
  g_signal_connect (page, "open-lock", G_CALLBACK (on_opened), &opened);
  adw_action_row_activate (ui_child (page, "person_row"));
  g_assert_true (opened == hk_key_get_person (key));
  adw_action_row_activate (ui_child (page, "lock_row"));
  g_assert_true (opened == hk_key_get_lock (key));

  ui_test_free (test);
}

static void
test_switch (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  HkKey *key = ui_key_named (test->account, "Cleaning");

  ui_click (ui_child (page, "toggle"));
  g_assert_false (gtk_switch_get_active (ui_child (page, "toggle")));
  g_assert_true (ui_shows (page, "Key is off"));
  g_assert_true (ui_shows (page, "Switched off"));
  g_assert_true (gtk_widget_get_visible (ui_child (page, "history")));

  ui_await (!hk_key_get_pending (key));
  ui_await (!gtk_spinner_get_spinning (ui_child (page, "spinner")));
  g_assert_false (gtk_switch_get_active (ui_child (page, "toggle")));

  ui_test_free (test);
}

static AdwExpanderRow *
open_history (GtkWidget *page)
{
  GtkListBox *list = ui_child (ui_child (page, "history"), "list");
  AdwExpanderRow *row;

  ui_await (gtk_list_box_get_row_at_index (list, 0) != NULL);
  row = ADW_EXPANDER_ROW (gtk_list_box_get_row_at_index (list, 0));
  adw_expander_row_set_expanded (row, TRUE);

  return row;
}

static void
test_history_tells_the_steps (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  HkKey *key = ui_key_named (test->account, "Cleaning");
  GtkWidget *row;

  ui_click (ui_child (page, "toggle"));
  row = GTK_WIDGET (open_history (page));
  ui_await (ui_shows (row, "Asked for"));
  ui_await (ui_shows (row, "Accepted by the service"));
  ui_await (ui_shows (row, "Confirmed by the lock"));
  ui_await (!hk_key_get_pending (key));
  g_assert_true (ui_shows (row, "Sent"));

  ui_test_free (test);
}

static void
test_history_tells_why_it_failed (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  HkChange *change;
  g_autofree char *failed = NULL;

  fail_switch (test, page);
  change = hk_key_get_change (ui_key_named (test->account, "Cleaning"));
  failed = hk_change_dup_text (change);
  ui_await (ui_shows (ui_child (open_history (page), "steps_row"), failed));

  ui_test_free (test);
}

static void
test_history_tells_what_was_in_the_way (void)
{
  const NukiSimFault trouble = { NUKI_SIM_FAULT_ANSWER, .status = 503 };
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");

  nuki_simulator_add_fault (test->simulator, "POST", "*", 1, &trouble);
  ui_click (ui_child (page, "toggle"));
  ui_await (ui_shows (GTK_WIDGET (open_history (page)), "Delayed: The service has trouble"));

  ui_test_free (test);
}

static void
test_history_goes_back_to_earlier_sessions (void)
{
  g_autofree char *folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  UiTest *test = ui_test_new_in_folder (folder);
  HkKey *key = ui_key_named (test->account, "Cleaning");
  GtkWidget *page;
  GtkWidget *row;

  hk_account_switch_key (test->account, key, FALSE);
  ui_await (!hk_key_get_pending (key) && hk_key_get_change (key) == NULL);
  ui_test_restart (test, folder);

  page = show_page (test, "Cleaning");
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (test->account)), ==, 0);
  ui_await (gtk_widget_get_mapped (ui_child (page, "history")));
  row = GTK_WIDGET (open_history (page));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Switched off");
  ui_await (ui_shows (row, "Confirmed by the lock"));

  ui_test_free (test);
  ui_remove_folder (folder);
}

static void
test_destroyed_while_history_loads (void)
{
  g_autofree char *folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  UiTest *test = ui_test_new_in_folder (folder);
  HkKey *key = ui_key_named (test->account, "Cleaning");

  hk_account_switch_key (test->account, key, FALSE);
  open_history (show_page (test, "Cleaning"));
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_await (!hk_key_get_pending (key));

  ui_test_free (test);
  ui_remove_folder (folder);
}

static void
test_failure (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  GtkWidget *card = ui_child (page, "card");

  g_assert_false (gtk_widget_get_visible (card));
  g_assert_false (ui_action_enabled (page, "key.retry"));
  fail_switch (test, page);
  g_assert_true (gtk_switch_get_active (ui_child (page, "toggle")));
  g_assert_true (ui_action_enabled (page, "key.retry"));
  g_assert_nonnull (hk_change_card_get_change (HK_CHANGE_CARD (card)));

  ui_click (ui_find_visible (card, GTK_TYPE_BUTTON, "_Discard"));
  ui_await (!gtk_widget_get_visible (card));
  g_assert_false (ui_action_enabled (page, "key.discard"));

  ui_test_free (test);
}

static void
test_retry (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  HkKey *key = ui_key_named (test->account, "Cleaning");

  fail_switch (test, page);
  ui_activate_action (page, "key.retry");
  ui_await (hk_change_get_state (hk_key_get_change (key)) == HK_CHANGE_FAILED);

  nuki_simulator_add_token (test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock smartlock.auth account");
  ui_click (ui_find_visible (ui_child (page, "card"), GTK_TYPE_BUTTON, "_Retry"));
  ui_await (!hk_key_get_pending (key) && hk_key_get_change (key) == NULL);
  g_assert_false (gtk_switch_get_active (ui_child (page, "toggle")));

  ui_test_free (test);
}

static void
test_compare (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  HkKey *key = ui_key_named (test->account, "Cleaning");
  g_autoptr (NukiKeySpec) base = hk_key_dup_spec (key);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  GtkWidget *card = ui_child (page, "card");
  GtkWidget *dialog;

  nuki_key_spec_set_name (base, "Cleaner");
  nuki_key_spec_set_name (spec, "Cleaning lady");
  hk_account_update_key (test->account, key, base, spec);
  ui_await (ui_find_visible (card, GTK_TYPE_BUTTON, "_Compare…") != NULL);
  g_assert_null (ui_find_visible (card, GTK_TYPE_BUTTON, "_Retry"));

  ui_click (ui_find_visible (card, GTK_TYPE_BUTTON, "_Compare…"));
  ui_await ((dialog = ui_toplevel (HK_TYPE_CONFLICT_DIALOG)) != NULL);
  ui_click (ui_find_visible (dialog, GTK_TYPE_BUTTON, "Keep _Theirs"));
  ui_await (!gtk_widget_get_visible (card));
  g_assert_cmpstr (hk_key_get_name (key), ==, "Cleaning");

  ui_test_free (test);
}

static void
test_discard (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");

  fail_switch (test, page);
  ui_activate_action (page, "key.discard");
  ui_await (!gtk_widget_get_visible (ui_child (page, "card")));
  g_assert_null (hk_key_get_change (ui_key_named (test->account, "Cleaning")));

  ui_test_free (test);
}

static void
test_delete (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");

  g_assert_cmpstr (get_stack_page (page), ==, "key");
  ui_activate_action (page, "key.delete");
  g_assert_cmpstr (get_stack_page (page), ==, "gone");
  g_assert_false (ui_action_enabled (page, "key.edit"));

  hk_account_discard (test->account, hk_account_get_undoable (test->account));
  g_assert_cmpstr (get_stack_page (page), ==, "key");
  g_assert_true (ui_action_enabled (page, "key.edit"));

  ui_test_free (test);
}

/* At the lock, or by somebody else. */
static void
take_back (UiTest *test, HkKey *key)
{
  g_autofree char *text = g_strdup_printf ("{\"keys\": [{\"id\": \"%s\", \"removed\": true}]}",
                                           nuki_key_get_id (hk_key_get_record (key)));
  g_autoptr (JsonNode) edits = json_from_string (text, NULL);

  g_assert_true (nuki_simulator_edit (test->simulator, edits, NULL));
}

static void
test_taken_back_elsewhere (void)
{
  UiTest *test = ui_test_new ();
  HkKey *key = ui_key_named (test->account, "Cleaning");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *page = hk_key_page_new (test->account, key);
  GtkWidget *item = hk_key_row_new (test->account, key, HK_KEY_ROW_FULL);
  GtkWidget *row = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (item));

  gtk_list_box_append (GTK_LIST_BOX (list), item);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), page);
  ui_test_show (test, box);
  g_assert_true (gtk_widget_get_visible (ui_child (row, "toggle")));
  g_assert_true (gtk_widget_get_visible (ui_child (page, "enabled_row")));

  take_back (test, key);
  ui_click (ui_child (page, "toggle"));
  ui_await (gtk_widget_get_mapped (ui_child (page, "card")));
  g_assert_cmpstr (gtk_label_get_text (ui_child (page, "availability")), ==, "Gone");
  g_assert_false (gtk_widget_get_visible (ui_child (page, "enabled_row")));
  g_assert_false (gtk_widget_get_visible (ui_child (ui_child (page, "details"), "when_group")));
  g_assert_false (ui_action_enabled (page, "key.edit"));
  g_assert_cmpstr (gtk_label_get_text (ui_child (row, "line")), ==, "Keypad code · Gone");
  g_assert_false (gtk_widget_get_visible (ui_child (row, "toggle")));
  g_assert_false (ui_action_enabled (row, "key.enabled"));

  ui_activate_action (page, "key.discard");
  ui_await (g_strcmp0 (get_stack_page (page), "gone") == 0);

  ui_test_free (test);
}

static void
test_edit (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");

  ui_activate_action (page, "key.edit");
  ui_await (ui_toplevel (HK_TYPE_EDIT_KEY_DIALOG) != NULL);
  hk_dialog_force_close (HK_DIALOG (ui_toplevel (HK_TYPE_EDIT_KEY_DIALOG)));
  ui_await (ui_toplevel (HK_TYPE_EDIT_KEY_DIALOG) == NULL);

  ui_test_free (test);
}

static gboolean
is_key_resent (GListModel *changes)
{
  return g_list_model_get_n_items (changes) > 0;
}

static void
test_resend (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Pieter van den Berg");
  GListModel *changes = hk_account_get_changes (test->account);

  g_assert_nonnull (get_value (page, "invitation_row"));
  g_assert_true (ui_shows (page, "Can open now, if the invitation was accepted"));
  g_assert_false (gtk_widget_has_css_class (ui_child (page, "availability"), "success"));
  ui_activate_action (page, "key.resend");
  ui_answer_alert ("_Cancel");
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 0);

  ui_activate_action (page, "key.resend");
  ui_answer_alert ("_Send Invitation");
  ui_await (is_key_resent (changes));

  ui_test_free (test);
}

static void
test_used_key_is_not_resent (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Anna Moser");

  g_assert_null (get_value (page, "invitation_row"));
  g_assert_false (ui_action_enabled (page, "key.resend"));
  g_assert_cmpstr (gtk_label_get_label (ui_child (page, "availability")), ==, "Can open now");
  g_assert_true (gtk_widget_has_css_class (ui_child (page, "availability"), "success"));

  ui_test_free (test);
}

static void
test_device (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Nuki Web");
  static const char *const actions[] = { "key.edit", "key.enabled", "key.delete", "key.resend", "key.retry" };

  g_assert_true (ui_shows (page, "This is a device"));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_false (ui_action_enabled (page, actions[i]));
  g_assert_false (gtk_widget_get_visible (ui_child (page, "enabled_row")));

  ui_test_free (test);
}

static void
test_destroyed_while_asking (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Pieter van den Berg");
  GListModel *changes = hk_account_get_changes (test->account);

  ui_activate_action (page, "key.resend");
  ui_settle ();
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 0);

  ui_test_free (test);
}

static void
test_destroyed_while_pending (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");

  nuki_simulator_set_delay (test->simulator, FOREVER_MS, FOREVER_MS);
  ui_click (ui_child (page, "toggle"));
  hk_account_refresh (test->account);
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_await (!hk_account_get_refreshing (test->account));

  ui_test_free (test);
}

static gboolean
shows_accelerator (GtkWidget *menu)
{
  GtkWidget *item = ui_find (menu, g_type_from_name ("GtkModelButton"), NULL);
  gboolean shown;

  gtk_popover_popup (GTK_POPOVER (menu));
  ui_await (gtk_widget_get_mapped (item));
  shown = g_str_equal (gtk_widget_get_css_name (gtk_widget_get_last_child (item)), "accelerator")
          && gtk_widget_get_mapped (gtk_widget_get_last_child (item));
  gtk_popover_popdown (GTK_POPOVER (menu));

  return shown;
}

static void
test_menu (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Cleaning");
  GtkWidget *menu = GTK_WIDGET (gtk_menu_button_get_popover (ui_child (page, "menu_button")));

  g_assert_true (shows_accelerator (menu));
  hk_narrow_update (GTK_WIDGET (test->window), 360);
  g_assert_false (shows_accelerator (menu));
  hk_narrow_update (GTK_WIDGET (test->window), 1000);
  g_assert_true (shows_accelerator (menu));

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/key-page/it-tells-whose-where-and-when", test_tells);
  g_test_add_func ("/key-page/it-names-the-zone-of-a-lock-elsewhere", test_zone);
  g_test_add_func ("/key-page/a-code-is-hidden-until-it-is-asked-for", test_code);
  g_test_add_func ("/key-page/a-code-can-be-copied", test_copy);
  g_test_add_func ("/key-page/it-leads-to-the-person-and-the-lock", test_opens_person_and_lock);
  g_test_add_func ("/key-page/the-switch-switches-and-history-tells", test_switch);
  g_test_add_func ("/key-page/history-tells-the-steps", test_history_tells_the_steps);
  g_test_add_func ("/key-page/history-tells-why-it-failed", test_history_tells_why_it_failed);
  g_test_add_func ("/key-page/history-tells-what-was-in-the-way", test_history_tells_what_was_in_the_way);
  g_test_add_func ("/key-page/history-goes-back-to-earlier-sessions", test_history_goes_back_to_earlier_sessions);
  g_test_add_func ("/key-page/it-can-go-while-history-loads", test_destroyed_while_history_loads);
  g_test_add_func ("/key-page/a-failed-change-is-said-and-can-be-discarded", test_failure);
  g_test_add_func ("/key-page/a-failed-change-can-be-retried", test_retry);
  g_test_add_func ("/key-page/what-somebody-else-changed-too-can-be-compared", test_compare);
  g_test_add_func ("/key-page/an-action-discards-a-failed-change", test_discard);
  g_test_add_func ("/key-page/a-deleted-key-is-gone-until-it-is-undone", test_delete);
  g_test_add_func ("/key-page/a-key-that-was-taken-back-elsewhere-claims-to-open-nothing", test_taken_back_elsewhere);
  g_test_add_func ("/key-page/edit-opens-the-form", test_edit);
  g_test_add_func ("/key-page/sending-again-asks-first", test_resend);
  g_test_add_func ("/key-page/a-used-key-has-no-invitation", test_used_key_is_not_resent);
  g_test_add_func ("/key-page/a-device-is-explained-and-cannot-be-changed", test_device);
  g_test_add_func ("/key-page/it-can-go-while-it-asks", test_destroyed_while_asking);
  g_test_add_func ("/key-page/it-can-go-while-something-is-under-way", test_destroyed_while_pending);
  g_test_add_func ("/key-page/the-menu-names-keys-of-the-keyboard-only-where-there-is-room", test_menu);

  return g_test_run ();
}
