/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goes over a text before json-glib sees it. */

#include "nuki-json-scan.h"

#include <string.h>

/* json-glib parses by recursion; answers of the service nest six levels deep. */
#define MAX_DEPTH 64

/* More digits do not fit into 64 bits, and json-glib lets them wrap around silently. */
#define MAX_INTEGER_DIGITS 18

/* The length of "\uD83D". */
#define ESCAPE_BYTES 6

typedef struct
{
  char *data;
  gsize length;
  gsize at;
  guint depth;
  gboolean has_root; /* and it has ended */
} Scanner;

/* What is wanted of objects, and what was found. */
typedef struct
{
  Scanner scanner;
  const char *const *names;
  guint n_names;
  struct
  {
    gsize start;
    gsize length; /* 0 if there is none */
  } values[NUKI_JSON_MAX_NAMES]; /* of one object */
  GString *rows; /* (owned) */
} Table;

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

static gboolean
skip_number (Scanner *scanner)
{
  gsize start = scanner->at;
  gboolean is_integer = TRUE;

  for (; scanner->at < scanner->length; scanner->at++)
    {
      const char byte = scanner->data[scanner->at];

      if (byte == '.' || byte == 'E' || byte == 'e')
        is_integer = FALSE;
      else if (!g_ascii_isdigit (byte) && byte != '-' && byte != '+')
        break;
    }

  /* Something that everybody sees is out of range. */
  if (is_integer && scanner->at - start > MAX_INTEGER_DIGITS + 1)
    {
      memset (scanner->data + start, ' ', scanner->at - start);
      memcpy (scanner->data + start, "9e99", strlen ("9e99"));
    }

  return TRUE;
}

static gboolean
open_bracket (Scanner *scanner)
{
  if (++scanner->depth > MAX_DEPTH)
    return FALSE;

  scanner->at++;
  return TRUE;
}

static gboolean
close_bracket (Scanner *scanner)
{
  if (scanner->depth == 0)
    return FALSE;

  scanner->depth--;
  scanner->at++;
  return TRUE;
}

static gboolean
skip_word (Scanner *scanner)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i]);

      if (scanner->length - scanner->at >= length && memcmp (scanner->data + scanner->at, words[i], length) == 0)
        {
          scanner->at += length;
          return TRUE;
        }
    }

  return FALSE;
}

/* Returns: the next byte that is no space; 0 at the end */
static char
skip_spaces (Scanner *scanner)
{
  for (; scanner->at < scanner->length; scanner->at++)
    {
      const char byte = scanner->data[scanner->at];

      if (byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n')
        return byte;
    }

  return '\0';
}

/* Goes over what begins here. */
static gboolean
skip (Scanner *scanner)
{
  switch (scanner->data[scanner->at])
    {
    case '"':
      return skip_string (scanner);
    case '[':
    case '{':
      return open_bracket (scanner);
    case ']':
    case '}':
      return close_bracket (scanner);
    case ',':
    case ':':
      scanner->at++;
      return TRUE;
    default:
      if (scanner->data[scanner->at] == '-' || g_ascii_isdigit (scanner->data[scanner->at]))
        return skip_number (scanner);
      return skip_word (scanner);
    }
}

/*
 * nuki_json_scan:
 * @text: (inout): what there is
 * @length: its length
 *
 * Mends in place what json-glib cannot read but the service may well write, and sees that there is nothing but JSON (RFC 8259):
 * json-glib would also take comments, variables and apostrophes, which the depth is not counted in, and a second document
 * behind the first. Whether it is well-formed is for json-glib to say.
 *
 * Returns: whether json-glib may see it
 */
gboolean
nuki_json_scan (char *text, gsize length)
{
  Scanner scanner = { .data = text, .length = length };
  char byte;

  while ((byte = skip_spaces (&scanner)) != '\0')
    {
      if (scanner.has_root || !skip (&scanner))
        return FALSE;

      scanner.has_root = scanner.depth == 0 && (byte == '"' || byte == ']' || byte == '}');
    }

  return scanner.at == length && scanner.depth == 0;
}

static gboolean
skip_byte (Scanner *scanner, char byte)
{
  if (skip_spaces (scanner) != byte)
    return FALSE;

  scanner->at++;
  return TRUE;
}

/* Goes over a value with all that is in it, as far as its brackets and quotes say where that ends. */
static gboolean
skip_value (Scanner *scanner)
{
  const char first = skip_spaces (scanner);

  if (first == ',' || first == ':')
    return FALSE;

  do
    {
      if (skip_spaces (scanner) == '\0' || !skip (scanner))
        return FALSE;
    }
  while (scanner->depth > 0);

  return TRUE;
}

/* Returns: which of the names it is; how many there are if it is none of them */
static guint
find_name (Table *self, const char *name, gsize length)
{
  guint i = 0;

  while (i < self->n_names && (*name != *self->names[i] || strlen (self->names[i]) != length ||
                               memcmp (name, self->names[i], length) != 0))
    i++;

  return i;
}

static gboolean
skip_member (Table *self)
{
  Scanner *scanner = &self->scanner;
  const char *name = scanner->data + scanner->at + 1;
  gsize length, start;
  guint i;

  if (!skip_string (scanner) || scanner->at > scanner->length)
    return FALSE;

  length = (gsize) (scanner->data + scanner->at - 1 - name);
  i = find_name (self, name, length);
  /* A name with an escape in it may be any. */
  if ((i == self->n_names && memchr (name, '\\', length) != NULL) || !skip_byte (scanner, ':'))
    return FALSE;

  skip_spaces (scanner);
  start = scanner->at;
  if (!skip_value (scanner))
    return FALSE;

  if (i < self->n_names)
    {
      self->values[i].start = start;
      self->values[i].length = scanner->at - start;
    }

  return TRUE;
}

static void
add_row (Table *self)
{
  guint present = 0;

  for (guint i = 0; i < self->n_names; i++)
    if (self->values[i].length > 0)
      present |= 1u << i;

  g_string_append_printf (self->rows, "%c[%u", self->rows->len > 0 ? ',' : '[', present);
  for (guint i = 0; i < self->n_names; i++)
    if (self->values[i].length > 0)
      {
        g_string_append_c (self->rows, ',');
        g_string_append_len (self->rows, self->scanner.data + self->values[i].start, (gssize) self->values[i].length);
      }
  g_string_append_c (self->rows, ']');
}

static gboolean
skip_object (Table *self)
{
  Scanner *scanner = &self->scanner;

  memset (self->values, 0, sizeof self->values);
  if (!skip_byte (scanner, '{'))
    return FALSE;

  if (skip_byte (scanner, '}'))
    return TRUE;

  do
    {
      if (skip_spaces (scanner) != '"' || !skip_member (self))
        return FALSE;
    }
  while (skip_byte (scanner, ','));

  return skip_byte (scanner, '}');
}

/*
 * nuki_json_scan_table:
 * @text: (inout): what there is
 * @length: its length
 * @names: names of members of objects
 * @n_names: how many these are; at most %NUKI_JSON_MAX_NAMES
 *
 * Writes a list of objects in another way, in which json-glib has little to do: see nuki_json_parse_table(). Mends @text like
 * nuki_json_scan(). Whether what is written is well-formed is for json-glib to say. What is in members by other names is left out;
 * it need not be well-formed if its brackets and quotes are.
 *
 * Returns: (transfer full) (nullable): JSON; %NULL if @text is not a list of objects and nothing else, or might not be
 */
GString *
nuki_json_scan_table (char *text, gsize length, const char *const *names, guint n_names)
{
  Table self = { .scanner = { .data = text, .length = length }, .names = names, .n_names = n_names };
  g_autoptr (GString) rows = self.rows = g_string_sized_new (length);

  if (!skip_byte (&self.scanner, '['))
    return NULL;

  do
    {
      if (!skip_object (&self))
        return NULL;
      add_row (&self);
    }
  while (skip_byte (&self.scanner, ','));

  if (!skip_byte (&self.scanner, ']') || skip_spaces (&self.scanner) != '\0' || self.scanner.at != length)
    return NULL;

  g_string_append_c (rows, ']');

  return g_steal_pointer (&rows);
}
