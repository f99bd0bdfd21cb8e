/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void hk_entry_text_tell (AdwEntryRow *row);

G_END_DECLS
