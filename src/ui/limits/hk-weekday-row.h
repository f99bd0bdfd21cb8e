/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <nuki-types.h>

G_BEGIN_DECLS

#define HK_TYPE_WEEKDAY_ROW (hk_weekday_row_get_type ())
G_DECLARE_FINAL_TYPE (HkWeekdayRow, hk_weekday_row, HK, WEEKDAY_ROW, AdwPreferencesRow)

void hk_weekday_row_set_weekdays (HkWeekdayRow *self, NukiWeekdays weekdays);

G_END_DECLS
