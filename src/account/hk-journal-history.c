/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was asked for earlier, and what happened to it. A change that waited for days has thousands of events:
 * they are read on another thread, by a connection of its own, which the write-ahead log lets read beside the
 * one that writes.
 */

#include "hk-journal-private.h"

#include "hk-change-step.h"

/* The list on a page is not longer than somebody would read. */
#define MAX_EARLIER "20"

/*
 * Query:
 * @path: (owned) (nullable): the journal; %NULL if it is in memory
 * @kind: what is asked in the change whose steps are wanted
 * @change_id: its number, or 0 for the changes of a key
 * @lock_id: the lock of the key
 * @key_id: (owned) (nullable): the key
 */
typedef struct
{
  char *path;
  HkChangeKind kind;
  gint64 change_id;
  gint64 lock_id;
  char *key_id;
} Query;

static void
query_free (Query *query)
{
  g_free (query->path);
  g_free (query->key_id);
  g_free (query);
}

/* The request to delete a key goes out at once; the others look before they ask, and may find that it is so
 * already. */
static const char *
get_sent_word (HkChangeKind change_kind)
{
  switch (change_kind)
    {
    case HK_CHANGE_CREATE_KEY:
      return "asking for the key";
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
      return "asking for the update";
    case HK_CHANGE_DELETE_KEY:
    case HK_CHANGE_UPDATE_PERSON:
    case HK_CHANGE_DELETE_PERSON:
    case HK_CHANGE_UPDATE_LOCK:
    default:
      return "sending";
    }
}

/* Returns: %FALSE for what a user need not know of */
static gboolean
read_kind (HkChangeKind change_kind, const char *word, const char *text, HkChangeStepKind *kind)
{
  static const struct
  {
    const char *word;
    HkChangeStepKind kind;
  } kinds[] = {
    { "amended", HK_CHANGE_STEP_AMENDED },     { "tried again", HK_CHANGE_STEP_RETRIED },
    { "accepted", HK_CHANGE_STEP_ACCEPTED },   { "not yet", HK_CHANGE_STEP_LOOKED_UP },
    { "confirmed", HK_CHANGE_STEP_CONFIRMED }, { "not confirmed", HK_CHANGE_STEP_NOT_CONFIRMED },
    { "failed", HK_CHANGE_STEP_FAILED },       { "conflict", HK_CHANGE_STEP_FAILED },
    { "discarded", HK_CHANGE_STEP_DISCARDED },
  };

  if (g_str_equal (word, get_sent_word (change_kind)))
    {
      *kind = HK_CHANGE_STEP_SENT;
      return TRUE;
    }

  /* Without a reason it was only not its turn yet. */
  if (g_str_equal (word, "waiting") || g_str_equal (word, "look failed"))
    {
      *kind = HK_CHANGE_STEP_HELD_UP;
      return text != NULL;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (word, kinds[i].word))
      {
        *kind = kinds[i].kind;
        return kinds[i].kind != HK_CHANGE_STEP_FAILED || text != NULL;
      }

  return FALSE;
}

static void
read_step (sqlite3_stmt *row, HkChangeKind change_kind, GPtrArray *steps)
{
  g_autoptr (GDateTime) time = hk_journal_get_time (row, 0);
  const char *word = hk_journal_get_text (row, 1);
  const char *text = hk_journal_get_text (row, 2);
  HkChangeStepKind kind;

  if (time == NULL || word == NULL || !read_kind (change_kind, word, text, &kind))
    return;

  hk_change_steps_add (steps, kind, time,
                       kind == HK_CHANGE_STEP_HELD_UP || kind == HK_CHANGE_STEP_FAILED ? text : NULL);
}

/* Returns: (transfer full) (nullable) */
static HkChange *
read_earlier (sqlite3_stmt *row)
{
  g_autoptr (GDateTime) asked = hk_journal_get_time (row, 3);
  const int kind = sqlite3_column_int (row, 1);
  const int state = sqlite3_column_int (row, 2);
  HkChange *change;

  if (asked == NULL || kind < HK_CHANGE_CREATE_KEY || kind > HK_CHANGE_DELETE_KEY ||
      (state != HK_CHANGE_CONFIRMED && state != HK_CHANGE_DISCARDED))
    return NULL;

  change = hk_change_new ((HkChangeKind) kind, asked);
  change->id = sqlite3_column_int64 (row, 0);
  change->state = (HkChangeState) state;
  change->fields = (HkFields) sqlite3_column_int (row, 4);
  change->spec = nuki_key_spec_new (NUKI_KEY_APP, "");
  change->spec->enabled = sqlite3_column_int (row, 5) != 0;

  return change;
}

/* Returns: (transfer full) (element-type HkChange): what is over, newest first */
static GPtrArray *
read_all_earlier (sqlite3 *db, Query *query)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *row = NULL;

  sqlite3_prepare_v2 (db,
                      "SELECT id, kind, state, asked, fields, enabled FROM change"
                      " LEFT JOIN spec ON change_id = id AND role = 0"
                      " WHERE change.lock_id = ?1 AND change.key_id = ?2 AND ended > 0"
                      " ORDER BY asked DESC LIMIT " MAX_EARLIER,
                      -1, &row, NULL);
  sqlite3_bind_int64 (row, 1, query->lock_id);
  sqlite3_bind_text (row, 2, query->key_id, -1, SQLITE_STATIC);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      g_autoptr (HkChange) change = read_earlier (row);

      if (change != NULL)
        g_ptr_array_add (changes, g_steal_pointer (&change));
    }
  sqlite3_finalize (row);

  return changes;
}

static GPtrArray *
read_from (sqlite3 *db, Query *query)
{
  return query->change_id != 0 ? hk_journal_read_steps (db, query->kind, query->change_id)
                               : read_all_earlier (db, query);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Query *query = data;
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (query->path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    g_task_return_pointer (task, read_from (db, query), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED, "%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

static void
run (HkJournal *self, GTask *task, Query *query)
{
  query->path = g_strdup (self->path);
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);

  if (self->db == NULL)
    g_task_return_new_error (task, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED, "The journal is not open");
  else if (self->path != NULL)
    g_task_run_in_thread (task, read_in_thread);
  else
    g_task_return_pointer (task, read_from (self->db, query), (GDestroyNotify) g_ptr_array_unref);
}

/*
 * hk_journal_load_earlier:
 * @task: (transfer full): returns a #GPtrArray of the #HkChange that are over, newest first
 * @lock_id: a lock
 * @key_id: a key on it
 */
void
hk_journal_load_earlier (HkJournal *self, GTask *task, gint64 lock_id, const char *key_id)
{
  g_autoptr (GTask) own = task;
  Query *query = g_new0 (Query, 1);

  query->lock_id = lock_id;
  query->key_id = g_strdup (key_id);
  run (self, own, query);
}

/*
 * hk_journal_load_steps:
 * @task: (transfer full): returns a #GPtrArray of #HkChangeStep, oldest first
 */
void
hk_journal_load_steps (HkJournal *self, GTask *task, HkChange *change)
{
  g_autoptr (GTask) own = task;
  Query *query = g_new0 (Query, 1);

  query->kind = change->kind;
  query->change_id = change->id;
  run (self, own, query);
}

/* Returns: (transfer full) (element-type HkChangeStep): what happened to a change, oldest first */
GPtrArray *
hk_journal_read_steps (sqlite3 *db, HkChangeKind kind, gint64 change_id)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_change_step_free);
  sqlite3_stmt *row = NULL;

  sqlite3_prepare_v2 (db, "SELECT time, step, text FROM event WHERE change_id = ?1 ORDER BY id", -1, &row,
                      NULL);
  sqlite3_bind_int64 (row, 1, change_id);
  while (sqlite3_step (row) == SQLITE_ROW)
    read_step (row, kind, steps);
  sqlite3_finalize (row);

  return steps;
}
