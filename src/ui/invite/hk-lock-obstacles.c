/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-obstacles.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

/* What is on a lock already. */
typedef struct
{
  int n_keys;
  int n_codes;
  gboolean has_person;
} Load;

static Load *
get_load (GHashTable *loads, gint64 lock_id)
{
  Load *load = g_hash_table_lookup (loads, &lock_id);

  if (load == NULL)
    {
      load = g_new0 (Load, 1);
      g_hash_table_insert (loads, g_memdup2 (&lock_id, sizeof lock_id), load);
    }

  return load;
}

static gboolean
belongs_to (HkKey *key, NukiUser *person)
{
  NukiUser *owner = hk_key_get_person (key);

  return hk_key_get_key_type (key) == NUKI_KEY_APP && owner != NULL &&
         nuki_user_get_id (owner) == nuki_user_get_id (person);
}

/* Returns: (transfer full): a table from lock id to Load, by one pass over all keys */
static GHashTable *
weigh (HkAccount *account, NukiUser *person)
{
  GHashTable *loads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GListModel *keys = hk_account_get_keys (account);
  guint n_keys = g_list_model_get_n_items (keys);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      Load *load = get_load (loads, hk_key_get_lock_id (key));

      if (hk_key_get_key_type (key) == NUKI_KEY_CODE)
        load->n_codes++;
      else
        load->n_keys++;
      if (person != NULL && belongs_to (key, person))
        load->has_person = TRUE;
    }

  return loads;
}

/* What keeps a lock from getting any key. Returns: (transfer full) (nullable) */
static char *
find_trouble (NukiLock *lock)
{
  switch (nuki_lock_get_server_state (lock))
    {
    case NUKI_SERVER_STATE_UNREGISTERED:
    case NUKI_SERVER_STATE_AUTH_UUID_INVALID:
    case NUKI_SERVER_STATE_AUTH_INVALID:
      return g_strdup (_ ("Has to be connected to Nuki Web again first"));
    case NUKI_SERVER_STATE_ONLINE:
    case NUKI_SERVER_STATE_OFFLINE:
    default:
      break;
    }
  if (!nuki_lock_get_admin_pin_valid (lock))
    return g_strdup (_ ("Needs its PIN entered in Nuki Web first"));

  return NULL;
}

/* Returns: (transfer full) (nullable) */
static char *
find_obstacle (NukiLock *lock, const Load *load, gboolean for_code, NukiUser *person)
{
  int max_codes = nuki_lock_get_max_codes (lock);
  int max_keys = nuki_lock_get_max_keys (lock);

  if (!for_code && load->has_person)
    /* Translators: %s is a person */
    return nuki_text_printf (_ ("Already has a key for %s"), nuki_user_get_name (person));
  if (for_code && !nuki_lock_get_has_keypad (lock))
    return g_strdup (_ ("No keypad paired"));
  if (for_code && max_codes > 0 && load->n_codes >= max_codes)
    return g_strdup_printf (ngettext ("Full: holds %d code at most", "Full: holds %d codes at most", max_codes), max_codes);
  if (!for_code && max_keys > 0 && load->n_keys >= max_keys)
    return g_strdup_printf (ngettext ("Full: holds %d key at most", "Full: holds %d keys at most", max_keys), max_keys);

  return find_trouble (lock);
}

/**
 * hk_lock_obstacles_find:
 * @account: the account
 * @for_code: whether the new key is a keypad code rather than an app key
 * @person: (nullable): whom an app key is for, if it is somebody known
 *
 * Finds the locks that cannot get the new key: one person has at most one app key on a lock, a code needs a keypad, and a
 * lock has a limited number of places (Nuki Web API PDF 1.5.3, pages 33 and 60).
 *
 * Returns: (transfer full) (element-type gint64 utf8): the reasons, translated, by lock id
 */
GHashTable *
hk_lock_obstacles_find (HkAccount *account, gboolean for_code, NukiUser *person)
{
  g_autoptr (GHashTable) loads = NULL;
  GHashTable *obstacles;
  GListModel *locks;
  guint n_locks;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  loads = weigh (account, person);
  obstacles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  locks = hk_account_get_locks (account);
  n_locks = g_list_model_get_n_items (locks);
  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);
      gint64 id = nuki_lock_get_id (lock);
      char *obstacle = find_obstacle (lock, get_load (loads, id), for_code, person);

      if (obstacle != NULL)
        g_hash_table_insert (obstacles, g_memdup2 (&id, sizeof id), obstacle);
    }

  return obstacles;
}
