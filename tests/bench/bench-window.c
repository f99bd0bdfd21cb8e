/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long the main loop is kept from its work by the window that shows 20,000 keys to 100 locks: while they
 * arrive from a simulator in another process, come again, partly changed, are searched and filtered, and go. The same
 * window with few keys is measured beside it: that is what showing such a page takes at all.
 *
 * What no application can avoid is measured beside it, too: a list of as many plain labels that is filled and emptied at
 * once, for which GTK makes about 200 rows.
 *
 * On a virtual display no graphics card helps to paint, so the figures are given with and without GTK's renderer.
 *
 * usage: bench-window NUKI_SIMULATOR */

#include "big-account.h"
#include "big-service.h"
#include "big-window.h"
#include "stall-report.h"
#include "ui-test.h"

#define ROUNDS 5
#define FEW_LOCKS 4
#define FEW_KEYS 40
#define N_UPDATED 20
#define N_REPLACED 10

/* A row says and does more than a label; so many times as long as that it may take until all are gone. */
#define MAX_SIGN_OUT_RATIO 10.0

#define FIRST_LOAD "Sign-in and first load"
#define REFRESH "Refresh, nothing new"
#define SEARCH "Search, and back to all"
#define CATEGORY "Keys that can open now, and back to all"
#define SELECT "All keys selected, and none"
#define SIGN_OUT "Sign-out"
#define LABELS "A list of plain labels, filled"
#define NO_LABELS "A list of plain labels, emptied"
#define CHANGES "Refresh, keys changed, gone and new"

typedef struct
{
  HkAccount *account;
  HkWindow *window;
  guint n_keys;
} Scene;

static void
load_and_refresh (StallReport *report, BigService *service, Scene *scene)
{
  stall_report_begin (report, FIRST_LOAD);
  big_account_sign_in (scene->account, scene->n_keys);
  big_window_settle (scene->window);
  stall_report_end (report);

  stall_report_begin (report, REFRESH);
  big_account_refresh (scene->account, scene->n_keys);
  big_window_settle (scene->window);
  stall_report_end (report);

  big_service_change_keys (service, N_UPDATED, N_REPLACED);
  stall_report_begin (report, CHANGES);
  big_account_refresh (scene->account, scene->n_keys);
  big_window_settle (scene->window);
  stall_report_end (report);
}

static void
search_and_filter (StallReport *report, Scene *scene)
{
  GtkWidget *page = big_window_get_page (scene->window);

  stall_report_begin (report, SEARCH);
  ui_set_text (ui_child (page, "search_entry"), "resident 7");
  big_window_settle (scene->window);
  ui_set_text (ui_child (page, "search_entry"), "");
  big_window_settle (scene->window);
  stall_report_end (report);

  stall_report_begin (report, CATEGORY);
  ui_activate_action (page, "keys.show::open-now");
  big_window_settle (scene->window);
  ui_activate_action (page, "keys.show::all");
  big_window_settle (scene->window);
  stall_report_end (report);
}

static void
select_all (StallReport *report, Scene *scene)
{
  GtkWidget *list = ui_child (big_window_get_page (scene->window), "list");

  stall_report_begin (report, SELECT);
  ui_activate_action (list, "keys.select-all");
  big_window_settle (scene->window);
  ui_activate_action (list, "keys.end-selection");
  big_window_settle (scene->window);
  stall_report_end (report);
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
open_labels (GtkStringList *strings)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *window = adw_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (strings))));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), gtk_list_view_new (selection, factory));
  adw_window_set_content (ADW_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  gtk_window_present (GTK_WINDOW (window));
  big_window_rest ();

  return window;
}

static void
run_labels (StallReport *report)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GtkStringList) strings = gtk_string_list_new (NULL);
  g_auto (GStrv) names = NULL;
  GtkWidget *window = open_labels (strings);

  for (guint i = 0; i < BIG_SERVICE_KEYS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Resident %u", i);

      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);

  stall_report_begin (report, LABELS);
  gtk_string_list_splice (strings, 0, 0, (const char *const *) names);
  big_window_rest ();
  stall_report_end (report);

  stall_report_begin (report, NO_LABELS);
  gtk_string_list_splice (strings, 0, BIG_SERVICE_KEYS, NULL);
  big_window_rest ();
  stall_report_end (report);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run_round (StallReport *report, BigService *service, guint n_keys)
{
  Scene scene = { big_account_new (big_service_get_address (service)), NULL, n_keys };

  scene.window = big_window_open (scene.account);
  load_and_refresh (report, service, &scene);
  search_and_filter (report, &scene);
  select_all (report, &scene);

  stall_report_begin (report, SIGN_OUT);
  big_account_sign_out (scene.account);
  big_window_rest ();
  stall_report_end (report);

  gtk_window_destroy (GTK_WINDOW (scene.window));
  g_object_unref (scene.account);
}

/* Returns: whether no step takes longer than it may */
static gboolean
check_medians (StallReport *many, StallReport *few)
{
  static const struct
  {
    const char *step;
    gboolean limited;
  } steps[] = {
    { FIRST_LOAD, TRUE }, { REFRESH, TRUE }, { CHANGES, FALSE }, { SEARCH, TRUE }, { CATEGORY, TRUE }, { SELECT, TRUE }, { SIGN_OUT, FALSE },
  };
  const double sign_out = stall_report_get_median (many, SIGN_OUT) / stall_report_get_median (many, NO_LABELS);
  gboolean good = sign_out <= MAX_SIGN_OUT_RATIO;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const double median = stall_report_get_median (many, steps[i].step);

      g_print (" %-40s %5.1f ms, with few keys %5.1f ms%s\n", steps[i].step, median,
               stall_report_get_median (few, steps[i].step), steps[i].limited ? "; limited" : "");
      good = good && (!steps[i].limited || median <= LOOP_WATCH_LIMIT_MS);
    }
  g_print ("The limit is %.0f ms. Sign-out takes %.1f times as long as emptying the list of labels, at most %.0f.\n",
           LOOP_WATCH_LIMIT_MS, sign_out, MAX_SIGN_OUT_RATIO);

  return good;
}

int
main (int argc, char **argv)
{
  StallReport *many = stall_report_new ();
  StallReport *few = stall_report_new ();
  BigService *many_service, *few_service;
  gboolean good;

  g_return_val_if_fail (argc == 2, 2);

  loop_watch_init ();
  ui_test_init_gtk ();
  many_service = big_service_start (argv[1], BIG_SERVICE_LOCKS, BIG_SERVICE_KEYS);
  few_service = big_service_start (argv[1], FEW_LOCKS, FEW_KEYS);
  for (int i = 0; i < ROUNDS; i++)
    {
      run_round (few, few_service, FEW_KEYS);
      run_round (many, many_service, BIG_SERVICE_KEYS);
      run_labels (many);
    }
  big_service_stop (many_service);
  big_service_stop (few_service);

  g_print ("Before the last refresh, somebody changes %d keys and replaces %d.\n"
           "The longest time between two polls of the main loop, round by round; in brackets with the time in which the\n"
           "main thread could not go on because other programs had the processors.\n\nA window with %d keys:\n",
           N_UPDATED, N_REPLACED, FEW_KEYS);
  stall_report_print (few, TRUE);
  g_print ("\nA window with %d keys of %d locks:\n", BIG_SERVICE_KEYS, BIG_SERVICE_LOCKS);
  stall_report_print (many, TRUE);
  g_print ("\nMedians without the renderer:\n");
  good = check_medians (many, few);
  stall_report_free (many);
  stall_report_free (few);

  return good ? 0 : 1;
}
