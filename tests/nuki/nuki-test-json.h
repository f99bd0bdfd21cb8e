/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-json.h>

G_BEGIN_DECLS

GBytes *load_example (const char *name);
NukiJson *parse_text (const char *text);
NukiKey *read_key_text (const char *text);
NukiLock *read_lock_text (const char *text);
NukiUser *read_user_text (const char *text);

G_END_DECLS
