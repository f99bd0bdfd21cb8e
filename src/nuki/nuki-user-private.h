/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-user.h"

G_BEGIN_DECLS

/* Filled by nuki-json-read.c before anybody else sees the object. */
struct _NukiUser
{
  GObject parent_instance;

  int id;
  char *name;         /* (owned) */
  char *email;        /* (owned) */
  char *language;     /* (owned) (nullable) */
  GDateTime *created; /* (owned) (nullable) */
  GDateTime *updated; /* (owned) (nullable) */
  gboolean busy;
};

G_END_DECLS
