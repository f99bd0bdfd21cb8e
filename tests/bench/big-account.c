/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with an account of very many keys. Each function returns when the account is at rest; @n_keys says what it
 * has to have then. */

#include "big-account.h"

#include <hk-keeper.h>
#include <hk-memory-token-store.h>
#include <nuki-client.h>

#include "big-service.h"
#include "loop-watch.h"

static gboolean
is_loaded (gpointer user_data)
{
  HkAccount *account = user_data;

  return hk_account_get_state (account) == HK_ACCOUNT_READY && !hk_account_get_refreshing (account) &&
         !hk_keeper_is_busy (account->keeper);
}

static gboolean
shows_kept (gpointer user_data)
{
  return hk_account_get_shows_kept (user_data);
}

static gboolean
is_signed_out (gpointer user_data)
{
  return hk_account_get_state (user_data) == HK_ACCOUNT_SIGNED_OUT;
}

static void
check_loaded (HkAccount *account, guint n_keys)
{
  g_assert_no_error (hk_account_get_error (account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (account)), ==, n_keys);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  hk_account_sign_in_finish (HK_ACCOUNT (source), result, &error);
  g_assert_no_error (error);
}

/* (transfer full): an account that is signed out; its token is not kept */
HkAccount *
big_account_new (const char *address)
{
  g_autoptr (NukiClient) client = nuki_client_new (address, NULL);
  g_autoptr (HkTokenStore) store = hk_memory_token_store_new ();
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new_in_memory (clock);

  return hk_account_new (client, store, clock, journal);
}

static HkAccount *
make_known (const char *address, HkJournal *journal, HkClock *clock)
{
  g_autoptr (NukiClient) client = nuki_client_new (address, NULL);
  g_autoptr (HkTokenStore) store = hk_memory_token_store_new ();

  hk_token_store_store_async (store, nuki_client_get_base_uri (client), BIG_SERVICE_TOKEN, NULL, NULL, NULL);

  return hk_account_new (client, store, clock, journal);
}

/* (transfer full): an account that is still to be opened, and keeps nothing */
HkAccount *
big_account_new_known (const char *address)
{
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new_in_memory (clock);

  return make_known (address, journal, clock);
}

/* (transfer full): an account that keeps what it has in @folder, and its token for as long as the process runs */
HkAccount *
big_account_new_kept (const char *address, const char *folder)
{
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new (folder, address, clock);

  return make_known (address, journal, clock);
}

/* Until the service has said what there is. */
void
big_account_open (HkAccount *account, guint n_keys)
{
  hk_account_open (account);
  loop_watch_await (is_loaded, account);
  check_loaded (account, n_keys);
}

/* From what is kept, until that is shown. */
void
big_account_start (HkAccount *account, guint n_keys)
{
  hk_account_open (account);
  loop_watch_await (shows_kept, account);
  check_loaded (account, n_keys);
}

/* Until the service has said what there is, and that is kept. */
void
big_account_sign_in (HkAccount *account, guint n_keys)
{
  hk_account_sign_in_async (account, BIG_SERVICE_TOKEN, TRUE, NULL, on_signed_in, NULL);
  loop_watch_await (is_loaded, account);
  check_loaded (account, n_keys);
}

void
big_account_refresh (HkAccount *account, guint n_keys)
{
  hk_account_refresh (account);
  loop_watch_await (is_loaded, account);
  check_loaded (account, n_keys);
}

void
big_account_sign_out (HkAccount *account)
{
  hk_account_sign_out_async (account, NULL, NULL, NULL);
  loop_watch_await (is_signed_out, account);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (account)), ==, 0);
}
