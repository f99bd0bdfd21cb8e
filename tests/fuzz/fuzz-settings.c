/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may stand in the settings: the one text in them, and a whole file of them. */

#include <form/hk-languages.h>

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <nuki-user.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#define SCHEMA "io.github.housekeys.Housekeys"

static void
use_language (const char *text)
{
  g_autoptr (GSettings) settings = g_settings_new (SCHEMA);
  const char *code;

  g_settings_set_string (settings, "invitation-language", text);
  code = hk_languages_get_default ();
  g_assert_true (g_strv_contains (nuki_user_list_languages (), code));
  g_assert_cmpstr (hk_languages_get_code (hk_languages_find (code)), ==, code);
  g_assert_nonnull (hk_languages_get_name (text));
  g_settings_reset (settings, "invitation-language");
}

/* Values that make no sense are those of the schema. */
static void
use_file (const char *text, size_t size)
{
  static char *path;
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *language = NULL;

  if (path == NULL)
    path = g_strdup_printf ("%s/fuzz-settings-%d", g_get_tmp_dir (), (int) getpid ());
  g_assert_true (g_file_set_contents_full (path, text, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  backend = g_keyfile_settings_backend_new (path, "/", NULL);
  settings = g_settings_new_with_backend (SCHEMA, backend);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), >, 0);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), >, 0);
  g_settings_get_boolean (settings, "window-maximized");
  g_settings_get_boolean (settings, "show-infrastructure");
  language = g_settings_get_string (settings, "invitation-language");
  g_assert_true (g_utf8_validate (language, -1, NULL));
  g_unlink (path);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);

  if (g_utf8_validate (text, -1, NULL))
    use_language (text);
  /* Files are slow, and have a heading. */
  if (strchr (text, '[') != NULL)
    use_file ((const char *) data, size);

  return 0;
}
