/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-look.h"

#include "hk-drain.h"

/*
 * HkLook:
 * @by_id: (owned) (element-type utf8 NukiKey): for deliveries that know the id of their key; %NULL while it is not listed
 * @by_place: (owned) (element-type gint64 GPtrArray): for new keys, what may be one; see hk_look_get_place()
 * @func: who wants to know
 *
 * What one list of keys says about several deliveries. What concerns none of them is not kept.
 */
struct _HkLook
{
  GHashTable *by_id;
  GHashTable *by_place;
  HkLookFunc func;
  gpointer user_data;
};

static void
clear_key (gpointer key)
{
  if (key != NULL)
    g_object_unref (key);
}

static void
add_delivery (HkLook *self, HkDelivery *delivery)
{
  const gint64 place = hk_look_get_place_of_change (delivery->change);

  if (delivery->change->key_id != NULL)
    g_hash_table_insert (self->by_id, g_strdup (delivery->change->key_id), NULL);
  else if (!g_hash_table_contains (self->by_place, &place))
    g_hash_table_insert (self->by_place, g_memdup2 (&place, sizeof place),
                         g_ptr_array_new_with_free_func (g_object_unref));
}

static void
take_record (HkLook *self, NukiKey *record)
{
  const char *id = nuki_key_get_id (record);
  const gint64 place = hk_look_get_place (nuki_key_get_lock_id (record), nuki_key_get_key_type (record),
                                          nuki_key_get_user_id (record));
  GPtrArray *candidates = g_hash_table_lookup (self->by_place, &place);

  if (candidates != NULL)
    g_ptr_array_add (candidates, g_object_ref (record));
  if (g_hash_table_contains (self->by_id, id))
    g_hash_table_replace (self->by_id, g_strdup (id), g_object_ref (record));
}

/* Takes @self and @records. */
static void
answer (HkLook *self, GPtrArray *records, const GError *error)
{
  if (records == NULL)
    {
      self->func (NULL, error, self->user_data);
      hk_look_free (self);
      return;
    }

  for (guint i = 0; i < records->len; i++)
    take_record (self, g_ptr_array_index (records, i));
  hk_drain (records);
  self->func (self, NULL, self->user_data);
}

static void
on_all_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = nuki_client_list_keys_finish (NUKI_CLIENT (source), result, &error);

  answer (user_data, records, error);
}

static void
on_lock_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = nuki_client_list_lock_keys_finish (NUKI_CLIENT (source), result, &error);

  answer (user_data, records, error);
}

static void
on_user_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = nuki_client_list_user_keys_finish (NUKI_CLIENT (source), result, &error);

  answer (user_data, records, error);
}

/* Returns: the lock of all of them, or 0 */
static gint64
get_common_lock (GPtrArray *deliveries)
{
  const gint64 lock_id = ((HkDelivery *) g_ptr_array_index (deliveries, 0))->change->lock_id;

  for (guint i = 1; i < deliveries->len; i++)
    if (((HkDelivery *) g_ptr_array_index (deliveries, i))->change->lock_id != lock_id)
      return 0;

  return lock_id;
}

/* Returns: who gets all these new keys, or 0. Of a key that is there already, somebody else may have made another's. */
static int
get_common_user (GPtrArray *deliveries)
{
  const int user_id = ((HkDelivery *) g_ptr_array_index (deliveries, 0))->change->user_id;

  for (guint i = 0; i < deliveries->len; i++)
    {
      HkChange *change = ((HkDelivery *) g_ptr_array_index (deliveries, i))->change;

      if (change->kind != HK_CHANGE_CREATE_KEY || change->spec->type == NUKI_KEY_CODE || change->user_id != user_id)
        return 0;
    }

  return user_id;
}

/*
 * hk_look_start:
 * @deliveries: (element-type HkDelivery): who wants to know of their keys; at least one
 * @func: is called once, later, also when it is cancelled
 *
 * Lists the keys to one lock, those of one person, or all, whatever is enough, with one call.
 */
void
hk_look_start (GPtrArray *deliveries, GCancellable *cancellable, HkLookFunc func, gpointer user_data)
{
  NukiClient *client = ((HkDelivery *) g_ptr_array_index (deliveries, 0))->client;
  const gint64 lock_id = get_common_lock (deliveries);
  const int user_id = get_common_user (deliveries);
  HkLook *self = g_new0 (HkLook, 1);

  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, clear_key);
  self->by_place =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->func = func;
  self->user_data = user_data;
  for (guint i = 0; i < deliveries->len; i++)
    add_delivery (self, g_ptr_array_index (deliveries, i));

  if (lock_id != 0)
    nuki_client_list_lock_keys_async (client, lock_id, cancellable, on_lock_listed, self);
  else if (user_id != 0)
    nuki_client_list_user_keys_async (client, user_id, cancellable, on_user_listed, self);
  else
    nuki_client_list_keys_async (client, cancellable, on_all_listed, self);
}

void
hk_look_free (HkLook *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_place);
  g_free (self);
}

/* Returns: whether what the new key of @delivery could be taken for was looked for */
gboolean
hk_look_covers (HkLook *self, HkDelivery *delivery)
{
  const gint64 place = hk_look_get_place_of_change (delivery->change);

  return g_hash_table_contains (self->by_place, &place);
}

/* Returns: whether the id of the key was known when the list was asked for: what is not in an older list is not gone */
gboolean
hk_look_has_id (HkLook *self, HkDelivery *delivery)
{
  return delivery->change->key_id != NULL && g_hash_table_contains (self->by_id, delivery->change->key_id);
}

/* Returns: (transfer none) (nullable): the key whose id @delivery knows, if it is listed */
NukiKey *
hk_look_find_key (HkLook *self, HkDelivery *delivery)
{
  return g_hash_table_lookup (self->by_id, delivery->change->key_id);
}

/* Returns: (transfer none) (element-type NukiKey): what may be the new key of @delivery, which hk_look_covers() */
GPtrArray *
hk_look_list_candidates (HkLook *self, HkDelivery *delivery)
{
  const gint64 place = hk_look_get_place_of_change (delivery->change);

  return g_hash_table_lookup (self->by_place, &place);
}

/* Returns: a number that a new key has in common with the change that asks for it, whatever is amended later: its lock, and
 * whose it is or that it is a code. Other keys may have it, too. */
gint64
hk_look_get_place (gint64 lock_id, NukiKeyType type, int user_id)
{
  return lock_id ^ (gint64) ((guint64) (type == NUKI_KEY_CODE ? -1 : user_id) << 32);
}

gint64
hk_look_get_place_of_change (HkChange *change)
{
  return hk_look_get_place (change->lock_id, change->spec != NULL ? change->spec->type : NUKI_KEY_APP, change->user_id);
}
