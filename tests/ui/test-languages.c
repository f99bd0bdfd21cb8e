/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "invite/hk-invite-dialog.h"
#include "keys/hk-key-words.h"
#include "limits/hk-limits-phrase.h"
#include "ui-test.h"

/*
 * Run once for each language: in the locale of its country and, as the language is not told otherwise, with its
 * catalogue. The language qps is one that nobody speaks, with brackets around each text that was translated.
 */

static gboolean
is_pseudo (void)
{
  return g_str_has_prefix (g_getenv ("LANGUAGE"), "qps");
}

static void
close_dialog (gpointer dialog)
{
  g_object_add_weak_pointer (dialog, &dialog);
  hk_dialog_force_close (dialog);
  ui_await (dialog == NULL);
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
  { "de", "Di, 1. Dez, 9:00", "Di, Do, \u20669:00\u2060–\u206012:00\u2069, von 8. Dez, 15:00 bis 30. Jan 2027",
    "dienstags und donnerstags von 9:00 bis 12:00 Uhr, vom 8. Dezember um 15:00 Uhr bis zum 30. Januar 2027," },
  { "es", "mar 1 dic, 9:00", "Mar, Jue, \u20669:00\u2060–\u206012:00\u2069, del 8 dic, 15:00 al 30 ene 2027",
    "los martes y jueves de 9:00 a 12:00, del 8 de diciembre a las 15:00 al 30 de enero de 2027" },
  { "fr", "mar. 1 déc. à 9:00", "Mar, Jeu, \u20669:00\u2060–\u206012:00\u2069, du 8 déc. à 15:00 au 30 janv. 2027",
    "les mardis et jeudis de 9:00 à 12:00, du 8 décembre à 15:00 au 30 janvier 2027" },
  { "it", "mar 1 dic, 9:00", "Mar, Gio, \u20669:00\u2060–\u206012:00\u2069, 8 dic, 15:00 – 30 gen 2027",
    "ogni martedì e giovedì dalle 9:00 alle 12:00, dal giorno 8 dicembre alle 15:00 al giorno 30 gennaio 2027" },
  { "nl", "di 1 dec, 9:00", "di, do, \u20669:00\u2060–\u206012:00\u2069, van 8 dec, 15:00 t/m 30 jan 2027",
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

  g_test_add_func ("/languages/dates, days and times are those of the language", test_dates);
  g_test_add_func ("/languages/a week begins where the locale says", test_week);

  return g_test_run ();
}
