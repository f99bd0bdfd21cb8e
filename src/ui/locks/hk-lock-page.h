/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_LOCK_PAGE (hk_lock_page_get_type ())

/*
 * One lock: how it is, its keys and how many more fit. Nothing on it opens the door. Emits `open-key` with the HkKey
 * that was chosen.
 */
G_DECLARE_FINAL_TYPE (HkLockPage, hk_lock_page, HK, LOCK_PAGE, AdwBin)

GtkWidget *hk_lock_page_new (HkAccount *account, NukiLock *lock);

G_END_DECLS
