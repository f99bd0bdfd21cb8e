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
  int natural_width;            /* pixels, or -1 */
};

G_DEFINE_FINAL_TYPE (HkFitLayout, hk_fit_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_NATURAL_WIDTH = 1,
};

static GParamSpec *properties[PROP_NATURAL_WIDTH + 1];

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
  const int width = HK_FIT_LAYOUT (manager)->natural_width;
  int needed;

  GTK_WIDGET_GET_CLASS (scroller)->measure (scroller, orientation, for_size, minimum, natural, minimum_baseline,
                                            natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (width >= 0)
        *natural = MAX (*minimum, width);
    }
  else if (child != NULL)
    {
      gtk_widget_measure (child, orientation, for_size, NULL, &needed, NULL, NULL);
      *natural = MAX (*natural, needed);
    }
}

static void
hk_fit_layout_allocate (GtkLayoutManager *manager, GtkWidget *scroller, int width, int height, int baseline)
{
  GTK_WIDGET_GET_CLASS (scroller)->size_allocate (scroller, width, height, baseline);
}

static void
hk_fit_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NATURAL_WIDTH:
      g_value_set_int (value, HK_FIT_LAYOUT (object)->natural_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_fit_layout_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NATURAL_WIDTH:
      HK_FIT_LAYOUT (object)->natural_width = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_fit_layout_class_init (HkFitLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = hk_fit_layout_get_property;
  object_class->set_property = hk_fit_layout_set_property;

  /* HkFitLayout:natural-width: how wide it would like to be, in pixels; -1 for as wide as its text in one line */
  properties[PROP_NATURAL_WIDTH] = g_param_spec_int ("natural-width", NULL, NULL, -1, G_MAXINT, -1,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  layout_class->get_request_mode = hk_fit_layout_get_request_mode;
  layout_class->measure = hk_fit_layout_measure;
  layout_class->allocate = hk_fit_layout_allocate;
}

static void
hk_fit_layout_init (HkFitLayout *self)
{
  self->natural_width = -1;
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
