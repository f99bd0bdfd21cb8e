/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

void nuki_sim_log_add_action (NukiSimAccount *account, JsonObject *lock, gint64 action);
void nuki_sim_log_list (NukiSimRequest *request);

G_END_DECLS
