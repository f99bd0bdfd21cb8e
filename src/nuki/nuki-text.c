/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-text.h"

#include <string.h>

#define LEFT_TO_RIGHT_MARK "\u200e"
#define RIGHT_TO_LEFT_MARK "\u200f"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_ISOLATE "\u2069"

/* The blocks that Unicode has set aside for scripts from right to left (UAX #9, 3.2). */
static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe)
         || (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

static gboolean
has_right_to_left (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (is_right_to_left (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

/* The first byte after the conversion that begins at @percent. */
static const char *
skip_conversion (const char *percent)
{
  const char *at = percent + 1;

  while (*at != '\0' && !g_ascii_isalpha (*at) && *at != '%')
    at++;

  return *at != '\0' ? at + 1 : at;
}

/* The direction of the words themselves: without it, that of the first value would be taken for that of all. */
static const char *
find_direction (const char *format)
{
  const char *at = format;

  while (*at != '\0')
    {
      if (*at == '%')
        {
          at = skip_conversion (at);
          continue;
        }
      if (g_unichar_isalpha (g_utf8_get_char (at)))
        return is_right_to_left (g_utf8_get_char (at)) ? RIGHT_TO_LEFT_MARK : LEFT_TO_RIGHT_MARK;
      at = g_utf8_next_char (at);
    }

  return "";
}

/* Returns: (transfer full): @format with each %s between isolates */
static char *
isolate_values (const char *format)
{
  GString *isolated = g_string_new (find_direction (format));

  while (*format != '\0')
    {
      const char *end = *format == '%' ? skip_conversion (format) : g_utf8_next_char (format);
      const gboolean is_value = *format == '%' && end[-1] == 's';

      g_string_append (isolated, is_value ? FIRST_STRONG_ISOLATE : "");
      g_string_append_len (isolated, format, end - format);
      g_string_append (isolated, is_value ? POP_ISOLATE : "");
      format = end;
    }

  return g_string_free (isolated, FALSE);
}

/**
 * nuki_text_printf:
 * @format: a translated text, as for g_strdup_printf()
 * @...: what is put into it
 *
 * Puts names and other values into a text. If something in it is written from right to left, as a name in Hebrew or Arabic, the
 * values keep their own direction and the text keeps its one: otherwise a number after such a name would be shown before it.
 * That takes invisible characters (Unicode Standard Annex #9), which a text that goes in one direction does not get.
 *
 * Returns: (transfer full): the text
 */
char *
nuki_text_printf (const char *format, ...)
{
  g_autofree char *isolated = NULL;
  g_autofree char *plain = NULL;
  va_list values;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (values, format);
  plain = g_strdup_vprintf (format, values);
  va_end (values);
  if (!has_right_to_left (plain))
    return g_steal_pointer (&plain);

  isolated = isolate_values (format);
  va_start (values, format);
  g_free (plain);
  plain = g_strdup_vprintf (isolated, values);
  va_end (values);

  return g_steal_pointer (&plain);
}
