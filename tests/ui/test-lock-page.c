/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

#include "form/hk-field-message.h"
#include "locks/hk-lock-dialog.h"
#include "locks/hk-lock-page.h"

static GtkWidget *
show_page (UiTest *test, const char *name)
{
  GtkWidget *page = hk_lock_page_new (test->account, ui_lock_named (test->account, name));

  ui_test_show (test, page);

  return page;
}

static const char *
get_value (GtkWidget *page, const char *id)
{
  AdwActionRow *row = ui_child (ui_child (page, "details"), id);

  return gtk_widget_get_visible (GTK_WIDGET (row)) ? adw_action_row_get_subtitle (row) : NULL;
}

static guint
count_rows (GtkWidget *page)
{
  GtkListBox *list = ui_child (page, "list");
  guint n = 0;

  while (gtk_list_box_get_row_at_index (list, n) != NULL)
    n++;

  return n;
}

static GtkWidget *
open_dialog (GtkWidget *page)
{
  ui_activate_action (page, "lock.rename");
  ui_await (ui_toplevel (HK_TYPE_LOCK_DIALOG) != NULL);

  return ui_toplevel (HK_TYPE_LOCK_DIALOG);
}

static void
test_tells (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Holiday flat");

  g_assert_cmpstr (gtk_label_get_text (ui_child (page, "state")), ==, "Unlocked");
  g_assert_cmpstr (get_value (page, "connection_row"), ==, "Online");
  g_assert_true (g_str_has_prefix (get_value (page, "battery_row"), "12"));
  g_assert_cmpstr (get_value (page, "door_row"), ==, "Closed");
  g_assert_cmpstr (get_value (page, "device_row"), ==, "3E4D5C6B");
  g_assert_cmpstr (get_value (page, "zone_row"), ==, "Europe/London");
  g_assert_nonnull (get_value (page, "model_row"));
  g_assert_nonnull (get_value (page, "firmware_row"));
  g_assert_true (ui_shows (page, "8 of 200 keys, 5 of 200 codes"));
  g_assert_false (gtk_widget_get_visible (ui_child (page, "trouble")));

  ui_test_free (test);
}

static void
test_offline (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");

  g_assert_cmpstr (gtk_label_get_text (ui_child (page, "state")), ==, "Offline");
  g_assert_true (g_str_has_prefix (get_value (page, "connection_row"), "Offline – last heard of "));
  g_assert_null (get_value (page, "door_row"));

  ui_test_free (test);
}

static void
on_open_key (GtkWidget *page, HkKey *key, HkKey **opened)
{
  *opened = key;
}

static void
test_keys (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");
  HkKey *opened = NULL;
  GtkListBoxRow *row;

  g_assert_cmpuint (count_rows (page), ==, 6);
  g_object_set (page, "show-infrastructure", TRUE, NULL);
  g_assert_cmpuint (count_rows (page), ==, 8);

  row = gtk_list_box_get_row_at_index (ui_child (page, "list"), 0);
  gtk_test_accessible_assert_relation (row, GTK_ACCESSIBLE_RELATION_LABELLED_BY, gtk_list_box_row_get_child (row), NULL);
  g_signal_connect (page, "open-key", G_CALLBACK (on_open_key), &opened);
  ui_click (GTK_WIDGET (row));
  g_assert_cmpstr (hk_key_get_name (opened), ==, "Anna Moser");

  ui_test_free (test);
}

static void
test_delete_focused_key (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (ui_child (page, "list"), 1))));
  ui_activate_action (page, "lock.delete-focused-key");
  g_assert_cmpuint (count_rows (page), ==, 5);
  hk_account_discard (test->account, hk_account_get_undoable (test->account));
  g_assert_cmpuint (count_rows (page), ==, 6);

  ui_test_free (test);
}

static void
test_focus (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *dialog = open_dialog (show_page (test, "Garage"));

  ui_await_frames (dialog);
  ui_await (ui_has_focus (ui_child (dialog, "name_row")));
  hk_dialog_force_close (HK_DIALOG (dialog));

  ui_test_free (test);
}

static void
test_rename (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");
  NukiLock *lock = ui_lock_named (test->account, "Garage");
  GtkWidget *dialog = open_dialog (page);

  g_assert_false (ui_action_enabled (dialog, "lock-dialog.save"));
  ui_set_text (ui_child (dialog, "name_row"), "Garage <left> & right");
  ui_activate_action (dialog, "lock-dialog.save");
  ui_await (ui_toplevel (HK_TYPE_LOCK_DIALOG) == NULL);
  ui_await (g_strcmp0 (nuki_lock_get_name (lock), "Garage <left> & right") == 0);
  ui_await (ui_shows (page, "Garage <left> & right"));

  ui_test_free (test);
}

static void
test_wrong_name (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");
  GtkWidget *dialog = open_dialog (page);
  guint n_requests = nuki_simulator_get_n_requests (test->simulator);

  ui_set_text (ui_child (dialog, "name_row"), "  ");
  g_signal_emit_by_name (ui_child (dialog, "name_row"), "entry-activated");
  ui_await (gtk_widget_get_mapped (ui_child (dialog, "message")));
  g_assert_false (ui_action_enabled (dialog, "lock-dialog.save"));

  ui_set_text (ui_child (dialog, "name_row"), "äääääääääääääääää");
  g_assert_nonnull (strstr (hk_field_message_get_error (ui_child (dialog, "message")), "2 bytes too long"));
  g_assert_cmpuint (nuki_simulator_get_n_requests (test->simulator), ==, n_requests);

  hk_dialog_force_close (HK_DIALOG (dialog));
  ui_test_free (test);
}

static void
test_favorite (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");
  NukiLock *lock = ui_lock_named (test->account, "Garage");

  g_assert_false (nuki_lock_get_favorite (lock));
  ui_click (ui_child (page, "favorite_button"));
  ui_await (nuki_lock_get_favorite (lock));
  ui_await (gtk_toggle_button_get_active (ui_child (page, "favorite_button")));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (ui_child (page, "favorite_button")), ==, "Remove from favorites");

  ui_test_free (test);
}

static void
test_destroyed_while_pending (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test, "Garage");

  ui_click (ui_child (page, "favorite_button"));
  hk_account_refresh (test->account);
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_await (!hk_account_get_refreshing (test->account));

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/lock-page/it-tells-how-the-lock-is-and-how-much-fits", test_tells);
  g_test_add_func ("/lock-page/an-offline-lock-says-since-when", test_offline);
  g_test_add_func ("/lock-page/it-lists-the-keys-and-opens-them", test_keys);
  g_test_add_func ("/lock-page/the-delete-key-deletes-the-key-in-focus", test_delete_focused_key);
  g_test_add_func ("/lock-page/typing-begins-with-the-name", test_focus);
  g_test_add_func ("/lock-page/a-lock-can-be-renamed", test_rename);
  g_test_add_func ("/lock-page/a-wrong-name-is-said-at-its-field-and-nothing-is-sent", test_wrong_name);
  g_test_add_func ("/lock-page/a-lock-can-be-a-favorite", test_favorite);
  g_test_add_func ("/lock-page/it-can-go-while-something-is-under-way", test_destroyed_while_pending);

  return g_test_run ();
}
