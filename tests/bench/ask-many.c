/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks for very many changes at once, without a window, and prints in one line what that took:
 *
 *   ask-many invite ADDRESS FOLDER N-KEYS N     invites N people to three locks each
 *   ask-many switch ADDRESS FOLDER N-KEYS N     switches N keys off
 *
 * The account has N-KEYS before, and is kept in the folder. These are the milliseconds until the service has taken all changes,
 * and until all are confirmed; how many requests there were that change something, and of all kinds; and the milliseconds of the
 * processors' time that all of it took here. */

#include <stdio.h>
#include <sys/resource.h>

#include <hk-account-private.h>
#include <nuki-client-private.h>

#include "big-account.h"
#include "loop-watch.h"

#define LOCKS_EACH 3

static guint n_writes;
static guint n_requests;

static void
on_request (SoupSession *session, SoupMessage *message)
{
  n_requests++;
  n_writes += soup_message_get_method (message) != SOUP_METHOD_GET;
}

static GPtrArray *
invite (HkAccount *account, guint n)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *locks = hk_account_get_locks (account);
  const guint n_locks = g_list_model_get_n_items (locks);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Guest %u", i);
      g_autofree char *email = g_strdup_printf ("guest-%u@example.org", i);
      g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, name);
      g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
      g_autoptr (GPtrArray) changes = NULL;

      hk_invitation_set_new_person (invitation, name, email, "en");
      for (guint j = 0; j < LOCKS_EACH; j++)
        {
          g_autoptr (NukiLock) lock = g_list_model_get_item (locks, (i * LOCKS_EACH + j) % n_locks);

          hk_invitation_add_lock (invitation, nuki_lock_get_id (lock));
        }
      changes = hk_account_invite (account, invitation);
      for (guint j = 0; j < changes->len; j++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (changes, j)));
    }

  return all;
}

static GPtrArray *
switch_off (HkAccount *account, guint n)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = hk_account_get_keys (account);

  for (guint i = 0; keys->len < n && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (all, i);

      if (hk_key_get_enabled (key))
        g_ptr_array_add (keys, g_object_ref (key));
    }
  g_assert_cmpuint (keys->len, ==, n);

  return hk_account_switch_keys (account, keys, FALSE);
}

/* They are taken in about this order; none is asked again that was. */
static gboolean
are_taken (gpointer user_data)
{
  GPtrArray *changes = user_data;
  static guint n_taken;

  for (; n_taken < changes->len; n_taken++)
    {
      const HkChangeState state = hk_change_get_state (g_ptr_array_index (changes, n_taken));

      g_assert_cmpint (state, !=, HK_CHANGE_FAILED);
      if (state != HK_CHANGE_ACCEPTED && state != HK_CHANGE_CONFIRMED)
        return FALSE;
    }

  return TRUE;
}

/* The last one that is not is asked first. */
static gboolean
are_confirmed (gpointer user_data)
{
  GPtrArray *changes = user_data;

  while (changes->len > 0 &&
         hk_change_get_state (g_ptr_array_index (changes, changes->len - 1)) == HK_CHANGE_CONFIRMED)
    g_ptr_array_set_size (changes, (int) changes->len - 1);

  return changes->len == 0;
}

/* Milliseconds of the processors' time that this process has taken. */
static double
get_processor_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static double
get_ms (void)
{
  return (double) g_get_monotonic_time () / 1e3;
}

int
main (int argc, char **argv)
{
  g_autoptr (HkAccount) account = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  double began, began_processor, taken;
  guint n_keys, n;

  g_return_val_if_fail (argc == 6, 2);

  n_keys = (guint) strtoul (argv[4], NULL, 10);
  n = (guint) strtoul (argv[5], NULL, 10);
  loop_watch_init ();
  account = big_account_new_kept (argv[2], argv[3]);
  hk_account_open (account);
  big_account_refresh (account, n_keys);
  g_signal_connect (nuki_client_get_session (account->client), "request-queued", G_CALLBACK (on_request), NULL);

  began = get_ms ();
  began_processor = get_processor_ms ();
  changes = g_str_equal (argv[1], "invite") ? invite (account, n) : switch_off (account, n);
  loop_watch_await (are_taken, changes);
  taken = get_ms () - began;
  loop_watch_await (are_confirmed, changes);

  printf ("%.1f %.1f %u %u %.1f\n", taken, get_ms () - began, n_writes, n_requests,
          get_processor_ms () - began_processor);

  return 0;
}
