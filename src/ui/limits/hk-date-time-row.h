/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "limits/hk-moment-draft.h"

G_BEGIN_DECLS

#define HK_TYPE_DATE_TIME_ROW (hk_date_time_row_get_type ())
G_DECLARE_FINAL_TYPE (HkDateTimeRow, hk_date_time_row, HK, DATE_TIME_ROW, AdwPreferencesRow)

HkMomentDraft *hk_date_time_row_get_draft (HkDateTimeRow *self);
void hk_date_time_row_set_draft (HkDateTimeRow *self, HkMomentDraft *draft);

G_END_DECLS
