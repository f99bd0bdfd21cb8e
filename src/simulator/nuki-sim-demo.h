/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *nuki_sim_demo_build (gint64 now);
JsonNode *nuki_sim_bulk_build (guint n_locks, guint n_keys, gint64 now);

G_END_DECLS
