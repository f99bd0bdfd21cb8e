/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_SIGN_IN_PAGE (hk_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (HkSignInPage, hk_sign_in_page, HK, SIGN_IN_PAGE, AdwBin)

GtkWidget *hk_sign_in_page_new (HkAccount *account);
void hk_sign_in_page_start (HkSignInPage *self, const char *notice, gboolean can_cancel, gboolean session_only);

G_END_DECLS
