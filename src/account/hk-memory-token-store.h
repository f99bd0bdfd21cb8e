/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-token-store.h"

G_BEGIN_DECLS

#define HK_TYPE_MEMORY_TOKEN_STORE (hk_memory_token_store_get_type ())
G_DECLARE_FINAL_TYPE (HkMemoryTokenStore, hk_memory_token_store, HK, MEMORY_TOKEN_STORE, GObject)

HkTokenStore *hk_memory_token_store_new (void);

G_END_DECLS
