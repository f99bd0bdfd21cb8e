/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-key-spec.h"

G_DEFINE_BOXED_TYPE (NukiKeySpec, nuki_key_spec, nuki_key_spec_copy, nuki_key_spec_free)

/**
 * nuki_key_spec_new:
 * @type: %NUKI_KEY_APP, %NUKI_KEY_FOB or %NUKI_KEY_CODE
 * @name: the name
 *
 * Returns: (transfer full): a key that is on and has no limits, no person, no code and no further rights
 */
NukiKeySpec *
nuki_key_spec_new (NukiKeyType type, const char *name)
{
  NukiKeySpec *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (NukiKeySpec, 1);
  self->type = type;
  self->name = g_strdup (name);
  self->enabled = TRUE;
  self->limits = nuki_limits_new_always ();

  return self;
}

/**
 * nuki_key_spec_new_from_key:
 * @key: a key, fresh from the service
 *
 * Returns: (transfer full): all that can be asked for in an update, as it is now; smart actions are off, for the service
 *   does not tell
 */
NukiKeySpec *
nuki_key_spec_new_from_key (NukiKey *key)
{
  NukiKeySpec *self;

  g_return_val_if_fail (NUKI_IS_KEY (key), NULL);

  self = nuki_key_spec_new (nuki_key_get_key_type (key), nuki_key_get_name (key));
  self->user_id = nuki_key_get_user_id (key);
  self->code = nuki_key_get_code (key);
  self->enabled = nuki_key_get_enabled (key);
  self->remote_allowed = nuki_key_get_remote_allowed (key);
  nuki_key_spec_set_limits (self, nuki_key_get_limits (key));

  return self;
}

/**
 * nuki_key_spec_copy:
 *
 * Returns: (transfer full): a deep copy
 */
NukiKeySpec *
nuki_key_spec_copy (const NukiKeySpec *self)
{
  NukiKeySpec *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->limits = nuki_limits_ref (self->limits);

  return copy;
}

/**
 * nuki_key_spec_free:
 * @self: (transfer full): what is asked
 */
void
nuki_key_spec_free (NukiKeySpec *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  nuki_limits_unref (self->limits);
  g_free (self);
}

/**
 * nuki_key_spec_set_name:
 * @name: the name
 */
void
nuki_key_spec_set_name (NukiKeySpec *self, const char *name)
{
  char *copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  copy = g_strdup (name);
  g_free (self->name);
  self->name = copy;
}

/**
 * nuki_key_spec_set_limits:
 * @limits: when the key may be used
 */
void
nuki_key_spec_set_limits (NukiKeySpec *self, NukiLimits *limits)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (limits != NULL);

  nuki_limits_ref (limits);
  nuki_limits_unref (self->limits);
  self->limits = limits;
}
