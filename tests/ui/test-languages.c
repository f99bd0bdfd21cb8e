/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "changes/hk-changes-dialog.h"
#include "invite/hk-invite-dialog.h"
#include "keys/hk-edit-key-dialog.h"
#include "keys/hk-key-page.h"
#include "keys/hk-key-words.h"
#include "keys/hk-keys-page.h"
#include "limits/hk-limits-phrase.h"
#include "locks/hk-lock-dialog.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-dialog.h"
#include "people/hk-person-page.h"
#include "sign-in/hk-sign-in-page.h"
#include "sign-in/hk-start-page.h"
#include "ui-test.h"
#include "window/hk-window.h"

/*
 * Run once for each language: in the locale of its country and, as the language is not told otherwise, with its
 * catalogue. The language qps is one that nobody speaks, with brackets around each text that was translated.
 */

#define NARROWEST 360

static gboolean
is_pseudo (void)
{
  return g_str_has_prefix (g_getenv ("LANGUAGE"), "qps");
}

/* Takes away what is in brackets, one in the other, and what is data. */
static char *
leave_untranslated (const char *text, GPtrArray *data)
{
  g_autoptr (GRegex) brackets = g_regex_new ("⟦[^⟦⟧]*⟧", 0, 0, NULL);
  g_autoptr (GString) rest = g_string_new (text);

  while (g_regex_match (brackets, rest->str, 0, NULL))
    {
      g_autofree char *less = g_regex_replace_literal (brackets, rest->str, -1, 0, "", 0, NULL);
      g_string_assign (rest, less);
    }
  for (guint i = 0; i < data->len; i++)
    g_string_replace (rest, g_ptr_array_index (data, i), "", 0);

  return g_string_free (g_steal_pointer (&rest), FALSE);
}

static gboolean
has_word (const char *text)
{
  return g_regex_match_simple ("\\p{L}{2}", text, 0, 0);
}

/* The toolkit’s own texts, or the names of keys on the keyboard. */
static gboolean
is_not_ours (GtkWidget *widget)
{
  return GTK_IS_CALENDAR (widget) || GTK_IS_TEXT (widget) || ADW_IS_AVATAR (widget) || GTK_IS_SHORTCUT_LABEL (widget);
}

/* The title is what a header bar cuts first, between the buttons that say what can be done. */
static gboolean
is_title_of_window (GtkWidget *label)
{
  GtkWidget *bar = gtk_widget_get_ancestor (label, ADW_TYPE_HEADER_BAR);

  return bar != NULL && gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) == NULL;
}

static gboolean
is_cut (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) && !is_title_of_window (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

static void
look_at_text (GtkWidget *widget, const char *text, GPtrArray *data)
{
  g_autofree char *rest = leave_untranslated (text, data);
  gboolean is_data = is_pseudo () ? strstr (text, "⟦") == NULL : !has_word (rest);

  if (is_pseudo () && has_word (rest))
    {
      g_test_message ("not translated, in a %s: “%s”", G_OBJECT_TYPE_NAME (widget), text);
      g_test_fail ();
    }
  if (!is_data && is_cut (widget))
    {
      g_test_message ("cut: “%s”", text);
      g_test_fail ();
    }
}

static void
look_at (GtkWidget *widget, GPtrArray *data)
{
  if (!gtk_widget_get_mapped (widget) || is_not_ours (widget))
    return;

  if (GTK_IS_LABEL (widget))
    look_at_text (widget, gtk_label_get_text (GTK_LABEL (widget)), data);
  if (gtk_widget_get_tooltip_text (widget) != NULL && gtk_widget_get_ancestor (widget, ADW_TYPE_PASSWORD_ENTRY_ROW) == NULL)
    look_at_text (widget, gtk_widget_get_tooltip_text (widget), data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at (child, data);
}

static void
tell_wide_labels (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (GTK_IS_LABEL (widget) && width > NARROWEST / 4)
    g_test_message ("  %d px: “%s”", width, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    tell_wide_labels (child);
}

/* @widget has to be all of a window or of a dialog. */
static void
look_at_narrow (UiTest *test, GtkWidget *widget, const char *what)
{
  g_autoptr (GPtrArray) data = ui_list_data (test->account);
  int width;

  g_test_message ("looking at %s", what);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > NARROWEST)
    {
      g_test_message ("too wide: %s needs %d px", what, width);
      tell_wide_labels (widget);
      g_test_fail ();
      return;
    }

  gtk_window_set_default_size (GTK_WINDOW (gtk_widget_get_root (widget)), NARROWEST, 720);
  ui_await (gtk_widget_get_width (widget) <= NARROWEST);
  gtk_test_widget_wait_for_draw (widget);
  look_at (widget, data);
}

static void
look_at_page (UiTest *test, GtkWidget *page)
{
  ui_test_show (test, page);
  look_at_narrow (test, page, G_OBJECT_TYPE_NAME (page));
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_settle ();
}

static void
look_at_dialog (UiTest *test, gpointer dialog, const char *what)
{
  g_autoptr (GtkWidget) body = NULL;

  g_object_get (dialog, "body", &body, NULL);
  look_at_narrow (test, body, what);
}

static void
close_dialog (gpointer dialog)
{
  g_object_add_weak_pointer (dialog, &dialog);
  hk_dialog_force_close (dialog);
  ui_await (dialog == NULL);
}

static void
test_pages (void)
{
  static const char *const keys[] = { "John Doe", "Cleaning", "Pieter van den Berg", "Changeover" };
  UiTest *test = ui_test_new ();
  GListModel *locks = hk_account_get_locks (test->account);

  look_at_page (test, hk_keys_page_new (test->account));
  look_at_page (test, hk_people_page_new (test->account));
  look_at_page (test, hk_person_page_new (test->account, ui_person_named (test->account, "John Doe")));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    look_at_page (test, hk_key_page_new (test->account, ui_key_named (test->account, keys[i])));
  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);

      look_at_page (test, hk_lock_page_new (test->account, lock));
    }
  look_at_page (test, hk_start_page_new (test->account));

  ui_test_free (test);
}

static void
test_sign_in (void)
{
  UiTest *test = ui_test_new_signed_out ();

  look_at_page (test, hk_sign_in_page_new (test->account));

  ui_test_free (test);
}

static void
test_invitation (void)
{
  UiTest *test = ui_test_new ();
  HkInviteDialog *dialog = hk_invite_dialog_new (test->account, NULL, NULL);
  HkLimitsDraft *limits = hk_invite_draft_get_limits (hk_invite_dialog_get_draft (dialog));

  ui_test_show (test, gtk_label_new ("0"));
  ui_test_present (test, HK_DIALOG (dialog));
  look_at_dialog (test, dialog, "an invitation for always");
  hk_limits_draft_set_mode (limits, HK_LIMITS_WEEKLY);
  look_at_dialog (test, dialog, "an invitation for certain weekdays");
  gtk_toggle_button_set_active (ui_child (dialog, "code_toggle"), TRUE);
  hk_limits_draft_set_mode (limits, HK_LIMITS_RANGE);
  look_at_dialog (test, dialog, "a code for some days");
  close_dialog (dialog);

  ui_test_free (test);
}

static void
test_dialogs (void)
{
  UiTest *test = ui_test_new ();
  gpointer dialogs[] = {
    hk_edit_key_dialog_new (test->account, ui_key_named (test->account, "John Doe")),
    hk_person_dialog_new (test->account, ui_person_named (test->account, "John Doe")),
    hk_lock_dialog_new (test->account, ui_lock_named (test->account, "Garage")),
    hk_changes_dialog_new (test->account),
  };

  ui_test_show (test, gtk_label_new ("0"));
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      ui_test_present (test, dialogs[i]);
      look_at_dialog (test, dialogs[i], G_OBJECT_TYPE_NAME (dialogs[i]));
      close_dialog (dialogs[i]);
    }

  ui_test_free (test);
}

/* A real catalogue is read together with a real locale, which has the names of months and days. */
typedef struct
{
  const char *language;
  const char *moment;
  const char *row;
  const char *sentence;
} Sample;

static const Sample samples[] = {
  { "de", "Di, 1. Dez, 9:00", "Di, Do, 9:00–12:00, von 8. Dez, 15:00 bis 30. Jan 2027",
    "dienstags und donnerstags von 9:00 bis 12:00 Uhr, vom 8. Dezember um 15:00 Uhr bis zum 30. Januar 2027," },
  { "es", "mar 1 dic, 9:00", "Mar, Jue, 9:00–12:00, del 8 dic, 15:00 al 30 ene 2027",
    "los martes y jueves de 9:00 a 12:00, del 8 de diciembre a las 15:00 al 30 de enero de 2027" },
  { "fr", "mar. 1 déc. à 9:00", "Mar, Jeu, 9:00–12:00, du 8 déc. à 15:00 au 30 janv. 2027",
    "les mardis et jeudis de 9:00 à 12:00, du 8 décembre à 15:00 au 30 janvier 2027" },
  { "it", "mar 1 dic, 9:00", "Mar, Gio, 9:00–12:00, 8 dic, 15:00 – 30 gen 2027",
    "ogni martedì e giovedì dalle 9:00 alle 12:00, dal giorno 8 dicembre alle 15:00 al giorno 30 gennaio 2027" },
  { "nl", "di 1 dec, 9:00", "di, do, 9:00–12:00, van 8 dec, 15:00 t/m 30 jan 2027",
    "elke dinsdag en donderdag van 9:00 tot 12:00, van 8 december om 15:00 tot en met 30 januari 2027" },
};

static void
test_dates (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) now = g_date_time_new (berlin, 2026, 11, 24, 12, 0, 0);
  g_autoptr (GDateTime) soon = g_date_time_new (berlin, 2026, 12, 1, 9, 0, 0);
  g_autoptr (GDateTime) from = g_date_time_new (berlin, 2026, 12, 8, 15, 0, 0);
  g_autoptr (GDateTime) until = g_date_time_new (berlin, 2027, 1, 31, 0, 0, 0);
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, until, NUKI_TUESDAY | NUKI_THURSDAY, 540, 720);
  g_autofree char *moment = hk_words_moment (soon, berlin, now);
  g_autofree char *row = nuki_limits_describe (limits, berlin, now);
  g_autofree char *sentence = hk_limits_phrase (limits, berlin, now);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (samples[i].language, g_getenv ("LANGUAGE")))
      {
        g_assert_cmpstr (moment, ==, samples[i].moment);
        g_assert_cmpstr (row, ==, samples[i].row);
        g_assert_cmpstr (sentence, ==, samples[i].sentence);
        return;
      }

  g_assert_true (is_pseudo ());
}

/* Weeks begin with Monday wherever these languages are at home. */
static void
test_week (void)
{
  UiTest *test = ui_test_new ();
  HkInviteDialog *dialog = hk_invite_dialog_new (test->account, NULL, NULL);
  GtkWidget *first;

  ui_test_show (test, gtk_label_new ("0"));
  hk_limits_draft_set_mode (hk_invite_draft_get_limits (hk_invite_dialog_get_draft (dialog)), HK_LIMITS_WEEKLY);
  ui_test_present (test, HK_DIALOG (dialog));
  first = ui_find_visible (GTK_WIDGET (dialog), g_type_from_name ("HkWeekdayRow"), NULL);
  first = ui_find_visible (first, GTK_TYPE_TOGGLE_BUTTON, NULL);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (first)), ==, g_dpgettext2 (NULL, "weekday", is_pseudo () ? "Sun" : "Mon"));
  close_dialog (dialog);

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("HOUSEKEYS_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  ui_test_init (&argc, &argv);

  g_test_add_func ("/languages/every page is translated and fits the narrowest window", test_pages);
  g_test_add_func ("/languages/the page to sign in is translated and fits the narrowest window", test_sign_in);
  g_test_add_func ("/languages/an invitation is translated and fits the narrowest window", test_invitation);
  g_test_add_func ("/languages/every dialog is translated and fits the narrowest window", test_dialogs);
  g_test_add_func ("/languages/dates, days and times are those of the language", test_dates);
  g_test_add_func ("/languages/a week begins where the locale says", test_week);

  return g_test_run ();
}
