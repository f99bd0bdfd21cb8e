/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Below GTK 4.14 the label is read anew each time, and nothing is to be done. */
void hk_row_text_watch (void);

G_END_DECLS
