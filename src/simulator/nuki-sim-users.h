/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

void nuki_sim_users_get_owner (NukiSimRequest *request);
void nuki_sim_users_list (NukiSimRequest *request);
void nuki_sim_users_get (NukiSimRequest *request);
void nuki_sim_users_create (NukiSimRequest *request);
void nuki_sim_users_update (NukiSimRequest *request);
void nuki_sim_users_delete (NukiSimRequest *request);

G_END_DECLS
