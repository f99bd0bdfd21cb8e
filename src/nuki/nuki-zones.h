/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GTimeZone *nuki_zones_lookup (int id);
int nuki_zones_find (GTimeZone *zone);

G_END_DECLS
