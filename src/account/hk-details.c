/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-details.h"

/**
 * hk_details_new_of_person:
 * @name: the name
 * @email: (nullable): the address
 * @language: (nullable): of e-mails
 *
 * Returns: (transfer full): the details of a person
 */
HkDetails *
hk_details_new_of_person (const char *name, const char *email, const char *language)
{
  HkDetails *self = g_new0 (HkDetails, 1);

  self->name = g_strdup (name);
  self->email = g_strdup (email);
  self->language = g_strdup (language);

  return self;
}

/**
 * hk_details_new_of_lock:
 * @name: the name
 * @favorite: whether it comes first
 *
 * Returns: (transfer full): the details of a lock
 */
HkDetails *
hk_details_new_of_lock (const char *name, gboolean favorite)
{
  HkDetails *self = g_new0 (HkDetails, 1);

  self->name = g_strdup (name);
  self->favorite = favorite;

  return self;
}

/**
 * hk_details_new_from_person:
 * @person: a person
 *
 * Returns: (transfer full): the details as the service has them
 */
HkDetails *
hk_details_new_from_person (NukiUser *person)
{
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  return hk_details_new_of_person (nuki_user_get_name (person), nuki_user_get_email (person),
                                   nuki_user_get_language (person));
}

/**
 * hk_details_new_from_lock:
 * @lock: a lock
 *
 * Returns: (transfer full): the details as the service has them
 */
HkDetails *
hk_details_new_from_lock (NukiLock *lock)
{
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  return hk_details_new_of_lock (nuki_lock_get_name (lock), nuki_lock_get_favorite (lock));
}

/**
 * hk_details_copy:
 *
 * Returns: (transfer full): a copy
 */
HkDetails *
hk_details_copy (const HkDetails *self)
{
  HkDetails *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = hk_details_new_of_person (self->name, self->email, self->language);
  copy->favorite = self->favorite;

  return copy;
}

/**
 * hk_details_free:
 *
 * Frees the details.
 */
void
hk_details_free (HkDetails *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->email);
  g_free (self->language);
  g_free (self);
}
