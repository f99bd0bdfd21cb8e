/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "compat/hk-announcer.h"
#include "invite/hk-invite-dialog.h"
#include "limits/hk-date-time-row.h"
#include "ui-test.h"

/* The day at which a key ends, chosen in the form of an invitation. */
typedef struct
{
  UiTest *ui;
  HkInviteDialog *dialog;  /* (unowned): GTK has it */
  HkDateTimeRow *row;      /* (unowned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *between;

  fixture->ui = ui_test_new ();
  ui_test_show (fixture->ui, gtk_label_new ("behind"));
  fixture->dialog = hk_invite_dialog_new (fixture->ui->account, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  ui_test_present (fixture->ui, HK_DIALOG (fixture->dialog));
  between = ui_find_visible (GTK_WIDGET (fixture->dialog), GTK_TYPE_TOGGLE_BUTTON, "_From–Until");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (between), TRUE);
  fixture->row = ui_child (ui_child (fixture->dialog, "limits_editor"), "until_row");
  gtk_popover_popup (ui_child (fixture->row, "popover"));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  hk_dialog_force_close (HK_DIALOG (fixture->dialog));
  ui_await (fixture->dialog == NULL);
  ui_test_free (fixture->ui);
}

static HkMomentDraft *
get_moment (Fixture *fixture)
{
  return hk_date_time_row_get_draft (fixture->row);
}

static const char *
get_date_label (Fixture *fixture)
{
  return gtk_menu_button_get_label (ui_child (fixture->row, "date_button"));
}

/* The pointer lets go of the day that looks selected, or of one of the same number in another month. */
static void
choose_selected_day (Fixture *fixture)
{
  GtkWidget *calendar = ui_child (fixture->row, "calendar");
  g_autoptr (GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  g_autofree char *number = g_date_time_format (date, "%-d");
  GtkWidget *day = ui_find_visible (calendar, GTK_TYPE_LABEL, number);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (calendar);
  double x, y;

  ui_await (gtk_widget_get_width (day) > 0);
  g_assert_true (gtk_widget_translate_coordinates (day, calendar, 2, 2, &x, &y));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "released", 1, x, y);
    }
  ui_await (!gtk_widget_get_visible (ui_child (fixture->row, "popover")));
}

static void
test_day (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2044, 2, 29, 0, 0, 0);
  GtkWidget *time = ui_child (fixture->row, "time_entry");

  gtk_calendar_select_day (ui_child (fixture->row, "calendar"), day);
  choose_selected_day (fixture);
  g_assert_cmpstr (get_date_label (fixture), ==, "Mon, 29 Feb 2044");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (time)), ==, "23:59");
  ui_set_text (time, "1130");
  g_assert_cmpstr (hk_moment_draft_get_time (get_moment (fixture)), ==, "1130");
  g_assert_nonnull (hk_moment_draft_get_instant (get_moment (fixture)));

  gtk_popover_popup (ui_child (fixture->row, "popover"));
  ui_click (ui_child (fixture->row, "clear_button"));
  g_assert_null (hk_moment_draft_get_date (get_moment (fixture)));
  g_assert_cmpstr (get_date_label (fixture), ==, "No End");
}

/* Of a day that looks selected, as today does, the calendar itself does not say that it was chosen. */
static void
test_today (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autofree char *text = g_date_time_format (today, "%a, %-d %b %Y");

  g_assert_null (hk_moment_draft_get_date (get_moment (fixture)));
  choose_selected_day (fixture);
  g_assert_cmpstr (get_date_label (fixture), ==, text);
}

static void
press_key (Fixture *fixture, guint keyval)
{
  GtkWidget *box = gtk_widget_get_parent (ui_child (fixture->row, "calendar"));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (box);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !handled)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  g_assert_true (handled);
}

/* Is the day that many days after today the one that was said last, and the one that is shown? */
static void
assert_says_day (Fixture *fixture, int n_days, int n_months)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (GDateTime) day = g_date_time_add_full (today, 0, n_months, n_days, 0, 0, 0);
  g_autofree char *text = g_date_time_format (day, "%a, %-d %b %Y");

  g_assert_cmpstr (hk_announcer_get_text (ui_child (fixture->row, "announcer")), ==, text);
}

/* A calendar tells nothing to assistive technology: not where the keys lead, and not what its buttons are for. */
static void
test_keys_are_said (Fixture *fixture, gconstpointer user_data)
{
  const struct
  {
    guint keyval;
    int n_days, n_months;
  } steps[] = {
    { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Down, 8, 0 }, { GDK_KEY_Left, 7, 0 }, { GDK_KEY_Up, 0, 0 }, { GDK_KEY_Page_Down, 0, 1 },
  };

  ui_await (gtk_widget_has_focus (ui_child (fixture->row, "calendar")));
  assert_says_day (fixture, 0, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      press_key (fixture, steps[i].keyval);
      assert_says_day (fixture, steps[i].n_days, steps[i].n_months);
    }
  press_key (fixture, GDK_KEY_Return);
  g_assert_true (g_str_has_suffix (hk_announcer_get_text (ui_child (fixture->row, "announcer")), get_date_label (fixture)));
}

static void
test_buttons_have_names (Fixture *fixture, gconstpointer user_data)
{
  const char *const names[] = { "Previous month", "Next month", "Previous year", "Next year" };
  GtkWidget *header = gtk_widget_get_first_child (ui_child (fixture->row, "calendar"));
  gsize n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (header); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child))
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, names[n++]);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
}

#define ADD(name, function) g_test_add ("/calendar/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("a-date-comes-from-the-calendar", test_day);
  ADD ("today-can-be-chosen-although-the-calendar-shows-it-as-selected", test_today);
  ADD ("the-day-to-which-keys-lead-is-said-and-can-be-chosen", test_keys_are_said);
  ADD ("the-buttons-beside-month-and-year-have-names", test_buttons_have_names);

  return g_test_run ();
}
