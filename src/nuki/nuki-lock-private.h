/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-lock.h"

G_BEGIN_DECLS

#define NUKI_LOCK_STATE_UNKNOWN 255
#define NUKI_LOCK_MODE_CONTINUOUS 3
#define NUKI_LOCK_BATTERY_UNKNOWN -1
#define NUKI_LOCK_ADMIN_PIN_INVALID 2

/* Filled by nuki-json-read.c before anybody else sees the object. */
struct _NukiLock
{
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  NukiLockType type;
  char *name; /* (owned) */
  gboolean favorite;
  NukiServerState server_state;
  int mode;  /* `state.mode` */
  int state; /* `state.state` */
  gboolean battery_critical;
  int battery_charge;
  NukiDoorState door_state;
  gboolean has_keypad;
  int admin_pin_state;
  gboolean busy;
  GTimeZone *zone; /* (owned) */
  gboolean zone_known;
  int firmware;
  GDateTime *updated; /* (owned) (nullable) */
  char *error;        /* (owned) (nullable): what the service says, in its words */
};

G_END_DECLS
