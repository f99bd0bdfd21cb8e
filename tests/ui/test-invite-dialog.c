/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "compat/hk-announcer.h"
#include "form/hk-control-row.h"
#include "form/hk-field-message.h"
#include "invite/hk-invite-dialog.h"
#include "invite/hk-person-chooser.h"
#include "ui-test.h"

typedef struct
{
  UiTest *ui;
  HkInviteDialog *dialog;  /* (unowned): GTK has it */
  guint n_requests;        /* before the dialog was filled in */
} Fixture;

static void
show_dialog (Fixture *fixture, HkInviteDialog *dialog)
{
  fixture->dialog = dialog;
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  ui_test_present (fixture->ui, HK_DIALOG (fixture->dialog));
  fixture->n_requests = nuki_simulator_get_n_requests (fixture->ui->simulator);
}

static void
open_dialog (Fixture *fixture, NukiUser *person, NukiLock *lock)
{
  show_dialog (fixture, hk_invite_dialog_new (fixture->ui->account, person, lock));
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

static HkInviteDraft *
get_draft (Fixture *fixture)
{
  return hk_invite_dialog_get_draft (fixture->dialog);
}

static HkLimitsDraft *
get_limits (Fixture *fixture)
{
  return hk_invite_draft_get_limits (get_draft (fixture));
}

/* The button, entry or toggle of that accessible name. */
static GtkWidget *
get_named (Fixture *fixture, GType type, const char *name)
{
  GtkWidget *widget = ui_find_visible (get_widget (fixture), type, name);

  if (widget == NULL)
    g_error ("there is no visible %s “%s”", g_type_name (type), name);

  return widget;
}

/* The check button or switch in the row of that title, which names it. */
static GtkWidget *
get_in_row (Fixture *fixture, GType type, const char *title)
{
  GtkWidget *row = get_named (fixture, ADW_TYPE_ACTION_ROW, title);
  GtkWidget *widget = ui_find_visible (row, type, NULL);

  g_assert_nonnull (widget);
  g_assert_true (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == widget);

  return widget;
}

static void
type_into (Fixture *fixture, const char *name, const char *text)
{
  GtkWidget *entry = ui_find_visible (get_widget (fixture), GTK_TYPE_ENTRY, name);

  ui_set_text (entry != NULL ? entry : get_named (fixture, GTK_TYPE_TEXT, name), text);
}

static void
press (Fixture *fixture, const char *name)
{
  ui_click (get_named (fixture, GTK_TYPE_BUTTON, name));
}

static void
toggle (Fixture *fixture, const char *name)
{
  GtkWidget *button = get_named (fixture, GTK_TYPE_TOGGLE_BUTTON, name);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static void
check_lock (Fixture *fixture, const char *name)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (get_in_row (fixture, GTK_TYPE_CHECK_BUTTON, name)), TRUE);
}

/* What Ctrl+Return does. */
static void
submit (Fixture *fixture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (get_widget (fixture));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, "<Control>Return"))
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, get_widget (fixture), NULL);
              return;
            }
        }
    }

  g_error ("Ctrl+Return does nothing");
}

/* (nullable): the row beneath a field that says @text */
static GtkWidget *
find_message (Fixture *fixture, const char *text)
{
  GtkWidget *row = ui_find_visible (get_widget (fixture), GTK_TYPE_LABEL, text);

  return row != NULL ? gtk_widget_get_ancestor (row, HK_TYPE_FIELD_MESSAGE) : NULL;
}

static gboolean
says_error (Fixture *fixture, const char *text)
{
  return find_message (fixture, text) != NULL;
}

/* Has @text been said to those who do not see it? */
static gboolean
announces_error (Fixture *fixture, const char *text)
{
  GtkWidget *message = find_message (fixture, text);
  GtkWidget *announcer = message != NULL ? ui_find (message, HK_TYPE_ANNOUNCER, NULL) : NULL;

  return announcer != NULL && g_strcmp0 (hk_announcer_get_text (HK_ANNOUNCER (announcer)), text) == 0;
}

static void
assert_nothing_sent (Fixture *fixture)
{
  ui_settle ();
  g_assert_false (ui_action_enabled (get_widget (fixture), "invite.send"));
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->ui->simulator), ==, fixture->n_requests);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (fixture->ui->account)), ==, 0);
}

static void
fill_in_new_person (Fixture *fixture)
{
  press (fixture, "New Person");
  type_into (fixture, "Name", "Otto Kern");
  type_into (fixture, "E-mail", "otto@example.org");
}

/* Returns: (transfer full): the records of @member in the simulator that have @value in @field */
static GPtrArray *
list_records (Fixture *fixture, const char *member, const char *field, const char *value)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (fixture->ui->simulator);
  JsonArray *all = json_object_get_array_member (json_node_get_object (dump), member);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject *record = json_array_get_object_element (all, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (record, field, NULL), value) == 0)
        g_ptr_array_add (found, json_object_ref (record));
    }

  return found;
}

static gboolean
all_settled (HkAccount *account)
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

static void
test_opens_empty (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  g_assert_false (ui_action_enabled (get_widget (fixture), "invite.send"));
  g_assert_false (hk_dialog_get_dirty (HK_DIALOG (fixture->dialog)));
  g_assert_nonnull (get_in_row (fixture, GTK_TYPE_CHECK_BUTTON, "Front door"));
  g_assert_true (ui_shows (get_widget (fixture), "Offline – will get the key when it is back"));
  g_assert_true (ui_shows (get_widget (fixture), "8 more: type to find them"));
  g_assert_true (ui_shows (get_widget (fixture), "Choose who gets the key."));
  g_assert_false (says_error (fixture, "Choose who gets the key."));
  g_assert_false (says_error (fixture, "Choose at least one lock."));
}

static void
test_opens_for_somebody (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, ui_person_named (fixture->ui->account, "Giulia Rossi"),
               ui_lock_named (fixture->ui->account, "Garage"));
  g_assert_true (ui_shows (get_widget (fixture), "Giulia Rossi can open Garage at any time."));
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
  gtk_test_accessible_assert_property (get_named (fixture, GTK_TYPE_BUTTON, "_Send Invitation"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       gtk_label_get_label (ui_child (fixture->dialog, "summary_label")));
  g_assert_false (hk_dialog_get_dirty (HK_DIALOG (fixture->dialog)));
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  type_into (fixture, "Name or e-mail", "garcia");
  g_assert_nonnull (get_named (fixture, HK_TYPE_CONTROL_ROW, "Choose María José García"));
  g_assert_null (ui_find_visible (get_widget (fixture), HK_TYPE_CONTROL_ROW, "Choose Anna Moser"));

  type_into (fixture, "Name or e-mail", "nobody at all");
  g_assert_true (ui_shows (get_widget (fixture), "Nobody found"));

  type_into (fixture, "Name or e-mail", "fatima@");
  g_signal_emit_by_name (get_named (fixture, ADW_TYPE_ENTRY_ROW, "Name or e-mail"), "entry-activated");
  g_assert_true (hk_invite_draft_get_person (get_draft (fixture)) ==
                 ui_person_named (fixture->ui->account, "فاطمة الزهراء"));
  g_assert_true (ui_shows (get_widget (fixture), "\u200eAlready has a key for \u2068فاطمة الزهراء\u2069"));
  g_assert_false (gtk_widget_is_sensitive (get_in_row (fixture, GTK_TYPE_CHECK_BUTTON, "Front door")));

  ui_click (get_named (fixture, HK_TYPE_CONTROL_ROW, "\u2068Change\u2069 \u2068فاطمة الزهراء\u2069"));
  ui_await (hk_invite_draft_get_person (get_draft (fixture)) == NULL);
  ui_click (get_named (fixture, HK_TYPE_CONTROL_ROW, "\u2068Choose\u2069 \u2068فاطمة الزهراء\u2069"));
  ui_await (hk_invite_draft_get_person (get_draft (fixture)) != NULL);
  ui_click (get_named (fixture, HK_TYPE_CONTROL_ROW, "\u2068Change\u2069 \u2068فاطمة الزهراء\u2069"));
  ui_await (gtk_widget_is_sensitive (get_in_row (fixture, GTK_TYPE_CHECK_BUTTON, "Front door")));
}

/* A row that is one control is told as that, and what is in it not once more. */
static void
test_rows_are_controls (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *row, *check;

  open_dialog (fixture, NULL, NULL);
  gtk_test_accessible_assert_role (get_named (fixture, HK_TYPE_CONTROL_ROW, "Choose Anna Moser"), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_role (get_named (fixture, HK_TYPE_CONTROL_ROW, "Use smart actions"), GTK_ACCESSIBLE_ROLE_SWITCH);
  row = get_named (fixture, HK_TYPE_CONTROL_ROW, "Front door");
  check = get_in_row (fixture, GTK_TYPE_CHECK_BUTTON, "Front door");
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_test_accessible_assert_role (check, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, FALSE);
  ui_click (row);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_CHECKED, TRUE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_DISABLED, FALSE);
  gtk_widget_set_sensitive (check, FALSE);
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_DISABLED, TRUE);
}

static void
test_search_becomes_new_person (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  type_into (fixture, "Name or e-mail", "Otto Kern");
  press (fixture, "New Person");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_named (fixture, GTK_TYPE_TEXT, "Name"))), ==, "Otto Kern");

  press (fixture, "Choose Existing");
  g_assert_nonnull (get_named (fixture, GTK_TYPE_TEXT, "Name or e-mail"));
}

static void
test_empty_form_is_not_sent (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  submit (fixture);
  g_assert_true (says_error (fixture, "Choose who gets the key."));
  g_assert_true (says_error (fixture, "Choose at least one lock."));
  assert_nothing_sent (fixture);

  press (fixture, "New Person");
  submit (fixture);
  g_assert_true (says_error (fixture, "Enter a name."));
  g_assert_true (says_error (fixture, "Enter an e-mail address."));
  assert_nothing_sent (fixture);
}

static void
test_wrong_person_is_said_once_left (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  check_lock (fixture, "Front door");
  fill_in_new_person (fixture);
  type_into (fixture, "E-mail", "otto");
  g_assert_false (says_error (fixture, "An e-mail address has an “@”, as in anna@example.org."));

  gtk_widget_grab_focus (get_named (fixture, GTK_TYPE_TEXT, "E-mail"));
  gtk_widget_grab_focus (get_named (fixture, GTK_TYPE_TEXT, "Name"));
  ui_await (says_error (fixture, "An e-mail address has an “@”, as in anna@example.org."));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_named (fixture, GTK_TYPE_TEXT, "E-mail")),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "An e-mail address has an “@”, as in anna@example.org.");
  ui_await (announces_error (fixture, "An e-mail address has an “@”, as in anna@example.org."));
  assert_nothing_sent (fixture);

  type_into (fixture, "E-mail", "otto@example.org");
  g_assert_false (says_error (fixture, "An e-mail address has an “@”, as in anna@example.org."));
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
}

/* Who sends a form again hears again what is wrong with it, and stays where it is. */
static void
test_error_is_announced_again (Fixture *fixture, gconstpointer user_data)
{
  HkAnnouncer *announcer;

  open_dialog (fixture, ui_person_named (fixture->ui->account, "Giulia Rossi"), NULL);
  submit (fixture);
  ui_await (announces_error (fixture, "Choose at least one lock."));
  announcer = HK_ANNOUNCER (ui_find (find_message (fixture, "Choose at least one lock."), HK_TYPE_ANNOUNCER, NULL));
  hk_announcer_say (announcer, "Something else");
  submit (fixture);
  ui_await (announces_error (fixture, "Choose at least one lock."));
  g_assert_true (ui_has_focus (ui_child (get_widget (fixture), "lock_list")));
}

static void
test_long_name_is_said_at_once (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  check_lock (fixture, "Front door");
  fill_in_new_person (fixture);
  type_into (fixture, "Name", "🔑🔑🔑🔑🔑🔑🔑🔑🔑");
  g_assert_true (ui_shows (get_widget (fixture), "4 bytes too long"));
  assert_nothing_sent (fixture);
}

static void
test_wrong_code_is_said (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *label;

  open_dialog (fixture, NULL, NULL);
  toggle (fixture, "App _Invitation");
  toggle (fixture, "_Keypad Code");
  g_assert_true (hk_invite_draft_get_for_code (get_draft (fixture)));
  g_assert_nonnull (get_named (fixture, GTK_TYPE_BUTTON, "_Create Code"));
  g_assert_true (ui_shows (get_widget (fixture), "No keypad paired"));
  check_lock (fixture, "Front door");
  type_into (fixture, "Name", "Gardening");
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));

  type_into (fixture, "Code", "123");
  submit (fixture);
  g_assert_true (says_error (fixture, "A code has exactly 6 digits."));
  assert_nothing_sent (fixture);
  type_into (fixture, "Code", "292929");
  g_assert_true (says_error (fixture, "Front door already has this code: take another."));
  assert_nothing_sent (fixture);

  label = ui_find_visible (get_named (fixture, GTK_TYPE_BUTTON, "_New Code"), GTK_TYPE_LABEL, NULL);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), ==, 1);
  press (fixture, "_New Code");
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
  type_into (fixture, "Name", "Gardening at weekends");
  g_assert_true (ui_shows (get_widget (fixture), "1 byte too long"));
  assert_nothing_sent (fixture);
}

static void
test_wrong_limits_are_said (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, 1, 2001);
  HkLimitsDraft *limits;

  open_dialog (fixture, ui_person_named (fixture->ui->account, "Giulia Rossi"),
               ui_lock_named (fixture->ui->account, "Garage"));
  limits = get_limits (fixture);
  toggle (fixture, "_Weekly");
  g_assert_false (says_error (fixture, "Choose at least one day."));
  submit (fixture);
  g_assert_true (says_error (fixture, "Choose at least one day."));
  ui_await (announces_error (fixture, "Choose at least one day."));
  assert_nothing_sent (fixture);

  toggle (fixture, "Tuesday");
  g_assert_false (says_error (fixture, "Choose at least one day."));
  g_assert_cmpint (hk_limits_draft_get_weekdays (limits), ==, NUKI_TUESDAY);
  type_into (fixture, "Hours, from", "9:00");
  type_into (fixture, "Hours, until", "9:00");
  g_assert_true (says_error (fixture, "The beginning and the end are the same."));
  assert_nothing_sent (fixture);

  type_into (fixture, "Hours, until", "lunch");
  g_assert_true (says_error (fixture, "Enter times such as 9:00 and 17:30."));
  assert_nothing_sent (fixture);
  type_into (fixture, "Hours, until", "12");
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
  hk_moment_draft_set_date (hk_limits_draft_get_until (limits), day);
  g_assert_true (says_error (fixture, "This has already passed."));
  assert_nothing_sent (fixture);
}

static void
test_wrong_range_is_said (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDate) from = g_date_new_dmy (2, 11, 2044);
  g_autoptr (GDate) until = g_date_new_dmy (1, 11, 2044);
  HkLimitsDraft *limits;

  open_dialog (fixture, ui_person_named (fixture->ui->account, "Giulia Rossi"),
               ui_lock_named (fixture->ui->account, "Garage"));
  limits = get_limits (fixture);
  hk_limits_draft_set_mode (limits, HK_LIMITS_RANGE);
  submit (fixture);
  g_assert_true (says_error (fixture, "Choose the first day, the last day, or both."));
  assert_nothing_sent (fixture);

  hk_moment_draft_set_date (hk_limits_draft_get_from (limits), from);
  hk_moment_draft_set_date (hk_limits_draft_get_until (limits), until);
  g_assert_true (says_error (fixture, "The end has to be after the beginning."));
  assert_nothing_sent (fixture);

  hk_moment_draft_set_date (hk_limits_draft_get_until (limits), from);
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
  g_object_set (hk_limits_draft_get_from (limits), "time", "soon", NULL);
  g_assert_true (says_error (fixture, "Enter a time such as 9:00 or 17:30."));
  assert_nothing_sent (fixture);
}

static void
test_new_person_who_is_there_is_said (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  check_lock (fixture, "Garage");
  fill_in_new_person (fixture);
  type_into (fixture, "Name", "Otto\nKern");
  submit (fixture);
  g_assert_true (says_error (fixture, "A name is one line: take out line breaks and tabs."));
  assert_nothing_sent (fixture);

  type_into (fixture, "Name", "שלום <b>& 🔑");
  type_into (fixture, "E-mail", "ANNA.moser@example.org");
  submit (fixture);
  g_assert_true (says_error (fixture, "Anna Moser already has this address: choose them from the list."));
  assert_nothing_sent (fixture);

  type_into (fixture, "E-mail", "otto@example.org");
  g_assert_true (ui_action_enabled (get_widget (fixture), "invite.send"));
}

static void
test_invites_new_person (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  open_dialog (fixture, NULL, NULL);
  fill_in_new_person (fixture);
  check_lock (fixture, "Front door");
  check_lock (fixture, "Holiday flat");
  toggle (fixture, "_Weekly");
  toggle (fixture, "Tuesday");
  type_into (fixture, "Hours, from", "9");
  type_into (fixture, "Hours, until", "12:00");
  gtk_switch_set_active (GTK_SWITCH (get_in_row (fixture, GTK_TYPE_SWITCH, "Operate from afar")), TRUE);
  g_assert_true (ui_shows (get_widget (fixture), "Two invitations go to otto\u200b@example.org and expire after 48 hours."));
  press (fixture, "_Send Invitation");
  ui_await (fixture->dialog == NULL);

  g_assert_nonnull (ui_key_named (fixture->ui->account, "Otto Kern"));
  ui_await (all_settled (fixture->ui->account));
  people = list_records (fixture, "users", "email", "otto@example.org");
  g_assert_cmpuint (people->len, ==, 1);
  keys = list_records (fixture, "keys", "name", "Otto Kern");
  g_assert_cmpuint (keys->len, ==, 2);
  for (guint i = 0; i < keys->len; i++)
    {
      g_assert_cmpint (json_object_get_int_member (keys->pdata[i], "allowedWeekDays"), ==, NUKI_TUESDAY);
      g_assert_cmpint (json_object_get_int_member (keys->pdata[i], "allowedFromTime"), ==, 540);
      g_assert_cmpint (json_object_get_int_member (keys->pdata[i], "allowedUntilTime"), ==, 720);
      g_assert_true (json_object_get_boolean_member (keys->pdata[i], "remoteAllowed"));
      g_assert_cmpint (json_object_get_int_member (keys->pdata[i], "accountUserId"), ==,
                       json_object_get_int_member (people->pdata[0], "accountUserId"));
    }
}

static void
test_creates_code (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) keys = NULL;

  open_dialog (fixture, NULL, NULL);
  /* Whoever presses it is there: GTK (4.18) keeps alive what had the focus when it was hidden. */
  gtk_widget_grab_focus (get_named (fixture, GTK_TYPE_TOGGLE_BUTTON, "_Keypad Code"));
  toggle (fixture, "_Keypad Code");
  type_into (fixture, "Name", "Gardening");
  type_into (fixture, "Code", "345678");
  check_lock (fixture, "Front door");
  submit (fixture);
  ui_await (fixture->dialog == NULL);
  ui_await (all_settled (fixture->ui->account));

  keys = list_records (fixture, "keys", "name", "Gardening");
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_cmpint (json_object_get_int_member (keys->pdata[0], "code"), ==, 345678);
  g_assert_cmpint (json_object_get_int_member (keys->pdata[0], "type"), ==, NUKI_KEY_CODE);
}

static void
test_asks_before_losing (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  fill_in_new_person (fixture);
  g_assert_true (hk_dialog_get_dirty (HK_DIALOG (fixture->dialog)));
  press (fixture, "_Cancel");
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  g_assert_nonnull (fixture->dialog);

  press (fixture, "_Cancel");
  ui_answer_alert ("Discard");
  ui_await (fixture->dialog == NULL);
}

static void
test_empty_form_closes (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  press (fixture, "_Cancel");
  ui_await (fixture->dialog == NULL);
}

static void
test_destroyed_while_loading (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  fill_in_new_person (fixture);
  hk_account_refresh (fixture->ui->account);
  g_assert_true (hk_account_get_refreshing (fixture->ui->account));
  hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_await (fixture->dialog == NULL);
  ui_await (!hk_account_get_refreshing (fixture->ui->account));
}

static void
test_narrow (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDate) day = g_date_new_dmy (30, 11, 2044);
  int width, height;

  open_dialog (fixture, NULL, NULL);
  fill_in_new_person (fixture);
  toggle (fixture, "_Weekly");
  hk_moment_draft_set_date (hk_limits_draft_get_until (get_limits (fixture)), day);
  gtk_widget_measure (get_widget (fixture), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (get_widget (fixture), GTK_ORIENTATION_VERTICAL, 360, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 360);
  g_assert_cmpint (height, <=, 294);
}

/* Each control that the focus comes to has to be in view. */
static void
walk (Fixture *fixture, GtkDirectionType direction)
{
  g_autoptr (GPtrArray) controls = ui_walk (get_widget (fixture), direction);

  g_assert_cmpuint (controls->len, >, 10);
}

/* The rows that say what is wrong come while the focus is on its way: they neither push it away nor stop it. */
static void
test_focus_is_in_view (Fixture *fixture, gconstpointer user_data)
{
  for (int height = 690; height >= 470; height -= 220)
    {
      HkInviteDialog *dialog = hk_invite_dialog_new (fixture->ui->account, NULL, NULL);

      g_object_set (dialog, "body-height", height, NULL);
      show_dialog (fixture, dialog);
      walk (fixture, GTK_DIR_TAB_FORWARD);
      press (fixture, "New Person");
      toggle (fixture, "_Weekly");
      walk (fixture, GTK_DIR_TAB_FORWARD);
      g_assert_true (says_error (fixture, "Enter a name."));
      walk (fixture, GTK_DIR_TAB_BACKWARD);

      gtk_widget_grab_focus (get_named (fixture, GTK_TYPE_TEXT, "Name"));
      gtk_widget_child_focus (get_widget (fixture), GTK_DIR_TAB_FORWARD);
      g_assert_true (gtk_widget_has_focus (get_named (fixture, GTK_TYPE_TEXT, "E-mail")));
      gtk_widget_child_focus (get_widget (fixture), GTK_DIR_TAB_BACKWARD);
      g_assert_true (gtk_widget_has_focus (get_named (fixture, GTK_TYPE_TEXT, "Name")));
      hk_dialog_force_close (HK_DIALOG (dialog));
      ui_await (fixture->dialog == NULL);
    }
}

/* On the way to the choice, a message comes in between, and the viewport scrolls to what has the focus. */
static void
test_chosen_limits_are_in_view (Fixture *fixture, gconstpointer user_data)
{
  HkInviteDialog *dialog = hk_invite_dialog_new (fixture->ui->account, NULL, NULL);
  GtkWidget *editor = ui_child (dialog, "limits_editor");
  GtkWidget *weekly = ui_child (editor, "weekly_toggle");

  g_object_set (dialog, "body-width", 360, "body-height", 294, NULL);
  show_dialog (fixture, dialog);
  ui_await (ui_has_focus (ui_find_visible (get_widget (fixture), ADW_TYPE_ENTRY_ROW, "Name or e-mail")));

  gtk_widget_grab_focus (weekly);
  toggle (fixture, "_Weekly");
  ui_await (ui_in_view (ui_child (editor, "weekday_row")));
  ui_await_frames (weekly);
  g_assert_true (ui_in_view (ui_child (editor, "weekday_row")));
  g_assert_true (ui_in_view (weekly) && ui_has_focus (weekly));
}

static void
test_focus (Fixture *fixture, gconstpointer user_data)
{
  open_dialog (fixture, NULL, NULL);
  ui_await_frames (get_widget (fixture));
  ui_await (ui_has_focus (ui_find_visible (get_widget (fixture), ADW_TYPE_ENTRY_ROW, "Name or e-mail")));
}

#define ADD(name, function) g_test_add ("/invite-dialog/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("opens-empty-and-says-nothing-is-wrong-yet", test_opens_empty);
  ADD ("opens-for-somebody-at-some-lock", test_opens_for_somebody);
  ADD ("an-error-is-announced-again-to-whoever-sends-again", test_error_is_announced_again);
  ADD ("typing-begins-with-whom-to-invite", test_focus);
  ADD ("finds-people-by-name-and-address", test_search);
  ADD ("rows-are-told-as-the-one-control-that-they-are", test_rows_are_controls);
  ADD ("what-was-searched-in-vain-is-the-new-name", test_search_becomes_new_person);
  ADD ("an-empty-form-is-not-sent", test_empty_form_is_not_sent);
  ADD ("a-wrong-address-is-said-once-it-was-left", test_wrong_person_is_said_once_left);
  ADD ("a-name-of-too-many-bytes-is-said-at-once", test_long_name_is_said_at_once);
  ADD ("a-wrong-code-is-said-and-not-sent", test_wrong_code_is_said);
  ADD ("wrong-limits-are-said-and-not-sent", test_wrong_limits_are_said);
  ADD ("a-wrong-range-is-said-and-not-sent", test_wrong_range_is_said);
  ADD ("somebody-new-who-is-there-already-is-said-and-not-sent", test_new_person_who_is_there_is_said);
  ADD ("invites-somebody-new-to-two-locks", test_invites_new_person);
  ADD ("creates-a-code", test_creates_code);
  ADD ("asks-before-something-is-lost", test_asks_before_losing);
  ADD ("an-empty-form-closes-at-once", test_empty_form_closes);
  ADD ("may-go-while-the-account-loads", test_destroyed_while_loading);
  ADD ("fits-into-the-smallest-window", test_narrow);
  ADD ("where-the-focus-goes-is-in-view", test_focus_is_in_view);
  ADD ("the-limits-that-are-chosen-open-in-view", test_chosen_limits_are_in_view);

  return g_test_run ();
}
