/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-token-store.h"

G_BEGIN_DECLS

#define HK_TYPE_SECRET_TOKEN_STORE (hk_secret_token_store_get_type ())
G_DECLARE_FINAL_TYPE (HkSecretTokenStore, hk_secret_token_store, HK, SECRET_TOKEN_STORE, GObject)

HkTokenStore *hk_secret_token_store_new (void);

G_END_DECLS
