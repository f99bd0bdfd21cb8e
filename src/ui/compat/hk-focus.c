/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-focus.h"

/**
 * hk_focus_inside:
 * @widget: a widget with a single child
 * @direction: where the focus goes
 *
 * For #GtkWidgetClass.focus() of what has a #GtkWidgetClass.grab_focus() of its own: the Tab key leads through all that is in
 * @widget. GTK (4.8) would have @widget grab the focus, and never lead to what comes before that. An #AdwBin (1.7) does by itself
 * what this does.
 *
 * Returns: whether something in @widget got the focus
 */
gboolean
hk_focus_inside (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child != NULL && gtk_widget_child_focus (child, direction);
}
