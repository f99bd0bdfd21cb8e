/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define CRASH_TOKEN "crash-token"
#define CRASH_FIRST_LOCK 17618910285
#define CRASH_N_LOCKS 3
/* The keys of the account have these ids, with their number at the end. */
#define CRASH_ID_FORMAT "647cfac64dd15972f21%05x"

/*
 * CrashPlan: what a user asks for, one thing after the other, and what the service has to hold in the end. The same for
 * the same seed, in every process.
 */
typedef struct _CrashPlan CrashPlan;

CrashPlan *crash_plan_new (guint32 seed);
void crash_plan_free (CrashPlan *self);
guint crash_plan_get_length (CrashPlan *self);
JsonNode *crash_plan_make_account (CrashPlan *self);
gboolean crash_plan_ask (CrashPlan *self, guint n, HkAccount *account);
void crash_plan_judge (CrashPlan *self, JsonNode *dump, guint *n_lost, guint *n_doubled);

gboolean crash_is_asked_for (HkAccount *account, const char *name);
HkKey *crash_find_key (HkAccount *account, guint number);
void crash_invite_clara (HkAccount *account);
void crash_judge_clara (JsonNode *dump, guint *n_lost, guint *n_doubled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrashPlan, crash_plan_free)

G_END_DECLS
