/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

/* Keypad codes: 6 digits 1-9, not starting with 12, unique on a lock (Nuki Web API PDF, page 28). */
gboolean nuki_code_is_valid (int code);
gboolean nuki_code_parse (const char *text, int *code, GError **error);
int nuki_code_generate (GHashTable *taken);

G_END_DECLS
