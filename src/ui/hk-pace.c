/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A list view makes and fills up to two hundred rows at once. That takes longer than a frame has, so rows leave what is
 * expensive to this: as many as there is time for are filled at once, and the others in the next frames, those that can
 * be seen first.
 */

#include "hk-pace.h"

/* Microseconds of a frame that may go into rows; they have to be measured and painted in it, too. */
#define BUDGET 3000

/* Shorter than a frame at 60 Hz and longer than its part in which rows are filled. */
#define PERIOD 12000

static struct
{
  gint64 began;
  gint64 spent;
  gboolean only_visible; /* in this frame, as not all of those were filled in the one before */
  gboolean visible_wait;
} pace;

static gboolean
has_time (void)
{
  const gint64 now = g_get_monotonic_time ();

  if (now - pace.began > PERIOD)
    {
      pace.began = now;
      pace.spent = 0;
      pace.only_visible = pace.visible_wait;
      pace.visible_wait = FALSE;
    }

  return pace.spent < BUDGET;
}

static void
run (GtkWidget *widget, HkPaceFunc func)
{
  const gint64 start = g_get_monotonic_time ();

  func (widget);
  pace.spent += g_get_monotonic_time () - start;
}

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("hk-pace");
}

static gboolean
is_visible (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  double y;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_translate_coordinates (widget, root, 0, 0, NULL, &y))
    return FALSE;

  return y + gtk_widget_get_height (widget) > 0 && y < gtk_widget_get_height (root);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  const gboolean in_time = has_time ();
  const gboolean visible = is_visible (widget);

  if (!in_time || (pace.only_visible && !visible))
    {
      pace.visible_wait |= visible;
      return G_SOURCE_CONTINUE;
    }

  g_object_set_qdata (G_OBJECT (widget), get_quark (), NULL);
  run (widget, user_data);

  return G_SOURCE_REMOVE;
}

/**
 * hk_pace_run:
 * @widget: a row
 * @func: fills it; the same for each call with @widget
 *
 * Fills a row, now or in one of the next frames in which it is on the screen.
 *
 * Returns: whether that is done
 */
gboolean
hk_pace_run (GtkWidget *widget, HkPaceFunc func)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  if (g_object_get_qdata (G_OBJECT (widget), get_quark ()) != NULL)
    return FALSE;

  if (has_time ())
    {
      run (widget, func);
      return TRUE;
    }

  pace.visible_wait = TRUE;
  g_object_set_qdata (G_OBJECT (widget), get_quark (), GINT_TO_POINTER (TRUE));
  gtk_widget_add_tick_callback (widget, on_tick, func, NULL);

  return FALSE;
}
