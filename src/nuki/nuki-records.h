/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-key.h"
#include "nuki-lock.h"
#include "nuki-user.h"

G_BEGIN_DECLS

/* Records as bytes, for whoever keeps them. */
GBytes *nuki_records_write_lock (NukiLock *lock);
GBytes *nuki_records_write_user (NukiUser *user);
GBytes *nuki_records_write_key (NukiKey *key);
NukiLock *nuki_records_read_lock (gconstpointer data, gsize size);
NukiUser *nuki_records_read_user (gconstpointer data, gsize size);
NukiKey *nuki_records_read_key (gconstpointer data, gsize size);

G_END_DECLS
