/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_HISTORY_ROW (hk_history_row_get_type ())

/* One change in the history of a key: what was asked and what became of it; opened, it tells step by step how. */
G_DECLARE_FINAL_TYPE (HkHistoryRow, hk_history_row, HK, HISTORY_ROW, AdwExpanderRow)

GtkWidget *hk_history_row_new (HkAccount *account, HkKey *key, HkChange *change);

G_END_DECLS
