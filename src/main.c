/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <hk-memory-token-store.h>
#include <hk-secret-token-store.h>
#include <locale.h>
#include <nuki-client.h>
#include <nuki-simulator.h>
#include <sys/resource.h>

#include "hk-application.h"

static void
stop_simulator (NukiSimulator *simulator)
{
  nuki_simulator_stop (simulator);
  g_object_unref (simulator);
}

static HkAccount *
make_demo_account (GError **error)
{
  g_autoptr (NukiSimulator) simulator = nuki_simulator_new_demo ();
  g_autoptr (NukiClient) client = NULL;
  g_autoptr (HkTokenStore) store = hk_memory_token_store_new ();
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new_in_memory (clock);
  HkAccount *account;

  if (!nuki_simulator_start (simulator, 0, error))
    return NULL;

  g_info ("The demo account is at %s", nuki_simulator_get_uri (simulator));
  client = nuki_client_new (nuki_simulator_get_uri (simulator), NULL);
  hk_token_store_store_async (store, nuki_client_get_base_uri (client), NUKI_SIMULATOR_DEMO_TOKEN, NULL, NULL, NULL);
  account = hk_account_new (client, store, clock, journal);

  /* The service goes with the account that it was started for. */
  g_object_set_data_full (G_OBJECT (account), "simulator", g_steal_pointer (&simulator),
                          (GDestroyNotify) stop_simulator);

  return account;
}

/* A token that is in the memory would be in the picture of it that a crash leaves on the disk. */
static void
forbid_core_dumps (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) != 0)
    return;

  limit.rlim_cur = 0;
  setrlimit (RLIMIT_CORE, &limit);
}

/* One file for each service. */
static HkJournal *
make_journal (const char *api_url, HkClock *clock)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), HK_PROGRAM, NULL);

  return hk_journal_new (folder, api_url, clock);
}

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  g_autoptr (NukiClient) client = NULL;
  g_autoptr (HkTokenStore) store = NULL;
  g_autoptr (HkClock) clock = NULL;
  g_autoptr (HkJournal) journal = NULL;
  HkAccount *account;

  if (api_url == NULL)
    return make_demo_account (error);

  forbid_core_dumps ();
  if (!nuki_client_check_uri (api_url, error))
    return NULL;

  client = nuki_client_new (api_url, NULL);
  store = hk_secret_token_store_new ();
  clock = hk_clock_new ();
  journal = make_journal (api_url, clock);

  account = hk_account_new (client, store, clock, journal);
  /* By plain HTTP only this computer is talked to, see nuki_client_check_uri(). */
  if (g_ascii_strncasecmp (api_url, "https:", strlen ("https:")) == 0)
    hk_account_watch_network (account, g_network_monitor_get_default ());

  return account;
}

int
main (int argc, char **argv)
{
  g_autoptr (HkApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = hk_application_new (make_account, NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
