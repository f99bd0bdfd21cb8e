/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_PERSON_PAGE (hk_person_page_get_type ())

/*
 * One person and their keys on all locks. Emits `open-key` with the HkKey that was chosen. A person who goes away while
 * shown leaves the page in place, which says so.
 */
G_DECLARE_FINAL_TYPE (HkPersonPage, hk_person_page, HK, PERSON_PAGE, AdwBin)

GtkWidget *hk_person_page_new (HkAccount *account, NukiUser *person);
char *hk_person_page_describe_deletion (const char *name, GPtrArray *keys);

G_END_DECLS
