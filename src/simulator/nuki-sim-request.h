/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-account.h"

G_BEGIN_DECLS

/* The status of a request that is JSON, and cannot be processed; libsoup does not name it. */
#define NUKI_SIM_STATUS_UNPROCESSABLE 422

typedef enum
{
  NUKI_SIM_FIELD_STRING,
  NUKI_SIM_FIELD_BOOLEAN,
  NUKI_SIM_FIELD_INTEGER,
  NUKI_SIM_FIELD_DATE,
  NUKI_SIM_FIELD_IDS,
} NukiSimFieldKind;

/*
 * NukiSimField:
 * @min: the smallest integer
 * @max: the largest integer
 *
 * A member that a request body may have. A list of them ends with one whose name is NULL.
 */
typedef struct
{
  const char *name;
  NukiSimFieldKind kind;
  gint64 min;
  gint64 max;
} NukiSimField;

#define NUKI_SIM_FIELD(name, kind) { name, kind, 0, 0 }
#define NUKI_SIM_FIELD_RANGE(name, min, max) { name, NUKI_SIM_FIELD_INTEGER, min, max }
#define NUKI_SIM_FIELD_END { NULL, NUKI_SIM_FIELD_STRING, 0, 0 }

/*
 * NukiSimRequest:
 * @account: (unowned): the account that is asked
 * @query: (unowned) (nullable): parameters of the query, name to value
 * @lock: (unowned) (nullable): the lock that the path names
 * @user: (unowned) (nullable): the person that the path names
 * @key: (unowned) (nullable): the key that the path names
 * @drops_limits: the limits of a key in what is sent do not count
 * @body: (owned) (nullable): what was sent
 * @status: the HTTP status of the answer; 0 as long as there is none
 * @answer: (owned) (nullable): the body of the answer
 *
 * One request whose token and path are known to be good, and its answer.
 */
typedef struct
{
  NukiSimAccount *account;
  GHashTable *query;
  JsonObject *lock;
  JsonObject *user;
  JsonObject *key;
  gboolean drops_limits;
  JsonNode *body;
  guint status;
  JsonNode *answer;
} NukiSimRequest;

typedef void (*NukiSimHandler) (NukiSimRequest *request);

void nuki_sim_request_clear (NukiSimRequest *self);
void nuki_sim_request_answer (NukiSimRequest *self, JsonNode *answer);
void nuki_sim_request_answer_object (NukiSimRequest *self, JsonObject *answer);
void nuki_sim_request_answer_array (NukiSimRequest *self, JsonArray *answer);
void nuki_sim_request_accept (NukiSimRequest *self);
gboolean nuki_sim_request_fail (NukiSimRequest *self, guint status, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean nuki_sim_request_fail_value (NukiSimRequest *self, const char *parameter, const char *value);

JsonObject *nuki_sim_request_read_object (NukiSimRequest *self, JsonNode *node, const NukiSimField *fields);
JsonArray *nuki_sim_request_read_array (NukiSimRequest *self);
gboolean nuki_sim_request_get_query_int (NukiSimRequest *self, const char *name, gint64 fallback, gint64 *value);
const char *nuki_sim_request_get_query (NukiSimRequest *self, const char *name);

JsonObject *nuki_sim_present (JsonObject *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NukiSimRequest, nuki_sim_request_clear)

G_END_DECLS
