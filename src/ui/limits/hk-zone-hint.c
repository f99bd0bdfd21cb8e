/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-zone-hint.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>
#include <string.h>

#define WEEKS_AHEAD 104

static gboolean
agree_at (GTimeZone *a, GTimeZone *b, gint64 time)
{
  int interval_a = g_time_zone_find_interval (a, G_TIME_TYPE_UNIVERSAL, time);
  int interval_b = g_time_zone_find_interval (b, G_TIME_TYPE_UNIVERSAL, time);

  return g_time_zone_get_offset (a, interval_a) == g_time_zone_get_offset (b, interval_b);
}

/* Whether the clocks of two zones show the same for as long as people plan ahead: Berlin and Vienna differ in name only. */
static gboolean
agree (GTimeZone *a, GTimeZone *b, GDateTime *now)
{
  gint64 time = g_date_time_to_unix (now);

  if (g_str_equal (g_time_zone_get_identifier (a), g_time_zone_get_identifier (b)))
    return TRUE;

  for (int week = 0; week < WEEKS_AHEAD; week++)
    if (!agree_at (a, b, time + week * (gint64) (7 * 24 * 60 * 60)))
      return FALSE;

  return TRUE;
}

/* “America/New_York” is New York to a person. */
static char *
name_zone (GTimeZone *zone)
{
  const char *identifier = g_time_zone_get_identifier (zone);
  const char *slash = strrchr (identifier, '/');
  char *name = g_strdup (slash != NULL ? slash + 1 : identifier);

  return g_strdelimit (name, "_", ' ');
}

/**
 * hk_zone_hint:
 * @zones: (array length=n_zones) (element-type GTimeZone) (nullable): the zones of the locks, %NULL for a lock whose zone is
 *   not known; dates are read by the first
 * @computer: the zone of the computer
 * @now: the time from which on zones are compared
 *
 * Says whose time a form with limits speaks of.
 *
 * Returns: (transfer full) (nullable): a translated sentence, or %NULL if it is the time the user lives by
 */
char *
hk_zone_hint (GTimeZone *const *zones, guint n_zones, GTimeZone *computer, GDateTime *now)
{
  g_autofree char *name = NULL;
  gboolean several = FALSE;

  g_return_val_if_fail (zones != NULL || n_zones == 0, NULL);
  g_return_val_if_fail (computer != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (n_zones == 0)
    return NULL;
  for (guint i = 0; i < n_zones; i++)
    if (zones[i] == NULL)
      return g_strdup (_ ("The time zone of the lock is not known; dates are read by this computer’s clock, hours by the "
                          "lock’s."));

  for (guint i = 1; i < n_zones; i++)
    several = several || !agree (zones[0], zones[i], now);
  name = name_zone (zones[0]);
  if (several)
    /* Translators: %s is a city that stands for its time zone */
    return nuki_text_printf (_ ("The locks are in different time zones. Days and hours go by each lock’s own clock, dates by "
                                "the time in %s."),
                             name);
  if (agree (zones[0], computer, now))
    return NULL;

  /* Translators: %s is a city that stands for its time zone */
  return nuki_text_printf (_ ("All times are those of the lock: the time in %s."), name);
}
