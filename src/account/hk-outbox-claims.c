/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose key it is that a list shows for the first time. */

#include "hk-outbox-private.h"

#include "hk-look.h"

static void
add_claim (GHashTable *claims, gint64 place, HkDelivery *delivery)
{
  GPtrArray *there = g_hash_table_lookup (claims, &place);

  if (there == NULL)
    {
      there = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
      g_hash_table_insert (claims, g_memdup2 (&place, sizeof place), there);
    }
  g_ptr_array_add (there, hk_delivery_ref (delivery));
}

/* A number like that of a place, for keys whose id is known. */
static gint64
get_place_of_id (const char *key_id)
{
  return g_str_hash (key_id);
}

static void
build_claims (HkOutbox *self)
{
  self->claims = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->deliveries->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (self->deliveries, i);

      if (delivery->change->kind != HK_CHANGE_CREATE_KEY)
        continue;
      add_claim (self->claims, hk_look_get_place_of_change (delivery->change), delivery);
      if (delivery->change->key_id != NULL)
        add_claim (self->claims, get_place_of_id (delivery->change->key_id), delivery);
    }
}

/* Returns: (transfer full) (nullable) (element-type HkDelivery): the creations at @place, oldest first */
static GPtrArray *
list_claims (HkOutbox *self, gint64 place)
{
  GPtrArray *there;

  if (self->claims == NULL)
    build_claims (self);
  there = g_hash_table_lookup (self->claims, &place);

  return there != NULL ? g_ptr_array_ref (there) : NULL;
}

static GPtrArray *
list_claims_of (HkOutbox *self, NukiKey *record)
{
  return list_claims (self, hk_look_get_place (nuki_key_get_lock_id (record), nuki_key_get_key_type (record),
                                               nuki_key_get_user_id (record)));
}

/* There is another creation, or it is known now for whom one is. */
void
hk_outbox_forget_claims (HkOutbox *self)
{
  g_clear_pointer (&self->claims, g_hash_table_unref);
}

/* @record is the key of @owner, also when that is over. */
static void
leave_to (HkOutbox *self, GPtrArray *claims, HkDelivery *owner, NukiKey *record)
{
  for (guint i = 0; i < claims->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (claims, i);

      if (delivery != owner && delivery->known_ids != NULL && !hk_delivery_is_over (delivery))
        {
          g_hash_table_add (delivery->known_ids, g_strdup (nuki_key_get_id (record)));
          hk_outbox_save (self, delivery, "another's key");
        }
    }
}

static gboolean
may_have_made (HkDelivery *delivery)
{
  const HkChangeState state = delivery->change->state;

  return !hk_delivery_is_over (delivery) && (state == HK_CHANGE_SENDING || state == HK_CHANGE_ACCEPTED ||
                                             state == HK_CHANGE_NOT_CONFIRMED || delivery->unclear);
}

static HkChange *
find_owner (GPtrArray *claims, const char *key_id)
{
  for (guint i = 0; claims != NULL && i < claims->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (claims, i);

      if (!hk_delivery_is_over (delivery) && g_strcmp0 (delivery->change->key_id, key_id) == 0)
        return delivery->change;
    }

  return NULL;
}

/* Returns: (transfer none) (nullable): the change that is known to have made the key @record, if it is not over */
HkChange *
hk_outbox_find_key (HkOutbox *self, NukiKey *record)
{
  const char *key_id = nuki_key_get_id (record);
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) known = NULL;
  HkChange *found;

  /* As nearly always; it is asked for each of very many keys. */
  if (self->deliveries->len == 0)
    return NULL;

  here = list_claims_of (self, record);
  known = list_claims (self, get_place_of_id (key_id));
  found = find_owner (here, key_id);

  /* Somebody else may have made it another person's since. */
  return found != NULL ? found : find_owner (known, key_id);
}

/*
 * hk_outbox_claim_key:
 * @record: a key
 *
 * Finds out whose it is. If two changes could have made it, it is the earlier one's.
 *
 * Returns: (transfer none) (nullable): the change that made it, if it was one of ours that is not over
 */
HkChange *
hk_outbox_claim_key (HkOutbox *self, NukiKey *record)
{
  g_autoptr (GPtrArray) claims = self->deliveries->len > 0 ? list_claims_of (self, record) : NULL;
  HkChange *found = hk_outbox_find_key (self, record);

  if (found != NULL || claims == NULL)
    return found;

  for (guint i = 0; i < claims->len; i++)
    {
      HkDelivery *delivery = g_ptr_array_index (claims, i);

      if (may_have_made (delivery) && hk_delivery_claim (delivery, record))
        {
          hk_outbox_begin (self);
          hk_outbox_save (self, delivery, "key found");
          leave_to (self, claims, delivery, record);
          hk_outbox_commit (self);
          return delivery->change;
        }
    }

  return NULL;
}
