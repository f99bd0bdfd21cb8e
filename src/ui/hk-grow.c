/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-grow.h"

typedef struct
{
  GtkWidget *widget; /* (unowned): while it lives, @slice does */
  guint enough;
  guint tick;        /* or 0 */
} Growth;

static Growth *
get_growth (GtkSliceListModel *slice)
{
  return g_object_get_data (G_OBJECT (slice), "hk-growth");
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GtkSliceListModel *slice = user_data;
  Growth *growth = get_growth (slice);
  const guint size = gtk_slice_list_model_get_size (slice);
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (slice));

  if (n_items == size && size + HK_GROW_ROWS < growth->enough)
    {
      gtk_slice_list_model_set_size (slice, size + HK_GROW_ROWS);
      return G_SOURCE_CONTINUE;
    }

  growth->tick = 0;
  if (n_items > 0)
    gtk_slice_list_model_set_size (slice, G_MAXUINT);

  return G_SOURCE_REMOVE;
}

static void
start_growing (GtkSliceListModel *slice)
{
  Growth *growth = get_growth (slice);

  if (growth->tick == 0)
    growth->tick = gtk_widget_add_tick_callback (growth->widget, on_frame, g_object_ref (slice), g_object_unref);
}

static void
on_items_changed (GtkSliceListModel *slice)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (slice)) == 0)
    gtk_slice_list_model_set_size (slice, HK_GROW_ROWS);
  else if (gtk_slice_list_model_get_size (slice) != G_MAXUINT)
    start_growing (slice);
}

/**
 * hk_grow_list:
 * @widget: what shows @slice
 * @slice: a list that begins at the first item and is empty
 * @enough: how many rows @widget has at most, whatever it shows; or %G_MAXUINT
 *
 * From now on, when items come into @slice, @widget gets the first few at once and the others bit by bit, with every frame:
 * the rows for all of them take longer than a frame. Each row is complete when it comes. In the end the size of @slice is
 * %G_MAXUINT.
 */
void
hk_grow_list (GtkWidget *widget, GtkSliceListModel *slice, guint enough)
{
  Growth *growth;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (slice));

  growth = g_new0 (Growth, 1);
  growth->widget = widget;
  growth->enough = enough;
  g_object_set_data_full (G_OBJECT (slice), "hk-growth", growth, g_free);
  g_signal_connect (slice, "items-changed", G_CALLBACK (on_items_changed), NULL);
  on_items_changed (slice);
}

/**
 * hk_grow_list_again:
 * @slice: a list that was given to hk_grow_list()
 * @n_rows: how many rows are kept
 *
 * Begins with so many items again, and at least with the first few: what comes next are others.
 */
void
hk_grow_list_again (GtkSliceListModel *slice, guint n_rows)
{
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (slice));

  gtk_slice_list_model_set_size (slice, MAX (n_rows, HK_GROW_ROWS));
  start_growing (slice);
}
