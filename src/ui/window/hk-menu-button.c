/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-menu-button.h"

#include "hk-wrap.h"

/*
 * The button with the main menu: the same beside the sidebar's title, while signing in and while loading. What cannot
 * be done at that moment is not in it.
 */
struct _HkMenuButton
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (HkMenuButton, hk_menu_button, ADW_TYPE_BIN)

static void
hk_menu_button_class_init (HkMenuButtonClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/housekeys/Housekeys/window/hk-menu-button.ui");
}

static void
hk_menu_button_init (HkMenuButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_menu (GTK_MENU_BUTTON (adw_bin_get_child (ADW_BIN (self))));
}
