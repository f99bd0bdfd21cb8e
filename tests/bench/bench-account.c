/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long the main loop is kept from its work by an account while 20,000 keys to 100 locks arrive from a
 * simulator in another process, come again, partly changed, and are forgotten.
 *
 * usage: bench-account NUKI_SIMULATOR */

#include "big-account.h"
#include "big-service.h"
#include "stall-report.h"

#define ROUNDS 3
#define N_UPDATED 100
#define N_REPLACED 50

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
    run_round (report, service);
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
