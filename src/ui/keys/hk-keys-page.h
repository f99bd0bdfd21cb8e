/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_KEYS_PAGE (hk_keys_page_get_type ())

/*
 * All keys of an account, to search, filter, switch and open. Emits `open-key` with the HkKey that was chosen. The
 * window owns it and decides what stands in its place while there are no data.
 */
G_DECLARE_FINAL_TYPE (HkKeysPage, hk_keys_page, HK, KEYS_PAGE, AdwBin)

GtkWidget *hk_keys_page_new (HkAccount *account);
void hk_keys_page_search (HkKeysPage *self, const char *text);

G_END_DECLS
