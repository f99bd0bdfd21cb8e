/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean schema_check_answer (const char *method,
                              const char *path,
                              guint status,
                              JsonNode *body,
                              GError **error);
gboolean schema_check_named (const char *name, JsonNode *node, GError **error);

G_END_DECLS
