/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

gboolean nuki_sim_port_open (SoupServer *server, guint16 *port, GError **error);
GSocket *nuki_sim_port_keep (guint16 port, GError **error);

G_END_DECLS
