/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "nuki-error.h"
#include "nuki-key-spec.h"
#include "nuki-key.h"
#include "nuki-lock.h"
#include "nuki-user.h"

G_BEGIN_DECLS

/**
 * NukiTokenFunc:
 * @user_data: what was given to nuki_client_new()
 *
 * Returns: (transfer none) (nullable): the token to sign the next request with
 */
typedef const char *(*NukiTokenFunc) (gpointer user_data);

#define NUKI_TYPE_CLIENT (nuki_client_get_type ())
G_DECLARE_FINAL_TYPE (NukiClient, nuki_client, NUKI, CLIENT, GObject)

/* The address of the real service. */
#define NUKI_CLIENT_DEFAULT_URI "https://api.nuki.io"

NukiClient *nuki_client_new (const char *base_uri, SoupSession *session);
gboolean nuki_client_check_uri (const char *uri, GError **error);
const char *nuki_client_get_base_uri (NukiClient *self);
void nuki_client_set_token_func (NukiClient *self,
                                 NukiTokenFunc func,
                                 gpointer user_data,
                                 GDestroyNotify destroy);
void nuki_client_set_time_limit (NukiClient *self, guint milliseconds);
gboolean nuki_client_get_busy (NukiClient *self);
gboolean nuki_client_get_online (NukiClient *self);

/* Calls. Lists come as GPtrArray of objects; errors are those of NukiError and below. */

void nuki_client_list_locks_async (NukiClient *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_list_locks_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_get_lock_async (NukiClient *self, gint64 lock_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
NukiLock *nuki_client_get_lock_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_update_lock_async (NukiClient *self, gint64 lock_id, const char *name, gboolean favorite,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_update_lock_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_list_users_async (NukiClient *self, const char *email, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_list_users_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_create_user_async (NukiClient *self, const char *name, const char *email, const char *language,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
NukiUser *nuki_client_create_user_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_get_user_async (NukiClient *self, int user_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
NukiUser *nuki_client_get_user_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_update_user_async (NukiClient *self, int user_id, const char *name, const char *email,
                                    const char *language, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_update_user_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_delete_user_async (NukiClient *self, int user_id, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_delete_user_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_list_keys_async (NukiClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_list_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_renew_keys_async (NukiClient *self, const char *digest, NukiFindKeyFunc find,
                                   GFileProgressCallback progress, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_renew_keys_finish (NukiClient *self, GAsyncResult *result, char **digest, GError **error);
void nuki_client_list_lock_keys_async (NukiClient *self, gint64 lock_id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_list_lock_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_list_user_keys_async (NukiClient *self, int user_id, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *nuki_client_list_user_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_get_key_async (NukiClient *self, gint64 lock_id, const char *key_id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
NukiKey *nuki_client_get_key_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_create_key_async (NukiClient *self, gint64 lock_id, const NukiKeySpec *spec,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_create_key_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_create_keys_async (NukiClient *self, const gint64 *lock_ids, gsize n_lock_ids,
                                    const NukiKeySpec *spec, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_create_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_update_key_async (NukiClient *self, gint64 lock_id, const char *key_id, const NukiKeySpec *spec,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_update_key_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_update_keys_async (NukiClient *self, const char *const *key_ids,
                                    const NukiKeySpec *const *specs, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_update_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_delete_key_async (NukiClient *self, gint64 lock_id, const char *key_id, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_delete_key_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_delete_keys_async (NukiClient *self, const char *const *key_ids, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_delete_keys_finish (NukiClient *self, GAsyncResult *result, GError **error);

void nuki_client_check_token_async (NukiClient *self, const char *token, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean nuki_client_check_token_finish (NukiClient *self, GAsyncResult *result, NukiScopes *scopes,
                                         GError **error);

G_END_DECLS
