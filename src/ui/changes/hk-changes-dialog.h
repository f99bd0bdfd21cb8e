/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_CHANGES_DIALOG (hk_changes_dialog_get_type ())

/*
 * All changes that are neither on the lock nor discarded, to be retried or discarded. ::open-key, ::open-person and
 * ::open-lock say which page is wanted when a row is activated; the dialog has closed itself then.
 */
G_DECLARE_FINAL_TYPE (HkChangesDialog, hk_changes_dialog, HK, CHANGES_DIALOG, HkDialog)

HkChangesDialog *hk_changes_dialog_new (HkAccount *account);

G_END_DECLS
