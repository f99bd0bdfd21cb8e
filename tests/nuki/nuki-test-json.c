/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-json.h"

/* (transfer full): an example body of the Nuki Web API */
GBytes *
load_example (const char *name)
{
  g_autofree char *path = g_build_filename (EXAMPLES_DIR, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, length);
}

/* (transfer full): what must be JSON */
NukiJson *
parse_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  NukiJson *json = nuki_json_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);

  return json;
}

/* (transfer full): what must be a key */
NukiKey *
read_key_text (const char *text)
{
  g_autoptr (NukiJson) json = parse_text (text);
  g_autoptr (GError) error = NULL;
  NukiKey *key = nuki_json_read_key (json, &error);

  g_assert_no_error (error);
  return key;
}

/* (transfer full): what must be a lock */
NukiLock *
read_lock_text (const char *text)
{
  g_autoptr (NukiJson) json = parse_text (text);
  g_autoptr (GError) error = NULL;
  NukiLock *lock = nuki_json_read_lock (json, &error);

  g_assert_no_error (error);
  return lock;
}

/* (transfer full): what must be a person */
NukiUser *
read_user_text (const char *text)
{
  g_autoptr (NukiJson) json = parse_text (text);
  g_autoptr (GError) error = NULL;
  NukiUser *user = nuki_json_read_user (json, &error);

  g_assert_no_error (error);
  return user;
}
