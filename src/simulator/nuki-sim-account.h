/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Kinds of SmartlockAuth that have rules of their own. */
#define NUKI_SIM_TYPE_APP 0
#define NUKI_SIM_TYPE_FOB 2
#define NUKI_SIM_TYPE_CODE 13

/* Values of Smartlock.serverState. */
#define NUKI_SIM_SERVER_STATE_ONLINE 0
#define NUKI_SIM_SERVER_STATE_OFFLINE 4

/* What starts with this is the simulator's own note on a record, and is never in an answer. */
#define NUKI_SIM_PRIVATE_PREFIX '_'

/*
 * NukiSimAccount:
 * @owner: (owned): what GET /account answers
 * @locks: (owned) (element-type JsonObject): Smartlock records
 * @users: (owned) (element-type JsonObject): AccountUser records
 * @keys: (owned) (element-type JsonObject): SmartlockAuth records
 * @keys_by_id: (owned): the same records by id
 * @log: (owned) (element-type JsonObject): SmartlockLog records, newest first
 * @mails: (owned) (element-type JsonObject): the invitations that would have been mailed
 * @operations: (owned) (element-type NukiSimOperation): what was accepted and has yet to happen, oldest first
 * @now: the simulator's time in milliseconds since 1970, UTC
 * @n_requests: number of the current request, from 1
 * @delay_from: shortest time from 204 to the effect, in milliseconds
 * @delay_to: longest time from 204 to the effect, in milliseconds
 * @dice: (owned): draws the delays; seeded alike in every run
 *
 * One account of the simulated service. Records are kept as the JSON objects that they are in answers.
 */
typedef struct
{
  JsonObject *owner;
  GPtrArray *locks;
  GPtrArray *users;
  GPtrArray *keys;
  GHashTable *keys_by_id;
  GPtrArray *log;
  GPtrArray *mails;
  GPtrArray *operations;
  gint64 now;
  guint n_requests;
  guint delay_from;
  guint delay_to;
  guint next_serial;
  GRand *dice;
} NukiSimAccount;

NukiSimAccount *nuki_sim_account_new (void);
void nuki_sim_account_free (NukiSimAccount *self);
gboolean nuki_sim_account_load (NukiSimAccount *self, JsonNode *node, GError **error);
JsonNode *nuki_sim_account_dump (NukiSimAccount *self);

JsonObject *nuki_sim_account_find_lock (NukiSimAccount *self, gint64 lock_id);
JsonObject *nuki_sim_account_find_user (NukiSimAccount *self, gint64 user_id);
JsonObject *nuki_sim_account_find_user_by_email (NukiSimAccount *self, const char *email);
JsonObject *nuki_sim_account_find_key (NukiSimAccount *self, const char *key_id);
void nuki_sim_account_add_key (NukiSimAccount *self, JsonObject *key);
void nuki_sim_account_remove_key (NukiSimAccount *self, JsonObject *key);
void nuki_sim_account_replace_key (NukiSimAccount *self, JsonObject *key, JsonObject *next);
gboolean nuki_sim_account_is_online (NukiSimAccount *self, gint64 lock_id);

char *nuki_sim_account_make_id (NukiSimAccount *self);
gint64 nuki_sim_account_make_number (NukiSimAccount *self);
void nuki_sim_account_stamp (NukiSimAccount *self, JsonObject *record, const char *member);

char *nuki_sim_format_date (gint64 milliseconds);
char *nuki_sim_normalize_date (const char *text);
gint64 nuki_sim_get_int (JsonObject *record, const char *member, gint64 fallback);
const char *nuki_sim_get_string (JsonObject *record, const char *member);
JsonObject *nuki_sim_copy_object (JsonObject *record, gboolean with_private);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiSimAccount, nuki_sim_account_free)

G_END_DECLS
