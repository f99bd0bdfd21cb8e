/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-batch-private.h"

/* How much the service takes at once is not documented. */
#define MAX_TOGETHER 100

/* An update begins with a fresh record. */
#define FRESH (10 * G_TIME_SPAN_SECOND)

/* So long the service gets to show what it made in spite of a refusal. */
#define REFUSED_SECONDS 2

HkBatch *
hk_batch_ref (HkBatch *self)
{
  g_ref_count_inc (&self->refs);

  return self;
}

HkDelivery *
hk_batch_get_member (GPtrArray *deliveries, guint i)
{
  return g_ptr_array_index (deliveries, i);
}

static gboolean
is_update (HkDelivery *delivery)
{
  return delivery->change->kind == HK_CHANGE_UPDATE_KEY || delivery->change->kind == HK_CHANGE_SWITCH_KEY;
}

static gboolean
is_create (HkDelivery *delivery)
{
  return delivery->change->kind == HK_CHANGE_CREATE_KEY;
}

/* Updates of all kinds go together. */
static gboolean
is_same_kind (HkDelivery *a, HkDelivery *b)
{
  return a->change->kind == b->change->kind || (is_update (a) && is_update (b));
}

gboolean
hk_batch_is_ready (HkBatch *self, HkDelivery *delivery)
{
  return !hk_delivery_is_over (delivery) && delivery->batch == self &&
         delivery->change->state == HK_CHANGE_WAITING && hk_outbox_may_send (self->outbox, delivery);
}

/* Returns: (transfer full) (element-type HkDelivery): who waits for their turn */
GPtrArray *
hk_batch_list_ready (HkBatch *self)
{
  GPtrArray *ready = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);

  for (guint i = self->next; i < self->members->len; i++)
    if (hk_batch_is_ready (self, hk_batch_get_member (self->members, i)))
      g_ptr_array_add (ready, hk_delivery_ref (hk_batch_get_member (self->members, i)));

  return ready;
}

static gboolean
is_same_key (HkChange *a, HkChange *b)
{
  return a->invitee == b->invitee && a->user_id == b->user_id && a->spec->type == b->spec->type &&
         a->spec->smart_actions == b->spec->smart_actions && hk_change_compare_specs (a->spec, b->spec) == 0;
}

/* Whether @delivery can be in one request with those of @group. */
static gboolean
goes_together (GPtrArray *group, HkDelivery *delivery)
{
  if (!is_create (delivery))
    return TRUE;

  for (guint i = 0; i < group->len; i++)
    if (hk_batch_get_member (group, i)->change->lock_id == delivery->change->lock_id)
      return FALSE;

  return is_same_key (hk_batch_get_member (group, 0)->change, delivery->change);
}

/* Takes the next that share a request out of those that wait. */
static void
take_group (HkBatch *self)
{
  guint most = MAX_TOGETHER;

  self->group = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  for (; self->next < self->members->len && self->group->len < most; self->next++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->members, self->next);

      if (!hk_batch_is_ready (self, delivery))
        continue;
      if (self->group->len > 0 && !goes_together (self->group, delivery))
        break;
      if (delivery->most > 0)
        most = MIN (most, delivery->most);
      if (self->group->len >= most)
        break;
      delivery->batch = NULL;
      g_ptr_array_add (self->group, hk_delivery_ref (delivery));
    }
}

/* What had no turn is sent by the next batch, if nothing is in its way. */
static void
finish (HkBatch *self)
{
  HkOutbox *outbox = self->outbox;

  for (guint i = 0; i < self->members->len; i++)
    if (hk_batch_get_member (self->members, i)->batch == self)
      hk_batch_get_member (self->members, i)->batch = NULL;
  self->outbox = NULL;
  hk_outbox_queue_pump (outbox);
  hk_outbox_end_batch (outbox, self);
}

/* It did not come to the request. */
void
hk_batch_take_error (HkBatch *self, const GError *error)
{
  for (guint i = 0; i < self->group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->group, i);

      if (!hk_delivery_is_over (delivery))
        hk_delivery_try_again (delivery, error);
    }
}

/* Whether the answer may be about only some of those that shared the request. */
static gboolean
may_be_divided (const GError *error)
{
  return g_error_matches (error, NUKI_ERROR, NUKI_ERROR_INVALID) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_CONFLICT) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_FORBIDDEN) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_LOCKED);
}

/* Down to two of them, which go alone. A new key that the service made in spite of that is looked for first. */
static void
divide (HkBatch *self)
{
  const guint most = (self->group->len + 1) / 2;
  const gint64 now = hk_clock_get_monotonic (hk_outbox_get_clock (self->outbox));

  for (guint i = 0; i < self->group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->group, i);

      if (hk_delivery_is_over (delivery))
        continue;
      g_clear_pointer (&delivery->sent, nuki_key_spec_free);
      delivery->most = most;
      delivery->batch = is_create (delivery) || most == 1 ? NULL : self;
      if (is_create (delivery))
        delivery->posted = FALSE;
      if (is_create (delivery))
        hk_delivery_hold (delivery, HK_DELIVERY_WAIT_SERVICE, now + REFUSED_SECONDS * G_TIME_SPAN_SECOND);
      else
        hk_delivery_put_back (delivery);
    }
  self->next = 0;
}

void
hk_batch_take_answer (HkBatch *self, const GError *error)
{
  if (self->group->len > 1 && may_be_divided (error))
    {
      divide (self);
      return;
    }

  for (guint i = 0; i < self->group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->group, i);

      if (!hk_delivery_is_over (delivery))
        delivery->steps->answered (delivery, error);
    }
}

static gboolean
is_held_up (HkBatch *self)
{
  for (guint i = 0; i < self->group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->group, i);

      if (!hk_delivery_is_over (delivery) && delivery->batch == NULL && delivery->change->state == HK_CHANGE_WAITING)
        return TRUE;
    }

  return FALSE;
}

/* What became of the group is written down as a whole before the next request goes out. */
void
hk_batch_end_group (HkBatch *self, HkGroupFunc func, const GError *error)
{
  g_autoptr (HkOutbox) outbox = g_object_ref (self->outbox);
  gboolean held_up;

  hk_outbox_begin (outbox);
  func (self, error);
  held_up = is_held_up (self);
  g_clear_pointer (&self->group, g_ptr_array_unref);
  if (!hk_outbox_commit (outbox) || held_up)
    self->next = self->members->len;
  if (self->outbox != NULL)
    hk_batch_run (self);
}

static void
on_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_keys_finish (NUKI_CLIENT (source), result, &error);
  if (self->outbox != NULL)
    hk_batch_end_group (self, hk_batch_take_answer, error);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_delete_keys_finish (NUKI_CLIENT (source), result, &error);
  if (self->outbox != NULL)
    hk_batch_end_group (self, hk_batch_take_answer, error);
}

/* (transfer full): for a call with several keys */
static GPtrArray *
list_ids (GPtrArray *group)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < group->len; i++)
    g_ptr_array_add (ids, g_strdup (hk_batch_get_member (group, i)->change->key_id));
  g_ptr_array_add (ids, NULL);

  return ids;
}

static void
send_updates (HkBatch *self)
{
  g_autoptr (GPtrArray) ids = list_ids (self->group);
  g_autofree const NukiKeySpec **specs = g_new0 (const NukiKeySpec *, self->group->len);

  for (guint i = 0; i < self->group->len; i++)
    specs[i] = hk_batch_get_member (self->group, i)->sent;
  nuki_client_update_keys_async (self->client, (const char *const *) ids->pdata, specs, self->cancellable, on_updated,
                                 hk_batch_ref (self));
}

static void
send_deletes (HkBatch *self)
{
  g_autoptr (GPtrArray) ids = list_ids (self->group);

  nuki_client_delete_keys_async (self->client, (const char *const *) ids->pdata, self->cancellable, on_deleted,
                                 hk_batch_ref (self));
}

/* Returns: %TRUE if @delivery is to be in the request */
static gboolean
prepare (HkBatch *self, HkDelivery *delivery)
{
  NukiKey *record;

  if (!hk_delivery_begin (delivery))
    return FALSE;
  if (!is_update (delivery))
    return TRUE;

  record = hk_look_find_key (self->look, delivery);
  if (record != NULL)
    return hk_delivery_prepare_update (delivery, record);

  hk_delivery_key_gone (delivery);

  return FALSE;
}

/*
 * hk_batch_write_down:
 * @func: what is to be written down of each in the group; %FALSE if it is not to be in the request any more
 *
 * Returns: %TRUE if all of it is on the disk, and the rest of the group may go out
 */
gboolean
hk_batch_write_down (HkBatch *self, HkMemberFunc func)
{
  g_autoptr (HkOutbox) outbox = g_object_ref (self->outbox);
  g_autoptr (GPtrArray) group = g_steal_pointer (&self->group);

  self->group = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  hk_outbox_begin (outbox);
  for (guint i = 0; i < group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (group, i);

      if (!hk_delivery_is_over (delivery) && func (self, delivery) && !hk_delivery_is_over (delivery))
        g_ptr_array_add (self->group, hk_delivery_ref (delivery));
    }
  if (hk_outbox_commit (outbox))
    return TRUE;

  for (guint i = 0; i < self->group->len; i++)
    if (!hk_delivery_is_over (hk_batch_get_member (self->group, i)))
      hk_delivery_put_back (hk_batch_get_member (self->group, i));
  self->next = self->members->len;

  return FALSE;
}

void
hk_batch_take_look (HkBatch *self, HkLook *look)
{
  g_clear_pointer (&self->look, hk_look_free);
  self->look = look;
  self->looked = hk_clock_get_monotonic (hk_outbox_get_clock (self->outbox));
}

static void
on_fresh_keys (HkLook *look, const GError *error, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;

  if (self->outbox == NULL)
    {
      g_clear_pointer (&look, hk_look_free);
      return;
    }

  if (look != NULL)
    {
      hk_batch_take_look (self, look);
      hk_batch_run (self);
      return;
    }

  self->group = hk_batch_list_ready (self);
  for (guint i = 0; i < self->group->len; i++)
    hk_batch_get_member (self->group, i)->batch = NULL;
  hk_batch_end_group (self, hk_batch_take_error, error);
}

/* Returns: %TRUE if there is something to do that does not end at once */
static gboolean
start_group (HkBatch *self)
{
  const gboolean creates = is_create (hk_batch_get_member (self->members, self->next));
  const gboolean updates = is_update (hk_batch_get_member (self->members, self->next));

  g_clear_pointer (&self->group, g_ptr_array_unref);
  take_group (self);
  if (!hk_batch_write_down (self, prepare) || self->group->len == 0 || self->outbox == NULL)
    return FALSE;

  if (creates)
    hk_batch_find_person (self);
  else if (updates)
    send_updates (self);
  else
    send_deletes (self);

  return TRUE;
}

static gboolean
find_next (HkBatch *self)
{
  while (self->next < self->members->len && !hk_batch_is_ready (self, hk_batch_get_member (self->members, self->next)))
    self->next++;

  return self->next < self->members->len;
}

void
hk_batch_run (HkBatch *self)
{
  while (self->outbox != NULL)
    {
      const gint64 now = hk_clock_get_monotonic (hk_outbox_get_clock (self->outbox));

      if (!find_next (self) || hk_pause_get_until (hk_outbox_get_pause (self->outbox)) > now)
        {
          finish (self);
          return;
        }

      if (is_update (hk_batch_get_member (self->members, self->next)) && (self->look == NULL || now - self->looked > FRESH))
        {
          g_autoptr (GPtrArray) ready = hk_batch_list_ready (self);

          hk_look_start (ready, self->cancellable, on_fresh_keys, hk_batch_ref (self));
          return;
        }

      if (start_group (self))
        return;
    }
}

HkBatch *
hk_batch_new (HkOutbox *outbox, NukiClient *client)
{
  HkBatch *self = g_new0 (HkBatch, 1);

  g_ref_count_init (&self->refs);
  self->outbox = outbox;
  self->client = g_object_ref (client);
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  self->cancellable = g_cancellable_new ();

  return self;
}

/* Returns: whether @delivery can share a request with others at all. A creation that was sent before is looked for by itself,
 * and what was refused down to the last two goes alone. */
gboolean
hk_batch_can_take (HkDelivery *delivery)
{
  if (delivery->steps->answered == NULL || delivery->most == 1)
    return FALSE;

  return !is_create (delivery) || (delivery->known_ids == NULL && delivery->change->key_id == NULL &&
                                   !delivery->unclear && !delivery->queued && !delivery->insisted);
}

/* Returns: whether @delivery is of the same kind as what is in it */
gboolean
hk_batch_takes (HkBatch *self, HkDelivery *delivery)
{
  HkDelivery *first = hk_batch_get_member (self->members, 0);

  return hk_batch_can_take (first) && is_same_kind (first, delivery);
}

void
hk_batch_add (HkBatch *self, HkDelivery *delivery)
{
  delivery->batch = self;
  g_ptr_array_add (self->members, hk_delivery_ref (delivery));
}

/* What is alone goes its own way. */
void
hk_batch_start (HkBatch *self)
{
  g_autoptr (HkBatch) keep = hk_batch_ref (self);
  g_autoptr (HkDelivery) only = self->members->len == 1 ? hk_delivery_ref (hk_batch_get_member (self->members, 0)) : NULL;

  if (self->outbox == NULL)
    return;

  if (only == NULL)
    {
      hk_batch_run (self);
      return;
    }

  finish (self);
  if (!hk_delivery_is_over (only))
    hk_delivery_send (only);
}

/* The outbox is emptied. */
void
hk_batch_cancel (HkBatch *self)
{
  self->outbox = NULL;
  g_cancellable_cancel (self->cancellable);
}

void
hk_batch_unref (HkBatch *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;

  g_object_unref (self->client);
  g_ptr_array_unref (self->members);
  g_clear_pointer (&self->group, g_ptr_array_unref);
  g_clear_pointer (&self->look, hk_look_free);
  g_clear_pointer (&self->people, hk_people_free);
  g_object_unref (self->cancellable);
  g_free (self);
}
