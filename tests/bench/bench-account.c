/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long the main loop is kept from its work by an account while 20,000 keys to 100 locks arrive from a
 * simulator in another process, come again, partly changed, and are forgotten;
 * and while they are kept in a file and shown from it at the next start.
 *
 * usage: bench-account NUKI_SIMULATOR */

#include "big-account.h"
#include "big-service.h"
#include "stall-report.h"

#include <glib/gstdio.h>

#define ROUNDS 3
#define N_UPDATED 100
#define N_REPLACED 50

/* In memory: how busy the disk is at this moment is not the question. */
static char *
make_folder (void)
{
  char *folder = g_strdup ("/dev/shm/bench-kept-XXXXXX");

  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);

  return g_dir_make_tmp ("bench-kept-XXXXXX", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* At the second start everything is there, and the service has nothing new to say. */
static void
run_kept_round (StallReport *report, BigService *service)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (HkAccount) first = big_account_new_kept (big_service_get_address (service), folder);
  g_autoptr (HkAccount) second = NULL;
  gint64 began;

  stall_report_begin (report, "First load, everything is kept");
  hk_account_open (first);
  big_account_refresh (first, BIG_SERVICE_KEYS);
  stall_report_end (report);
  g_clear_object (&first);

  second = big_account_new_kept (big_service_get_address (service), folder);
  began = g_get_monotonic_time ();
  stall_report_begin (report, "Start from what was kept");
  big_account_start (second, BIG_SERVICE_KEYS);
  stall_report_end (report);
  g_print ("What was kept is shown after %.0f ms\n", (double) (g_get_monotonic_time () - began) / 1000);

  stall_report_begin (report, "First refresh after that");
  big_account_refresh (second, BIG_SERVICE_KEYS);
  stall_report_end (report);

  big_service_change_keys (service, N_UPDATED, N_REPLACED);
  stall_report_begin (report, "Refresh, what changed is kept");
  big_account_refresh (second, BIG_SERVICE_KEYS);
  stall_report_end (report);

  stall_report_begin (report, "Sign-out, everything kept is removed");
  big_account_sign_out (second);
  stall_report_end (report);
  remove_folder (folder);
}

static void
run_round (StallReport *report, BigService *service)
{
  g_autoptr (HkAccount) account = big_account_new (big_service_get_address (service));

  stall_report_begin (report, "Sign-in and first load");
  big_account_sign_in (account, BIG_SERVICE_KEYS);
  stall_report_end (report);

  stall_report_begin (report, "Refresh, nothing new");
  big_account_refresh (account, BIG_SERVICE_KEYS);
  stall_report_end (report);

  big_service_change_keys (service, N_UPDATED, N_REPLACED);
  stall_report_begin (report, "Refresh, keys changed, gone and new");
  big_account_refresh (account, BIG_SERVICE_KEYS);
  stall_report_end (report);

  stall_report_begin (report, "Sign-out");
  big_account_sign_out (account);
  stall_report_end (report);
}

int
main (int argc, char **argv)
{
  StallReport *report = stall_report_new ();
  BigService *service;
  gboolean good;

  g_return_val_if_fail (argc == 2, 2);

  loop_watch_init ();
  service = big_service_start (argv[1], BIG_SERVICE_LOCKS, BIG_SERVICE_KEYS);
  for (int i = 0; i < ROUNDS; i++)
    {
      run_round (report, service);
      run_kept_round (report, service);
    }
  big_service_stop (service);

  g_print ("An account of %d keys of %d locks; before the last refresh, somebody changes %d and replaces %d.\n"
           "The longest time between two polls of the main loop, round by round; in brackets with the time in which the\n"
           "main thread could not go on because other programs had the processors:\n",
           BIG_SERVICE_KEYS, BIG_SERVICE_LOCKS, N_UPDATED, N_REPLACED);
  good = stall_report_print (report, FALSE) <= LOOP_WATCH_LIMIT_MS;
  g_print ("Limit: %.0f ms\n", LOOP_WATCH_LIMIT_MS);
  stall_report_free (report);

  return good ? 0 : 1;
}
