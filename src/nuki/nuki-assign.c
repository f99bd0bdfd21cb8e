/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-assign.h"

/**
 * nuki_assign_int:
 * @field: where the value goes
 * @value: the value
 *
 * Returns: %TRUE if @field was another value
 */
gboolean
nuki_assign_int (int *field, int value)
{
  if (*field == value)
    return FALSE;

  *field = value;
  return TRUE;
}

/**
 * nuki_assign_string:
 * @field: (inout): where a copy of the text goes
 * @value: (nullable): the text
 *
 * Returns: %TRUE if @field was another text
 */
gboolean
nuki_assign_string (char **field, const char *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

/**
 * nuki_same_date:
 * @a: (nullable): a date
 * @b: (nullable): another
 *
 * Returns: whether both are the same moment, or none
 */
gboolean
nuki_same_date (GDateTime *a, GDateTime *b)
{
  return a == b || (a != NULL && b != NULL && g_date_time_equal (a, b));
}

/**
 * nuki_assign_date:
 * @field: (inout): where a reference to the date goes
 * @value: (nullable): the date
 *
 * Returns: %TRUE if @field was another moment
 */
gboolean
nuki_assign_date (GDateTime **field, GDateTime *value)
{
  if (nuki_same_date (*field, value))
    return FALSE;

  g_clear_pointer (field, g_date_time_unref);
  if (value != NULL)
    *field = g_date_time_ref (value);
  return TRUE;
}

/**
 * nuki_assign_limits:
 * @field: (inout): where a reference to the limits goes
 * @value: the limits
 *
 * Returns: %TRUE if @field was other limits
 */
gboolean
nuki_assign_limits (NukiLimits **field, NukiLimits *value)
{
  if (nuki_limits_equal (*field, value))
    return FALSE;

  nuki_limits_unref (*field);
  *field = nuki_limits_ref (value);
  return TRUE;
}

/**
 * nuki_assign_zone:
 * @field: (inout): where a reference to the time zone goes
 * @value: the time zone
 *
 * Returns: %TRUE if @field was another time zone
 */
gboolean
nuki_assign_zone (GTimeZone **field, GTimeZone *value)
{
  if (g_strcmp0 (g_time_zone_get_identifier (*field), g_time_zone_get_identifier (value)) == 0)
    return FALSE;

  g_time_zone_unref (*field);
  *field = g_time_zone_ref (value);
  return TRUE;
}
