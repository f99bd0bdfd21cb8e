/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean nuki_json_scan (char *text, gsize length);

G_END_DECLS
