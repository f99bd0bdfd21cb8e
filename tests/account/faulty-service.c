/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "faulty-service.h"

#include <json-glib/json-glib.h>

struct _FaultyService
{
  SoupServer *server;
  SoupSession *session;
  char *target;
  char *uri;
  guint port;
  GPtrArray *spoils;
  GPtrArray *seen;
  GPtrArray *hanging;
};

typedef struct
{
  char *request;
  Fault fault;
  guint status;
  guint times;
  GBytes *body;
  gsize promised;
} Spoil;

typedef struct
{
  FaultyService *service;
  SoupServerMessage *message;
  gboolean has_spoil;
  Spoil spoil;
} Exchange;

static void
free_spoil (gpointer data)
{
  Spoil *spoil = data;

  g_free (spoil->request);
  g_clear_pointer (&spoil->body, g_bytes_unref);
  g_free (spoil);
}

static void
break_connection (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

/* 200 with a body that may be shorter than its header says. */
static void
answer_body (SoupServerMessage *message, const Spoil *spoil)
{
  const gsize length = g_bytes_get_size (spoil->body);
  g_autoptr (GIOStream) stream = NULL;
  g_autofree char *head = NULL;
  GOutputStream *out;

  if (spoil->promised <= length)
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      if (length > 0)
        soup_message_body_append_bytes (soup_server_message_get_response_body (message), spoil->body);
      return;
    }

  stream = soup_server_message_steal_connection (message);
  out = g_io_stream_get_output_stream (stream);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", spoil->promised);
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (out, g_bytes_get_data (spoil->body, NULL), length, NULL, NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
set_status (SoupServerMessage *message, guint status)
{
  static const char body[] = "{\"stackTrace\":[],\"suppressedExceptions\":[]}";

  soup_server_message_set_status (message, status, NULL);
  if (status == 429)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "90");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, body, strlen (body));
}

static void
on_forwarded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;
  SoupServerMessage *message = exchange->message;
  SoupMessage *forwarded = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);

  soup_server_message_set_status (message, soup_message_get_status (forwarded), NULL);
  if (g_bytes_get_size (body) > 0)
    soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, g_bytes_get_data (body, NULL),
                                      g_bytes_get_size (body));
  if (exchange->has_spoil && exchange->spoil.fault == FAULT_APPLY_THEN_STATUS)
    set_status (message, exchange->spoil.status);

  if (exchange->has_spoil && exchange->spoil.fault == FAULT_APPLY_THEN_RESET)
    break_connection (message);
  else if (exchange->has_spoil && exchange->spoil.fault == FAULT_HANG)
    g_ptr_array_add (exchange->service->hanging, g_object_ref (message));
  else
    soup_server_message_unpause (message);

  g_object_unref (message);
  g_free (exchange);
}

static GBytes *
drop_limits (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  static const char *const limits[] = {
    "allowedFromDate", "allowedUntilDate", "allowedWeekDays", "allowedFromTime", "allowedUntilTime",
  };
  JsonObject *object;
  char *text;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    json_object_remove_member (object, limits[i]);
  text = json_to_string (json_parser_get_root (parser), FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
forward (FaultyService *self, SoupServerMessage *message, const Spoil *spoil)
{
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *target = g_strconcat (self->target, g_uri_get_path (uri), query != NULL ? "?" : NULL, query, NULL);
  g_autoptr (SoupMessage) forwarded = soup_message_new (soup_server_message_get_method (message), target);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  const char *token = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                    "Authorization");
  Exchange *exchange = g_new0 (Exchange, 1);

  soup_message_add_flags (forwarded, SOUP_MESSAGE_NEW_CONNECTION);
  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (forwarded), "Authorization", token);
  if (body->length > 0)
    {
      g_autoptr (GBytes) bytes = soup_message_body_flatten (body);

      if (spoil != NULL && spoil->fault == FAULT_DROP_LIMITS)
        {
          GBytes *stripped = drop_limits (bytes);

          g_bytes_unref (bytes);
          bytes = stripped;
        }
      soup_message_set_request_body_from_bytes (forwarded, "application/json", bytes);
    }

  exchange->service = self;
  exchange->message = g_object_ref (message);
  if (spoil != NULL)
    {
      exchange->has_spoil = TRUE;
      exchange->spoil = *spoil;
    }
  soup_server_message_pause (message);
  soup_session_send_and_read_async (self->session, forwarded, G_PRIORITY_DEFAULT, NULL, on_forwarded, exchange);
}

static Spoil *
find_spoil (FaultyService *self, const char *request)
{
  for (guint i = 0; i < self->spoils->len; i++)
    {
      Spoil *spoil = g_ptr_array_index (self->spoils, i);

      if (spoil->times > 0 && g_pattern_match_simple (spoil->request, request))
        {
          spoil->times--;
          return spoil;
        }
    }

  return NULL;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  FaultyService *self = user_data;
  char *request = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Spoil *spoil = find_spoil (self, request);

  g_ptr_array_add (self->seen, request);
  if (spoil != NULL && spoil->fault == FAULT_STATUS)
    set_status (message, spoil->status);
  else if (spoil != NULL && spoil->fault == FAULT_RESET)
    break_connection (message);
  else if (spoil != NULL && spoil->fault == FAULT_BODY)
    answer_body (message, spoil);
  else
    forward (self, message, spoil);
}

/* @target: the address of the simulator, which answers in the same main context */
FaultyService *
faulty_service_new (const char *target)
{
  FaultyService *self = g_new0 (FaultyService, 1);

  self->target = g_strdup (target);
  self->session = soup_session_new ();
  soup_session_set_proxy_resolver (self->session, NULL);
  self->spoils = g_ptr_array_new_with_free_func (free_spoil);
  self->seen = g_ptr_array_new_with_free_func (g_free);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  faulty_service_set_up (self, TRUE);

  return self;
}

void
faulty_service_free (FaultyService *self)
{
  faulty_service_release (self);
  faulty_service_set_up (self, FALSE);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_ptr_array_unref (self->spoils);
  g_ptr_array_unref (self->seen);
  g_ptr_array_unref (self->hanging);
  g_free (self->target);
  g_free (self->uri);
  g_free (self);
}

const char *
faulty_service_get_uri (FaultyService *self)
{
  return self->uri;
}

/* While it is down, nobody can connect. It comes up again at the same port. */
void
faulty_service_set_up (FaultyService *self, gboolean up)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  if (!up)
    {
      if (self->server != NULL)
        soup_server_disconnect (self->server);
      g_clear_object (&self->server);
      return;
    }

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  if (self->port != 0)
    return;

  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  self->uri = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* @path: with * and ? as wildcards; the first that matches and has not been used up is used */
void
faulty_service_spoil (FaultyService *self,
                      const char *method,
                      const char *path,
                      Fault fault,
                      guint status,
                      guint times)
{
  Spoil *spoil = g_new0 (Spoil, 1);

  spoil->request = g_strdup_printf ("%s %s", method, path);
  spoil->fault = fault;
  spoil->status = status;
  spoil->times = times;
  g_ptr_array_add (self->spoils, spoil);
}

/* Answers GET requests with 200 and @body, which is shorter than what the header says if @promised is more. */
void
faulty_service_spoil_body (FaultyService *self, const char *path, GBytes *body, gsize promised, guint times)
{
  Spoil *spoil = NULL;

  faulty_service_spoil (self, "GET", path, FAULT_BODY, SOUP_STATUS_OK, times);
  spoil = g_ptr_array_index (self->spoils, self->spoils->len - 1);
  spoil->body = g_bytes_ref (body);
  spoil->promised = promised;
}

/* Lets the hanging answers go. */
void
faulty_service_release (FaultyService *self)
{
  for (guint i = 0; i < self->hanging->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->hanging, i));
  g_ptr_array_set_size (self->hanging, 0);
}

/* Returns: how many such requests came since the beginning or faulty_service_forget() */
guint
faulty_service_count (FaultyService *self, const char *method, const char *path)
{
  g_autofree char *request = g_strdup_printf ("%s %s", method, path);
  guint n = 0;

  for (guint i = 0; i < self->seen->len; i++)
    if (g_pattern_match_simple (request, g_ptr_array_index (self->seen, i)))
      n++;

  return n;
}

/* Counts from 0 again, and spoils nothing any more. */
void
faulty_service_forget (FaultyService *self)
{
  g_ptr_array_set_size (self->seen, 0);
  g_ptr_array_set_size (self->spoils, 0);
}
