/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-zones.h"

/* Nuki's own table; `config.timezoneId` is the position in it. */
static const char *const zones[] = {
  "Africa/Cairo", "Africa/Lagos", "Africa/Maputo", "Africa/Nairobi", "America/Anchorage",
  "America/Argentina/Buenos_Aires", "America/Chicago", "America/Denver", "America/Halifax",
  "America/Los_Angeles", "America/Manaus", "America/Mexico_City", "America/New_York", "America/Phoenix",
  "America/Regina", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Asia/Bangkok", "Asia/Dubai",
  "Asia/Hong_Kong", "Asia/Jerusalem", "Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Riyadh",
  "Asia/Seoul", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Asia/Yangon", "Australia/Adelaide",
  "Australia/Brisbane", "Australia/Darwin", "Australia/Hobart", "Australia/Perth", "Australia/Sydney",
  "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Europe/London", "Europe/Moscow", "Pacific/Auckland",
  "Pacific/Guam", "Pacific/Honolulu", "Pacific/Pago_Pago",
};

/**
 * nuki_zones_lookup:
 * @id: `config.timezoneId` of a lock; 65535 means that none is set
 *
 * Returns: (transfer full) (nullable): that time zone, or %NULL if there is none or this computer does not know it
 */
GTimeZone *
nuki_zones_lookup (int id)
{
  if (id < 0 || id >= (int) G_N_ELEMENTS (zones))
    return NULL;

  return g_time_zone_new_identifier (zones[id]);
}

/**
 * nuki_zones_find:
 * @zone: a time zone
 *
 * Returns: its `config.timezoneId`, or -1 if it is none of Nuki's
 */
int
nuki_zones_find (GTimeZone *zone)
{
  const char *name = g_time_zone_get_identifier (zone);

  for (int id = 0; id < (int) G_N_ELEMENTS (zones); id++)
    if (g_str_equal (zones[id], name))
      return id;

  return -1;
}
