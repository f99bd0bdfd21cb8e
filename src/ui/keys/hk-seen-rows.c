/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkListView makes 200 rows, however few can be seen. What is in a key row takes nearly all of its memory and time, so it is
 * made when the row comes into sight: between the layout and the painting of the same frame. */

#include "hk-seen-rows.h"

#include "hk-key-row.h"

typedef struct
{
  GtkWidget *list;      /* (unowned): owns this */
  GdkFrameClock *clock; /* (owned) (nullable): while @list is mapped */
  gulong layout_id;
  int width;            /* of @list, when @height was taken */
  int height;           /* of a row that is not filled yet, or 0 for the usual one */
} SeenRows;

static HkKeyRow *
get_row (GtkWidget *item)
{
  GtkWidget *row = gtk_widget_get_first_child (item);

  return row != NULL && HK_IS_KEY_ROW (row) ? HK_KEY_ROW (row) : NULL;
}

static gboolean
is_in_sight (HkKeyRow *row, GtkWidget *list)
{
  graphene_rect_t bounds;

  return gtk_widget_get_height (GTK_WIDGET (row)) > 0 && gtk_widget_compute_bounds (GTK_WIDGET (row), list, &bounds) &&
         bounds.origin.y < gtk_widget_get_height (list) && bounds.origin.y + bounds.size.height > 0;
}

/* What has not been seen is taken to be as high as what has, so that the scroll bar says how much there is. */
static void
take_height (SeenRows *seen, HkKeyRow *row)
{
  const int width = gtk_widget_get_width (seen->list);
  graphene_rect_t bounds;

  if (seen->width == width || !gtk_widget_compute_bounds (GTK_WIDGET (row), seen->list, &bounds))
    return;

  seen->width = width;
  seen->height = (int) bounds.size.height;
}

/* Whatever is done here is laid out in another round of the same frame, after which this is called again. */
static void
on_layout (SeenRows *seen)
{
  for (GtkWidget *item = gtk_widget_get_first_child (seen->list); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      HkKeyRow *row = get_row (item);
      const gboolean in_sight = row != NULL && is_in_sight (row, seen->list);

      if (in_sight && hk_key_row_get_filled (row))
        take_height (seen, row);
      else if (in_sight)
        hk_key_row_fill (row);
      else if (row != NULL && seen->height > 0)
        hk_key_row_set_unfilled_height (row, seen->height);
    }
}

static void
on_map (SeenRows *seen)
{
  seen->clock = g_object_ref (gtk_widget_get_frame_clock (seen->list));
  /* After GTK, which has put the rows to their places then. */
  seen->layout_id = g_signal_connect_data (seen->clock, "layout", G_CALLBACK (on_layout), seen, NULL,
                                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
on_unmap (SeenRows *seen)
{
  if (seen->clock != NULL)
    g_clear_signal_handler (&seen->layout_id, seen->clock);
  g_clear_object (&seen->clock);
}

static void
free_seen_rows (gpointer data)
{
  on_unmap (data);
  g_free (data);
}

/**
 * hk_seen_rows_fill:
 * @list: a list of #HkKeyRow that is not mapped yet
 *
 * Fills its rows as they come into sight.
 */
void
hk_seen_rows_fill (GtkListView *list)
{
  SeenRows *seen;

  g_return_if_fail (GTK_IS_LIST_VIEW (list) && !gtk_widget_get_mapped (GTK_WIDGET (list)));

  seen = g_new0 (SeenRows, 1);
  seen->list = GTK_WIDGET (list);
  g_object_set_data_full (G_OBJECT (list), "hk-seen-rows", seen, free_seen_rows);
  g_signal_connect_swapped (list, "map", G_CALLBACK (on_map), seen);
  g_signal_connect_swapped (list, "unmap", G_CALLBACK (on_unmap), seen);
}
