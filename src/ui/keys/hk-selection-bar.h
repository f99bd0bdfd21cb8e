/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "hk-key-selection.h"

G_BEGIN_DECLS

/*
 * Stands under a list of keys while the user selects, does what is to be done with all that are selected, and
 * says beforehand what cannot be done with some of them. When all of it has ended, a toast tells how.
 */
#define HK_TYPE_SELECTION_BAR (hk_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (HkSelectionBar, hk_selection_bar, HK, SELECTION_BAR, AdwBin)

const char *hk_selection_bar_get_obstacles (HkSelectionBar *self);

G_END_DECLS
