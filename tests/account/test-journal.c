/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal as a file: what is written is read again, and only by those who may. */

#include <glib/gstdio.h>
#include <hk-change-step.h>
#include <hk-journal-private.h>
#include <hk-outbox.h>
#include <locale.h>

#include "hk-manual-clock.h"

#define URL "https://api.nuki.io"

typedef struct
{
  char *folder;
  HkClock *clock;
  NukiClient *client;
  HkJournal *journal;
  HkOutbox *outbox;
} Test;

static void
open_journal (Test *t)
{
  g_autoptr (GError) error = NULL;

  t->journal = hk_journal_new (t->folder, URL, t->clock);
  hk_journal_open (t->journal, &error);
  g_assert_no_error (error);
  t->outbox = hk_outbox_new (t->client, t->clock, t->journal);
}

static void
close_journal (Test *t)
{
  g_assert_finalize_object (t->outbox);
  g_assert_finalize_object (t->journal);
}

static Test *
test_new (void)
{
  Test *t = g_new0 (Test, 1);

  t->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  t->clock = hk_manual_clock_new ("2026-03-02T10:00:00Z");
  t->client = nuki_client_new (URL, NULL);
  open_journal (t);

  return t;
}

static void
test_free (Test *t)
{
  g_autoptr (GDir) folder = g_dir_open (t->folder, 0, NULL);
  const char *name;

  close_journal (t);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (t->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (t->folder);
  g_assert_finalize_object (t->client);
  g_assert_finalize_object (t->clock);
  g_free (t->folder);
  g_free (t);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Test, test_free)

static HkDelivery *
make_delivery (Test *t, HkChangeKind kind)
{
  g_autoptr (GDateTime) now = hk_clock_now (t->clock);
  g_autoptr (HkChange) change = hk_change_new (kind, now);

  change->id = hk_journal_make_id (t->journal);

  return hk_delivery_new (t->outbox, t->client, change);
}

static void
save (Test *t, HkDelivery *delivery)
{
  g_autoptr (GError) error = NULL;

  hk_journal_save (t->journal, delivery, "asked", &error);
  g_assert_no_error (error);
}

static GPtrArray *
load (Test *t)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *deliveries = hk_journal_load (t->journal, t->outbox, t->client, &error);

  g_assert_no_error (error);

  return deliveries;
}

static void
assert_mode (Test *t, const char *suffix, int mode)
{
  g_autofree char *path = g_strconcat (hk_journal_get_path (t->journal), suffix, NULL);
  GStatBuf buffer;

  g_assert_cmpint (g_stat (path, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 0777, ==, mode);
}

static void
test_only_the_user_can_read_it (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) delivery = make_delivery (t, HK_CHANGE_UPDATE_LOCK);
  g_autofree char *name = g_path_get_basename (hk_journal_get_path (t->journal));
  GStatBuf buffer;

  g_assert_cmpstr (name, ==, "api.nuki.io.db");
  delivery->change->lock_id = 1;
  delivery->change->details = hk_details_new_of_lock ("Door", FALSE);
  save (t, delivery);
  assert_mode (t, "", 0600);
  assert_mode (t, "-wal", 0600);
  assert_mode (t, "-shm", 0600);
  assert_mode (t, ".lock", 0600);
  g_assert_cmpint (g_stat (t->folder, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 0777, ==, 0700);

  /* Also if somebody else made it, or was careless. */
  close_journal (t);
  g_chmod (t->folder, 0755);
  open_journal (t);
  g_chmod (hk_journal_get_path (t->journal), 0644);
  close_journal (t);
  open_journal (t);
  assert_mode (t, "", 0600);
  g_assert_cmpint (g_stat (t->folder, &buffer), ==, 0);
  g_assert_cmpint (buffer.st_mode & 0777, ==, 0700);
}

static void
test_each_service_has_a_file (void)
{
  static const char *const names[][2] = {
    { "https://api.nuki.io", "api.nuki.io.db" },
    { "http://127.0.0.1:8080", "127.0.0.1-8080.db" },
    { "https://example.org/nuki/v1", "example.org_nuki_v1.db" },
    { "http://[::1]:99", "__1-99.db" },
    { "https://../../etc", "_.._.._etc.db" },
  };
  g_autoptr (HkClock) clock = hk_clock_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HkJournal) journal = hk_journal_new ("/folder", names[i][0], clock);
      g_autofree char *folder = g_path_get_dirname (hk_journal_get_path (journal));
      g_autofree char *name = g_path_get_basename (hk_journal_get_path (journal));

      g_assert_cmpstr (folder, ==, "/folder");
      if (i < 4)
        g_assert_cmpstr (name, ==, names[i][1]);
      g_assert_false (g_str_has_prefix (name, "."));
    }
}

static NukiKeySpec *
make_spec (NukiKeyType type)
{
  NukiKeySpec *spec = nuki_key_spec_new (type, "Zoë “The” O'Neil; DROP TABLE change");
  g_autoptr (GDateTime) from = g_date_time_new_utc (2026, 3, 1, 8, 30, 15);
  g_autoptr (GDateTime) until = g_date_time_new_utc (2027, 4, 2, 9, 45, 59);
  g_autoptr (NukiLimits) limits = nuki_limits_new (from, until, NUKI_TUESDAY | NUKI_SUNDAY, 1320, 360);

  spec->user_id = 4711;
  spec->code = 345678;
  spec->remote_allowed = TRUE;
  spec->smart_actions = TRUE;
  nuki_key_spec_set_limits (spec, limits);

  return spec;
}

static void
assert_same_spec (const NukiKeySpec *a, const NukiKeySpec *b)
{
  g_assert_nonnull (a);
  g_assert_cmpint (a->type, ==, b->type);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpint (a->user_id, ==, b->user_id);
  g_assert_cmpint (a->code, ==, b->code);
  g_assert_cmpint (a->enabled, ==, b->enabled);
  g_assert_cmpint (a->remote_allowed, ==, b->remote_allowed);
  g_assert_cmpint (a->smart_actions, ==, b->smart_actions);
  g_assert_true (nuki_limits_equal (a->limits, b->limits));
}

static void
fill (HkDelivery *delivery)
{
  HkChange *change = delivery->change;

  change->state = HK_CHANGE_NOT_CONFIRMED;
  change->lock_id = 17618910285;
  change->user_id = 4711;
  change->name = g_strdup ("Zoë");
  change->key_id = g_strdup ("647cfac64dd15972f2122e01");
  change->spec = make_spec (NUKI_KEY_CODE);
  change->fields = HK_FIELD_CODE | HK_FIELD_LIMITS;
  delivery->sent = make_spec (NUKI_KEY_APP);
  delivery->sent->enabled = FALSE;
  delivery->base_updated = g_date_time_new_utc (2026, 2, 28, 23, 59, 59.25);
  delivery->accepted = hk_delivery_get_now (delivery) - 90 * G_TIME_SPAN_SECOND;
  delivery->unclear = TRUE;
  delivery->queued = TRUE;
  delivery->known_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (delivery->known_ids, g_strdup ("a1"));
  g_hash_table_add (delivery->known_ids, g_strdup ("b2"));
}

static void
test_a_key_is_read_as_it_was_written (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) written = make_delivery (t, HK_CHANGE_CREATE_KEY);
  g_autoptr (GPtrArray) deliveries = NULL;
  HkDelivery *read;

  fill (written);
  save (t, written);
  hk_delivery_detach (written);
  close_journal (t);
  open_journal (t);
  deliveries = load (t);
  g_assert_cmpuint (deliveries->len, ==, 1);
  read = g_ptr_array_index (deliveries, 0);

  g_assert_cmpint (read->change->id, ==, written->change->id);
  g_assert_cmpint (read->change->kind, ==, HK_CHANGE_CREATE_KEY);
  g_assert_cmpint (read->change->state, ==, HK_CHANGE_NOT_CONFIRMED);
  g_assert_true (g_date_time_equal (read->change->asked, written->change->asked));
  g_assert_cmpint (read->change->lock_id, ==, 17618910285);
  g_assert_cmpint (read->change->user_id, ==, 4711);
  g_assert_cmpstr (read->change->name, ==, "Zoë");
  g_assert_cmpstr (read->change->key_id, ==, "647cfac64dd15972f2122e01");
  g_assert_cmpint (read->change->fields, ==, HK_FIELD_CODE | HK_FIELD_LIMITS);
  assert_same_spec (read->change->spec, written->change->spec);
  assert_same_spec (read->sent, written->sent);
  g_assert_true (g_date_time_equal (read->base_updated, written->base_updated));
  g_assert_cmpint (read->accepted, ==, written->accepted);
  g_assert_true (read->unclear);
  g_assert_true (read->queued);
  g_assert_cmpuint (g_hash_table_size (read->known_ids), ==, 2);
  g_assert_true (g_hash_table_contains (read->known_ids, "a1"));
  g_assert_true (g_hash_table_contains (read->known_ids, "b2"));
  g_assert_true (read->saved);
}

static void
test_a_person_is_read_as_they_were_written (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) update = make_delivery (t, HK_CHANGE_UPDATE_PERSON);
  g_autoptr (HkDelivery) lock = make_delivery (t, HK_CHANGE_UPDATE_LOCK);
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_CONFLICT, "Taken");
  HkDelivery *read;

  update->change->user_id = 101;
  update->change->details = hk_details_new_of_person ("Anna", "anna@example.org", "de");
  update->change->base_details = hk_details_new_of_person ("Ann", "ann@example.org", NULL);
  hk_change_fail (update->change, error);
  save (t, update);
  lock->change->lock_id = 7;
  lock->change->details = hk_details_new_of_lock ("Door", TRUE);
  lock->change->base_details = hk_details_new_of_lock ("Gate", TRUE);
  g_set_object (&lock->change->after, update->change);
  save (t, lock);
  hk_delivery_detach (update);
  hk_delivery_detach (lock);

  close_journal (t);
  open_journal (t);
  deliveries = load (t);
  g_assert_cmpuint (deliveries->len, ==, 2);
  read = g_ptr_array_index (deliveries, 0);
  g_assert_cmpint (read->change->state, ==, HK_CHANGE_FAILED);
  g_assert_error (read->change->error, NUKI_ERROR, NUKI_ERROR_CONFLICT);
  g_assert_cmpstr (read->change->error->message, ==, "Taken");
  g_assert_cmpint (hk_change_compare_details (read->change->details, update->change->details), ==, 0);
  g_assert_cmpint (hk_change_compare_details (read->change->base_details, update->change->base_details), ==, 0);
  g_assert_cmpint (read->change->user_id, ==, 101);
  read = g_ptr_array_index (deliveries, 1);
  g_assert_cmpint (hk_change_compare_details (read->change->details, lock->change->details), ==, 0);
  g_assert_cmpint (hk_change_compare_details (read->change->base_details, lock->change->base_details), ==, 0);
  g_assert_true (read->change->after == ((HkDelivery *) g_ptr_array_index (deliveries, 0))->change);
}

static void
test_the_keys_of_an_invitation_share_the_person (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkInvitee) invitee = hk_invitee_new ("Clara", "clara@example.org", NULL);
  g_autoptr (GPtrArray) deliveries = NULL;
  HkInvitee *first, *second;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HkDelivery) delivery = make_delivery (t, HK_CHANGE_CREATE_KEY);

      delivery->change->lock_id = 1 + i;
      delivery->change->spec = make_spec (NUKI_KEY_APP);
      delivery->change->invitee = hk_invitee_ref (invitee);
      save (t, delivery);
      hk_delivery_detach (delivery);
    }

  deliveries = load (t);
  g_assert_cmpuint (deliveries->len, ==, 2);
  first = ((HkDelivery *) g_ptr_array_index (deliveries, 0))->change->invitee;
  second = ((HkDelivery *) g_ptr_array_index (deliveries, 1))->change->invitee;
  g_assert_true (first == second);
  g_assert_cmpstr (hk_invitee_get_name (first), ==, "Clara");
  g_assert_cmpstr (hk_invitee_get_email (first), ==, "clara@example.org");
  g_assert_null (hk_invitee_get_language (first));
  g_assert_cmpint (hk_invitee_get_user_id (first), ==, 0);
}

static HkDelivery *
make_lock_change (Test *t)
{
  HkDelivery *delivery = make_delivery (t, HK_CHANGE_UPDATE_LOCK);

  delivery->change->lock_id = 1;
  delivery->change->details = hk_details_new_of_lock ("Door", FALSE);

  return delivery;
}

static void
test_what_was_being_sent_begins_with_a_look (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) written = make_delivery (t, HK_CHANGE_CREATE_KEY);
  g_autoptr (GPtrArray) deliveries = NULL;
  HkDelivery *read;

  written->change->lock_id = 1;
  written->change->spec = make_spec (NUKI_KEY_APP);
  hk_change_set_state (written->change, HK_CHANGE_SENDING);
  written->posted = TRUE;
  save (t, written);
  hk_delivery_detach (written);

  deliveries = load (t);
  read = g_ptr_array_index (deliveries, 0);
  g_assert_cmpint (read->change->state, ==, HK_CHANGE_WAITING);
  g_assert_true (read->unclear);
  g_assert_false (read->posted);
}

static void
test_what_is_begun_is_kept_as_a_whole_or_not_at_all (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) first = make_lock_change (t);
  g_autoptr (HkDelivery) second = make_lock_change (t);

  hk_journal_begin (t->journal);
  save (t, first);
  hk_journal_begin (t->journal);
  save (t, second);
  g_assert_true (hk_journal_commit (t->journal, NULL));
  /* The process ends here. */
  hk_delivery_detach (first);
  hk_delivery_detach (second);
  close_journal (t);
  open_journal (t);
  {
    g_autoptr (GPtrArray) deliveries = load (t);

    g_assert_cmpuint (deliveries->len, ==, 0);
  }

  first->outbox = t->outbox;
  second->outbox = t->outbox;
  hk_journal_begin (t->journal);
  save (t, first);
  save (t, second);
  g_assert_true (hk_journal_commit (t->journal, NULL));
  hk_delivery_detach (first);
  hk_delivery_detach (second);
  {
    g_autoptr (GPtrArray) deliveries = load (t);

    g_assert_cmpuint (deliveries->len, ==, 2);
  }
}

static gint64
count (Test *t, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", table);
  gint64 n = -1;

  g_assert_true (hk_journal_read_int (t->journal, sql, &n, NULL));

  return n;
}

static void
test_what_is_over_stays_for_a_month (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) delivery = make_delivery (t, HK_CHANGE_CREATE_KEY);
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  fill (delivery);
  delivery->change->invitee = hk_invitee_new ("Clara", "clara@example.org", "en");
  save (t, delivery);
  g_assert_true (hk_journal_end (t->journal, delivery->change, HK_CHANGE_CONFIRMED, NULL));
  deliveries = load (t);
  g_assert_cmpuint (deliveries->len, ==, 0);
  steps = hk_journal_read_steps (t->journal->db, HK_CHANGE_CREATE_KEY, delivery->change->id);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpint (((HkChangeStep *) g_ptr_array_index (steps, 0))->kind, ==, HK_CHANGE_STEP_CONFIRMED);
  hk_delivery_detach (delivery);

  hk_manual_clock_move (HK_MANUAL_CLOCK (t->clock), G_GINT64_CONSTANT (29) * 86400 * 1000);
  close_journal (t);
  open_journal (t);
  g_assert_cmpint (count (t, "change"), ==, 1);
  g_assert_cmpint (count (t, "known_key"), ==, 0);

  hk_manual_clock_move (HK_MANUAL_CLOCK (t->clock), G_GINT64_CONSTANT (2) * 86400 * 1000);
  close_journal (t);
  open_journal (t);
  g_assert_cmpint (count (t, "change"), ==, 0);
  g_assert_cmpint (count (t, "event"), ==, 0);
  g_assert_cmpint (count (t, "spec"), ==, 0);
  g_assert_cmpint (count (t, "invitee"), ==, 0);
}

/* The first version did not know what a change of a person or a lock touches: all of it. */
static void
test_what_the_first_version_has_written_is_read (void)
{
  static const char first[] = "DROP TABLE base_details; UPDATE change SET fields = 0;"
                              "ALTER TABLE change ADD COLUMN n_busy INTEGER NOT NULL DEFAULT 3;"
                              "ALTER TABLE change ADD COLUMN busy_since INTEGER NOT NULL DEFAULT 0;"
                              "PRAGMA user_version = 1";
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkDelivery) person = make_delivery (t, HK_CHANGE_UPDATE_PERSON);
  g_autoptr (HkDelivery) lock = make_lock_change (t);
  g_autoptr (GPtrArray) deliveries = NULL;

  person->change->user_id = 101;
  person->change->details = hk_details_new_of_person ("Anna", "anna@example.org", NULL);
  save (t, person);
  save (t, lock);
  hk_delivery_detach (person);
  hk_delivery_detach (lock);
  g_assert_cmpint (sqlite3_exec (t->journal->db, first, NULL, NULL, NULL), ==, SQLITE_OK);

  close_journal (t);
  open_journal (t);
  deliveries = load (t);
  g_assert_cmpuint (deliveries->len, ==, 2);
  g_assert_cmpint (((HkDelivery *) deliveries->pdata[0])->change->fields, ==, HK_FIELD_NAME | HK_FIELD_EMAIL);
  g_assert_null (((HkDelivery *) deliveries->pdata[0])->change->base_details);
  g_assert_cmpint (((HkDelivery *) deliveries->pdata[1])->change->fields, ==, HK_FIELD_NAME | HK_FIELD_FAVORITE);
}

static void
test_what_is_written_is_on_the_disk (void)
{
  g_autoptr (Test) t = test_new ();
  gint64 value = -1;

  g_assert_true (hk_journal_read_int (t->journal, "PRAGMA synchronous", &value, NULL));
  g_assert_cmpint (value, ==, 2);
  g_assert_true (hk_journal_read_int (t->journal, "PRAGMA foreign_keys", &value, NULL));
  g_assert_cmpint (value, ==, 1);
  g_assert_true (hk_journal_read_int (t->journal, "PRAGMA user_version", &value, NULL));
  g_assert_cmpint (value, ==, 4);
  g_assert_true (hk_journal_read_int (t->journal, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &value, NULL));
  g_assert_cmpint (value, ==, 1);
}

static void
test_a_second_process_is_kept_out (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (HkJournal) second = hk_journal_new (t->folder, URL, t->clock);
  g_autoptr (HkJournal) other = hk_journal_new (t->folder, "https://example.org", t->clock);
  g_autoptr (GError) error = NULL;

  g_assert_false (hk_journal_open (second, &error));
  g_assert_error (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_IN_USE);
  g_clear_error (&error);
  /* Nor may it take away what is not its own. */
  g_assert_true (hk_journal_remove (second, &error));
  g_assert_true (g_file_test (hk_journal_get_path (t->journal), G_FILE_TEST_EXISTS));
  g_assert_true (hk_journal_open (other, &error));
  g_assert_no_error (error);

  hk_journal_close (t->journal);
  g_assert_true (hk_journal_open (second, &error));
  g_assert_no_error (error);
  hk_journal_close (second);
}

static void
test_the_account_is_remembered (void)
{
  g_autoptr (Test) t = test_new ();

  g_assert_cmpint (hk_journal_load_account_id (t->journal), ==, 0);
  g_assert_true (hk_journal_save_account_id (t->journal, 987654321, NULL));
  close_journal (t);
  open_journal (t);
  g_assert_cmpint (hk_journal_load_account_id (t->journal), ==, 987654321);
}

static void
test_numbers_are_in_order_whatever_the_clock_shows (void)
{
  g_autoptr (Test) t = test_new ();
  gint64 last = hk_journal_make_id (t->journal);

  for (guint i = 0; i < 100; i++)
    {
      const gint64 next = hk_journal_make_id (t->journal);

      g_assert_cmpint (next, >, last);
      last = next;
      if (i == 50)
        hk_manual_clock_put_back (HK_MANUAL_CLOCK (t->clock), 3600);
    }
}

typedef struct
{
  HkKeptFile *file;
  GHashTable *records;
  gboolean written;
} Keeping;

static gpointer
keep_thread (gpointer data)
{
  Keeping *keeping = data;

  keeping->written = hk_kept_file_write (keeping->file, keeping->records, 1, NULL);

  return NULL;
}

/* However much is to be kept beside it. */
static void
test_what_is_asked_is_written_first (void)
{
  g_autoptr (Test) t = test_new ();
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                            (GDestroyNotify) g_bytes_unref);
  Keeping keeping = { t->journal->kept, records, FALSE };
  GThread *thread;

  for (guint i = 0; i < 20000; i++)
    g_hash_table_insert (records, g_strdup_printf (HK_KEPT_KEY "%u", i), g_bytes_new_take (g_strnfill (400, 'x'), 400));
  thread = g_thread_new ("keeper", keep_thread, &keeping);
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GError) error = NULL;

      hk_journal_begin (t->journal);
      hk_journal_save_account_id (t->journal, i, NULL);
      hk_journal_commit (t->journal, &error);
      g_assert_no_error (error);
      g_thread_yield ();
    }
  g_thread_join (thread);
  g_assert_true (keeping.written);
  g_assert_cmpint (hk_journal_load_account_id (t->journal), ==, 199);
  g_assert_cmpint (count (t, "kept"), ==, 20000);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/journal/only-the-user-can-read-it", test_only_the_user_can_read_it);
  g_test_add_func ("/journal/each-service-has-a-file", test_each_service_has_a_file);
  g_test_add_func ("/journal/a-key-is-read-as-it-was-written", test_a_key_is_read_as_it_was_written);
  g_test_add_func ("/journal/a-person-is-read-as-they-were-written", test_a_person_is_read_as_they_were_written);
  g_test_add_func ("/journal/the-keys-of-an-invitation-share-the-person",
                   test_the_keys_of_an_invitation_share_the_person);
  g_test_add_func ("/journal/what-was-being-sent-begins-with-a-look", test_what_was_being_sent_begins_with_a_look);
  g_test_add_func ("/journal/what-is-begun-is-kept-as-a-whole-or-not-at-all",
                   test_what_is_begun_is_kept_as_a_whole_or_not_at_all);
  g_test_add_func ("/journal/what-is-over-stays-for-a-month", test_what_is_over_stays_for_a_month);
  g_test_add_func ("/journal/what-the-first-version-has-written-is-read",
                   test_what_the_first_version_has_written_is_read);
  g_test_add_func ("/journal/what-is-written-is-on-the-disk", test_what_is_written_is_on_the_disk);
  g_test_add_func ("/journal/a-second-process-is-kept-out", test_a_second_process_is_kept_out);
  g_test_add_func ("/journal/the-account-is-remembered", test_the_account_is_remembered);
  g_test_add_func ("/journal/numbers-are-in-order-whatever-the-clock-shows",
                   test_numbers_are_in_order_whatever_the_clock_shows);
  g_test_add_func ("/journal/what-is-asked-is-written-first", test_what_is_asked_is_written_first);

  return g_test_run ();
}
