/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>
#include <nuki-client.h>

G_BEGIN_DECLS

#define BIG_SERVICE_LOCKS 100
#define BIG_SERVICE_KEYS 20000
#define BIG_SERVICE_TOKEN "demo-token"

typedef struct _BigService BigService;

BigService *big_service_start (const char *simulator, guint n_locks, guint n_keys);
void big_service_stop (BigService *self);
const char *big_service_get_address (BigService *self);
void big_service_change_keys (BigService *self, guint n_updated, guint n_replaced);

G_END_DECLS
