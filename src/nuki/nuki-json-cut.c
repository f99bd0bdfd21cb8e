/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts a long array into several, perhaps while the rest of it is on its way. */

#include "nuki-json-cut.h"

#include <string.h>

/* Goes on behind the quotes, or to the end. */
static void
skip_string (NukiJsonCut *self, const char *text, gsize length)
{
  gsize at = self->at;

  for (; at < length && (self->escaped || text[at] != '"'); at++)
    self->escaped = !self->escaped && text[at] == '\\';
  self->in_string = at == length;
  self->at = MIN (at + 1, length);
}

/* Goes on to the next comma between two elements of the array that is not nearer than @nearest, or to the end.
 * Returns: whether there is one */
static gboolean
find_comma (NukiJsonCut *self, const char *text, gsize length, gsize nearest)
{
  while (self->at < length)
    {
      const char byte = text[self->at];

      if (byte == ',' && self->depth == 1 && self->in_array && self->at >= nearest)
        return TRUE;

      self->at++;
      if (byte == '"')
        skip_string (self, text, length);
      else if ((byte == '[' || byte == '{') && self->depth++ == 0)
        self->in_array = byte == '[';
      else if (byte == ']' || byte == '}')
        self->depth--;
    }

  return FALSE;
}

/* Makes an array of what is between two commas. */
static char *
copy_piece (const char *start, gsize length, gboolean is_first, gboolean is_last, gsize *piece_length)
{
  char *piece = g_malloc (length + 2), *p = piece;

  if (!is_first)
    *p++ = '[';
  memcpy (p, start, length);
  p += length;
  if (!is_last)
    *p++ = ']';
  *piece_length = (gsize) (p - piece);

  return piece;
}

/*
 * nuki_json_cut:
 * @text: what there is of the text, from its beginning on
 * @length: its length
 * @is_all: there is no more
 * @piece_bytes: how long a piece at least is
 * @piece_length: (out): the length of the piece
 *
 * Takes the next piece. If each of them is an array with something in it, so is all of @text, with that in it, whatever else is
 * wrong with it; what is no array is one piece.
 *
 * Returns: (transfer full) (nullable): it; %NULL if it is not there yet, or there is no more
 */
char *
nuki_json_cut (NukiJsonCut *self, const char *text, gsize length, gboolean is_all, gsize piece_bytes, gsize *piece_length)
{
  const gsize start = self->start;

  if (length == 0)
    return NULL;
  if (self->in_string)
    skip_string (self, text, length);
  if (find_comma (self, text, length, start + piece_bytes))
    {
      self->start = ++self->at;
      return copy_piece (text + start, self->at - 1 - start, start == 0, FALSE, piece_length);
    }
  if (!is_all || start > length)
    return NULL;

  /* The last one; there is none behind it. */
  self->start = length + 1;
  return copy_piece (text + start, length - start, start == 0, TRUE, piece_length);
}
