/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People: new details, and their deletion once their keys are gone. */

#include "hk-delivery.h"

#include <glib/gi18n-lib.h>

#include "hk-outbox.h"

static gboolean
is_listed (GPtrArray *users, int user_id)
{
  for (guint i = 0; i < users->len; i++)
    if (nuki_user_get_id (g_ptr_array_index (users, i)) == user_id)
      return TRUE;

  return FALSE;
}

/* That a person is gone is what a deletion is for, and the end of any other change. */
static void
take_for_gone (HkDelivery *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND, _ ("This person no longer exists."));

  hk_outbox_tell_user_gone (self->outbox, self->change->user_id);
  if (hk_delivery_is_over (self))
    return;

  if (self->change->kind == HK_CHANGE_DELETE_PERSON)
    hk_delivery_confirmed (self);
  else
    hk_delivery_failed (self, error);
}

static GError *
make_strange_error (void)
{
  return g_error_new_literal (NUKI_ERROR, NUKI_ERROR_NOT_FOUND,
                              _ ("The service says that it does not know this person, but still lists them."));
}

static void
on_users_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = nuki_client_list_users_finish (NUKI_CLIENT (source), result, &error);

  if (hk_delivery_is_over (self))
    return;

  if (users == NULL)
    {
      hk_delivery_end_look (self, error);
    }
  else if (!is_listed (users, self->change->user_id))
    {
      take_for_gone (self);
    }
  else if (self->change->state == HK_CHANGE_SENDING)
    {
      error = make_strange_error ();
      hk_delivery_failed (self, error);
    }
  else
    {
      hk_delivery_not_yet (self);
    }
}

/* Somebody else may have deleted the person; the list is certain. */
static void
search_user (HkDelivery *self)
{
  nuki_client_list_users_async (self->client, NULL, self->cancellable, on_users_searched, hk_delivery_ref (self));
}

static gboolean
is_as_asked (HkDelivery *self, NukiUser *user)
{
  g_autoptr (HkDetails) found = hk_details_new_from_person (user);

  return !nuki_user_get_busy (user) && hk_delivery_has_details (self, found);
}

static void
on_user_reread (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiUser) user = nuki_client_get_user_finish (NUKI_CLIENT (source), result, &error);

  if (hk_delivery_is_over (self))
    return;

  if (user == NULL && hk_delivery_may_mean_gone (error))
    search_user (self);
  else if (user == NULL)
    hk_delivery_look_failed (self, error);
  if (user == NULL)
    return;

  hk_outbox_tell_user (self->outbox, NULL, user);
  if (hk_delivery_is_over (self))
    return;

  if (is_as_asked (self, user))
    hk_delivery_confirmed (self);
  else
    hk_delivery_not_yet (self);
}

static void
reread_user (HkDelivery *self)
{
  nuki_client_get_user_async (self->client, self->change->user_id, self->cancellable, on_user_reread,
                              hk_delivery_ref (self));
}

static void
on_user_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_update_user_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND))
    {
      search_user (self);
      return;
    }
  if (error != NULL)
    {
      hk_delivery_try_again (self, error);
      return;
    }

  /* The answer says that it is done, but only the person as read once more shows it. */
  hk_delivery_accepted (self);
  if (!hk_delivery_is_over (self))
    hk_delivery_read_back_now (self);
}

static void
update_user (HkDelivery *self, NukiUser *user)
{
  g_autoptr (HkDetails) fresh = hk_details_new_from_person (user);
  g_autoptr (HkDetails) wanted = NULL;
  g_autoptr (GError) busy = NULL;

  hk_outbox_tell_user (self->outbox, NULL, user);
  if (hk_delivery_is_over (self))
    return;

  if (nuki_user_get_busy (user))
    {
      busy = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_LOCKED,
                                  _ ("The service is still busy with an earlier change to this person."));
      hk_delivery_try_again (self, busy);
      return;
    }

  wanted = hk_delivery_merge_details (self, fresh);
  if (wanted != NULL)
    nuki_client_update_user_async (self->client, self->change->user_id, wanted->name, wanted->email, wanted->language,
                                   self->cancellable, on_user_updated, hk_delivery_ref (self));
}

static void
on_fresh_user (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiUser) user = nuki_client_get_user_finish (NUKI_CLIENT (source), result, &error);

  if (hk_delivery_is_over (self))
    return;

  if (user != NULL)
    update_user (self, user);
  else if (hk_delivery_may_mean_gone (error))
    search_user (self);
  else
    hk_delivery_try_again (self, error);
}

static void
send_person (HkDelivery *self)
{
  nuki_client_get_user_async (self->client, self->change->user_id, self->cancellable, on_fresh_user,
                              hk_delivery_ref (self));
}

static void
on_user_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;

  nuki_client_delete_user_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  if (error == NULL)
    hk_delivery_accepted (self);
  else if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_NOT_FOUND))
    search_user (self);
  else
    hk_delivery_try_again (self, error);
}

static void
send_person_delete (HkDelivery *self)
{
  nuki_client_delete_user_async (self->client, self->change->user_id, self->cancellable, on_user_deleted,
                                 hk_delivery_ref (self));
}

static void
on_user_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkDelivery) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (NukiUser) user = NULL;

  user = nuki_client_get_user_finish (NUKI_CLIENT (source), result, &error);
  if (hk_delivery_is_over (self))
    return;

  /* What is answered for a person who is gone is not documented; 404 is plausible. */
  if (user == NULL && error->domain == NUKI_ERROR)
    search_user (self);
  else if (user == NULL)
    hk_delivery_look_failed (self, error);
  else
    hk_delivery_not_yet (self);
}

static void
read_back_person_delete (HkDelivery *self)
{
  nuki_client_get_user_async (self->client, self->change->user_id, self->cancellable, on_user_read_back,
                              hk_delivery_ref (self));
}

const HkDeliverySteps hk_delivery_person_steps = {
  .send = send_person,
  .read_back = reread_user,
};

const HkDeliverySteps hk_delivery_person_delete_steps = {
  .send = send_person_delete,
  .read_back = read_back_person_delete,
};
