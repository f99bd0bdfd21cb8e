/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "nuki-key-spec.h"
#include "nuki-lock.h"
#include "nuki-user.h"

G_BEGIN_DECLS

typedef struct _NukiJson NukiJson;

typedef void (*NukiJsonFunc) (JsonNode *element, gpointer user_data);

/* Text */
NukiJson *nuki_json_parse (GBytes *bytes, GError **error);
NukiJson *nuki_json_parse_pieces (GBytes *bytes, gsize piece_bytes, GError **error);
NukiJson *nuki_json_parse_table (char *text, gsize length, const char *const *names, guint n_names);
void nuki_json_free (NukiJson *self);
JsonObject *nuki_json_get_object (NukiJson *self);
gboolean nuki_json_is_array (NukiJson *self);
gboolean nuki_json_foreach (NukiJson *self, NukiJsonFunc func, gpointer user_data, GError **error);
char *nuki_json_parse_error_text (GBytes *bytes);
GDateTime *nuki_json_parse_date (const char *text);
char *nuki_json_format_date (GDateTime *date);

/* What the service says */
NukiLock *nuki_json_read_lock (NukiJson *json, GError **error);
NukiUser *nuki_json_read_user (NukiJson *json, GError **error);
NukiKey *nuki_json_read_key (NukiJson *json, GError **error);
GPtrArray *nuki_json_read_locks (NukiJson *json, GError **error);
GPtrArray *nuki_json_read_users (NukiJson *json, GError **error);
GPtrArray *nuki_json_read_keys (NukiJson *json, GError **error);
GPtrArray *nuki_json_read_some_keys (char *text, gsize length, GError **error);
void nuki_json_set_unusable (GError **error);

int nuki_json_count (NukiJson *json);

/* What else is read from what others wrote */
gboolean nuki_json_is_id (const char *text);
NukiLimits *nuki_json_make_limits (GDateTime *from, GDateTime *until, NukiWeekdays weekdays, int start, int end);
NukiKeyType nuki_json_make_key_type (gint64 type);

/* What the service is asked */
JsonNode *nuki_json_build_lock_update (const char *name, gboolean favorite);
JsonNode *nuki_json_build_user (const char *name, const char *email, const char *language);
JsonNode *nuki_json_build_key (const NukiKeySpec *spec);
JsonNode *nuki_json_build_keys (const NukiKeySpec *spec, const gint64 *lock_ids, gsize n_lock_ids);
JsonNode *nuki_json_build_key_update (const NukiKeySpec *spec);
JsonNode *nuki_json_build_key_updates (const char *const *key_ids, const NukiKeySpec *const *specs);
JsonNode *nuki_json_build_ids (const char *const *ids);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiJson, nuki_json_free)

G_END_DECLS
