/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-json.h"

#include <glib/gi18n-lib.h>

#include "nuki-error.h"
#include "nuki-json-text.h"

/* An answer to an error that is longer is no message for a person. */
#define MAX_ERROR_BODY_BYTES (64 * 1024)
#define MAX_ERROR_TEXT_CHARS 300

/* A text that was checked. */
struct _NukiJson
{
  GBytes *bytes; /* (owned) */
};

static void
set_malformed (GError **error)
{
  g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service cannot be understood."));
}

/* Returns: (transfer full) (nullable): the text that the error body @object has for a person; Nuki's servers have no common
 *   name for it */
static char *
find_error_text (NukiJsonObject *object)
{
  static const char *const names[] = { "detailMessage", "description", "message", "detail" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = nuki_json_object_get (object, names[i]);
      g_autofree char *text = value != NULL ? nuki_json_text_dup_string (value) : NULL;

      if (text != NULL && text[strspn (text, " \t\r\n")] != '\0')
        return g_steal_pointer (&text);
    }

  return NULL;
}

/* One line that is not too long. Something that looks like markup or data is not meant for a person. */
static char *
tidy_error_text (const char *text)
{
  g_autofree char *line = NULL;

  if (strpbrk (text, "<>{}") != NULL)
    return NULL;

  line = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_ERROR_TEXT_CHARS));
  for (char *p = line; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        *p = ' ';
    }

  return g_strstrip (g_steal_pointer (&line));
}

/* GLib wants seconds; the service takes, and so may say, a time without. */
static char *
add_seconds (const char *text)
{
  const gsize minutes_end = strlen ("2025-09-20T13:00");

  if (strlen (text) < minutes_end || text[13] != ':' || text[minutes_end] == ':')
    return NULL;

  return g_strdup_printf ("%.*s:00%s", (int) minutes_end, text, text + minutes_end);
}

/**
 * nuki_json_parse: (skip)
 * @bytes: what the service sent
 *
 * Sees whether it is JSON (RFC 8259), as it may be damaged or hostile, so that it can be read. Half an emoji in a name is read
 * as a replacement character, and a whole number that does not fit into 64 bits as one that no field takes.
 *
 * Returns: (transfer full): what can be read, or %NULL with %NUKI_ERROR_MALFORMED
 */
NukiJson *
nuki_json_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text;
  NukiJson *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (length == 0 || !nuki_json_text_check (text, length))
    {
      set_malformed (error);
      return NULL;
    }

  self = g_new0 (NukiJson, 1);
  self->bytes = g_bytes_ref (bytes);

  return self;
}

void
nuki_json_free (NukiJson *self)
{
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* private: where the value begins that is all of it; see nuki-json-text.h */
const char *
nuki_json_get_root (NukiJson *self)
{
  return nuki_json_text_get_root (g_bytes_get_data (self->bytes, NULL));
}

/**
 * nuki_json_parse_error_text:
 * @bytes: the body of an answer that reports an error
 *
 * Looks for a sentence in the shapes of error that have been seen (Java exceptions, Restlet statuses).
 *
 * Returns: (transfer full) (nullable): a line of text in the words of the service; %NULL if there is none, such as in HTML
 */
char *
nuki_json_parse_error_text (GBytes *bytes)
{
  g_autoptr (NukiJson) json = NULL;
  g_autoptr (NukiJsonObject) object = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > MAX_ERROR_BODY_BYTES)
    return NULL;

  json = nuki_json_parse (bytes, NULL);
  if (json == NULL || *nuki_json_get_root (json) != '{')
    return NULL;

  object = nuki_json_object_new ();
  nuki_json_object_fill (object, nuki_json_get_root (json));
  text = find_error_text (object);

  return text != NULL ? tidy_error_text (text) : NULL;
}

/**
 * nuki_json_parse_date:
 * @text: a date and time by ISO 8601, with or without seconds and fractions, in any zone; UTC if there is none
 *
 * Returns: (transfer full) (nullable): that moment, UTC, or %NULL if @text is no date
 */
GDateTime *
nuki_json_parse_date (const char *text)
{
  static GTimeZone *utc = NULL;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *with_seconds = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_once_init_enter (&utc))
    g_once_init_leave (&utc, g_time_zone_new_utc ());

  with_seconds = add_seconds (text);
  date = g_date_time_new_from_iso8601 (with_seconds != NULL ? with_seconds : text, utc);

  return date != NULL ? g_date_time_to_utc (date) : NULL;
}

/**
 * nuki_json_format_date:
 * @date: a moment
 *
 * Returns: (transfer full): the moment as the service writes it, in UTC with milliseconds that are none
 */
char *
nuki_json_format_date (GDateTime *date)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char *rest = NULL;

  g_return_val_if_fail (date != NULL, NULL);

  /* A year has four digits, which GLib does not fill up. */
  utc = g_date_time_to_utc (date);
  rest = g_date_time_format (utc, "-%m-%dT%H:%M:%S.000Z");
  return g_strdup_printf ("%04d%s", g_date_time_get_year (utc), rest);
}
