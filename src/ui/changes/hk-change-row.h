/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_CHANGE_ROW (hk_change_row_get_type ())

/* A change that is not over: what, where, since when, how it stands, and what can be done about it. */
G_DECLARE_FINAL_TYPE (HkChangeRow, hk_change_row, HK, CHANGE_ROW, GtkListBoxRow)

GtkWidget *hk_change_row_new (HkAccount *account, HkChange *change);
HkChange *hk_change_row_get_change (HkChangeRow *self);

G_END_DECLS
