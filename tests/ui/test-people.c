/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

#include "form/hk-field-message.h"
#include "keys/hk-key-row.h"
#include "people/hk-people-page.h"
#include "people/hk-person-dialog.h"
#include "people/hk-person-page.h"
#include "people/hk-person-row.h"

static guint
count_listed (GtkWidget *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (ui_child (page, "list"))));
}

static void
on_opened (GtkWidget *page, gpointer opened, gpointer *last)
{
  *last = opened;
}

static GtkWidget *
show_person (UiTest *test, const char *name)
{
  GtkWidget *page = hk_person_page_new (test->account, ui_person_named (test->account, name));

  ui_test_show (test, page);

  return page;
}

static GtkWidget *
open_dialog (GtkWidget *page)
{
  ui_activate_action (page, "person.edit");
  ui_await (ui_toplevel (HK_TYPE_PERSON_DIALOG) != NULL);

  return ui_toplevel (HK_TYPE_PERSON_DIALOG);
}

static void
test_lists_people (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = hk_people_page_new (test->account);
  GtkWidget *row;

  ui_test_show (test, page);
  g_assert_cmpuint (count_listed (page), ==, 12);
  ui_await ((row = ui_find_visible (page, HK_TYPE_PERSON_ROW, "Anna Moser")) != NULL);
  ui_await (g_str_equal (gtk_label_get_text (ui_child (row, "count")), "3 keys"));
  g_assert_cmpstr (gtk_label_get_text (ui_child (row, "email")), ==, "anna.moser\u200b@example.org");
  g_assert_cmpuint (
      hk_people_page_count_keys (HK_PEOPLE_PAGE (page), ui_person_named (test->account, "Jiří Novák")), ==, 1);
  g_assert_true (hk_person_row_get_person (HK_PERSON_ROW (row)) == ui_person_named (test->account, "Anna Moser"));

  ui_test_free (test);
}

static void
test_search_people (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = hk_people_page_new (test->account);

  ui_test_show (test, page);
  g_object_set (page, "search-mode", TRUE, NULL);
  ui_set_text (ui_child (page, "search_entry"), "ludmila");
  ui_await (count_listed (page) == 1);
  ui_set_text (ui_child (page, "search_entry"), "zoe.lund@");
  g_signal_emit_by_name (ui_child (page, "search_entry"), "activate");
  g_assert_cmpuint (count_listed (page), ==, 1);
  ui_await (gtk_widget_is_ancestor (gtk_window_get_focus (test->window), ui_child (page, "list")));
  ui_set_text (ui_child (page, "search_entry"), "nobody");
  ui_await (ui_shows (page, "No Results Found"));
  g_object_set (page, "search-mode", FALSE, NULL);
  ui_await (count_listed (page) == 12);

  ui_test_free (test);
}

static void
test_opens_person (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = hk_people_page_new (test->account);
  gpointer opened = NULL;

  g_signal_connect (page, "open-person", G_CALLBACK (on_opened), &opened);
  ui_test_show (test, page);
  g_signal_emit_by_name (ui_child (page, "list"), "activate", 0);
  g_assert_true (opened == ui_person_named (test->account, "Anna Moser"));

  ui_test_free (test);
}

static void
test_nobody (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = hk_people_page_new (test->account);

  ui_test_show (test, page);
  g_assert_true (ui_shows (page, "Nobody Here Yet"));

  ui_test_free (test);
}

static void
test_person (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkListBox *list = ui_child (page, "list");
  gpointer opened = NULL;

  g_assert_cmpstr (gtk_label_get_text (ui_child (page, "name")), ==, "Anna Moser");
  g_assert_cmpstr (adw_action_row_get_subtitle (ui_child (page, "language_row")), ==, "German");
  g_assert_nonnull (gtk_list_box_get_row_at_index (list, 2));
  g_assert_null (gtk_list_box_get_row_at_index (list, 3));
  g_assert_true (ui_shows (GTK_WIDGET (list), "Garage"));

  g_signal_connect (page, "open-key", G_CALLBACK (on_opened), &opened);
  ui_click (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)));
  g_assert_cmpstr (hk_key_get_lock_name (opened), ==, "Front door");

  ui_test_free (test);
}

static void
test_person_without_keys (void)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autofree char *words = hk_person_page_describe_deletion ("Anna <b>&", keys);

  g_assert_true (g_str_has_prefix (words, "Anna <b>& has no keys."));
}

static void
test_person_with_key_and_code (void)
{
  UiTest *test = ui_test_new ();
  NukiUser *aoife = ui_person_named (test->account, "Aoife O’Brien");
  g_autoptr (GPtrArray) keys = hk_account_list_person_keys (test->account, aoife);
  g_autofree char *words = hk_person_page_describe_deletion ("Aoife O’Brien", keys);

  g_assert_cmpuint (keys->len, ==, 3);
  g_assert_true (g_str_has_prefix (words, "2 keys and 1 code for Front door and Holiday flat are taken back first. "));

  ui_test_free (test);
}

static void
test_delete_focused_key (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkListBox *list = ui_child (page, "list");

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 1))));
  ui_activate_action (page, "person.delete-focused-key");
  g_assert_null (gtk_list_box_get_row_at_index (list, 2));
  hk_account_discard (test->account, hk_account_get_undoable (test->account));
  g_assert_nonnull (gtk_list_box_get_row_at_index (list, 2));

  ui_test_free (test);
}

static void
test_invite_button (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkWidget *button = NULL;
  int natural = 0;

  /* Where there is room, its icon is beside its label. */
  ui_await ((button = ui_find_visible (page, GTK_TYPE_BUTTON, "Invite")) != NULL && gtk_widget_get_width (button) > 0);
  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_width (button), <=, natural);

  ui_test_free (test);
}

static void
test_focus (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *dialog = open_dialog (show_person (test, "Anna Moser"));

  ui_await_frames (dialog);
  ui_await (ui_has_focus (ui_child (dialog, "name_row")));
  hk_dialog_force_close (HK_DIALOG (dialog));

  ui_test_free (test);
}

static void
test_edit (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkWidget *dialog = open_dialog (page);
  NukiUser *person = ui_person_named (test->account, "Anna Moser");

  g_assert_false (ui_action_enabled (dialog, "person-dialog.save"));
  ui_set_text (ui_child (dialog, "name_row"), "  Anna Moser-Berg ");
  g_assert_true (ui_action_enabled (dialog, "person-dialog.save"));
  g_assert_true (hk_dialog_get_dirty (HK_DIALOG (dialog)));
  ui_activate_action (dialog, "person-dialog.save");
  ui_await (ui_toplevel (HK_TYPE_PERSON_DIALOG) == NULL);

  ui_await (g_strcmp0 (nuki_user_get_name (person), "Anna Moser-Berg") == 0);
  ui_await (ui_shows (page, "Anna Moser-Berg"));
  ui_await (!gtk_widget_get_visible (ui_child (page, "card")));
  /* Her keys keep their name, and say so where it differs. */
  g_assert_cmpstr (hk_key_get_name (ui_key_named (test->account, "Anna Moser")), ==, "Anna Moser");

  ui_test_free (test);
}

static void
test_wrong_input (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkWidget *dialog = open_dialog (page);
  guint n_requests = nuki_simulator_get_n_requests (test->simulator);

  ui_set_text (ui_child (dialog, "name_row"), "");
  ui_set_text (ui_child (dialog, "email_row"), "anna@");
  g_assert_false (ui_action_enabled (dialog, "person-dialog.save"));
  g_signal_emit_by_name (ui_child (dialog, "email_row"), "entry-activated");
  ui_await (gtk_widget_get_mapped (ui_child (dialog, "email_message")));
  g_assert_cmpstr (hk_field_message_get_error (ui_child (dialog, "name_message")), ==, "Enter a name.");
  g_assert_true (gtk_widget_get_visible (ui_child (dialog, "name_message")));

  ui_set_text (ui_child (dialog, "name_row"), "Anna Moser");
  g_assert_false (gtk_widget_get_visible (ui_child (dialog, "name_message")));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (test->account)), ==, 0);
  g_assert_cmpuint (nuki_simulator_get_n_requests (test->simulator), ==, n_requests);

  hk_dialog_force_close (HK_DIALOG (dialog));
  ui_test_free (test);
}

static void
test_taken_address (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  GtkWidget *dialog = open_dialog (page);
  GtkWidget *card = ui_child (page, "card");

  ui_set_text (ui_child (dialog, "email_row"), "john.doe@example.org");
  ui_activate_action (dialog, "person-dialog.save");
  ui_await (gtk_widget_get_mapped (card) && ui_find_visible (card, GTK_TYPE_BUTTON, "_Discard") != NULL);
  ui_click (ui_find_visible (card, GTK_TYPE_BUTTON, "_Discard"));
  ui_await (!gtk_widget_get_visible (card));
  g_assert_cmpstr (nuki_user_get_email (ui_person_named (test->account, "Anna Moser")), ==,
                   "anna.moser@example.org");

  ui_test_free (test);
}

static void
test_delete (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Giulia Rossi");
  g_autoptr (GPtrArray) keys
      = hk_account_list_person_keys (test->account, ui_person_named (test->account, "Giulia Rossi"));
  g_autofree char *words = hk_person_page_describe_deletion ("Giulia Rossi", keys);

  g_assert_true (g_str_has_prefix (words, "2 keys for Front door and Street intercom are taken back first. ")
                 || g_str_has_prefix (words, "2 keys for Street intercom and Front door are taken back first. "));

  ui_activate_action (page, "person.delete");
  ui_answer_alert ("_Cancel");
  g_assert_null (hk_account_get_undoable (test->account));

  ui_activate_action (page, "person.delete");
  ui_answer_alert ("_Delete");
  ui_await (hk_account_get_undoable (test->account) != NULL);
  g_assert_true (ui_shows (page, "This Person Is Gone"));

  hk_account_discard (test->account, hk_account_get_undoable (test->account));
  ui_await (!ui_shows (page, "This Person Is Gone"));

  ui_test_free (test);
}

static void
test_switch_off_keys (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Anna Moser");
  NukiUser *person = ui_person_named (test->account, "Anna Moser");
  g_autoptr (GPtrArray) keys = hk_account_list_person_keys (test->account, person);

  g_assert_cmpuint (keys->len, ==, 3);
  hk_account_switch_key (test->account, g_ptr_array_index (keys, 0), FALSE);
  ui_activate_action (page, "person.switch-off-keys");
  for (guint i = 0; i < keys->len; i++)
    g_assert_false (hk_key_get_enabled (g_ptr_array_index (keys, i)));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (test->account)), ==, 3);
  ui_await (!ui_action_enabled (page, "person.switch-off-keys"));

  hk_account_switch_key (test->account, g_ptr_array_index (keys, 1), TRUE);
  ui_await (ui_action_enabled (page, "person.switch-off-keys"));

  ui_test_free (test);
}

static void
test_destroyed_while_asking (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_person (test, "Giulia Rossi");

  ui_activate_action (page, "person.delete");
  ui_settle ();
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_settle ();
  g_assert_null (hk_account_get_undoable (test->account));

  ui_test_free (test);
}

static void
test_destroyed_while_loading (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = hk_people_page_new (test->account);

  ui_test_show (test, page);
  hk_account_refresh (test->account);
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_await (!hk_account_get_refreshing (test->account));

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/people/everybody-is-listed-with-the-number-of-their-keys", test_lists_people);
  g_test_add_func ("/people/a-search-looks-at-names-and-addresses", test_search_people);
  g_test_add_func ("/people/activating-a-row-opens-the-person", test_opens_person);
  g_test_add_func ("/people/nobody-yet-offers-to-invite", test_nobody);
  g_test_add_func ("/people/a-person-has-their-keys-on-all-locks", test_person);
  g_test_add_func ("/people/deleting-somebody-without-keys-is-said-plainly", test_person_without_keys);
  g_test_add_func ("/people/a-lock-is-named-once-for-a-key-and-a-code", test_person_with_key_and_code);
  g_test_add_func ("/people/the-delete-key-deletes-the-key-in-focus", test_delete_focused_key);
  g_test_add_func ("/people/to-invite-a-person-there-is-an-icon-beside-the-words", test_invite_button);
  g_test_add_func ("/people/typing-begins-with-the-name", test_focus);
  g_test_add_func ("/people/an-edit-is-saved-and-leaves-the-keys-their-names", test_edit);
  g_test_add_func ("/people/wrong-input-is-said-at-its-field-and-nothing-is-sent", test_wrong_input);
  g_test_add_func ("/people/an-address-that-is-taken-is-said-on-the-page", test_taken_address);
  g_test_add_func ("/people/deleting-asks-and-says-what-becomes-of-the-keys", test_delete);
  g_test_add_func ("/people/all-keys-of-somebody-are-switched-off-at-once", test_switch_off_keys);
  g_test_add_func ("/people/the-page-can-go-while-it-asks", test_destroyed_while_asking);
  g_test_add_func ("/people/the-list-can-go-while-it-loads", test_destroyed_while_loading);

  return g_test_run ();
}
