/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-fit-layout.h"

/**
 * HkFitLayout:
 *
 * For a #GtkScrolledWindow that scrolls up and down only: it would like to be as high as what is in it, as wide as it is. By
 * itself it asks for the height without a width: text that wraps is higher than that, and is cut where there would be room.
 */
struct _HkFitLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (HkFitLayout, hk_fit_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
hk_fit_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *scroller)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hk_fit_layout_measure (GtkLayoutManager *manager, GtkWidget *scroller, GtkOrientation orientation, int for_size,
                       int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  int needed;

  GTK_WIDGET_GET_CLASS (scroller)->measure (scroller, orientation, for_size, minimum, natural, minimum_baseline,
                                            natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || child == NULL)
    return;

  gtk_widget_measure (child, orientation, for_size, NULL, &needed, NULL, NULL);
  *natural = MAX (*natural, needed);
}

static void
hk_fit_layout_allocate (GtkLayoutManager *manager, GtkWidget *scroller, int width, int height, int baseline)
{
  GTK_WIDGET_GET_CLASS (scroller)->size_allocate (scroller, width, height, baseline);
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
 * Returns: (transfer full): what makes one scrolled window fit
 */
GtkLayoutManager *
hk_fit_layout_new (void)
{
  return g_object_new (HK_TYPE_FIT_LAYOUT, NULL);
}
