/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that is full, a file that is damaged, of a later version or in use: said, and nothing is sent meanwhile. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <hk-account-private.h>
#include <hk-journal-private.h>
#include <locale.h>
#include <sys/file.h>

#include "fixture.h"

static void
stop (Fixture *f)
{
  g_assert_finalize_object (f->account);
  f->account = NULL;
}

static void
start (Fixture *f)
{
  fixture_make_account (f);
  hk_account_open (f->account);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
}

static void
execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static gboolean
is_enabled (Fixture *f, const char *key_id)
{
  g_autoptr (JsonNode) dump = nuki_simulator_dump (f->simulator);

  return json_object_get_boolean_member (fixture_find_record (f, dump, "keys", "id", key_id), "enabled");
}

/* Asks for something that waits, because there is no network. */
static void
leave_a_change (Fixture *f)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;

  faulty_service_set_up (f->service, FALSE);
  hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
  hk_invitation_add_lock (invitation, FLAT);
  changes = hk_account_invite (f->account, invitation);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
}

static void
assert_begun_anew (Fixture *f)
{
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *aside = g_strconcat (path, ".damaged-20260302-100000", NULL);

  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_nonnull (hk_account_get_journal_notice (f->account));
  g_assert_nonnull (strstr (hk_account_get_journal_notice (f->account), ".damaged-20260302-100000"));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);

  /* It is told once, and what is asked from now on is kept and sent. */
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_false (is_enabled (f, ANNA_FRONT));
  stop (f);
  start (f);
  g_assert_null (hk_account_get_journal_notice (f->account));
  g_assert_cmpint (g_remove (aside), ==, 0);
}

static void
test_a_file_that_is_none_is_put_aside (void)
{
  static const char *const contents[] = { "", "This is no database, though it is long enough to look like one." };
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *aside = g_strconcat (path, ".damaged-20260302-100000", NULL);
  g_autofree char *kept = NULL;

  /* Nothing is as good as a new one. */
  stop (f);
  g_assert_true (g_file_set_contents (path, contents[0], -1, NULL));
  start (f);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_null (hk_account_get_journal_notice (f->account));

  stop (f);
  g_assert_true (g_file_set_contents (path, contents[1], -1, NULL));
  start (f);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, contents[1]);
  assert_begun_anew (f);
}

static void
test_a_torn_file_is_put_aside (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *data = NULL;
  gsize size;

  leave_a_change (f);
  stop (f);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  memset (data + 4096, 0x5a, size - 4096);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  faulty_service_set_up (f->service, TRUE);
  start (f);
  assert_begun_anew (f);
}

static void
test_a_file_that_claims_to_be_for_reading_is_put_aside (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *data = NULL;
  gsize size;

  leave_a_change (f);
  stop (f);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  /* The version of the format for writing; SQLite knows 1 and 2. */
  data[18] = 3;
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  faulty_service_set_up (f->service, TRUE);
  start (f);
  assert_begun_anew (f);
}

static void
test_what_makes_no_sense_is_put_aside (void)
{
  static const char *const nonsense[] = {
    "UPDATE change SET kind = 99",
    "UPDATE change SET kind = -1",
    "UPDATE change SET state = 77",
    "UPDATE change SET state = 5, error_domain = NULL",
    "UPDATE change SET state = 3",
    "UPDATE change SET asked = -5",
    "UPDATE change SET asked = 9223372036854775807",
    "UPDATE change SET lock_id = 0",
    "UPDATE change SET key_id = NULL, after_id = NULL WHERE kind = 2",
    "DELETE FROM spec",
    "UPDATE spec SET weekdays = 'Monday'",
    "UPDATE spec SET valid_from = 'tomorrow'",
    "UPDATE spec SET valid_until = -1",
    "UPDATE spec SET window_start = 600",
    "UPDATE spec SET name = x'ff'",
    "PRAGMA foreign_keys = OFF; DELETE FROM invitee",
    "UPDATE invitee SET email = x'c328'",
    "DROP TABLE known_key",
    "DROP TABLE event",
    "ALTER TABLE change RENAME COLUMN due TO then_",
    "PRAGMA user_version = -1",
    "PRAGMA user_version = 0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (Fixture) f = fixture_new_kept ();
      g_autofree char *path = fixture_get_journal_path (f);

      g_test_message ("%s", nonsense[i]);
      leave_a_change (f);
      stop (f);
      execute (path, nonsense[i]);
      faulty_service_set_up (f->service, TRUE);
      start (f);
      assert_begun_anew (f);
    }
}

static void
test_a_later_version_is_left_alone (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *before = NULL, *after = NULL;
  gsize size_before, size_after;

  leave_a_change (f);
  stop (f);
  execute (path, "PRAGMA user_version = 4711");
  g_assert_true (g_file_get_contents (path, &before, &size_before, NULL));
  faulty_service_set_up (f->service, TRUE);
  faulty_service_forget (f->service);
  start (f);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_NEWER);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_false (hk_account_retry_journal (f->account));

  hk_account_work_without_journal (f->account);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  fixture_pass (f, 60);
  g_assert_false (is_enabled (f, ANNA_GARAGE));
  stop (f);
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
  start (f);
}

static void
test_a_journal_in_use_can_be_had_later (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkAccount *first = f->account;

  start (f);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_IN_USE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_true (is_enabled (f, ANNA_FRONT));

  g_assert_finalize_object (first);
  nuki_client_set_token_func (f->client, NULL, NULL, NULL);
  stop (f);
  start (f);
  g_assert_no_error (hk_account_get_journal_error (f->account));
}

static void
test_without_a_folder_changes_wait_until_there_is_one (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *folder = g_steal_pointer (&f->folder);
  g_autofree char *path = NULL;
  HkChange *change;

  /* Where the folder should be is a file. */
  f->folder = g_build_filename (folder, "housekeys", NULL);
  g_assert_true (g_file_set_contents (f->folder, "", -1, NULL));
  stop (f);
  start (f);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 3600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_false (hk_account_retry_journal (f->account));
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);

  g_assert_cmpint (g_remove (f->folder), ==, 0);
  g_assert_true (hk_account_retry_journal (f->account));
  path = fixture_get_journal_path (f);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);

  stop (f);
  fixture_remove_folder (f->folder);
  g_free (f->folder);
  f->folder = g_steal_pointer (&folder);
  start (f);
}

/* The journal cannot be had at the start, while the service already says what there is. */
static void
test_a_journal_that_comes_late_is_asked_whose_it_is (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int lock;

  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  stop (f);
  execute (path, "UPDATE meta SET value = '4711' WHERE name = 'account'");
  lock = open (lock_path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (flock (lock, LOCK_EX | LOCK_NB), ==, 0);
  faulty_service_set_up (f->service, TRUE);
  faulty_service_forget (f->service);
  start (f);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_IN_USE);

  close (lock);
  g_assert_true (hk_account_retry_journal (f->account));
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_true (is_enabled (f, ANNA_FRONT));
  g_assert_nonnull (hk_account_get_journal_notice (f->account));
}

static void
test_a_disk_that_cannot_be_written_holds_everything_back (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkChange *change;

  fixture_limit_files (TRUE);
  change = hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);
  /* In the user's words, not in those of the database. */
  g_assert_cmpstr (hk_account_get_journal_error (f->account)->message, ==,
                   "The record of changes cannot be read or written.");
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_WAITING);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_false (hk_account_retry_journal (f->account));
  fixture_limit_files (FALSE);

  g_assert_true (hk_account_retry_journal (f->account));
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);
}

static void
fill_disk (Fixture *f)
{
  /* The connection may not take more pages than it has. */
  sqlite3_exec (f->account->journal->db, "PRAGMA max_page_count = 1", NULL, NULL, NULL);
  for (guint i = 0; i < 1000 && hk_account_get_journal_error (f->account) == NULL; i++)
    hk_account_update_lock (f->account, hk_account_find_lock (f->account, GARAGE), NULL,
                            "A rather long name for a lock", i % 2);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FULL);
}

static void
test_a_full_disk_is_said_and_can_be_emptied (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();

  fill_disk (f);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_true (hk_account_retry_journal (f->account));
  fixture_restart (f);
  fixture_pass (f, 600);
  g_assert_false (is_enabled (f, ANNA_FRONT));
}

static void
test_what_was_undone_while_nothing_could_be_written_stays_undone (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkChange *change;

  change = hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
  fixture_limit_files (TRUE);
  hk_account_discard (f->account, change);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);
  fixture_limit_files (FALSE);
  g_assert_true (hk_account_retry_journal (f->account));
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_true (fixture_has_key (f, ANNA_FRONT));
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
}

static void
test_an_answer_that_could_not_be_written_is_not_asked_for_twice (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, GARAGE);
  changes = hk_account_invite (f->account, invitation);
  while (faulty_service_count (f->service, "PUT", "*") == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture_limit_files (TRUE);
  fixture_pass (f, 1);
  g_assert_nonnull (hk_account_get_journal_error (f->account));
  fixture_limit_files (FALSE);
  /* The process ends without having written that the service took it. */
  fixture_restart (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
  g_assert_nonnull (hk_key_get_record (fixture_find_named (f, "Parcels", GARAGE)));
}

static void
test_without_a_journal_everything_goes_on_once (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);

  leave_a_change (f);
  fixture_limit_files (TRUE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  g_assert_nonnull (hk_account_get_journal_error (f->account));
  faulty_service_set_up (f->service, TRUE);
  faulty_service_forget (f->service);
  hk_account_work_without_journal (f->account);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  /* What was in it must not be sent once more by the next start. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_pass (f, 120);
  g_assert_false (is_enabled (f, ANNA_FRONT));
  g_assert_false (is_enabled (f, ANNA_GARAGE));
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
  g_assert_cmpuint (fixture_count_sent (f), ==, 4);
  fixture_limit_files (FALSE);

  fixture_restart (f);
  fixture_pass (f, 120);
  g_assert_cmpuint (fixture_count_sent (f), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 0);
}

static void
test_what_is_in_a_journal_that_stays_is_not_sent_without_it (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *elsewhere = g_strconcat (path, ".elsewhere", NULL);

  leave_a_change (f);
  /* It can be neither written nor removed. */
  fixture_limit_files (TRUE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_GARAGE), FALSE);
  g_assert_cmpint (g_rename (path, elsewhere), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  faulty_service_set_up (f->service, TRUE);
  faulty_service_forget (f->service);
  hk_account_work_without_journal (f->account);
  fixture_pass (f, 600);
  g_assert_true (is_enabled (f, ANNA_FRONT));
  g_assert_false (is_enabled (f, ANNA_GARAGE));
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);
  fixture_limit_files (FALSE);

  /* The next start has it. */
  stop (f);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rename (elsewhere, path), ==, 0);
  start (f);
  fixture_pass (f, 120);
  g_assert_false (is_enabled (f, ANNA_FRONT));
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 6);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/journal-trouble/a-journal-that-comes-late-is-asked-whose-it-is",
                   test_a_journal_that_comes_late_is_asked_whose_it_is);
  g_test_add_func ("/journal-trouble/a-file-that-is-none-is-put-aside", test_a_file_that_is_none_is_put_aside);
  g_test_add_func ("/journal-trouble/a-torn-file-is-put-aside", test_a_torn_file_is_put_aside);
  g_test_add_func ("/journal-trouble/a-file-that-claims-to-be-for-reading-is-put-aside",
                   test_a_file_that_claims_to_be_for_reading_is_put_aside);
  g_test_add_func ("/journal-trouble/what-makes-no-sense-is-put-aside", test_what_makes_no_sense_is_put_aside);
  g_test_add_func ("/journal-trouble/a-later-version-is-left-alone", test_a_later_version_is_left_alone);
  g_test_add_func ("/journal-trouble/a-journal-in-use-can-be-had-later", test_a_journal_in_use_can_be_had_later);
  g_test_add_func ("/journal-trouble/without-a-folder-changes-wait-until-there-is-one",
                   test_without_a_folder_changes_wait_until_there_is_one);
  g_test_add_func ("/journal-trouble/a-disk-that-cannot-be-written-holds-everything-back",
                   test_a_disk_that_cannot_be_written_holds_everything_back);
  g_test_add_func ("/journal-trouble/a-full-disk-is-said-and-can-be-emptied",
                   test_a_full_disk_is_said_and_can_be_emptied);
  g_test_add_func ("/journal-trouble/what-was-undone-while-nothing-could-be-written-stays-undone",
                   test_what_was_undone_while_nothing_could_be_written_stays_undone);
  g_test_add_func ("/journal-trouble/an-answer-that-could-not-be-written-is-not-asked-for-twice",
                   test_an_answer_that_could_not_be_written_is_not_asked_for_twice);
  g_test_add_func ("/journal-trouble/without-a-journal-everything-goes-on-once",
                   test_without_a_journal_everything_goes_on_once);
  g_test_add_func ("/journal-trouble/what-is-in-a-journal-that-stays-is-not-sent-without-it",
                   test_what_is_in_a_journal_that_stays_is_not_sent_without_it);

  return g_test_run ();
}
