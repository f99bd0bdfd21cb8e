/* SPDX-License-Identifier: GPL-3.0-or-later */

/* New keys of one person to several locks: the person, what was there before, and the request. */

#include "hk-batch-private.h"

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_create_keys_finish (NUKI_CLIENT (source), result, &error);
  if (self->outbox != NULL)
    hk_batch_end_group (self, hk_batch_take_answer, error);
}

static void
send_creates (HkBatch *self)
{
  g_autofree gint64 *lock_ids = g_new0 (gint64, self->group->len);

  for (guint i = 0; i < self->group->len; i++)
    lock_ids[i] = hk_batch_get_member (self->group, i)->change->lock_id;
  nuki_client_create_keys_async (self->client, lock_ids, self->group->len, hk_batch_get_member (self->group, 0)->change->spec,
                                 self->cancellable, on_created, hk_batch_ref (self));
}

static gboolean
ask_for_key (HkBatch *self, HkDelivery *delivery)
{
  delivery->posted = TRUE;

  return hk_delivery_record (delivery, "asking for the key");
}

/* Returns: whether it is known whose key is asked for */
static gboolean
is_person_known (HkDelivery *delivery)
{
  HkInvitee *invitee = delivery->change->invitee;

  return invitee == NULL || hk_invitee_get_user (invitee) != NULL;
}

/* Notes which keys were there before, as far as that is known. Returns: whether it is, for all of the group. */
static gboolean
take_known (HkBatch *self)
{
  for (guint i = 0; i < self->group->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->group, i);
      HkInvitee *invitee = delivery->change->invitee;

      if (delivery->known_ids != NULL)
        continue;
      /* Who did not exist had no key. */
      if (invitee != NULL && hk_invitee_is_made (invitee))
        hk_delivery_take_known (delivery, NULL);
      else if (self->look != NULL && hk_look_covers (self->look, delivery))
        hk_delivery_take_known (delivery, hk_look_list_candidates (self->look, delivery));
      else
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_person (HkBatch *self, HkDelivery *delivery)
{
  return hk_delivery_record (delivery, "person known");
}

static void on_keys_before (HkLook *look, const GError *error, gpointer user_data);

/* One list serves all whose turn is still to come, too. */
static void
look_before (HkBatch *self)
{
  g_autoptr (GPtrArray) deliveries = hk_batch_list_ready (self);

  for (guint i = deliveries->len; i > 0; i--)
    if (!is_person_known (hk_batch_get_member (deliveries, i - 1)))
      g_ptr_array_remove_index (deliveries, i - 1);
  for (guint i = 0; i < self->group->len; i++)
    g_ptr_array_add (deliveries, hk_delivery_ref (hk_batch_get_member (self->group, i)));
  hk_look_start (deliveries, self->cancellable, on_keys_before, hk_batch_ref (self));
}

static void
ask_for_keys (HkBatch *self)
{
  if (self->group->len == 0)
    hk_batch_run (self);
  else if (!take_known (self) && hk_batch_write_down (self, save_person))
    look_before (self);
  else if (take_known (self) && hk_batch_write_down (self, ask_for_key))
    send_creates (self);
  else
    hk_batch_run (self);
}

static void
on_keys_before (HkLook *look, const GError *error, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;

  if (self->outbox == NULL)
    {
      g_clear_pointer (&look, hk_look_free);
      return;
    }

  if (look == NULL)
    {
      hk_batch_end_group (self, hk_batch_take_error, error);
      return;
    }

  hk_batch_take_look (self, look);
  ask_for_keys (self);
}

/* The person of the group is known. */
static void
go_on_with_person (HkBatch *self)
{
  HkInvitee *invitee = hk_batch_get_member (self->group, 0)->change->invitee;

  for (guint i = 0; invitee != NULL && i < self->group->len; i++)
    hk_delivery_take_person (hk_batch_get_member (self->group, i), hk_invitee_get_user (invitee));
  if (invitee != NULL)
    hk_outbox_tell_user (self->outbox, invitee, hk_invitee_get_user (invitee));
  if (self->outbox != NULL)
    ask_for_keys (self);
}

static void
on_person_resolved (HkInvitee *invitee, NukiUser *user, const GError *error, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;

  if (self->outbox == NULL)
    return;

  if (user != NULL)
    go_on_with_person (self);
  else
    hk_batch_end_group (self, hk_batch_take_error, error);
}

/* Those who are there already are known now. */
static void
take_people (HkBatch *self, GPtrArray *users)
{
  g_autoptr (GPtrArray) ready = hk_batch_list_ready (self);

  self->people = hk_people_new (users);
  for (guint i = 0; i < ready->len; i++)
    {
      HkInvitee *invitee = hk_batch_get_member (ready, i)->change->invitee;

      if (invitee != NULL && hk_invitee_find (invitee, self->people))
        hk_delivery_take_person (hk_batch_get_member (ready, i), hk_invitee_get_user (invitee));
    }
}

static void
on_people_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkBatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = nuki_client_list_users_finish (NUKI_CLIENT (source), result, &error);

  if (self->outbox == NULL)
    return;

  if (users == NULL)
    {
      hk_batch_end_group (self, hk_batch_take_error, error);
      return;
    }

  take_people (self, users);
  hk_batch_find_person (self);
}

/* Whether somebody else has to be found or made after the person of the group. */
static gboolean
has_other_invitee (HkBatch *self, HkInvitee *invitee)
{
  for (guint i = self->next; i < self->members->len; i++)
    {
      HkDelivery *delivery = hk_batch_get_member (self->members, i);

      if (hk_batch_is_ready (self, delivery) && !is_person_known (delivery) && delivery->change->invitee != invitee)
        return TRUE;
    }

  return FALSE;
}

/* For several people, everybody is listed once; nobody is made who was not looked for. */
void
hk_batch_find_person (HkBatch *self)
{
  HkDelivery *first = hk_batch_get_member (self->group, 0);
  HkInvitee *invitee = first->change->invitee;

  if (is_person_known (first) || (self->people != NULL && hk_invitee_find (invitee, self->people)))
    go_on_with_person (self);
  else if (self->people != NULL)
    hk_invitee_make (invitee, self->client, on_person_resolved, hk_batch_ref (self));
  else if (has_other_invitee (self, invitee))
    nuki_client_list_users_async (self->client, NULL, self->cancellable, on_people_listed, hk_batch_ref (self));
  else
    hk_invitee_resolve (invitee, self->client, on_person_resolved, hk_batch_ref (self));
}
