/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-grow.h"

typedef struct
{
  GtkWidget *widget; /* (unowned): while it lives, @head does */
  guint factor;
  guint enough;
  guint tick;        /* or 0 */
  gboolean shrinks;  /* others are about to come */
  guint n_kept;      /* how many rows stay until then */
  guint slice;       /* takes rows away, or 0 */
} Growth;

/* So long rows are taken away at once, in microseconds. */
#define SLICE_TIME 3000

static Growth *
get_growth (HkHeadList *head)
{
  return g_object_get_data (G_OBJECT (head), "hk-growth");
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  HkHeadList *head = user_data;
  Growth *growth = get_growth (head);
  const guint size = hk_head_list_get_size (head);
  const guint n_items = g_list_model_get_n_items (G_LIST_MODEL (head));
  const guint next = size * growth->factor + (growth->factor == 1 ? HK_GROW_ROWS : 0);

  if (n_items == size && next < growth->enough)
    {
      hk_head_list_set_size (head, next);
      return G_SOURCE_CONTINUE;
    }

  growth->tick = 0;
  if (n_items > 0)
    hk_head_list_set_size (head, G_MAXUINT);

  return G_SOURCE_REMOVE;
}

static void
start_growing (HkHeadList *head)
{
  Growth *growth = get_growth (head);

  if (growth->tick == 0)
    growth->tick = gtk_widget_add_tick_callback (growth->widget, on_frame, g_object_ref (head), g_object_unref);
}

static gboolean
on_slice (gpointer user_data)
{
  HkHeadList *head = user_data;
  Growth *growth = get_growth (head);
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  while (hk_head_list_get_size (head) > growth->n_kept)
    {
      if (g_get_monotonic_time () > deadline)
        return G_SOURCE_CONTINUE;
      hk_head_list_set_size (head, MAX (growth->n_kept + HK_GROW_ROWS, hk_head_list_get_size (head)) - HK_GROW_ROWS);
    }
  growth->slice = 0;

  return G_SOURCE_REMOVE;
}

static void
free_growth (gpointer data)
{
  Growth *growth = data;

  g_clear_handle_id (&growth->slice, g_source_remove);
  g_free (growth);
}

static void
on_items_changed (HkHeadList *head)
{
  if (get_growth (head)->shrinks)
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (head)) == 0)
    hk_head_list_set_size (head, HK_GROW_ROWS);
  else if (hk_head_list_get_size (head) != G_MAXUINT)
    start_growing (head);
}

/**
 * hk_grow_list:
 * @widget: what shows @head
 * @head: a list that begins at the first item and is empty
 * @factor: how many times as many rows come with each frame, for rows of which only those in sight take long; 1 for the same
 *   number with each
 * @enough: how many rows @widget has at most, whatever it shows; or %G_MAXUINT
 *
 * From now on, when items come into @head, @widget gets the first few at once and the others bit by bit, with every frame:
 * the rows for all of them take longer than a frame. Each row is complete when it comes. In the end the size of @head is
 * %G_MAXUINT.
 */
void
hk_grow_list (GtkWidget *widget, HkHeadList *head, guint factor, guint enough)
{
  Growth *growth;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (HK_IS_HEAD_LIST (head));
  g_return_if_fail (factor > 0);

  growth = g_new0 (Growth, 1);
  growth->widget = widget;
  growth->factor = factor;
  growth->enough = enough;
  g_object_set_data_full (G_OBJECT (head), "hk-growth", growth, free_growth);
  g_signal_connect (head, "items-changed", G_CALLBACK (on_items_changed), NULL);
  on_items_changed (head);
}

/**
 * hk_grow_shrink_list:
 * @head: a list that was given to hk_grow_list()
 * @n_rows: how many rows stay
 *
 * Takes the other rows away bit by bit, ahead of what else the main loop does when it is idle: all at once take longer than
 * a frame. When the list has become another, hk_grow_list_again() is to be called.
 */
void
hk_grow_shrink_list (HkHeadList *head, guint n_rows)
{
  Growth *growth;

  g_return_if_fail (HK_IS_HEAD_LIST (head));

  growth = get_growth (head);
  if (growth->tick != 0)
    gtk_widget_remove_tick_callback (growth->widget, growth->tick);
  growth->tick = 0;
  g_clear_handle_id (&growth->slice, g_source_remove);
  growth->shrinks = TRUE;
  growth->n_kept = n_rows;
  growth->slice = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_slice, head, NULL);
  /* What is farther behind has no rows. */
  hk_head_list_set_size (head, MIN (g_list_model_get_n_items (G_LIST_MODEL (head)), n_rows + growth->enough));
}

/**
 * hk_grow_list_again:
 * @head: a list that was given to hk_grow_list()
 * @n_rows: how many rows are kept
 *
 * Begins with so many items again, and at least with the first few: what comes next are others.
 */
void
hk_grow_list_again (HkHeadList *head, guint n_rows)
{
  Growth *growth;

  g_return_if_fail (HK_IS_HEAD_LIST (head));

  growth = get_growth (head);
  growth->shrinks = FALSE;
  g_clear_handle_id (&growth->slice, g_source_remove);
  hk_head_list_set_size (head, MAX (n_rows, HK_GROW_ROWS));
  start_growing (head);
}
