/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-port.h"

/* Opens @port on 127.0.0.1 without TLS, or a free one if it is 0, which is then told. */
gboolean
nuki_sim_port_open (SoupServer *server, guint16 *port, GError **error)
{
  GSList *uris;

  if (!soup_server_listen_local (server, *port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;

  uris = soup_server_get_uris (server);
  *port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

/*
 * nuki_sim_port_keep:
 * @port: one that nobody has
 *
 * Who connects to it is refused, as nobody listens.
 *
 * Returns: (transfer full) (nullable): what keeps it from everybody who looks for a free one
 */
GSocket *
nuki_sim_port_keep (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;

  return g_steal_pointer (&socket);
}
