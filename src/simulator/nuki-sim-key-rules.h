/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

gboolean nuki_sim_key_rules_check (NukiSimRequest *request, JsonObject *lock, const char *own_id, JsonObject *key);
gboolean nuki_sim_key_rules_check_room (NukiSimRequest *request, JsonObject *lock, gint64 type);
void nuki_sim_key_rules_take_limits (JsonObject *key, JsonObject *body);
void nuki_sim_key_rules_drop_limits (JsonNode *body);

G_END_DECLS
