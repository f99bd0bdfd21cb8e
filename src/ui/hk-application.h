/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <hk-account.h>

G_BEGIN_DECLS

/**
 * HkAccountFunc:
 * @api_url: (nullable): the service's address, or %NULL for the demo account
 * @user_data: what was given to hk_application_new()
 *
 * Makes the account behind a window, so that the user interface needs to know neither HTTP nor the keyring nor the
 * simulator.
 *
 * Returns: (transfer full): an account that has not been opened yet, or %NULL with @error
 */
typedef HkAccount *(*HkAccountFunc) (const char *api_url, gpointer user_data, GError **error);

/* The address of the real service. */
#define HK_DEFAULT_API_URL "https://api.nuki.io"

#define HK_TYPE_APPLICATION (hk_application_get_type ())
G_DECLARE_FINAL_TYPE (HkApplication, hk_application, HK, APPLICATION, AdwApplication)

HkApplication *hk_application_new (HkAccountFunc make_account, gpointer user_data);

G_END_DECLS
