/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the window asks the service by itself, with a clock that is moved by hand. */

#include "fixture.h"
#include "ui-test.h"
#include "window/hk-window.h"

typedef struct
{
  Fixture *account;
  GtkWindow *window;
  GtkWindow *other; /* of another application, for all that the window knows */
} Scene;

static void
look_at (GtkWindow *window)
{
  ui_await ((gtk_window_present (window), gtk_window_is_active (window)));
}

static void
set_up (Scene *scene, gconstpointer user_data)
{
  scene->account = fixture_new_signed_in ();
  scene->window = GTK_WINDOW (hk_window_new (NULL, scene->account->account, NULL, FALSE));
  scene->other = GTK_WINDOW (gtk_window_new ());
  look_at (scene->window);
}

static void
tear_down (Scene *scene, gconstpointer user_data)
{
  gtk_window_destroy (scene->other);
  gtk_window_destroy (scene->window);
  ui_settle ();
  fixture_free (scene->account);
}

/* How many requests come in that time. */
static guint
count_requests (Scene *scene, guint seconds)
{
  const guint before = nuki_simulator_get_n_requests (scene->account->simulator);

  fixture_pass (scene->account, seconds);

  return nuki_simulator_get_n_requests (scene->account->simulator) - before;
}

static void
test_minute (Scene *scene, gconstpointer user_data)
{
  const guint n_each = count_requests (scene, 61);

  g_assert_cmpuint (n_each, >, 0);
  g_assert_cmpuint (count_requests (scene, 50), ==, 0);
  g_assert_cmpuint (count_requests (scene, 115), ==, 2 * n_each);
}

static void
test_hidden (Scene *scene, gconstpointer user_data)
{
  gtk_widget_set_visible (GTK_WIDGET (scene->window), FALSE);
  g_assert_cmpuint (count_requests (scene, 600), ==, 0);

  look_at (scene->window);
  g_assert_cmpuint (count_requests (scene, 0), >, 0);
}

static void
test_focus (Scene *scene, gconstpointer user_data)
{
  /* Nothing else is to ask meanwhile. */
  hk_account_set_polling (scene->account->account, FALSE);
  look_at (scene->other);
  g_assert_cmpuint (count_requests (scene, 55), ==, 0);
  look_at (scene->window);
  g_assert_cmpuint (count_requests (scene, 0), ==, 0);

  look_at (scene->other);
  g_assert_cmpuint (count_requests (scene, 10), ==, 0);
  look_at (scene->window);
  g_assert_cmpuint (count_requests (scene, 0), >, 0);
}

/* Who asks is answered, also if nothing is new. What the window does by itself disturbs nobody. */
static void
test_asked (Scene *scene, gconstpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (scene->window);

  g_assert_cmpuint (count_requests (scene, 61), >, 0);
  g_assert_cmpstr (ui_announcement (window), ==, "");

  for (int i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (window, "win.announce", "s", "-");
      gtk_widget_activate_action (window, "win.refresh", NULL);
      ui_await (g_str_equal (ui_announcement (window), "Everything is up to date"));
      g_assert_nonnull (ui_find_visible (window, GTK_TYPE_LABEL, "Everything is up to date"));
    }

  gtk_widget_activate_action (window, "win.announce", "s", "-");
  g_assert_cmpuint (count_requests (scene, 61), >, 0);
  g_assert_cmpstr (ui_announcement (window), ==, "-");
}

/* Not to be reached is not up to date. */
static void
test_asked_in_vain (Scene *scene, gconstpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (scene->window);

  faulty_service_set_up (scene->account->service, FALSE);
  gtk_widget_activate_action (window, "win.refresh", NULL);
  ui_await (hk_account_get_error (scene->account->account) != NULL);
  ui_await (!hk_account_get_refreshing (scene->account->account));
  ui_settle ();
  g_assert_null (ui_find_visible (window, GTK_TYPE_LABEL, "Everything is up to date"));
  g_assert_cmpstr (ui_announcement (window), !=, "Everything is up to date");
}

#define ADD(name, func) g_test_add ("/polling/" name, Scene, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("while-it-is-seen-it-asks-each-minute", test_minute);
  ADD ("while-it-is-hidden-it-asks-nothing", test_hidden);
  ADD ("who-comes-back-after-a-minute-gets-news", test_focus);
  ADD ("who-asks-is-told-that-everything-is-up-to-date", test_asked);
  ADD ("who-asks-in-vain-is-not-told-so", test_asked_in_vain);

  return g_test_run ();
}
