/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_PERSON_ROW (hk_person_row_get_type ())

/*
 * A person in the list of people: picture, name, address, number of keys. How many keys is known by the page that the
 * row is in, which counts them for all rows at once.
 */
G_DECLARE_FINAL_TYPE (HkPersonRow, hk_person_row, HK, PERSON_ROW, AdwBin)

NukiUser *hk_person_row_get_person (HkPersonRow *self);
void hk_person_row_set_person (HkPersonRow *self, NukiUser *person);
void hk_person_row_refresh_all (GtkWidget *list);

G_END_DECLS
