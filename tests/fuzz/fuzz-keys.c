/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What GET /smartlock/auth and GET /smartlock/{id}/auth/{id} may answer, and what becomes of it when it is sent back. */

#include <nuki-json.h>

#include "fuzz.h"

static void
look_at_limits (NukiLimits *limits)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (1772445600);
  g_autoptr (GDateTime) opening = nuki_limits_next_opening (limits, now, zone);
  g_autofree char *text = nuki_limits_describe (limits, zone, now);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  /* Nothing opens that is open, and what opens is open then. */
  if (opening != NULL)
    g_assert_true (nuki_limits_allows_at (limits, opening, zone));
  g_assert_true (nuki_limits_equal (limits, limits));
  g_assert_false (nuki_limits_is_wider (limits, limits));
}

/* An update sends the whole record back. */
static void
send_back (NukiKey *key)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new_from_key (key);
  g_autoptr (JsonNode) update = nuki_json_build_key_update (spec);
  g_autofree char *text = json_to_string (update, FALSE);

  look_at_limits (spec->limits);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* A long list is read in a way of its own: the same is damaged there, and the same is read. */
static void
compare_with_long_list (NukiJson *json, GPtrArray *keys, const uint8_t *data, size_t size)
{
  g_autofree char *text = g_memdup2 (data, size);
  g_autoptr (GPtrArray) some = nuki_json_read_some_keys (text, size, NULL);
  guint n_same = 0;

  fuzz_look_at_all (some);
  g_assert_cmpint (some != NULL, ==, json != NULL && nuki_json_count (json) > 0);
  if (keys == NULL)
    return;

  for (guint i = 0; some != NULL && i < some->len && n_same < keys->len; i++)
    {
      NukiKey *key = g_ptr_array_index (keys, n_same), *other = g_ptr_array_index (some, i);

      if (g_str_equal (nuki_key_get_id (key), nuki_key_get_id (other)))
        {
          g_assert_false (nuki_key_assign (key, other));
          n_same++;
        }
    }
  g_assert_cmpuint (n_same, ==, keys->len);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (NukiJson) json = fuzz_parse (data, size);
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (NukiKey) key = NULL;

  keys = json != NULL ? nuki_json_read_keys (json, NULL) : NULL;
  fuzz_look_at_all (keys);
  compare_with_long_list (json, keys, data, size);
  if (json == NULL)
    return 0;

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    send_back (g_ptr_array_index (keys, i));
  key = nuki_json_read_key (json, NULL);
  if (key != NULL)
    {
      fuzz_look_at (key);
      send_back (key);
    }

  return 0;
}
