/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form/hk-field-message.h"
#include "keys/hk-edit-key-dialog.h"
#include "ui-test.h"

typedef struct
{
  UiTest *ui;
  HkEditKeyDialog *dialog;  /* (unowned): GTK has it */
} Fixture;

static HkEditKeyDialog *
make_dialog (Fixture *fixture, const char *name)
{
  return hk_edit_key_dialog_new (fixture->ui->account, ui_key_named (fixture->ui->account, name));
}

static void
show_dialog (Fixture *fixture, HkEditKeyDialog *dialog)
{
  fixture->dialog = dialog;
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  ui_test_present (fixture->ui, HK_DIALOG (fixture->dialog));
}

static void
open_dialog (Fixture *fixture, const char *name)
{
  show_dialog (fixture, make_dialog (fixture, name));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->ui = ui_test_new ();
  ui_test_show (fixture->ui, gtk_label_new ("behind"));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->dialog != NULL)
    hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_await (fixture->dialog == NULL);
  ui_test_free (fixture->ui);
}

static GtkWidget *
get_widget (Fixture *fixture)
{
  return GTK_WIDGET (fixture->dialog);
}

static gboolean
can_save (Fixture *fixture)
{
  return ui_action_enabled (get_widget (fixture), "edit.save");
}

static void
type_into (Fixture *fixture, const char *name, const char *text)
{
  GtkWidget *entry = ui_find_visible (get_widget (fixture), GTK_TYPE_TEXT, name);

  g_assert_nonnull (entry);
  ui_set_text (entry, text);
}

static void
toggle (Fixture *fixture, const char *name)
{
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (ui_find_visible (get_widget (fixture), GTK_TYPE_TOGGLE_BUTTON, name));

  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
}

static void
save (Fixture *fixture)
{
  ui_click (ui_find_visible (get_widget (fixture), GTK_TYPE_BUTTON, "_Save"));
  ui_await (fixture->dialog == NULL);
}

static gboolean
is_settled (HkAccount *account)
{
  GListModel *changes = hk_account_get_changes (account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (!hk_change_get_settled (change))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full): the only key of that name on the front door, as the simulator has it */
static JsonObject *
dup_record (Fixture *fixture, const char *name)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->ui->simulator);
  JsonArray *all = json_object_get_array_member (json_node_get_object (dump), "keys");
  gint64 lock_id = nuki_lock_get_id (ui_lock_named (fixture->ui->account, "Front door"));

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *record = json_array_get_object_element (all, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (record, "name", NULL), name) == 0 &&
          json_object_get_int_member (record, "smartlockId") == lock_id)
        return json_object_ref (record);
    }

  g_error ("the simulator has no “%s”", name);
}

static void
test_opens_unchanged (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, "John Doe");
  g_assert_false (can_save (fixture));
  g_assert_false (hk_dialog_get_dirty (HK_DIALOG (fixture->dialog)));
  g_assert_true (ui_shows (get_widget (fixture), "john.doe\u200b@example.org"));
  g_assert_true (ui_shows (get_widget (fixture), "smart actions can neither be seen nor changed"));
  g_assert_null (ui_find_visible (get_widget (fixture), GTK_TYPE_TEXT, "Code"));
}

static void
test_every_key_opens_unchanged (Fixture *fixture, gconstpointer user_data)
{
  GListModel *keys = hk_account_get_keys (fixture->ui->account);

  /* Of all kinds and limits, expired ones too. */
  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      g_autoptr (HkEditKeyDraft) draft = hk_edit_key_draft_new (fixture->ui->account, key);
      g_autoptr (NukiKeySpec) spec = hk_edit_key_draft_build (draft);
      g_autoptr (NukiKeySpec) original = hk_key_dup_spec (key);

      if (hk_key_get_infrastructure (key))
        continue;
      g_assert_true (hk_edit_key_draft_get_valid (draft));
      g_assert_false (hk_edit_key_draft_get_changed (draft));
      g_assert_true (nuki_limits_equal (spec->limits, original->limits));
      g_assert_cmpstr (spec->name, ==, original->name);
      g_assert_cmpint (spec->code, ==, original->code);
    }
}

static void
test_saves (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JsonObject) record = NULL;

  open_dialog (fixture, "John Doe");
  type_into (fixture, "Name", "John (flat 3)");
  toggle (fixture, "Wednesday");
  g_assert_true (can_save (fixture));
  save (fixture);
  ui_await (is_settled (fixture->ui->account));

  record = dup_record (fixture, "John (flat 3)");
  g_assert_cmpint (json_object_get_int_member (record, "allowedWeekDays"), ==, NUKI_TUESDAY | NUKI_WEDNESDAY);
  g_assert_cmpint (json_object_get_int_member (record, "allowedFromTime"), ==, 540);
  g_assert_true (json_object_get_boolean_member (record, "enabled"));
}

static void
test_saves_code (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JsonObject) record = NULL;

  open_dialog (fixture, "Cleaning");
  g_assert_null (ui_find_visible (get_widget (fixture), GTK_TYPE_SWITCH, NULL));
  type_into (fixture, "Code", "748596");
  g_assert_false (can_save (fixture));
  type_into (fixture, "Code", "345678");
  save (fixture);
  ui_await (is_settled (fixture->ui->account));

  record = dup_record (fixture, "Cleaning");
  g_assert_cmpint (json_object_get_int_member (record, "code"), ==, 345678);
  g_assert_cmpint (json_object_get_int_member (record, "allowedWeekDays"), ==, 126);
}

static void
test_wrong_input (Fixture *fixture, gconstpointer user_data)
{
  guint n_requests = nuki_simulator_get_n_requests (fixture->ui->simulator);

  open_dialog (fixture, "John Doe");
  type_into (fixture, "Name", "");
  g_assert_false (can_save (fixture));
  type_into (fixture, "Name", "John who has a much too long name");
  g_assert_true (ui_shows (get_widget (fixture), "1 byte too long"));
  g_assert_false (can_save (fixture));
  type_into (fixture, "Name", "John Doe");
  g_assert_false (can_save (fixture));

  toggle (fixture, "Tuesday");
  g_assert_true (ui_shows (get_widget (fixture), "Choose at least one day."));
  g_assert_false (can_save (fixture));
  g_assert_true (hk_dialog_get_dirty (HK_DIALOG (fixture->dialog)));
  ui_settle ();
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->ui->simulator), ==, n_requests);
}

/* At the field, once the user went on to the next one. */
static void
assert_wrong (Fixture *fixture, const char *name, const char *text, const char *error)
{
  GtkWidget *entry = ui_find_visible (get_widget (fixture), GTK_TYPE_ENTRY, name);
  GtkWidget *label = NULL;

  g_test_message ("%s: “%s”", name, text);
  if (entry == NULL)
    entry = ui_find_visible (get_widget (fixture), GTK_TYPE_TEXT, name);
  gtk_widget_grab_focus (entry);
  ui_set_text (entry, text);
  g_assert_false (can_save (fixture));
  gtk_widget_child_focus (get_widget (fixture), GTK_DIR_TAB_FORWARD);
  ui_await ((label = ui_find_visible (get_widget (fixture), GTK_TYPE_LABEL, error)) != NULL);
  g_assert_nonnull (gtk_widget_get_ancestor (label, HK_TYPE_FIELD_MESSAGE));
}

static void
test_each_field_says_what_is_wrong (Fixture *fixture, gconstpointer user_data)
{
  guint n_requests = nuki_simulator_get_n_requests (fixture->ui->simulator);

  open_dialog (fixture, "Cleaning");
  assert_wrong (fixture, "Name", "", "Enter a name.");
  assert_wrong (fixture, "Name", "Cleaning\nlady", "A name is one line: take out line breaks and tabs.");
  type_into (fixture, "Name", "Cleaning");
  assert_wrong (fixture, "Code", "", "A code has exactly 6 digits.");
  assert_wrong (fixture, "Code", "12345", "A code has exactly 6 digits.");
  assert_wrong (fixture, "Code", "748596", "Front door already has this code: take another.");
  type_into (fixture, "Code", "292929");
  assert_wrong (fixture, "Hours, until", "10:00", "The beginning and the end are the same.");
  assert_wrong (fixture, "Hours, until", "noon", "Enter times such as 9:00 and 17:30.");
  assert_wrong (fixture, "Hours, until", "", "Fill in both times, or none for the whole day.");

  ui_settle ();
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->ui->simulator), ==, n_requests);
}

static void
test_asks_before_losing (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, "John Doe");
  type_into (fixture, "Name", "Jonathan");
  ui_click (ui_find_visible (get_widget (fixture), GTK_TYPE_BUTTON, "_Cancel"));
  ui_answer_alert ("Discard");
  ui_await (fixture->dialog == NULL);
  g_assert_nonnull (ui_key_named (fixture->ui->account, "John Doe"));
}

static void
test_destroyed_while_loading (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, "John Doe");
  hk_account_refresh (fixture->ui->account);
  hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_await (fixture->dialog == NULL);
  ui_await (!hk_account_get_refreshing (fixture->ui->account));
}

static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  int width, height;

  open_dialog (fixture, "John Doe");
  gtk_widget_measure (get_widget (fixture), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (get_widget (fixture), GTK_ORIENTATION_VERTICAL, 360, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  g_assert_cmpint (height, <=, 294);
}

static void
test_focus_is_in_view (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) forward = NULL;
  g_autoptr (GPtrArray) backward = NULL;

  open_dialog (fixture, "John Doe");
  toggle (fixture, "_Weekly");
  type_into (fixture, "Name", "");
  forward = ui_walk (get_widget (fixture), GTK_DIR_TAB_FORWARD);
  backward = ui_walk (get_widget (fixture), GTK_DIR_TAB_BACKWARD);
  g_assert_cmpuint (forward->len, ==, 10);
  g_assert_cmpuint (backward->len, ==, 10);
}

static void
test_chosen_limits_are_in_view (Fixture *fixture, gconstpointer user_data)
{
  static const int heights[] = { 640, 294 };

  for (gsize i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      HkEditKeyDialog *dialog = make_dialog (fixture, "Anna Moser");
      GtkWidget *editor = ui_child (dialog, "limits_editor");

      g_object_set (dialog, "body-width", 360, "body-height", heights[i], NULL);
      show_dialog (fixture, dialog);
      ui_await (ui_has_focus (ui_child (dialog, "name_row")));

      toggle (fixture, "_Weekly");
      ui_await (ui_in_view (ui_child (editor, "weekday_row")));
      toggle (fixture, "_From–Until");
      ui_await (ui_in_view (ui_child (editor, "from_row")));
      g_assert_true (ui_in_view (ui_child (editor, "range_toggle")));
      g_assert_true (ui_has_focus (ui_child (dialog, "name_row")));
      hk_dialog_force_close (HK_DIALOG (dialog));
      ui_await (fixture->dialog == NULL);
    }
}

static void
test_focus (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, "John Doe");
  ui_await_frames (get_widget (fixture));
  ui_await (ui_has_focus (ui_child (fixture->dialog, "name_row")));
}

#define ADD(name, function) g_test_add ("/edit-key-dialog/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("opens-unchanged", test_opens_unchanged);
  ADD ("a-key-that-nobody-touched-is-the-same", test_every_key_opens_unchanged);
  ADD ("typing-begins-with-the-name", test_focus);
  ADD ("saves-name-and-limits", test_saves);
  ADD ("saves-a-code", test_saves_code);
  ADD ("wrong-input-is-said-and-not-saved", test_wrong_input);
  ADD ("each-field-says-what-is-wrong-with-it", test_each_field_says_what_is_wrong);
  ADD ("asks-before-something-is-lost", test_asks_before_losing);
  ADD ("may-go-while-the-account-loads", test_destroyed_while_loading);
  ADD ("fits-into-the-smallest-window", test_narrow);
  ADD ("where-the-focus-goes-is-in-view", test_focus_is_in_view);
  ADD ("the-limits-that-are-chosen-open-in-view", test_chosen_limits_are_in_view);

  return g_test_run ();
}
