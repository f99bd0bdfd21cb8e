/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hk-batch.h"
#include "hk-look.h"
#include "hk-outbox.h"

G_BEGIN_DECLS

/*
 * HkBatch:
 * @outbox: (unowned) (nullable): whose deliveries these are; %NULL once it is over, and then a late answer means nothing
 * @client: (owned): for the calls
 * @members: (owned) (element-type HkDelivery): what wants to be sent, in order, all updates, all deletions or all creations
 * @next: the first of them that has not had its turn
 * @group: (owned) (nullable) (element-type HkDelivery): those that share the request which is under way
 * @look: (owned) (nullable): the keys as the service had them
 * @looked: when that was; microseconds of the monotonic clock
 * @people: (owned) (nullable): everybody, for creations for several new people
 * @cancellable: (owned): for the call that is under way
 *
 * Sends what was asked of several keys with few requests: updates and deletions up to a hundred at a time, and the new keys
 * of one person together. What has to be known before is listed once for all. Only those that share the request which is under
 * way are sent; the others wait, and can be discarded. If a request is refused, its parts are sent in smaller ones, down to
 * one by one, so that each key has an answer of its own. Owned by the outbox while it runs.
 */
struct _HkBatch
{
  grefcount refs;
  HkOutbox *outbox;
  NukiClient *client;
  GPtrArray *members;
  guint next;
  GPtrArray *group;
  HkLook *look;
  gint64 looked;
  HkPeople *people;
  GCancellable *cancellable;
};

typedef void (*HkGroupFunc) (HkBatch *self, const GError *error);
typedef gboolean (*HkMemberFunc) (HkBatch *self, HkDelivery *delivery);

/* hk-batch.c */
HkDelivery *hk_batch_get_member (GPtrArray *deliveries, guint i);
gboolean hk_batch_is_ready (HkBatch *self, HkDelivery *delivery);
GPtrArray *hk_batch_list_ready (HkBatch *self);
void hk_batch_run (HkBatch *self);
gboolean hk_batch_write_down (HkBatch *self, HkMemberFunc func);
void hk_batch_end_group (HkBatch *self, HkGroupFunc func, const GError *error);
void hk_batch_take_answer (HkBatch *self, const GError *error);
void hk_batch_take_error (HkBatch *self, const GError *error);
void hk_batch_take_look (HkBatch *self, HkLook *look);

/* hk-batch-create.c */
void hk_batch_find_person (HkBatch *self);

G_END_DECLS
