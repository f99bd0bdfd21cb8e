/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-time-text.h"

#include <string.h>

typedef enum
{
  HALF_NONE,
  HALF_MORNING,
  HALF_AFTERNOON,
} Half;

/* Cuts “am”, “p.m.” and the like off the end of @text, which is lower case. */
static Half
cut_half (char *text)
{
  static const struct
  {
    const char *suffix;
    Half half;
  } halves[] = {
    { "a.m.", HALF_MORNING }, { "am", HALF_MORNING }, { "p.m.", HALF_AFTERNOON }, { "pm", HALF_AFTERNOON },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    if (g_str_has_suffix (text, halves[i].suffix))
      {
        text[strlen (text) - strlen (halves[i].suffix)] = '\0';
        g_strchomp (text);
        return halves[i].half;
      }

  return HALF_NONE;
}

/* Reads exactly @n digits. */
static gboolean
read_digits (const char *text, gsize n, int *value)
{
  *value = 0;
  for (gsize i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }

  return TRUE;
}

/* Splits “9”, “9:00”, “9.00”, “9h00”, “900” and “0900” into hours and minutes. */
static gboolean
split (const char *text, int *hours, int *minutes)
{
  gsize length = strlen (text);
  gsize n_hours = strspn (text, "0123456789");

  *minutes = 0;
  if (n_hours == length && length >= 3 && length <= 4)
    return read_digits (text, length - 2, hours) && read_digits (text + length - 2, 2, minutes);
  if (n_hours < 1 || n_hours > 2 || !read_digits (text, n_hours, hours))
    return FALSE;
  if (n_hours == length)
    return TRUE;
  if (strchr (":.h", text[n_hours]) == NULL)
    return FALSE;

  return length == n_hours + 3 && read_digits (text + n_hours + 1, 2, minutes);
}

/**
 * hk_time_text_parse:
 * @text: (nullable): what somebody typed as a time of day
 * @minutes: (out): minutes since midnight, 0 to %HK_TIME_END_OF_DAY
 *
 * Reads a time generously: “9”, “9:00”, “09.00”, “0900”, “9 am” and “24:00” are all times.
 *
 * Returns: whether @text is a time; @minutes is untouched otherwise
 */
gboolean
hk_time_text_parse (const char *text, int *minutes)
{
  g_autofree char *lower = NULL;
  int hour;
  int minute;
  Half half;

  g_return_val_if_fail (minutes != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  lower = g_ascii_strdown (text, -1);
  g_strstrip (lower);
  half = cut_half (lower);
  if (!split (lower, &hour, &minute) || minute > 59)
    return FALSE;
  if (half != HALF_NONE)
    {
      if (hour < 1 || hour > 12)
        return FALSE;
      hour = hour % 12 + (half == HALF_AFTERNOON ? 12 : 0);
    }
  if (hour * 60 + minute > HK_TIME_END_OF_DAY)
    return FALSE;
  *minutes = hour * 60 + minute;

  return TRUE;
}
