/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-grow.h"

typedef struct
{
  GtkSliceListModel *slice; /* (owned) */
  guint enough;
} Growth;

static void
free_growth (gpointer data)
{
  Growth *growth = data;

  g_object_unref (growth->slice);
  g_free (growth);
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Growth *growth = user_data;
  const guint size = gtk_slice_list_model_get_size (growth->slice) + HK_GROW_ROWS;

  if (size < growth->enough)
    {
      gtk_slice_list_model_set_size (growth->slice, size);
      return G_SOURCE_CONTINUE;
    }

  gtk_slice_list_model_set_size (growth->slice, G_MAXUINT);

  return G_SOURCE_REMOVE;
}

/**
 * hk_grow_list:
 * @widget: what shows @slice
 * @slice: a list that begins at the first item
 * @enough: how many rows @widget has at most, whatever it shows
 *
 * Shows the first few items at once and the others bit by bit, with every frame of @widget: the rows for all of them take
 * longer than a frame. Each row is complete when it comes. In the end the size of @slice is %G_MAXUINT.
 */
void
hk_grow_list (GtkWidget *widget, GtkSliceListModel *slice, guint enough)
{
  const gboolean growing = gtk_slice_list_model_get_size (slice) != G_MAXUINT;
  Growth *growth;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_SLICE_LIST_MODEL (slice));

  gtk_slice_list_model_set_size (slice, HK_GROW_ROWS);
  if (growing)
    return;

  growth = g_new (Growth, 1);
  growth->slice = g_object_ref (slice);
  growth->enough = enough;
  gtk_widget_add_tick_callback (widget, on_frame, growth, free_growth);
}
