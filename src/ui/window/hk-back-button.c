/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-back-button.h"

#include <glib/gi18n-lib.h>

#include "compat/hk-split-view.h"

/*
 * The first thing in the header bar of every page: goes back one page, and is only there while there is somewhere to
 * go back to (while `win.back` is enabled). It also keeps its header bar from repeating the window's buttons that the
 * sidebar beside it shows already.
 */
struct _HkBackButton
{
  AdwBin parent_instance;

  GtkWidget *button;   /* (unowned): the child */
  GBinding *buttons;   /* (owned) (nullable): while rooted in a header bar over a split view */
};

G_DEFINE_FINAL_TYPE (HkBackButton, hk_back_button, ADW_TYPE_BIN)

static void
on_notify_sensitive (HkBackButton *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_sensitive (self->button));
}

static void
hk_back_button_root (GtkWidget *widget)
{
  HkBackButton *self = HK_BACK_BUTTON (widget);
  GtkWidget *header_bar;
  GtkWidget *split_view;

  GTK_WIDGET_CLASS (hk_back_button_parent_class)->root (widget);

  header_bar = gtk_widget_get_ancestor (widget, ADW_TYPE_HEADER_BAR);
  split_view = gtk_widget_get_ancestor (widget, HK_TYPE_SPLIT_VIEW);
  if (header_bar == NULL || split_view == NULL)
    return;

  hk_split_view_make_no_back_button (ADW_HEADER_BAR (header_bar));
  g_set_object (&self->buttons,
                g_object_bind_property (split_view, "collapsed", header_bar, "show-start-title-buttons",
                                        G_BINDING_SYNC_CREATE));
}

static void
hk_back_button_unroot (GtkWidget *widget)
{
  HkBackButton *self = HK_BACK_BUTTON (widget);

  if (self->buttons != NULL)
    g_binding_unbind (self->buttons);
  g_clear_object (&self->buttons);

  GTK_WIDGET_CLASS (hk_back_button_parent_class)->unroot (widget);
}

static void
hk_back_button_class_init (HkBackButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->root = hk_back_button_root;
  widget_class->unroot = hk_back_button_unroot;
}

static void
hk_back_button_init (HkBackButton *self)
{
  self->button = gtk_button_new_from_icon_name ("go-previous-symbolic");
  /* Translators: to the page before. */
  gtk_widget_set_tooltip_text (self->button, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"), -1);
  adw_bin_set_child (ADW_BIN (self), self->button);

  /* A button is insensitive while its action is missing or disabled. */
  g_signal_connect_swapped (self->button, "notify::sensitive", G_CALLBACK (on_notify_sensitive), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.back");
  on_notify_sensitive (self);
}
