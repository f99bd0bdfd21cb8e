/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void hk_private_text_keep (GtkEditable *editable);

G_END_DECLS
