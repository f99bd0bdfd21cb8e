/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_PREFERENCES_DIALOG (hk_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HkPreferencesDialog, hk_preferences_dialog, HK, PREFERENCES_DIALOG, HkDialog)

GtkWidget *hk_preferences_dialog_new (HkAccount *account, GSettings *settings, gboolean demo, GtkWidget *window);

G_END_DECLS
