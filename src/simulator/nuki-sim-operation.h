/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-account.h"

G_BEGIN_DECLS

typedef enum
{
  NUKI_SIM_OPERATION_CREATE_KEY,
  NUKI_SIM_OPERATION_UPDATE_KEY,
  NUKI_SIM_OPERATION_DELETE_KEY,
  NUKI_SIM_OPERATION_DELETE_USER,
  NUKI_SIM_OPERATION_ACTION,
  NUKI_SIM_OPERATION_SYNC,
} NukiSimOperationKind;

/*
 * NukiSimOperation:
 * @id: (owned): the `operationId`
 * @lock_id: the lock that has to do it, or 0
 * @key_id: (owned) (nullable): the key that it is about
 * @user_id: the account user that it is about, or 0
 * @record: (owned) (nullable): the key as it is to become, or the lock action
 * @as_object: the `operationId` of a key is answered as an ObjectId object, not as a string
 * @appeared: a new key is in the lists
 * @appears: when a new key gets into the lists, in the simulator's time
 * @due: when it takes effect, in the simulator's time
 * @due_request: the number of the request before which it takes no effect, or 0
 *
 * Something that the service answered with 204 and that has yet to happen.
 */
typedef struct
{
  NukiSimOperationKind kind;
  char *id;
  gint64 lock_id;
  char *key_id;
  gint64 user_id;
  JsonObject *record;
  gboolean as_object;
  gboolean appeared;
  gint64 appears;
  gint64 due;
  guint due_request;
} NukiSimOperation;

void nuki_sim_operation_free (NukiSimOperation *self);
NukiSimOperation *nuki_sim_operation_queue_key (NukiSimAccount *account,
                                                NukiSimOperationKind kind,
                                                gint64 lock_id,
                                                const char *key_id,
                                                JsonObject *record);
void nuki_sim_operation_queue_user_delete (NukiSimAccount *account, gint64 user_id);
void nuki_sim_operation_queue_action (NukiSimAccount *account,
                                      NukiSimOperationKind kind,
                                      gint64 lock_id,
                                      JsonObject *action);

NukiSimOperation *nuki_sim_operation_find_by_key (NukiSimAccount *account, const char *key_id);
NukiSimOperation *nuki_sim_operation_find_by_user (NukiSimAccount *account, gint64 user_id);
NukiSimOperation *nuki_sim_operation_find_by_action (NukiSimAccount *account, gint64 lock_id);
void nuki_sim_operation_describe (NukiSimOperation *self, JsonObject *record);

void nuki_sim_operations_settle (NukiSimAccount *account);
void nuki_sim_operations_finish_requests (NukiSimAccount *account);
void nuki_sim_operations_postpone (NukiSimAccount *account, gint64 lock_id);
NukiSimOperation *nuki_sim_operation_from_json (NukiSimAccount *account, JsonNode *node);
JsonNode *nuki_sim_operation_to_json (NukiSimOperation *self, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiSimOperation, nuki_sim_operation_free)

G_END_DECLS
