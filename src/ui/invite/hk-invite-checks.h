/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

gboolean hk_invite_has_person (HkAccount *account, NukiUser *person);
char *hk_invite_check_email (HkAccount *account, const char *text);
char *hk_invite_check_code (HkAccount *account, GPtrArray *locks, HkKey *except, const char *text);
char *hk_invite_cut_name (const char *name);

G_END_DECLS
