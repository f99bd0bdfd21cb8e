/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-invitation.h>

G_BEGIN_DECLS

char *hk_invite_sentence (const HkInvitation *invitation,
                          const char *email,
                          const char *const *lock_names,
                          GTimeZone *zone,
                          GDateTime *now);
char *hk_invite_join_names (const char *const *names);

G_END_DECLS
