/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *hk_zone_hint (GTimeZone *const *zones, guint n_zones, GTimeZone *computer, GDateTime *now);

G_END_DECLS
