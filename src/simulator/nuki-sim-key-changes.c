/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-keys.h"

#include <libsoup/soup.h>

#include "nuki-sim-key-rules.h"
#include "nuki-sim-operation.h"

#define LAST_MINUTE 1440

#define LIMIT_FIELDS                                                                                         \
  NUKI_SIM_FIELD ("allowedFromDate", NUKI_SIM_FIELD_DATE),                                                   \
      NUKI_SIM_FIELD ("allowedUntilDate", NUKI_SIM_FIELD_DATE),                                              \
      NUKI_SIM_FIELD_RANGE ("allowedWeekDays", 0, 127),                                                      \
      NUKI_SIM_FIELD_RANGE ("allowedFromTime", 0, LAST_MINUTE),                                              \
      NUKI_SIM_FIELD_RANGE ("allowedUntilTime", 0, LAST_MINUTE)

#define COMMON_FIELDS                                                                                        \
  NUKI_SIM_FIELD ("name", NUKI_SIM_FIELD_STRING), NUKI_SIM_FIELD ("remoteAllowed", NUKI_SIM_FIELD_BOOLEAN),  \
      NUKI_SIM_FIELD_RANGE ("accountUserId", 1, G_MAXINT32),                                                 \
      NUKI_SIM_FIELD_RANGE ("code", G_MININT32, G_MAXINT32)

/* SmartlockAuthCreate */
static const NukiSimField create_fields[] = {
  COMMON_FIELDS,
  NUKI_SIM_FIELD ("smartActionsEnabled", NUKI_SIM_FIELD_BOOLEAN),
  NUKI_SIM_FIELD_RANGE ("type", 0, 255),
  LIMIT_FIELDS,
  NUKI_SIM_FIELD_END,
};

/* SmartlocksAuthCreate */
static const NukiSimField create_several_fields[] = {
  COMMON_FIELDS,
  NUKI_SIM_FIELD ("smartActionsEnabled", NUKI_SIM_FIELD_BOOLEAN),
  NUKI_SIM_FIELD_RANGE ("type", 0, 255),
  NUKI_SIM_FIELD ("smartlockIds", NUKI_SIM_FIELD_IDS),
  LIMIT_FIELDS,
  NUKI_SIM_FIELD_END,
};

/* SmartlockAuthUpdate */
static const NukiSimField update_fields[] = {
  COMMON_FIELDS,
  NUKI_SIM_FIELD ("enabled", NUKI_SIM_FIELD_BOOLEAN),
  LIMIT_FIELDS,
  NUKI_SIM_FIELD_END,
};

/* SmartlockAuthMultiUpdate */
static const NukiSimField update_several_fields[] = {
  COMMON_FIELDS,
  NUKI_SIM_FIELD ("enabled", NUKI_SIM_FIELD_BOOLEAN),
  NUKI_SIM_FIELD ("id", NUKI_SIM_FIELD_STRING),
  LIMIT_FIELDS,
  NUKI_SIM_FIELD_END,
};

static void
copy_members (JsonObject *from, JsonObject *to, const char *const *members)
{
  for (; *members != NULL; members++)
    if (json_object_has_member (from, *members))
      json_object_set_member (to, *members, json_node_copy (json_object_get_member (from, *members)));
}

static gint64
get_lock_id (JsonObject *record)
{
  return nuki_sim_get_int (record, "smartlockId", 0);
}

static JsonObject *
make_key (NukiSimRequest *request, JsonObject *lock, JsonObject *body)
{
  static const char *const members[] = { "name", "accountUserId", "code", NULL };
  JsonObject *key = json_object_new ();
  g_autofree char *id = nuki_sim_account_make_id (request->account);

  json_object_set_string_member (key, "id", id);
  json_object_set_int_member (key, "smartlockId", get_lock_id (lock));
  json_object_set_int_member (key, "type", nuki_sim_get_int (body, "type", NUKI_SIM_TYPE_APP));
  copy_members (body, key, members);
  json_object_set_boolean_member (key, "enabled", TRUE);
  json_object_set_boolean_member (key, "remoteAllowed",
                                  json_object_get_boolean_member_with_default (body, "remoteAllowed", FALSE));
  json_object_set_boolean_member (
      key, "_smartActionsEnabled",
      json_object_get_boolean_member_with_default (body, "smartActionsEnabled", FALSE));
  json_object_set_int_member (key, "lockCount", 0);
  nuki_sim_key_rules_take_limits (key, body);
  nuki_sim_account_stamp (request->account, key, "creationDate");

  return key;
}

/* Returns: (transfer full) (nullable): the key that @lock is to get, or NULL if the request was answered */
static JsonObject *
check_new_key (NukiSimRequest *request, JsonObject *lock, JsonObject *body)
{
  g_autoptr (JsonObject) key = make_key (request, lock, body);
  gint64 type = nuki_sim_get_int (key, "type", NUKI_SIM_TYPE_APP);

  if (type != NUKI_SIM_TYPE_APP && type != NUKI_SIM_TYPE_FOB && type != NUKI_SIM_TYPE_CODE)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, type);

      nuki_sim_request_fail_value (request, "type", text);
      return NULL;
    }
  if (type != NUKI_SIM_TYPE_CODE && nuki_sim_get_string (key, "name") != NULL &&
      !json_object_has_member (key, "accountUserId"))
    {
      nuki_sim_request_fail_value (request, "accountUserId", NULL);
      return NULL;
    }
  if (!nuki_sim_key_rules_check (request, lock, NULL, key) ||
      !nuki_sim_key_rules_check_room (request, lock, type))
    return NULL;

  return g_steal_pointer (&key);
}

/* The service mails a code for every app key that it creates. */
static void
send_mail (NukiSimAccount *account, JsonObject *key)
{
  JsonObject *mail = json_object_new ();
  JsonObject *user = nuki_sim_account_find_user (account, nuki_sim_get_int (key, "accountUserId", 0));

  json_object_set_string_member (mail, "to", nuki_sim_get_string (user, "email"));
  json_object_set_string_member (mail, "language", nuki_sim_get_string (user, "language"));
  json_object_set_int_member (mail, "smartlockId", get_lock_id (key));
  json_object_set_string_member (mail, "keyId", json_object_get_string_member (key, "id"));
  nuki_sim_account_stamp (account, mail, "date");
  g_ptr_array_add (account->mails, mail);
}

static void
queue_new_key (NukiSimAccount *account, JsonObject *key)
{
  nuki_sim_operation_queue_key (account, NUKI_SIM_OPERATION_CREATE_KEY, get_lock_id (key),
                                json_object_get_string_member (key, "id"), key);
  if (nuki_sim_get_int (key, "type", NUKI_SIM_TYPE_APP) == NUKI_SIM_TYPE_APP)
    send_mail (account, key);
}

static gboolean
check_free (NukiSimRequest *request, JsonObject *key)
{
  if (nuki_sim_operation_find_by_key (request->account, json_object_get_string_member (key, "id")) != NULL)
    return nuki_sim_request_fail (request, SOUP_STATUS_LOCKED, NULL);

  return TRUE;
}

/* Returns: (transfer full) (nullable): @key as it is to become, or NULL if the request was answered */
static JsonObject *
check_update (NukiSimRequest *request, JsonObject *key, JsonObject *body)
{
  static const char *const members[] = { "name", "accountUserId", "code", "enabled", "remoteAllowed", NULL };
  g_autoptr (JsonObject) next = nuki_sim_copy_object (key, TRUE);
  JsonObject *lock = nuki_sim_account_find_lock (request->account, get_lock_id (key));

  if (!json_object_has_member (body, "name"))
    {
      nuki_sim_request_fail (request, NUKI_SIM_STATUS_UNPROCESSABLE, "The parameter 'name' is missing");
      return NULL;
    }

  copy_members (body, next, members);
  nuki_sim_key_rules_take_limits (next, body);
  if (!check_free (request, key) ||
      !nuki_sim_key_rules_check (request, lock, json_object_get_string_member (key, "id"), next))
    return NULL;

  return g_steal_pointer (&next);
}

static void
queue_update (NukiSimAccount *account, JsonObject *next)
{
  nuki_sim_operation_queue_key (account, NUKI_SIM_OPERATION_UPDATE_KEY, get_lock_id (next),
                                json_object_get_string_member (next, "id"), next);
}

static void
queue_delete (NukiSimAccount *account, JsonObject *key)
{
  nuki_sim_operation_queue_key (account, NUKI_SIM_OPERATION_DELETE_KEY, get_lock_id (key),
                                json_object_get_string_member (key, "id"), NULL);
}

/* Returns: (transfer none) (nullable): the key that a list names for the first time, or NULL if the request
 * was answered */
static JsonObject *
take_listed_key (NukiSimRequest *request, GHashTable *seen, const char *id)
{
  JsonObject *key = id != NULL ? nuki_sim_account_find_key (request->account, id) : NULL;

  if (id == NULL || g_hash_table_contains (seen, id))
    nuki_sim_request_fail_value (request, "id", id);
  else if (key == NULL)
    nuki_sim_request_fail (request, SOUP_STATUS_NOT_FOUND, "There is no authorization '%s'", id);
  if (request->status != 0)
    return NULL;

  g_hash_table_add (seen, (char *) id);
  return key;
}

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
}

/* PUT /smartlock/{id}/auth */
void
nuki_sim_keys_create (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, create_fields);
  g_autoptr (JsonObject) key = NULL;

  if (body == NULL)
    return;
  key = check_new_key (request, request->lock, body);
  if (key == NULL)
    return;

  queue_new_key (request->account, key);
  nuki_sim_request_accept (request);
}

/* PUT /smartlock/auth: on all locks or on none */
void
nuki_sim_keys_create_several (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, create_several_fields);
  g_autoptr (GPtrArray) keys = new_records ();
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  JsonArray *ids;

  if (body == NULL)
    return;
  ids = json_object_has_member (body, "smartlockIds") ? json_object_get_array_member (body, "smartlockIds")
                                                      : NULL;
  if (ids == NULL || json_array_get_length (ids) == 0)
    {
      nuki_sim_request_fail_value (request, "smartlockIds", NULL);
      return;
    }

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      gint64 id = json_array_get_int_element (ids, i);
      JsonObject *lock = nuki_sim_account_find_lock (request->account, id);
      JsonObject *key;

      if (lock == NULL)
        {
          nuki_sim_request_fail (request, SOUP_STATUS_NOT_FOUND, "There is no smartlock %" G_GINT64_FORMAT,
                                 id);
          return;
        }
      if (!g_hash_table_add (seen, lock))
        {
          nuki_sim_request_fail_value (request, "smartlockIds", "twice the same");
          return;
        }
      key = check_new_key (request, lock, body);
      if (key == NULL)
        return;
      g_ptr_array_add (keys, key);
    }

  for (guint i = 0; i < keys->len; i++)
    queue_new_key (request->account, g_ptr_array_index (keys, i));
  nuki_sim_request_accept (request);
}

/* POST /smartlock/{id}/auth/{key} */
void
nuki_sim_keys_update (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, update_fields);
  g_autoptr (JsonObject) next = NULL;

  if (body == NULL)
    return;
  next = check_update (request, request->key, body);
  if (next == NULL)
    return;

  queue_update (request->account, next);
  nuki_sim_request_accept (request);
}

/* POST /smartlock/auth: all or none */
void
nuki_sim_keys_update_several (NukiSimRequest *request)
{
  JsonArray *array = nuki_sim_request_read_array (request);
  g_autoptr (GPtrArray) updates = new_records ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, node, update_several_fields);
      JsonObject *key = NULL;
      JsonObject *next = NULL;

      if (body != NULL)
        key = take_listed_key (request, seen, nuki_sim_get_string (json_node_get_object (node), "id"));
      if (key != NULL)
        next = check_update (request, key, body);
      if (next == NULL)
        return;
      g_ptr_array_add (updates, next);
    }
  if (array == NULL)
    return;

  for (guint i = 0; i < updates->len; i++)
    queue_update (request->account, g_ptr_array_index (updates, i));
  nuki_sim_request_accept (request);
}

/* DELETE /smartlock/{id}/auth/{key} */
void
nuki_sim_keys_delete (NukiSimRequest *request)
{
  if (!check_free (request, request->key))
    return;

  queue_delete (request->account, request->key);
  nuki_sim_request_accept (request);
}

/* DELETE /smartlock/auth with the ids as body: all or none */
void
nuki_sim_keys_delete_several (NukiSimRequest *request)
{
  JsonArray *array = nuki_sim_request_read_array (request);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gboolean is_text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
      JsonObject *key = take_listed_key (request, seen, is_text ? json_node_get_string (node) : NULL);

      if (key == NULL || !check_free (request, key))
        return;
      g_ptr_array_add (keys, key);
    }
  if (array == NULL)
    return;

  for (guint i = 0; i < keys->len; i++)
    queue_delete (request->account, g_ptr_array_index (keys, i));
  nuki_sim_request_accept (request);
}
