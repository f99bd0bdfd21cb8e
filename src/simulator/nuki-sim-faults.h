/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "nuki-sim-fault.h"

G_BEGIN_DECLS

/* The faults that wait for their requests, and the requests that wait because of one. */
typedef struct _NukiSimFaults NukiSimFaults;

NukiSimFaults *nuki_sim_faults_new (void);
void nuki_sim_faults_free (NukiSimFaults *self);
void nuki_sim_faults_add (NukiSimFaults *self, const char *method, const char *path_pattern, guint count,
                          const NukiSimFault *fault);
void nuki_sim_faults_clear (NukiSimFaults *self);
const NukiSimFault *nuki_sim_faults_take (NukiSimFaults *self, const char *method, const char *path);
guint nuki_sim_faults_get_n_met (NukiSimFaults *self);

void nuki_sim_faults_answer (NukiSimFaults *self, const NukiSimFault *fault, SoupServerMessage *message,
                             const char *origin, guint status, JsonNode *answer);
void nuki_sim_faults_release (NukiSimFaults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiSimFaults, nuki_sim_faults_free)

G_END_DECLS
