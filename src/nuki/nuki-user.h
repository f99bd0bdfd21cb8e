/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

#define NUKI_TYPE_USER (nuki_user_get_type ())
G_DECLARE_FINAL_TYPE (NukiUser, nuki_user, NUKI, USER, GObject)

int nuki_user_get_id (NukiUser *self);
const char *nuki_user_get_name (NukiUser *self);
const char *nuki_user_get_email (NukiUser *self);
const char *nuki_user_get_language (NukiUser *self);
gboolean nuki_user_get_busy (NukiUser *self);
GDateTime *nuki_user_get_created (NukiUser *self);
GDateTime *nuki_user_get_updated (NukiUser *self);

gboolean nuki_user_assign (NukiUser *self, NukiUser *newer);

/* The languages in which the service writes invitations, as ISO 639-1 codes; %NULL-terminated. */
const char *const *nuki_user_list_languages (void);

G_END_DECLS
