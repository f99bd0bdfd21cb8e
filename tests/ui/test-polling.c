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

#define ADD(name, func) g_test_add ("/polling/" name, Scene, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("while-it-is-seen-it-asks-each-minute", test_minute);
  ADD ("while-it-is-hidden-it-asks-nothing", test_hidden);
  ADD ("who-comes-back-after-a-minute-gets-news", test_focus);

  return g_test_run ();
}
