/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "compat/hk-announcer.h"
#include "compat/hk-split-view.h"
#include "sign-in/hk-sign-in-page.h"
#include "window/hk-navigator.h"
#include "window/hk-sidebar.h"
#include "window/hk-window.h"

G_BEGIN_DECLS

struct _HkWindow
{
  AdwApplicationWindow parent_instance;

  HkAccount *account;          /* (owned) */
  GSettings *settings;         /* (owned) (nullable) */
  gboolean demo;
  gboolean renewing;           /* the user wants to enter another token */
  gboolean refreshing;         /* the user has asked for it, and waits */
  char *place;                 /* (owned) (nullable): where to go when there are data */
  GtkWidget *invite_dialog;    /* (unowned) (nullable): while it is open; a weak pointer */
  AdwToast *undo_toast;        /* (owned) (nullable): while something can be undone */
  AdwToast *fresh_toast;       /* (unowned) (nullable): what came of a refresh, while that is shown; a weak pointer */
  GtkWidget *start_page;       /* (unowned): in @stack */
  HkSignInPage *sign_in_page;  /* (unowned) (nullable): in @stack, once it was needed */
  GPtrArray *confirmed;        /* (owned) (element-type HkChange): since @telling was scheduled */
  GPtrArray *failed;           /* (owned) (element-type HkChange): since @telling was scheduled */
  guint telling;               /* an idle source, while there is something to be said */
  guint focus_lost;            /* an idle source, after what had the focus is gone */

  AdwToastOverlay *toast_overlay;
  GtkStack *stack;
  HkSplitView *split_view;
  HkSidebar *sidebar;
  HkNavigator *navigator;
  HkAnnouncer *announcer;
};

void hk_window_update_view (HkWindow *self);
void hk_window_focus_page (HkWindow *self);
void hk_window_show_content (HkWindow *self);
AdwToast *hk_window_tell (HkWindow *self, const char *text, gboolean offer);
void hk_window_tell_refreshed (HkWindow *self);

void hk_window_remember_place (HkWindow *self);
void hk_window_go_on (HkWindow *self);

void hk_window_announce_changes (HkWindow *self);
void hk_window_stop_announcing (HkWindow *self);

void hk_window_install_actions (GtkWidgetClass *widget_class);
void hk_window_update_actions (HkWindow *self);

G_END_DECLS
