/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_SQUEEZER_LAYOUT (hk_squeezer_layout_get_type ())

/*
 * For the answers of an AdwMessageDialog, which are in an AdwSqueezer that squeezes sideways: it asks for the height of the child
 * that it will show. By itself it asks for that of the one that it shows until it is given a width, which has too little of it
 * where the other is higher. This file can go when the floor is libadwaita 1.5.
 */
G_DECLARE_FINAL_TYPE (HkSqueezerLayout, hk_squeezer_layout, HK, SQUEEZER_LAYOUT, GtkLayoutManager)

GtkLayoutManager *hk_squeezer_layout_new (void);

G_END_DECLS
