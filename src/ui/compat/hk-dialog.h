/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#if ADW_CHECK_VERSION (1, 5, 0)
#define HK_DIALOG_PARENT_TYPE ADW_TYPE_DIALOG
typedef AdwDialog HkDialogParent;
typedef AdwDialogClass HkDialogParentClass;
#else
#define HK_DIALOG_PARENT_TYPE ADW_TYPE_WINDOW
typedef AdwWindow HkDialogParent;
typedef AdwWindowClass HkDialogParentClass;
#endif

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkDialogParent, g_object_unref)

#define HK_TYPE_DIALOG (hk_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (HkDialog, hk_dialog, HK, DIALOG, HkDialogParent)

/**
 * HkDialogClass:
 *
 * A dialog over a window: an #AdwDialog where libadwaita has it (1.5), a modal #AdwWindow below. Templates derive from
 * it, set `title` and the `body` property (a widget with its own header bar), `body-width` and `body-height` (pixels; without
 * both it is as large as the body would like to be), and `dirty` while there is something to lose: then Escape and the close
 * button ask first. Control with Return submits.
 *
 * This file can go when the floor is libadwaita 1.5.
 */
struct _HkDialogClass
{
  HkDialogParentClass parent_class;

  /* (nullable): does what the form is filled in for, or says what is wrong with it */
  void (*submit) (HkDialog *self);
};

void hk_dialog_present (HkDialog *self, GtkWidget *parent);
void hk_dialog_set_focus (HkDialog *self, GtkWidget *widget);
void hk_dialog_submit (HkDialog *self);
void hk_dialog_close (HkDialog *self);
void hk_dialog_force_close (HkDialog *self);
gboolean hk_dialog_get_dirty (HkDialog *self);
void hk_dialog_set_dirty (HkDialog *self, gboolean dirty);
gboolean hk_dialog_is_open (GtkWindow *window);
HkDialog *hk_dialog_find_dirty (GtkWindow *window);
gboolean hk_dialog_holds_window (GtkWindow *window, const char *action);
void hk_dialog_close_window (GtkWindow *window);

G_END_DECLS
