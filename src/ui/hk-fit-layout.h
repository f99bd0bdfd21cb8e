/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_FIT_LAYOUT (hk_fit_layout_get_type ())
G_DECLARE_FINAL_TYPE (HkFitLayout, hk_fit_layout, HK, FIT_LAYOUT, GtkLayoutManager)

GtkLayoutManager *hk_fit_layout_new (void);

G_END_DECLS
