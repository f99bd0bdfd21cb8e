/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window at a start from what was known before. */

#include <glib/gstdio.h>
#include <hk-keeper.h>
#include <nuki-client.h>

#include "keys/hk-keys-page.h"
#include "sign-in/hk-sign-in-page.h"
#include "sign-in/hk-start-page.h"
#include "ui-test.h"
#include "window/hk-banner.h"
#include "window/hk-window.h"

typedef struct
{
  UiTest *test;
  HkWindow *window;
  char *folder;
} Fixture;

/* The application is started once more. */
static void
restart (Fixture *fixture)
{
  UiTest *test = fixture->test;
  g_autoptr (NukiClient) client = nuki_client_new (nuki_simulator_get_uri (test->simulator), NULL);
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = hk_journal_new (fixture->folder, "https://example.org", clock);

  ui_await (!hk_keeper_is_busy (test->account->keeper));
  g_assert_finalize_object (test->account);
  test->account = hk_account_new (client, test->store, clock, journal);
  hk_account_open (test->account);
  fixture->window = hk_window_new (NULL, test->account, NULL, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 680);
  test->window = GTK_WINDOW (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  fixture->test = ui_test_new_in_folder (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  ui_test_free (fixture->test);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static gboolean
shows (Fixture *fixture, GType type)
{
  return ui_find_visible (GTK_WIDGET (fixture->window), type, NULL) != NULL;
}

static void
test_without_a_network (Fixture *fixture, gconstpointer user_data)
{
  const guint n_keys = g_list_model_get_n_items (hk_account_get_keys (fixture->test->account));
  GtkWidget *start_page, *banner;

  g_assert_true (nuki_simulator_set_reachable (fixture->test->simulator, FALSE, NULL));
  restart (fixture);
  start_page = ui_find (GTK_WIDGET (fixture->window), HK_TYPE_START_PAGE, NULL);
  g_assert_cmpfloat (gtk_widget_get_opacity (ui_child (start_page, "busy_box")), ==, 0);
  ui_await (shows (fixture, HK_TYPE_KEYS_PAGE));
  g_assert_null (ui_find (GTK_WIDGET (fixture->window), HK_TYPE_SIGN_IN_PAGE, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (fixture->test->account)), ==, n_keys);
  ui_await (hk_account_get_error (fixture->test->account) != NULL);
  banner = ui_find_visible (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL);
  ui_await (ui_shows (banner, "The service cannot be reached. Check the network connection. "
                              "What you see is less than a minute old."));

  g_assert_true (nuki_simulator_set_reachable (fixture->test->simulator, TRUE, NULL));
  ui_click (ui_find_visible (banner, GTK_TYPE_BUTTON, "_Try Again"));
  ui_await (!hk_account_get_shows_kept (fixture->test->account));
  ui_await (!ui_shows (banner, "What you see is"));
}

static void
on_shows_kept (HkAccount *account, GParamSpec *pspec, Fixture *fixture)
{
  GtkWidget *banner = ui_find (GTK_WIDGET (fixture->window), HK_TYPE_BANNER, NULL);

  if (hk_account_get_shows_kept (account))
    g_assert_true (ui_find (banner, GTK_TYPE_LABEL, "What you see is less than a minute old.") != NULL);
}

static void
test_until_the_service_answers (Fixture *fixture, gconstpointer user_data)
{
  restart (fixture);
  /* After the banner has heard of it. */
  g_signal_connect_after (fixture->test->account, "notify::last-refresh", G_CALLBACK (on_shows_kept), fixture);
  ui_await (hk_account_get_shows_kept (fixture->test->account));
  g_assert_true (gtk_widget_get_visible (ui_find (GTK_WIDGET (fixture->window), HK_TYPE_KEYS_PAGE, NULL)));
  ui_await (!hk_account_get_shows_kept (fixture->test->account));
  ui_await (!ui_shows (GTK_WIDGET (fixture->window), "What you see is"));
  ui_await (shows (fixture, HK_TYPE_KEYS_PAGE));
}

static void
test_a_rejected_token (Fixture *fixture, gconstpointer user_data)
{
  nuki_simulator_revoke_token (fixture->test->simulator, NUKI_SIMULATOR_DEMO_TOKEN);
  restart (fixture);
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_TOKEN_REJECTED);
  ui_await (shows (fixture, HK_TYPE_KEYS_PAGE));
  ui_await (ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, "Sign In _Again") != NULL);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);

  ADD ("/kept/it-is-shown-with-its-age-while-there-is-no-network", test_without_a_network);
  ADD ("/kept/it-is-marked-until-the-service-answers", test_until_the_service_answers);
  ADD ("/kept/it-stays-when-the-token-is-not-accepted-any-more", test_a_rejected_token);

  return g_test_run ();
}
