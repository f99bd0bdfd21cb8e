/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

/**
 * HkKeyRowStyle:
 * @HK_KEY_ROW_FULL: name and lock
 * @HK_KEY_ROW_OF_PERSON: among the keys of one person: the lock
 * @HK_KEY_ROW_OF_LOCK: among the keys of one lock: the name
 *
 * What a row says, besides when its key opens.
 */
typedef enum
{
  HK_KEY_ROW_FULL,
  HK_KEY_ROW_OF_PERSON,
  HK_KEY_ROW_OF_LOCK,
} HkKeyRowStyle;

#define HK_TYPE_KEY_ROW_STYLE (hk_key_row_style_get_type ())
GType hk_key_row_style_get_type (void);

#define HK_TYPE_KEY_ROW (hk_key_row_get_type ())

/*
 * A key in a list: who, where, when in words, what is under way, and the switch. The account is given, or else that of
 * the page that the row is put into: rows that a list makes from its .ui cannot be given one.
 */
G_DECLARE_FINAL_TYPE (HkKeyRow, hk_key_row, HK, KEY_ROW, AdwBin)

GtkWidget *hk_key_row_new (HkAccount *account, HkKey *key, HkKeyRowStyle style);
HkKey *hk_key_row_get_key (HkKeyRow *self);
void hk_key_row_set_key (HkKeyRow *self, HkKey *key);
void hk_key_row_fill (HkKeyRow *self);
gboolean hk_key_row_get_filled (HkKeyRow *self);
void hk_key_row_set_unfilled_height (HkKeyRow *self, int height);

HkKeyRow *hk_key_row_find_focused (GtkWidget *list);
void hk_key_row_refresh_all (GtkWidget *list);
void hk_key_row_show_selections (GtkWidget *list);

G_END_DECLS
