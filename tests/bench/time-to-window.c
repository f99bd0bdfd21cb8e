/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts a program and prints how many milliseconds later its first window is on the display:
 *
 *   time-to-window PROGRAM [ARGUMENT…]
 *
 * The program is ended then. The display has to be without other programs. */

#include <X11/Xlib.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_MS 60000.0

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Toolkits also map helper windows, which have no size to speak of. */
static int
is_a_window (Display *display,
             Window window)
{
  XWindowAttributes attributes;

  return XGetWindowAttributes (display, window, &attributes) && attributes.width > 100 &&
         attributes.height > 100 && !attributes.override_redirect;
}

static int
wait_for_window (Display *display,
                 double deadline)
{
  struct pollfd connection = { .fd = ConnectionNumber (display), .events = POLLIN };

  for (;;)
    {
      while (XPending (display) > 0)
        {
          XEvent event;

          XNextEvent (display, &event);
          if (event.type == MapNotify && is_a_window (display, event.xmap.window))
            return 1;
        }

      double left = deadline - now_ms ();
      if (left <= 0 || (poll (&connection, 1, (int) left + 1) < 0 && errno != EINTR))
        return 0;
    }
}

static int
ignore_error (Display *display,
              XErrorEvent *event)
{
  /* The window was gone before it could be asked about. */
  return 0;
}

int
main (int argc,
      char *argv[])
{
  Display *display = XOpenDisplay (NULL);
  double start;
  pid_t child;
  int seen;

  if (argc < 2 || display == NULL)
    {
      fprintf (stderr, "usage, on a display: time-to-window PROGRAM [ARGUMENT…]\n");
      return 2;
    }

  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  XSync (display, False);

  start = now_ms ();
  child = fork ();
  if (child == 0)
    {
      close (ConnectionNumber (display));
      if (dup2 (STDERR_FILENO, STDOUT_FILENO) >= 0)
        execvp (argv[1], argv + 1);
      perror (argv[1]);
      _exit (127);
    }

  seen = wait_for_window (display, start + LIMIT_MS);
  if (seen)
    printf ("%.1f\n", now_ms () - start);

  kill (child, SIGTERM);
  waitpid (child, NULL, 0);
  XCloseDisplay (display);

  return seen ? 0 : 1;
}
