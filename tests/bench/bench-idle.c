/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts how often the main loop of an open window wakes up, and how often the window is drawn, while nobody touches it and nothing
 * changes for a minute:
 *
 *   bench-idle NUKI-SIMULATOR
 *
 * prints how often the service was asked, how often the main loop woke up meanwhile, how often it did besides, and how many frames
 * there were. That a poll begins is one of the wake-ups besides. */

#include "big-account.h"
#include "big-service.h"
#include "loop-watch.h"
#include "ui-test.h"
#include "window/hk-window.h"

#define LOCKS 4
#define KEYS 40

/* What is only done at the beginning, such as the fading of a banner, has ended by then. */
#define SETTLE_SECONDS 5
#define IDLE_SECONDS 60

static HkAccount *account;
static gboolean counting;
static guint n_polls_of_service;
static guint n_wake_ups;
static guint n_of_poll;
static guint n_frames;

static int
count_wake_up (GPollFD *fds, guint n_fds, int timeout)
{
  const int ready = g_poll (fds, n_fds, timeout);

  if (!counting || timeout == 0)
    return ready;

  if (hk_account_get_refreshing (account))
    n_of_poll++;
  else
    n_wake_ups++;
  return ready;
}

static void
on_paint (void)
{
  n_frames += counting;
}

static void
on_refreshing (void)
{
  n_polls_of_service += counting && hk_account_get_refreshing (account);
}

/* That it is over is no wake-up of the window’s. */
static void
on_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  n_wake_ups -= counting;
}

static gboolean
is_over (gpointer over)
{
  return *(gboolean *) over;
}

static void
wait_seconds (guint seconds)
{
  gboolean over = FALSE;

  g_timeout_add_once (seconds * 1000, on_over, &over);
  while (!is_over (&over))
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  BigService *service;
  HkWindow *window;

  g_return_val_if_fail (argc == 2, 2);

  ui_test_init_gtk ();
  g_main_context_set_poll_func (NULL, count_wake_up);
  service = big_service_start (argv[1], LOCKS, KEYS);
  account = big_account_new (big_service_get_address (service));
  window = hk_window_new (NULL, account, NULL, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  gtk_window_present (GTK_WINDOW (window));
  big_account_sign_in (account, KEYS);
  g_signal_connect (gdk_surface_get_frame_clock (gtk_native_get_surface (GTK_NATIVE (window))), "paint",
                    G_CALLBACK (on_paint), NULL);
  g_signal_connect (account, "notify::refreshing", G_CALLBACK (on_refreshing), NULL);
  wait_seconds (SETTLE_SECONDS);

  counting = TRUE;
  wait_seconds (IDLE_SECONDS);
  counting = FALSE;
  g_print ("%u %u %u %u\n", n_polls_of_service, n_of_poll, n_wake_ups, n_frames);

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (account);
  big_service_stop (service);

  return 0;
}
