/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-error.h"

G_DEFINE_QUARK (nuki-error-quark, nuki_error)
