/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include <glib/gi18n-lib.h>

#include "nuki-json.h"
#include "nuki-key-reader.h"
#include "nuki-status.h"

/* Longer answers are parsed on another thread, so that the main loop goes on. */
#define MAX_BYTES_ON_MAIN_THREAD (64 * 1024)

/* 20,000 keys are about 9 MiB. */
#define MAX_BODY_BYTES (64 * 1024 * 1024)
#define CHUNK_BYTES (64 * 1024)

/* What GET /smartlock answers tells a bad token from one that lacks a scope. */
#define CHECK_PATH "/smartlock"

/* One request and its answer; owned by its task. */
typedef struct
{
  SoupMessage *message; /* (owned) */
  char *token;          /* (owned) */
  gboolean is_check;    /* it is itself the request that tells a bad token */
  gboolean probe;

  GCancellable *caller;      /* (owned) (nullable): stops the call */
  gulong caller_handler;     /* or 0 */
  GCancellable *cancellable; /* (owned): stops what is under way */
  guint timer;               /* until it takes too long, or 0 */
  gboolean is_late;          /* it took too long */

  GInputStream *stream; /* (owned) (nullable): the body of the answer */
  GByteArray *body;     /* (owned): what of it has been read */
  GChecksum *checksum;  /* (owned) (nullable): of that */
  char *known;          /* (owned) (nullable): of an answer that need not be read */
  GFileProgressCallback progress;
  NukiFindKeyFunc find;
  gpointer user_data; /* of @progress and @find */

  NukiReadFunc read;
  GDestroyNotify destroy;
  gboolean is_key_list;  /* what is read is one */
  NukiKeyReader *reader; /* (owned) (nullable): that begins before the end of the answer */
} Exchange;

/* What another thread needs to make a result. */
typedef struct
{
  GBytes *bytes; /* (owned) */
  NukiReadFunc read;
  GDestroyNotify destroy;
} Parsing;

static void read_chunk (GTask *task);

static void
free_token (char *token)
{
  if (token != NULL)
    explicit_bzero (token, strlen (token));
  g_free (token);
}

/* libsoup gives the memory of headers back as it is. */
static void
wipe_authorization (SoupMessage *message)
{
  const char *value = soup_message_headers_get_one (soup_message_get_request_headers (message), "Authorization");

  if (value != NULL)
    explicit_bzero ((char *) value, strlen (value));
}

static void
free_exchange (gpointer data)
{
  Exchange *exchange = data;

  wipe_authorization (exchange->message);
  g_clear_handle_id (&exchange->timer, g_source_remove);
  if (exchange->caller_handler > 0)
    g_signal_handler_disconnect (exchange->caller, exchange->caller_handler);
  g_clear_object (&exchange->caller);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->message);
  g_clear_pointer (&exchange->reader, nuki_key_reader_cancel);
  g_byte_array_unref (exchange->body);
  g_clear_pointer (&exchange->checksum, g_checksum_free);
  g_free (exchange->known);
  free_token (exchange->token);
  g_free (exchange);
}

static void
free_parsing (gpointer data)
{
  Parsing *parsing = data;

  g_bytes_unref (parsing->bytes);
  g_free (parsing);
}

/* Ends the exchange; takes @error and @task. */
static void
return_error (GTask *task, GError *error)
{
  g_autoptr (GTask) owned_task = task;
  NukiClient *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  g_clear_pointer (&exchange->reader, nuki_key_reader_cancel);
  if (!exchange->probe && g_error_matches (error, NUKI_ERROR, NUKI_ERROR_THROTTLED))
    nuki_client_emit_throttled (self, nuki_error_get_retry_after (error));

  nuki_client_end_request (self);
  g_task_return_error (task, error);
}

/* Ends the exchange; takes @result and @task. */
static void
return_result (GTask *task, gpointer result)
{
  g_autoptr (GTask) owned_task = task;
  Exchange *exchange = g_task_get_task_data (task);

  nuki_client_end_request (g_task_get_source_object (task));
  if (exchange->read != NULL)
    g_task_return_pointer (task, result, exchange->destroy);
  else
    g_task_return_boolean (task, TRUE);
}

/* Nothing but printable ASCII can be part of a header (RFC 6750: b64token); a line break would begin another one. */
static gboolean
check_token_text (const char *token, GError **error)
{
  if (token == NULL || *token == '\0')
    {
      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED, _ ("There is no token."));
      return FALSE;
    }

  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        {
          g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID,
                               _ ("The token contains spaces, line breaks or other characters that no token has."));
          return FALSE;
        }
    }

  return TRUE;
}

/* Whether @error means that the service was not reached. */
static gboolean
is_unreachable (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* Returns: (nullable): a sentence for a person instead of what the network says */
static const char *
choose_words (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return _ ("The service does not answer. Try again later.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED))
    return _ ("The service cannot be reached through the proxy server.");
  if (is_unreachable (error))
    return _ ("The service cannot be reached. Check the network connection.");
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return _ ("The service cannot prove that it is what it says, so nothing was sent to it.");
  if (error->domain == G_TLS_ERROR)
    return _ ("There is no secure connection to the service, so nothing was sent to it.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return _ ("The connection to the service broke off.");

  return NULL;
}

/* The service proved who it is, and the request went out: what TLS complains of then is no question of trust. */
static gboolean
is_broken_tls (SoupMessage *message, const GError *error)
{
  return error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_BAD_CERTIFICATE &&
         soup_message_get_tls_peer_certificate (message) != NULL &&
         soup_message_get_tls_peer_certificate_errors (message) == 0;
}

static GError *
create_malformed (void)
{
  return g_error_new_literal (NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service cannot be understood."));
}

/* What went wrong below HTTP keeps its domain, except that an answer that is no HTTP is an answer. */
static GError *
convert_transport_error (Exchange *exchange, GError *error)
{
  const char *words;
  GError *converted;

  if (exchange->is_late)
    {
      g_error_free (error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");
    }
  else if (is_broken_tls (exchange->message, error))
    {
      g_error_free (error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "");
    }
  words = choose_words (error);

  if (error->domain == SOUP_SESSION_ERROR)
    converted = create_malformed ();
  else if (words != NULL)
    converted = g_error_new_literal (error->domain, error->code, words);
  else
    return error;

  g_error_free (error);
  return converted;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  Exchange *exchange = user_data;

  g_cancellable_cancel (exchange->cancellable);
}

static void
on_late (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timer = 0;
  exchange->is_late = TRUE;
  g_cancellable_cancel (exchange->cancellable);
}

/* The timeout of the session is for a single read: an answer of a byte now and then would never end. */
static void
limit_time (Exchange *exchange, guint milliseconds, GCancellable *caller)
{
  exchange->cancellable = g_cancellable_new ();
  exchange->timer = g_timeout_add_once (milliseconds, on_late, exchange);
  if (caller == NULL)
    return;

  exchange->caller = g_object_ref (caller);
  exchange->caller_handler = g_signal_connect (caller, "cancelled", G_CALLBACK (on_caller_cancelled), exchange);
  if (g_cancellable_is_cancelled (caller))
    g_cancellable_cancel (exchange->cancellable);
}

static SoupMessage *
create_message (NukiClient *self, const NukiCall *call, const char *token)
{
  g_autofree char *uri = g_strconcat (nuki_client_get_base_uri (self), call->path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  SoupMessage *message = soup_message_new (call->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Authorization", authorization);
  soup_message_headers_replace (headers, "Accept", "application/json");
  explicit_bzero (authorization, strlen (authorization));

  /* The token goes to the one address that was checked. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);

  if (call->body != NULL)
    {
      g_autofree char *text = json_to_string (call->body, FALSE);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
      /* On a connection that was used before, libsoup (3.2) by itself sends a PUT or DELETE again when the connection breaks: a
       * key would be created twice, and a list of keys would be missing, as it has been sent already. */
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
    }

  return message;
}

static void
on_token_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  NukiClient *self = NUKI_CLIENT (source);
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (nuki_client_call_finish (self, result, on_token_checked, &error) != NULL)
    {
      return_error (task, g_error_new_literal (NUKI_ERROR, NUKI_ERROR_SCOPE,
                                               _ ("The token does not have the right to do this.")));
      return;
    }

  if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED))
    nuki_client_emit_token_rejected (self, exchange->token);
  return_error (task, g_steal_pointer (&error));
}

/* A 401 is about the token or about one of its scopes; the service does not say which. Takes @error and @task. */
static void
handle_unauthorized (GTask *task, GError *error)
{
  NukiClient *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);
  NukiCall check = { SOUP_METHOD_GET, CHECK_PATH, .token = exchange->token, .probe = TRUE };

  if (exchange->probe)
    {
      return_error (task, error);
      return;
    }

  if (exchange->is_check)
    {
      nuki_client_emit_token_rejected (self, exchange->token);
      return_error (task, error);
      return;
    }

  check.read = nuki_client_read_any_list;
  g_error_free (error);
  nuki_client_call (self, on_token_checked, &check, g_task_get_cancellable (task), on_token_checked, task);
}

static gpointer
parse (GBytes *bytes, NukiReadFunc read, GError **error)
{
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, error);

  return json != NULL ? read (json, error) : NULL;
}

static void
parse_on_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Parsing *parsing = task_data;
  GError *error = NULL;
  gpointer result = parse (parsing->bytes, parsing->read, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, parsing->destroy);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  gpointer parsed = g_task_propagate_pointer (G_TASK (result), &error);

  if (parsed != NULL)
    return_result (task, parsed);
  else
    return_error (task, error);
}

/* The thread gets no reference to the client: the last one must not be dropped there. */
static void
start_parsing (GTask *task, GBytes *bytes)
{
  Exchange *exchange = g_task_get_task_data (task);
  Parsing *parsing = g_new0 (Parsing, 1);
  g_autoptr (GTask) thread_task = g_task_new (NULL, g_task_get_cancellable (task), on_parsed, task);

  parsing->bytes = g_bytes_ref (bytes);
  parsing->read = exchange->read;
  parsing->destroy = exchange->destroy;
  g_task_set_source_tag (thread_task, start_parsing);
  g_task_set_task_data (thread_task, parsing, free_parsing);
  g_task_run_in_thread (thread_task, parse_on_thread);
}

static void
on_keys_read (GPtrArray *keys, GError *error, gpointer user_data)
{
  if (keys != NULL)
    return_result (user_data, keys);
  else
    return_error (user_data, error);
}

static gboolean
is_successful (Exchange *exchange)
{
  return SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (exchange->message));
}

static NukiKeyReader *
get_reader (Exchange *exchange)
{
  if (exchange->reader == NULL)
    exchange->reader = nuki_key_reader_new (exchange->body, exchange->find, exchange->user_data);

  return exchange->reader;
}

/* Keys that need not be compared with what is known are read while the answer is on its way. */
static void
read_ahead (Exchange *exchange)
{
  if (!exchange->is_key_list || !is_successful (exchange) || (exchange->known != NULL && *exchange->known != '\0'))
    return;

  nuki_key_reader_go_on (get_reader (exchange));
}

/* A long list of keys is there. */
static void
read_keys (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  nuki_key_reader_end (get_reader (exchange), on_keys_read, task);
}

static gboolean
is_known (Exchange *exchange)
{
  return exchange->checksum != NULL && g_str_equal (g_checksum_get_string (exchange->checksum), exchange->known);
}

/* What is long has only been looked at as far as its outermost bracket. */
static gboolean
is_sound (NukiJson *json)
{
  return !nuki_json_is_array (json) || nuki_json_count (json) >= 0;
}

/* A command is answered with 204. Some JSON will do as well; the page of a hotel, or nothing at all, does not mean that
 * anything was done. */
static gboolean
is_command_answer (SoupMessage *message, GBytes *bytes)
{
  g_autoptr (NukiJson) json = NULL;

  if (soup_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    return TRUE;
  if (g_bytes_get_size (bytes) > MAX_BYTES_ON_MAIN_THREAD)
    return FALSE;

  json = nuki_json_parse (bytes, NULL);
  return json != NULL && is_sound (json);
}

/* The whole answer is there, and short or no list of keys. */
static void
read_answer (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  GError *error = NULL;
  gpointer parsed;

  exchange->body = g_byte_array_new ();
  if (!is_successful (exchange))
    {
      error = nuki_status_to_error (exchange->message, bytes, exchange->token);
      if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED))
        handle_unauthorized (task, error);
      else
        return_error (task, error);
      return;
    }

  if (exchange->read == NULL)
    {
      if (is_command_answer (exchange->message, bytes))
        return_result (task, NULL);
      else
        return_error (task, create_malformed ());
      return;
    }

  if (g_bytes_get_size (bytes) > MAX_BYTES_ON_MAIN_THREAD)
    {
      start_parsing (task, bytes);
      return;
    }

  parsed = parse (bytes, exchange->read, &error);
  if (parsed != NULL)
    return_result (task, parsed);
  else
    return_error (task, error);
}

static void
handle_answer (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_clear_handle_id (&exchange->timer, g_source_remove);
  if (is_successful (exchange) && is_known (exchange))
    return_result (task, NULL);
  else if (is_successful (exchange) && exchange->is_key_list && exchange->body->len > MAX_BYTES_ON_MAIN_THREAD)
    read_keys (task);
  else
    read_answer (task);
}

/* A body that is compressed is longer than what the service says. */
static void
tell_progress (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  goffset total = -1;

  if (exchange->progress == NULL)
    return;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_one (headers, "Content-Encoding") == NULL)
    total = soup_message_headers_get_content_length (headers);
  exchange->progress (exchange->body->len, total, exchange->user_data);
}

static void
on_chunk_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      return_error (task, convert_transport_error (exchange, error));
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      handle_answer (task);
      return;
    }

  g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  /* While the rest is on its way. */
  if (exchange->checksum != NULL)
    g_checksum_update (exchange->checksum, g_bytes_get_data (chunk, NULL), (gssize) g_bytes_get_size (chunk));
  if (exchange->body->len > MAX_BODY_BYTES)
    {
      return_error (task, g_error_new_literal (NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service is too long.")));
      return;
    }

  tell_progress (exchange);
  read_ahead (exchange);
  read_chunk (task);
}

static void
read_chunk (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, exchange->cancellable,
                                   on_chunk_read, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  NukiClient *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      if (exchange->is_late || is_unreachable (error))
        nuki_client_set_online (self, FALSE);
      return_error (task, convert_transport_error (exchange, error));
      return;
    }

  nuki_client_set_online (self, TRUE);
  read_chunk (task);
}

/* private: calls the service; the errors are those of NukiError and of what is below HTTP */
void
nuki_client_call (NukiClient *self,
                  gpointer source_tag,
                  const NukiCall *call,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonNode) body = call->body;
  const char *token = call->token != NULL ? call->token : nuki_client_get_token (self);
  GError *error = NULL;
  Exchange *exchange;

  g_task_set_source_tag (task, source_tag);
  if (!nuki_client_check_usable (self, &error) || !check_token_text (token, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  exchange = g_new0 (Exchange, 1);
  exchange->message = create_message (self, call, token);
  exchange->token = g_strdup (token);
  exchange->is_check = g_str_equal (call->method, SOUP_METHOD_GET) && g_str_equal (call->path, CHECK_PATH);
  exchange->probe = call->probe;
  exchange->body = g_byte_array_new ();
  exchange->checksum = call->known != NULL ? g_checksum_new (G_CHECKSUM_SHA1) : NULL;
  exchange->known = g_strdup (call->known);
  exchange->progress = call->progress;
  exchange->find = call->find;
  exchange->user_data = user_data;
  exchange->read = call->read;
  exchange->destroy = call->destroy;
  exchange->is_key_list = call->is_key_list;
  limit_time (exchange, nuki_client_get_time_limit (self), cancellable);
  g_task_set_task_data (task, exchange, free_exchange);

  nuki_client_begin_request (self);
  /* libsoup 3.6.5 starts a request anew whose kept connection broke off, and takes the error of the first try for one of the
   * second if it hears of it later. Then the request ends twice, and what the session uses is freed. What is urgent is heard of
   * first. */
  soup_session_send_async (nuki_client_get_session (self), exchange->message, G_PRIORITY_HIGH, exchange->cancellable,
                           on_sent, g_steal_pointer (&task));
}

/* private: (transfer full): what a call with a read function made out of the answer */
gpointer
nuki_client_call_finish (NukiClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (NUKI_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* private: (transfer full) (nullable): the digest of the answer to a call that knows one; %NULL if there was no answer */
char *
nuki_client_call_dup_digest (GAsyncResult *result)
{
  Exchange *exchange = g_task_get_task_data (G_TASK (result));

  if (exchange == NULL || exchange->checksum == NULL)
    return NULL;

  return g_strdup (g_checksum_get_string (exchange->checksum));
}

/* private: whether a call without a read function succeeded */
gboolean
nuki_client_call_finish_done (NukiClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (NUKI_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* private: (transfer none): something if @json is an array, whatever is in it; a #NukiReadFunc. The array itself is not
 * returned: who only wants to know would have to free all of it on the main thread. */
gpointer
nuki_client_read_any_list (NukiJson *json, GError **error)
{
  if (nuki_json_is_array (json) && is_sound (json))
    return GINT_TO_POINTER (TRUE);

  g_propagate_error (error, create_malformed ());
  return NULL;
}
