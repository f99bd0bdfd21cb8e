/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_TITLE_LAYOUT (hk_title_layout_get_type ())
G_DECLARE_FINAL_TYPE (HkTitleLayout, hk_title_layout, HK, TITLE_LAYOUT, GtkLayoutManager)

G_END_DECLS
