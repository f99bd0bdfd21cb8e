/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-delivery.h"

G_BEGIN_DECLS

/*
 * HkLookFunc:
 * @look: (transfer full) (nullable): what the list says
 * @error: (nullable): or why there is none
 */
typedef void (*HkLookFunc) (HkLook *look, const GError *error, gpointer user_data);

void hk_look_start (GPtrArray *deliveries, GCancellable *cancellable, HkLookFunc func, gpointer user_data);
void hk_look_free (HkLook *self);
gboolean hk_look_covers (HkLook *self, HkDelivery *delivery);
gboolean hk_look_has_id (HkLook *self, HkDelivery *delivery);
NukiKey *hk_look_find_key (HkLook *self, HkDelivery *delivery);
GPtrArray *hk_look_list_candidates (HkLook *self, HkDelivery *delivery);

gint64 hk_look_get_place (gint64 lock_id, NukiKeyType type, int user_id);
gint64 hk_look_get_place_of_change (HkChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkLook, hk_look_free)

G_END_DECLS
