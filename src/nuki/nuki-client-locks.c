/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include "nuki-json.h"

static gpointer
read_lock (NukiJson *json, GError **error)
{
  return nuki_json_read_lock (json, error);
}

static gpointer
read_locks (NukiJson *json, GError **error)
{
  return nuki_json_read_locks (json, error);
}

/**
 * nuki_client_list_locks_async:
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for all locks of the account: GET /smartlock.
 */
void
nuki_client_list_locks_async (NukiClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  NukiCall call = { .method = SOUP_METHOD_GET, .read = read_locks, .destroy = (GDestroyNotify) g_ptr_array_unref };

  g_return_if_fail (NUKI_IS_CLIENT (self));

  call.path = "/smartlock";
  nuki_client_call (self, nuki_client_list_locks_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_list_locks_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_list_locks_async().
 *
 * Returns: (transfer full) (element-type NukiLock): the locks, or %NULL with an error
 */
GPtrArray *
nuki_client_list_locks_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_list_locks_async, error);
}

/**
 * nuki_client_get_lock_async:
 * @lock_id: the `smartlockId` of the lock
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for one lock: GET /smartlock/{smartlockId}.
 */
void
nuki_client_get_lock_async (NukiClient *self,
                            gint64 lock_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_GET, .read = read_lock, .destroy = g_object_unref };

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT, lock_id);
  call.path = path;
  nuki_client_call (self, nuki_client_get_lock_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_get_lock_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_get_lock_async().
 *
 * Returns: (transfer full): the lock, or %NULL with an error
 */
NukiLock *
nuki_client_get_lock_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_get_lock_async, error);
}

/**
 * nuki_client_update_lock_async:
 * @lock_id: the `smartlockId` of the lock
 * @name: the name
 * @favorite: whether it is a favourite
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Changes how a lock is called and whether it is a favourite: POST /smartlock/{smartlockId}.
 */
void
nuki_client_update_lock_async (NukiClient *self,
                               gint64 lock_id,
                               const char *name,
                               gboolean favorite,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_POST };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (name != NULL);

  path = g_strdup_printf ("/smartlock/%" G_GINT64_FORMAT, lock_id);
  call.path = path;
  call.body = nuki_json_build_lock_update (name, favorite);
  nuki_client_call (self, nuki_client_update_lock_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_update_lock_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_update_lock_async().
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_update_lock_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_update_lock_async, error);
}
