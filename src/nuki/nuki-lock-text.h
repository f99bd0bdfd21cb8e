/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-types.h"

G_BEGIN_DECLS

const char *nuki_lock_describe_state (NukiLockType type, int mode, int state);
const char *nuki_lock_describe_type (NukiLockType type);

G_END_DECLS
