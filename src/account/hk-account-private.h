/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-client.h>

#include "hk-account.h"
#include "hk-key-list.h"
#include "hk-key-private.h"
#include "hk-outbox.h"

G_BEGIN_DECLS

typedef struct _HkRefresh HkRefresh;
typedef struct _HkKeeper HkKeeper;

/*
 * HkAccount:
 * @client: (owned): the service
 * @store: (owned): where the token is kept
 * @clock: (owned): the time
 * @outbox: (owned): sends the changes
 * @journal: (owned): where they are kept
 * @journal_loaded: what is in it has been taken up
 * @journal_notice: (owned) (nullable): what the user has to be told of it
 * @without_journal: the user agreed to go on without it
 * @n_held: how many changes there were when the token was new: they may be of another account
 * @keeper: (owned): keeps the last good data in the file of the journal
 * @keep_data: whether it does
 * @has_news: something may not be as it was kept
 * @shows_kept: the data are of an earlier process
 * @owner_id: the `accountId` whose changes these are; 0 if it is not known yet
 * @network: (owned) (nullable): tells whether the computer has a network
 * @has_network: what it told
 *
 * @state: how far it is
 * @error: (owned) (nullable): what the state is about
 * @token: (owned) (nullable): cleared when it is freed
 * @session_only: the token is not in the store
 * @scopes: what the token may do
 * @opening: (owned) (nullable): for the question to the store
 *
 * @locks: (owned): favourites first, then by name
 * @people: (owned): by name
 * @keys: (owned): those that are to be seen, in no special order
 * @changes: (owned): newest first
 * @lock_by_id: (owned) (element-type gint64 NukiLock)
 * @person_by_id: (owned) (element-type int NukiUser): also those that are not to be seen
 * @key_by_id: (owned) (element-type utf8 HkKey): also those that are not to be seen
 * @all_keys: (owned) (element-type HkKey): these and the ones still to be made, in the order of @keys
 * @keys_digest: (owned) (nullable): of the answer as which they are, if nothing has been told of them since
 * @keys_of_person: (owned) (nullable) (element-type int GPtrArray): made when it is needed
 * @keys_of_lock: (owned) (nullable) (element-type gint64 GPtrArray): made when it is needed
 *
 * @active: (owned) (element-type HkChange): what is neither confirmed nor discarded, oldest first
 * @key_of_change: (owned) (element-type HkChange HkKey): of changes that are neither confirmed nor discarded
 * @changes_for: (owned) (nullable) (element-type gpointer GPtrArray): those changes, and perhaps some that are over, by the
 *   #HkInvitee or the id of whom the key is for; made when needed
 * @n_over: how many of @changes are
 * @many: more may follow at once, so the list of keys is made later
 * @keys_differ: the list of keys is not what it is to be
 * @undoable: (owned) (nullable): the newest change that can be undone
 * @n_undoable: how many changes go with @undoable when it is undone, itself included
 * @undoable_differs: it is to be chosen anew, once nothing more follows at once
 * @n_groups: how many times several deletions were asked at once
 * @newer: (owned): ids of what the service told since the running refresh began, which therefore does not count for them
 *
 * @mark: number of the last merge
 * @refresh: (owned) (nullable): the one that is running
 * @received: bytes of the keys that have come in it, if they are very many; 0 otherwise
 * @expected: how many there will be, or -1
 * @refresh_again: another refresh has to follow
 * @refresh_owed: a refresh was asked for while the service wanted a pause
 * @has_data: locks and keys have been loaded
 * @last_refresh: (owned) (nullable): when the data were last renewed
 * @polling: whether to refresh by itself
 * @timer: for the next refresh, or 0
 * @soon: for a refresh after something failed, or 0
 * @trim: for giving memory back to the system, or 0
 * @n_polls: how many refreshes in a row did not ask for people
 * @n_errors: how many refreshes failed in a row
 * @updated: source of ::keys-updated, or 0
 */
struct _HkAccount
{
  GObject parent_instance;

  NukiClient *client;
  HkTokenStore *store;
  HkClock *clock;
  HkOutbox *outbox;
  HkJournal *journal;
  gboolean journal_loaded;
  char *journal_notice;
  gboolean without_journal;
  guint n_held;
  HkKeeper *keeper;
  gboolean keep_data;
  gboolean has_news;
  gboolean shows_kept;
  gint64 owner_id;
  GNetworkMonitor *network;
  gboolean has_network;

  HkAccountState state;
  GError *error;
  char *token;
  gboolean session_only;
  NukiScopes scopes;
  GCancellable *opening;

  GListStore *locks;
  GListStore *people;
  HkKeyList *keys;
  GListStore *changes;
  GHashTable *lock_by_id;
  GHashTable *person_by_id;
  GHashTable *key_by_id;
  GPtrArray *all_keys;
  char *keys_digest;
  GHashTable *keys_of_person;
  GHashTable *keys_of_lock;

  GPtrArray *active;
  GHashTable *key_of_change;
  GHashTable *changes_for;
  guint n_over;
  gboolean many;
  gboolean keys_differ;
  HkChange *undoable;
  guint n_undoable;
  gboolean undoable_differs;
  guint n_groups;
  GHashTable *newer;

  guint mark;
  HkRefresh *refresh;
  guint64 received;
  gint64 expected;
  gboolean refresh_again;
  gboolean refresh_owed;
  gboolean has_data;
  GDateTime *last_refresh;
  gboolean polling;
  guint timer;
  guint soon;
  guint trim;
  guint n_polls;
  guint n_errors;
  guint updated;
};

/* hk-account.c */
void hk_account_set_state (HkAccount *self, HkAccountState state, const GError *error);
void hk_account_set_scopes (HkAccount *self, NukiScopes scopes);
void hk_account_set_undoable (HkAccount *self, HkChange *change, guint n_undoable);
void hk_account_set_last_refresh (HkAccount *self, GDateTime *last_refresh);
void hk_account_set_shows_kept (HkAccount *self, gboolean shows_kept);
void hk_account_notify_keep_data (HkAccount *self);
void hk_account_notify_refreshing (HkAccount *self);
void hk_account_set_received (HkAccount *self, guint64 received, gint64 expected);
void hk_account_notify_journal (HkAccount *self);
void hk_account_queue_updated (HkAccount *self);
void hk_account_forget_data (HkAccount *self);

/* hk-account-journal.c */
void hk_account_hold_changes (HkAccount *self);
gboolean hk_account_owns (HkAccount *self, GPtrArray *locks);
void hk_account_check_owner (HkAccount *self, GPtrArray *locks);
void hk_account_attach_changes (HkAccount *self);
void hk_account_find_conflicts (HkAccount *self);
gboolean hk_account_is_known (HkAccount *self, GPtrArray *locks);
void hk_account_release_changes (HkAccount *self, GPtrArray *locks);
gboolean hk_account_forget_journal (HkAccount *self, GError **error);

/* hk-account-kept.c */
void hk_account_show_kept (HkAccount *self, GDateTime *time);
void hk_account_keep (HkAccount *self, GPtrArray *locks);
void hk_account_read_ahead (HkAccount *self);
void hk_account_drop_read_ahead (HkAccount *self);
void hk_account_doubt_data (HkAccount *self);
void hk_account_load_kept (HkAccount *self);

/* hk-account-session.c */
void hk_account_reject_token (HkAccount *self, const GError *error);

/* hk-account-refresh.c */
void hk_account_cancel_refresh (HkAccount *self);
void hk_account_go_on_refreshing (HkAccount *self);
void hk_account_refresh_soon (HkAccount *self);
void hk_account_schedule_poll (HkAccount *self);

/* hk-account-lists.c */
void hk_account_splice (GListStore *store, GPtrArray *target);
void hk_account_mark_key_newer (HkAccount *self, const char *key_id);
gboolean hk_account_is_key_newer (HkAccount *self, const char *key_id);
gboolean hk_account_is_lock_newer (HkAccount *self, gint64 lock_id);
gboolean hk_account_is_person_newer (HkAccount *self, int user_id);
void hk_account_show_locks (HkAccount *self);
void hk_account_show_people (HkAccount *self);
void hk_account_show_keys (HkAccount *self);
void hk_account_index_key (HkAccount *self, HkKey *key);
gboolean hk_account_join_key (HkAccount *self, HkKey *key);
void hk_account_forget_key (HkAccount *self, HkKey *key);
void hk_account_see_lock (HkAccount *self, NukiLock *fresh);
void hk_account_see_person (HkAccount *self, HkInvitee *invitee, NukiUser *fresh);
void hk_account_set_key_of_change (HkAccount *self, HkChange *change, HkKey *key);
void hk_account_see_person_gone (HkAccount *self, int user_id);
void hk_account_see_key (HkAccount *self, HkKey *key, NukiKey *fresh);

/* hk-account-changes.c */
HkChange *hk_account_new_change (HkAccount *self, HkChangeKind kind);
HkChange *hk_account_ask (HkAccount *self, HkChange *change, HkKey *key, guint undo_seconds);
HkChange *hk_account_find_active (HkAccount *self, HkChangeKind kind, int user_id, gint64 lock_id);

/* hk-account-watch.c */
void hk_account_connect_outbox (HkAccount *self);
void hk_account_watch_change (HkAccount *self, HkChange *change, HkKey *key);
gboolean hk_account_is_key_visible (HkAccount *self, HkKey *key);
gboolean hk_account_is_person_visible (HkAccount *self, int user_id);
void hk_account_retry_rejected (HkAccount *self);
void hk_account_forget_changes (HkAccount *self);

G_END_DECLS
