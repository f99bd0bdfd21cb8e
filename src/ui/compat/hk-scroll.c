/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-scroll.h"

/* In pixels, so that what was scrolled to does not look cut. */
#define SPACE_AROUND 12

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
  GtkWidget *child;
  GtkAdjustment *adjustment;
  graphene_rect_t around;
  graphene_rect_t bounds;
  double top;
  double end;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);
  if (viewport == NULL)
    return;

  /* Not where it is in the viewport: something else may have scrolled since the last layout. */
  child = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  if (!gtk_widget_compute_bounds (child, viewport, &around) || !gtk_widget_compute_bounds (widget, viewport, &bounds))
    return;

  graphene_rect_inset (&bounds, 0, -SPACE_AROUND);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  top = gtk_widget_get_margin_top (child) + bounds.origin.y - around.origin.y;
  end = top + bounds.size.height - gtk_adjustment_get_page_size (adjustment);
  /* Not gtk_adjustment_clamp_page(): a viewport that is on its way to what has the focus would go on. */
  gtk_adjustment_set_value (adjustment, MIN (MAX (gtk_adjustment_get_value (adjustment), end), top));
}

static void
scroll_to (GtkWidget *widget, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, scroll_to, widget);
  hk_scroll_to (widget);
}

/**
 * hk_scroll_to_shown:
 * @widget: what appeared, or has something in it that did
 *
 * Scrolls to @widget as hk_scroll_to() does, once the next layout says where it is.
 */
void
hk_scroll_to_shown (GtkWidget *widget)
{
  GdkFrameClock *clock;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  clock = gtk_widget_get_frame_clock (widget);
  if (clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (scroll_to), widget, G_CONNECT_SWAPPED);
}
