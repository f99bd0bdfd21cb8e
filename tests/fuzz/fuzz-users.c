/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What GET /account/user and PUT /account/user may answer. */

#include <nuki-json.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NukiJson) json = fuzz_parse (data, size);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (NukiUser) user = NULL;

  if (json == NULL)
    return 0;

  users = nuki_json_read_users (json, NULL);
  fuzz_look_at_all (users);
  user = nuki_json_read_user (json, NULL);
  if (user != NULL)
    fuzz_look_at (user);

  return 0;
}
