/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

void nuki_sim_keys_list (NukiSimRequest *request);
void nuki_sim_keys_list_paged (NukiSimRequest *request);
void nuki_sim_keys_get (NukiSimRequest *request);
void nuki_sim_keys_create (NukiSimRequest *request);
void nuki_sim_keys_create_several (NukiSimRequest *request);
void nuki_sim_keys_update (NukiSimRequest *request);
void nuki_sim_keys_update_several (NukiSimRequest *request);
void nuki_sim_keys_delete (NukiSimRequest *request);
void nuki_sim_keys_delete_several (NukiSimRequest *request);

G_END_DECLS
