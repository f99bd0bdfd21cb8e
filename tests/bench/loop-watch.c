/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main loop is responsive while it waits: everything between two polls is time in which no click is seen. */

#include "loop-watch.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Longer than anything takes. */
#define DEADLINE_MS 60000

typedef struct
{
  double wall;
  double own;
} Moment;

static int statistics = -1;
static gboolean watching;
static Moment woke_up;
static Moment rendering_began; /* or 0 */
static Moment rendered;
static Stalls longest;
static gboolean has_frame;
static GArray *frames; /* (element-type double): how long each frame took without the renderer, in milliseconds */

/* How long the main thread has waited for a processor so far, in milliseconds: the second number of
 * /proc/PID/task/TID/schedstat, see proc(5). */
static double
get_queued (void)
{
  char text[128] = "";
  const char *second;

  if (statistics < 0 || pread (statistics, text, sizeof text - 1, 0) <= 0)
    return 0;
  second = strchr (text, ' ');

  return second != NULL ? strtod (second, NULL) / 1e6 : 0;
}

static Moment
now (void)
{
  const double wall = g_get_monotonic_time () / 1e3;

  return (Moment) { wall, wall - get_queued () };
}

static void
keep_longest (Stall *stall, double wall, double own)
{
  stall->wall_ms = MAX (stall->wall_ms, wall);
  stall->own_ms = MAX (stall->own_ms, own);
}

static void
end_interval (void)
{
  const Moment end = now ();
  const double wall = end.wall - woke_up.wall;
  const double own = end.own - woke_up.own;

  keep_longest (&longest.all, wall, own);
  keep_longest (&longest.without_renderer, wall - rendered.wall, own - rendered.own);
  if (has_frame)
    {
      const double frame = own - rendered.own;

      g_array_append_val (frames, frame);
    }
}

static void
begin_interval (void)
{
  rendered = (Moment) { 0, 0 };
  has_frame = FALSE;
  woke_up = now ();
}

static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  int ready;

  if (watching)
    end_interval ();
  ready = g_poll (fds, n_fds, timeout);
  begin_interval ();

  return ready;
}

/* Once, before anything else uses the main loop. */
void
loop_watch_init (void)
{
  frames = g_array_new (FALSE, FALSE, sizeof (double));
  statistics = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  g_main_context_set_poll_func (NULL, poll_and_measure);
}

void
loop_watch_begin (void)
{
  longest = (Stalls) { { 0, 0 }, { 0, 0 } };
  g_array_set_size (frames, 0);
  watching = TRUE;
  begin_interval ();
}

/* Returns: the longest stalls since loop_watch_begin(), what is going on right now included */
Stalls
loop_watch_end (void)
{
  end_interval ();
  watching = FALSE;

  return longest;
}

static int
compare_frames (gconstpointer a, gconstpointer b)
{
  const double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

/* Returns: how long the main loop was kept by a frame since loop_watch_begin(), without the renderer, in milliseconds: 99 of
 * 100 frames took no longer */
double
loop_watch_get_slow_frame (void)
{
  if (frames->len == 0)
    return 0;

  g_array_sort (frames, compare_frames);

  return g_array_index (frames, double, (frames->len - 1) * 99 / 100);
}

void
loop_watch_begin_rendering (void)
{
  rendering_began = now ();
}

void
loop_watch_end_rendering (void)
{
  const Moment end = now ();

  /* A frame in which nothing is to be drawn has no beginning. */
  if (rendering_began.wall > 0)
    {
      rendered.wall += end.wall - rendering_began.wall;
      rendered.own += end.own - rendering_began.own;
    }
  rendering_began.wall = 0;
  has_frame = TRUE;
}

static void
on_deadline (gpointer user_data)
{
  g_error ("what was waited for did not happen in time");
}

/* Runs the main loop until @condition holds. */
void
loop_watch_await (LoopCondition condition, gpointer user_data)
{
  const guint deadline = g_timeout_add_once (DEADLINE_MS, on_deadline, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}
