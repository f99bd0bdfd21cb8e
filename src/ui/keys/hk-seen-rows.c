/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkListView makes 200 rows, however few can be seen. What is in a key row takes nearly all of its memory and time, so it is
 * made when the row comes into sight: between the layout and the painting of the same frame. */

#include "hk-seen-rows.h"

#include "hk-key-row.h"

/* GTK lays out four times in a frame at most, and has rounds of its own: what is left by then comes with the next frame. */
#define MAX_ROUNDS 2

typedef struct
{
  GtkWidget *list;      /* (unowned): owns this */
  GdkFrameClock *clock; /* (owned) (nullable): while @list is mapped */
  gulong layout_id;
  gint64 frame;         /* of @clock, in which @n_rounds were made */
  guint n_rounds;
  guint tick;           /* asks for a round in the next frame, or 0 */
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

static gboolean
on_tick (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  ((SeenRows *) user_data)->tick = 0;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);

  return G_SOURCE_REMOVE;
}

/* Returns: whether there may be another round in this frame; if not, there will be one in the next */
static gboolean
begin_round (SeenRows *seen)
{
  const gint64 frame = gdk_frame_clock_get_frame_counter (seen->clock);

  if (seen->frame != frame)
    seen->n_rounds = 0;
  seen->frame = frame;
  if (seen->n_rounds++ < MAX_ROUNDS)
    return TRUE;

  if (seen->tick == 0)
    seen->tick = gtk_widget_add_tick_callback (seen->list, on_tick, seen, NULL);
  return FALSE;
}

/* Whatever is done here is laid out in another round of the same frame, after which this is called again. */
static void
on_layout (SeenRows *seen)
{
  if (!begin_round (seen))
    return;

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
  if (seen->tick > 0)
    gtk_widget_remove_tick_callback (seen->list, seen->tick);
  seen->tick = 0;
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
