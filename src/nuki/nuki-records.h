/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-key.h"
#include "nuki-lock.h"
#include "nuki-user.h"

G_BEGIN_DECLS

/* Records as text, for whoever keeps them. */
char *nuki_records_write_lock (NukiLock *lock);
char *nuki_records_write_user (NukiUser *user);
char *nuki_records_write_key (NukiKey *key);
GPtrArray *nuki_records_read_locks (GBytes *text, GError **error);
GPtrArray *nuki_records_read_users (GBytes *text, GError **error);
GPtrArray *nuki_records_read_keys (GBytes *text, GError **error);

G_END_DECLS
