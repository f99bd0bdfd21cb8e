/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_PEOPLE_PAGE (hk_people_page_get_type ())

/*
 * Everybody in the account, to search and open. Emits `open-person` with the NukiUser that was chosen.
 */
G_DECLARE_FINAL_TYPE (HkPeoplePage, hk_people_page, HK, PEOPLE_PAGE, AdwBin)

GtkWidget *hk_people_page_new (HkAccount *account);
guint hk_people_page_count_keys (HkPeoplePage *self, NukiUser *person);

G_END_DECLS
