/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list that is read piece by piece, as long ones are, is read as it would be at once. */

#include <nuki-json.h>

#include "fuzz.h"

static GPtrArray *
read_keys (GBytes *text, gsize piece_bytes)
{
  g_autoptr (NukiJson) json = nuki_json_parse_pieces (text, piece_bytes, NULL);

  return json != NULL ? nuki_json_read_keys (json, NULL) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const gsize pieces[] = { 1, 20, 300 };
  g_autoptr (GBytes) text = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) whole = NULL;

  fuzz_be_strict ();
  whole = read_keys (text, G_MAXSIZE);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GPtrArray) keys = read_keys (text, pieces[i]);

      g_assert_cmpint (keys != NULL, ==, whole != NULL);
      g_assert_cmpuint (keys != NULL ? keys->len : 0, ==, whole != NULL ? whole->len : 0);
      for (guint j = 0; keys != NULL && j < keys->len; j++)
        g_assert_cmpstr (nuki_key_get_id (g_ptr_array_index (keys, j)), ==, nuki_key_get_id (g_ptr_array_index (whole, j)));
    }

  return 0;
}
