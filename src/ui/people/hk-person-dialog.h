/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_PERSON_DIALOG (hk_person_dialog_get_type ())

/* Edits the name, the address and the language of a person. */
G_DECLARE_FINAL_TYPE (HkPersonDialog, hk_person_dialog, HK, PERSON_DIALOG, HkDialog)

HkPersonDialog *hk_person_dialog_new (HkAccount *account, NukiUser *person);

G_END_DECLS
