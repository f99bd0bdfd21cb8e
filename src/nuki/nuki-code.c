/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-code.h"

#include <glib/gi18n-lib.h>
#include <sys/random.h>

#include "nuki-error.h"

#define CODE_DIGITS 6

/* Codes of six digits from 1 to 9: 9 to the sixth power. */
#define N_CODES 531441

/* The code with number @index among those of six digits 1 to 9. */
static int
get_nth_code (int index)
{
  int code = 0;

  for (int i = 0, place = 1; i < CODE_DIGITS; i++, place *= 10)
    {
      code += (index % 9 + 1) * place;
      index /= 9;
    }

  return code;
}

/* A code opens a door, so it must not be guessable from earlier ones. */
static int
draw_index (void)
{
  guint32 number;

  if (getrandom (&number, sizeof number, 0) != sizeof number)
    number = g_random_int ();

  return (int) (number % N_CODES);
}

/**
 * nuki_code_is_valid:
 * @code: a keypad code
 *
 * Nuki Web API PDF 1.5.3, page 28: exactly six digits from 1 to 9, not beginning with 12.
 *
 * Returns: %TRUE if a keypad takes the code
 */
gboolean
nuki_code_is_valid (int code)
{
  if (code < 111111 || code > 999999 || code / 10000 == 12)
    return FALSE;

  for (int rest = code; rest > 0; rest /= 10)
    {
      if (rest % 10 == 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * nuki_code_parse:
 * @text: what was typed; spaces around it do not count
 * @code: (out): the code
 *
 * Reads a keypad code and says what is wrong with it.
 *
 * Returns: %TRUE, or %FALSE with %NUKI_ERROR_INVALID and a translated sentence that names the broken rule
 */
gboolean
nuki_code_parse (const char *text, int *code, GError **error)
{
  g_autofree char *digits = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  digits = g_strstrip (g_strdup (text));
  if (strspn (digits, "0123456789") != CODE_DIGITS || digits[CODE_DIGITS] != '\0')
    {
      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID, _ ("A code has exactly 6 digits."));
      return FALSE;
    }
  if (strchr (digits, '0') != NULL)
    {
      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID, _ ("A code has no 0: keypads have no such key."));
      return FALSE;
    }
  if (g_str_has_prefix (digits, "12"))
    {
      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID, _ ("A code cannot begin with 12."));
      return FALSE;
    }

  *code = (int) g_ascii_strtoll (digits, NULL, 10);
  return TRUE;
}

/**
 * nuki_code_generate:
 * @taken: (nullable) (element-type int int): a set of codes, as GINT_TO_POINTER(), that are in use
 *
 * Makes a random code that keeps the rules and is not in @taken.
 *
 * Returns: the code, or 0 if all are taken
 */
int
nuki_code_generate (GHashTable *taken)
{
  int start = draw_index ();

  for (int i = 0; i < N_CODES; i++)
    {
      /* Stepping by a number without a common factor with N_CODES meets every code once, and neighbours of a forbidden
       * range are not drawn more often than others by much. */
      int code = get_nth_code ((int) ((start + (gint64) i * 314159) % N_CODES));

      if (nuki_code_is_valid (code) && (taken == NULL || !g_hash_table_contains (taken, GINT_TO_POINTER (code))))
        return code;
    }

  return 0;
}
