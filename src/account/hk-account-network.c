/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the computer has a network at all. */

#include "hk-account-private.h"

/* Lost: the refresh fails, and the screen says so at once. Back: what hangs on the old network is not waited for. */
static void
on_network_available_notify (HkAccount *self)
{
  const gboolean has_network = g_network_monitor_get_network_available (self->network);

  if (self->has_network == has_network)
    return;

  self->has_network = has_network;
  hk_outbox_set_offline (self->outbox, !has_network);
  if (!self->has_data && self->state != HK_ACCOUNT_LOADING)
    return;

  hk_account_cancel_refresh (self);
  hk_account_refresh (self);
}

/**
 * hk_account_watch_network:
 * @network: what knows whether the computer has a network
 *
 * While there is none, changes wait and are tried rarely; as soon as there is one, everything goes on. Not for a service
 * on this computer, which needs no network. To be called once, after hk_account_new().
 */
void
hk_account_watch_network (HkAccount *self, GNetworkMonitor *network)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (G_IS_NETWORK_MONITOR (network));
  g_return_if_fail (self->network == NULL);

  self->network = g_object_ref (network);
  self->has_network = g_network_monitor_get_network_available (network);
  hk_outbox_set_offline (self->outbox, !self->has_network);
  g_signal_connect_object (network, "notify::network-available", G_CALLBACK (on_network_available_notify), self,
                           G_CONNECT_SWAPPED);
}
