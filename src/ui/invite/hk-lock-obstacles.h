/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

GHashTable *hk_lock_obstacles_find (HkAccount *account, gboolean for_code, NukiUser *person);

G_END_DECLS
