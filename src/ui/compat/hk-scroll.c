/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-scroll.h"

/**
 * hk_scroll_to:
 * @widget: what is to be seen
 *
 * Scrolls the viewport that @widget is in, if it is in one, as far as is needed for all of @widget to be in sight, or its
 * beginning where it is higher than there is room. From GTK 4.12 on, gtk_viewport_scroll_to() can do this.
 */
void
hk_scroll_to (GtkWidget *widget)
{
  GtkWidget *viewport;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  if (viewport == NULL || !gtk_widget_compute_bounds (widget, viewport, &bounds))
    return;

  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  top = gtk_adjustment_get_value (adjustment) + bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + bounds.size.height);
}
