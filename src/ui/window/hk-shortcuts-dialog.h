/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "compat/hk-dialog.h"

G_BEGIN_DECLS

#define HK_TYPE_SHORTCUTS_DIALOG (hk_shortcuts_dialog_get_type ())

/* What the keys do. The toolkit has a window for that, which fits no telephone. */
G_DECLARE_FINAL_TYPE (HkShortcutsDialog, hk_shortcuts_dialog, HK, SHORTCUTS_DIALOG, HkDialog)

G_END_DECLS
