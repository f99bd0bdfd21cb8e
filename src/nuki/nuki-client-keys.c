/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include "nuki-json.h"

static gpointer
read_key (NukiJson *json, GError **error)
{
  return nuki_json_read_key (json, error);
}

static gpointer
read_keys (NukiJson *json, GError **error)
{
  return nuki_json_read_keys (json, error);
}

static NukiCall
make_list_call (void)
{
  return (NukiCall){
    .method = SOUP_METHOD_GET,
    .read = read_keys,
    .destroy = (GDestroyNotify) g_ptr_array_unref,
    .is_key_list = TRUE,
  };
}

static char *
build_key_path (gint64 lock_id, const char *key_id)
{
  g_autofree char *escaped = g_uri_escape_string (key_id, NULL, FALSE);

  return g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT "/auth/%s", lock_id, escaped);
}

static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0';
}

/**
 * nuki_client_list_keys_async:
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for the keys to all locks in one call: GET /smartlock/auth.
 */
void
nuki_client_list_keys_async (NukiClient *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  NukiCall call = make_list_call ();

  g_return_if_fail (NUKI_IS_CLIENT (self));

  call.path = "/smartlock/auth";
  nuki_client_call (self, nuki_client_list_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_list_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_list_keys_async().
 *
 * Returns: (transfer full) (element-type NukiKey): the keys, or %NULL with an error
 */
GPtrArray *
nuki_client_list_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_list_keys_async, error);
}

/**
 * nuki_client_renew_keys_async:
 * @digest: (nullable): of the answer that is known
 * @find: (nullable) (scope call): finds a key that is known; gets @user_data
 * @progress: (nullable) (scope call): told how many bytes of the answer have come, and of how many, or -1 if nobody knows; gets
 *   @user_data
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Like nuki_client_list_keys_async(), but what the service has said before is not read again, and a key of which it says what
 * is known is that object: a second one of each of very many would take memory that stays with the process.
 */
void
nuki_client_renew_keys_async (NukiClient *self,
                              const char *digest,
                              NukiFindKeyFunc find,
                              GFileProgressCallback progress,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  NukiCall call = make_list_call ();

  g_return_if_fail (NUKI_IS_CLIENT (self));

  call.path = "/smartlock/auth";
  call.known = digest != NULL ? digest : "";
  call.find = find;
  call.progress = progress;
  nuki_client_call (self, nuki_client_renew_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_renew_keys_finish:
 * @result: what the callback got
 * @digest: (out) (transfer full) (nullable): where the digest of the answer goes
 *
 * Ends nuki_client_renew_keys_async().
 *
 * Returns: (transfer full) (nullable) (element-type NukiKey): the keys; %NULL without an error if the answer is the known one
 */
GPtrArray *
nuki_client_renew_keys_finish (NukiClient *self, GAsyncResult *result, char **digest, GError **error)
{
  GPtrArray *keys = nuki_client_call_finish (self, result, nuki_client_renew_keys_async, error);

  *digest = nuki_client_call_dup_digest (result);

  return keys;
}

/**
 * nuki_client_list_lock_keys_async:
 * @lock_id: the `smartlockId` of the lock
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for the keys to one lock: GET /smartlock/{smartlockId}/auth.
 */
void
nuki_client_list_lock_keys_async (NukiClient *self,
                                  gint64 lock_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = make_list_call ();

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT "/auth", lock_id);
  call.path = path;
  nuki_client_call (self, nuki_client_list_lock_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_list_lock_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_list_lock_keys_async().
 *
 * Returns: (transfer full) (element-type NukiKey): the keys, or %NULL with an error
 */
GPtrArray *
nuki_client_list_lock_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_list_lock_keys_async, error);
}

/**
 * nuki_client_list_user_keys_async:
 * @user_id: the `accountUserId` of a person
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for the keys of one person to all locks: GET /smartlock/auth?accountUserId=.
 */
void
nuki_client_list_user_keys_async (NukiClient *self,
                                  int user_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = make_list_call ();

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/smartlock/auth?accountUserId=%d", user_id);
  call.path = path;
  nuki_client_call (self, nuki_client_list_user_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_list_user_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_list_user_keys_async().
 *
 * Returns: (transfer full) (element-type NukiKey): the keys, or %NULL with an error
 */
GPtrArray *
nuki_client_list_user_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_list_user_keys_async, error);
}

/**
 * nuki_client_get_key_async:
 * @lock_id: the `smartlockId` of the lock
 * @key_id: the id of the key
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for one key: GET /smartlock/{smartlockId}/auth/{id}.
 */
void
nuki_client_get_key_async (NukiClient *self,
                           gint64 lock_id,
                           const char *key_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_GET, .read = read_key, .destroy = g_object_unref };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (is_id (key_id));

  path = build_key_path (lock_id, key_id);
  call.path = path;
  nuki_client_call (self, nuki_client_get_key_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_get_key_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_get_key_async().
 *
 * Returns: (transfer full): the key, or %NULL with an error
 */
NukiKey *
nuki_client_get_key_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_get_key_async, error);
}

/**
 * nuki_client_create_key_async:
 * @lock_id: the `smartlockId` of the lock
 * @spec: what is asked
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Makes a key to one lock and, if it is of type app, has the invitation mailed: PUT /smartlock/{smartlockId}/auth.
 *
 * The answer has no id: the key is the one that is in the list afterwards and was not before. An unclear end, such
 * as a timeout, may still have made the key.
 */
void
nuki_client_create_key_async (NukiClient *self,
                              gint64 lock_id,
                              const NukiKeySpec *spec,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_PUT };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (spec != NULL);

  path = g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT "/auth", lock_id);
  call.path = path;
  call.body = nuki_json_build_key (spec);
  nuki_client_call (self, nuki_client_create_key_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_create_key_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_create_key_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_create_key_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_create_key_async, error);
}

/**
 * nuki_client_create_keys_async:
 * @lock_ids: (array length=n_lock_ids): the `smartlockId` of each lock
 * @n_lock_ids: how many locks
 * @spec: what is asked
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Makes the same key to several locks, each with an invitation of its own: PUT /smartlock/auth. See
 * nuki_client_create_key_async().
 */
void
nuki_client_create_keys_async (NukiClient *self,
                               const gint64 *lock_ids,
                               gsize n_lock_ids,
                               const NukiKeySpec *spec,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  NukiCall call = { .method = SOUP_METHOD_PUT };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (lock_ids != NULL && n_lock_ids > 0);
  g_return_if_fail (spec != NULL);

  call.path = "/smartlock/auth";
  call.body = nuki_json_build_keys (spec, lock_ids, n_lock_ids);
  nuki_client_call (self, nuki_client_create_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_create_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_create_keys_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_create_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_create_keys_async, error);
}

/**
 * nuki_client_update_key_async:
 * @lock_id: the `smartlockId` of the lock
 * @key_id: the id of the key
 * @spec: the whole record as it should be; limits that it lacks are dropped from the key
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Changes a key: POST /smartlock/{smartlockId}/auth/{id}.
 */
void
nuki_client_update_key_async (NukiClient *self,
                              gint64 lock_id,
                              const char *key_id,
                              const NukiKeySpec *spec,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_POST };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (is_id (key_id));
  g_return_if_fail (spec != NULL);

  path = build_key_path (lock_id, key_id);
  call.path = path;
  call.body = nuki_json_build_key_update (spec);
  nuki_client_call (self, nuki_client_update_key_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_update_key_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_update_key_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_update_key_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_update_key_async, error);
}

/**
 * nuki_client_update_keys_async:
 * @key_ids: (array zero-terminated=1): ids of keys
 * @specs: for each of them, the whole record as it should be
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Changes several keys: POST /smartlock/auth.
 */
void
nuki_client_update_keys_async (NukiClient *self,
                               const char *const *key_ids,
                               const NukiKeySpec *const *specs,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  NukiCall call = { .method = SOUP_METHOD_POST };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (key_ids != NULL && key_ids[0] != NULL);
  g_return_if_fail (specs != NULL);

  call.path = "/smartlock/auth";
  call.body = nuki_json_build_key_updates (key_ids, specs);
  nuki_client_call (self, nuki_client_update_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_update_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_update_keys_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_update_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_update_keys_async, error);
}

/**
 * nuki_client_delete_key_async:
 * @lock_id: the `smartlockId` of the lock
 * @key_id: the id of the key
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Takes a key back: DELETE /smartlock/{smartlockId}/auth/{id}.
 */
void
nuki_client_delete_key_async (NukiClient *self,
                              gint64 lock_id,
                              const char *key_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_DELETE };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (is_id (key_id));

  path = build_key_path (lock_id, key_id);
  call.path = path;
  nuki_client_call (self, nuki_client_delete_key_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_delete_key_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_delete_key_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_delete_key_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_delete_key_async, error);
}

/**
 * nuki_client_delete_keys_async:
 * @key_ids: (array zero-terminated=1): ids of keys
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Takes several keys back: DELETE /smartlock/auth with the ids in the body.
 */
void
nuki_client_delete_keys_async (NukiClient *self,
                               const char *const *key_ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  NukiCall call = { .method = SOUP_METHOD_DELETE };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (key_ids != NULL && key_ids[0] != NULL);

  call.path = "/smartlock/auth";
  call.body = nuki_json_build_ids (key_ids);
  nuki_client_call (self, nuki_client_delete_keys_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_delete_keys_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_delete_keys_async().
 *
 * Success means that the service has queued this, not that the lock knows.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_delete_keys_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_delete_keys_async, error);
}
