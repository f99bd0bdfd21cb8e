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

/* Whether it is a letter of "true", "false" or "null". */
static gboolean
is_of_word (char byte)
{
  return byte != '\0' && strchr ("truefalsn", byte) != NULL;
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
      return is_of_word (scanner->data[scanner->at++]);
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

  while (scanner.at < length)
    {
      char byte = text[scanner.at];

      if (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n')
        {
          scanner.at++;
          continue;
        }
      if (scanner.has_root || !skip (&scanner))
        return FALSE;

      scanner.has_root = scanner.depth == 0 && (byte == '"' || byte == ']' || byte == '}');
    }

  return scanner.depth == 0;
}
