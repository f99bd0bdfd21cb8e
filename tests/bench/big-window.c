/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window of an account of very many keys. How long GTK's renderer takes for a frame depends on whether a graphics card
 * does it, so the loop watch is told when the renderer begins: when the window has said what is to be drawn. */

#include "big-window.h"

#include "keys/hk-listed-keys.h"
#include "ui-test.h"

/* So long nothing may happen before a step counts as over. */
#define REST_MS 400

static void (*snapshot_window) (GtkWidget *window, GtkSnapshot *snapshot);

static void
on_rested (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

void
big_window_rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add_once (REST_MS, on_rested, &rested);
  loop_watch_await (is_true, &rested);
}

GtkWidget *
big_window_get_page (HkWindow *window)
{
  return hk_window_get_visible_page (window);
}

/* Returns: whether all keys that are to be listed are, down to the last */
gboolean
big_window_is_list_ready (gpointer window)
{
  GtkWidget *page = big_window_get_page (window);
  HkListedKeys *listed = ui_child (page, "listed");

  return gtk_widget_get_mapped (page) && !hk_listed_keys_get_busy (listed) &&
         g_list_model_get_n_items (ui_child (page, "head")) == g_list_model_get_n_items (G_LIST_MODEL (listed));
}

/* Waits until the list shows what it is to show, and then some. */
void
big_window_settle (HkWindow *window)
{
  big_window_rest ();
  loop_watch_await (big_window_is_list_ready, window);
  big_window_rest ();
}

/* Everything in the window has said what is to be drawn; what follows is the renderer's. */
static void
on_snapshot (GtkWidget *window, GtkSnapshot *snapshot)
{
  snapshot_window (window, snapshot);
  loop_watch_begin_rendering ();
}

/* No signal comes between the two: those of the frame clock reach GTK first. */
static void
watch_rendering (HkWindow *window)
{
  GdkFrameClock *clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window)));
  GtkWidgetClass *widget_class = GTK_WIDGET_GET_CLASS (window);

  if (snapshot_window == NULL)
    snapshot_window = g_steal_pointer (&widget_class->snapshot);
  widget_class->snapshot = on_snapshot;
  g_signal_connect (clock, "after-paint", G_CALLBACK (loop_watch_end_rendering), NULL);
}

/* (transfer none): to be ended by gtk_window_destroy() */
HkWindow *
big_window_open (HkAccount *account)
{
  HkWindow *window = hk_window_new (NULL, account, NULL, FALSE);

  gtk_widget_realize (GTK_WIDGET (window));
  watch_rendering (window);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  gtk_window_present (GTK_WINDOW (window));
  big_window_rest ();

  return window;
}
