/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "nuki-key-spec.h"
#include "nuki-lock.h"
#include "nuki-user.h"

G_BEGIN_DECLS

/* Text */
JsonNode *nuki_json_parse (GBytes *bytes, GError **error);
char *nuki_json_parse_error_text (GBytes *bytes);
GDateTime *nuki_json_parse_date (const char *text);
char *nuki_json_format_date (GDateTime *date);

/* What the service says */
NukiLock *nuki_json_read_lock (JsonNode *node, GError **error);
NukiUser *nuki_json_read_user (JsonNode *node, GError **error);
NukiKey *nuki_json_read_key (JsonNode *node, GError **error);
GPtrArray *nuki_json_read_locks (JsonNode *node, GError **error);
GPtrArray *nuki_json_read_users (JsonNode *node, GError **error);
GPtrArray *nuki_json_read_keys (JsonNode *node, GError **error);

/* What the service is asked */
JsonNode *nuki_json_build_lock_update (const char *name, gboolean favorite);
JsonNode *nuki_json_build_user (const char *name, const char *email, const char *language);
JsonNode *nuki_json_build_key (const NukiKeySpec *spec);
JsonNode *nuki_json_build_keys (const NukiKeySpec *spec, const gint64 *lock_ids, gsize n_lock_ids);
JsonNode *nuki_json_build_key_update (const NukiKeySpec *spec);
JsonNode *nuki_json_build_key_updates (const char *const *key_ids, const NukiKeySpec *const *specs);
JsonNode *nuki_json_build_ids (const char *const *ids);

G_END_DECLS
