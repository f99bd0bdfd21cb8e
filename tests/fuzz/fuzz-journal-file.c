/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A damaged file where the journal should be. It must never keep the application from starting: it is set aside. */

#include <hk-journal-private.h>
#include <hk-outbox.h>

#include <glib/gstdio.h>
#include <string.h>

#include "fuzz.h"

#define URL "http://127.0.0.1:1"

static char *folder;
static char *sound;
static gsize sound_size;

static void
remove_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
}

/* A file as the application makes it, with something in it. */
static void
make_sound_file (HkClock *clock)
{
  g_autoptr (HkJournal) journal = NULL;

  folder = g_dir_make_tmp ("fuzz-journal-XXXXXX", NULL);
  journal = hk_journal_new (folder, URL, clock);
  g_assert_true (hk_journal_open (journal, NULL));
  g_assert_true (hk_journal_save_account_id (journal, 987654321, NULL));
  g_assert_cmpint (sqlite3_exec (journal->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (journal->db,
                                 "INSERT INTO invitee VALUES (1, 'Anna', 'anna@example.org', 'de', 101);"
                                 "INSERT INTO known_key VALUES (1, 'k1');"
                                 "INSERT INTO event VALUES (1, 1, 1, 'step', 'text');"
                                 "INSERT INTO meta VALUES ('refreshed', '1772445600000000');"
                                 "INSERT INTO kept VALUES ('lock 5', '{\"smartlockId\":5,\"accountId\":987654321}');"
                                 "INSERT INTO kept VALUES ('person 101', '{\"accountUserId\":101}');"
                                 "INSERT INTO kept VALUES ('key a', '{\"id\":\"a\",\"smartlockId\":5}')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  hk_journal_close (journal);
  g_assert_true (g_file_get_contents (hk_journal_get_path (journal), &sound, &sound_size, NULL));
  remove_files ();
}

/* The first byte decides: all of the file, or a place and a byte by turns that spoil a sound one. */
static void
write_file (HkJournal *journal, const uint8_t *data, size_t size)
{
  g_autofree char *content = NULL;

  if (size > 0 && data[0] % 4 == 0)
    {
      g_assert_true (g_file_set_contents (hk_journal_get_path (journal), (const char *) data + 1, (gssize) size - 1, NULL));
      return;
    }

  content = g_memdup2 (sound, sound_size);
  for (size_t i = 1; i + 2 < size; i += 3)
    content[(data[i] << 8 | data[i + 1]) % sound_size] = (char) data[i + 2];
  g_assert_true (g_file_set_contents (hk_journal_get_path (journal), content, (gssize) sound_size, NULL));
}

static void
use (HkJournal *journal, HkClock *clock)
{
  static NukiClient *client;
  g_autoptr (HkOutbox) outbox = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (HkKept) kept = NULL;
  g_autoptr (GHashTable) nothing = g_hash_table_new (g_str_hash, g_str_equal);

  /* The other thread may do so at any time. */
  kept = hk_kept_file_read (journal->kept, TRUE);
  hk_kept_file_write (journal->kept, nothing, 1, NULL);
  if (client == NULL)
    client = nuki_client_new (URL, NULL);
  outbox = hk_outbox_new (client, clock, journal);
  deliveries = hk_journal_load (journal, outbox, client, NULL);
  hk_journal_load_account_id (journal);
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    hk_delivery_detach (g_ptr_array_index (deliveries, i));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_be_strict ();
  if (folder == NULL)
    make_sound_file (clock);

  journal = hk_journal_new (folder, URL, clock);
  write_file (journal, data, size);
  if (hk_journal_open (journal, &error))
    use (journal, clock);
  else
    /* One of a later version is left alone, and that is the only reason. */
    g_assert_error (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_NEWER);
  g_clear_object (&journal);
  remove_files ();

  return 0;
}
