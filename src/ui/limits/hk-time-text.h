/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Midnight at the end of a day, in minutes. */
#define HK_TIME_END_OF_DAY (24 * 60)

gboolean hk_time_text_parse (const char *text, int *minutes);

G_END_DECLS
