/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-simulator.h"

#include <libsoup/soup.h>

#include "nuki-sim-account.h"
#include "nuki-sim-demo.h"
#include "nuki-sim-operation.h"
#include "nuki-sim-routes.h"

/* Where a test driver outside the process sees what the simulator holds. */
#define DUMP_PATH "/simulator/account"

#define DEMO_DELAY_FROM 2000
#define DEMO_DELAY_TO 4000

/**
 * NukiSimulator:
 *
 * A Nuki Web API on 127.0.0.1, for the demo account and for tests. It runs in the main context that is the
 * thread's default when nuki_simulator_start() is called. Nothing happens between requests: whatever had its
 * time is carried out before the next request is answered, so the simulator needs no timers and tests can
 * move its time.
 */
struct _NukiSimulator
{
  GObject parent_instance;

  SoupServer *server;      /* (owned) (nullable): while it runs */
  char *uri;               /* (owned) (nullable): while it runs */
  NukiSimAccount *account; /* (owned) */
  GHashTable *tokens;      /* (owned): token to its scopes, a GStrv */
  gint64 time_offset;      /* milliseconds by which nuki_simulator_advance() moved the time */
};

G_DEFINE_FINAL_TYPE (NukiSimulator, nuki_simulator, G_TYPE_OBJECT)

static void
settle (NukiSimulator *self)
{
  self->account->now = g_get_real_time () / 1000 + self->time_offset;
  nuki_sim_operations_settle (self->account);
}

/* Returns: (nullable): the scopes of the token that @message bears */
static char **
find_scopes (NukiSimulator *self, SoupServerMessage *message)
{
  const char *header =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", strlen ("Bearer ")) != 0)
    return NULL;

  return g_hash_table_lookup (self->tokens, header + strlen ("Bearer "));
}

static gboolean
has_scope (char **scopes, const char *accepted)
{
  g_auto (GStrv) names = g_strsplit (accepted, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) scopes, names[i]))
      return TRUE;

  return FALSE;
}

/* Returns: FALSE if what was sent is not JSON; then the request was answered */
static gboolean
read_body (SoupServerMessage *message, NukiSimRequest *request)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = NULL;

  if (body->length == 0)
    return TRUE;

  bytes = soup_message_body_flatten (body);
  parser = json_parser_new_immutable ();
  if (!g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) ||
      !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                   NULL))
    return nuki_sim_request_fail (request, SOUP_STATUS_BAD_REQUEST, "The request body is not JSON");

  request->body = json_parser_steal_root (parser);
  return TRUE;
}

static void
dispatch (NukiSimulator *self, SoupServerMessage *message, const char *path, NukiSimRequest *request)
{
  char **scopes = find_scopes (self, message);
  const char *method = soup_server_message_get_method (message);
  gboolean path_is_known = FALSE;
  const NukiSimRoute *route = nuki_sim_routes_find (method, path, &path_is_known);

  if (scopes == NULL)
    nuki_sim_request_fail (request, SOUP_STATUS_UNAUTHORIZED, "Your access token is not authorized");
  else if (!path_is_known)
    nuki_sim_request_fail (request, SOUP_STATUS_NOT_FOUND, "There is no '%s'", path);
  else if (route == NULL)
    nuki_sim_request_fail (request, SOUP_STATUS_METHOD_NOT_ALLOWED, "The method is not allowed");
  else if (!has_scope (scopes, route->scopes))
    nuki_sim_request_fail (request, SOUP_STATUS_UNAUTHORIZED, "Your access token is not authorized");
  else if (nuki_sim_routes_resolve (route, path, request) && read_body (message, request))
    route->handler (request);
}

static void
send_json (SoupServerMessage *message, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  gsize length = strlen (text);

  soup_server_message_set_response (message, "application/json;charset=UTF-8", SOUP_MEMORY_TAKE,
                                    g_steal_pointer (&text), length);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  NukiSimulator *self = NUKI_SIMULATOR (user_data);
  g_auto (NukiSimRequest) request = { .account = self->account, .query = query };

  self->account->n_requests++;
  settle (self);
  dispatch (self, message, path, &request);
  g_assert (request.status != 0);

  soup_server_message_set_status (message, request.status, NULL);
  if (request.answer != NULL)
    send_json (message, request.answer);
}

static void
on_dump_request (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer user_data)
{
  g_autoptr (JsonNode) node = nuki_simulator_dump (NUKI_SIMULATOR (user_data));

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  send_json (message, node);
}

static void
nuki_simulator_dispose (GObject *object)
{
  nuki_simulator_stop (NUKI_SIMULATOR (object));

  G_OBJECT_CLASS (nuki_simulator_parent_class)->dispose (object);
}

static void
nuki_simulator_finalize (GObject *object)
{
  NukiSimulator *self = NUKI_SIMULATOR (object);

  g_clear_pointer (&self->account, nuki_sim_account_free);
  g_clear_pointer (&self->tokens, g_hash_table_unref);

  G_OBJECT_CLASS (nuki_simulator_parent_class)->finalize (object);
}

static void
nuki_simulator_class_init (NukiSimulatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = nuki_simulator_dispose;
  object_class->finalize = nuki_simulator_finalize;
}

static void
nuki_simulator_init (NukiSimulator *self)
{
  self->account = nuki_sim_account_new ();
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
}

/**
 * nuki_simulator_new:
 *
 * Makes a service with an account in which there is nothing, and that accepts no token yet.
 *
 * Returns: (transfer full): a simulator that does not run yet
 */
NukiSimulator *
nuki_simulator_new (void)
{
  return g_object_new (NUKI_TYPE_SIMULATOR, NULL);
}

/**
 * nuki_simulator_new_demo:
 *
 * Makes a service with the demo account, dated relative to now, that accepts %NUKI_SIMULATOR_DEMO_TOKEN.
 * Changes take two to four seconds.
 *
 * Returns: (transfer full): a simulator that does not run yet
 */
NukiSimulator *
nuki_simulator_new_demo (void)
{
  NukiSimulator *self = nuki_simulator_new ();
  g_autoptr (JsonNode) account = nuki_sim_demo_build (self->account->now);
  g_autoptr (GError) error = NULL;

  if (!nuki_simulator_load (self, account, &error))
    g_error ("The demo account is unusable: %s", error->message);
  nuki_simulator_add_token (self, NUKI_SIMULATOR_DEMO_TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  nuki_simulator_set_delay (self, DEMO_DELAY_FROM, DEMO_DELAY_TO);

  return self;
}

/**
 * nuki_simulator_load:
 * @account: an object with the arrays `locks`, `users`, `keys`, `log`, `mails` and `operations` and the
 * object `account`, each of which may be absent, as nuki_simulator_dump() returns it
 *
 * Replaces the account by another. What the API promises of a record and @account lacks is filled in; needed
 * are only the ids.
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_DATA if @account cannot be used
 */
gboolean
nuki_simulator_load (NukiSimulator *self, JsonNode *account, GError **error)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return nuki_sim_account_load (self->account, account, error);
}

/**
 * nuki_simulator_dump:
 *
 * Tells what the service holds now, including what the locks have yet to do. This is not a request: it does
 * not bring on what waits for one. Members that begin with an underscore are known to the simulator and never
 * answered.
 *
 * Returns: (transfer full): the account, as nuki_simulator_load() takes it
 */
JsonNode *
nuki_simulator_dump (NukiSimulator *self)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), NULL);

  settle (self);
  return nuki_sim_account_dump (self->account);
}

/**
 * nuki_simulator_start:
 * @port: the port on 127.0.0.1, or 0 for one that is free
 *
 * Starts to answer in the main context that is the default of this thread.
 *
 * Returns: %FALSE with an error of #GIOErrorEnum if the port cannot be had
 */
gboolean
nuki_simulator_start (NukiSimulator *self, guint port, GError **error)
{
  GSList *uris;

  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self->server = soup_server_new ("server-header", "nuki-simulator", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_add_handler (self->server, DUMP_PATH, on_dump_request, self, NULL);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    {
      g_clear_object (&self->server);
      return FALSE;
    }

  uris = soup_server_get_uris (self->server);
  self->uri = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return TRUE;
}

/**
 * nuki_simulator_stop:
 *
 * Closes the port and all connections. The account stays; the simulator can be started again.
 */
void
nuki_simulator_stop (NukiSimulator *self)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_pointer (&self->uri, g_free);
}

/**
 * nuki_simulator_get_uri:
 *
 * Returns: (transfer none) (nullable): the address, such as `http://127.0.0.1:38017`, while it runs
 */
const char *
nuki_simulator_get_uri (NukiSimulator *self)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), NULL);

  return self->uri;
}

/**
 * nuki_simulator_add_token:
 * @token: a bearer token
 * @scopes: what it may be used for: names of scopes, separated by spaces
 *
 * Accepts @token from now on. A token that is known already gets other scopes.
 */
void
nuki_simulator_add_token (NukiSimulator *self, const char *token, const char *scopes)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));
  g_return_if_fail (token != NULL && scopes != NULL);

  g_hash_table_insert (self->tokens, g_strdup (token), g_strsplit (scopes, " ", -1));
}

/**
 * nuki_simulator_revoke_token:
 *
 * Refuses @token from now on, as the service does when the password of the account was changed.
 */
void
nuki_simulator_revoke_token (NukiSimulator *self, const char *token)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));
  g_return_if_fail (token != NULL);

  g_hash_table_remove (self->tokens, token);
}

/**
 * nuki_simulator_set_delay:
 * @from_ms: the shortest time in milliseconds
 * @to_ms: the longest time in milliseconds, not less than @from_ms
 *
 * Sets how long it takes from a 204 to the effect; a new key is in the lists, incomplete, after half that
 * time. With 0, 0 a change waits while the next request is answered, and has happened for the one after.
 */
void
nuki_simulator_set_delay (NukiSimulator *self, guint from_ms, guint to_ms)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));
  g_return_if_fail (from_ms <= to_ms && to_ms < G_MAXINT32);

  self->account->delay_from = from_ms;
  self->account->delay_to = to_ms;
}

/**
 * nuki_simulator_set_lock_online:
 * @lock_id: the `smartlockId` of a lock of the account
 *
 * Takes a lock off the net or brings it back. While it is away, changes are accepted and wait; when it is
 * back, they take their usual time.
 */
void
nuki_simulator_set_lock_online (NukiSimulator *self, gint64 lock_id, gboolean online)
{
  JsonObject *lock;

  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  settle (self);
  lock = nuki_sim_account_find_lock (self->account, lock_id);
  g_return_if_fail (lock != NULL);

  json_object_set_int_member (lock, "serverState",
                              online ? NUKI_SIM_SERVER_STATE_ONLINE : NUKI_SIM_SERVER_STATE_OFFLINE);
  if (online)
    nuki_sim_operations_postpone (self->account, lock_id);
}

/**
 * nuki_simulator_advance:
 * @milliseconds: how far to go
 *
 * Lets time pass in the simulator. What waits for the next request but one happens too.
 */
void
nuki_simulator_advance (NukiSimulator *self, guint64 milliseconds)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  self->time_offset += (gint64) milliseconds;
  nuki_sim_operations_finish_requests (self->account);
  settle (self);
}

/**
 * nuki_simulator_get_n_requests:
 *
 * Returns: how many requests to the API arrived, whatever their answers
 */
guint
nuki_simulator_get_n_requests (NukiSimulator *self)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), 0);

  return self->account->n_requests;
}
