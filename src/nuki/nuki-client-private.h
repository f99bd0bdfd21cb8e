/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "nuki-client.h"
#include "nuki-json.h"

G_BEGIN_DECLS

/* Makes the result of a call out of the answer. Runs on another thread if the answer is long. */
typedef gpointer (*NukiReadFunc) (NukiJson *json, GError **error);

/**
 * NukiCall:
 * @method: the HTTP method
 * @path: path and query, escaped, from the slash on
 * @body: (transfer full) (nullable): what is sent
 * @read: (nullable): makes the result; without it, the answer's body may be any JSON, or nothing
 * @destroy: (nullable): frees the result
 * @is_key_list: @read is that of a list of keys, which may be very long
 * @token: (nullable): the token to sign with instead of that of the client
 * @known: (nullable): the digest of an answer that need not be read again: then there is no result. Without one known, an empty
 *   text has the digest made, see nuki_client_call_dup_digest()
 * @find: (nullable): finds a key that is known, which is then taken if the answer says the same of it; gets what the callback gets
 * @progress: (nullable): told how many bytes of the answer have come, and of how many, or -1; gets what the callback gets
 * @probe: only find out whether the service takes it: a 401 stays %NUKI_ERROR_UNAUTHORIZED and no signal is emitted
 */
typedef struct
{
  const char *method;
  const char *path;
  JsonNode *body;
  NukiReadFunc read;
  GDestroyNotify destroy;
  gboolean is_key_list;
  const char *token;
  const char *known;
  NukiFindKeyFunc find;
  GFileProgressCallback progress;
  gboolean probe;
} NukiCall;

/* The one door to the service. */
void nuki_client_call (NukiClient *self, gpointer source_tag, const NukiCall *call, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
gpointer nuki_client_call_finish (NukiClient *self, GAsyncResult *result, gpointer source_tag, GError **error);
char *nuki_client_call_dup_digest (GAsyncResult *result);
gboolean nuki_client_call_finish_done (NukiClient *self, GAsyncResult *result, gpointer source_tag, GError **error);
gpointer nuki_client_read_any_list (NukiJson *json, GError **error);

/* For the door alone. */
gboolean nuki_client_check_usable (NukiClient *self, GError **error);
const char *nuki_client_get_token (NukiClient *self);
SoupSession *nuki_client_get_session (NukiClient *self);
guint nuki_client_get_time_limit (NukiClient *self);
void nuki_client_begin_request (NukiClient *self);
void nuki_client_end_request (NukiClient *self);
void nuki_client_set_online (NukiClient *self, gboolean online);
void nuki_client_emit_throttled (NukiClient *self, guint seconds);
void nuki_client_emit_token_rejected (NukiClient *self, const char *token);

G_END_DECLS
