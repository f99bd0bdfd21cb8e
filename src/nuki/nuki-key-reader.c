/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-key-reader.h"

#include "nuki-json-cut.h"
#include "nuki-json.h"

/* On a computer with two processors one more than that would make it slower; the main thread has something to do, too. */
#define MAX_RUNNING 2

/*
 * NukiKeyReader:
 * @text: (owned): the part of the answer that has come, from its beginning on
 * @cut: how far it has been given out to be read
 * @is_all: the answer has come to its end
 * @n_running: how many pieces are being read
 * @pieces: (owned) (element-type GPtrArray): what was read of each; %NULL until then
 * @n_taken: how many of them are in @keys
 * @keys: (owned) (element-type NukiKey): what was read, each id once
 * @ids: (owned) (element-type utf8): those of @keys
 * @error: (owned) (nullable): why some of it cannot be read
 * @find: (nullable): finds a key that is known
 * @find_data: for @find
 * @func: (nullable): who waits for it
 *
 * Reads a long list of keys piece by piece, on other threads, while the rest of it is on its way. Owned by the call until that
 * cancels it.
 */
struct _NukiKeyReader
{
  grefcount refs;
  GByteArray *text;
  NukiJsonCut cut;
  gboolean is_all;
  guint n_running;
  GPtrArray *pieces;
  guint n_taken;
  GPtrArray *keys;
  GHashTable *ids;
  GError *error;
  NukiFindKeyFunc find;
  gpointer find_data;
  NukiKeysReadFunc func;
  gpointer user_data;
};

/* What another thread reads: an array that is only a part of the list, unless it @is_whole. */
typedef struct
{
  char *text; /* (owned) */
  gsize length;
  guint index;
  gboolean is_whole;
} Piece;

static void
unref_reader (NukiKeyReader *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;

  g_byte_array_unref (self->text);
  g_ptr_array_unref (self->pieces);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_hash_table_unref (self->ids);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiKeyReader, unref_reader)

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_free (piece->text);
  g_free (piece);
}

static void
clear_keys (gpointer keys)
{
  if (keys != NULL)
    g_ptr_array_unref (keys);
}

static GPtrArray *
read_all (Piece *piece, GError **error)
{
  g_autoptr (GBytes) text = g_bytes_new_static (piece->text, piece->length);
  g_autoptr (NukiJson) json = nuki_json_parse (text, error);

  return json != NULL ? nuki_json_read_keys (json, error) : NULL;
}

static void
read_on_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Piece *piece = task_data;
  GError *error = NULL;
  GPtrArray *keys = piece->is_whole ? read_all (piece, &error) : nuki_json_read_some_keys (piece->text, piece->length, &error);

  if (keys != NULL)
    g_task_return_pointer (task, keys, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* What says nothing new is dropped while its memory can still be used for the next piece. */
static NukiKey *
choose_key (NukiKeyReader *self, NukiKey *key)
{
  NukiKey *known = self->find != NULL ? self->find (nuki_key_get_id (key), self->find_data) : NULL;

  return known != NULL && nuki_key_equal (known, key) ? known : key;
}

/* What has been read goes into the list in the order in which it came; of two with the same id, the first. */
static void
take_pieces (NukiKeyReader *self)
{
  for (; self->n_taken < self->pieces->len && g_ptr_array_index (self->pieces, self->n_taken) != NULL; self->n_taken++)
    {
      g_autoptr (GPtrArray) keys = g_steal_pointer (&g_ptr_array_index (self->pieces, self->n_taken));

      for (guint i = 0; i < keys->len; i++)
        {
          NukiKey *key = choose_key (self, g_ptr_array_index (keys, i));

          if (g_hash_table_add (self->ids, (gpointer) nuki_key_get_id (key)))
            g_ptr_array_add (self->keys, g_object_ref (key));
        }
    }
}

static void go_on (NukiKeyReader *self);

static void
on_piece_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (NukiKeyReader) self = user_data;
  Piece *piece = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_ptr_array_index (self->pieces, piece->index) = g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  take_pieces (self);
  self->n_running--;
  go_on (self);
}

static gboolean
start_next (NukiKeyReader *self)
{
  const gboolean is_first = self->cut.start == 0;
  g_autoptr (GTask) task = NULL;
  Piece *piece;
  gsize length;
  char *text = nuki_json_cut (&self->cut, (const char *) self->text->data, self->text->len, self->is_all,
                              NUKI_JSON_PIECE_BYTES, &length);

  if (text == NULL)
    return FALSE;

  piece = g_new0 (Piece, 1);
  piece->text = text;
  piece->length = length;
  piece->index = self->pieces->len;
  piece->is_whole = is_first && self->cut.start > self->text->len;
  g_ptr_array_add (self->pieces, NULL);
  g_ref_count_inc (&self->refs);
  self->n_running++;

  task = g_task_new (NULL, NULL, on_piece_read, self);
  g_task_set_source_tag (task, start_next);
  g_task_set_task_data (task, piece, free_piece);
  g_task_run_in_thread (task, read_on_thread);

  return TRUE;
}

/* All of it has been read, or cannot be. A list of which nothing can be used is not taken for an empty one. */
static void
finish (NukiKeyReader *self)
{
  NukiKeysReadFunc func = g_steal_pointer (&self->func);

  if (self->error == NULL && self->pieces->len > 1 && self->keys->len == 0)
    nuki_json_set_unusable (&self->error);
  if (self->error != NULL)
    func (NULL, g_steal_pointer (&self->error), self->user_data);
  else
    func (g_steal_pointer (&self->keys), NULL, self->user_data);
}

static void
go_on (NukiKeyReader *self)
{
  while (self->error == NULL && self->n_running < MAX_RUNNING && start_next (self))
    ;
  if (self->func != NULL && self->n_running == 0)
    finish (self);
}

/*
 * nuki_key_reader_new:
 * @text: what there is of the answer; more is added to it
 * @find: (nullable): finds a key that is known, which is then taken if the answer says the same of it; until the reader is cancelled
 */
NukiKeyReader *
nuki_key_reader_new (GByteArray *text, NukiFindKeyFunc find, gpointer user_data)
{
  NukiKeyReader *self = g_new0 (NukiKeyReader, 1);

  g_ref_count_init (&self->refs);
  self->text = g_byte_array_ref (text);
  self->find = find;
  self->find_data = user_data;
  self->pieces = g_ptr_array_new_with_free_func (clear_keys);
  self->keys = g_ptr_array_new_with_free_func (g_object_unref);
  /* The ids live as long as the keys. */
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

/* Some more of the answer has come. */
void
nuki_key_reader_go_on (NukiKeyReader *self)
{
  go_on (self);
}

/*
 * nuki_key_reader_end:
 * @func: is called once, unless the reader is cancelled before
 *
 * There is no more.
 */
void
nuki_key_reader_end (NukiKeyReader *self, NukiKeysReadFunc func, gpointer user_data)
{
  self->is_all = TRUE;
  self->func = func;
  self->user_data = user_data;
  go_on (self);
}

/* Nobody waits for it any more. Frees it. */
void
nuki_key_reader_cancel (NukiKeyReader *self)
{
  self->find = NULL;
  self->func = NULL;
  if (self->error == NULL)
    g_set_error_literal (&self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  unref_reader (self);
}
