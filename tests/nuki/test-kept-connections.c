/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <libsoup/soup.h>

#include "nuki-test-calls.h"
#include "nuki-test-server.h"

#define N_CONNECTIONS 6
#define N_ROUNDS 60

/* A service that answers each connection on a thread of its own, so as fast as the client asks, and may break
 * it off instead. */
typedef struct
{
  GSocketService *service;
  SoupSession *session;
  NukiClient *client;
  int breaks; /* (atomic) */
  GHashTable *messages; /* that the session is to send */
} KeptFixture;

/* Reads a request to its end, if it is to be answered. */
static gboolean
read_request (GInputStream *stream, KeptFixture *fixture)
{
  const char end[] = "\r\n\r\n";
  gsize n_found = 0;

  while (end[n_found] != '\0')
    {
      char byte;

      if (g_input_stream_read (stream, &byte, 1, NULL, NULL) != 1 || g_atomic_int_get (&fixture->breaks))
        return FALSE;
      n_found = byte == end[n_found] ? n_found + 1 : byte == end[0];
    }

  return TRUE;
}

/* What is not read of a request makes closing a reset. */
static gboolean
on_connection (GThreadedSocketService *service,
               GSocketConnection *connection,
               GObject *source,
               KeptFixture *fixture)
{
  const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]";
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  while (read_request (input, fixture) &&
         g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL))
    ;
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return TRUE;
}

static void
on_queued (SoupSession *session, SoupMessage *message, KeptFixture *fixture)
{
  g_assert_true (g_hash_table_add (fixture->messages, message));
}

static void
on_unqueued (SoupSession *session, SoupMessage *message, KeptFixture *fixture)
{
  g_assert_true (g_hash_table_remove (fixture->messages, message));
}

/* @n calls at once, and whether all of them succeeded; if not, none did. */
static gboolean
call_all (KeptFixture *fixture, guint n)
{
  const TestCall *call = &test_calls[0];
  GAsyncResult *results[N_CONNECTIONS] = { NULL };
  guint n_successes = 0;

  for (guint i = 0; i < n; i++)
    call->start (fixture->client, NULL, keep_result, &results[i]);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GAsyncResult) result = await_result (&results[i]);

      n_successes += call->finish (fixture->client, result, NULL);
    }
  g_assert_true (n_successes == 0 || n_successes == n);

  return n_successes > 0;
}

/* A request whose connection broke off is tried once more on another that was kept. */
static void
test_each_request_ends_once_when_connections_break (KeptFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_atomic_int_set (&fixture->breaks, FALSE);
      g_assert_true (call_all (fixture, N_CONNECTIONS));
      g_atomic_int_set (&fixture->breaks, TRUE);
      g_assert_false (call_all (fixture, 1 + i % N_CONNECTIONS));
    }
  g_assert_cmpuint (g_hash_table_size (fixture->messages), ==, 0);
}

static const char *
get_token (gpointer user_data)
{
  return TEST_TOKEN;
}

static void
set_up (KeptFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = NULL;
  guint16 port;

  fixture->messages = g_hash_table_new (NULL, NULL);
  fixture->service = g_threaded_socket_service_new (2 * N_CONNECTIONS);
  g_signal_connect (fixture->service, "run", G_CALLBACK (on_connection), fixture);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, NULL);
  g_assert_cmpuint (port, !=, 0);
  uri = g_strdup_printf ("http://127.0.0.1:%u", port);

  fixture->session = soup_session_new_with_options ("max-conns-per-host", N_CONNECTIONS, NULL);
  g_signal_connect (fixture->session, "request-queued", G_CALLBACK (on_queued), fixture);
  g_signal_connect (fixture->session, "request-unqueued", G_CALLBACK (on_unqueued), fixture);
  fixture->client = nuki_client_new (uri, fixture->session);
  nuki_client_set_token_func (fixture->client, get_token, NULL, NULL);
}

static void
tear_down (KeptFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
  g_hash_table_unref (fixture->messages);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/kept-connections/each-request-ends-once-when-connections-break", KeptFixture, NULL, set_up,
              test_each_request_ends_once_when_connections_break, tear_down);

  return g_test_run ();
}
