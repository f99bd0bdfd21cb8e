/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-json.h"

#include <glib/gi18n-lib.h>

#include "nuki-error.h"
#include "nuki-json-cut.h"
#include "nuki-json-scan.h"

/* An answer to an error that is longer is no message for a person. */
#define MAX_ERROR_BODY_BYTES (64 * 1024)
#define MAX_ERROR_TEXT_CHARS 300

/*
 * What the service said.
 *
 * @root: (owned) (nullable): all of it, unless it is parsed piece by piece
 * @text: (owned) (nullable): the text that is parsed piece by piece
 * @piece_bytes: how long a piece of it at least is
 */
struct _NukiJson
{
  JsonNode *root;
  GBytes *text;
  gsize piece_bytes;
};

static void
set_malformed (GError **error)
{
  g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service cannot be understood."));
}

/* json-glib says whether @text is UTF-8, too; it fails an assertion if there is nothing. */
static JsonNode *
load (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  return json_parser_load_from_data (parser, text, (gssize) length, NULL) ? json_parser_steal_root (parser) : NULL;
}

/* Mends @text before json-glib sees it. */
static JsonNode *
parse_text (char *text, gsize length, GError **error)
{
  JsonNode *root = length > 0 && nuki_json_scan (text, length) ? load (text, length) : NULL;

  if (root == NULL)
    set_malformed (error);

  return root;
}

static JsonNode *
parse_copy (GBytes *bytes, GError **error)
{
  g_autofree char *text = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return parse_text (text, g_bytes_get_size (bytes), error);
}

/* Whether there is more than one piece. */
static gboolean
is_array_to_cut (NukiJson *self)
{
  NukiJsonCut cut = { 0 };
  gsize length;
  g_autofree char *first = nuki_json_cut (&cut, g_bytes_get_data (self->text, NULL), g_bytes_get_size (self->text), FALSE,
                                          self->piece_bytes, &length);

  return first != NULL;
}

/* Returns: (transfer full) (nullable): the next piece of several, with at least one element; %NULL without an error if there is
 *   no more */
static JsonNode *
parse_piece (NukiJson *self, NukiJsonCut *cut, GError **error)
{
  gsize length;
  g_autofree char *text = nuki_json_cut (cut, g_bytes_get_data (self->text, NULL), g_bytes_get_size (self->text), TRUE,
                                         self->piece_bytes, &length);
  g_autoptr (JsonNode) piece = text != NULL ? parse_text (text, length, error) : NULL;

  if (piece == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (piece) || json_array_get_length (json_node_get_array (piece)) == 0)
    {
      set_malformed (error);
      return NULL;
    }

  return g_steal_pointer (&piece);
}

static void
call_for_each (JsonNode *array, NukiJsonFunc func, gpointer user_data)
{
  JsonArray *elements = json_node_get_array (array);
  guint length = json_array_get_length (elements);

  for (guint i = 0; i < length; i++)
    func (json_array_get_element (elements, i), user_data);
}

/* The text that the error body @object has for a person; Nuki's servers have no common name for it. */
static const char *
find_error_text (JsonObject *object)
{
  static const char *const names[] = { "detailMessage", "description", "message", "detail" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (object, names[i]);
      const char *text;

      if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;

      text = json_node_get_string (node);
      if (text[strspn (text, " \t\r\n")] != '\0')
        return text;
    }

  return NULL;
}

/* One line that is not too long. Something that looks like markup or data is not meant for a person. */
static char *
tidy_error_text (const char *text)
{
  g_autofree char *line = NULL;

  if (strpbrk (text, "<>{}") != NULL)
    return NULL;

  line = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_ERROR_TEXT_CHARS));
  for (char *p = line; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        *p = ' ';
    }

  return g_strstrip (g_steal_pointer (&line));
}

/* GLib wants seconds; the service takes, and so may say, a time without. */
static char *
add_seconds (const char *text)
{
  const gsize minutes_end = strlen ("2025-09-20T13:00");

  if (strlen (text) < minutes_end || text[13] != ':' || text[minutes_end] == ':')
    return NULL;

  return g_strdup_printf ("%.*s:00%s", (int) minutes_end, text, text + minutes_end);
}

/**
 * nuki_json_parse: (skip)
 * @bytes: what the service sent
 *
 * Parses JSON (RFC 8259) that may be damaged or hostile. Half an emoji in a name is replaced, and a whole number that does not
 * fit into 64 bits becomes one that no field takes. A long array is parsed only when it is read.
 *
 * Returns: (transfer full): what can be read, by one thread at a time, or %NULL with %NUKI_ERROR_MALFORMED
 */
NukiJson *
nuki_json_parse (GBytes *bytes, GError **error)
{
  return nuki_json_parse_pieces (bytes, NUKI_JSON_PIECE_BYTES, error);
}

/**
 * nuki_json_parse_pieces: (skip)
 * @bytes: what the service sent
 * @piece_bytes: how long a piece of an array at least is
 *
 * Like nuki_json_parse().
 *
 * Returns: (transfer full): what can be read, by one thread at a time, or %NULL with %NUKI_ERROR_MALFORMED
 */
NukiJson *
nuki_json_parse_pieces (GBytes *bytes, gsize piece_bytes, GError **error)
{
  g_autoptr (NukiJson) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_new0 (NukiJson, 1);
  self->text = g_bytes_ref (bytes);
  self->piece_bytes = piece_bytes;
  if (g_bytes_get_size (bytes) > piece_bytes && is_array_to_cut (self))
    return g_steal_pointer (&self);

  self->root = parse_copy (bytes, error);
  g_clear_pointer (&self->text, g_bytes_unref);

  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * nuki_json_parse_table: (skip)
 * @text: (inout): a list of objects; is mended
 * @length: its length
 * @names: the names of what is wanted of each
 * @n_names: how many these are; at most %NUKI_JSON_MAX_NAMES
 *
 * Parses a list several times as fast as nuki_json_parse(), of which json-glib spends most on the names in each object, and on
 * what nobody wants.
 *
 * Returns: (transfer full) (nullable): an array in which each object is an array, too: of a number that has bit i set if there is
 *   something by name i, and of that in the order of @names. %NULL if nuki_json_parse() has to say what @text is
 */
NukiJson *
nuki_json_parse_table (char *text, gsize length, const char *const *names, guint n_names)
{
  g_autoptr (GString) table = nuki_json_scan_table (text, length, names, n_names);
  g_autoptr (NukiJson) self = g_new0 (NukiJson, 1);

  self->root = table != NULL ? load (table->str, table->len) : NULL;

  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

void
nuki_json_free (NukiJson *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self);
}

/* private: (nullable): the object that is all of it */
JsonObject *
nuki_json_get_object (NukiJson *self)
{
  return self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root) ? json_node_get_object (self->root) : NULL;
}

/* private: whether it is an array, whether or not that can be parsed */
gboolean
nuki_json_is_array (NukiJson *self)
{
  return self->root == NULL || JSON_NODE_HOLDS_ARRAY (self->root);
}

/**
 * nuki_json_foreach: (skip)
 * @func: gets each element of the array
 * @user_data: for @func
 *
 * Reads an array, a long one piece by piece.
 *
 * Returns: %TRUE, or %FALSE with %NUKI_ERROR_MALFORMED if some of it cannot be parsed
 */
gboolean
nuki_json_foreach (NukiJson *self, NukiJsonFunc func, gpointer user_data, GError **error)
{
  GError *own_error = NULL;
  NukiJsonCut cut = { 0 };
  JsonNode *piece;

  if (self->root != NULL)
    {
      call_for_each (self->root, func, user_data);
      return TRUE;
    }

  while ((piece = parse_piece (self, &cut, &own_error)) != NULL)
    {
      call_for_each (piece, func, user_data);
      json_node_unref (piece);
    }
  if (own_error == NULL)
    return TRUE;

  g_propagate_error (error, own_error);
  return FALSE;
}

/**
 * nuki_json_parse_error_text:
 * @bytes: the body of an answer that reports an error
 *
 * Looks for a sentence in the shapes of error that have been seen (Java exceptions, Restlet statuses).
 *
 * Returns: (transfer full) (nullable): a line of text in the words of the service; %NULL if there is none, such as in HTML
 */
char *
nuki_json_parse_error_text (GBytes *bytes)
{
  g_autoptr (NukiJson) json = NULL;
  JsonObject *object;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > MAX_ERROR_BODY_BYTES)
    return NULL;

  json = nuki_json_parse (bytes, NULL);
  object = json != NULL ? nuki_json_get_object (json) : NULL;
  text = object != NULL ? find_error_text (object) : NULL;

  return text != NULL ? tidy_error_text (text) : NULL;
}

/**
 * nuki_json_parse_date:
 * @text: a date and time by ISO 8601, with or without seconds and fractions, in any zone; UTC if there is none
 *
 * Returns: (transfer full) (nullable): that moment, UTC, or %NULL if @text is no date
 */
GDateTime *
nuki_json_parse_date (const char *text)
{
  static GTimeZone *utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *with_seconds = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_once_init_enter (&utc))
    g_once_init_leave (&utc, g_time_zone_new_utc ());

  with_seconds = add_seconds (text);
  date = g_date_time_new_from_iso8601 (with_seconds != NULL ? with_seconds : text, utc);

  return date != NULL ? g_date_time_to_utc (date) : NULL;
}

/**
 * nuki_json_format_date:
 * @date: a moment
 *
 * Returns: (transfer full): the moment as the service writes it, in UTC with milliseconds that are none
 */
char *
nuki_json_format_date (GDateTime *date)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char *rest = NULL;

  g_return_val_if_fail (date != NULL, NULL);

  /* A year has four digits, which GLib does not fill up. */
  utc = g_date_time_to_utc (date);
  rest = g_date_time_format (utc, "-%m-%dT%H:%M:%S.000Z");
  return g_strdup_printf ("%04d%s", g_date_time_get_year (utc), rest);
}
