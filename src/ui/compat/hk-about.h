/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Who made this, and who did not. This file can go when the floor is libadwaita 1.5. */
void hk_about_present (GtkWidget *parent);

G_END_DECLS
