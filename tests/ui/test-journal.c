/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window says of the record of changes, and what can be done there. */

#include <glib/gstdio.h>

#include "ui-test.h"
#include "window/hk-banner.h"
#include "window/hk-window.h"

typedef struct
{
  UiTest *test;
  HkWindow *window;
  char *folder;
  char *file;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->test = ui_test_new_in_folder (fixture->folder);
  fixture->window = hk_window_new (NULL, fixture->test->account, NULL, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 680);
  fixture->test->window = GTK_WINDOW (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_await (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

/* Where the folder should be is a file, so nothing can be recorded. */
static void
set_up_broken (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_assert_true (g_file_set_contents (fixture->folder, "", -1, NULL));
  open_window (fixture);
}

static void
set_up_damaged (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "example.org.db", NULL);
  g_assert_true (g_file_set_contents (fixture->file, "no database, whatever it looks like", -1, NULL));
  open_window (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
  ui_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
}

static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  GtkWidget *banner = ui_find_visible (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL);

  return banner != NULL ? ui_find_visible (banner, GTK_TYPE_BUTTON, label) : NULL;
}

static HkChange *
rename_first_lock (Fixture *fixture)
{
  g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (fixture->test->account), 0);

  return hk_account_update_lock (fixture->test->account, lock, NULL, "Side door", TRUE);
}

static void
test_try_again (Fixture *fixture, gconstpointer user_data)
{
  HkChange *change;

  ui_await (find_button (fixture, "_Try Again") != NULL);
  g_assert_nonnull (find_button (fixture, "_Continue Without"));
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "Your changes wait, because they cannot be recorded on this computer"));
  change = rename_first_lock (fixture);
  ui_settle ();
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);

  /* Still nothing. */
  ui_click (find_button (fixture, "_Try Again"));
  ui_settle ();
  g_assert_nonnull (find_button (fixture, "_Try Again"));
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);

  g_assert_cmpint (g_remove (fixture->folder), ==, 0);
  ui_click (find_button (fixture, "_Try Again"));
  ui_await (find_button (fixture, "_Try Again") == NULL);
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
}

static void
test_continue_without (Fixture *fixture, gconstpointer user_data)
{
  HkChange *change = rename_first_lock (fixture);

  ui_await (find_button (fixture, "_Continue Without") != NULL);
  ui_click (find_button (fixture, "_Continue Without"));
  ui_answer_alert ("_Cancel");
  ui_settle ();
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_nonnull (find_button (fixture, "_Continue Without"));

  ui_click (find_button (fixture, "_Continue Without"));
  ui_answer_alert ("_Continue Without");
  ui_await (find_button (fixture, "_Continue Without") == NULL);
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
}

static void
test_damaged (Fixture *fixture, gconstpointer user_data)
{
  ui_await (find_button (fixture, "_OK") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "The record of changes was damaged"));
  g_assert_null (find_button (fixture, "_Continue Without"));
  ui_click (find_button (fixture, "_OK"));
  ui_await (find_button (fixture, "_OK") == NULL);
  g_assert_null (hk_account_get_journal_notice (fixture->test->account));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  g_test_add ("/journal/what-cannot-be-recorded-is-not-sent-until-it-can", Fixture, NULL, set_up_broken,
              test_try_again, tear_down);
  g_test_add ("/journal/one-can-go-on-without-after-being-asked", Fixture, NULL, set_up_broken,
              test_continue_without, tear_down);
  g_test_add ("/journal/damage-is-said-once", Fixture, NULL, set_up_damaged, test_damaged, tear_down);

  return g_test_run ();
}
