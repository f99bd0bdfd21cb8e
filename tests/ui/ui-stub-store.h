/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-token-store.h>

G_BEGIN_DECLS

#define UI_TYPE_STUB_STORE (ui_stub_store_get_type ())
G_DECLARE_FINAL_TYPE (UiStubStore, ui_stub_store, UI, STUB_STORE, GObject)

HkTokenStore *ui_stub_store_new (void);
void ui_stub_store_fail (UiStubStore *self, HkTokenStoreError code, const char *message);
void ui_stub_store_ask (UiStubStore *self);
void ui_stub_store_work (UiStubStore *self);
const char *ui_stub_store_get_token (UiStubStore *self);

G_END_DECLS
