/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-wrap.h"

/**
 * hk_wrap_buttons:
 * @root: a dialog or a page
 *
 * Lets the labels of the buttons in @root take a second line where there is no room beside them. A button is as wide as its
 * label otherwise, and in some languages two buttons are wider than a telephone.
 */
void
hk_wrap_buttons (GtkWidget *root)
{
  GtkWidget *label = GTK_IS_BUTTON (root) ? gtk_button_get_child (GTK_BUTTON (root)) : NULL;

  if (GTK_IS_LABEL (label))
    {
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    hk_wrap_buttons (child);
}
