/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-server.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#define DEADLINE_SECONDS 30

struct _TestServer
{
  SoupServer *server;
  char *uri;
  char *token;
  GQueue expected; /* (element-type Expectation) */
  GPtrArray *silent;
  guint n_requests;
  guint n_connections;
};

typedef struct
{
  char *method;
  char *target;
  char *request;
  guint status;
  GBytes *answer;
  gboolean silent;
  SoupMessageHeaders *headers;
} Expectation;

static void
free_expectation (Expectation *self)
{
  g_free (self->method);
  g_free (self->target);
  g_free (self->request);
  g_bytes_unref (self->answer);
  soup_message_headers_unref (self->headers);
  g_free (self);
}

static char *
dup_target (GUri *uri)
{
  if (g_uri_get_query (uri) == NULL)
    return g_strdup (g_uri_get_path (uri));

  return g_strconcat (g_uri_get_path (uri), "?", g_uri_get_query (uri), NULL);
}

static void
assert_request_body (SoupServerMessage *message, const char *expected)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (JsonNode) wanted = NULL;
  g_autoptr (JsonNode) got = NULL;
  g_autofree char *text = NULL;

  if (expected == NULL)
    {
      g_assert_cmpint (body->length, ==, 0);
      return;
    }

  text = g_strndup (body->data, (gsize) body->length);
  wanted = json_from_string (expected, NULL);
  got = json_from_string (text, NULL);
  g_test_message ("got %s", text);
  g_assert_true (json_node_equal (wanted, got));
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Content-Type"), ==, "application/json");
}

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  soup_message_headers_replace (user_data, name, value);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  TestServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Expectation *expectation = g_queue_pop_head (&self->expected);
  g_autofree char *target = dup_target (soup_server_message_get_uri (message));
  g_autofree char *authorization = g_strconcat ("Bearer ", self->token, NULL);

  self->n_requests++;
  /* The first request on a connection marks it. */
  if (g_object_get_data (G_OBJECT (soup_server_message_get_socket (message)), "known") == NULL)
    self->n_connections++;
  g_object_set_data (G_OBJECT (soup_server_message_get_socket (message)), "known", self);
  g_test_message ("%s %s", soup_server_message_get_method (message), target);
  g_assert_nonnull (expectation);
  g_assert_cmpstr (soup_server_message_get_method (message), ==, expectation->method);
  g_assert_cmpstr (target, ==, expectation->target);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Authorization"), ==, authorization);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Accept"), ==, "application/json");
  assert_request_body (message, expectation->request);

  if (expectation->silent)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->silent, g_object_ref (message));
    }
  else
    {
      soup_server_message_set_status (message, expectation->status, NULL);
      if (g_bytes_get_size (expectation->answer) > 0)
        soup_message_body_append_bytes (soup_server_message_get_response_body (message), expectation->answer);
      soup_message_headers_foreach (expectation->headers, copy_header, soup_server_message_get_response_headers (message));
    }

  free_expectation (expectation);
}

/* A server on a free port of this computer that expects nothing yet, and the test token. */
TestServer *
test_server_new (void)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->token = g_strdup (TEST_TOKEN);
  self->silent = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->expected);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->uri = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  return self;
}

/* Fails the test if something expected was not asked. */
void
test_server_free (TestServer *self)
{
  g_assert_true (test_server_is_done (self));

  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_unref (self->silent);
  g_free (self->token);
  g_free (self->uri);
  g_free (self);
}

/* (transfer none): where the server is */
const char *
test_server_get_uri (TestServer *self)
{
  return self->uri;
}

/* From now on, requests have to carry another token. */
void
test_server_set_token (TestServer *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

/* The next request will be this one; @request is JSON, or NULL for no body at all. */
void
test_server_expect (TestServer *self,
                    const char *method,
                    const char *target,
                    const char *request,
                    guint status,
                    const char *answer)
{
  g_autoptr (GBytes) bytes = g_bytes_new (answer, answer != NULL ? strlen (answer) : 0);
  Expectation *expectation;

  test_server_expect_bytes (self, method, target, status, bytes);
  expectation = g_queue_peek_tail (&self->expected);
  expectation->request = g_strdup (request);
}

/* The same with an answer that need not be text. */
void
test_server_expect_bytes (TestServer *self, const char *method, const char *target, guint status, GBytes *answer)
{
  Expectation *expectation = g_new0 (Expectation, 1);

  expectation->method = g_strdup (method);
  expectation->target = g_strdup (target);
  expectation->status = status;
  expectation->answer = g_bytes_ref (answer);
  expectation->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_queue_push_tail (&self->expected, expectation);
}

/* The answer to the request that was expected last has this header. */
void
test_server_add_header (TestServer *self, const char *name, const char *value)
{
  Expectation *expectation = g_queue_peek_tail (&self->expected);

  soup_message_headers_append (expectation->headers, name, value);
}

/* The next request will be this one, and there will be no answer. */
void
test_server_expect_silence (TestServer *self, const char *method, const char *target)
{
  Expectation *expectation;

  test_server_expect (self, method, target, NULL, 200, NULL);
  expectation = g_queue_peek_tail (&self->expected);
  expectation->silent = TRUE;
}

/* Whether everything that was expected has been asked. */
gboolean
test_server_is_done (TestServer *self)
{
  return g_queue_is_empty (&self->expected);
}

/* How much has been asked. */
guint
test_server_get_n_requests (TestServer *self)
{
  return self->n_requests;
}

/* On how many connections. */
guint
test_server_get_n_connections (TestServer *self)
{
  return self->n_connections;
}

struct _RawServer
{
  GSocketService *service;
  char *uri;
  char *answer;
  char *followup;
  guint n_requests;
  guint n_connections; /* that are open */
};

typedef struct
{
  RawServer *server;
  GSocketConnection *connection;
  char buffer[64 * 1024];
} RawExchange;

static void read_raw_request (RawExchange *exchange);

static void
on_raw_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RawExchange *exchange = user_data;
  RawServer *server = exchange->server;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (exchange->connection));
  gboolean first = server->n_requests == 0;

  if (length > 0)
    {
      server->n_requests++;
      g_output_stream_write_all (output, server->answer, strlen (server->answer), NULL, NULL, NULL);
      if (first && server->followup != NULL)
        {
          g_free (server->answer);
          server->answer = g_steal_pointer (&server->followup);
          read_raw_request (exchange);
          return;
        }
    }

  g_io_stream_close (G_IO_STREAM (exchange->connection), NULL, NULL);
  g_object_unref (exchange->connection);
  g_free (exchange);
  server->n_connections--;
}

static void
read_raw_request (RawExchange *exchange)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (exchange->connection)), exchange->buffer,
                             sizeof exchange->buffer, G_PRIORITY_DEFAULT, NULL, on_raw_read, exchange);
}

static gboolean
on_raw_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  RawExchange *exchange = g_new0 (RawExchange, 1);

  exchange->server = user_data;
  exchange->connection = g_object_ref (connection);
  exchange->server->n_connections++;
  read_raw_request (exchange);

  return TRUE;
}

/* A server on a free port of this computer. */
RawServer *
raw_server_new (const char *answer)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GError) error = NULL;
  guint16 port;

  self->answer = g_strdup (answer);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_raw_incoming), self);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->uri = g_strdup_printf ("http://127.0.0.1:%u", port);

  return self;
}

static gboolean
is_left_alone (gpointer data)
{
  return ((RawServer *) data)->n_connections == 0;
}

/* The clients must be gone, or they would hold their connections. */
void
raw_server_free (RawServer *self)
{
  await (is_left_alone, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_free (self->answer);
  g_free (self->followup);
  g_free (self->uri);
  g_free (self);
}

/* (transfer none): where the server is */
const char *
raw_server_get_uri (RawServer *self)
{
  return self->uri;
}

/* How often something was asked. */
guint
raw_server_get_n_requests (RawServer *self)
{
  return self->n_requests;
}

/* After the first answer the connection stays, and what is asked next gets this. */
void
raw_server_set_followup (RawServer *self, const char *answer)
{
  self->followup = g_strdup (answer);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("waited %d seconds in vain", DEADLINE_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Runs the main context until @condition holds. */
void
await (TestCondition condition, gpointer data)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_SECONDS, on_deadline, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

/* A callback for asynchronous calls; @user_data is a place for the result. */
void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/* (transfer full): what keep_result() got */
GAsyncResult *
await_result (GAsyncResult **result)
{
  await (has_result, result);
  return g_steal_pointer (result);
}
