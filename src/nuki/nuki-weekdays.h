/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

NukiWeekdays nuki_weekdays_from_index (int index);
const char *nuki_weekdays_get_day_name (int index);
const char *nuki_weekdays_get_short_day_name (int index);
char *nuki_weekdays_describe (NukiWeekdays weekdays);
char *nuki_weekdays_describe_long (NukiWeekdays weekdays);

G_END_DECLS
