/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The last good data, in the file of the journal: read and written on other threads, by connections of their own. What goes
 * wrong with them is nobody's loss, so it is said to nobody. But it must never be the journal's: that goes first, and is
 * not touched by whatever is damaged here.
 */

#include "hk-kept.h"

#include <nuki-records.h>
#include <string.h>

/* Microseconds since 1970. */
#define META_TIME "refreshed"

/* Longer than the journal ever writes. */
#define BUSY_MS 2000

/* How often a statement that takes long sees whether it is to end, in steps of SQLite's machine. */
#define STEPS_AT_ONCE 10000

/* How often the journal is looked for while very many rows are written. */
#define ROWS_AT_ONCE 64

/*
 * HkKeptFile:
 * @mutex: held by the one thread that has the file open
 * @stopped: the journal has been closed, or wants to be: whoever has the file open lets go of it
 * @make_way: the journal wants to write
 * @made_way: what was being written was given up for that
 */
struct _HkKeptFile
{
  gatomicrefcount refs;
  char *path;
  GMutex mutex;
  int stopped;
  int make_way;
  gboolean made_way;
};

/* Returns: (transfer full) (nullable): a record of one kind */
typedef gpointer (*ReadFunc) (gconstpointer data, gsize size);

static gboolean
execute (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Returns: (nullable): @sql with its text, ready to be stepped */
static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, const char *text)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK && text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);

  return statement;
}

static gboolean
run (sqlite3_stmt *statement)
{
  const int code = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;

  sqlite3_reset (statement);

  return code == SQLITE_DONE;
}

/* Returns: 0 if nothing is kept; -1 if that cannot be read */
static gint64
read_time (sqlite3 *db)
{
  sqlite3_stmt *statement = prepare (db, "SELECT value FROM meta WHERE name = ?1", META_TIME);
  const int code = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;
  const gint64 time = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : code == SQLITE_DONE ? 0 : -1;

  sqlite3_finalize (statement);

  return time;
}

/* Returns: (transfer full) (nullable): what can be used of all records that begin with @kind; %NULL if that is nothing */
static GPtrArray *
read_list (sqlite3 *db, const char *kind, ReadFunc read)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  sqlite3_stmt *statement = prepare (db, "SELECT record FROM kept WHERE id >= ?1 AND id < ?1 || x'ff'", kind);
  int code = SQLITE_ERROR;
  guint n_rows = 0;

  for (; statement != NULL && (code = sqlite3_step (statement)) == SQLITE_ROW; n_rows++)
    {
      const void *data = sqlite3_column_blob (statement, 0);
      gpointer record = data != NULL ? read (data, (gsize) sqlite3_column_bytes (statement, 0)) : NULL;

      if (record != NULL)
        g_ptr_array_add (list, record);
    }
  sqlite3_finalize (statement);

  return code == SQLITE_DONE && (n_rows == 0 || list->len > 0) ? g_steal_pointer (&list) : NULL;
}

static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement = prepare (db, "PRAGMA quick_check (1)", NULL);
  gboolean sound = FALSE;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);

  return sound;
}

/* Nothing of the table is touched, as it may be damaged, and say that pages of the journal are its own: it is taken off the
 * list of tables, and the rest is written anew. So nothing of it is left in the file, either. */
static gboolean
rebuild (sqlite3 *db)
{
  if (!execute (db, "BEGIN IMMEDIATE"))
    return FALSE;

  if (execute (db, "DELETE FROM meta WHERE name = '" META_TIME "';"
                   "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'kept';"
                   "PRAGMA writable_schema = OFF; COMMIT"))
    return execute (db, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE)");

  execute (db, "ROLLBACK");
  return FALSE;
}

static int
on_progress (void *user_data)
{
  HkKeptFile *self = user_data;

  return g_atomic_int_get (&self->stopped);
}

/* Returns: (nullable): a connection; while it is open, @self is locked */
static sqlite3 *
open_file (HkKeptFile *self)
{
  sqlite3 *db = NULL;

  g_mutex_lock (&self->mutex);
  if (!g_atomic_int_get (&self->stopped) &&
      sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, BUSY_MS);
      sqlite3_progress_handler (db, STEPS_AT_ONCE, on_progress, self);
      /* After a power cut older data are as good: only what the journal writes has to be on the disk at once. */
      if (execute (db, "PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF"))
        return db;
    }

  sqlite3_close (db);
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static void
close_file (HkKeptFile *self, sqlite3 *db)
{
  sqlite3_close (db);
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_same (GBytes *record, sqlite3_stmt *statement, int column)
{
  const void *data = sqlite3_column_blob (statement, column);
  const gsize size = g_bytes_get_size (record);

  return data != NULL && (gsize) sqlite3_column_bytes (statement, column) == size &&
         memcmp (data, g_bytes_get_data (record, NULL), size) == 0;
}

/* Leaves in @records what is not kept yet. Returns: (transfer full) (nullable): the ids of what is kept and not in there */
static GPtrArray *
compare (sqlite3 *db, GHashTable *records)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = prepare (db, "SELECT id, record FROM kept", NULL);
  int code = SQLITE_ERROR;

  while (statement != NULL && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *id = (const char *) sqlite3_column_text (statement, 0);
      GBytes *record = id != NULL ? g_hash_table_lookup (records, id) : NULL;

      if (id != NULL && record == NULL)
        g_ptr_array_add (gone, g_strdup (id));
      else if (record != NULL && is_same (record, statement, 1))
        g_hash_table_remove (records, id);
    }
  sqlite3_finalize (statement);

  return code == SQLITE_DONE ? g_steal_pointer (&gone) : NULL;
}

static gboolean
write_time (sqlite3 *db, gint64 time)
{
  sqlite3_stmt *statement = prepare (db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", META_TIME);
  gboolean done;

  if (statement != NULL)
    sqlite3_bind_int64 (statement, 2, time);
  done = run (statement);
  sqlite3_finalize (statement);

  return done;
}

static gboolean
must_let_go (HkKeptFile *self)
{
  self->made_way |= g_atomic_int_get (&self->make_way);

  return self->made_way || g_atomic_int_get (&self->stopped);
}

static gboolean
drop_rows (HkKeptFile *self, sqlite3 *db, GPtrArray *gone)
{
  sqlite3_stmt *statement = prepare (db, "DELETE FROM kept WHERE id = ?1", NULL);
  gboolean done = statement != NULL;

  for (guint i = 0; i < gone->len && done; i++)
    {
      sqlite3_bind_text (statement, 1, g_ptr_array_index (gone, i), -1, SQLITE_STATIC);
      done = run (statement) && (i % ROWS_AT_ONCE > 0 || !must_let_go (self));
    }
  sqlite3_finalize (statement);

  return done;
}

static gboolean
add_rows (HkKeptFile *self, sqlite3 *db, GHashTable *records)
{
  sqlite3_stmt *statement = prepare (db, "INSERT OR REPLACE INTO kept (id, record) VALUES (?1, ?2)", NULL);
  gboolean done = statement != NULL;
  GHashTableIter iter;
  gpointer id, record;
  guint i = 0;

  g_hash_table_iter_init (&iter, records);
  while (done && g_hash_table_iter_next (&iter, &id, &record))
    {
      sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
      sqlite3_bind_blob (statement, 2, g_bytes_get_data (record, NULL), (int) g_bytes_get_size (record), SQLITE_STATIC);
      done = run (statement) && (i++ % ROWS_AT_ONCE > 0 || !must_let_go (self));
    }
  sqlite3_finalize (statement);

  return done;
}

/* In one go: after a crash it is all of it, or what there was before. */
static gboolean
write_all (HkKeptFile *self, sqlite3 *db, GHashTable *records, GPtrArray *gone, gint64 time)
{
  if (!execute (db, "BEGIN IMMEDIATE"))
    return FALSE;

  if ((records == NULL || (drop_rows (self, db, gone) && add_rows (self, db, records))) && write_time (db, time) &&
      execute (db, "COMMIT"))
    return TRUE;

  execute (db, "ROLLBACK");

  return FALSE;
}

/* The journal does not wait for this: it is written again from the beginning when the journal has done its part. */
static gboolean
write_giving_way (HkKeptFile *self, sqlite3 *db, GHashTable *records, GPtrArray *gone, gint64 time,
                  GCancellable *cancellable)
{
  while (!g_atomic_int_get (&self->stopped) && !g_cancellable_is_cancelled (cancellable))
    {
      self->made_way = FALSE;
      if (g_atomic_int_get (&self->make_way))
        g_usleep (1000);
      else if (write_all (self, db, records, gone, time))
        return TRUE;
      else if (!self->made_way)
        return FALSE;
    }

  return FALSE;
}

void
hk_kept_free (HkKept *self)
{
  g_clear_pointer (&self->locks, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self);
}

/*
 * hk_kept_read:
 * @db: a journal of this version
 *
 * Returns: (transfer full) (nullable): all that is kept in it; %NULL if that is nothing, or nothing that can be used
 */
HkKept *
hk_kept_read (sqlite3 *db)
{
  g_autoptr (HkKept) self = g_new0 (HkKept, 1);

  /* Nobody writes in between, see HkKeptFile. */
  self->time = read_time (db);
  if (self->time <= 0)
    return NULL;

  self->locks = read_list (db, HK_KEPT_LOCK, (ReadFunc) nuki_records_read_lock);
  self->people = read_list (db, HK_KEPT_PERSON, (ReadFunc) nuki_records_read_user);
  self->keys = read_list (db, HK_KEPT_KEY, (ReadFunc) nuki_records_read_key);
  if (self->locks == NULL || self->people == NULL || self->keys == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/* @path: a journal that is open */
HkKeptFile *
hk_kept_file_new (const char *path)
{
  HkKeptFile *self = g_new0 (HkKeptFile, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->path = g_strdup (path);

  return self;
}

HkKeptFile *
hk_kept_file_ref (HkKeptFile *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
hk_kept_file_unref (HkKeptFile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/* For good: when this returns, no other thread has the file open, and it may be closed, renamed or removed. */
void
hk_kept_file_stop (HkKeptFile *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
  g_mutex_lock (&self->mutex);
  g_mutex_unlock (&self->mutex);
}

/* @make_way: whether the journal is about to write something */
void
hk_kept_file_make_way (HkKeptFile *self, gboolean make_way)
{
  g_atomic_int_set (&self->make_way, make_way);
}

/*
 * hk_kept_file_read:
 * @repair: whether something may be done about damage
 *
 * Blocks, and is for another thread than the main one. If the file is damaged, and not in what the journal has in it, then
 * what is kept is forgotten with @repair, so that from now on everything works again.
 *
 * Returns: (transfer full) (nullable): see hk_kept_read()
 */
HkKept *
hk_kept_file_read (HkKeptFile *self, gboolean repair)
{
  sqlite3 *db = open_file (self);
  HkKept *kept = NULL;

  if (db == NULL)
    return NULL;

  if (is_sound (db))
    kept = hk_kept_read (db);
  else if (repair && !g_atomic_int_get (&self->stopped))
    rebuild (db);
  close_file (self, db);

  return kept;
}

/*
 * hk_kept_file_write:
 * @records: (nullable) (element-type utf8 GBytes): everything by id; is emptied of what is kept already. %NULL if
 *   nothing is new
 * @time: when the service said it; microseconds since 1970
 *
 * Blocks, and is for another thread than the main one.
 *
 * Returns: %TRUE if it is kept; otherwise what was kept before still is
 */
gboolean
hk_kept_file_write (HkKeptFile *self, GHashTable *records, gint64 time, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) gone = NULL;
  sqlite3 *db = open_file (self);
  gboolean done;

  if (db == NULL)
    return FALSE;

  done = execute (db, HK_KEPT_TABLE);
  if (done && records != NULL)
    {
      gone = compare (db, records);
      done = gone != NULL;
    }
  done = done && write_giving_way (self, db, records, gone, time, cancellable);
  close_file (self, db);

  return done;
}

/* Blocks. Returns: %TRUE if nothing is left of what was kept */
gboolean
hk_kept_file_clear (HkKeptFile *self)
{
  sqlite3 *db = open_file (self);
  gboolean done;

  if (db == NULL)
    return FALSE;

  done = read_time (db) == 0 || rebuild (db);
  close_file (self, db);

  return done;
}
