/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-json.h"

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static void
set_date (JsonObject *object, const char *name, GDateTime *date)
{
  g_autofree char *text = NULL;

  if (date == NULL)
    return;

  text = nuki_json_format_date (date);
  json_object_set_string_member (object, name, text);
}

/* The service ignores limits without weekdays, so any limit is sent with them; and it drops limits that are not sent, so
 * what is not limited is left out. */
static void
set_limits (JsonObject *object, const NukiLimits *limits)
{
  int start, end;

  if (nuki_limits_is_always (limits))
    return;

  set_date (object, "allowedFromDate", nuki_limits_get_from (limits));
  set_date (object, "allowedUntilDate", nuki_limits_get_until (limits));
  json_object_set_int_member (object, "allowedWeekDays", nuki_limits_get_weekdays (limits));
  if (nuki_limits_get_window (limits, &start, &end))
    {
      json_object_set_int_member (object, "allowedFromTime", start);
      json_object_set_int_member (object, "allowedUntilTime", end);
    }
}

static JsonObject *
build_common (const NukiKeySpec *spec)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", spec->name);
  json_object_set_boolean_member (object, "remoteAllowed", spec->remote_allowed);
  if (spec->user_id > 0)
    json_object_set_int_member (object, "accountUserId", spec->user_id);
  if (spec->code > 0)
    json_object_set_int_member (object, "code", spec->code);
  set_limits (object, spec->limits);

  return object;
}

static JsonObject *
build_create (const NukiKeySpec *spec)
{
  JsonObject *object = build_common (spec);

  json_object_set_int_member (object, "type", spec->type);
  if (spec->type != NUKI_KEY_CODE)
    json_object_set_boolean_member (object, "smartActionsEnabled", spec->smart_actions);

  return object;
}

static JsonObject *
build_update (const NukiKeySpec *spec)
{
  JsonObject *object = build_common (spec);

  json_object_set_boolean_member (object, "enabled", spec->enabled);
  return object;
}

/**
 * nuki_json_build_lock_update:
 * @name: the name
 * @favorite: whether the lock is a favourite
 *
 * Returns: (transfer full): a `SmartlockUpdate`
 */
JsonNode *
nuki_json_build_lock_update (const char *name, gboolean favorite)
{
  JsonObject *object;

  g_return_val_if_fail (name != NULL, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "name", name);
  json_object_set_boolean_member (object, "favorite", favorite);

  return take_object (object);
}

/**
 * nuki_json_build_user:
 * @name: (nullable): the name
 * @email: (nullable): the e-mail address
 * @language: (nullable): one of nuki_user_list_languages()
 *
 * Returns: (transfer full): an `AccountUserCreate` or `AccountUserUpdate` of what is not %NULL
 */
JsonNode *
nuki_json_build_user (const char *name, const char *email, const char *language)
{
  JsonObject *object = json_object_new ();

  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  if (email != NULL)
    json_object_set_string_member (object, "email", email);
  if (language != NULL)
    json_object_set_string_member (object, "language", language);

  return take_object (object);
}

/**
 * nuki_json_build_key:
 * @spec: what is asked
 *
 * Returns: (transfer full): a `SmartlockAuthCreate`
 */
JsonNode *
nuki_json_build_key (const NukiKeySpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  return take_object (build_create (spec));
}

/**
 * nuki_json_build_keys:
 * @spec: what is asked
 * @lock_ids: (array length=n_lock_ids): the locks
 * @n_lock_ids: how many
 *
 * Returns: (transfer full): a `SmartlocksAuthCreate`
 */
JsonNode *
nuki_json_build_keys (const NukiKeySpec *spec, const gint64 *lock_ids, gsize n_lock_ids)
{
  JsonObject *object;
  JsonArray *array;

  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (lock_ids != NULL || n_lock_ids == 0, NULL);

  array = json_array_new ();
  for (gsize i = 0; i < n_lock_ids; i++)
    json_array_add_int_element (array, lock_ids[i]);

  object = build_create (spec);
  json_object_set_array_member (object, "smartlockIds", array);

  return take_object (object);
}

/**
 * nuki_json_build_key_update:
 * @spec: what is asked: all of it, not only what is new
 *
 * Returns: (transfer full): a `SmartlockAuthUpdate` with the whole record
 */
JsonNode *
nuki_json_build_key_update (const NukiKeySpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  return take_object (build_update (spec));
}

/**
 * nuki_json_build_key_updates:
 * @key_ids: (array zero-terminated=1): ids of keys
 * @specs: what is asked for each of them, as many
 *
 * Returns: (transfer full): an array of `SmartlockAuthMultiUpdate` with the whole records
 */
JsonNode *
nuki_json_build_key_updates (const char *const *key_ids, const NukiKeySpec *const *specs)
{
  JsonArray *array;

  g_return_val_if_fail (key_ids != NULL, NULL);
  g_return_val_if_fail (specs != NULL, NULL);

  array = json_array_new ();
  for (gsize i = 0; key_ids[i] != NULL; i++)
    {
      JsonObject *object = build_update (specs[i]);

      json_object_set_string_member (object, "id", key_ids[i]);
      json_array_add_object_element (array, object);
    }

  return take_array (array);
}

/**
 * nuki_json_build_ids:
 * @ids: (array zero-terminated=1): ids of keys
 *
 * Returns: (transfer full): an array of them
 */
JsonNode *
nuki_json_build_ids (const char *const *ids)
{
  JsonArray *array;

  g_return_val_if_fail (ids != NULL, NULL);

  array = json_array_new ();
  for (gsize i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (array, ids[i]);

  return take_array (array);
}
