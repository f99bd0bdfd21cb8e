/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-simulator.h"

#include <libsoup/soup.h>

#include "nuki-sim-account.h"
#include "nuki-sim-demo.h"
#include "nuki-sim-edit.h"
#include "nuki-sim-faults.h"
#include "nuki-sim-key-rules.h"
#include "nuki-sim-operation.h"
#include "nuki-sim-repeat.h"
#include "nuki-sim-routes.h"
#include "nuki-sim-port.h"
#include "nuki-sim-tls.h"

/* Where a test driver outside the process sees what the simulator holds, and changes it. */
#define ACCOUNT_PATH "/simulator/account"
/* Where it makes trouble. */
#define FAULTS_PATH "/simulator/faults"

#define DEMO_DELAY_FROM 2000
#define DEMO_DELAY_TO 4000

/**
 * NukiSimulator:
 *
 * A Nuki Web API on 127.0.0.1, for the demo account and for tests. It runs in the main context that is the
 * thread's default when nuki_simulator_start() is called. Nothing happens between requests: whatever had its
 * time is carried out before the next request is answered, so the simulator needs no timers and tests can
 * move its time. What goes wrong is asked for with nuki_simulator_add_fault().
 */
struct _NukiSimulator
{
  GObject parent_instance;

  SoupServer *server;      /* (owned) (nullable): while it runs and can be reached */
  NukiSimTls *tls;         /* (owned) (nullable): its port, if it has a certificate */
  guint16 port;            /* while it runs */
  char *uri;               /* (owned) (nullable): while it runs */
  GSocket *place;          /* (owned) (nullable): keeps the port from others while it runs and cannot be reached */
  GTlsCertificate *certificate; /* (owned) (nullable): for HTTPS */
  NukiSimAccount *account; /* (owned) */
  GHashTable *tokens;      /* (owned): token to its scopes, a GStrv */
  NukiSimFaults *faults;   /* (owned) */
  NukiSimRepeat *repeat;   /* (owned) */
  guint refusal;           /* the source that makes it unreachable, or 0 */
  gint64 reachable_at;     /* when it can be reached again, in its time; 0 if nobody knows */
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
  parser = json_parser_new ();
  if (!g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) ||
      !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                   NULL))
    return nuki_sim_request_fail (request, SOUP_STATUS_BAD_REQUEST, "The request body is not JSON");

  request->body = json_parser_steal_root (parser);
  if (request->drops_limits)
    nuki_sim_key_rules_drop_limits (request->body);
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
  else if (!nuki_sim_routes_allows (route, scopes))
    nuki_sim_request_fail (request, SOUP_STATUS_UNAUTHORIZED, "Your access token is not authorized");
  else if (nuki_sim_routes_resolve (route, path, request) && read_body (message, request))
    route->handler (request);
}

static void
send_json (NukiSimulator *self, SoupServerMessage *message, JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  gsize length = strlen (text);

  if (self->account->operations->len == 0)
    nuki_sim_repeat_keep (self->repeat, message, text, length);
  soup_server_message_set_response (message, "application/json;charset=UTF-8", SOUP_MEMORY_TAKE,
                                    g_steal_pointer (&text), length);
}

static void
send_answer (NukiSimulator *self, SoupServerMessage *message, NukiSimRequest *request)
{
  soup_server_message_set_status (message, request->status, NULL);
  if (request->answer != NULL)
    send_json (self, message, request->answer);
}

static void
on_refusal (gpointer user_data)
{
  NukiSimulator *self = NUKI_SIMULATOR (user_data);

  self->refusal = 0;
  nuki_simulator_set_reachable (self, FALSE, NULL);
}

/* The port is closed when the request that met the refusal is out of the way. */
static void
refuse (NukiSimulator *self, const NukiSimFault *fault)
{
  self->reachable_at = fault->milliseconds > 0 ? self->account->now + fault->milliseconds : 0;
  if (self->refusal == 0)
    self->refusal = g_idle_add_once (on_refusal, self);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  NukiSimulator *self = NUKI_SIMULATOR (user_data);
  const NukiSimFault *fault = nuki_sim_faults_take (self->faults, soup_server_message_get_method (message), path);
  g_auto (NukiSimRequest) request = { .account = self->account, .query = query };

  self->account->n_requests++;
  settle (self);
  if (fault != NULL || self->account->operations->len > 0)
    nuki_sim_repeat_forget (self->repeat);
  if (nuki_sim_repeat_answer (self->repeat, message))
    return;

  if (fault == NULL || nuki_sim_fault_is_heard (fault))
    {
      request.drops_limits = fault != NULL && fault->kind == NUKI_SIM_FAULT_DROP_LIMITS;
      dispatch (self, message, path, &request);
      g_assert (request.status != 0);
    }

  if (fault != NULL)
    {
      if (fault->kind == NUKI_SIM_FAULT_REFUSE)
        refuse (self, fault);
      nuki_sim_faults_answer (self->faults, fault, message, self->uri, request.status, request.answer);
      return;
    }

  send_answer (self, message, &request);
}

/* GET tells what the account holds, POST edits it. */
static void
on_account_request (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  NukiSimulator *self = NUKI_SIMULATOR (user_data);
  g_auto (NukiSimRequest) request = { .account = self->account };
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_POST))
    nuki_sim_request_answer (&request, nuki_simulator_dump (self));
  else if (read_body (message, &request))
    {
      if (request.body != NULL && nuki_simulator_edit (self, request.body, &error))
        nuki_sim_request_accept (&request);
      else
        nuki_sim_request_fail (&request, SOUP_STATUS_BAD_REQUEST, "%s", error != NULL ? error->message : "Nothing to edit");
    }
  send_answer (self, message, &request);
}

/* Returns: whether @body could be understood */
static gboolean
add_fault_from_json (NukiSimulator *self, JsonNode *body)
{
  JsonObject *object = body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;
  const char *name = object != NULL ? nuki_sim_get_string (object, "fault") : NULL;
  const NukiSimFault *fault = name != NULL ? nuki_sim_fault_find (name) : NULL;
  const char *method = object != NULL ? nuki_sim_get_string (object, "method") : NULL;
  const char *path = object != NULL ? nuki_sim_get_string (object, "path") : NULL;
  gint64 count = object != NULL ? nuki_sim_get_int (object, "count", NUKI_SIM_ALWAYS) : 0;

  if (fault == NULL || count < 0 || count > NUKI_SIM_ALWAYS)
    return FALSE;

  nuki_simulator_add_fault (self, method != NULL ? method : "*", path != NULL ? path : "*", (guint) count, fault);
  return TRUE;
}

static void
on_faults_request (SoupServer *server,
                   SoupServerMessage *message,
                   const char *path,
                   GHashTable *query,
                   gpointer user_data)
{
  NukiSimulator *self = NUKI_SIMULATOR (user_data);
  const char *method = soup_server_message_get_method (message);
  g_auto (NukiSimRequest) request = { .account = self->account };

  if (g_str_equal (method, SOUP_METHOD_DELETE))
    {
      nuki_simulator_clear_faults (self);
      nuki_sim_request_accept (&request);
    }
  else if (!g_str_equal (method, SOUP_METHOD_POST))
    nuki_sim_request_fail (&request, SOUP_STATUS_METHOD_NOT_ALLOWED, "Faults are posted or deleted");
  else if (read_body (message, &request))
    {
      if (add_fault_from_json (self, request.body))
        nuki_sim_request_accept (&request);
      else
        nuki_sim_request_fail (&request, SOUP_STATUS_BAD_REQUEST, "There is no such fault");
    }

  send_answer (self, message, &request);
}

/* Opens the port, or a free one if it is 0. */
static gboolean
listen (NukiSimulator *self, GError **error)
{
  self->server = soup_server_new ("server-header", "nuki-simulator", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_add_handler (self->server, ACCOUNT_PATH, on_account_request, self, NULL);
  soup_server_add_handler (self->server, FAULTS_PATH, on_faults_request, self, NULL);
  if (self->certificate != NULL ? (self->tls = nuki_sim_tls_new (self->server, self->certificate, &self->port, error)) != NULL
                                : nuki_sim_port_open (self->server, &self->port, error))
    return TRUE;

  g_clear_object (&self->server);
  return FALSE;
}

static void
close_port (NukiSimulator *self)
{
  g_clear_handle_id (&self->refusal, g_source_remove);
  g_clear_pointer (&self->tls, nuki_sim_tls_free);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->place);
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
  g_clear_pointer (&self->faults, nuki_sim_faults_free);
  g_clear_pointer (&self->repeat, nuki_sim_repeat_free);
  g_clear_object (&self->certificate);

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
  self->faults = nuki_sim_faults_new ();
  self->repeat = nuki_sim_repeat_new ();
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

  nuki_sim_repeat_forget (self->repeat);

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
 * nuki_simulator_edit:
 * @edits: an object with arrays `locks`, `users` and `keys` of records, which have to have their ids
 *
 * Does at once what another administrator, or a lock, may do behind the back of the application. The members of a record
 * that is there are replaced, those that are null removed; an unknown record is added; one with the member `removed` goes.
 * What waits for the next request but one happens at the next.
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_DATA if @edits cannot be used; then nothing has changed
 */
gboolean
nuki_simulator_edit (NukiSimulator *self, JsonNode *edits, GError **error)
{
  g_autoptr (JsonNode) account = NULL;
  g_autoptr (JsonNode) copy = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), FALSE);
  g_return_val_if_fail (edits != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  /* A dump shares with the account what is inside its records. */
  account = nuki_simulator_dump (self);
  text = json_to_string (account, FALSE);
  copy = json_from_string (text, error);

  return copy != NULL && nuki_sim_edit (copy, edits, error) && nuki_simulator_load (self, copy, error);
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
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), FALSE);
  g_return_val_if_fail (self->uri == NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  self->port = (guint16) port;
  if (!listen (self, error))
    return FALSE;

  self->uri = g_strdup_printf ("%s://127.0.0.1:%u", self->certificate != NULL ? "https" : "http", self->port);

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

  close_port (self);
  g_clear_pointer (&self->uri, g_free);
}

/**
 * nuki_simulator_set_reachable:
 * @reachable: whether one can connect
 *
 * Closes the port and all connections of one that runs, or opens the same port again, which nobody else gets meanwhile. The account
 * and the address stay.
 *
 * Returns: %FALSE with an error of #GIOErrorEnum if the port cannot be had any more
 */
gboolean
nuki_simulator_set_reachable (NukiSimulator *self, gboolean reachable, GError **error)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), FALSE);
  g_return_val_if_fail (self->uri != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!reachable)
    {
      close_port (self);
      self->place = nuki_sim_port_keep (self->port, error);
      return self->place != NULL;
    }

  g_clear_handle_id (&self->refusal, g_source_remove);
  self->reachable_at = 0;
  g_clear_object (&self->place);

  return self->server != NULL || listen (self, error);
}

/**
 * nuki_simulator_set_certificate:
 * @certificate: (nullable): with its private key; %NULL for plain HTTP
 *
 * Sets what proves who the service is, from the next time on that the port is opened.
 */
void
nuki_simulator_set_certificate (NukiSimulator *self, GTlsCertificate *certificate)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  g_set_object (&self->certificate, certificate);
}

/**
 * nuki_simulator_add_fault:
 * @method: the method of the requests that meet the fault; `*` for all
 * @path_pattern: their path, without its query, with `*` and `?` as wildcards
 * @count: how many meet it, or %NUKI_SIM_ALWAYS
 * @fault: what goes wrong then, such as nuki_sim_fault_find() returns it; it is copied
 *
 * Adds a fault. A request meets the first fault for it that is not used up, and no other.
 */
void
nuki_simulator_add_fault (NukiSimulator *self,
                          const char *method,
                          const char *path_pattern,
                          guint count,
                          const NukiSimFault *fault)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));
  g_return_if_fail (method != NULL && path_pattern != NULL && fault != NULL);

  nuki_sim_faults_add (self->faults, method, path_pattern, count, fault);
}

/**
 * nuki_simulator_clear_faults:
 *
 * Removes all faults. What they did stays done: requests hang, and a closed port stays closed.
 */
void
nuki_simulator_clear_faults (NukiSimulator *self)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  nuki_sim_faults_clear (self->faults);
}

/**
 * nuki_simulator_get_n_faults_met:
 *
 * Returns: how many requests met a fault
 */
guint
nuki_simulator_get_n_faults_met (NukiSimulator *self)
{
  g_return_val_if_fail (NUKI_IS_SIMULATOR (self), 0);

  return nuki_sim_faults_get_n_met (self->faults);
}

/**
 * nuki_simulator_release:
 *
 * Answers the requests that hang because of a fault: as usual if they were carried out, else with 503.
 */
void
nuki_simulator_release (NukiSimulator *self)
{
  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  nuki_sim_faults_release (self->faults);
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
  nuki_sim_repeat_forget (self->repeat);
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
  nuki_sim_repeat_forget (self->repeat);
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
  nuki_sim_repeat_forget (self->repeat);
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
  g_autoptr (GError) error = NULL;

  g_return_if_fail (NUKI_IS_SIMULATOR (self));

  self->time_offset += (gint64) milliseconds;
  nuki_sim_operations_finish_requests (self->account);
  settle (self);
  if (self->reachable_at > 0 && self->reachable_at <= self->account->now &&
      !nuki_simulator_set_reachable (self, TRUE, &error))
    g_error ("The port cannot be opened again: %s", error->message);
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
