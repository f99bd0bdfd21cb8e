/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-pixels.h"

#include <math.h>

struct _UiPixels
{
  guint32 *data;
  int width, height;
  graphene_point_t origin; /* of the first pixel, as the widget counts */
};

static gboolean
is_grey (guint32 pixel)
{
  const int red = pixel >> 16 & 0xff, green = pixel >> 8 & 0xff, blue = pixel & 0xff;

  return MAX (MAX (red, green), blue) - MIN (MIN (red, green), blue) <= 8;
}

/* WCAG 2.2, of a grey. */
static double
get_luminance (guint32 grey)
{
  const double value = (grey & 0xff) / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
get_contrast (guint32 a, guint32 b)
{
  const double light = get_luminance (a), dark = get_luminance (b);

  return (MAX (light, dark) + 0.05) / (MIN (light, dark) + 0.05);
}

/**
 * ui_pixels_render:
 * @native: a window or a popover that is mapped
 *
 * Returns: (transfer full): a picture of it
 */
GdkTexture *
ui_pixels_render (GtkWidget *native)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (native);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));

  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (native)), node, NULL);
}

/**
 * ui_pixels_new:
 * @native: a window or a popover that is mapped
 *
 * Returns: (transfer full): its pixels
 */
UiPixels *
ui_pixels_new (GtkWidget *native)
{
  g_autoptr (GdkTexture) texture = ui_pixels_render (native);
  UiPixels *self = g_new0 (UiPixels, 1);
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (native, native, &bounds))
    self->origin = bounds.origin;
  self->width = gdk_texture_get_width (texture);
  self->height = gdk_texture_get_height (texture);
  self->data = g_new (guint32, (gsize) self->width * (gsize) self->height);
  gdk_texture_download (texture, (guchar *) self->data, (gsize) self->width * sizeof (guint32));

  return self;
}

/**
 * ui_pixels_free:
 */
void
ui_pixels_free (UiPixels *self)
{
  g_free (self->data);
  g_free (self);
}

/**
 * ui_pixels_dup_area:
 * @bounds: a part of the picture, as the widget counts; what is outside is left out
 *
 * Returns: (transfer full): the pixels that are there, to be compared with others
 */
GBytes *
ui_pixels_dup_area (UiPixels *self, const graphene_rect_t *bounds)
{
  const int left = MAX ((int) (bounds->origin.x - self->origin.x), 0);
  const int top = MAX ((int) (bounds->origin.y - self->origin.y), 0);
  const int right = MIN ((int) (bounds->origin.x + bounds->size.width - self->origin.x), self->width);
  const int bottom = MIN ((int) (bounds->origin.y + bounds->size.height - self->origin.y), self->height);
  GByteArray *area = g_byte_array_new ();

  for (int y = top; y < bottom; y++)
    g_byte_array_append (area, (const guint8 *) (self->data + y * self->width + left),
                         (guint) (right - left) * sizeof (guint32));

  return g_byte_array_free_to_bytes (area);
}

/**
 * ui_pixels_get_contrast:
 * @bounds: where a label is, as the widget counts; all of it has to be in the picture
 *
 * What is faint is grey on grey; on a colour, or with one, it is as the toolkit has it.
 *
 * Returns: the contrast between what is behind the letters, and what is most unlike that; infinity where there is a colour
 */
double
ui_pixels_get_contrast (UiPixels *self, const graphene_rect_t *bounds)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  const int top = (int) (bounds->origin.y - self->origin.y), bottom = top + (int) bounds->size.height;
  const int left = (int) (bounds->origin.x - self->origin.x), right = left + (int) bounds->size.width;
  guint32 background = 0;
  double contrast = 1;

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      {
        gpointer pixel = GUINT_TO_POINTER (self->data[y * self->width + x] & 0xffffff);
        const guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, pixel)) + 1;

        if (!is_grey (GPOINTER_TO_UINT (pixel)))
          return INFINITY;
        g_hash_table_insert (counts, pixel, GUINT_TO_POINTER (count));
        if (count > GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (background))))
          background = GPOINTER_TO_UINT (pixel);
      }

  for (int y = top; y < bottom; y++)
    for (int x = left; x < right; x++)
      contrast = MAX (contrast, get_contrast (self->data[y * self->width + x], background));

  return contrast;
}
