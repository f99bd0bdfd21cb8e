/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-languages.h"

#include <glib/gi18n-lib.h>
#include <nuki-user.h>
#include <string.h>

#define FALLBACK "en"

static const struct
{
  const char *code;
  const char *name;
} names[] = {
  /* Translators: a language. */ { "cs", N_ ("Czech") },
  /* Translators: a language. */ { "de", N_ ("German") },
  /* Translators: a language. */ { "en", N_ ("English") },
  /* Translators: a language. */ { "es", N_ ("Spanish") },
  /* Translators: a language. */ { "fr", N_ ("French") },
  /* Translators: a language. */ { "it", N_ ("Italian") },
  /* Translators: a language. */ { "nl", N_ ("Dutch") },
  /* Translators: a language. */ { "pl", N_ ("Polish") },
  /* Translators: a language. */ { "sk", N_ ("Slovak") },
};

static const char *
find_name (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].code, code))
      return _ (names[i].name);

  return code;
}

/* The code in the service's list that @locale, such as “de_AT.UTF-8”, is written in. */
static const char *
find_supported (const char *locale)
{
  const char *const *codes = nuki_user_list_languages ();

  for (gsize i = 0; codes[i] != NULL; i++)
    {
      gsize length = strlen (codes[i]);

      if (strncmp (locale, codes[i], length) == 0 && !g_ascii_isalpha (locale[length]))
        return codes[i];
    }

  return NULL;
}

/**
 * hk_languages_new_model:
 *
 * Returns: (transfer full): the names of the languages in which the service writes invitations, in the order of
 *   nuki_user_list_languages()
 */
GListModel *
hk_languages_new_model (void)
{
  GtkStringList *model = gtk_string_list_new (NULL);
  const char *const *codes = nuki_user_list_languages ();

  for (gsize i = 0; codes[i] != NULL; i++)
    gtk_string_list_append (model, find_name (codes[i]));

  return G_LIST_MODEL (model);
}

/**
 * hk_languages_get_code:
 * @position: a position in hk_languages_new_model()
 *
 * Returns: (transfer none): the ISO 639-1 code of that language; that of English for a position beyond the list
 */
const char *
hk_languages_get_code (guint position)
{
  const char *const *codes = nuki_user_list_languages ();

  return position < g_strv_length ((char **) codes) ? codes[position] : FALLBACK;
}

/**
 * hk_languages_find:
 * @code: (nullable): an ISO 639-1 code
 *
 * Returns: its position in hk_languages_new_model(), that of English if it is not there
 */
guint
hk_languages_find (const char *code)
{
  const char *const *codes = nuki_user_list_languages ();
  guint fallback = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (g_strcmp0 (codes[i], code) == 0)
        return i;
      if (g_str_equal (codes[i], FALLBACK))
        fallback = i;
    }

  return fallback;
}

/**
 * hk_languages_get_default:
 *
 * Returns: (transfer none): the code of the language that an invitation to a new person is written in unless the user
 *   chooses another: that of the settings, else that of the desktop, else English
 */
const char *
hk_languages_get_default (void)
{
  g_autoptr (GSettings) settings = g_settings_new (HK_APPLICATION_ID);
  g_autofree char *wanted = g_settings_get_string (settings, "invitation-language");
  const char *const *locales = g_get_language_names ();
  const char *found = find_supported (wanted);

  for (gsize i = 0; found == NULL && locales[i] != NULL; i++)
    found = find_supported (locales[i]);

  return found != NULL ? found : FALLBACK;
}

/**
 * hk_languages_get_name:
 * @code: (nullable): an ISO 639-1 code
 *
 * Returns: (transfer none) (nullable): the name of the language; @code itself if it is not known
 */
const char *
hk_languages_get_name (const char *code)
{
  return code != NULL ? find_name (code) : NULL;
}
