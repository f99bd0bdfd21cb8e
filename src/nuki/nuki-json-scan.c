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
} Scanner;

/* What is wanted of an object, and where it was found. */
typedef struct
{
  const char *const *names;
  guint n_names;
  struct
  {
    gsize start;
    gsize length; /* 0 if there is none */
  } values[NUKI_JSON_MAX_NAMES];
} Members;

static gboolean skip_value (Scanner *scanner);

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
  if (scanner->at == scanner->length)
    return FALSE;

  scanner->at++;
  return TRUE;
}

/* Returns: whether there is one at least */
static gboolean
skip_digits (Scanner *scanner)
{
  const gsize start = scanner->at;

  while (scanner->at < scanner->length && g_ascii_isdigit (scanner->data[scanner->at]))
    scanner->at++;

  return scanner->at > start;
}

static gboolean
skip_one_of (Scanner *scanner, char a, char b)
{
  if (scanner->at == scanner->length || (scanner->data[scanner->at] != a && scanner->data[scanner->at] != b))
    return FALSE;

  scanner->at++;
  return TRUE;
}

static gboolean
skip_number (Scanner *scanner)
{
  const gsize start = scanner->at;
  gsize end;

  skip_one_of (scanner, '-', '-');
  if (!skip_one_of (scanner, '0', '0') && !skip_digits (scanner))
    return FALSE;

  end = scanner->at;
  if (skip_one_of (scanner, '.', '.') && !skip_digits (scanner))
    return FALSE;
  if (skip_one_of (scanner, 'e', 'E'))
    {
      skip_one_of (scanner, '+', '-');
      if (!skip_digits (scanner))
        return FALSE;
    }

  /* Something that everybody sees is out of range. */
  if (scanner->at == end && end - start > MAX_INTEGER_DIGITS + 1)
    {
      memset (scanner->data + start, ' ', end - start);
      memcpy (scanner->data + start, "9e99", strlen ("9e99"));
    }

  return TRUE;
}

static gboolean
skip_word (Scanner *scanner, const char *word)
{
  const gsize length = strlen (word);

  if (scanner->length - scanner->at < length || memcmp (scanner->data + scanner->at, word, length) != 0)
    return FALSE;

  scanner->at += length;
  return TRUE;
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

static gboolean
skip_byte (Scanner *scanner, char byte)
{
  if (skip_spaces (scanner) != byte)
    return FALSE;

  scanner->at++;
  return TRUE;
}

/* @name, @name_end: where its name is; what belongs to that ends where @scanner is. What is left out is seen by nobody after this.
 * Returns: %FALSE if the name may be any, as there is an escape in it, if it comes twice, or if the text is not UTF-8 */
static gboolean
take_value (Members *self, Scanner *scanner, gsize name, gsize name_end, gsize start)
{
  const char *text = scanner->data + name;
  const gsize length = name_end - name;
  guint i = 0;

  while (i < self->n_names && (*text != *self->names[i] || strlen (self->names[i]) != length ||
                               memcmp (text, self->names[i], length) != 0))
    i++;
  if (i == self->n_names)
    return memchr (text, '\\', length) == NULL && g_utf8_validate_len (text, scanner->at - name, NULL);

  if (self->values[i].length > 0)
    return FALSE;

  self->values[i].start = start;
  self->values[i].length = scanner->at - start;
  return TRUE;
}

static gboolean
skip_member (Scanner *scanner, Members *members)
{
  gsize name, name_end, start;

  if (skip_spaces (scanner) != '"')
    return FALSE;

  name = scanner->at + 1;
  if (!skip_string (scanner))
    return FALSE;

  name_end = scanner->at - 1;
  if (!skip_byte (scanner, ':'))
    return FALSE;

  skip_spaces (scanner);
  start = scanner->at;
  if (!skip_value (scanner))
    return FALSE;

  return members == NULL || take_value (members, scanner, name, name_end, start);
}

/* @members: (nullable): what is wanted of it */
static gboolean
skip_object (Scanner *scanner, Members *members)
{
  if (!skip_byte (scanner, '{'))
    return FALSE;

  if (skip_byte (scanner, '}'))
    return TRUE;

  do
    {
      if (!skip_member (scanner, members))
        return FALSE;
    }
  while (skip_byte (scanner, ','));

  return skip_byte (scanner, '}');
}

static gboolean
skip_array (Scanner *scanner)
{
  scanner->at++;
  if (skip_byte (scanner, ']'))
    return TRUE;

  do
    {
      if (!skip_value (scanner))
        return FALSE;
    }
  while (skip_byte (scanner, ','));

  return skip_byte (scanner, ']');
}

static gboolean
skip_brackets (Scanner *scanner, char first)
{
  gboolean is_well_formed;

  if (scanner->depth == MAX_DEPTH)
    return FALSE;

  scanner->depth++;
  is_well_formed = first == '{' ? skip_object (scanner, NULL) : skip_array (scanner);
  scanner->depth--;

  return is_well_formed;
}

/* Goes over a value with all that is in it. */
static gboolean
skip_value (Scanner *scanner)
{
  const char first = skip_spaces (scanner);

  switch (first)
    {
    case '"':
      return skip_string (scanner);
    case '[':
    case '{':
      return skip_brackets (scanner, first);
    case 't':
      return skip_word (scanner, "true");
    case 'f':
      return skip_word (scanner, "false");
    case 'n':
      return skip_word (scanner, "null");
    default:
      return skip_number (scanner);
    }
}

static gboolean
is_at_end (Scanner *scanner)
{
  return skip_spaces (scanner) == '\0' && scanner->at == scanner->length;
}

/*
 * nuki_json_scan:
 * @text: (inout): what there is
 * @length: its length
 *
 * Mends in place what json-glib cannot read but the service may well write, and sees that there is nothing but JSON (RFC 8259):
 * json-glib would also take comments, variables and apostrophes, and a second document behind the first.
 *
 * Returns: whether it is well-formed, except that json-glib has to see that its texts are UTF-8
 */
gboolean
nuki_json_scan (char *text, gsize length)
{
  Scanner scanner = { .data = text, .length = length };

  return skip_value (&scanner) && is_at_end (&scanner);
}

static void
add_row (GString *rows, Scanner *scanner, const Members *members)
{
  guint present = 0;

  for (guint i = 0; i < members->n_names; i++)
    if (members->values[i].length > 0)
      present |= 1u << i;

  g_string_append_printf (rows, "%c[%u", rows->len > 0 ? ',' : '[', present);
  for (guint i = 0; i < members->n_names; i++)
    if (members->values[i].length > 0)
      {
        g_string_append_c (rows, ',');
        g_string_append_len (rows, scanner->data + members->values[i].start, (gssize) members->values[i].length);
      }
  g_string_append_c (rows, ']');
}

/*
 * nuki_json_scan_table:
 * @text: (inout): what there is
 * @length: its length
 * @names: names of members of objects
 * @n_names: how many these are; at most %NUKI_JSON_MAX_NAMES
 *
 * Writes a list of objects in another way, in which json-glib has little to do: see nuki_json_parse_table(). Mends @text like
 * nuki_json_scan(). What is in members by other names is left out.
 *
 * Returns: (transfer full) (nullable): JSON; %NULL if @text is not a list of objects and nothing else, or might not be
 */
GString *
nuki_json_scan_table (char *text, gsize length, const char *const *names, guint n_names)
{
  /* Within the list, and an object in it. */
  Scanner scanner = { .data = text, .length = length, .depth = 2 };
  Members members = { .names = names, .n_names = n_names };
  g_autoptr (GString) rows = NULL;

  if (!skip_byte (&scanner, '['))
    return NULL;

  rows = g_string_sized_new (length);
  do
    {
      memset (members.values, 0, sizeof members.values);
      if (!skip_object (&scanner, &members))
        return NULL;
      add_row (rows, &scanner, &members);
    }
  while (skip_byte (&scanner, ','));

  if (!skip_byte (&scanner, ']') || !is_at_end (&scanner))
    return NULL;

  g_string_append_c (rows, ']');

  return g_steal_pointer (&rows);
}
