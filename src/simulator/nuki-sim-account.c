/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-account.h"

#include <gio/gio.h>

#include "nuki-sim-operation.h"

#define DICE_SEED 20250913
#define FIRST_SERIAL 4200

/* Smartlock.config.timezoneId: none. */
#define UNKNOWN_TIME_ZONE 65535

typedef void (*RecordFunc) (NukiSimAccount *self, JsonObject *record);

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
}

static void
set_default_int (JsonObject *record, const char *member, gint64 value)
{
  if (!json_object_has_member (record, member))
    json_object_set_int_member (record, member, value);
}

static void
set_default_boolean (JsonObject *record, const char *member, gboolean value)
{
  if (!json_object_has_member (record, member))
    json_object_set_boolean_member (record, member, value);
}

static void
set_default_string (JsonObject *record, const char *member, const char *value)
{
  if (!json_object_has_member (record, member))
    json_object_set_string_member (record, member, value);
}

static gint64
get_account_id (NukiSimAccount *self)
{
  return nuki_sim_get_int (self->owner, "accountId", 0);
}

/* The complete_* functions add what the API promises, so that an account file needs to hold only what
 * matters. */

static void
complete_owner (NukiSimAccount *self)
{
  g_autofree char *now = nuki_sim_format_date (self->now);

  set_default_int (self->owner, "accountId", 987654321);
  set_default_int (self->owner, "type", 0);
  set_default_string (self->owner, "email", "owner@example.org");
  set_default_boolean (self->owner, "emailVerified", TRUE);
  set_default_string (self->owner, "name", "Owner");
  set_default_string (self->owner, "language", "en");
  set_default_string (self->owner, "creationDate", now);
  set_default_string (self->owner, "updateDate", now);
}

/* Returns: (transfer full): the object @member of @lock, which may be shared, or a new one */
static JsonObject *
copy_part (JsonObject *lock, const char *member)
{
  JsonNode *node = json_object_get_member (lock, member);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return json_object_new ();

  return nuki_sim_copy_object (json_node_get_object (node), TRUE);
}

static void
complete_config (JsonObject *lock)
{
  JsonObject *config = copy_part (lock, "config");

  set_default_string (config, "name", json_object_get_string_member (lock, "name"));
  set_default_int (config, "latitude", 0);
  set_default_int (config, "longitude", 0);
  set_default_boolean (config, "singleLock", FALSE);
  set_default_int (config, "advertisingMode", 0);
  set_default_int (config, "timezoneId", UNKNOWN_TIME_ZONE);
  set_default_int (config, "timezoneOffset", 0);
  json_object_set_object_member (lock, "config", config);
}

static void
complete_state (JsonObject *lock)
{
  JsonObject *state = copy_part (lock, "state");

  set_default_int (state, "mode", 2);
  set_default_int (state, "state", 1);
  set_default_int (state, "trigger", 0);
  set_default_int (state, "lastAction", 2);
  set_default_boolean (state, "batteryCritical", FALSE);
  set_default_int (state, "doorState", 0);
  set_default_int (state, "ringToOpenTimer", 0);
  set_default_boolean (state, "nightMode", FALSE);
  json_object_set_object_member (lock, "state", state);
}

static void
complete_lock (NukiSimAccount *self, JsonObject *lock)
{
  gint64 type;

  set_default_int (lock, "type", 4);
  type = nuki_sim_get_int (lock, "type", 4);
  set_default_int (lock, "accountId", get_account_id (self));
  set_default_int (lock, "authId", 1);
  set_default_string (lock, "name", "Door");
  set_default_boolean (lock, "favorite", FALSE);
  set_default_int (lock, "serverState", NUKI_SIM_SERVER_STATE_ONLINE);
  set_default_int (lock, "adminPinState", 0);
  set_default_boolean (lock, "opener", type == 2);
  set_default_boolean (lock, "box", type == 1);
  set_default_boolean (lock, "smartDoor", type == 3);
  set_default_boolean (lock, "keyturner", type == 0 || type == 4 || type == 5);
  complete_config (lock);
  complete_state (lock);
}

static void
complete_user (NukiSimAccount *self, JsonObject *user)
{
  g_autofree char *now = nuki_sim_format_date (self->now);

  set_default_int (user, "accountId", get_account_id (self));
  set_default_int (user, "type", 0);
  set_default_string (user, "name", "Somebody");
  set_default_string (user, "email", "somebody@example.org");
  set_default_string (user, "language", "en");
  set_default_string (user, "creationDate", now);
  set_default_string (user, "updateDate", now);
}

static void
complete_key (NukiSimAccount *self, JsonObject *key)
{
  set_default_int (key, "type", NUKI_SIM_TYPE_APP);
  set_default_string (key, "name", "Key");
  set_default_boolean (key, "enabled", TRUE);
  set_default_boolean (key, "remoteAllowed", FALSE);
  set_default_int (key, "lockCount", 0);
  if (!json_object_has_member (key, "creationDate"))
    nuki_sim_account_stamp (self, key, "creationDate");
}

static gboolean
check_records (JsonObject *root, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (root, member);
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is not an array", member);
      return FALSE;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” holds something that is not an object",
                     member);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_members (JsonObject *root, const char *member, const char *id_member, GType id_type, GError **error)
{
  JsonArray *array;

  if (!check_records (root, member, error))
    return FALSE;
  if (!json_object_has_member (root, member))
    return TRUE;

  array = json_object_get_array_member (root, member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *id = json_object_get_member (json_array_get_object_element (array, i), id_member);

      if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_value_type (id) != id_type)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an element of “%s” has no usable “%s”",
                       member, id_member);
          return FALSE;
        }
    }

  return TRUE;
}

/* A key has to be on a lock of the account. */
static gboolean
check_key_locks (JsonObject *root, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  JsonArray *locks =
      json_object_has_member (root, "locks") ? json_object_get_array_member (root, "locks") : NULL;
  JsonArray *keys =
      json_object_has_member (root, "keys") ? json_object_get_array_member (root, "keys") : NULL;

  for (guint i = 0; locks != NULL && i < json_array_get_length (locks); i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (locks, i), "smartlockId");

      g_hash_table_add (known, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (keys, i), "smartlockId");

      if (!g_hash_table_contains (known, &id))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "key %u is on no lock of the account", i);
          return FALSE;
        }
    }

  return TRUE;
}

static void
load_records (NukiSimAccount *self,
              GPtrArray *records,
              JsonObject *root,
              const char *member,
              RecordFunc complete)
{
  JsonArray *array;

  g_ptr_array_set_size (records, 0);
  if (!json_object_has_member (root, member))
    return;

  array = json_object_get_array_member (root, member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *record = nuki_sim_copy_object (json_array_get_object_element (array, i), TRUE);

      if (complete != NULL)
        complete (self, record);
      g_ptr_array_add (records, record);
    }
}

static gboolean
load_operations (NukiSimAccount *self, JsonObject *root, GError **error)
{
  JsonArray *array;

  g_ptr_array_set_size (self->operations, 0);
  if (!json_object_has_member (root, "operations"))
    return TRUE;

  array = json_object_get_array_member (root, "operations");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      NukiSimOperation *operation = nuki_sim_operation_from_json (self, json_array_get_element (array, i));

      if (operation == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "operation %u cannot be understood", i);
          return FALSE;
        }
      g_ptr_array_add (self->operations, operation);
    }

  return TRUE;
}

static void
dump_records (JsonObject *root, const char *member, GPtrArray *records)
{
  JsonArray *array = json_array_sized_new (records->len);

  for (guint i = 0; i < records->len; i++)
    json_array_add_object_element (array, nuki_sim_copy_object (g_ptr_array_index (records, i), TRUE));
  json_object_set_array_member (root, member, array);
}

NukiSimAccount *
nuki_sim_account_new (void)
{
  NukiSimAccount *self = g_new0 (NukiSimAccount, 1);

  self->now = g_get_real_time () / 1000;
  self->owner = json_object_new ();
  self->locks = new_records ();
  self->users = new_records ();
  self->keys = new_records ();
  self->keys_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->log = new_records ();
  self->mails = new_records ();
  self->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) nuki_sim_operation_free);
  self->next_serial = FIRST_SERIAL;
  self->dice = g_rand_new_with_seed (DICE_SEED);
  complete_owner (self);

  return self;
}

void
nuki_sim_account_free (NukiSimAccount *self)
{
  g_hash_table_unref (self->keys_by_id);
  json_object_unref (self->owner);
  g_ptr_array_unref (self->locks);
  g_ptr_array_unref (self->users);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->mails);
  g_ptr_array_unref (self->operations);
  g_rand_free (self->dice);
  g_free (self);
}

/* Replaces the account by the one in @node; on an error the account is left as it was, or without operations.
 */
gboolean
nuki_sim_account_load (NukiSimAccount *self, JsonNode *node, GError **error)
{
  JsonObject *root;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an account is a JSON object");
      return FALSE;
    }
  root = json_node_get_object (node);
  if (!check_members (root, "locks", "smartlockId", G_TYPE_INT64, error) ||
      !check_members (root, "users", "accountUserId", G_TYPE_INT64, error) ||
      !check_members (root, "keys", "id", G_TYPE_STRING, error) ||
      !check_members (root, "keys", "smartlockId", G_TYPE_INT64, error) ||
      !check_members (root, "log", "id", G_TYPE_STRING, error) || !check_records (root, "mails", error) ||
      !check_records (root, "operations", error) || !check_key_locks (root, error))
    return FALSE;

  if (json_object_has_member (root, "account") &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (root, "account")))
    {
      json_object_unref (self->owner);
      self->owner = nuki_sim_copy_object (json_object_get_object_member (root, "account"), TRUE);
      complete_owner (self);
    }
  load_records (self, self->locks, root, "locks", complete_lock);
  load_records (self, self->users, root, "users", complete_user);
  g_hash_table_remove_all (self->keys_by_id);
  load_records (self, self->keys, root, "keys", complete_key);
  for (guint i = 0; i < self->keys->len; i++)
    g_hash_table_insert (self->keys_by_id,
                         (char *) json_object_get_string_member (g_ptr_array_index (self->keys, i), "id"),
                         g_ptr_array_index (self->keys, i));
  load_records (self, self->log, root, "log", NULL);
  load_records (self, self->mails, root, "mails", NULL);

  return load_operations (self, root, error);
}

/* The whole account in the form that nuki_sim_account_load() reads. */
JsonNode *
nuki_sim_account_dump (NukiSimAccount *self)
{
  JsonObject *root = json_object_new ();
  JsonArray *operations = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_object_member (root, "account", nuki_sim_copy_object (self->owner, TRUE));
  dump_records (root, "locks", self->locks);
  dump_records (root, "users", self->users);
  dump_records (root, "keys", self->keys);
  dump_records (root, "log", self->log);
  dump_records (root, "mails", self->mails);
  for (guint i = 0; i < self->operations->len; i++)
    json_array_add_element (operations,
                            nuki_sim_operation_to_json (g_ptr_array_index (self->operations, i), self->now));
  json_object_set_array_member (root, "operations", operations);
  json_node_take_object (node, root);

  return node;
}

JsonObject *
nuki_sim_account_find_lock (NukiSimAccount *self, gint64 lock_id)
{
  for (guint i = 0; i < self->locks->len; i++)
    if (nuki_sim_get_int (g_ptr_array_index (self->locks, i), "smartlockId", -1) == lock_id)
      return g_ptr_array_index (self->locks, i);

  return NULL;
}

JsonObject *
nuki_sim_account_find_user (NukiSimAccount *self, gint64 user_id)
{
  for (guint i = 0; i < self->users->len; i++)
    if (nuki_sim_get_int (g_ptr_array_index (self->users, i), "accountUserId", -1) == user_id)
      return g_ptr_array_index (self->users, i);

  return NULL;
}

JsonObject *
nuki_sim_account_find_user_by_email (NukiSimAccount *self, const char *email)
{
  for (guint i = 0; i < self->users->len; i++)
    {
      const char *known = nuki_sim_get_string (g_ptr_array_index (self->users, i), "email");

      if (known != NULL && g_ascii_strcasecmp (known, email) == 0)
        return g_ptr_array_index (self->users, i);
    }

  return NULL;
}

JsonObject *
nuki_sim_account_find_key (NukiSimAccount *self, const char *key_id)
{
  return g_hash_table_lookup (self->keys_by_id, key_id);
}

void
nuki_sim_account_add_key (NukiSimAccount *self, JsonObject *key)
{
  g_ptr_array_add (self->keys, json_object_ref (key));
  g_hash_table_insert (self->keys_by_id, (char *) json_object_get_string_member (key, "id"), key);
}

void
nuki_sim_account_remove_key (NukiSimAccount *self, JsonObject *key)
{
  g_hash_table_remove (self->keys_by_id, json_object_get_string_member (key, "id"));
  g_ptr_array_remove (self->keys, key);
}

/* Puts @next into the place of @key, so that the order of the lists stays. */
void
nuki_sim_account_replace_key (NukiSimAccount *self, JsonObject *key, JsonObject *next)
{
  guint position;

  if (!g_ptr_array_find (self->keys, key, &position))
    g_assert_not_reached ();

  g_hash_table_replace (self->keys_by_id, (char *) json_object_get_string_member (next, "id"), next);
  json_object_unref (key);
  g_ptr_array_index (self->keys, position) = json_object_ref (next);
}

gboolean
nuki_sim_account_is_online (NukiSimAccount *self, gint64 lock_id)
{
  JsonObject *lock = nuki_sim_account_find_lock (self, lock_id);

  return lock != NULL && nuki_sim_get_int (lock, "serverState", 0) == NUKI_SIM_SERVER_STATE_ONLINE;
}

/* An id of the service's form: 24 hexadecimal digits that begin with the time. */
char *
nuki_sim_account_make_id (NukiSimAccount *self)
{
  return g_strdup_printf ("%08x%s%06x", (guint) (self->now / 1000), "d15972f212",
                          (guint) self->next_serial++);
}

/* A number that no lock's key and no person of this account has yet. */
gint64
nuki_sim_account_make_number (NukiSimAccount *self)
{
  gint64 number;

  do
    number = 1264900000 + self->next_serial++;
  while (nuki_sim_account_find_user (self, number) != NULL);

  return number;
}

/* Sets a member of @record to the simulator's time. */
void
nuki_sim_account_stamp (NukiSimAccount *self, JsonObject *record, const char *member)
{
  g_autofree char *now = nuki_sim_format_date (self->now);

  json_object_set_string_member (record, member, now);
}

/* The form in which the service answers dates: UTC, with milliseconds. */
char *
nuki_sim_format_date (gint64 milliseconds)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (milliseconds / 1000);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (milliseconds % 1000));
}

/* Returns: (nullable): @text, a date in any form that the service accepts, in the form that it answers */
char *
nuki_sim_normalize_date (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  if (date == NULL && strlen (text) == strlen ("2025-09-20T13:00Z") && g_str_has_suffix (text, "Z"))
    {
      g_autofree char *with_seconds = g_strdup_printf ("%.16s:00Z", text);

      date = g_date_time_new_from_iso8601 (with_seconds, NULL);
    }
  if (date == NULL)
    return NULL;

  return nuki_sim_format_date (g_date_time_to_unix (date) * 1000 + g_date_time_get_microsecond (date) / 1000);
}

gint64
nuki_sim_get_int (JsonObject *record, const char *member, gint64 fallback)
{
  return json_object_get_int_member_with_default (record, member, fallback);
}

const char *
nuki_sim_get_string (JsonObject *record, const char *member)
{
  return json_object_get_string_member_with_default (record, member, NULL);
}

/* Returns: (transfer full): a copy of @record; members that are objects or arrays are shared with it */
JsonObject *
nuki_sim_copy_object (JsonObject *record, gboolean with_private)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, record);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    if (with_private || member[0] != NUKI_SIM_PRIVATE_PREFIX)
      json_object_set_member (copy, member, json_node_copy (node));

  return copy;
}
