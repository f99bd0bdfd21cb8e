/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NukiKeyType:
 * @NUKI_KEY_APP: a key on somebody's phone, mailed as an invitation
 * @NUKI_KEY_BRIDGE: a bridge or Nuki Web itself; infrastructure
 * @NUKI_KEY_FOB: a key fob
 * @NUKI_KEY_KEYPAD: the keypad device; infrastructure
 * @NUKI_KEY_CODE: a code typed into a keypad
 * @NUKI_KEY_Z_KEY: a Z-Wave key
 * @NUKI_KEY_VIRTUAL: a virtual key; infrastructure
 * @NUKI_KEY_OTHER: a type that this version does not know
 *
 * `SmartlockAuth.type` of the Nuki Web API 4.10.0. Values below %NUKI_KEY_OTHER are those on the wire.
 */
typedef enum
{
  NUKI_KEY_APP = 0,
  NUKI_KEY_BRIDGE = 1,
  NUKI_KEY_FOB = 2,
  NUKI_KEY_KEYPAD = 3,
  NUKI_KEY_CODE = 13,
  NUKI_KEY_Z_KEY = 14,
  NUKI_KEY_VIRTUAL = 15,
  NUKI_KEY_OTHER = 255,
} NukiKeyType;

/**
 * NukiWeekdays:
 *
 * Days on which a key opens; the bits of `allowedWeekDays` in the Nuki Web API 4.10.0.
 */
typedef enum /*< flags >*/
{
  NUKI_WEEKDAYS_NONE = 0,
  NUKI_SUNDAY = 1 << 0,
  NUKI_SATURDAY = 1 << 1,
  NUKI_FRIDAY = 1 << 2,
  NUKI_THURSDAY = 1 << 3,
  NUKI_WEDNESDAY = 1 << 4,
  NUKI_TUESDAY = 1 << 5,
  NUKI_MONDAY = 1 << 6,
  NUKI_WEEKDAYS_ALL = 127,
} NukiWeekdays;

/**
 * NukiLockType:
 *
 * `Smartlock.type` of the Nuki Web API 4.10.0.
 */
typedef enum
{
  NUKI_LOCK_SMART_LOCK = 0,
  NUKI_LOCK_BOX = 1,
  NUKI_LOCK_OPENER = 2,
  NUKI_LOCK_SMART_DOOR = 3,
  NUKI_LOCK_SMART_LOCK_3 = 4,
  NUKI_LOCK_SMART_LOCK_5 = 5,
  NUKI_LOCK_OTHER = 255,
} NukiLockType;

/**
 * NukiServerState:
 *
 * How the service stands with a lock: `Smartlock.serverState` of the Nuki Web API 4.10.0. In the three states between
 * online and offline the lock has to be connected to Nuki Web again.
 */
typedef enum
{
  NUKI_SERVER_STATE_ONLINE = 0,
  NUKI_SERVER_STATE_UNREGISTERED = 1,
  NUKI_SERVER_STATE_AUTH_UUID_INVALID = 2,
  NUKI_SERVER_STATE_AUTH_INVALID = 3,
  NUKI_SERVER_STATE_OFFLINE = 4,
} NukiServerState;

/**
 * NukiDoorState:
 *
 * `Smartlock.state.doorState`, as far as a person can use it.
 */
typedef enum
{
  NUKI_DOOR_UNKNOWN = 0,
  NUKI_DOOR_CLOSED = 2,
  NUKI_DOOR_OPEN = 3,
} NukiDoorState;

/**
 * NukiScopes:
 * @NUKI_SCOPE_LOCKS: may list locks (`smartlock.readOnly` or `smartlock`)
 * @NUKI_SCOPE_KEYS: may manage keys (`smartlock.auth`)
 * @NUKI_SCOPE_PEOPLE: may manage people (`account`)
 * @NUKI_SCOPE_LOG: may read the log (`smartlock.log`)
 *
 * What a token may do, as far as it can be found out without changing anything.
 */
typedef enum /*< flags >*/
{
  NUKI_SCOPE_NONE = 0,
  NUKI_SCOPE_LOCKS = 1 << 0,
  NUKI_SCOPE_KEYS = 1 << 1,
  NUKI_SCOPE_PEOPLE = 1 << 2,
  NUKI_SCOPE_LOG = 1 << 3,
} NukiScopes;

/* A key's name may have at most this many bytes; the device stores bytes. */
#define NUKI_KEY_NAME_MAX_BYTES 32
#define NUKI_CODE_NAME_MAX_BYTES 20

G_END_DECLS
