/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is invited, as it is typed: what one way to say it has got, the next one has, too. */

#include "compat/hk-announcer.h"
#include "form/hk-control-row.h"
#include "invite/hk-invite-dialog.h"
#include "invite/hk-person-chooser.h"
#include "ui-test.h"

typedef struct
{
  UiTest *ui;
  GtkWidget *dialog;  /* (unowned): GTK has it */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->ui = ui_test_new ();
  ui_test_show (fixture->ui, gtk_label_new ("behind"));
  fixture->dialog = GTK_WIDGET (hk_invite_dialog_new (fixture->ui->account, NULL, NULL));
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  ui_test_present (fixture->ui, HK_DIALOG (fixture->dialog));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_await (fixture->dialog == NULL);
  ui_test_free (fixture->ui);
}

static GtkWidget *
get_text (Fixture *fixture, const char *name)
{
  GtkWidget *text = ui_find_visible (fixture->dialog, GTK_TYPE_TEXT, name);

  g_assert_nonnull (text);

  return text;
}

static void
type_into (Fixture *fixture, const char *name, const char *text)
{
  ui_set_text (get_text (fixture, name), text);
}

static void
assert_reads (Fixture *fixture, const char *name, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_text (fixture, name))), ==, text);
}

static void
press (Fixture *fixture, GType type, const char *name)
{
  GtkWidget *button = ui_find_visible (fixture->dialog, type, name);

  g_assert_nonnull (button);
  ui_click (button);
}

/* The next frame takes the focus out of what is hidden, which GTK 4.8 would keep for ever otherwise. */
static void
change_kind (Fixture *fixture, const char *name)
{
  press (fixture, GTK_TYPE_TOGGLE_BUTTON, name);
  ui_await_frames (fixture->dialog);
}

static void
press_new_person (Fixture *fixture)
{
  press (fixture, GTK_TYPE_BUTTON, "New Person");
}

/* Makes a code of it that was called @name until then, and an invitation again. */
static void
correct_name_of_code (Fixture *fixture, const char *name)
{
  change_kind (fixture, "_Keypad Code");
  assert_reads (fixture, "Name", name);
  type_into (fixture, "Name", "Otto Kern");
  change_kind (fixture, "App _Invitation");
}

static void
test_name_goes_along (Fixture *fixture, gconstpointer user_data)
{
  press_new_person (fixture);
  type_into (fixture, "Name", "Otto");
  type_into (fixture, "E-mail", "otto@example.org");
  correct_name_of_code (fixture, "Otto");
  assert_reads (fixture, "Name", "Otto Kern");
  assert_reads (fixture, "E-mail", "otto@example.org");
}

static void
test_search_goes_along (Fixture *fixture, gconstpointer user_data)
{
  type_into (fixture, "Name or e-mail", "Otto");
  correct_name_of_code (fixture, "Otto");
  assert_reads (fixture, "Name or e-mail", "Otto Kern");
  press_new_person (fixture);
  assert_reads (fixture, "Name", "Otto Kern");
}

static void
test_address_waits (Fixture *fixture, gconstpointer user_data)
{
  type_into (fixture, "Name or e-mail", "otto@example.org");
  correct_name_of_code (fixture, "");
  press_new_person (fixture);
  assert_reads (fixture, "Name", "Otto Kern");
  assert_reads (fixture, "E-mail", "otto@example.org");
}

static gboolean
has_focus (Fixture *fixture, const char *name)
{
  return gtk_root_get_focus (gtk_widget_get_root (fixture->dialog)) == get_text (fixture, name);
}

static void
test_focus_is_where_something_is_missing (Fixture *fixture, gconstpointer user_data)
{
  press_new_person (fixture);
  ui_await (has_focus (fixture, "Name"));
  press (fixture, GTK_TYPE_BUTTON, "Choose Existing");
  type_into (fixture, "Name or e-mail", "Otto Kern");
  press_new_person (fixture);
  ui_await (has_focus (fixture, "E-mail"));
  assert_reads (fixture, "Name", "Otto Kern");
}

static void
test_return_takes_somebody_new (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *row = ui_find_visible (fixture->dialog, ADW_TYPE_ENTRY_ROW, "Name or e-mail");

  g_signal_emit_by_name (row, "entry-activated");
  type_into (fixture, "Name or e-mail", "o");
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (gtk_widget_get_visible (row));

  type_into (fixture, "Name or e-mail", "Otto Kern");
  g_signal_emit_by_name (row, "entry-activated");
  ui_await (has_focus (fixture, "E-mail"));
  assert_reads (fixture, "Name", "Otto Kern");
}

/* What is put right in the moment in which the focus leaves the field is not said. */
static void
test_no_error_is_said_about_a_choice (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *message = ui_child (ui_find (fixture->dialog, HK_TYPE_PERSON_CHOOSER, NULL), "person_message");
  GtkWidget *row = ui_find_visible (fixture->dialog, HK_TYPE_CONTROL_ROW, "Choose Giulia Rossi");

  gtk_widget_grab_focus (row);
  gtk_root_set_focus (gtk_widget_get_root (row), NULL);
  g_assert_true (gtk_widget_get_visible (message));
  g_signal_emit_by_name (ui_child (row, "button"), "clicked");
  ui_await (!gtk_widget_get_visible (message));
  ui_settle ();
  g_assert_null (hk_announcer_get_text (HK_ANNOUNCER (ui_find (message, HK_TYPE_ANNOUNCER, NULL))));
}

#define ADD(name, function) g_test_add ("/invite-who/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("a-name-goes-along-to-the-other-kind-of-key-and-back", test_name_goes_along);
  ADD ("what-is-searched-for-goes-along-as-the-name", test_search_goes_along);
  ADD ("an-address-waits-for-an-invitation", test_address_waits);
  ADD ("the-focus-goes-to-what-somebody-new-still-lacks", test_focus_is_where_something_is_missing);
  ADD ("return-takes-somebody-new-if-nobody-is-found", test_return_takes_somebody_new);
  ADD ("no-error-is-said-about-a-choice", test_no_error_is_said_about_a_choice);

  return g_test_run ();
}
