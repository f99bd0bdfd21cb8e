/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-wire.h"

#include <sys/socket.h>

#include "nuki-sim-tls.h"

/* Fits into what the system keeps for a connection, so that writing never has to wait for the client. */
#define MAX_BROKEN_BYTES 4096

struct _NukiSimDrip
{
  GIOStream *stream; /* (owned) */
  char *text;        /* (owned) */
  gsize sent;
  guint source; /* 0 when there is nothing more to send */
};

/* Closing @socket becomes a reset, not an orderly end. Below TLS there is no farewell either. */
static void
forbid_orderly_end (GSocket *socket)
{
  const struct linger now = { .l_onoff = 1, .l_linger = 0 };

  if (setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now) != 0)
    g_error ("A connection cannot be made to end with a reset: %s", g_strerror (errno));
}

static char *
make_answer (guint status, const char *body)
{
  if (body == NULL)
    return g_strdup_printf ("HTTP/1.1 %u %s\r\n\r\n", status, soup_status_get_phrase (status));

  return g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: application/json;charset=UTF-8\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          status, soup_status_get_phrase (status), strlen (body), body);
}

static void
on_finished (SoupServerMessage *message, gpointer user_data)
{
  g_autoptr (GSocket) socket = nuki_sim_tls_get_socket (message);

  /* The server reads the end of the connection then, and closes it. */
  forbid_orderly_end (socket);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
on_drop (gpointer user_data)
{
  NukiSimDrip *self = user_data;
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);

  if (g_output_stream_write (output, self->text + self->sent, 1, NULL, NULL) == 1 && self->text[++self->sent] != '\0')
    return G_SOURCE_CONTINUE;

  /* All is said, or the client is gone. */
  g_io_stream_close (self->stream, NULL, NULL);
  self->source = 0;
  return G_SOURCE_REMOVE;
}

/* Resets the connection instead of answering. */
void
nuki_sim_wire_reset (SoupServerMessage *message)
{
  g_autoptr (GSocket) socket = nuki_sim_tls_get_socket (message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  forbid_orderly_end (socket);
  g_socket_close (socket, NULL);
}

/* Ends the connection instead of answering, in an orderly way for TCP, but not for TLS; @last_words may be NULL. */
void
nuki_sim_wire_close (SoupServerMessage *message, const char *last_words)
{
  g_autoptr (GSocket) socket = nuki_sim_tls_get_socket (message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (last_words != NULL)
    g_socket_send (socket, last_words, strlen (last_words), NULL, NULL);
  g_socket_close (socket, NULL);
}

/* Resets the connection when the whole answer has gone out. */
void
nuki_sim_wire_reset_later (SoupServerMessage *message)
{
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), NULL);
}

/* Sends the first half of an answer and resets the connection; @body may be NULL. */
void
nuki_sim_wire_break (SoupServerMessage *message, guint status, const char *body)
{
  g_autofree char *text = make_answer (status, body);
  g_autoptr (GSocket) socket = nuki_sim_tls_get_socket (message);
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  forbid_orderly_end (socket);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, MIN (strlen (text) / 2, MAX_BROKEN_BYTES),
                             NULL, NULL, NULL);
  g_socket_close (socket, NULL);
}

/* Begins to send an answer, with @milliseconds from one byte to the next; @body may be NULL. */
NukiSimDrip *
nuki_sim_drip_new (SoupServerMessage *message, guint status, const char *body, guint milliseconds)
{
  NukiSimDrip *self = g_new0 (NukiSimDrip, 1);

  self->text = make_answer (status, body);
  self->stream = soup_server_message_steal_connection (message);
  self->source = g_timeout_add (milliseconds, on_drop, self);

  return self;
}

void
nuki_sim_drip_free (NukiSimDrip *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_free (self->text);
  g_free (self);
}
