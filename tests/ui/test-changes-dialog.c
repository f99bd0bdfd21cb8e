/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "changes/hk-change-row.h"
#include "changes/hk-changes-dialog.h"
#include "changes/hk-conflict-dialog.h"
#include "ui-test.h"
#include "window/hk-sidebar.h"

typedef struct
{
  UiTest *test;
  HkChangesDialog *dialog;
  HkKey *opened;
} Fixture;

static void
on_open_key (HkChangesDialog *dialog, HkKey *key, Fixture *fixture)
{
  fixture->opened = key;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
}

static void
present (Fixture *fixture)
{
  ui_test_show (fixture->test, gtk_label_new (NULL));
  fixture->dialog = hk_changes_dialog_new (fixture->test->account);
  g_signal_connect (fixture->dialog, "open-key", G_CALLBACK (on_open_key), fixture);
  ui_test_present (fixture->test, HK_DIALOG (fixture->dialog));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
}

static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };
static const NukiSimFault trouble = { NUKI_SIM_FAULT_ANSWER, .status = 503 };

static HkChange *
switch_off (Fixture *fixture, const NukiSimFault *fault, guint count)
{
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");

  nuki_simulator_add_fault (fixture->test->simulator, "POST", "*", count, fault);

  return hk_account_switch_key (fixture->test->account, key, !hk_key_get_enabled (key));
}

static HkChangeRow *
get_row (Fixture *fixture)
{
  return HK_CHANGE_ROW (gtk_list_box_get_row_at_index (ui_child (fixture->dialog, "list"), 0));
}

static void
test_nothing (Fixture *fixture, gconstpointer user_data)
{
  present (fixture);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->dialog), "Nothing Is Waiting"));
}

static void
test_retry (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HkChange) change = g_object_ref (switch_off (fixture, &refusal, 1));

  ui_await (hk_change_get_state (change) == HK_CHANGE_FAILED);
  present (fixture);
  g_assert_true (ui_shows (GTK_WIDGET (get_row (fixture)), "Switch off the key of Anna Moser"));
  g_assert_true (hk_change_row_get_change (get_row (fixture)) == change);
  ui_click (ui_child (get_row (fixture), "retry_button"));
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
  ui_await (ui_shows (GTK_WIDGET (fixture->dialog), "Nothing Is Waiting"));
}

static void
test_discard (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (HkChange) change = g_object_ref (switch_off (fixture, &trouble, NUKI_SIM_ALWAYS));

  ui_await (hk_change_get_stuck (change));
  present (fixture);
  g_assert_true (ui_shows (GTK_WIDGET (get_row (fixture)), "Waiting for the service"));
  g_assert_false (gtk_widget_get_visible (ui_child (get_row (fixture), "retry_button")));
  ui_click (ui_child (get_row (fixture), "discard_button"));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_DISCARDED);
  ui_await (ui_shows (GTK_WIDGET (fixture->dialog), "Nothing Is Waiting"));
}

static void
test_open (Fixture *fixture, gconstpointer user_data)
{
  HkChange *change = switch_off (fixture, &refusal, 1);
  HkKey *key = hk_account_find_changed_key (fixture->test->account, change);

  ui_await (hk_change_get_state (change) == HK_CHANGE_FAILED);
  present (fixture);
  g_signal_emit_by_name (ui_child (fixture->dialog, "list"), "row-activated", get_row (fixture));
  g_assert_true (fixture->opened == key);
}

/* Somebody else was quicker: the form was opened before. */
static void
test_compare (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");
  g_autoptr (NukiKeySpec) base = hk_key_dup_spec (key);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autoptr (NukiLimits) before = nuki_limits_new (NULL, NULL, NUKI_MONDAY, 9 * 60, 12 * 60);
  g_autoptr (NukiLimits) after = nuki_limits_new (NULL, NULL, NUKI_FRIDAY, 9 * 60, 12 * 60);
  g_autoptr (HkChange) change = NULL;
  GtkWidget *dialog;

  nuki_key_spec_set_name (base, "Anna");
  nuki_key_spec_set_limits (base, before);
  nuki_key_spec_set_name (spec, "Anna M.");
  nuki_key_spec_set_limits (spec, after);
  change = g_object_ref (hk_account_update_key (fixture->test->account, key, base, spec));
  ui_await (hk_change_get_conflict (change) != 0);
  present (fixture);
  g_assert_true (gtk_widget_get_visible (ui_child (get_row (fixture), "compare_button")));
  g_assert_false (gtk_widget_get_visible (ui_child (get_row (fixture), "retry_button")));

  ui_click (ui_child (get_row (fixture), "compare_button"));
  ui_await ((dialog = ui_toplevel (HK_TYPE_CONFLICT_DIALOG)) != NULL);
  g_assert_true (ui_shows (dialog, "Theirs: Anna Moser\nYours: Anna M."));
  g_assert_true (ui_shows (dialog, "Theirs: Always\nYours: Fri, \u20669:00\u2060–\u206012:00\u2069"));
  ui_click (ui_find_visible (dialog, GTK_TYPE_BUTTON, "Use _Mine"));
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (hk_key_get_name (key), ==, "Anna M.");
}

static HkConflictDialog *
present_conflict (Fixture *fixture, HkChange *change)
{
  HkConflictDialog *dialog;

  ui_await (hk_change_get_conflict (change) != 0);
  dialog = hk_conflict_dialog_new (fixture->test->account, change);
  ui_test_present (fixture->test, HK_DIALOG (dialog));

  return dialog;
}

static void
test_compare_person (Fixture *fixture, gconstpointer user_data)
{
  NukiUser *person = ui_person_named (fixture->test->account, "Anna Moser");
  g_autoptr (HkDetails) seen = hk_details_new_of_person ("Anna", "anna@example.com", "it");
  g_autoptr (HkChange) change = NULL;
  HkConflictDialog *dialog;

  change = g_object_ref (hk_account_update_person (fixture->test->account, person, seen, "Anna M.", "anna@example.net",
                                                   "fr"));
  dialog = present_conflict (fixture, change);
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Theirs: Anna Moser\nYours: Anna M."));
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Theirs: anna.moser\u200b@example.org\nYours: anna\u200b@example.net"));
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "Yours: French"));
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "While you edited this person"));
  ui_click (ui_find_visible (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Use _Mine"));
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
  g_assert_cmpstr (nuki_user_get_email (person), ==, "anna@example.net");
}

static void
test_compare_lock (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (fixture->test->account), 0);
  g_autofree char *name = g_strdup (nuki_lock_get_name (lock));
  g_autofree char *both = g_strdup_printf ("Theirs: %s\nYours: Side door", name);
  g_autoptr (HkDetails) seen = hk_details_new_of_lock ("Gate", nuki_lock_get_favorite (lock));
  g_autoptr (HkChange) change = NULL;
  HkConflictDialog *dialog;

  change = g_object_ref (hk_account_update_lock (fixture->test->account, lock, seen, "Side door", seen->favorite));
  dialog = present_conflict (fixture, change);
  g_assert_true (ui_shows (GTK_WIDGET (dialog), both));
  g_assert_true (ui_shows (GTK_WIDGET (dialog), "While you edited this lock"));
  ui_click (ui_find_visible (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Keep _Theirs"));
  ui_await (hk_change_get_state (change) == HK_CHANGE_DISCARDED);
  g_assert_cmpstr (nuki_lock_get_name (lock), ==, name);
}

static void
test_sidebar (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *sidebar = g_object_new (HK_TYPE_SIDEBAR, "account", fixture->test->account, NULL);
  HkChange *change;

  ui_test_show (fixture->test, sidebar);
  g_assert_false (gtk_widget_get_visible (ui_child (sidebar, "changes_button")));
  change = switch_off (fixture, &refusal, 1);
  ui_await (gtk_widget_get_visible (ui_child (sidebar, "changes_button")));
  g_assert_cmpstr (gtk_label_get_label (ui_child (sidebar, "changes_label")), ==, "1 change is not done yet");
  hk_account_discard (fixture->test->account, change);
  ui_await (!gtk_widget_get_visible (ui_child (sidebar, "changes_button")));
}

#define ADD(name, func) g_test_add ("/changes-dialog/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("says-that-nothing-is-waiting", test_nothing);
  ADD ("retries-what-failed", test_retry);
  ADD ("discards-what-waits", test_discard);
  ADD ("opens-the-key-of-a-change", test_open);
  ADD ("offers-to-compare-what-somebody-else-changed-too", test_compare);
  ADD ("shows-what-somebody-else-made-of-a-person", test_compare_person);
  ADD ("shows-what-somebody-else-made-of-a-lock", test_compare_lock);
  ADD ("is-offered-in-the-sidebar-when-something-is-stuck", test_sidebar);

  return g_test_run ();
}
