/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journal whose tables are right, with anything in their rows. */

#include <hk-journal-private.h>
#include <hk-outbox.h>

#include "fuzz.h"

static const char *const tables[] = { "invitee", "change", "spec", "known_key", "event", "meta", "kept" };

/* Made once: that takes longer than everything else. */
static HkJournal *journal;
static HkOutbox *outbox;
static NukiClient *client;

/* What is left of the input. */
typedef struct
{
  const uint8_t *data;
  size_t size;
} Input;

static guint
take_byte (Input *input)
{
  if (input->size == 0)
    return 0;

  input->size--;
  return *input->data++;
}

static gint64
take_number (Input *input)
{
  guint64 number = 0;

  for (guint i = 0; i < 8; i++)
    number = number << 8 | take_byte (input);

  return (gint64) number;
}

/* Small numbers mean something in most columns. */
static void
bind_value (sqlite3_stmt *statement, int column, Input *input)
{
  const guint kind = take_byte (input);
  const int length = (int) MIN (kind % 24, input->size);

  switch (kind / 32)
    {
    case 0:
    case 1:
    case 2:
      sqlite3_bind_int (statement, column, (int) (kind % 32));
      break;
    case 3:
      sqlite3_bind_null (statement, column);
      break;
    case 4:
      sqlite3_bind_int64 (statement, column, take_number (input));
      break;
    case 5:
      sqlite3_bind_double (statement, column, (double) take_number (input) / 1000);
      break;
    case 6:
      sqlite3_bind_text (statement, column, (const char *) input->data, length, SQLITE_TRANSIENT);
      input->data += length;
      input->size -= (size_t) length;
      break;
    default:
      sqlite3_bind_blob (statement, column, input->data, length, SQLITE_TRANSIENT);
      input->data += length;
      input->size -= (size_t) length;
      break;
    }
}

static sqlite3_stmt *
prepare_insert (const char *table)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s LIMIT 0", table);
  g_autoptr (GString) insert = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;
  int n_columns;

  g_assert_cmpint (sqlite3_prepare_v2 (journal->db, select, -1, &statement, NULL), ==, SQLITE_OK);
  n_columns = sqlite3_column_count (statement);
  sqlite3_finalize (statement);

  g_string_printf (insert, "INSERT OR IGNORE INTO %s VALUES (?", table);
  for (int i = 1; i < n_columns; i++)
    g_string_append (insert, ", ?");
  g_string_append (insert, ")");
  g_assert_cmpint (sqlite3_prepare_v2 (journal->db, insert->str, -1, &statement, NULL), ==, SQLITE_OK);

  return statement;
}

static void
insert_row (Input *input)
{
  const char *table = tables[take_byte (input) % G_N_ELEMENTS (tables)];
  sqlite3_stmt *statement = prepare_insert (table);

  for (int i = 1; i <= sqlite3_bind_parameter_count (statement); i++)
    bind_value (statement, i, input);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
}

static void
make_journal (void)
{
  g_autoptr (HkClock) clock = hk_clock_new ();

  client = nuki_client_new ("http://127.0.0.1:1", NULL);
  journal = hk_journal_new_in_memory (clock);
  outbox = hk_outbox_new (client, clock, journal);
  g_assert_true (hk_journal_open (journal, NULL));
  /* What refers to nothing, too. */
  g_assert_cmpint (sqlite3_exec (journal->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
empty_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", tables[i]);

      g_assert_cmpint (sqlite3_exec (journal->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    }
}

static void
detach (gpointer delivery, gpointer user_data)
{
  hk_delivery_detach (delivery);
}

static void
read_kept (void)
{
  g_autoptr (HkKept) kept = hk_kept_read (journal->db);

  if (kept == NULL)
    return;

  fuzz_look_at_all (kept->locks);
  fuzz_look_at_all (kept->people);
  fuzz_look_at_all (kept->keys);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;
  Input input = { data, size };

  fuzz_be_strict ();
  if (journal == NULL)
    make_journal ();
  else
    empty_tables ();
  while (input.size > 0)
    insert_row (&input);

  hk_journal_load_account_id (journal);
  read_kept ();
  deliveries = hk_journal_load (journal, outbox, client, &error);
  g_assert_true ((deliveries == NULL) == (error != NULL));
  for (guint i = 0; deliveries != NULL && i < deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (deliveries, i);
      g_autofree char *text = hk_change_dup_text (delivery->change);
      g_autoptr (GPtrArray) steps =
          hk_journal_read_steps (journal->db, delivery->change->kind, delivery->change->id);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (hk_journal_save (journal, delivery, "again", NULL));
    }
  if (deliveries != NULL)
    g_ptr_array_foreach (deliveries, detach, NULL);

  return 0;
}
