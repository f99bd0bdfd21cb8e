/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "nuki-sim-fault.h"

G_BEGIN_DECLS

#define NUKI_TYPE_SIMULATOR (nuki_simulator_get_type ())
G_DECLARE_FINAL_TYPE (NukiSimulator, nuki_simulator, NUKI, SIMULATOR, GObject)

/* The token that the demo account accepts, with all scopes. */
#define NUKI_SIMULATOR_DEMO_TOKEN "demo-token"

/* All scopes that the simulated calls ask for, as nuki_simulator_add_token() takes them. */
#define NUKI_SIMULATOR_ALL_SCOPES \
  "account smartlock smartlock.readOnly smartlock.action smartlock.auth smartlock.log"

NukiSimulator *nuki_simulator_new (void);
NukiSimulator *nuki_simulator_new_demo (void);
gboolean nuki_simulator_load (NukiSimulator *self, JsonNode *account, GError **error);
JsonNode *nuki_simulator_dump (NukiSimulator *self);
gboolean nuki_simulator_edit (NukiSimulator *self, JsonNode *edits, GError **error);
gboolean nuki_simulator_start (NukiSimulator *self, guint port, GError **error);
void nuki_simulator_stop (NukiSimulator *self);
const char *nuki_simulator_get_uri (NukiSimulator *self);

void nuki_simulator_add_token (NukiSimulator *self, const char *token, const char *scopes);
void nuki_simulator_revoke_token (NukiSimulator *self, const char *token);

/* Changes reach the lock after a time drawn from this range, in milliseconds; 0, 0 means at the next request but one. */
void nuki_simulator_set_delay (NukiSimulator *self, guint from_ms, guint to_ms);
void nuki_simulator_set_lock_online (NukiSimulator *self, gint64 lock_id, gboolean online);
void nuki_simulator_advance (NukiSimulator *self, guint64 milliseconds);

/* What goes wrong on the way. */
gboolean nuki_simulator_set_reachable (NukiSimulator *self, gboolean reachable, GError **error);
void nuki_simulator_set_certificate (NukiSimulator *self, GTlsCertificate *certificate);
void nuki_simulator_add_fault (NukiSimulator *self, const char *method, const char *path_pattern, guint count,
                               const NukiSimFault *fault);
void nuki_simulator_clear_faults (NukiSimulator *self);
guint nuki_simulator_get_n_faults_met (NukiSimulator *self);
void nuki_simulator_release (NukiSimulator *self);

guint nuki_simulator_get_n_requests (NukiSimulator *self);

G_END_DECLS
