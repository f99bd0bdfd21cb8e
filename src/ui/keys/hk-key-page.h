/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_KEY_PAGE (hk_key_page_get_type ())

/*
 * Everything about one key, and what can be done with it. Emits `open-person` with a NukiUser and `open-lock` with a
 * NukiLock. A key that goes away while it is shown leaves the page in place, which says so.
 */
G_DECLARE_FINAL_TYPE (HkKeyPage, hk_key_page, HK, KEY_PAGE, AdwBin)

GtkWidget *hk_key_page_new (HkAccount *account, HkKey *key);

G_END_DECLS
