/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file: opened, locked, put aside, removed. What is in it is in hk-journal-*.c. */

#include "hk-journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/**
 * HkJournal:
 *
 * Keeps the changes of one account in SQLite, so that they outlive the process: what was asked is on the disk before
 * anything of it is sent, and every answer is before the next request is. Owned by the account; the outbox writes.
 */
G_DEFINE_FINAL_TYPE (HkJournal, hk_journal, G_TYPE_OBJECT)
G_DEFINE_QUARK (hk-journal-error-quark, hk_journal_error)

#define FOLDER_MODE 0700
#define FILE_MODE 0600

/* Somebody may look at the file with another program. */
#define BUSY_MS 500

#define CHANGE_COLUMNS                                                                                           \
  "id, kind, state, asked, name, lock_id, key_id, user_id, fields, new_name, email, language, favorite, "        \
  "undoable, error_domain, error_code, error_text, invitee_id, after_id, whole_id, wait, due, n_tries, "         \
  "n_looks, n_read_backs, accepted, posted, unclear, queued, base_updated, looked"

static const char *const statement_texts[HK_JOURNAL_N_STATEMENTS] = {
  [HK_JOURNAL_SAVE_CHANGE] =
      "INSERT INTO change (" CHANGE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
      " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)"
      " ON CONFLICT (id) DO UPDATE SET state = ?3, name = ?5, key_id = ?7, user_id = ?8, fields = ?9, undoable = ?14,"
      " error_domain = ?15, error_code = ?16, error_text = ?17, after_id = ?19, whole_id = ?20, wait = ?21, due = ?22,"
      " n_tries = ?23, n_looks = ?24, n_read_backs = ?25, accepted = ?26, posted = ?27, unclear = ?28, queued = ?29,"
      " base_updated = ?30, looked = ?31",
  [HK_JOURNAL_SAVE_INVITEE] = "INSERT INTO invitee (id, name, email, language, user_id) VALUES (?1, ?2, ?3, ?4, ?5)"
                              " ON CONFLICT (id) DO UPDATE SET user_id = ?5",
  [HK_JOURNAL_SAVE_SPEC] = "INSERT OR REPLACE INTO spec (change_id, role, type, name, user_id, code, enabled,"
                           " remote_allowed, smart_actions, valid_from, valid_until, weekdays, window_start,"
                           " window_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
  [HK_JOURNAL_DROP_SPEC] = "DELETE FROM spec WHERE change_id = ?1 AND role = ?2",
  [HK_JOURNAL_SAVE_BASE_DETAILS] = "INSERT OR REPLACE INTO base_details (change_id, name, email, language, favorite)"
                                   " VALUES (?1, ?2, ?3, ?4, ?5)",
  [HK_JOURNAL_SAVE_KNOWN_KEY] = "INSERT OR IGNORE INTO known_key (change_id, key_id) VALUES (?1, ?2)",
  [HK_JOURNAL_DROP_KNOWN_KEYS] = "DELETE FROM known_key WHERE change_id = ?1",
  [HK_JOURNAL_SAVE_WHOLE] = "UPDATE change SET whole_id = ?2 WHERE id = ?1",
  [HK_JOURNAL_END_CHANGE] = "UPDATE change SET state = ?2, ended = ?3, undoable = 0, error_domain = NULL,"
                            " error_text = NULL WHERE id = ?1",
  [HK_JOURNAL_ADD_EVENT] = "INSERT INTO event (change_id, time, step, text) VALUES (?1, ?2, ?3, ?4)",
  /* Also what is over, if something that is not refers to it: it decides whether that may go on. */
  [HK_JOURNAL_LOAD_CHANGES] =
      "SELECT " CHANGE_COLUMNS ", ended FROM change WHERE ended = 0"
      " OR id IN (SELECT after_id FROM change WHERE ended = 0)"
      " OR whole_id IN (SELECT id FROM change WHERE ended = 0) ORDER BY id",
  [HK_JOURNAL_LOAD_INVITEE] = "SELECT name, email, language, user_id FROM invitee WHERE id = ?1",
  [HK_JOURNAL_LOAD_SPEC] = "SELECT type, name, user_id, code, enabled, remote_allowed, smart_actions, valid_from,"
                           " valid_until, weekdays, window_start, window_end FROM spec"
                           " WHERE change_id = ?1 AND role = ?2",
  [HK_JOURNAL_LOAD_BASE_DETAILS] = "SELECT name, email, language, favorite FROM base_details WHERE change_id = ?1",
  [HK_JOURNAL_LOAD_KNOWN_KEYS] = "SELECT key_id FROM known_key WHERE change_id = ?1",
  [HK_JOURNAL_LOAD_META] = "SELECT value FROM meta WHERE name = ?1",
  [HK_JOURNAL_SAVE_META] = "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
};

/* One file for each service; its name is what can be in a file name of the address. */
static char *
make_file_name (const char *api_url)
{
  g_autoptr (GUri) uri = g_uri_parse (api_url, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GString) name = g_string_new (uri != NULL ? g_uri_get_host (uri) : api_url);

  if (uri != NULL && g_uri_get_port (uri) > 0)
    g_string_append_printf (name, "-%d", g_uri_get_port (uri));
  if (uri != NULL && strlen (g_uri_get_path (uri)) > 1)
    g_string_append (name, g_uri_get_path (uri));

  for (gsize i = 0; i < name->len; i++)
    if (!g_ascii_isalnum (name->str[i]) && name->str[i] != '.' && name->str[i] != '-')
      name->str[i] = '_';
  if (name->str[0] == '.')
    name->str[0] = '_';
  g_string_append (name, ".db");

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
set_file_error (const char *path, int code, GError **error)
{
  g_set_error (error, HK_JOURNAL_ERROR, code == ENOSPC || code == EDQUOT ? HK_JOURNAL_ERROR_FULL : HK_JOURNAL_ERROR_FAILED,
               /* TRANSLATORS: a path, and what the system says about it */
               _ ("The record of changes at “%s” cannot be used: %s."), path, g_strerror (code));
}

static gboolean
make_folder (HkJournal *self, GError **error)
{
  if (g_mkdir_with_parents (self->folder, FOLDER_MODE) == 0 && g_chmod (self->folder, FOLDER_MODE) == 0)
    return TRUE;

  set_file_error (self->folder, errno, error);
  return FALSE;
}

static void
unlock_file (HkJournal *self)
{
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

/* Held as long as the journal is open, and given back by the system if the process dies. */
static gboolean
lock_file (HkJournal *self, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);

  if (self->lock >= 0)
    return TRUE;

  self->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
  if (self->lock < 0)
    {
      set_file_error (path, errno, error);
      return FALSE;
    }

  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_IN_USE,
                         _ ("Housekeys is already open elsewhere, and works on the changes of this account."));
  else
    set_file_error (path, errno, error);
  unlock_file (self);

  return FALSE;
}

/* SQLite gives its other files the mode of this one. */
static gboolean
make_file (HkJournal *self, GError **error)
{
  const int file = open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
  gboolean done;

  done = file >= 0 && fchmod (file, FILE_MODE) == 0;
  if (!done)
    set_file_error (self->path, errno, error);
  if (file >= 0)
    close (file);

  return done;
}

static void
close_database (HkJournal *self)
{
  if (self->kept != NULL)
    hk_kept_file_stop (self->kept);
  g_clear_pointer (&self->kept, hk_kept_file_unref);
  for (guint i = 0; i < HK_JOURNAL_N_STATEMENTS; i++)
    {
      sqlite3_finalize (self->statements[i]);
      self->statements[i] = NULL;
    }
  sqlite3_close (self->db);
  self->db = NULL;
  self->depth = 0;
  g_clear_error (&self->doom);
}

/* All tables are as they should be if whatever is ever done with them can be. */
static gboolean
prepare_all (HkJournal *self, GError **error)
{
  for (guint i = 0; i < HK_JOURNAL_N_STATEMENTS; i++)
    if (hk_journal_prepare (self, i, error) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
open_database (HkJournal *self, GError **error)
{
  const char *path = self->path != NULL ? self->path : ":memory:";
  int code;

  if (self->path != NULL && !make_file (self, error))
    return FALSE;

  code = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MS);
  if (code == SQLITE_OK && hk_journal_migrate (self, error) && prepare_all (self, error))
    {
      if (self->path != NULL)
        self->kept = hk_kept_file_new (self->path);
      return TRUE;
    }

  if (code != SQLITE_OK)
    hk_journal_set_error (self, code, error);
  close_database (self);

  return FALSE;
}

static char *
make_name_aside (HkJournal *self, const char *why)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *first = g_strconcat (self->path, ".", why, "-", date, NULL);
  char *name = g_strdup (first);

  for (guint n = 2; g_file_test (name, G_FILE_TEST_EXISTS); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", first, n);
    }

  return name;
}

static gboolean
remove_file (HkJournal *self, const char *suffix, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, suffix, NULL);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  set_file_error (path, errno, error);
  return FALSE;
}

static gboolean
open_or_begin_anew (HkJournal *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (open_database (self, &local_error))
    return TRUE;

  if (g_error_matches (local_error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_DAMAGED))
    return hk_journal_put_aside (self, "damaged", error) && open_database (self, error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
hk_journal_finalize (GObject *object)
{
  HkJournal *self = HK_JOURNAL (object);

  hk_journal_close (self);
  g_object_unref (self->clock);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->step);
  g_free (self->set_aside);

  G_OBJECT_CLASS (hk_journal_parent_class)->finalize (object);
}

static void
hk_journal_class_init (HkJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hk_journal_finalize;
}

static void
hk_journal_init (HkJournal *self)
{
  self->lock = -1;
}

/**
 * hk_journal_new:
 * @folder: where the file is; it is made when it is needed
 * @api_url: the address of the service, for which the file is named
 * @clock: the time
 *
 * Returns: (transfer full): a journal that is not open yet
 */
HkJournal *
hk_journal_new (const char *folder, const char *api_url, HkClock *clock)
{
  g_autofree char *name = NULL;
  HkJournal *self;

  g_return_val_if_fail (folder != NULL && api_url != NULL, NULL);

  self = hk_journal_new_in_memory (clock);
  name = make_file_name (api_url);
  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, name, NULL);

  return self;
}

/**
 * hk_journal_new_in_memory:
 * @clock: the time
 *
 * Returns: (transfer full): a journal that goes with the process, for the demo account and tests
 */
HkJournal *
hk_journal_new_in_memory (HkClock *clock)
{
  HkJournal *self;

  g_return_val_if_fail (HK_IS_CLOCK (clock), NULL);

  self = g_object_new (HK_TYPE_JOURNAL, NULL);
  self->clock = g_object_ref (clock);

  return self;
}

/**
 * hk_journal_get_path:
 *
 * Returns: (nullable): the file, or %NULL for a journal in memory
 */
const char *
hk_journal_get_path (HkJournal *self)
{
  g_return_val_if_fail (HK_IS_JOURNAL (self), NULL);

  return self->path;
}

/*
 * hk_journal_open:
 *
 * Opens the journal for this process alone. A damaged one is put aside, and a new one begun; see
 * hk_journal_steal_set_aside().
 *
 * Returns: %TRUE, or %FALSE with a #HkJournalError
 */
gboolean
hk_journal_open (HkJournal *self, GError **error)
{
  if (self->db != NULL)
    return TRUE;

  if ((self->path == NULL || (make_folder (self, error) && lock_file (self, error))) &&
      open_or_begin_anew (self, error))
    {
      self->ours = TRUE;
      return TRUE;
    }

  hk_journal_close (self);

  return FALSE;
}

/*
 * hk_journal_open_sound:
 *
 * Opens a journal that is there and has nothing wrong with it; any other is left as it is, to hk_journal_open().
 *
 * Returns: whether it is open
 */
gboolean
hk_journal_open_sound (HkJournal *self)
{
  if (self->db != NULL)
    return TRUE;

  if (self->path != NULL && g_file_test (self->path, G_FILE_TEST_IS_REGULAR) && lock_file (self, NULL) &&
      open_database (self, NULL))
    {
      self->ours = TRUE;
      return TRUE;
    }

  hk_journal_close (self);

  return FALSE;
}

gboolean
hk_journal_is_open (HkJournal *self)
{
  return self->db != NULL;
}

/* What was begun and not committed is lost. Others may open it now. */
void
hk_journal_close (HkJournal *self)
{
  close_database (self);
  unlock_file (self);
}

/* Nothing is left of the last good data. Blocks; what is being written of them gives way. */
gboolean
hk_journal_clear_kept (HkJournal *self, GError **error)
{
  gboolean done;

  if (self->kept == NULL)
    return TRUE;

  hk_kept_file_make_way (self->kept, TRUE);
  done = hk_kept_file_clear (self->kept);
  hk_kept_file_make_way (self->kept, FALSE);
  if (!done)
    set_file_error (self->path, EIO, error);

  return done;
}

/*
 * hk_journal_put_aside:
 * @why: a word for the name, "damaged" or "other"
 *
 * Closes the file and gives it another name, with the date; hk_journal_open() begins a new one.
 */
gboolean
hk_journal_put_aside (HkJournal *self, const char *why, GError **error)
{
  g_autofree char *aside = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *wal_aside = NULL;

  close_database (self);
  if (self->path == NULL)
    return TRUE;

  aside = make_name_aside (self, why);
  wal = g_strconcat (self->path, "-wal", NULL);
  wal_aside = g_strconcat (aside, "-wal", NULL);
  if (g_rename (self->path, aside) != 0 || (g_rename (wal, wal_aside) != 0 && errno != ENOENT))
    {
      set_file_error (self->path, errno, error);
      return FALSE;
    }

  g_free (self->set_aside);
  self->set_aside = g_steal_pointer (&aside);

  return remove_file (self, "-shm", error);
}

/* Returns: (transfer full) (nullable): where a journal was put aside since this was last asked */
char *
hk_journal_steal_set_aside (HkJournal *self)
{
  return g_steal_pointer (&self->set_aside);
}

/*
 * hk_journal_remove:
 *
 * Closes the journal and forgets everything that is in it, if that comes from this process.
 *
 * Returns: %TRUE if nothing is left of what this process wrote
 */
gboolean
hk_journal_remove (HkJournal *self, GError **error)
{
  /* Nothing has to be brought to its place any more. */
  if (self->db != NULL)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, self->path != NULL && self->ours, NULL);
  close_database (self);
  if (self->path == NULL || !self->ours)
    return TRUE;

  /* Somebody else may have it by now. */
  if (!lock_file (self, error) || !remove_file (self, "", error) || !remove_file (self, "-wal", error) ||
      !remove_file (self, "-shm", error))
    return FALSE;

  self->ours = FALSE;
  hk_journal_close (self);

  return TRUE;
}

/* Forgets the journals that were put aside, too: after signing out nothing may be left. */
gboolean
hk_journal_remove_aside (HkJournal *self, GError **error)
{
  g_autofree char *name = self->path != NULL ? g_path_get_basename (self->path) : NULL;
  g_autoptr (GDir) folder = name != NULL ? g_dir_open (self->folder, 0, NULL) : NULL;
  const char *entry;

  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL)
    {
      const char *suffix = g_str_has_prefix (entry, name) ? entry + strlen (name) : "";

      if ((g_str_has_prefix (suffix, ".damaged-") || g_str_has_prefix (suffix, ".other-")) &&
          !remove_file (self, suffix, error))
        return FALSE;
    }

  return TRUE;
}

void
hk_journal_set_hook (HkJournal *self, HkJournalHook hook, gpointer user_data)
{
  self->hook = hook;
  self->hook_data = user_data;
}

/* Returns: a number that no row has: the time, so that it also is in order if the file is not open */
gint64
hk_journal_make_id (HkJournal *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  const gint64 time = g_date_time_to_unix (now) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (now);

  self->last_id = MAX (self->last_id + 1, time);

  return self->last_id;
}

/* Everything until hk_journal_commit() is on the disk as a whole, or not at all. Can be nested. */
void
hk_journal_begin (HkJournal *self)
{
  int code;

  if (self->depth++ > 0)
    return;

  if (self->kept != NULL)
    hk_kept_file_make_way (self->kept, TRUE);
  code = self->db != NULL ? sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) : SQLITE_CANTOPEN;
  if (code != SQLITE_OK)
    hk_journal_set_error (self, code, &self->doom);
}

gboolean
hk_journal_has_begun (HkJournal *self)
{
  return self->depth > 0;
}

static gboolean
commit (HkJournal *self, GError **error)
{
  g_autofree char *step = g_steal_pointer (&self->step);
  int code = SQLITE_OK;

  if (self->hook != NULL && step != NULL)
    self->hook (step, FALSE, self->hook_data);
  if (self->doom == NULL)
    code = sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    hk_journal_set_error (self, code, &self->doom);
  if (self->doom != NULL)
    {
      if (self->db != NULL)
        sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
      g_propagate_error (error, g_steal_pointer (&self->doom));
      return FALSE;
    }
  if (self->hook != NULL && step != NULL)
    self->hook (step, TRUE, self->hook_data);

  return TRUE;
}

/* Returns: %TRUE if it is on the disk, or will be with what it is a part of */
gboolean
hk_journal_commit (HkJournal *self, GError **error)
{
  gboolean done;

  g_assert (self->depth > 0);

  if (--self->depth > 0)
    {
      if (self->doom != NULL && error != NULL)
        *error = g_error_copy (self->doom);
      return self->doom == NULL;
    }

  done = commit (self, error);
  if (self->kept != NULL)
    hk_kept_file_make_way (self->kept, FALSE);

  return done;
}

/* Returns: (transfer none) (nullable): a statement without values, ready for new ones */
sqlite3_stmt *
hk_journal_prepare (HkJournal *self, HkJournalStatement which, GError **error)
{
  sqlite3_stmt **statement = &self->statements[which];
  int code = SQLITE_OK;

  if (*statement == NULL)
    code = sqlite3_prepare_v3 (self->db, statement_texts[which], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
  if (code != SQLITE_OK)
    {
      hk_journal_set_error (self, code, error);
      return NULL;
    }

  sqlite3_reset (*statement);
  sqlite3_clear_bindings (*statement);

  return *statement;
}

/* Runs a statement that has no result. */
gboolean
hk_journal_run (HkJournal *self, sqlite3_stmt *statement, GError **error)
{
  const int code = sqlite3_step (statement);

  if (code != SQLITE_DONE)
    hk_journal_set_error (self, code, error);
  sqlite3_reset (statement);

  return code == SQLITE_DONE;
}

static gboolean
can_be_written (HkJournal *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  return g_access (self->path, W_OK) == 0 && g_access (folder, W_OK) == 0;
}

/* @code: what SQLite said last */
void
hk_journal_set_error (HkJournal *self, int code, GError **error)
{
  int kind = code & 0xff;

  /* The file says of itself that it is of a format that can only be read. */
  if (kind == SQLITE_READONLY && can_be_written (self))
    kind = SQLITE_CORRUPT;

  switch (kind)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FULL, _ ("The disk is full."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_SCHEMA:
    case SQLITE_DONE:
      g_set_error_literal (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_DAMAGED,
                           _ ("The record of changes is damaged."));
      break;
    default:
      g_debug ("Journal: %s", sqlite3_errstr (code));
      g_set_error_literal (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED,
                           _ ("The record of changes cannot be read or written."));
      break;
    }
}
