/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-lock-private.h"

#include <glib/gi18n-lib.h>

#include "nuki-assign.h"
#include "nuki-lock-text.h"

/* Before it, the device is a Smart Lock 1, which has less memory. */
#define FIRST_FIRMWARE_OF_SMART_LOCK_2 (2 << 16)

/**
 * NukiLock:
 *
 * A lock or another device that opens doors: a `Smartlock` of the Nuki Web API 4.10.0. Read from JSON, then
 * changed by nuki_lock_assign() alone.
 */
G_DEFINE_FINAL_TYPE (NukiLock, nuki_lock, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_LOCK_TYPE,
  PROP_NAME,
  PROP_FAVORITE,
  PROP_SERVER_STATE,
  PROP_ONLINE,
  PROP_STATE_TEXT,
  PROP_BATTERY_CRITICAL,
  PROP_BATTERY_CHARGE,
  PROP_DOOR_STATE,
  PROP_HAS_KEYPAD,
  PROP_ADMIN_PIN_VALID,
  PROP_BUSY,
  PROP_ZONE,
  PROP_ZONE_KNOWN,
  PROP_MODEL_NAME,
  PROP_DEVICE_ID,
  PROP_FIRMWARE,
  PROP_MAX_KEYS,
  PROP_MAX_CODES,
  PROP_UPDATED,
  PROP_TROUBLE,
  N_PROPS,
};

#define READ_ONLY (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[N_PROPS];

static void
notify (NukiLock *self, guint prop, gboolean changed)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* What changes by itself while the lock is in use. */
static void
assign_state (NukiLock *self, NukiLock *newer)
{
  gboolean connection, pin, error;

  connection = self->server_state != newer->server_state;
  self->server_state = newer->server_state;
  pin = nuki_assign_int (&self->admin_pin_state, newer->admin_pin_state);
  error = nuki_assign_string (&self->error, newer->error);
  notify (self, PROP_SERVER_STATE, connection);
  notify (self, PROP_ONLINE, connection);
  notify (self, PROP_ADMIN_PIN_VALID, pin);
  notify (self, PROP_TROUBLE, connection || pin || error);

  notify (self, PROP_STATE_TEXT, nuki_assign_int (&self->mode, newer->mode));
  notify (self, PROP_STATE_TEXT, nuki_assign_int (&self->state, newer->state));
  notify (self, PROP_BATTERY_CRITICAL, nuki_assign_int (&self->battery_critical, newer->battery_critical));
  notify (self, PROP_BATTERY_CHARGE, nuki_assign_int (&self->battery_charge, newer->battery_charge));
  notify (self, PROP_DOOR_STATE, self->door_state != newer->door_state);
  self->door_state = newer->door_state;
}

/* What changes when the device is set up or gets new firmware. */
static void
assign_device (NukiLock *self, NukiLock *newer)
{
  gboolean type, firmware;

  type = self->type != newer->type;
  self->type = newer->type;
  firmware = nuki_assign_int (&self->firmware, newer->firmware);
  notify (self, PROP_LOCK_TYPE, type);
  notify (self, PROP_MODEL_NAME, type);
  notify (self, PROP_STATE_TEXT, type);
  notify (self, PROP_FIRMWARE, firmware);
  notify (self, PROP_MAX_KEYS, type || firmware);
  notify (self, PROP_MAX_CODES, type);

  notify (self, PROP_HAS_KEYPAD, nuki_assign_int (&self->has_keypad, newer->has_keypad));
  notify (self, PROP_ZONE, nuki_assign_zone (&self->zone, newer->zone));
  notify (self, PROP_ZONE_KNOWN, nuki_assign_int (&self->zone_known, newer->zone_known));
}

/* What changes by itself. */
static void
get_state_property (NukiLock *self, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SERVER_STATE:
      g_value_set_int (value, nuki_lock_get_server_state (self));
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, nuki_lock_get_online (self));
      break;
    case PROP_STATE_TEXT:
      g_value_set_string (value, nuki_lock_get_state_text (self));
      break;
    case PROP_BATTERY_CRITICAL:
      g_value_set_boolean (value, nuki_lock_get_battery_critical (self));
      break;
    case PROP_BATTERY_CHARGE:
      g_value_set_int (value, nuki_lock_get_battery_charge (self));
      break;
    case PROP_DOOR_STATE:
      g_value_set_int (value, nuki_lock_get_door_state (self));
      break;
    case PROP_ADMIN_PIN_VALID:
      g_value_set_boolean (value, nuki_lock_get_admin_pin_valid (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, nuki_lock_get_busy (self));
      break;
    case PROP_UPDATED:
      g_value_set_boxed (value, nuki_lock_get_updated (self));
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, nuki_lock_get_trouble (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, prop_id, pspec);
    }
}

static void
nuki_lock_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NukiLock *self = NUKI_LOCK (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, nuki_lock_get_id (self));
      break;
    case PROP_LOCK_TYPE:
      g_value_set_int (value, nuki_lock_get_lock_type (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, nuki_lock_get_name (self));
      break;
    case PROP_FAVORITE:
      g_value_set_boolean (value, nuki_lock_get_favorite (self));
      break;
    case PROP_HAS_KEYPAD:
      g_value_set_boolean (value, nuki_lock_get_has_keypad (self));
      break;
    case PROP_ZONE:
      g_value_set_boxed (value, nuki_lock_get_zone (self));
      break;
    case PROP_ZONE_KNOWN:
      g_value_set_boolean (value, nuki_lock_get_zone_known (self));
      break;
    case PROP_MODEL_NAME:
      g_value_set_string (value, nuki_lock_get_model_name (self));
      break;
    case PROP_DEVICE_ID:
      g_value_take_string (value, nuki_lock_dup_device_id (self));
      break;
    case PROP_FIRMWARE:
      g_value_take_string (value, nuki_lock_dup_firmware (self));
      break;
    case PROP_MAX_KEYS:
      g_value_set_int (value, nuki_lock_get_max_keys (self));
      break;
    case PROP_MAX_CODES:
      g_value_set_int (value, nuki_lock_get_max_codes (self));
      break;
    default:
      get_state_property (self, prop_id, value, pspec);
    }
}

static void
nuki_lock_finalize (GObject *object)
{
  NukiLock *self = NUKI_LOCK (object);

  g_free (self->name);
  g_free (self->error);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->updated, g_date_time_unref);

  G_OBJECT_CLASS (nuki_lock_parent_class)->finalize (object);
}

static void
create_device_properties (void)
{
  /**
   * NukiLock:id:
   *
   * The `smartlockId`.
   */
  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, READ_ONLY);
  /**
   * NukiLock:lock-type:
   *
   * The #NukiLockType.
   */
  properties[PROP_LOCK_TYPE] = g_param_spec_int ("lock-type", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiLock:name:
   *
   * The name; may be empty.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiLock:favorite:
   *
   * Whether the lock is a favourite.
   */
  properties[PROP_FAVORITE] = g_param_spec_boolean ("favorite", NULL, NULL, FALSE, READ_ONLY);
}

static void
create_capability_properties (void)
{
  /**
   * NukiLock:has-keypad:
   *
   * Whether a keypad is paired, so that the lock takes codes.
   */
  properties[PROP_HAS_KEYPAD] = g_param_spec_boolean ("has-keypad", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:zone:
   *
   * The time zone in which the lock means weekdays and hours; the computer's if it is not known.
   */
  properties[PROP_ZONE] = g_param_spec_boxed ("zone", NULL, NULL, G_TYPE_TIME_ZONE, READ_ONLY);
  /**
   * NukiLock:zone-known:
   *
   * Whether the lock says which time zone it is in.
   */
  properties[PROP_ZONE_KNOWN] = g_param_spec_boolean ("zone-known", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:model-name:
   *
   * The name of the product, such as “Smart Lock”.
   */
  properties[PROP_MODEL_NAME] = g_param_spec_string ("model-name", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiLock:device-id:
   *
   * The id that is printed on the device.
   */
  properties[PROP_DEVICE_ID] = g_param_spec_string ("device-id", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiLock:firmware:
   *
   * The version of the firmware, such as “2.8.15”, or %NULL if not known.
   */
  properties[PROP_FIRMWARE] = g_param_spec_string ("firmware", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiLock:max-keys:
   *
   * How many keys fit into the lock, codes not counted.
   */
  properties[PROP_MAX_KEYS] = g_param_spec_int ("max-keys", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiLock:max-codes:
   *
   * How many codes fit into the keypad.
   */
  properties[PROP_MAX_CODES] = g_param_spec_int ("max-codes", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
}

static void
create_state_properties (void)
{
  /**
   * NukiLock:server-state:
   *
   * The #NukiServerState.
   */
  properties[PROP_SERVER_STATE] = g_param_spec_int ("server-state", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiLock:online:
   *
   * Whether the service reaches the lock.
   */
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:state-text:
   *
   * The last known state in translated words, such as “Locked”.
   */
  properties[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, READ_ONLY);
  /**
   * NukiLock:battery-critical:
   *
   * Whether the battery is nearly empty.
   */
  properties[PROP_BATTERY_CRITICAL] = g_param_spec_boolean ("battery-critical", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:battery-charge:
   *
   * The charge in percent, or -1 if the lock does not say.
   */
  properties[PROP_BATTERY_CHARGE] = g_param_spec_int ("battery-charge", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
  /**
   * NukiLock:door-state:
   *
   * The #NukiDoorState.
   */
  properties[PROP_DOOR_STATE] = g_param_spec_int ("door-state", NULL, NULL, G_MININT, G_MAXINT, 0, READ_ONLY);
}

static void
create_service_properties (void)
{
  /**
   * NukiLock:admin-pin-valid:
   *
   * Whether the service may change keys on the lock; if not, the PIN has to be entered in Nuki Web.
   */
  properties[PROP_ADMIN_PIN_VALID] = g_param_spec_boolean ("admin-pin-valid", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:busy:
   *
   * Whether an operation on this lock is under way.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, READ_ONLY);
  /**
   * NukiLock:updated:
   *
   * When the service last heard from the lock, UTC.
   */
  properties[PROP_UPDATED] = g_param_spec_boxed ("updated", NULL, NULL, G_TYPE_DATE_TIME, READ_ONLY);
  /**
   * NukiLock:trouble:
   *
   * What is wrong and what to do about it, in translated words.
   */
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, READ_ONLY);
}

static void
nuki_lock_class_init (NukiLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = nuki_lock_get_property;
  object_class->finalize = nuki_lock_finalize;
  create_device_properties ();
  create_capability_properties ();
  create_state_properties ();
  create_service_properties ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
nuki_lock_init (NukiLock *self)
{
  self->type = NUKI_LOCK_OTHER;
  self->state = NUKI_LOCK_STATE_UNKNOWN;
  self->battery_charge = NUKI_LOCK_BATTERY_UNKNOWN;
}

/**
 * nuki_lock_get_id:
 *
 * Returns: the `smartlockId`
 */
gint64
nuki_lock_get_id (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), 0);

  return self->id;
}

/**
 * nuki_lock_get_account_id:
 *
 * Returns: the `accountId` of the account that it belongs to, or 0 if the service does not say
 */
gint64
nuki_lock_get_account_id (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), 0);

  return self->account_id;
}

/**
 * nuki_lock_get_lock_type:
 *
 * Returns: what kind of device it is
 */
NukiLockType
nuki_lock_get_lock_type (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NUKI_LOCK_OTHER);

  return self->type;
}

/**
 * nuki_lock_get_name:
 *
 * Returns: the name; may be empty
 */
const char *
nuki_lock_get_name (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return self->name;
}

/**
 * nuki_lock_get_favorite:
 *
 * Returns: %TRUE if the lock is a favourite
 */
gboolean
nuki_lock_get_favorite (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->favorite;
}

/**
 * nuki_lock_get_server_state:
 *
 * Returns: how the service stands with the lock
 */
NukiServerState
nuki_lock_get_server_state (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NUKI_SERVER_STATE_OFFLINE);

  return self->server_state;
}

/**
 * nuki_lock_get_online:
 *
 * Returns: %TRUE if the service reaches the lock
 */
gboolean
nuki_lock_get_online (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->server_state == NUKI_SERVER_STATE_ONLINE;
}

/**
 * nuki_lock_get_state_text:
 *
 * Returns: the last known state in translated words, such as “Locked”; it may be old if the lock is not online
 */
const char *
nuki_lock_get_state_text (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return nuki_lock_describe_state (self->type, self->mode, self->state);
}

/**
 * nuki_lock_get_battery_critical:
 *
 * Returns: %TRUE if the battery is nearly empty
 */
gboolean
nuki_lock_get_battery_critical (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->battery_critical;
}

/**
 * nuki_lock_get_battery_charge:
 *
 * Returns: the charge in percent, 0 to 100, or -1 if the lock does not say
 */
int
nuki_lock_get_battery_charge (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NUKI_LOCK_BATTERY_UNKNOWN);

  return self->battery_charge;
}

/**
 * nuki_lock_get_door_state:
 *
 * Returns: whether the door is open, if the lock has a door sensor
 */
NukiDoorState
nuki_lock_get_door_state (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NUKI_DOOR_UNKNOWN);

  return self->door_state;
}

/**
 * nuki_lock_get_has_keypad:
 *
 * Returns: %TRUE if a keypad is paired, so that the lock takes codes
 */
gboolean
nuki_lock_get_has_keypad (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->has_keypad;
}

/**
 * nuki_lock_get_admin_pin_valid:
 *
 * Returns: %FALSE if the service may not change keys on the lock until its PIN is entered in Nuki Web
 */
gboolean
nuki_lock_get_admin_pin_valid (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->admin_pin_state != NUKI_LOCK_ADMIN_PIN_INVALID;
}

/**
 * nuki_lock_get_busy:
 *
 * Returns: %TRUE if an operation on this lock is under way
 */
gboolean
nuki_lock_get_busy (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->busy;
}

/**
 * nuki_lock_get_zone:
 *
 * Returns: (transfer none): the time zone in which the lock means weekdays and hours; the computer's if it is not
 * known
 */
GTimeZone *
nuki_lock_get_zone (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return self->zone;
}

/**
 * nuki_lock_get_zone_known:
 *
 * Returns: %TRUE if the lock says which time zone it is in
 */
gboolean
nuki_lock_get_zone_known (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), FALSE);

  return self->zone_known;
}

/**
 * nuki_lock_get_model_name:
 *
 * Returns: the name of the product, such as “Smart Lock”
 */
const char *
nuki_lock_get_model_name (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return nuki_lock_describe_type (self->type);
}

/**
 * nuki_lock_get_max_keys:
 *
 * Returns: how many keys fit into the lock, codes not counted (Nuki Web API PDF 1.5.3, pages 33 and 60)
 */
int
nuki_lock_get_max_keys (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), 0);

  if (self->type == NUKI_LOCK_SMART_LOCK && self->firmware > 0 && self->firmware < FIRST_FIRMWARE_OF_SMART_LOCK_2)
    return 100;

  return 200;
}

/**
 * nuki_lock_get_max_codes:
 *
 * Returns: how many codes fit into the keypad (Nuki Web API PDF 1.5.3, pages 33 and 60)
 */
int
nuki_lock_get_max_codes (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), 0);

  return self->type == NUKI_LOCK_SMART_LOCK ? 100 : 200;
}

/**
 * nuki_lock_get_updated:
 *
 * Returns: (transfer none) (nullable): when the service last heard from the lock, UTC
 */
GDateTime *
nuki_lock_get_updated (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return self->updated;
}

/**
 * nuki_lock_get_trouble:
 *
 * Returns: (nullable): what is wrong and what to do about it, in translated words or in those of the service
 */
const char *
nuki_lock_get_trouble (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  switch (self->server_state)
    {
    case NUKI_SERVER_STATE_UNREGISTERED:
    case NUKI_SERVER_STATE_AUTH_UUID_INVALID:
    case NUKI_SERVER_STATE_AUTH_INVALID:
      return _ ("This lock has to be connected to Nuki Web again.");
    case NUKI_SERVER_STATE_ONLINE:
    case NUKI_SERVER_STATE_OFFLINE:
    default:
      break;
    }

  if (!nuki_lock_get_admin_pin_valid (self))
    return _ ("Keys cannot be changed until the lock’s PIN is entered again in Nuki Web.");

  return self->error;
}

/**
 * nuki_lock_assign:
 * @newer: what the service says now about the same lock
 *
 * Takes over all that is new, so that what shows this object stays; notifies only what changed.
 */
void
nuki_lock_assign (NukiLock *self, NukiLock *newer)
{
  g_return_if_fail (NUKI_IS_LOCK (self));
  g_return_if_fail (NUKI_IS_LOCK (newer));
  g_return_if_fail (self->id == newer->id);

  self->account_id = newer->account_id;
  g_object_freeze_notify (G_OBJECT (self));
  assign_state (self, newer);
  assign_device (self, newer);
  notify (self, PROP_NAME, nuki_assign_string (&self->name, newer->name));
  notify (self, PROP_FAVORITE, nuki_assign_int (&self->favorite, newer->favorite));
  notify (self, PROP_BUSY, nuki_assign_int (&self->busy, newer->busy));
  notify (self, PROP_UPDATED, nuki_assign_date (&self->updated, newer->updated));
  g_object_thaw_notify (G_OBJECT (self));
}
