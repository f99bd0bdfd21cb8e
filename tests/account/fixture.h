/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>
#include <hk-memory-token-store.h>
#include <nuki-client.h>
#include <nuki-simulator.h>

#include "faulty-service.h"
#include "hk-manual-clock.h"

G_BEGIN_DECLS

#define FRONT_DOOR 17618910285
#define GARAGE 17618910286
#define FLAT 17618910287

#define ANNA 101
#define BEN 102

#define ANNA_FRONT "647cfac64dd15972f2122e01"
#define ANNA_GARAGE "647cfac64dd15972f2122e02"
#define BEN_FRONT "647cfac64dd15972f2122e03"
#define CLEANING "647cfac64dd15972f2122e04"
#define BRIDGE "647cfac64dd15972f2122e05"

#define TOKEN "0123456789abcdef"

/* An account at a simulator, over HTTP, with a clock that is moved by hand. */
typedef struct
{
  NukiSimulator *simulator;
  FaultyService *service;
  NukiClient *client;
  HkTokenStore *store;
  HkClock *clock;
  HkAccount *account;
  char *folder;
} Fixture;

typedef gboolean (*Condition) (gpointer user_data);

Fixture *fixture_new (void);
Fixture *fixture_new_direct (void);
Fixture *fixture_new_signed_in (void);
void fixture_make_account (Fixture *self);
Fixture *fixture_new_kept (void);
void fixture_keep (Fixture *self);
void fixture_restart (Fixture *self);
GPtrArray *fixture_invite_clara (Fixture *self);
char *fixture_get_journal_path (Fixture *self);
gboolean fixture_is_on_disk (Fixture *self, const char *text);
void fixture_remove_folder (const char *path);
void fixture_free (Fixture *self);
void fixture_load (Fixture *self, const char *account);
void fixture_settle (Fixture *self);
void fixture_pass (Fixture *self, guint seconds);
void fixture_refresh (Fixture *self);
void fixture_edit (Fixture *self, const char *edits);
guint fixture_count_sent (Fixture *self);
void fixture_limit_files (gboolean limited);
void fixture_store_token (Fixture *self, const char *token);
GError *fixture_sign_out (Fixture *self);
GError *fixture_sign_in (Fixture *self, const char *token, gboolean session_only);

HkKey *fixture_find_key (Fixture *self, const char *key_id);
HkKey *fixture_find_named (Fixture *self, const char *name, gint64 lock_id);
JsonObject *fixture_find_record (Fixture *self, JsonNode *dump, const char *list, const char *member,
                                 const char *value);
guint fixture_count_records (Fixture *self, const char *list);
gboolean fixture_has_key (Fixture *self, const char *key_id);

void await (Condition condition, gpointer user_data);
void assert_text (HkChange *change, const char *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

G_END_DECLS
