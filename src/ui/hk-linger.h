/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <hk-account.h>

G_BEGIN_DECLS

void hk_linger (GApplication *application, HkAccount *account);

G_END_DECLS
