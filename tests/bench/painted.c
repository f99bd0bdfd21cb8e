/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says when a window has painted what it is to show, to whoever started the program. */

#include "painted.h"

typedef struct
{
  GtkWindow *window; /* (unowned) */
  PaintedFunc is_there;
  gboolean said;
} Report;

static void
on_painted (GdkFrameClock *clock, Report *report)
{
  if (report->said || !report->is_there (report->window))
    return;

  report->said = TRUE;
  g_print ("painted\n");
}

static void
on_realize (GtkWidget *window, Report *report)
{
  GdkFrameClock *clock = gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window)));

  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), report);
}

/*
 * report_painted:
 * @window: a window that is not realized yet
 *
 * Prints a line after the first frame in which @is_there holds.
 */
void
report_painted (GtkWindow *window, PaintedFunc is_there)
{
  Report *report = g_new0 (Report, 1);

  report->window = window;
  report->is_there = is_there;
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), report);
}
