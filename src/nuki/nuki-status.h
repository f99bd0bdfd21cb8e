/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *nuki_status_to_error (SoupMessage *message, GBytes *body, const char *secret);

G_END_DECLS
