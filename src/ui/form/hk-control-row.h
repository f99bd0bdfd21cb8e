/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HkControlRow:
 *
 * A row that is one control together with its activatable widget, a switch, check button or button: the keyboard and assistive technology
 * meet the row alone.
 */
#define HK_TYPE_CONTROL_ROW (hk_control_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (HkControlRow, hk_control_row, HK, CONTROL_ROW, AdwActionRow)

struct _HkControlRowClass
{
  AdwActionRowClass parent_class;
};

G_END_DECLS
