/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _NukiSimRepeat NukiSimRepeat;

NukiSimRepeat *nuki_sim_repeat_new (void);
void nuki_sim_repeat_free (NukiSimRepeat *self);
void nuki_sim_repeat_forget (NukiSimRepeat *self);
void nuki_sim_repeat_keep (NukiSimRepeat *self, SoupServerMessage *message, const char *text, gsize length);
gboolean nuki_sim_repeat_answer (NukiSimRepeat *self, SoupServerMessage *message);

G_END_DECLS
