/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* There is a bit for each in a number of JSON. */
#define NUKI_JSON_MAX_NAMES 32

gboolean nuki_json_scan (char *text, gsize length);
GString *nuki_json_scan_table (char *text, gsize length, const char *const *names, guint n_names);

G_END_DECLS
