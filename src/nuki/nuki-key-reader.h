/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-key.h"

G_BEGIN_DECLS

typedef struct _NukiKeyReader NukiKeyReader;

/*
 * NukiKeysReadFunc:
 * @keys: (transfer full) (nullable) (element-type NukiKey): the keys; %NULL with an error
 * @error: (transfer full) (nullable): %NUKI_ERROR_MALFORMED
 */
typedef void (*NukiKeysReadFunc) (GPtrArray *keys, GError *error, gpointer user_data);

NukiKeyReader *nuki_key_reader_new (GByteArray *text, NukiFindKeyFunc find, gpointer user_data);
void nuki_key_reader_go_on (NukiKeyReader *self);
void nuki_key_reader_end (NukiKeyReader *self, NukiKeysReadFunc func, gpointer user_data);
void nuki_key_reader_cancel (NukiKeyReader *self);

G_END_DECLS
