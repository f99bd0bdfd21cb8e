/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

HkAccount *big_account_new (const char *address);
HkAccount *big_account_new_known (const char *address);
HkAccount *big_account_new_kept (const char *address, const char *folder);
void big_account_open (HkAccount *account, guint n_keys);
void big_account_start (HkAccount *account, guint n_keys);
void big_account_sign_in (HkAccount *account, guint n_keys);
void big_account_refresh (HkAccount *account, guint n_keys);
void big_account_sign_out (HkAccount *account);

G_END_DECLS
