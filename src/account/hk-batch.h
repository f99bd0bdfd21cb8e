/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-delivery.h"

G_BEGIN_DECLS

HkBatch *hk_batch_new (HkOutbox *outbox, NukiClient *client);
gboolean hk_batch_can_take (HkDelivery *delivery);
gboolean hk_batch_takes (HkBatch *self, HkDelivery *delivery);
void hk_batch_add (HkBatch *self, HkDelivery *delivery);
void hk_batch_start (HkBatch *self);
void hk_batch_cancel (HkBatch *self);
HkBatch *hk_batch_ref (HkBatch *self);
void hk_batch_unref (HkBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkBatch, hk_batch_unref)

G_END_DECLS
