/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_WRAP_LAYOUT (hk_wrap_layout_get_type ())

/*
 * Children beside each other, and in further lines where there is no room beside. Properties: `spacing` (int, pixels), and `even`
 * (gboolean): whether all are equally wide, in as few lines as possible with about as many in each.
 */
G_DECLARE_FINAL_TYPE (HkWrapLayout, hk_wrap_layout, HK, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
