/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal is opened and what is kept in it is read while the token is looked for: nobody notices unless there is one. */

#include <glib/gstdio.h>
#include <hk-account-private.h>
#include <hk-journal-private.h>
#include <hk-keeper.h>
#include <locale.h>
#include <string.h>

#include "fixture.h"

#define NO_DATABASE "This is no database, though it is long enough to look like one."

/* An account of an earlier process; the service cannot be reached any more. */
static Fixture *
make_kept (void)
{
  Fixture *f = fixture_new_kept ();

  faulty_service_set_up (f->service, FALSE);
  g_assert_finalize_object (f->account);
  f->account = NULL;

  return f;
}

static void
begin (Fixture *f)
{
  fixture_make_account (f);
  hk_account_open (f->account);
}

/* Signs out of the keyring behind the back of the application. */
static void
lose_token (Fixture *f)
{
  hk_token_store_clear_async (f->store, nuki_client_get_base_uri (f->client), NULL, NULL, NULL);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (folder) != NULL)
    n_files++;

  return n_files;
}

static void
assert_nothing_shown (Fixture *f)
{
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_false (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
  g_assert_false (hk_journal_is_open (f->account->journal));
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_null (hk_account_get_journal_notice (f->account));
}

static void
test_it_is_read_before_there_is_a_token (void)
{
  g_autoptr (Fixture) f = make_kept ();

  begin (f);
  g_assert_true (hk_journal_is_open (f->account->journal));
  g_assert_false (hk_account_get_shows_kept (f->account));
  fixture_settle (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
}

static void
test_without_a_token_it_is_nobodys (void)
{
  g_autoptr (Fixture) f = make_kept ();

  lose_token (f);
  begin (f);
  g_assert_true (hk_journal_is_open (f->account->journal));
  fixture_settle (f);
  assert_nothing_shown (f);

  /* With one, it is as if nothing had been. */
  faulty_service_set_up (f->service, TRUE);
  g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  fixture_settle (f);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_null (hk_account_get_journal_notice (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 5);
}

static void
assert_loading (Fixture *f)
{
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_LOADING);
  g_assert_null (hk_account_get_last_refresh (f->account));
  g_assert_false (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
}

static gboolean
is_cleared (gpointer user_data)
{
  return !fixture_is_on_disk (user_data, "Example.org");
}

/* Nor at the next start, whosever it turns out to be. */
static void
test_a_token_that_is_entered_shows_nothing_of_it (void)
{
  g_autoptr (Fixture) f = make_kept ();

  lose_token (f);
  begin (f);
  fixture_settle (f);
  faulty_service_set_up (f->service, TRUE);
  g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  assert_loading (f);
  faulty_service_set_up (f->service, FALSE);
  fixture_settle (f);
  assert_loading (f);
  g_assert_nonnull (hk_account_get_error (f->account));
  await (is_cleared, f);

  g_assert_finalize_object (f->account);
  begin (f);
  fixture_settle (f);
  assert_loading (f);
}

/* Otherwise a process that ends without a token would have put it aside, and nobody would ever hear of that. */
static void
test_a_damaged_journal_is_left_until_somebody_can_be_told (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *content = NULL;
  guint n_files;

  g_assert_true (g_file_set_contents (path, NO_DATABASE, -1, NULL));
  n_files = count_files (f);
  lose_token (f);
  begin (f);
  fixture_settle (f);
  assert_nothing_shown (f);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, NO_DATABASE);
  g_assert_cmpuint (count_files (f), ==, n_files);

  faulty_service_set_up (f->service, TRUE);
  g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  fixture_settle (f);
  g_assert_nonnull (strstr (hk_account_get_journal_notice (f->account), ".damaged-"));
}

static void
test_a_later_journal_is_left_alone (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *before = NULL, *after = NULL;
  gsize size_before, size_after;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 4711", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &size_before, NULL));
  lose_token (f);
  begin (f);
  g_assert_false (hk_journal_is_open (f->account->journal));
  fixture_settle (f);
  assert_nothing_shown (f);
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);

  faulty_service_set_up (f->service, TRUE);
  g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_NEWER);
}

static void
test_nothing_is_made_where_nothing_is (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  guint n_files;

  g_assert_cmpint (g_remove (path), ==, 0);
  n_files = count_files (f);
  lose_token (f);
  begin (f);
  g_assert_false (hk_journal_is_open (f->account->journal));
  fixture_settle (f);
  assert_nothing_shown (f);
  g_assert_cmpuint (count_files (f), ==, n_files);
}

static void
test_signing_out_while_it_is_read_removes_it (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);

  begin (f);
  g_assert_true (hk_journal_is_open (f->account->journal));
  g_assert_no_error (fixture_sign_out (f));
  fixture_settle (f);
  assert_nothing_shown (f);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_who_does_not_want_it_any_more_sees_nothing_of_it (void)
{
  g_autoptr (Fixture) f = make_kept ();

  begin (f);
  hk_account_set_keep_data (f->account, FALSE);
  fixture_settle (f);
  g_assert_false (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/read-ahead/it-is-read-before-there-is-a-token", test_it_is_read_before_there_is_a_token);
  g_test_add_func ("/read-ahead/without-a-token-it-is-nobodys", test_without_a_token_it_is_nobodys);
  g_test_add_func ("/read-ahead/a-token-that-is-entered-shows-nothing-of-it",
                   test_a_token_that_is_entered_shows_nothing_of_it);
  g_test_add_func ("/read-ahead/a-damaged-journal-is-left-until-somebody-can-be-told",
                   test_a_damaged_journal_is_left_until_somebody_can_be_told);
  g_test_add_func ("/read-ahead/a-later-journal-is-left-alone", test_a_later_journal_is_left_alone);
  g_test_add_func ("/read-ahead/nothing-is-made-where-nothing-is", test_nothing_is_made_where_nothing_is);
  g_test_add_func ("/read-ahead/signing-out-while-it-is-read-removes-it", test_signing_out_while_it_is_read_removes_it);
  g_test_add_func ("/read-ahead/who-does-not-want-it-any-more-sees-nothing-of-it",
                   test_who_does_not_want_it_any_more_sees_nothing_of_it);

  return g_test_run ();
}
