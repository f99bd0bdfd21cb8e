/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-limits.h"

G_BEGIN_DECLS

#define NUKI_TYPE_KEY (nuki_key_get_type ())
G_DECLARE_FINAL_TYPE (NukiKey, nuki_key, NUKI, KEY, GObject)

/**
 * NukiFindKeyFunc:
 * @id: the id of a key
 * @user_data: what was given with the function
 *
 * Returns: (transfer none) (nullable): the key as it is known
 */
typedef NukiKey *(*NukiFindKeyFunc) (const char *id, gpointer user_data);

const char *nuki_key_get_id (NukiKey *self);
gint64 nuki_key_get_lock_id (NukiKey *self);
int nuki_key_get_user_id (NukiKey *self);
NukiKeyType nuki_key_get_key_type (NukiKey *self);
const char *nuki_key_get_name (NukiKey *self);
gboolean nuki_key_get_enabled (NukiKey *self);
gboolean nuki_key_get_remote_allowed (NukiKey *self);
int nuki_key_get_code (NukiKey *self);
NukiLimits *nuki_key_get_limits (NukiKey *self);
int nuki_key_get_use_count (NukiKey *self);
GDateTime *nuki_key_get_last_active (NukiKey *self);
GDateTime *nuki_key_get_created (NukiKey *self);
GDateTime *nuki_key_get_updated (NukiKey *self);
gboolean nuki_key_get_busy (NukiKey *self);
gboolean nuki_key_get_on_lock (NukiKey *self);
gboolean nuki_key_get_infrastructure (NukiKey *self);
const char *nuki_key_get_trouble (NukiKey *self);
gboolean nuki_key_get_understood (NukiKey *self);

gboolean nuki_key_equal (NukiKey *self, NukiKey *other);
gboolean nuki_key_assign (NukiKey *self, NukiKey *newer);

G_END_DECLS
