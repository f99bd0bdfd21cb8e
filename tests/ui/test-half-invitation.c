/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An invitation of somebody new to several locks of which some got the key and some did not: each says how it is. */

#include "ui-test.h"

#include "changes/hk-change-row.h"
#include "changes/hk-changes-dialog.h"
#include "keys/hk-key-row.h"
#include "keys/hk-keys-page.h"
#include "people/hk-person-page.h"

#define NAME "Clara Half"

static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };
static const NukiSimFault trouble = { NUKI_SIM_FAULT_ANSWER, .status = 503 };

static HkChange *
find_change (GPtrArray *changes, const char *lock_name)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_equal (nuki_lock_get_name (hk_change_get_lock (g_ptr_array_index (changes, i))), lock_name))
      return g_ptr_array_index (changes, i);

  g_assert_not_reached ();
}

static GPtrArray *
invite (UiTest *test, const char *const *lock_names)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, NAME);
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);

  hk_invitation_set_new_person (invitation, NAME, "clara@example.org", "en");
  for (; *lock_names != NULL; lock_names++)
    hk_invitation_add_lock (invitation, nuki_lock_get_id (ui_lock_named (test->account, *lock_names)));

  return hk_account_invite (test->account, invitation);
}

static void
spoil_lock (UiTest *test, const char *lock_name, const char *method, const NukiSimFault *fault, guint count)
{
  const gint64 lock_id = nuki_lock_get_id (ui_lock_named (test->account, lock_name));
  g_autofree char *path = g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT "/auth*", lock_id);

  nuki_simulator_add_fault (test->simulator, method, path, count, fault);
}

static GtkWidget *
find_row (GtkWidget *root, GType type, const char *lock_name)
{
  for (GtkWidget *row = gtk_widget_get_first_child (root); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = GTK_IS_LIST_BOX_ROW (row) && !HK_IS_CHANGE_ROW (row)
                             ? gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))
                             : row;

      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && ui_shows (child, lock_name))
        return child;
    }

  return NULL;
}

/* The front door gets the key, the garage refuses it, and the intercom is offline. */
static void
test_each_lock_says_how_it_is (void)
{
  static const char *const lock_names[] = { "Front door", "Garage", "Street intercom", NULL };
  UiTest *test = ui_test_new ();
  g_autoptr (GPtrArray) changes = NULL;
  HkChangesDialog *dialog;
  GtkWidget *page, *list, *keys;

  nuki_simulator_set_lock_online (test->simulator,
                                  nuki_lock_get_id (ui_lock_named (test->account, "Street intercom")), FALSE);
  hk_account_refresh (test->account);
  ui_await (!hk_account_get_refreshing (test->account));
  /* Neither with the others nor alone. */
  nuki_simulator_add_fault (test->simulator, "PUT", "/smartlock/auth", 1, &refusal);
  spoil_lock (test, "Garage", "PUT", &refusal, 1);
  changes = invite (test, lock_names);
  ui_await (hk_change_get_state (find_change (changes, "Front door")) == HK_CHANGE_CONFIRMED);
  ui_await (hk_change_get_state (find_change (changes, "Garage")) == HK_CHANGE_FAILED);
  ui_await (hk_change_get_state (find_change (changes, "Street intercom")) == HK_CHANGE_ACCEPTED);

  page = hk_person_page_new (test->account, ui_person_named (test->account, NAME));
  list = ui_child (page, "list");
  ui_test_show (test, page);
  ui_await (find_row (list, HK_TYPE_KEY_ROW, "Street intercom") != NULL);
  g_assert_false (ui_shows (find_row (list, HK_TYPE_KEY_ROW, "Front door"), "Failed"));
  g_assert_false (ui_shows (find_row (list, HK_TYPE_KEY_ROW, "Front door"), "Waiting"));
  g_assert_true (ui_shows (find_row (list, HK_TYPE_KEY_ROW, "Garage"), "Failed"));
  g_assert_nonnull (ui_find_visible (find_row (list, HK_TYPE_KEY_ROW, "Garage"), GTK_TYPE_BUTTON, "Retry"));
  g_assert_true (ui_shows (find_row (list, HK_TYPE_KEY_ROW, "Street intercom"), "Street intercom is offline"));

  /* The list of all keys tells the same. */
  g_clear_pointer (&test->window, gtk_window_destroy);
  keys = hk_keys_page_new (test->account);
  ui_test_show (test, keys);
  g_object_set (keys, "search-mode", TRUE, NULL);
  ui_set_text (ui_child (keys, "search_entry"), NAME);
  ui_await (ui_shows (keys, "Failed") && ui_shows (keys, "Street intercom is offline"));

  dialog = hk_changes_dialog_new (test->account);
  ui_test_present (test, HK_DIALOG (dialog));
  list = ui_child (dialog, "list");
  g_assert_null (find_row (list, HK_TYPE_CHANGE_ROW, "Front door"));
  g_assert_true (ui_shows (find_row (list, HK_TYPE_CHANGE_ROW, "Garage"), "Failed"));
  g_assert_true (ui_shows (find_row (list, HK_TYPE_CHANGE_ROW, "Street intercom"), "Waiting for the lock"));

  /* The one that failed can be tried again, for itself. */
  ui_click (ui_child (find_row (list, HK_TYPE_CHANGE_ROW, "Garage"), "retry_button"));
  ui_await (hk_change_get_state (find_change (changes, "Garage")) == HK_CHANGE_ACCEPTED);

  ui_test_free (test);
}

/* A key that has to wait for its turn at a lock belongs to the person as soon as there is one. */
static void
test_a_key_whose_turn_has_not_come_is_with_the_person (void)
{
  static const char *const lock_names[] = { "Front door", "Garage", NULL };
  UiTest *test = ui_test_new ();
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  HkKey *key = NULL;
  GtkWidget *page;

  keys = hk_account_list_person_keys (test->account, ui_person_named (test->account, "Anna Moser"));
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (hk_key_get_lock_name (g_ptr_array_index (keys, i)), "Garage"))
      key = g_ptr_array_index (keys, i);
  spoil_lock (test, "Garage", "POST", &trouble, NUKI_SIM_ALWAYS);
  hk_account_switch_key (test->account, key, !hk_key_get_enabled (key));
  ui_await (hk_change_get_stuck (hk_key_get_change (key)));

  changes = invite (test, lock_names);
  ui_await (hk_change_get_state (find_change (changes, "Front door")) == HK_CHANGE_CONFIRMED);
  g_assert_cmpint (hk_change_get_state (find_change (changes, "Garage")), ==, HK_CHANGE_WAITING);
  page = hk_person_page_new (test->account, ui_person_named (test->account, NAME));
  ui_test_show (test, page);
  ui_await (find_row (ui_child (page, "list"), HK_TYPE_KEY_ROW, "Garage") != NULL);
  g_assert_true (ui_shows (find_row (ui_child (page, "list"), HK_TYPE_KEY_ROW, "Garage"), "Waiting to be sent"));

  ui_test_free (test);
}

/* Nobody could be made, so there is no page of a person; the keys say why. */
static void
test_without_a_person_every_key_says_why (void)
{
  static const char *const lock_names[] = { "Front door", "Garage", NULL };
  UiTest *test = ui_test_new ();
  g_autoptr (GPtrArray) changes = NULL;
  GtkWidget *page;

  nuki_simulator_add_fault (test->simulator, "PUT", "/account/user", 2, &refusal);
  changes = invite (test, lock_names);
  ui_await (hk_change_get_state (find_change (changes, "Front door")) == HK_CHANGE_FAILED);
  ui_await (hk_change_get_state (find_change (changes, "Garage")) == HK_CHANGE_FAILED);
  page = hk_keys_page_new (test->account);
  ui_test_show (test, page);
  g_object_set (page, "search-mode", TRUE, NULL);
  ui_set_text (ui_child (page, "search_entry"), NAME);
  ui_await (ui_shows (page, "Failed"));
  g_assert_true (ui_shows (page, "Front door"));
  g_assert_true (ui_shows (page, "Garage"));

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/half-invitation/each-lock-says-how-it-is", test_each_lock_says_how_it_is);
  g_test_add_func ("/half-invitation/a-key-whose-turn-has-not-come-is-with-the-person",
                   test_a_key_whose_turn_has_not_come_is_with_the_person);
  g_test_add_func ("/half-invitation/without-a-person-every-key-says-why", test_without_a_person_every_key_says_why);

  return g_test_run ();
}
