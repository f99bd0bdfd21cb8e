/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application as the desktop sees it: on the bus. */

#include "hk-application.h"
#include "keys/hk-key-page.h"
#include "keys/hk-keys-page.h"
#include "ui-desktop.h"
#include "ui-test.h"
#include "window/hk-window.h"

/* The application in this process: what a test looks at once it runs. */
typedef struct
{
  UiTest *test;
  UiDesktop *desktop;
  HkApplication *application;
  void (*look) (gpointer run);
} Run;

static HkAccount *
make_account (const char *api_url, gpointer user_data, GError **error)
{
  return g_object_ref (((Run *) user_data)->test->account);
}

static HkWindow *
find_window (Run *run)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (run->application)); l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

static void
on_running (gpointer user_data)
{
  Run *run = user_data;

  ui_await (find_window (run) != NULL);
  run->look (run);
  g_action_group_activate_action (G_ACTION_GROUP (run->application), "quit", NULL);
}

static void
run_application (gconstpointer look)
{
  char *argv[] = { (char *) "housekeys", NULL };
  Run run = { .test = ui_test_new (), .desktop = ui_desktop_new (), .look = look };

  run.application = hk_application_new (make_account, &run);
  g_idle_add_once (on_running, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), 1, argv), ==, 0);
  g_assert_finalize_object (run.application);
  ui_desktop_free (run.desktop);
  ui_test_free (run.test);
}

static HkKey *
get_some_key (Run *run)
{
  GListModel *keys = hk_account_get_keys (run->test->account);
  GDateTime *now = hk_account_get_last_refresh (run->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_key_get_key_type (key) == NUKI_KEY_APP && hk_key_get_availability (key, now) == HK_KEY_OPENS_NOW)
        return key;
    }

  g_assert_not_reached ();
}

static void
look_at_notification (gpointer user_data)
{
  Run *run = user_data;
  HkKey *key = get_some_key (run);
  g_autofree char *expected = g_strdup_printf ("Switch off the key of %s · %s", hk_key_get_name (key),
                                               hk_key_get_lock_name (key));
  g_autoptr (HkKey) shown = NULL;
  const char *body = NULL;

  g_application_hold (G_APPLICATION (run->application));
  gtk_window_close (GTK_WINDOW (find_window (run)));
  ui_await (find_window (run) == NULL);
  hk_account_switch_key (run->test->account, key, FALSE);
  ui_await (ui_desktop_get_notification (run->desktop, "confirmed", &body) != NULL);
  g_assert_cmpstr (ui_desktop_get_notification (run->desktop, "confirmed", NULL), ==, "1 change confirmed");
  g_assert_cmpstr (body, ==, expected);

  /* Back at the window there is nothing to tell any more. */
  ui_desktop_click (run->desktop, "confirmed");
  ui_await (find_window (run) != NULL && gtk_window_is_active (GTK_WINDOW (find_window (run))));
  g_assert_true (HK_IS_KEY_PAGE (hk_window_get_visible_page (find_window (run))));
  g_object_get (hk_window_get_visible_page (find_window (run)), "key", &shown, NULL);
  g_assert_true (shown == key);
  ui_await (ui_desktop_get_notification (run->desktop, "confirmed", NULL) == NULL);
  g_application_release (G_APPLICATION (run->application));
}

static void
look_at_nonsense (gpointer user_data)
{
  Run *run = user_data;

  g_test_expect_message ("housekeys", G_LOG_LEVEL_MESSAGE, "There is nothing to show that is called “/etc/passwd”");
  ui_desktop_activate_action (run->desktop, "show", g_variant_new_string ("/etc/passwd"));
  g_test_assert_expected_messages ();
  ui_desktop_activate_action (run->desktop, "show", g_variant_new_string ("key/gone"));
  ui_settle ();
  g_assert_true (HK_IS_KEYS_PAGE (hk_window_get_visible_page (find_window (run))));
}

#define ADD(name, look) g_test_add_data_func (name, look, run_application)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/desktop/a-notification-tells-of-a-change-and-leads-to-it", look_at_notification);
  ADD ("/desktop/what-is-nothing-is-not-shown", look_at_nonsense);

  return g_test_run ();
}
