/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What GET /smartlock and GET /smartlock/{id} may answer. */

#include <nuki-json.h>
#include <nuki-lock-text.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NukiJson) json = fuzz_parse (data, size);
  g_autoptr (GPtrArray) locks = NULL;
  g_autoptr (NukiLock) lock = NULL;

  if (json == NULL)
    return 0;

  locks = nuki_json_read_locks (json, NULL);
  fuzz_look_at_all (locks);
  lock = nuki_json_read_lock (json, NULL);
  if (lock != NULL)
    fuzz_look_at (lock);

  return 0;
}
