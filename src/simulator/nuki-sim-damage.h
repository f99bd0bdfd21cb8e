/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "nuki-sim-fault.h"

G_BEGIN_DECLS

GBytes *nuki_sim_damage (NukiSimFaultKind kind, JsonNode *answer);

G_END_DECLS
