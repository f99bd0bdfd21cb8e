/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-shortcuts-dialog.h"

struct _HkShortcutsDialog
{
  HkDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (HkShortcutsDialog, hk_shortcuts_dialog, HK_TYPE_DIALOG)

static void
hk_shortcuts_dialog_class_init (HkShortcutsDialogClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               HK_RESOURCE_PATH "/window/hk-shortcuts-dialog.ui");
}

static void
hk_shortcuts_dialog_init (HkShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
