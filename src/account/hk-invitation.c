/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invitation.h"

G_DEFINE_BOXED_TYPE (HkInvitation, hk_invitation, hk_invitation_copy, hk_invitation_free)

/**
 * hk_invitation_new:
 * @spec: the key that is asked for; copied
 *
 * Returns: (transfer full): an invitation to no lock yet
 */
HkInvitation *
hk_invitation_new (NukiKeySpec *spec)
{
  HkInvitation *self;

  g_return_val_if_fail (spec != NULL, NULL);

  self = g_new0 (HkInvitation, 1);
  self->spec = nuki_key_spec_copy (spec);
  self->lock_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

/**
 * hk_invitation_set_new_person:
 * @name: the name of somebody who has no account user yet
 * @email: where the invitation is mailed to
 * @language: the language of that e-mail, one of nuki_user_list_languages()
 *
 * Says that the key is for a new person; that person is made, or found by the address, before the key is.
 */
void
hk_invitation_set_new_person (HkInvitation *self, const char *name, const char *email, const char *language)
{
  g_return_if_fail (self != NULL);

  g_free (self->person_name);
  self->person_name = g_strdup (name);
  g_free (self->email);
  self->email = g_strdup (email);
  g_free (self->language);
  self->language = g_strdup (language);
}

/**
 * hk_invitation_add_lock:
 * @lock_id: the `smartlockId` of a lock that gets the key
 */
void
hk_invitation_add_lock (HkInvitation *self, gint64 lock_id)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->lock_ids, lock_id);
}

/**
 * hk_invitation_copy:
 *
 * Returns: (transfer full): a deep copy
 */
HkInvitation *
hk_invitation_copy (const HkInvitation *self)
{
  HkInvitation *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hk_invitation_new (self->spec);
  hk_invitation_set_new_person (copy, self->person_name, self->email, self->language);
  g_array_append_vals (copy->lock_ids, self->lock_ids->data, self->lock_ids->len);

  return copy;
}

/**
 * hk_invitation_free:
 */
void
hk_invitation_free (HkInvitation *self)
{
  nuki_key_spec_free (self->spec);
  g_free (self->person_name);
  g_free (self->email);
  g_free (self->language);
  g_array_unref (self->lock_ids);
  g_free (self);
}
