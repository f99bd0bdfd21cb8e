/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A port at which one is spoken to over TLS. */
typedef struct _NukiSimTls NukiSimTls;

NukiSimTls *nuki_sim_tls_new (SoupServer *server, GTlsCertificate *certificate, guint16 *port, GError **error);
void nuki_sim_tls_free (NukiSimTls *self);
GSocket *nuki_sim_tls_get_socket (SoupServerMessage *message);

G_END_DECLS
