/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window says of the record of changes, and what can be done there. */

#include <glib/gstdio.h>
#include <hk-journal-private.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "ui-scenes.h"
#include "window/hk-banner.h"

/* Where a file of SQLite has the version that its application gave it. */
#define VERSION_OFFSET 60

typedef struct
{
  UiTest *test;
  HkWindow *window;
  char *folder;
  char *file;
  char *content;
  gsize length;
  GSubprocess *holder;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->test = ui_test_new_in_folder (fixture->folder);
  fixture->window = ui_open_window (fixture->test, 1000);
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
set_up_good (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  open_window (fixture);
}

static void
set_up_newer (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  fixture->file = g_build_filename (fixture->folder, "example.org.db", NULL);
  ui_test_free (ui_test_new_in_folder (fixture->folder));
  g_file_get_contents (fixture->file, &fixture->content, &fixture->length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->length, >, VERSION_OFFSET);
  fixture->content[VERSION_OFFSET] = 0x12;
  g_file_set_contents (fixture->file, fixture->content, (gssize) fixture->length, &error);
  g_assert_no_error (error);
  open_window (fixture);
}

/* What the other process does: it has the journal until nobody is interested any more. */
static int
hold (const char *folder)
{
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new (folder, "https://example.org", clock);
  g_autoptr (GError) error = NULL;

  if (!hk_journal_open (journal, &error))
    g_error ("%s", error->message);
  g_print ("held\n");
  while (getchar () != EOF)
    continue;
  hk_journal_close (journal);

  return 0;
}

/* Another process has the journal, which is not on this bus: somebody is logged in twice. */
static void
set_up_in_use (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char said[5] = { 0 };

  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  fixture->holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                      "/proc/self/exe", "--hold", fixture->folder, NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (fixture->holder), said, strlen ("held"), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==, "held");
  open_window (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
  g_clear_object (&fixture->holder);
  g_free (fixture->content);
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
count_unmap (GtkWidget *button, guint *n_unmapped)
{
  (*n_unmapped)++;
}

/* What is wrong stays on the screen meanwhile: the error is replaced by the new one, and never taken back in between. */
static void
try_in_vain (Fixture *fixture)
{
  GtkWidget *button = find_button (fixture, "_Try Again");
  guint n_unmapped = 0;

  g_signal_connect (button, "unmap", G_CALLBACK (count_unmap), &n_unmapped);
  ui_click (button);
  ui_settle ();
  g_signal_handlers_disconnect_by_data (button, &n_unmapped);
  g_assert_cmpuint (n_unmapped, ==, 0);
  g_assert_true (find_button (fixture, "_Try Again") == button);
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

  try_in_vain (fixture);
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

static void
assert_newer_is_left (Fixture *fixture)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->file, &content, &length, NULL));
  g_assert_cmpmem (content, length, fixture->content, fixture->length);
}

static void
test_newer (Fixture *fixture, gconstpointer user_data)
{
  HkChange *change;

  ui_await (find_button (fixture, "_Try Again") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "A newer version of Housekeys has been used on this computer"));
  change = rename_first_lock (fixture);
  try_in_vain (fixture);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  assert_newer_is_left (fixture);

  ui_click (find_button (fixture, "_Continue Without"));
  ui_answer_alert ("_Continue Without");
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
  assert_newer_is_left (fixture);
}

static void
test_in_use (Fixture *fixture, gconstpointer user_data)
{
  static const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_RESET_BEFORE };
  HkChange *change;

  ui_await (find_button (fixture, "_Try Again") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "Housekeys is already open elsewhere"));
  nuki_simulator_add_fault (fixture->test->simulator, "POST", "*", NUKI_SIM_ALWAYS, &fault);
  change = rename_first_lock (fixture);
  try_in_vain (fixture);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (nuki_simulator_get_n_faults_met (fixture->test->simulator), ==, 0);
  nuki_simulator_clear_faults (fixture->test->simulator);

  g_output_stream_close (g_subprocess_get_stdin_pipe (fixture->holder), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (fixture->holder, NULL, NULL));
  ui_click (find_button (fixture, "_Try Again"));
  ui_await (find_button (fixture, "_Try Again") == NULL);
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
}

/* Files may be no larger than @size; this is as good as a disk that is full. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_disk_trouble (Fixture *fixture, gconstpointer user_data)
{
  HkChange *change;

  g_assert_null (find_button (fixture, "_Try Again"));
  limit_files (4096);
  change = rename_first_lock (fixture);
  ui_await (find_button (fixture, "_Try Again") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), "Your changes wait, because they cannot be recorded"));
  try_in_vain (fixture);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);

  limit_files (RLIM_INFINITY);
  ui_click (find_button (fixture, "_Try Again"));
  ui_await (find_button (fixture, "_Try Again") == NULL);
  ui_await (hk_change_get_state (change) == HK_CHANGE_CONFIRMED);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--hold"))
    return hold (argv[2]);

  ui_test_init (&argc, &argv);

  g_test_add ("/journal/what-cannot-be-recorded-is-not-sent-until-it-can", Fixture, NULL, set_up_broken,
              test_try_again, tear_down);
  g_test_add ("/journal/one-can-go-on-without-after-being-asked", Fixture, NULL, set_up_broken,
              test_continue_without, tear_down);
  g_test_add ("/journal/what-a-newer-version-has-written-is-left-as-it-is", Fixture, NULL, set_up_newer, test_newer,
              tear_down);
  g_test_add ("/journal/what-another-process-works-on-is-not-sent-by-this-one", Fixture, NULL, set_up_in_use,
              test_in_use, tear_down);
  g_test_add ("/journal/trouble-with-the-disk-is-said-until-it-is-over", Fixture, NULL, set_up_good, test_disk_trouble,
              tear_down);
  g_test_add ("/journal/damage-is-said-once", Fixture, NULL, set_up_damaged, test_damaged, tear_down);

  return g_test_run ();
}
