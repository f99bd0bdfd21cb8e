/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-tls.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/*
 * A SoupServer could do this itself, but one (3.6) that is disconnected during a handshake frees a connection that the
 * handshake still uses. So it gets only connections on which there has been one.
 */
struct _NukiSimTls
{
  SoupServer *server;           /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
  GSocketService *service;      /* (owned) */
  GCancellable *cancellable;    /* (owned): breaks off handshakes that are under way */
};

/* On the address of a client, which stays with its messages. */
#define SOCKET_DATA "socket"

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SoupServer) server = SOUP_SERVER (user_data);
  g_autoptr (GIOStream) base = NULL;
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocketAddress) remote = NULL;
  GSocketConnection *connection;

  /* A client that believes another authority has gone again. */
  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL))
    return;

  g_object_get (source, "base-io-stream", &base, NULL);
  connection = G_SOCKET_CONNECTION (base);
  local = g_socket_connection_get_local_address (connection, NULL);
  remote = g_socket_connection_get_remote_address (connection, NULL);
  if (local == NULL || remote == NULL)
    return;

  g_object_set_data_full (G_OBJECT (remote), SOCKET_DATA, g_object_ref (g_socket_connection_get_socket (connection)),
                          g_object_unref);
  soup_server_accept_iostream (server, G_IO_STREAM (source), local, remote, NULL);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  NukiSimTls *self = user_data;
  g_autoptr (GIOStream) tls = NULL;

  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  if (tls != NULL)
    {
      g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
      g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->cancellable, on_handshake,
                                        g_object_ref (self->server));
    }

  return TRUE;
}

/* Opens the port on 127.0.0.1, or a free one if @port is 0, which is then told. */
NukiSimTls *
nuki_sim_tls_new (SoupServer *server, GTlsCertificate *certificate, guint16 *port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, *port);
  g_autoptr (GSocketAddress) effective = NULL;
  NukiSimTls *self = g_new0 (NukiSimTls, 1);

  self->server = g_object_ref (server);
  self->certificate = g_object_ref (certificate);
  self->service = g_socket_service_new ();
  self->cancellable = g_cancellable_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
    {
      nuki_sim_tls_free (self);
      return NULL;
    }

  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  return self;
}

/* Closes the port; what has been accepted stays with the server. */
void
nuki_sim_tls_free (NukiSimTls *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_object_unref (self->certificate);
  g_object_unref (self->server);
  g_free (self);
}

/* Returns: (transfer full): below TLS, if there is TLS */
GSocket *
nuki_sim_tls_get_socket (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket == NULL)
    socket = g_object_get_data (G_OBJECT (soup_server_message_get_remote_address (message)), SOCKET_DATA);

  return g_object_ref (socket);
}
