/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The keys of an account as a list model. There may be tens of thousands, and a refresh decides anew about all of them at
 * once, which a GListStore takes too long for.
 */
#define HK_TYPE_KEY_LIST (hk_key_list_get_type ())
G_DECLARE_FINAL_TYPE (HkKeyList, hk_key_list, HK, KEY_LIST, GObject)

HkKeyList *hk_key_list_new (void);
gboolean hk_key_list_set_keys (HkKeyList *self, GPtrArray *keys);
gboolean hk_key_list_tell_renamed (HkKeyList *self);
gboolean hk_key_list_contains (HkKeyList *self, gpointer key);

G_END_DECLS
