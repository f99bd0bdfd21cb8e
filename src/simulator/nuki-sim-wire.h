/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* An answer of which a byte is sent at a time. */
typedef struct _NukiSimDrip NukiSimDrip;

void nuki_sim_wire_reset (SoupServerMessage *message);
void nuki_sim_wire_close (SoupServerMessage *message, const char *last_words);
void nuki_sim_wire_reset_later (SoupServerMessage *message);
void nuki_sim_wire_break (SoupServerMessage *message, guint status, const char *body);
NukiSimDrip *nuki_sim_drip_new (SoupServerMessage *message, guint status, const char *body, guint milliseconds);
void nuki_sim_drip_free (NukiSimDrip *self);

G_END_DECLS
