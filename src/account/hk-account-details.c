/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for other details of a person or of a lock. */

#include "hk-account-private.h"

/* Whether @change, which is under way, will change the details of the person or of the lock. */
static gboolean
is_on_its_way (HkChange *change, HkChangeKind kind, int user_id, gint64 lock_id)
{
  return change->kind == kind && change->user_id == user_id && change->lock_id == lock_id &&
         !hk_change_get_settled (change);
}

/* @record with what is under way, which the user takes for granted. */
static HkDetails *
make_shown (HkAccount *self, HkChangeKind kind, int user_id, gint64 lock_id, const HkDetails *record)
{
  HkDetails *shown = hk_details_copy (record);

  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (is_on_its_way (change, kind, user_id, lock_id))
        hk_change_apply_details (change, shown);
    }

  return shown;
}

/* What is under way and was seen as if it were there is not what the service has. */
static HkDetails *
make_base (HkAccount *self, HkChange *change, const HkDetails *seen, const HkDetails *record)
{
  HkDetails *base = hk_details_copy (seen);

  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *earlier = g_ptr_array_index (self->active, i);

      if (is_on_its_way (earlier, change->kind, change->user_id, change->lock_id))
        hk_fields_copy_details (earlier->fields, record, base);
    }

  return base;
}

/* Returns: (transfer none) (nullable): @change, which is taken, or %NULL if @asked is what is seen */
static HkChange *
ask_for_details (HkAccount *self, HkChange *change, const HkDetails *seen, const HkDetails *record, HkDetails *asked)
{
  g_autoptr (HkChange) owned = change;
  g_autoptr (HkDetails) before = NULL;

  owned->details = asked;
  before = seen != NULL ? hk_details_copy (seen)
                        : make_shown (self, owned->kind, owned->user_id, owned->lock_id, record);
  if (asked->language == NULL)
    asked->language = g_strdup (before->language);
  owned->fields = hk_change_compare_details (before, asked);
  if (owned->fields == 0)
    return NULL;

  hk_change_set_name (owned, asked->name);
  owned->base_details = make_base (self, owned, before, record);
  g_set_object (&owned->after, hk_account_find_active (self, owned->kind, owned->user_id, owned->lock_id));

  return hk_account_ask (self, g_steal_pointer (&owned), NULL, 0);
}

/**
 * hk_account_dup_person_details:
 * @person: a person of this account
 *
 * Returns: (transfer full): the details with what is under way, for a form
 */
HkDetails *
hk_account_dup_person_details (HkAccount *self, NukiUser *person)
{
  g_autoptr (HkDetails) record = NULL;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  record = hk_details_new_from_person (person);

  return make_shown (self, HK_CHANGE_UPDATE_PERSON, nuki_user_get_id (person), 0, record);
}

/**
 * hk_account_dup_lock_details:
 * @lock: a lock of this account
 *
 * Returns: (transfer full): the details with what is under way, for a form
 */
HkDetails *
hk_account_dup_lock_details (HkAccount *self, NukiLock *lock)
{
  g_autoptr (HkDetails) record = NULL;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  record = hk_details_new_from_lock (lock);

  return make_shown (self, HK_CHANGE_UPDATE_LOCK, 0, nuki_lock_get_id (lock), record);
}

/**
 * hk_account_update_person:
 * @person: a person of this account
 * @base: (nullable): what the user saw before; %NULL for hk_account_dup_person_details()
 * @name: the name
 * @email: the address
 * @language: (nullable): of e-mails, one of nuki_user_list_languages(); %NULL leaves it
 *
 * Asks for other details of a person. Their keys keep their names. Only what differs from @base is touched; the rest stays as
 * the service has it when this is sent. If somebody else has changed the same to something else by then, the change fails, and
 * hk_account_resolve() says what is to be.
 *
 * Returns: (transfer none) (nullable): the change, or %NULL if nothing differs
 */
HkChange *
hk_account_update_person (HkAccount *self,
                          NukiUser *person,
                          const HkDetails *base,
                          const char *name,
                          const char *email,
                          const char *language)
{
  g_autoptr (HkDetails) record = NULL;
  HkChange *change;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);
  g_return_val_if_fail (name != NULL && email != NULL, NULL);

  record = hk_details_new_from_person (person);
  change = hk_account_new_change (self, HK_CHANGE_UPDATE_PERSON);
  change->user_id = nuki_user_get_id (person);

  return ask_for_details (self, change, base, record, hk_details_new_of_person (name, email, language));
}

/**
 * hk_account_update_lock:
 * @lock: a lock of this account
 * @base: (nullable): what the user saw before; %NULL for hk_account_dup_lock_details()
 * @name: the name
 * @favorite: whether it comes first
 *
 * Asks for other details of a lock, like hk_account_update_person().
 *
 * Returns: (transfer none) (nullable): the change, or %NULL if nothing differs
 */
HkChange *
hk_account_update_lock (HkAccount *self, NukiLock *lock, const HkDetails *base, const char *name, gboolean favorite)
{
  g_autoptr (HkDetails) record = NULL;
  HkChange *change;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  record = hk_details_new_from_lock (lock);
  change = hk_account_new_change (self, HK_CHANGE_UPDATE_LOCK);
  hk_change_set_lock (change, nuki_lock_get_id (lock), lock);

  return ask_for_details (self, change, base, record, hk_details_new_of_lock (name, favorite));
}

/**
 * hk_account_get_person_change:
 *
 * Returns: (transfer none) (nullable): the newest change of @person itself that is neither confirmed nor discarded
 */
HkChange *
hk_account_get_person_change (HkAccount *self, NukiUser *person)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  for (guint i = self->active->len; i > 0; i--)
    {
      HkChange *change = g_ptr_array_index (self->active, i - 1);

      if ((change->kind == HK_CHANGE_UPDATE_PERSON || change->kind == HK_CHANGE_DELETE_PERSON) &&
          change->user_id == nuki_user_get_id (person))
        return change;
    }

  return NULL;
}

/**
 * hk_account_get_lock_change:
 *
 * Returns: (transfer none) (nullable): the newest change of @lock itself that is neither confirmed nor discarded
 */
HkChange *
hk_account_get_lock_change (HkAccount *self, NukiLock *lock)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  return hk_account_find_active (self, HK_CHANGE_UPDATE_LOCK, 0, nuki_lock_get_id (lock));
}
