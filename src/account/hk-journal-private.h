/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "hk-delivery.h"
#include "hk-journal.h"
#include "hk-kept.h"

G_BEGIN_DECLS

/* What is prepared once and used again and again; the texts are in hk-journal.c. */
typedef enum
{
  HK_JOURNAL_SAVE_CHANGE,
  HK_JOURNAL_SAVE_INVITEE,
  HK_JOURNAL_SAVE_SPEC,
  HK_JOURNAL_DROP_SPEC,
  HK_JOURNAL_SAVE_BASE_DETAILS,
  HK_JOURNAL_SAVE_KNOWN_KEY,
  HK_JOURNAL_DROP_KNOWN_KEYS,
  HK_JOURNAL_SAVE_WHOLE,
  HK_JOURNAL_END_CHANGE,
  HK_JOURNAL_ADD_EVENT,
  HK_JOURNAL_LOAD_CHANGES,
  HK_JOURNAL_LOAD_INVITEE,
  HK_JOURNAL_LOAD_SPEC,
  HK_JOURNAL_LOAD_BASE_DETAILS,
  HK_JOURNAL_LOAD_KNOWN_KEYS,
  HK_JOURNAL_LOAD_META,
  HK_JOURNAL_SAVE_META,
  HK_JOURNAL_N_STATEMENTS,
} HkJournalStatement;

/* The roles of a specification. */
typedef enum
{
  HK_JOURNAL_SPEC_ASKED,
  HK_JOURNAL_SPEC_SENT,
  HK_JOURNAL_SPEC_BASE,
} HkJournalSpec;

#define HK_JOURNAL_META_ACCOUNT "account"

/* Tests hear of every step, just before and just after it is on the disk. */
typedef void (*HkJournalHook) (const char *step, gboolean on_disk, gpointer user_data);

/*
 * HkJournal:
 * @folder: (owned) (nullable): where the file is; %NULL for a journal in memory
 * @path: (owned) (nullable): the file
 * @clock: (owned): the time
 * @lock: a descriptor that keeps other processes out, or -1
 * @ours: it has been open, so what is in it comes from this process
 * @db: (nullable): while it is open
 * @kept: (owned) (nullable): the last good data, which are in the same file
 * @depth: how many hk_journal_begin() wait for their hk_journal_commit()
 * @doom: (owned) (nullable): why nothing of what has been begun can be kept
 * @step: (owned) (nullable): what is being written, for @hook
 * @last_id: the number that was given out last
 * @set_aside: (owned) (nullable): where a damaged journal is now
 */
struct _HkJournal
{
  GObject parent_instance;

  char *folder;
  char *path;
  HkClock *clock;
  int lock;
  gboolean ours;
  sqlite3 *db;
  HkKeptFile *kept;
  sqlite3_stmt *statements[HK_JOURNAL_N_STATEMENTS];
  guint depth;
  GError *doom;
  char *step;
  gint64 last_id;
  char *set_aside;
  HkJournalHook hook;
  gpointer hook_data;
};

/* hk-journal.c: the file */
gboolean hk_journal_open (HkJournal *self, GError **error);
gboolean hk_journal_open_sound (HkJournal *self);
gboolean hk_journal_is_open (HkJournal *self);
void hk_journal_close (HkJournal *self);
gboolean hk_journal_clear_kept (HkJournal *self, GError **error);
gboolean hk_journal_put_aside (HkJournal *self, const char *why, GError **error);
gboolean hk_journal_remove (HkJournal *self, GError **error);
gboolean hk_journal_remove_aside (HkJournal *self, GError **error);
char *hk_journal_steal_set_aside (HkJournal *self);
void hk_journal_set_hook (HkJournal *self, HkJournalHook hook, gpointer user_data);

gint64 hk_journal_make_id (HkJournal *self);
void hk_journal_begin (HkJournal *self);
gboolean hk_journal_has_begun (HkJournal *self);
gboolean hk_journal_commit (HkJournal *self, GError **error);
sqlite3_stmt *hk_journal_prepare (HkJournal *self, HkJournalStatement which, GError **error);
gboolean hk_journal_run (HkJournal *self, sqlite3_stmt *statement, GError **error);
void hk_journal_set_error (HkJournal *self, int code, GError **error);

/* hk-journal-schema.c: what is in it */
gboolean hk_journal_migrate (HkJournal *self, GError **error);
gboolean hk_journal_read_int (HkJournal *self, const char *sql, gint64 *value, GError **error);

/* hk-journal-save.c */
gboolean hk_journal_save (HkJournal *self, HkDelivery *delivery, const char *step, GError **error);
gboolean hk_journal_end (HkJournal *self, HkChange *change, HkChangeState end, GError **error);
gboolean hk_journal_save_account_id (HkJournal *self, gint64 account_id, GError **error);

/* hk-journal-load.c */
GPtrArray *hk_journal_load (HkJournal *self, HkOutbox *outbox, NukiClient *client, GError **error);
gint64 hk_journal_load_account_id (HkJournal *self);
const char *hk_journal_get_text (sqlite3_stmt *row, int column);
GDateTime *hk_journal_get_time (sqlite3_stmt *row, int column);

/* hk-journal-history.c: what is over, read beside everything else */
void hk_journal_load_earlier (HkJournal *self, GTask *task, gint64 lock_id, const char *key_id);
void hk_journal_load_steps (HkJournal *self, GTask *task, HkChange *change);
GPtrArray *hk_journal_read_steps (sqlite3 *db, HkChangeKind kind, gint64 change_id);

G_END_DECLS
