/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A date as the service writes it. */

#include <nuki-json.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GDateTime) again = NULL;

  fuzz_be_strict ();
  date = nuki_json_parse_date (text);
  if (date == NULL)
    return 0;

  /* What is written can be read, to the second. */
  written = nuki_json_format_date (date);
  again = nuki_json_parse_date (written);
  g_assert_nonnull (again);
  g_assert_cmpint (g_date_time_to_unix (again), ==, g_date_time_to_unix (date));

  return 0;
}
