/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-key.h"

G_BEGIN_DECLS

/* Filled by nuki-json-read.c before anybody else sees the object. */
struct _NukiKey
{
  GObject parent_instance;

  char *id; /* (owned) */
  gint64 lock_id;
  int user_id;
  NukiKeyType type;
  char *name; /* (owned) */
  gboolean enabled;
  gboolean remote_allowed;
  int code;
  NukiLimits *limits; /* (owned) */
  int use_count;
  GDateTime *last_active; /* (owned) (nullable) */
  GDateTime *created;     /* (owned) (nullable) */
  GDateTime *updated;     /* (owned) (nullable) */
  gboolean busy;
  char *trouble; /* (owned) (nullable) */
  gboolean not_understood;
};

G_END_DECLS
