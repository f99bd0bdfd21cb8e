/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-change.h"
#include "hk-change-step.h"
#include "hk-clock.h"
#include "hk-invitation.h"
#include "hk-journal.h"
#include "hk-key.h"
#include "hk-token-store.h"

G_BEGIN_DECLS

/* Named, not included: what is above this layer sees no HTTP. */
typedef struct _NukiClient NukiClient;

/**
 * HkAccountState:
 * @HK_ACCOUNT_SIGNED_OUT: there is no token
 * @HK_ACCOUNT_OPENING: the keyring is being asked
 * @HK_ACCOUNT_KEYRING_TROUBLE: the keyring is locked, missing or refuses; #HkAccount:error says which
 * @HK_ACCOUNT_LOADING: there is a token, and no data yet
 * @HK_ACCOUNT_READY: there are data; #HkAccount:error is set when they could not be renewed
 * @HK_ACCOUNT_TOKEN_REJECTED: the service does not accept the token any more; the data stay
 */
typedef enum
{
  HK_ACCOUNT_SIGNED_OUT,
  HK_ACCOUNT_OPENING,
  HK_ACCOUNT_KEYRING_TROUBLE,
  HK_ACCOUNT_LOADING,
  HK_ACCOUNT_READY,
  HK_ACCOUNT_TOKEN_REJECTED,
} HkAccountState;

/*
 * One account of the service: its locks, people and keys, and what was asked for. The one object that the screen talks
 * to. Its properties are read-only and notify; ::keys-updated says that something changed by which keys may be sorted
 * or filtered.
 */
#define HK_TYPE_ACCOUNT (hk_account_get_type ())
G_DECLARE_FINAL_TYPE (HkAccount, hk_account, HK, ACCOUNT, GObject)

HkAccount *hk_account_new (NukiClient *client, HkTokenStore *store, HkClock *clock, HkJournal *journal);
void hk_account_watch_network (HkAccount *self, GNetworkMonitor *network);

/* Signing in and out */
void hk_account_open (HkAccount *self);
HkAccountState hk_account_get_state (HkAccount *self);
const GError *hk_account_get_error (HkAccount *self);
const char *hk_account_get_api_url (HkAccount *self);
NukiScopes hk_account_get_scopes (HkAccount *self);
gboolean hk_account_check_token_text (const char *text, char **token, GError **error);
void hk_account_check_token_async (HkAccount *self, const char *token, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean hk_account_check_token_finish (HkAccount *self, GAsyncResult *result, NukiScopes *scopes, GError **error);
void hk_account_sign_in_async (HkAccount *self, const char *token, gboolean session_only,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean hk_account_sign_in_finish (HkAccount *self, GAsyncResult *result, GError **error);
void hk_account_sign_out_async (HkAccount *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean hk_account_sign_out_finish (HkAccount *self, GAsyncResult *result, GError **error);

/* Data */
void hk_account_refresh (HkAccount *self);
void hk_account_refresh_if_older (HkAccount *self, guint seconds);
void hk_account_set_polling (HkAccount *self, gboolean polling);
gboolean hk_account_get_refreshing (HkAccount *self);
guint64 hk_account_get_received (HkAccount *self, double *fraction);
GDateTime *hk_account_get_last_refresh (HkAccount *self);
gboolean hk_account_get_shows_kept (HkAccount *self);
gboolean hk_account_get_keep_data (HkAccount *self);
void hk_account_set_keep_data (HkAccount *self, gboolean keep_data);
GDateTime *hk_account_dup_paused_until (HkAccount *self);
HkClock *hk_account_get_clock (HkAccount *self);
GListModel *hk_account_get_locks (HkAccount *self);
GListModel *hk_account_get_people (HkAccount *self);
GListModel *hk_account_get_keys (HkAccount *self);
GListModel *hk_account_get_changes (HkAccount *self);
NukiLock *hk_account_find_lock (HkAccount *self, gint64 lock_id);
NukiUser *hk_account_find_person (HkAccount *self, int user_id);
gboolean hk_account_has_key (HkAccount *self, HkKey *key);
guint hk_account_count_keys (HkAccount *self);
GPtrArray *hk_account_list_person_keys (HkAccount *self, NukiUser *person);
GPtrArray *hk_account_list_lock_keys (HkAccount *self, NukiLock *lock);
GHashTable *hk_account_list_taken_codes (HkAccount *self);

/* Changes */
GPtrArray *hk_account_invite (HkAccount *self, const HkInvitation *invitation);
HkChange *hk_account_update_key (HkAccount *self, HkKey *key, const NukiKeySpec *base, const NukiKeySpec *spec);
HkChange *hk_account_switch_key (HkAccount *self, HkKey *key, gboolean enabled);
HkChange *hk_account_delete_key (HkAccount *self, HkKey *key);
GPtrArray *hk_account_switch_keys (HkAccount *self, GPtrArray *keys, gboolean enabled);
GPtrArray *hk_account_delete_keys (HkAccount *self, GPtrArray *keys);
HkChange *hk_account_resend_invitation (HkAccount *self, HkKey *key);
HkDetails *hk_account_dup_person_details (HkAccount *self, NukiUser *person);
HkChange *hk_account_update_person (HkAccount *self, NukiUser *person, const HkDetails *base, const char *name,
                                    const char *email, const char *language);
HkChange *hk_account_delete_person (HkAccount *self, NukiUser *person);
HkDetails *hk_account_dup_lock_details (HkAccount *self, NukiLock *lock);
HkChange *hk_account_update_lock (HkAccount *self, NukiLock *lock, const HkDetails *base, const char *name,
                                  gboolean favorite);
void hk_account_resolve (HkAccount *self, HkChange *change, HkFields mine);
void hk_account_retry (HkAccount *self, HkChange *change);
void hk_account_discard (HkAccount *self, HkChange *change);
HkChange *hk_account_get_undoable (HkAccount *self);
GPtrArray *hk_account_list_undoable (HkAccount *self);
void hk_account_undo (HkAccount *self);
HkKey *hk_account_find_changed_key (HkAccount *self, HkChange *change);
HkChange *hk_account_get_person_change (HkAccount *self, NukiUser *person);
HkChange *hk_account_get_lock_change (HkAccount *self, NukiLock *lock);

/* What became of changes, also of those of earlier sessions */
void hk_account_load_earlier_async (HkAccount *self, HkKey *key, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *hk_account_load_earlier_finish (HkAccount *self, GAsyncResult *result, GError **error);
void hk_account_load_steps_async (HkAccount *self, HkChange *change, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *hk_account_load_steps_finish (HkAccount *self, GAsyncResult *result, GError **error);

/* What keeps changes from being written down, and therefore from being sent */
const GError *hk_account_get_journal_error (HkAccount *self);
gboolean hk_account_retry_journal (HkAccount *self);
void hk_account_work_without_journal (HkAccount *self);
const char *hk_account_get_journal_notice (HkAccount *self);
void hk_account_dismiss_journal_notice (HkAccount *self);

G_END_DECLS
