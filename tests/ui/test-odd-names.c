/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A name is whatever somebody has typed: it is shown as it is, wherever names are. */

#include "ui-scenes.h"

/* What of a name is left when its letters with a meaning have been taken for something else. */
#define LAST_LETTER "🔑"

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *found = strstr (text, part); found != NULL; found = strstr (found + strlen (part), part))
    n++;

  return n;
}

/* Returns: how many names are shown; markup that is none would be warned of, which ends the test */
static guint
look_at (GtkWidget *widget)
{
  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
  guint n_names = count (text, UI_ODD_SUFFIX);

  g_test_message ("%s", text);
  g_assert_cmpuint (count (text, LAST_LETTER), ==, n_names);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n_names += look_at (child);

  return n_names;
}

static void
test_names (gconstpointer data)
{
  const UiScene *scene = data;
  UiTest *test;
  GtkWidget *widget = ui_scene_enter (scene, &test);
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();
  guint n_names = 0;

  ui_await_frames (widget);
  for (GList *l = toplevels; l != NULL; l = l->next)
    n_names += look_at (l->data);
  /* Where there are no data, there are no names. */
  if (scene->open == NULL)
    g_assert_cmpuint (n_names, >, 0);

  ui_scene_leave (widget, test);
}

int
main (int argc, char **argv)
{
  const UiScene *scenes;
  guint n_scenes;

  ui_test_init (&argc, &argv);
  ui_data_make_odd ();
  scenes = ui_scenes_get (&n_scenes);
  for (guint i = 0; i < n_scenes; i++)
    {
      g_autofree char *path = g_strconcat ("/odd-names/are-shown-as-they-are/", scenes[i].name, NULL);

      g_test_add_data_func (path, &scenes[i], test_names);
    }

  return g_test_run ();
}
