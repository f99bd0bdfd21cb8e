/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-key.h"

G_BEGIN_DECLS

#define NUKI_TYPE_KEY_SPEC (nuki_key_spec_get_type ())

/**
 * NukiKeySpec:
 * @type: %NUKI_KEY_APP or %NUKI_KEY_CODE for a new key; not sent in an update
 * @name: owned; at most %NUKI_KEY_NAME_MAX_BYTES bytes, or %NUKI_CODE_NAME_MAX_BYTES for a code
 * @user_id: `accountUserId`, or 0 for none
 * @code: 6 digits for a code, or 0
 * @enabled: not sent in a create: a new key is on
 * @remote_allowed: may operate from afar
 * @smart_actions: only sent in a create: the service can neither tell nor change it later
 * @limits: owned; never %NULL
 *
 * What is asked for a key: the whole record, because the service drops the limits that an update leaves out.
 */
typedef struct
{
  NukiKeyType type;
  char *name;
  int user_id;
  int code;
  gboolean enabled;
  gboolean remote_allowed;
  gboolean smart_actions;
  NukiLimits *limits;
} NukiKeySpec;

GType nuki_key_spec_get_type (void);
NukiKeySpec *nuki_key_spec_new (NukiKeyType type, const char *name);
NukiKeySpec *nuki_key_spec_new_from_key (NukiKey *key);
NukiKeySpec *nuki_key_spec_copy (const NukiKeySpec *self);
void nuki_key_spec_free (NukiKeySpec *self);
void nuki_key_spec_set_name (NukiKeySpec *self, const char *name);
void nuki_key_spec_set_limits (NukiKeySpec *self, NukiLimits *limits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiKeySpec, nuki_key_spec_free)

G_END_DECLS
