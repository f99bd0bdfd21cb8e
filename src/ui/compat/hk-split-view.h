/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_SPLIT_VIEW (hk_split_view_get_type ())

/*
 * Two panes beside each other that become two pages below 720 pixels: an AdwNavigationSplitView with a breakpoint where
 * libadwaita has it (1.4), an AdwLeaflet below. Properties: `sidebar` and `content` (GtkWidget), `show-content`
 * (gboolean), `collapsed` (gboolean, read-only). This file can go when the floor is libadwaita 1.4.
 */
G_DECLARE_FINAL_TYPE (HkSplitView, hk_split_view, HK, SPLIT_VIEW, AdwBin)

gboolean hk_split_view_get_collapsed (HkSplitView *self);
gboolean hk_split_view_get_show_content (HkSplitView *self);
void hk_split_view_set_show_content (HkSplitView *self, gboolean show_content);
void hk_split_view_make_no_back_button (AdwHeaderBar *header_bar);

G_END_DECLS
