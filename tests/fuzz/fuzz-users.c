/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What GET /account/user and PUT /account/user may answer. */

#include <nuki-json.h>

#include "fuzz.h"

/* Piece by piece, the same is read. */
static void
compare_pieces (const uint8_t *data, size_t size, GPtrArray *users)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (NukiJson) json = nuki_json_parse_pieces (bytes, 1, NULL);
  g_autoptr (GPtrArray) in_pieces = json != NULL ? nuki_json_read_users (json, NULL) : NULL;

  g_assert_cmpint (in_pieces != NULL, ==, users != NULL);
  g_assert_cmpuint (in_pieces != NULL ? in_pieces->len : 0, ==, users != NULL ? users->len : 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NukiJson) json = fuzz_parse (data, size);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (NukiUser) user = NULL;

  users = json != NULL ? nuki_json_read_users (json, NULL) : NULL;
  compare_pieces (data, size, users);
  if (json == NULL)
    return 0;

  fuzz_look_at_all (users);
  user = nuki_json_read_user (json, NULL);
  if (user != NULL)
    fuzz_look_at (user);

  return 0;
}
