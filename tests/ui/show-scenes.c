/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Shows one page, dialog, question or menu after the other to whoever looks from outside: says its name on standard output, and
 * goes on at the next line on standard input.
 */

#include <unistd.h>

#include "ui-scenes.h"

static gboolean
on_line (GIOChannel *input, GIOCondition condition, gpointer user_data)
{
  gboolean *seen = user_data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    g_error ("nobody looks any more");
  *seen = TRUE;

  return G_SOURCE_REMOVE;
}

static void
show (const UiScene *scene, GIOChannel *input)
{
  gboolean seen = FALSE;
  UiTest *test;
  GtkWidget *widget = ui_scene_enter (scene, &test);

  /* Without the sidebar, which is the same everywhere and has its own scene. */
  gtk_window_set_default_size (test->window, 360, 640);
  ui_await_frames (widget);
  ui_await_frames (widget);
  g_print ("scene: %s\n", scene->name);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_line, &seen);
  /* Whoever looks has a deadline. */
  while (!seen)
    g_main_context_iteration (NULL, TRUE);

  ui_scene_leave (widget, test);
}

int
main (int argc, char **argv)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  const UiScene *scenes;
  guint n_scenes;

  ui_test_init (&argc, &argv);
  scenes = ui_scenes_get (&n_scenes);
  for (guint i = 0; i < n_scenes; i++)
    show (&scenes[i], input);

  return 0;
}
