/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-fit-layout.h"

#include <adwaita.h>

/**
 * HkFitLayout:
 *
 * For a #GtkScrolledWindow that scrolls up and down only: it would like to be as high as what is in it, as wide as it is. By
 * itself it asks for the height without a width: text that wraps is higher than that, and is cut where there would be room.
 *
 * For an #AdwSqueezer that squeezes sideways: it asks for the height of the child that it will show. By itself it asks for that of
 * the one that it shows until it is given a width, which has too little of it where the other is higher.
 */
struct _HkFitLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (HkFitLayout, hk_fit_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
hk_fit_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static GtkWidget *
find_child_that_fits (GtkWidget *squeezer, int width)
{
  GtkWidget *last = gtk_widget_get_last_child (squeezer);

  for (GtkWidget *child = gtk_widget_get_first_child (squeezer); child != last; child = gtk_widget_get_next_sibling (child))
    {
      int needed;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
      if (needed <= width)
        return child;
    }

  return last;
}

static void
measure_scroller (GtkWidget *scroller, int width, int *natural)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  int needed = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &needed, NULL, NULL);
  *natural = MAX (*natural, needed);
}

static void
hk_fit_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                       int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GTK_WIDGET_GET_CLASS (widget)->measure (widget, orientation, for_size, minimum, natural, minimum_baseline,
                                          natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    measure_scroller (widget, for_size, natural);
  else if (for_size >= 0)
    gtk_widget_measure (find_child_that_fits (widget, for_size), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
hk_fit_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_GET_CLASS (widget)->size_allocate (widget, width, height, baseline);
}

static void
hk_fit_layout_class_init (HkFitLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = hk_fit_layout_get_request_mode;
  layout_class->measure = hk_fit_layout_measure;
  layout_class->allocate = hk_fit_layout_allocate;
}

static void
hk_fit_layout_init (HkFitLayout *self)
{
}

/**
 * hk_fit_layout_new:
 *
 * Returns: (transfer full): what makes one scrolled window or squeezer fit
 */
GtkLayoutManager *
hk_fit_layout_new (void)
{
  return g_object_new (HK_TYPE_FIT_LAYOUT, NULL);
}
