/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So long the pieces at least are in which a long array is parsed: the tree that json-glib makes of one is ten times as large. */
#define NUKI_JSON_PIECE_BYTES (32 * 1024)

/*
 * NukiJsonCut:
 * @at: so far the text has been looked at
 * @start: where the next piece begins; behind its comma
 * @depth: in how many brackets that is
 * @in_array: the outermost is that of an array
 * @in_string: within quotes
 * @escaped: behind a backslash
 *
 * How far a text has been cut; zeros to begin with.
 */
typedef struct
{
  gsize at;
  gsize start;
  guint depth;
  gboolean in_array;
  gboolean in_string;
  gboolean escaped;
} NukiJsonCut;

char *nuki_json_cut (NukiJsonCut *self, const char *text, gsize length, gboolean is_all, gsize piece_bytes,
                     gsize *piece_length);

G_END_DECLS
