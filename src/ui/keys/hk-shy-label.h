/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_SHY_LABEL (hk_shy_label_get_type ())

/*
 * The label beside the icon of a button, or the title between two buttons: all of it is shown or, where there is no room, nothing.
 * The button needs a tooltip and an accessible name of its own.
 *
 * With `max-width` (int, pixels), the icon is not beside the label, but in its place where that would be wider, as large letters
 * make it, or has no room. The button is named by the label, which also is the tooltip of the icon.
 */
G_DECLARE_FINAL_TYPE (HkShyLabel, hk_shy_label, HK, SHY_LABEL, GtkWidget)

GtkWidget *hk_shy_label_new (const char *label);

G_END_DECLS
