/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-keeper.h"

#include <nuki-records.h>

#include "hk-drain.h"
#include "hk-journal-private.h"
#include "hk-merge.h"

/* So long one slice may take, in microseconds; a frame has 16 ms, and others work in it, too. */
#define SLICE_TIME 2000

/* The time is not read for each record. */
#define RECORDS_AT_ONCE 16

/*
 * HkKeeper:
 * @account: (unowned): owns this
 * @reading: (owned) (nullable): while what is kept is read
 * @kept: (owned) (nullable): what was found, until it is to be shown
 * @loading: what is kept is to be shown, and is not yet
 * @merge: (owned) (nullable): brings it there
 * @kept_time: when the service said it
 * @pile: (owned) (nullable): what is still to be made bytes of
 * @records: (owned) (nullable): what has been, by id
 * @source: writes the next slice, or 0
 * @writing: (owned) (nullable): while another thread brings it to the disk
 *
 * Keeps the last good data of an account in the file of its journal, and shows them at the next start. Only the bytes are
 * made on the main thread, a few at a time; the file is read and written on others.
 */
struct _HkKeeper
{
  HkAccount *account;

  GCancellable *reading;
  HkKept *kept;
  gboolean loading;
  HkMerge *merge;
  gint64 kept_time;

  GPtrArray *pile;
  GHashTable *records;
  guint source;
  GCancellable *writing;
};

/* What another thread needs to read or write. */
typedef struct
{
  HkKeptFile *file;
  gboolean repair;
  GHashTable *records;
  gint64 time;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  hk_kept_file_unref (job->file);
  g_clear_pointer (&job->records, g_hash_table_unref);
  g_free (job);
}

/* Returns: (nullable): where to keep something; %NULL if there is no file, or the journal has trouble with it */
static HkKeptFile *
get_file (HkKeeper *self)
{
  HkAccount *account = self->account;

  if (account->without_journal || hk_account_get_journal_error (account) != NULL)
    return NULL;

  return account->journal->kept;
}

static GTask *
make_task (GCancellable *cancellable, GAsyncReadyCallback callback, HkKeeper *self, Job *job)
{
  GTask *task = g_task_new (NULL, cancellable, callback, self);

  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, job, free_job);

  return task;
}

static Job *
make_job (HkKeptFile *file)
{
  Job *job = g_new0 (Job, 1);

  job->file = hk_kept_file_ref (file);

  return job;
}

static void
end_loading (HkKeeper *self)
{
  self->loading = FALSE;
  hk_account_go_on_refreshing (self->account);
}

static void
on_shown (gpointer user_data)
{
  HkKeeper *self = user_data;
  /* Whoever hears of it may let the account go, or sign out. */
  g_autoptr (HkAccount) account = g_object_ref (self->account);
  g_autoptr (GDateTime) now = hk_clock_now (account->clock);
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (self->kept_time / G_TIME_SPAN_SECOND);
  g_autoptr (GDateTime) time =
      seconds != NULL ? g_date_time_add (seconds, self->kept_time % G_TIME_SPAN_SECOND) : NULL;

  g_clear_pointer (&self->merge, hk_merge_free);
  /* The clock may have been put back. */
  hk_account_show_kept (account, time != NULL && g_date_time_compare (time, now) < 0 ? time : now);
  if (self->loading)
    end_loading (self);
}

static void
show_kept (HkKeeper *self)
{
  g_autoptr (HkKept) kept = g_steal_pointer (&self->kept);

  if (kept == NULL || !hk_account_owns (self->account, kept->locks))
    {
      end_loading (self);
      return;
    }

  self->kept_time = kept->time;
  self->merge = hk_merge_new (self->account, kept->locks, kept->people, kept->keys, on_shown, self);
  hk_merge_only_show (self->merge);
}

static void on_read (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  g_task_return_pointer (task, hk_kept_file_read (job->file, job->repair), (GDestroyNotify) hk_kept_free);
}

static void
start_reading (HkKeeper *self, gboolean repair)
{
  Job *job = make_job (get_file (self));
  g_autoptr (GTask) task = NULL;

  job->repair = repair;
  self->reading = g_cancellable_new ();
  task = make_task (self->reading, on_read, self, job);
  g_task_run_in_thread (task, read_thread);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HkKept) kept = g_task_propagate_pointer (G_TASK (result), &error);
  HkKeeper *self = user_data;
  Job *job;

  /* Cancelled: the keeper may be gone. */
  if (error != NULL)
    return;

  job = g_task_get_task_data (G_TASK (result));
  g_clear_object (&self->reading);
  self->kept = g_steal_pointer (&kept);
  /* Perhaps there is nothing because of damage. */
  if (self->loading && self->kept == NULL && !job->repair)
    start_reading (self, TRUE);
  else if (self->loading)
    show_kept (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  const gboolean written = g_task_propagate_boolean (G_TASK (result), &error);
  HkKeeper *self = user_data;

  /* Cancelled: the keeper may be gone. */
  if (error != NULL)
    return;

  g_clear_object (&self->writing);
  /* Perhaps the next time. */
  if (!written)
    self->account->has_news = TRUE;
}

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  gboolean written = hk_kept_file_write (job->file, job->records, job->time, cancellable);

  /* Here, and not on the main thread. */
  if (job->records != NULL)
    g_hash_table_remove_all (job->records);
  g_task_return_boolean (task, written);
}

static void
clear_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  g_task_return_boolean (task, hk_kept_file_clear (job->file));
}

/* Takes the records. */
static void
start_writing (HkKeeper *self)
{
  HkKeptFile *file = get_file (self);
  GDateTime *time = self->account->last_refresh;
  g_autoptr (GHashTable) records = g_steal_pointer (&self->records);
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (file == NULL || time == NULL)
    return;

  job = make_job (file);
  job->records = g_steal_pointer (&records);
  job->time = g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
  self->writing = g_cancellable_new ();
  task = make_task (self->writing, on_written, self, job);
  g_task_run_in_thread (task, write_thread);
}

static void
write_record (HkKeeper *self, gpointer record)
{
  GBytes *bytes;
  char *id;

  if (NUKI_IS_KEY (record))
    {
      id = g_strconcat (HK_KEPT_KEY, nuki_key_get_id (record), NULL);
      bytes = nuki_records_write_key (record);
    }
  else if (NUKI_IS_USER (record))
    {
      id = g_strdup_printf (HK_KEPT_PERSON "%d", nuki_user_get_id (record));
      bytes = nuki_records_write_user (record);
    }
  else
    {
      id = g_strdup_printf (HK_KEPT_LOCK "%" G_GINT64_FORMAT, nuki_lock_get_id (record));
      bytes = nuki_records_write_lock (record);
    }

  g_hash_table_replace (self->records, id, bytes);
}

static gboolean
on_slice (gpointer user_data)
{
  HkKeeper *self = user_data;
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  do
    for (guint i = 0; i < RECORDS_AT_ONCE && self->pile->len > 0; i++)
      {
        g_autoptr (GObject) record = g_ptr_array_steal_index_fast (self->pile, self->pile->len - 1);

        write_record (self, record);
      }
  while (self->pile->len > 0 && g_get_monotonic_time () < deadline);

  if (self->pile->len > 0)
    return G_SOURCE_CONTINUE;

  self->source = 0;
  g_clear_pointer (&self->pile, g_ptr_array_unref);
  start_writing (self);

  return G_SOURCE_REMOVE;
}

static void
pile_up (GPtrArray *pile, GHashTable *objects)
{
  GHashTableIter iter;
  gpointer object;

  g_hash_table_iter_init (&iter, objects);
  while (g_hash_table_iter_next (&iter, NULL, &object))
    g_ptr_array_add (pile, g_object_ref (object));
}

/* What the service said, and not what it was asked to make of that. */
static GPtrArray *
list_records (HkAccount *account)
{
  GPtrArray *pile = g_ptr_array_new_full (account->all_keys->len, g_object_unref);

  pile_up (pile, account->lock_by_id);
  pile_up (pile, account->person_by_id);
  for (guint i = 0; i < account->all_keys->len; i++)
    {
      NukiKey *record = hk_key_get_record (g_ptr_array_index (account->all_keys, i));

      if (record != NULL)
        g_ptr_array_add (pile, g_object_ref (record));
    }

  return pile;
}

static void
stop_gathering (HkKeeper *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  hk_drain (g_steal_pointer (&self->pile));
  g_clear_pointer (&self->records, g_hash_table_unref);
}

HkKeeper *
hk_keeper_new (HkAccount *account)
{
  HkKeeper *self = g_new0 (HkKeeper, 1);

  self->account = account;

  return self;
}

void
hk_keeper_free (HkKeeper *self)
{
  hk_keeper_cancel (self);
  g_free (self);
}

/*
 * hk_keeper_read_ahead:
 *
 * Reads what is kept, to have it when hk_keeper_load() follows. Nothing is written until then.
 */
void
hk_keeper_read_ahead (HkKeeper *self)
{
  if (get_file (self) != NULL && self->kept == NULL && self->reading == NULL)
    start_reading (self, FALSE);
}

/*
 * hk_keeper_load:
 *
 * Shows what is kept, if the account has nothing to be shown yet; see hk_account_show_kept(). Whether or not there is
 * something, hk_account_go_on_refreshing() follows.
 */
void
hk_keeper_load (HkKeeper *self)
{
  if (self->loading)
    return;
  if (get_file (self) == NULL)
    {
      hk_keeper_cancel (self);
      return;
    }

  self->loading = TRUE;
  if (self->kept != NULL)
    show_kept (self);
  else if (self->reading == NULL)
    start_reading (self, TRUE);
}

gboolean
hk_keeper_is_loading (HkKeeper *self)
{
  return self->loading;
}

/*
 * hk_keeper_keep:
 *
 * Brings what the account has to the disk, in a while; if nothing is new, only the time. If that is being done at this
 * moment, it is done after the next refresh.
 */
void
hk_keeper_keep (HkKeeper *self)
{
  if (get_file (self) == NULL || hk_keeper_is_busy (self))
    return;

  if (!self->account->has_news)
    {
      start_writing (self);
      return;
    }

  self->account->has_news = FALSE;
  self->pile = list_records (self->account);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->source = g_idle_add (on_slice, self);
}

/* Nothing is to be left on the disk. */
void
hk_keeper_clear (HkKeeper *self)
{
  HkKeptFile *file = get_file (self);
  const gboolean was_loading = self->loading;

  hk_keeper_cancel (self);
  if (file != NULL)
    {
      g_autoptr (GTask) task = make_task (NULL, NULL, NULL, make_job (file));

      g_task_run_in_thread (task, clear_thread);
    }
  if (was_loading)
    hk_account_go_on_refreshing (self->account);
}

/* What is under way is not done. */
void
hk_keeper_cancel (HkKeeper *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->kept, hk_kept_free);
  self->loading = FALSE;
  g_clear_pointer (&self->merge, hk_merge_free);
  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  g_clear_object (&self->writing);
  stop_gathering (self);
}

gboolean
hk_keeper_is_busy (HkKeeper *self)
{
  return self->loading || self->source > 0 || self->writing != NULL;
}
