/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables, and how those of an earlier version become those of this one. */

#include "hk-journal-private.h"

#include <glib/gi18n-lib.h>

/* What is over stays for so long, for the history of a key. */
#define HISTORY_DAYS 30

/*
 * One step for each version; what has been released once is never changed. Times are microseconds since 1970, and ids
 * of the service are as it gives them out. There is no token and no other secret in any of these tables, except the
 * codes of keypads, which everybody who can read this file can see in the application.
 */
static const char *const steps[] = {
  /* 1 */
  "CREATE TABLE meta ("
  "  name TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") WITHOUT ROWID;"
  /* Somebody who is found or made before the keys of an invitation are. */
  "CREATE TABLE invitee ("
  "  id INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  email TEXT NOT NULL,"
  "  language TEXT,"
  "  user_id INTEGER NOT NULL"
  ");"
  /* What was asked, and how far it is. `ended` is 0 while something is still to be done. */
  "CREATE TABLE change ("
  "  id INTEGER PRIMARY KEY,"
  "  kind INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  asked INTEGER NOT NULL,"
  "  ended INTEGER NOT NULL DEFAULT 0,"
  "  name TEXT,"
  "  lock_id INTEGER NOT NULL,"
  "  key_id TEXT,"
  "  user_id INTEGER NOT NULL,"
  "  fields INTEGER NOT NULL,"
  "  new_name TEXT,"
  "  email TEXT,"
  "  language TEXT,"
  "  favorite INTEGER NOT NULL,"
  "  undoable INTEGER NOT NULL,"
  "  error_domain TEXT,"
  "  error_code INTEGER NOT NULL,"
  "  error_text TEXT,"
  "  invitee_id INTEGER REFERENCES invitee (id),"
  "  after_id INTEGER,"
  "  whole_id INTEGER,"
  "  wait INTEGER NOT NULL,"
  "  due INTEGER NOT NULL,"
  "  n_tries INTEGER NOT NULL,"
  "  n_busy INTEGER NOT NULL,"
  "  busy_since INTEGER NOT NULL,"
  "  n_looks INTEGER NOT NULL,"
  "  n_read_backs INTEGER NOT NULL,"
  "  accepted INTEGER NOT NULL,"
  "  posted INTEGER NOT NULL,"
  "  unclear INTEGER NOT NULL,"
  "  queued INTEGER NOT NULL,"
  "  base_updated INTEGER,"
  "  looked INTEGER NOT NULL"
  ");"
  "CREATE INDEX change_ended ON change (ended);"
  "CREATE INDEX change_whole ON change (whole_id);"
  "CREATE INDEX change_after ON change (after_id);"
  /* The whole record of a key, in a role: asked, sent, or what the change is based on. */
  "CREATE TABLE spec ("
  "  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,"
  "  role INTEGER NOT NULL,"
  "  type INTEGER NOT NULL,"
  "  name TEXT NOT NULL,"
  "  user_id INTEGER NOT NULL,"
  "  code INTEGER NOT NULL,"
  "  enabled INTEGER NOT NULL,"
  "  remote_allowed INTEGER NOT NULL,"
  "  smart_actions INTEGER NOT NULL,"
  "  valid_from INTEGER,"
  "  valid_until INTEGER,"
  "  weekdays INTEGER NOT NULL,"
  "  window_start INTEGER,"
  "  window_end INTEGER,"
  "  PRIMARY KEY (change_id, role)"
  ") WITHOUT ROWID;"
  /* The keys that were on the lock before a new one was asked for; none, if it `looked` and there was none. */
  "CREATE TABLE known_key ("
  "  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,"
  "  key_id TEXT NOT NULL,"
  "  PRIMARY KEY (change_id, key_id)"
  ") WITHOUT ROWID;"
  /* What happened, in order; rows are only ever added. */
  "CREATE TABLE event ("
  "  id INTEGER PRIMARY KEY,"
  "  change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,"
  "  time INTEGER NOT NULL,"
  "  step TEXT NOT NULL,"
  "  text TEXT"
  ");"
  "CREATE INDEX event_change ON event (change_id);",
  /* 2: a person or a lock as it was when the change was asked for. All that was asked so far touched all that there is. */
  "CREATE TABLE base_details ("
  "  change_id INTEGER PRIMARY KEY REFERENCES change (id) ON DELETE CASCADE,"
  "  name TEXT NOT NULL,"
  "  email TEXT,"
  "  language TEXT,"
  "  favorite INTEGER NOT NULL"
  ");"
  "UPDATE change SET fields = 33 + 64 * (language IS NOT NULL) WHERE kind = 4;"
  "UPDATE change SET fields = 129 WHERE kind = 6;",
  /* 3: the last good data; see hk-kept.c */
  HK_KEPT_TABLE,
  /* 4: how long a key is busy is counted anew after a restart. */
  "ALTER TABLE change DROP COLUMN n_busy;"
  "ALTER TABLE change DROP COLUMN busy_since;",
};

/* What has to be sound, and since which version it is there: nobody else knows what is in it. */
static const struct
{
  const char *table;
  guint since;
} vital[] = {
  { "sqlite_schema", 1 }, { "meta", 1 },      { "invitee", 1 }, { "change", 1 },
  { "spec", 1 },          { "known_key", 1 }, { "event", 1 },   { "base_details", 2 },
};

static gboolean
execute (HkJournal *self, const char *sql, GError **error)
{
  const int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  hk_journal_set_error (self, code, error);
  return FALSE;
}

/* All of them at once: each time something is to be on the disk for certain, everybody waits. */
static gboolean
take_steps (HkJournal *self, guint version, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", (guint) G_N_ELEMENTS (steps));
  gboolean done;

  if (version == G_N_ELEMENTS (steps))
    return TRUE;
  if (!execute (self, "BEGIN IMMEDIATE", error))
    return FALSE;

  done = TRUE;
  for (guint i = version; i < G_N_ELEMENTS (steps) && done; i++)
    done = execute (self, steps[i], error);
  done = done && execute (self, mark, error) && execute (self, "COMMIT", error);
  if (!done)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);

  return done;
}

/* @what: a table with its indexes, or 1 for everything */
static gboolean
check (HkJournal *self, const char *what, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA quick_check (%s)", what);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  gboolean sound = FALSE;

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);

  if (!sound)
    hk_journal_set_error (self, code == SQLITE_ROW ? SQLITE_CORRUPT : code, error);

  return sound;
}

/* The last good data may be long, and are worth no journal: whoever reads them checks them. */
static gboolean
is_sound (HkJournal *self, guint version, GError **error)
{
  if (version == 0)
    return check (self, "1", error);

  for (guint i = 0; i < G_N_ELEMENTS (vital); i++)
    if (version >= vital[i].since && !check (self, vital[i].table, error))
      return FALSE;

  return TRUE;
}

static gboolean
drop_old_history (HkJournal *self, GError **error)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  g_autoptr (GDateTime) oldest = g_date_time_add_days (now, -HISTORY_DAYS);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM change WHERE ended > 0 AND ended < %" G_GINT64_FORMAT ";"
                                          "DELETE FROM invitee WHERE id NOT IN"
                                          " (SELECT invitee_id FROM change WHERE invitee_id IS NOT NULL);",
                                          g_date_time_to_unix (oldest) * G_TIME_SPAN_SECOND);

  return execute (self, sql, error);
}

/* Returns: %TRUE if @value is what the one column of the one row of @sql says */
gboolean
hk_journal_read_int (HkJournal *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    *value = sqlite3_column_int64 (statement, 0);
  else
    hk_journal_set_error (self, code, error);
  sqlite3_finalize (statement);

  return code == SQLITE_ROW;
}

/*
 * hk_journal_migrate:
 *
 * Checks what is there and brings it to this version. A journal of a later version is not touched.
 */
gboolean
hk_journal_migrate (HkJournal *self, GError **error)
{
  gint64 version = 0;

  if (!hk_journal_read_int (self, "PRAGMA user_version", &version, error))
    return FALSE;

  if (version > (gint64) G_N_ELEMENTS (steps))
    {
      g_set_error_literal (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_NEWER,
                           _ ("A newer version of Housekeys has been used on this computer, and this one does not "
                              "understand its record of changes."));
      return FALSE;
    }
  if (version < 0)
    {
      hk_journal_set_error (self, SQLITE_CORRUPT, error);
      return FALSE;
    }

  /* Every answer of the service is on the disk before the next request: after a power cut, too. */
  return execute (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                        "PRAGMA trusted_schema = OFF",
                  error) &&
         is_sound (self, (guint) version, error) && take_steps (self, (guint) version, error) && drop_old_history (self, error);
}
