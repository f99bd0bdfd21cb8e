/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HK_TYPE_SHY_LABEL (hk_shy_label_get_type ())

/*
 * The label of a button: all of it is shown or, where there is no room, an icon in its place. The button is named by the label, which
 * also is the tooltip of the icon. Where `max-width` (int, pixels) is not 0, the icon takes the place of a label that is wider, as
 * large letters make it: for a row, whose words would give way to the label of a button first.
 *
 * With `beside` (gboolean), the icon is shown beside the label, too. The button needs a tooltip and an accessible name of its own.
 */
G_DECLARE_FINAL_TYPE (HkShyLabel, hk_shy_label, HK, SHY_LABEL, GtkWidget)

G_END_DECLS
