/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-json.h"

#include <glib/gi18n-lib.h>

#include "nuki-error.h"

/* json-glib parses by recursion; answers of the service nest six levels deep. */
#define MAX_DEPTH 64

/* More digits do not fit into 64 bits, and json-glib lets them wrap around silently. */
#define MAX_INTEGER_DIGITS 18

/* An answer to an error that is longer is no message for a person. */
#define MAX_ERROR_BODY_BYTES (64 * 1024)
#define MAX_ERROR_TEXT_CHARS 300

/* The length of "\uD83D". */
#define ESCAPE_BYTES 6

/* Checks a text before json-glib sees it, and mends in place what json-glib cannot read but the service may well write. */
typedef struct
{
  char *data;
  gsize length;
  gsize at;
  guint depth;
  gboolean has_root;
} Scanner;

static void
set_malformed (GError **error)
{
  g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service cannot be understood."));
}

/* The value of the escape "\uXXXX" at @at, or -1. */
static int
get_escape (Scanner *scanner, gsize at)
{
  int value = 0;

  if (at + ESCAPE_BYTES > scanner->length || scanner->data[at] != '\\' || scanner->data[at + 1] != 'u')
    return -1;

  for (gsize i = at + 2; i < at + ESCAPE_BYTES; i++)
    {
      int digit = g_ascii_xdigit_value (scanner->data[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

static gboolean
is_in_range (int value, int first, int last)
{
  return value >= first && value <= last;
}

/* Those of RFC 8259, section 7, without "\\u". */
static gboolean
is_short_escape (Scanner *scanner)
{
  const gsize at = scanner->at + 1;

  return at < scanner->length && scanner->data[at] != '\0' && strchr ("\"\\/bfnrt", scanner->data[at]) != NULL;
}

/* json-glib takes the escapes of C, too: with "\300", a text would not be UTF-8. But a name that was cut within an emoji,
 * and ends in half of one, must not make the whole answer unreadable. */
static gboolean
skip_escape (Scanner *scanner)
{
  int value = get_escape (scanner, scanner->at);
  gboolean high = is_in_range (value, 0xD800, 0xDBFF);

  if (value < 0)
    {
      if (!is_short_escape (scanner))
        return FALSE;
      scanner->at += 2;
      return TRUE;
    }

  if (high && is_in_range (get_escape (scanner, scanner->at + ESCAPE_BYTES), 0xDC00, 0xDFFF))
    {
      scanner->at += 2 * ESCAPE_BYTES;
      return TRUE;
    }

  if (high || is_in_range (value, 0xDC00, 0xDFFF))
    memcpy (scanner->data + scanner->at, "\\uFFFD", ESCAPE_BYTES);
  scanner->at += ESCAPE_BYTES;

  return TRUE;
}

static gboolean
skip_string (Scanner *scanner)
{
  scanner->at++;
  while (scanner->at < scanner->length && scanner->data[scanner->at] != '"')
    {
      if (scanner->data[scanner->at] != '\\')
        scanner->at++;
      else if (!skip_escape (scanner))
        return FALSE;
    }
  scanner->at++;

  return TRUE;
}

static void
skip_number (Scanner *scanner)
{
  gsize start = scanner->at;
  gboolean is_integer = TRUE;

  while (scanner->at < scanner->length && strchr ("+-.0123456789Ee", scanner->data[scanner->at]) != NULL &&
         scanner->data[scanner->at] != '\0')
    {
      if (strchr (".Ee", scanner->data[scanner->at]) != NULL)
        is_integer = FALSE;
      scanner->at++;
    }

  /* Something that everybody sees is out of range. */
  if (is_integer && scanner->at - start > MAX_INTEGER_DIGITS + 1)
    {
      memset (scanner->data + start, ' ', scanner->at - start);
      memcpy (scanner->data + start, "9e99", strlen ("9e99"));
    }
}

static gboolean
skip_bracket (Scanner *scanner, gboolean opening)
{
  if (opening && ++scanner->depth > MAX_DEPTH)
    return FALSE;
  if (!opening && scanner->depth-- == 0)
    return FALSE;

  scanner->at++;
  return TRUE;
}

/* Nothing but JSON: json-glib would also take comments, variables and apostrophes, which the depth is not counted in, and
 * a second document behind the first. */
static gboolean
scan (Scanner *scanner)
{
  while (scanner->at < scanner->length)
    {
      char byte = scanner->data[scanner->at];
      gboolean is_space = byte != '\0' && strchr (" \t\r\n", byte) != NULL;

      if (scanner->has_root && !is_space)
        return FALSE;

      if (byte == '"')
        {
          if (!skip_string (scanner))
            return FALSE;
        }
      else if (byte == '-' || g_ascii_isdigit (byte))
        skip_number (scanner);
      else if (byte == '[' || byte == '{' || byte == ']' || byte == '}')
        {
          if (!skip_bracket (scanner, byte == '[' || byte == '{'))
            return FALSE;
        }
      else if (is_space || (byte != '\0' && strchr (",:truefalsn", byte) != NULL))
        scanner->at++;
      else
        return FALSE;

      scanner->has_root = scanner->has_root || (scanner->depth == 0 && strchr ("\"]}", byte) != NULL);
    }

  return scanner->depth == 0;
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
 * nuki_json_parse:
 * @bytes: what the service sent
 *
 * Parses JSON (RFC 8259) that may be damaged or hostile. Half an emoji in a name is replaced, and a whole number that does not
 * fit into 64 bits becomes one that no field takes.
 *
 * Returns: (transfer full): the root, or %NULL with %NUKI_ERROR_MALFORMED
 */
JsonNode *
nuki_json_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *copy = NULL;
  Scanner scanner = { 0 };
  JsonNode *root;

  g_return_val_if_fail (bytes != NULL, NULL);

  /* json-glib fails an assertion when there is nothing. */
  if (g_bytes_get_size (bytes) == 0 || !g_utf8_validate_len (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
    {
      set_malformed (error);
      return NULL;
    }

  scanner.length = g_bytes_get_size (bytes);
  scanner.data = copy = g_memdup2 (g_bytes_get_data (bytes, NULL), scanner.length);
  parser = json_parser_new ();
  if (!scan (&scanner) || !json_parser_load_from_data (parser, copy, (gssize) scanner.length, NULL))
    {
      set_malformed (error);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    {
      set_malformed (error);
      return NULL;
    }

  /* Read-only, as it goes from thread to thread. A parser that makes its nodes so fails an assertion (json-glib 1.10) over
   * a second document. */
  json_node_seal (root);

  return root;
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
  g_autoptr (JsonNode) root = NULL;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > MAX_ERROR_BODY_BYTES)
    return NULL;

  root = nuki_json_parse (bytes, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  text = find_error_text (json_node_get_object (root));
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
