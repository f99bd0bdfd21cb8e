/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last good data: there at once at the next start, with their age, and never taken for what the service says. */

#include <glib/gstdio.h>
#include <hk-account-private.h>
#include <hk-journal-private.h>
#include <hk-keeper.h>
#include <hk-kept.h>
#include <locale.h>
#include <nuki-json.h>
#include <nuki-records.h>
#include <string.h>

#include "fixture.h"

#define HOUR 3600

/* An account whose data are kept; the service cannot be reached any more. */
static Fixture *
make_kept (void)
{
  Fixture *f = fixture_new_kept ();

  g_assert_false (hk_account_get_shows_kept (f->account));
  faulty_service_set_up (f->service, FALSE);

  return f;
}

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
}

static void
move_clock (Fixture *f, guint seconds)
{
  hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), (gint64) seconds * 1000);
}

static void
execute (Fixture *f, const char *sql)
{
  g_autofree char *path = fixture_get_journal_path (f);
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static gint64
query (Fixture *f, const char *sql)
{
  g_autofree char *path = fixture_get_journal_path (f);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  return value;
}

static void
assert_shown (Fixture *f, guint n_locks, guint n_people, guint n_keys)
{
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_locks (f->account)), ==, n_locks);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, n_people);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, n_keys);
}

static void
assert_nothing_kept (Fixture *f)
{
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_LOADING);
  g_assert_null (hk_account_get_last_refresh (f->account));
  g_assert_false (hk_account_get_shows_kept (f->account));
  assert_shown (f, 0, 0, 0);
  g_assert_no_error (hk_account_get_journal_error (f->account));
}

static void
test_what_was_known_is_shown_with_its_age (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autoptr (GDateTime) known = g_date_time_ref (hk_account_get_last_refresh (f->account));
  NukiLock *lock;
  HkKey *key;

  stop (f);
  move_clock (f, 3 * HOUR);
  start (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_true (hk_account_get_shows_kept (f->account));
  g_assert_true (g_date_time_equal (hk_account_get_last_refresh (f->account), known));
  g_assert_error (hk_account_get_error (f->account), G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  assert_shown (f, 3, 2, 5);

  lock = hk_account_find_lock (f->account, FRONT_DOOR);
  g_assert_cmpstr (nuki_lock_get_name (lock), ==, "Front door");
  g_assert_true (nuki_lock_get_has_keypad (lock));
  g_assert_cmpstr (g_time_zone_get_identifier (nuki_lock_get_zone (lock)), ==, "Europe/Berlin");
  g_assert_cmpstr (nuki_user_get_email (hk_account_find_person (f->account, ANNA)), ==, "Anna@Example.org");
  key = fixture_find_key (f, ANNA_FRONT);
  g_assert_true (hk_key_get_person (key) == hk_account_find_person (f->account, ANNA));
  g_assert_cmpint (nuki_limits_get_weekdays (nuki_key_get_limits (hk_key_get_record (key))), ==, NUKI_MONDAY);
  g_assert_cmpint (nuki_key_get_code (hk_key_get_record (fixture_find_key (f, CLEANING))), ==, 345678);

  /* By itself, as soon as there is a network. */
  faulty_service_set_up (f->service, TRUE);
  hk_account_set_polling (f->account, TRUE);
  fixture_pass (f, 120);
  g_assert_false (hk_account_get_shows_kept (f->account));
  g_assert_no_error (hk_account_get_error (f->account));
  g_assert_true (fixture_find_key (f, ANNA_FRONT) == key);
  assert_shown (f, 3, 2, 5);
}

static void
on_state_notify (HkAccount *account, GParamSpec *pspec, gpointer user_data)
{
  guint *n_loaded = user_data;

  if (hk_account_get_state (account) == HK_ACCOUNT_READY && hk_account_get_shows_kept (account))
    (*n_loaded)++;
}

static void
test_it_is_there_before_the_service_answers (void)
{
  g_autoptr (Fixture) f = make_kept ();
  guint n_loaded = 0, n_updated = 0;

  faulty_service_set_up (f->service, TRUE);
  stop (f);
  fixture_make_account (f);
  g_signal_connect (f->account, "notify::state", G_CALLBACK (on_state_notify), &n_loaded);
  hk_account_open (f->account);
  while (!hk_account_get_shows_kept (f->account))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_loaded, ==, 1);
  assert_shown (f, 3, 2, 5);
  g_assert_no_error (hk_account_get_error (f->account));

  /* And then it has nothing new to say, to the last fraction of a second. */
  while (g_main_context_iteration (NULL, FALSE) && hk_account_get_shows_kept (f->account))
    ;
  g_signal_connect_swapped (f->account, "keys-updated", G_CALLBACK (g_atomic_int_inc), &n_updated);
  fixture_settle (f);
  g_assert_false (hk_account_get_shows_kept (f->account));
  g_assert_cmpuint (n_updated, ==, 0);
}

static void
test_the_age_is_that_of_the_last_refresh (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autoptr (GDateTime) known = NULL;

  /* Also of one that brought nothing new. */
  faulty_service_set_up (f->service, TRUE);
  move_clock (f, HOUR);
  fixture_refresh (f);
  g_assert_false (f->account->has_news);
  known = g_date_time_ref (hk_account_get_last_refresh (f->account));
  faulty_service_set_up (f->service, FALSE);
  stop (f);
  start (f);
  g_assert_true (g_date_time_equal (hk_account_get_last_refresh (f->account), known));

  /* A clock that has been put back shows nothing of the future. */
  stop (f);
  hk_manual_clock_put_back (HK_MANUAL_CLOCK (f->clock), 24 * HOUR);
  start (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  g_assert_cmpint (g_date_time_compare (hk_account_get_last_refresh (f->account), known), <, 0);
}

static void
test_what_changed_since_is_kept_too (void)
{
  g_autoptr (Fixture) f = make_kept ();

  faulty_service_set_up (f->service, TRUE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_pass (f, 30);
  fixture_edit (f, "{'keys': [{'id': '" BEN_FRONT "', 'removed': true}]}");
  fixture_refresh (f);
  faulty_service_set_up (f->service, FALSE);
  stop (f);
  g_assert_cmpint (query (f, "SELECT count (*) FROM kept"), ==, 9);
  start (f);
  assert_shown (f, 3, 2, 4);
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (fixture_find_key (f, ANNA_FRONT))));
}

static void
test_changes_that_wait_are_shown_on_it (void)
{
  g_autoptr (Fixture) f = make_kept ();
  HkKey *key;

  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  stop (f);
  move_clock (f, HOUR);
  start (f);
  key = fixture_find_key (f, ANNA_FRONT);
  g_assert_true (hk_account_get_shows_kept (f->account));
  g_assert_false (hk_key_get_enabled (key));
  g_assert_true (nuki_key_get_enabled (hk_key_get_record (key)));
  g_assert_cmpuint (hk_key_get_changes (key)->len, ==, 1);

  /* And so are those that are asked for now. They go out when the service has said that it is this account. */
  hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT));
  fixture_pass (f, 60);
  g_assert_null (fixture_find_key (f, BEN_FRONT));
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
  g_assert_true (fixture_has_key (f, BEN_FRONT));
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 120);
  g_assert_false (fixture_has_key (f, BEN_FRONT));
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (key)));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 4);
}

/* Keeps what the service never said: @text is JSON with other quotes. */
static void
keep_key (Fixture *f, const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);
  g_autoptr (GBytes) json_bytes = NULL;
  g_autoptr (NukiJson) json = NULL;
  g_autoptr (NukiKey) key = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  const guint8 *data;
  gsize size;

  g_string_replace (quoted, "'", "\"", 0);
  json_bytes = g_bytes_new (quoted->str, quoted->len);
  json = nuki_json_parse (json_bytes, NULL);
  key = nuki_json_read_key (json, NULL);
  bytes = nuki_records_write_key (key);
  data = g_bytes_get_data (bytes, &size);
  g_string_printf (sql, "INSERT OR REPLACE INTO kept VALUES ('key %s', x'", nuki_key_get_id (key));
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (sql, "%02x", data[i]);
  g_string_append (sql, "')");
  execute (f, sql->str);
}

/* Whatever is kept, no change is over before the service has said so. */
static void
test_it_confirms_nothing (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Parcels");
  g_autoptr (HkInvitation) invitation = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  GListModel *model;

  faulty_service_set_up (f->service, TRUE);
  /* The service has the new key for now without listing it: whatever looks like it could be it. */
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  nuki_simulator_set_delay (f->simulator, 48 * HOUR * 1000, 48 * HOUR * 1000);
  spec->code = 456789;
  invitation = hk_invitation_new (spec);
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  changes = hk_account_invite (f->account, invitation);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  hk_account_delete_key (f->account, fixture_find_key (f, BEN_FRONT));
  fixture_pass (f, 60);
  faulty_service_set_up (f->service, FALSE);
  faulty_service_forget (f->service);
  stop (f);
  /* As if the lock had switched it off. */
  keep_key (f, "{'id': '" ANNA_FRONT "', 'smartlockId': 17618910285, 'type': 0, 'name': 'Anna', 'enabled': false}");
  keep_key (f, "{'id': '647cfac64dd15972f2122eff', 'smartlockId': 17618910285, 'type': 13, 'code': 456789,"
               " 'name': 'Parcels', 'enabled': true}");
  execute (f, "DELETE FROM kept WHERE id = 'key " BEN_FRONT "'");
  start (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  fixture_pass (f, 60);
  model = hk_account_get_changes (f->account);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (model, i);

      g_assert_cmpint (hk_change_get_state (change), !=, HK_CHANGE_CONFIRMED);
      g_assert_cmpint (hk_change_get_state (change), !=, HK_CHANGE_DISCARDED);
      g_assert_cmpstr (change->key_id, !=, "647cfac64dd15972f2122eff");
    }
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);

  /* The service knows better. */
  nuki_simulator_set_delay (f->simulator, 500, 500);
  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, TRUE);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 1200);
  g_assert_cmpuint (fixture_count_records (f, "keys"), ==, 5);
  g_assert_null (fixture_find_key (f, "647cfac64dd15972f2122eff"));
  assert_shown (f, 3, 2, 5);
  g_assert_true (nuki_key_get_enabled (hk_key_get_record (fixture_find_key (f, CLEANING))));
}

static void
test_that_of_another_account_is_not_shown (void)
{
  g_autoptr (Fixture) f = make_kept ();

  stop (f);
  execute (f, "UPDATE meta SET value = '4711' WHERE name = 'account'");
  start (f);
  assert_nothing_kept (f);
  stop (f);
  execute (f, "DELETE FROM meta WHERE name = 'account'");
  start (f);
  assert_nothing_kept (f);
}

/* Behind the same token. */
static void
load_other_account (Fixture *f)
{
  fixture_load (f, "{'locks': [{'smartlockId': 7, 'accountId': 4711, 'type': 4, 'name': 'Elsewhere', 'serverState': 0}]}");
  nuki_simulator_add_token (f->simulator, TOKEN, "smartlock.readOnly");
}

static void
test_another_account_takes_its_place (void)
{
  g_autoptr (Fixture) f = make_kept ();

  stop (f);
  load_other_account (f);
  start (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  assert_shown (f, 1, 0, 0);
  g_assert_false (fixture_is_on_disk (f, "Anna"));
}

/* Without that, names and codes of people would stay beside the changes that are put aside, and nobody would know. */
static void
test_what_cannot_be_removed_of_another_account_is_said (void)
{
  g_autoptr (Fixture) f = make_kept ();

  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  fixture_settle (f);
  stop (f);
  execute (f, "CREATE TRIGGER stays BEFORE DELETE ON meta BEGIN SELECT RAISE (FAIL, 'no'); END");
  load_other_account (f);
  faulty_service_set_up (f->service, TRUE);
  start (f);
  g_assert_error (hk_account_get_journal_error (f->account), HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);
  g_assert_cmpuint (fixture_count_sent (f), ==, 0);
}

static void
test_signing_out_removes_it (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);

  g_assert_true (fixture_is_on_disk (f, "anna") || fixture_is_on_disk (f, "Anna"));
  hk_account_sign_out_async (f->account, NULL, NULL, NULL);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (fixture_is_on_disk (f, "Anna"));

  /* In the middle of everything, too. */
  faulty_service_set_up (f->service, TRUE);
  g_assert_no_error (fixture_sign_in (f, TOKEN, FALSE));
  while (!hk_keeper_is_busy (f->account->keeper) || f->account->refresh != NULL)
    g_main_context_iteration (NULL, TRUE);
  hk_account_sign_out_async (f->account, NULL, NULL, NULL);
  fixture_settle (f);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (fixture_is_on_disk (f, "Anna"));
}

static gboolean
is_cleared (gpointer user_data)
{
  return !fixture_is_on_disk (user_data, "Example.org");
}

static void
test_who_does_not_want_it_has_nothing_kept (void)
{
  g_autoptr (Fixture) f = make_kept ();

  hk_account_switch_key (f->account, fixture_find_key (f, CLEANING), FALSE);
  g_assert_true (fixture_is_on_disk (f, "Example.org"));
  hk_account_set_keep_data (f->account, FALSE);
  await (is_cleared, f);
  /* What is on the screen stays there, and the changes stay in the journal. */
  assert_shown (f, 3, 2, 5);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  g_assert_false (fixture_is_on_disk (f, "Example.org"));
  faulty_service_set_up (f->service, FALSE);
  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  stop (f);

  fixture_make_account (f);
  hk_account_set_keep_data (f->account, FALSE);
  hk_account_open (f->account);
  fixture_settle (f);
  assert_nothing_kept (f);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), >=, 1);

  /* Until it is wanted again. */
  hk_account_set_keep_data (f->account, TRUE);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  g_assert_true (fixture_is_on_disk (f, "Example.org"));
}

static void
test_it_is_removed_when_it_was_unwanted_meanwhile (void)
{
  g_autoptr (Fixture) f = make_kept ();

  stop (f);
  fixture_make_account (f);
  hk_account_set_keep_data (f->account, FALSE);
  hk_account_open (f->account);
  fixture_settle (f);
  assert_nothing_kept (f);
  await (is_cleared, f);
}

static void
spoil_page (Fixture *f, gint64 page)
{
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpint (size, >=, page * 4096);
  memset (data + (page - 1) * 4096, 0x5a, 4096);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static void
test_damage_to_it_is_nobodys_loss (void)
{
  g_autoptr (Fixture) f = make_kept ();

  hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
  stop (f);
  spoil_page (f, query (f, "SELECT rootpage FROM sqlite_schema WHERE name = 'kept'"));
  start (f);
  assert_nothing_kept (f);
  g_assert_null (hk_account_get_journal_notice (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 1);

  /* And it works again. */
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 60);
  g_assert_cmpuint (fixture_count_sent (f), ==, 1);
  fixture_refresh (f);
  faulty_service_set_up (f->service, FALSE);
  stop (f);
  g_assert_cmpint (query (f, "SELECT quick_check = 'ok' FROM pragma_quick_check"), ==, 1);
  start (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  assert_shown (f, 3, 2, 5);
}

static gboolean
is_spoilt (Fixture *f, int page)
{
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  return size >= (gsize) page * 4096 && data[(page - 1) * 4096] == 0x5a && data[page * 4096 - 1] == 0x5a;
}

/* It is read before it is known whether there is a token, and until then nothing is written. */
static void
test_damage_to_it_is_mended_only_when_that_is_asked (void)
{
  g_autoptr (Fixture) f = make_kept ();
  HkJournal *journal;
  int page;

  stop (f);
  page = query (f, "SELECT rootpage FROM sqlite_schema WHERE name = 'kept'");
  spoil_page (f, page);
  fixture_make_account (f);
  journal = f->account->journal;
  g_assert_true (hk_journal_open (journal, NULL));
  g_assert_null (hk_kept_file_read (journal->kept, FALSE));
  g_assert_true (is_spoilt (f, page));

  g_assert_null (hk_kept_file_read (journal->kept, TRUE));
  g_assert_false (is_spoilt (f, page));
  stop (f);
  g_assert_cmpint (query (f, "SELECT quick_check = 'ok' FROM pragma_quick_check"), ==, 1);
}

static void
test_what_makes_no_sense_is_not_shown (void)
{
  static const char *const nonsense[] = {
    "UPDATE kept SET record = '{'",
    "UPDATE kept SET record = x'ff' WHERE id LIKE 'lock %'",
    "UPDATE kept SET record = '{}' WHERE id LIKE 'key %'",
    "UPDATE kept SET record = '{}], [{}' WHERE id LIKE 'person %'",
    "UPDATE kept SET id = 'nothing ' || id",
    "UPDATE meta SET value = 'yesterday' WHERE name = 'refreshed'",
    "UPDATE meta SET value = '-5' WHERE name = 'refreshed'",
    /* As it was kept before. */
    "DROP TABLE kept; CREATE TABLE kept (id TEXT PRIMARY KEY, record TEXT NOT NULL) WITHOUT ROWID;"
    "INSERT INTO kept VALUES ('lock 17618910285', '{\"smartlockId\":17618910285,\"accountId\":1}')",
    "DELETE FROM kept",
    "DROP TABLE kept",
    "DROP TABLE kept; CREATE TABLE kept (other)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (Fixture) f = make_kept ();

      g_test_message ("%s", nonsense[i]);
      hk_account_switch_key (f->account, fixture_find_key (f, ANNA_FRONT), FALSE);
      stop (f);
      execute (f, nonsense[i]);
      start (f);
      assert_nothing_kept (f);
      g_assert_null (hk_account_get_journal_notice (f->account));
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 1);
      faulty_service_set_up (f->service, TRUE);
      fixture_refresh (f);
      assert_shown (f, 3, 2, 5);
    }
}

static void
test_a_record_that_makes_no_sense_is_left_out (void)
{
  g_autoptr (Fixture) f = make_kept ();

  stop (f);
  execute (f, "UPDATE kept SET record = '{}' WHERE id = 'key " BEN_FRONT "'");
  start (f);
  assert_shown (f, 3, 2, 4);
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  assert_shown (f, 3, 2, 5);
  stop (f);
  g_assert_cmpint (query (f, "SELECT count (*) FROM kept WHERE record = '{}'"), ==, 0);
}

/* As version 2 wrote it, while a key was being switched. */
static void
test_a_journal_of_the_version_before_is_taken_up (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autofree char *path = fixture_get_journal_path (f);
  g_autofree char *dump_path = g_build_filename (DATA_DIR, "journal-2.sql", NULL);
  g_autofree char *dump = NULL;

  stop (f);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_true (g_file_get_contents (dump_path, &dump, NULL, NULL));
  execute (f, dump);
  g_assert_cmpint (query (f, "PRAGMA user_version"), ==, 2);
  start (f);
  assert_nothing_kept (f);
  g_assert_null (hk_account_get_journal_notice (f->account));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 1);

  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  fixture_pass (f, 120);
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (fixture_find_key (f, ANNA_FRONT))));
  faulty_service_set_up (f->service, FALSE);
  stop (f);
  g_assert_cmpint (query (f, "PRAGMA user_version"), ==, 4);
  start (f);
  g_assert_true (hk_account_get_shows_kept (f->account));
  assert_shown (f, 3, 2, 5);
}

static void
test_a_full_disk_only_keeps_what_was_kept (void)
{
  g_autoptr (Fixture) f = make_kept ();
  g_autoptr (GDateTime) known = g_date_time_ref (hk_account_get_last_refresh (f->account));

  faulty_service_set_up (f->service, TRUE);
  move_clock (f, HOUR);
  fixture_edit (f, "{'keys': [{'id': '" BEN_FRONT "', 'removed': true}]}");
  fixture_limit_files (TRUE);
  fixture_refresh (f);
  assert_shown (f, 3, 2, 4);
  g_assert_no_error (hk_account_get_journal_error (f->account));
  g_assert_no_error (hk_account_get_error (f->account));
  g_assert_true (f->account->has_news);
  faulty_service_set_up (f->service, FALSE);
  fixture_limit_files (FALSE);
  stop (f);
  start (f);
  /* All of the old, and nothing of the new. */
  g_assert_true (g_date_time_equal (hk_account_get_last_refresh (f->account), known));
  assert_shown (f, 3, 2, 5);
}

static void
test_a_lost_scope_is_not_made_up_for (void)
{
  g_autoptr (Fixture) f = make_kept ();

  stop (f);
  start (f);
  assert_shown (f, 3, 2, 5);
  nuki_simulator_add_token (f->simulator, TOKEN, "smartlock.readOnly");
  faulty_service_set_up (f->service, TRUE);
  fixture_refresh (f);
  g_assert_false (hk_account_get_shows_kept (f->account));
  assert_shown (f, 3, 0, 0);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/kept/what-was-known-is-shown-with-its-age", test_what_was_known_is_shown_with_its_age);
  g_test_add_func ("/kept/it-is-there-before-the-service-answers", test_it_is_there_before_the_service_answers);
  g_test_add_func ("/kept/the-age-is-that-of-the-last-refresh", test_the_age_is_that_of_the_last_refresh);
  g_test_add_func ("/kept/what-changed-since-is-kept-too", test_what_changed_since_is_kept_too);
  g_test_add_func ("/kept/changes-that-wait-are-shown-on-it", test_changes_that_wait_are_shown_on_it);
  g_test_add_func ("/kept/it-confirms-nothing", test_it_confirms_nothing);
  g_test_add_func ("/kept/that-of-another-account-is-not-shown", test_that_of_another_account_is_not_shown);
  g_test_add_func ("/kept/another-account-takes-its-place", test_another_account_takes_its_place);
  g_test_add_func ("/kept/what-cannot-be-removed-of-another-account-is-said",
                   test_what_cannot_be_removed_of_another_account_is_said);
  g_test_add_func ("/kept/signing-out-removes-it", test_signing_out_removes_it);
  g_test_add_func ("/kept/who-does-not-want-it-has-nothing-kept", test_who_does_not_want_it_has_nothing_kept);
  g_test_add_func ("/kept/it-is-removed-when-it-was-unwanted-meanwhile",
                   test_it_is_removed_when_it_was_unwanted_meanwhile);
  g_test_add_func ("/kept/damage-to-it-is-mended-only-when-that-is-asked",
                   test_damage_to_it_is_mended_only_when_that_is_asked);
  g_test_add_func ("/kept/damage-to-it-is-nobodys-loss", test_damage_to_it_is_nobodys_loss);
  g_test_add_func ("/kept/what-makes-no-sense-is-not-shown", test_what_makes_no_sense_is_not_shown);
  g_test_add_func ("/kept/a-record-that-makes-no-sense-is-left-out", test_a_record_that_makes_no_sense_is_left_out);
  g_test_add_func ("/kept/a-journal-of-the-version-before-is-taken-up",
                   test_a_journal_of_the_version_before_is_taken_up);
  g_test_add_func ("/kept/a-full-disk-only-keeps-what-was-kept", test_a_full_disk_only_keeps_what_was_kept);
  g_test_add_func ("/kept/a-lost-scope-is-not-made-up-for", test_a_lost_scope_is_not_made_up_for);

  return g_test_run ();
}
