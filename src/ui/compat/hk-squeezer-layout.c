/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-squeezer-layout.h"

struct _HkSqueezerLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (HkSqueezerLayout, hk_squeezer_layout, GTK_TYPE_LAYOUT_MANAGER)

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

static GtkSizeRequestMode
hk_squeezer_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *squeezer)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hk_squeezer_layout_measure (GtkLayoutManager *manager, GtkWidget *squeezer, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    gtk_widget_measure (find_child_that_fits (squeezer, for_size), orientation, for_size, minimum, natural, NULL, NULL);
  else
    GTK_WIDGET_GET_CLASS (squeezer)->measure (squeezer, orientation, for_size, minimum, natural, minimum_baseline,
                                              natural_baseline);
}

static void
hk_squeezer_layout_allocate (GtkLayoutManager *manager, GtkWidget *squeezer, int width, int height, int baseline)
{
  GTK_WIDGET_GET_CLASS (squeezer)->size_allocate (squeezer, width, height, baseline);
}

static void
hk_squeezer_layout_class_init (HkSqueezerLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = hk_squeezer_layout_get_request_mode;
  layout_class->measure = hk_squeezer_layout_measure;
  layout_class->allocate = hk_squeezer_layout_allocate;
}

static void
hk_squeezer_layout_init (HkSqueezerLayout *self)
{
}

/**
 * hk_squeezer_layout_new:
 *
 * Returns: (transfer full): what gives one squeezer the height that it needs
 */
GtkLayoutManager *
hk_squeezer_layout_new (void)
{
  return g_object_new (HK_TYPE_SQUEEZER_LAYOUT, NULL);
}
