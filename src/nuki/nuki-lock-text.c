/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-lock-text.h"

#include <glib/gi18n-lib.h>

#include "nuki-lock-private.h"

static const char *
describe_opener_state (int mode, int state)
{
  if (mode == NUKI_LOCK_MODE_CONTINUOUS)
    return C_ ("opener", "Continuous mode");

  switch (state)
    {
    case 0:
      return C_ ("opener", "Not set up");
    case 1:
      return C_ ("opener", "Ready");
    case 3:
      return C_ ("opener", "Ring to open");
    case 5:
      return C_ ("opener", "Open");
    case 7:
      return C_ ("opener", "Opening…");
    case 253:
      return C_ ("lock", "Starting…");
    default:
      return C_ ("lock", "State unknown");
    }
}

static const char *
describe_lock_state (int state)
{
  switch (state)
    {
    case 0:
      return C_ ("lock", "Not calibrated");
    case 1:
      return C_ ("lock", "Locked");
    case 2:
      return C_ ("lock", "Unlocking…");
    case 3:
      return C_ ("lock", "Unlocked");
    case 4:
      return C_ ("lock", "Locking…");
    case 5:
      return C_ ("lock", "Unlatched");
    case 6:
      /* Translators: unlocked for somebody who leaves; it locks again by itself */
      return C_ ("lock", "Unlocked, locks again soon");
    case 7:
      return C_ ("lock", "Unlatching…");
    case 224:
      return C_ ("lock", "Wrong code entered");
    case 225:
      return C_ ("lock", "Wrong fingerprint");
    case 253:
      return C_ ("lock", "Starting…");
    case 254:
      return C_ ("lock", "Motor blocked");
    default:
      return C_ ("lock", "State unknown");
    }
}

/**
 * nuki_lock_describe_state:
 * @type: what kind of device it is
 * @mode: `state.mode`
 * @state: `state.state`, which means something else for an Opener
 *
 * Returns: the state in translated words (Nuki Web API 4.10.0)
 */
const char *
nuki_lock_describe_state (NukiLockType type, int mode, int state)
{
  return type == NUKI_LOCK_OPENER ? describe_opener_state (mode, state) : describe_lock_state (state);
}

/**
 * nuki_lock_describe_type:
 * @type: what kind of device it is
 *
 * Returns: the name of the product; not translated, except for a kind that is not known
 */
const char *
nuki_lock_describe_type (NukiLockType type)
{
  switch (type)
    {
    case NUKI_LOCK_SMART_LOCK:
    case NUKI_LOCK_SMART_LOCK_3:
    case NUKI_LOCK_SMART_LOCK_5:
      return "Smart Lock";
    case NUKI_LOCK_BOX:
      return "Box";
    case NUKI_LOCK_OPENER:
      return "Opener";
    case NUKI_LOCK_SMART_DOOR:
      return "Smart Door";
    case NUKI_LOCK_OTHER:
    default:
      return _ ("Unknown device");
    }
}

/**
 * nuki_lock_dup_device_id:
 *
 * Returns: (transfer full): the id that is printed on the device: eight hexadecimal digits
 */
char *
nuki_lock_dup_device_id (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  return g_strdup_printf ("%08X", (guint32) ((guint64) self->id & G_MAXUINT32));
}

/**
 * nuki_lock_dup_firmware:
 *
 * Returns: (transfer full) (nullable): the version of the firmware, such as “2.8.15”
 */
char *
nuki_lock_dup_firmware (NukiLock *self)
{
  g_return_val_if_fail (NUKI_IS_LOCK (self), NULL);

  if (self->firmware <= 0)
    return NULL;

  return g_strdup_printf ("%d.%d.%d", self->firmware >> 16, (self->firmware >> 8) & 255, self->firmware & 255);
}
