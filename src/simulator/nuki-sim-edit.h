/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean nuki_sim_edit (JsonNode *account, JsonNode *edits, GError **error);

G_END_DECLS
