/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-linger.h"

/* More than the time to undo and a few requests; an account that is offline must not keep the process for ever. */
#define LONGEST_MS 60000

typedef struct
{
  GApplication *application;  /* (owned): held */
  HkAccount *account;         /* (owned) */
  guint timeout;              /* a scheduled call of the account's clock */
} HkLinger;

static gboolean
has_unsent (HkAccount *account)
{
  GListModel *changes = hk_account_get_changes (account);

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);
      HkChangeState state = hk_change_get_state (change);

      if (state == HK_CHANGE_WAITING || state == HK_CHANGE_SENDING)
        return TRUE;
    }

  return FALSE;
}

static void
stop (HkLinger *linger)
{
  g_signal_handlers_disconnect_by_data (linger->account, linger);
  if (linger->timeout != 0)
    hk_clock_cancel (hk_account_get_clock (linger->account), linger->timeout);
  g_application_release (linger->application);
  g_object_unref (linger->application);
  g_object_unref (linger->account);
  g_free (linger);
}

static void
on_keys_updated (HkAccount *account, HkLinger *linger)
{
  if (!has_unsent (account))
    stop (linger);
}

static void
on_timeout (gpointer user_data)
{
  HkLinger *linger = user_data;

  linger->timeout = 0;
  stop (linger);
}

/**
 * hk_linger:
 * @application: is kept running meanwhile
 * @account: an account whose window has been closed
 *
 * Lets an account send what was asked for just before its window was closed; a key that was taken back waits until it
 * is too late to undo that. Does nothing if there is nothing to send.
 */
void
hk_linger (GApplication *application, HkAccount *account)
{
  HkLinger *linger;

  g_return_if_fail (G_IS_APPLICATION (application) && HK_IS_ACCOUNT (account));

  if (!has_unsent (account))
    return;

  linger = g_new0 (HkLinger, 1);
  linger->application = g_object_ref (application);
  linger->account = g_object_ref (account);
  linger->timeout = hk_clock_schedule (hk_account_get_clock (account), LONGEST_MS, on_timeout, linger);
  g_application_hold (application);
  g_signal_connect (account, "keys-updated", G_CALLBACK (on_keys_updated), linger);
}
