/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that an application of this kind can be: what the start of Housekeys, and its memory, are measured against. */

#include <adwaita.h>

#include "painted.h"

static gboolean
is_there (GtkWindow *window)
{
  return TRUE;
}

static void
on_activate (GtkApplication *application,
             gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_title (GTK_WINDOW (window), "Empty");
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  report_painted (GTK_WINDOW (window), is_there);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.housekeys.Empty",
                                                                G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
