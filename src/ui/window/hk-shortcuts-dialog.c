/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-shortcuts-dialog.h"

#include "hk-wrap.h"

struct _HkShortcutsDialog
{
  HkDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (HkShortcutsDialog, hk_shortcuts_dialog, HK_TYPE_DIALOG)

/* In a narrow window the keys stand under the words, which would be broken beside them. */
static void
wrap_rows (GtkWidget *widget)
{
  if (ADW_IS_ACTION_ROW (widget))
    {
      hk_wrap_row (ADW_ACTION_ROW (widget));
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    wrap_rows (child);
}

static void
hk_shortcuts_dialog_class_init (HkShortcutsDialogClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               HK_RESOURCE_PATH "/window/hk-shortcuts-dialog.ui");
}

static void
hk_shortcuts_dialog_init (HkShortcutsDialog *self)
{
  g_autoptr (GtkWidget) body = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_get (self, "body", &body, NULL);
  wrap_rows (body);
}
