/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

void nuki_sim_locks_list (NukiSimRequest *request);
void nuki_sim_locks_get (NukiSimRequest *request);
void nuki_sim_locks_update (NukiSimRequest *request);
void nuki_sim_locks_sync (NukiSimRequest *request);
void nuki_sim_locks_act (NukiSimRequest *request);
void nuki_sim_locks_act_lock (NukiSimRequest *request);
void nuki_sim_locks_act_unlock (NukiSimRequest *request);

G_END_DECLS
