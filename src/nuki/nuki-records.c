/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service said, as far as nuki-json-read.c makes anything of it, to be kept as text: reading it again gives the same values. */

#include "nuki-records.h"

#include "nuki-json.h"
#include "nuki-key-private.h"
#include "nuki-lock-private.h"
#include "nuki-user-private.h"
#include "nuki-zones.h"

static char *
take_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return json_to_string (node, FALSE);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/* What is 0 is what is read if there is nothing. */
static void
set_int (JsonObject *object, const char *name, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, name, value);
}

static void
set_boolean (JsonObject *object, const char *name, gboolean value)
{
  if (value)
    json_object_set_boolean_member (object, name, TRUE);
}

/* With its fraction: a moment that is not quite the same would count as something new. */
static void
set_date (JsonObject *object, const char *name, GDateTime *date)
{
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  set_text (object, name, text);
}

static void
set_busy (JsonObject *object, gboolean busy)
{
  if (busy)
    json_object_set_string_member (object, "operationId", "");
}

static void
set_limits (JsonObject *object, const NukiLimits *limits)
{
  int start = 0, end = 0;

  if (nuki_limits_is_always (limits))
    return;

  set_date (object, "allowedFromDate", nuki_limits_get_from (limits));
  set_date (object, "allowedUntilDate", nuki_limits_get_until (limits));
  set_int (object, "allowedWeekDays", nuki_limits_get_weekdays (limits));
  nuki_limits_get_window (limits, &start, &end);
  set_int (object, "allowedFromTime", start);
  set_int (object, "allowedUntilTime", end);
}

static JsonObject *
build_lock_state (NukiLock *lock)
{
  JsonObject *state = json_object_new ();

  set_int (state, "mode", lock->mode);
  json_object_set_int_member (state, "state", lock->state);
  set_boolean (state, "batteryCritical", lock->battery_critical);
  if (lock->battery_charge != NUKI_LOCK_BATTERY_UNKNOWN)
    json_object_set_int_member (state, "batteryCharge", lock->battery_charge);
  set_int (state, "doorState", lock->door_state);

  return state;
}

static JsonObject *
build_lock_config (NukiLock *lock)
{
  JsonObject *config = json_object_new ();

  set_boolean (config, "keypadPaired", lock->has_keypad);
  if (lock->zone_known)
    json_object_set_int_member (config, "timezoneId", nuki_zones_find (lock->zone));

  return config;
}

/**
 * nuki_records_write_lock:
 * @lock: a lock
 *
 * Returns: (transfer full): a `Smartlock` that nuki_json_read_lock() reads as the same
 */
char *
nuki_records_write_lock (NukiLock *lock)
{
  JsonObject *object;

  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "smartlockId", lock->id);
  set_int (object, "accountId", lock->account_id);
  json_object_set_int_member (object, "type", lock->type);
  set_text (object, "name", lock->name);
  set_boolean (object, "favorite", lock->favorite);
  json_object_set_int_member (object, "serverState", lock->server_state);
  set_int (object, "adminPinState", lock->admin_pin_state);
  set_int (object, "firmwareVersion", lock->firmware);
  set_date (object, "updateDate", lock->updated);
  set_busy (object, lock->busy);
  set_text (object, "error", lock->error);
  json_object_set_object_member (object, "state", build_lock_state (lock));
  json_object_set_object_member (object, "config", build_lock_config (lock));

  return take_text (object);
}

/**
 * nuki_records_write_user:
 * @user: a person
 *
 * Returns: (transfer full): an `AccountUser` that nuki_json_read_user() reads as the same
 */
char *
nuki_records_write_user (NukiUser *user)
{
  JsonObject *object;

  g_return_val_if_fail (NUKI_IS_USER (user), NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "accountUserId", user->id);
  set_text (object, "name", user->name);
  set_text (object, "email", user->email);
  set_text (object, "language", user->language);
  set_date (object, "creationDate", user->created);
  set_date (object, "updateDate", user->updated);
  set_busy (object, user->busy);

  return take_text (object);
}

/**
 * nuki_records_write_key:
 * @key: a key
 *
 * Returns: (transfer full): a `SmartlockAuth` that nuki_json_read_key() reads as the same
 */
char *
nuki_records_write_key (NukiKey *key)
{
  JsonObject *object;

  g_return_val_if_fail (NUKI_IS_KEY (key), NULL);

  object = json_object_new ();
  set_text (object, "id", key->id);
  json_object_set_int_member (object, "smartlockId", key->lock_id);
  set_int (object, "accountUserId", key->user_id);
  json_object_set_int_member (object, "type", key->type);
  set_text (object, "name", key->name);
  set_boolean (object, "enabled", key->enabled);
  set_boolean (object, "remoteAllowed", key->remote_allowed);
  set_int (object, "code", key->code);
  set_limits (object, key->limits);
  set_int (object, "lockCount", key->use_count);
  set_date (object, "lastActiveDate", key->last_active);
  set_date (object, "creationDate", key->created);
  set_date (object, "updateDate", key->updated);
  set_busy (object, key->busy);
  set_text (object, "error", key->trouble);

  return take_text (object);
}

static GPtrArray *
read_list (GBytes *text, GPtrArray *(*read) (NukiJson *json, GError **error), GError **error)
{
  g_autoptr (NukiJson) json = nuki_json_parse (text, error);

  return json != NULL ? read (json, error) : NULL;
}

/**
 * nuki_records_read_locks:
 * @text: a JSON array of what nuki_records_write_lock() wrote, whatever became of it
 *
 * Returns: (transfer full) (element-type NukiLock): those that can be used, each id once; %NULL with %NUKI_ERROR_MALFORMED
 *   if @text is no such array or one with nothing that can be used
 */
GPtrArray *
nuki_records_read_locks (GBytes *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_list (text, nuki_json_read_locks, error);
}

/**
 * nuki_records_read_users:
 * @text: a JSON array of what nuki_records_write_user() wrote, whatever became of it
 *
 * Returns: (transfer full) (element-type NukiUser): like nuki_records_read_locks()
 */
GPtrArray *
nuki_records_read_users (GBytes *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_list (text, nuki_json_read_users, error);
}

/**
 * nuki_records_read_keys:
 * @text: a JSON array of what nuki_records_write_key() wrote, whatever became of it
 *
 * Returns: (transfer full) (element-type NukiKey): like nuki_records_read_locks()
 */
GPtrArray *
nuki_records_read_keys (GBytes *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return read_list (text, nuki_json_read_keys, error);
}
