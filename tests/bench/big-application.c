/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application with an account of its own kind: what it has is kept in a folder, its token is known. Says when the rows
 * of its first page are painted.
 *
 * usage: big-application ADDRESS FOLDER */

#include <hk-application.h>
#include <window/hk-window.h>

#include "big-account.h"
#include "painted.h"

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  return big_account_new_kept (api_url, user_data);
}

static gboolean
has_row (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "HkKeyRow") && gtk_widget_get_mapped (widget) &&
      gtk_widget_get_height (widget) > 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_row (child))
      return TRUE;

  return FALSE;
}

static gboolean
is_there (GtkWindow *window)
{
  return has_row (GTK_WIDGET (window));
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  report_painted (window, is_there);
}

int
main (int argc, char **argv)
{
  g_autoptr (HkApplication) application = NULL;
  const char *arguments[] = { argv[0], "--api-url", argc == 3 ? argv[1] : NULL };

  g_return_val_if_fail (argc == 3, 2);

  application = hk_application_new (make_account, argv[2]);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);

  return g_application_run (G_APPLICATION (application), G_N_ELEMENTS (arguments), (char **) arguments);
}
