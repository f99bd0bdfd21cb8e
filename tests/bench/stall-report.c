/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says how long the main loop was kept from its work in each step.
 *
 * Other programs on the computer also take time, and no program can do anything about that. What counts is therefore the
 * time without that; the time with it is printed in brackets. */

#include "stall-report.h"

struct _StallReport
{
  GPtrArray *steps; /* (owned) (element-type Step): in order */
  gpointer current; /* (unowned) (nullable): the Step that is measured */
};

typedef struct
{
  char *name;
  GArray *all;              /* (element-type Stall): one per round */
  GArray *without_renderer; /* (element-type Stall) */
} Step;

static void
free_step (gpointer data)
{
  Step *step = data;

  g_free (step->name);
  g_array_unref (step->all);
  g_array_unref (step->without_renderer);
  g_free (step);
}

static Step *
get_step (StallReport *self, const char *name)
{
  Step *step;

  for (guint i = 0; i < self->steps->len; i++)
    {
      step = g_ptr_array_index (self->steps, i);
      if (g_str_equal (step->name, name))
        return step;
    }

  step = g_new0 (Step, 1);
  step->name = g_strdup (name);
  step->all = g_array_new (FALSE, FALSE, sizeof (Stall));
  step->without_renderer = g_array_new (FALSE, FALSE, sizeof (Stall));
  g_ptr_array_add (self->steps, step);

  return step;
}

/* Returns: the longest, without what other programs took */
static double
print_stalls (const char *what, GArray *stalls)
{
  double worst = 0;

  g_print ("  %-24s", what);
  for (guint i = 0; i < stalls->len; i++)
    {
      const Stall *stall = &g_array_index (stalls, Stall, i);

      g_print ("  %5.1f ms (%5.1f ms)", stall->own_ms, stall->wall_ms);
      worst = MAX (worst, stall->own_ms);
    }
  g_print ("\n");

  return worst;
}

static int
compare_own (gconstpointer a, gconstpointer b)
{
  const double difference = ((const Stall *) a)->own_ms - ((const Stall *) b)->own_ms;

  return difference < 0 ? -1 : difference > 0;
}

StallReport *
stall_report_new (void)
{
  StallReport *self = g_new0 (StallReport, 1);

  self->steps = g_ptr_array_new_with_free_func (free_step);

  return self;
}

void
stall_report_free (StallReport *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
stall_report_begin (StallReport *self, const char *step)
{
  self->current = get_step (self, step);
  loop_watch_begin ();
}

void
stall_report_end (StallReport *self)
{
  const Stalls stalls = loop_watch_end ();
  Step *step = self->current;

  g_array_append_val (step->all, stalls.all);
  g_array_append_val (step->without_renderer, stalls.without_renderer);
}

/*
 * stall_report_print:
 * @paints: whether a window was there
 *
 * Returns: the longest stall, without what other programs took and without the renderer, in milliseconds
 */
double
stall_report_print (StallReport *self, gboolean paints)
{
  double worst = 0;

  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = g_ptr_array_index (self->steps, i);
      double longest;

      g_print (" %s\n", step->name);
      longest = print_stalls ("everything", step->all);
      if (paints)
        longest = print_stalls ("without the renderer", step->without_renderer);
      worst = MAX (worst, longest);
    }
  g_print ("Longest main-loop stall%s: %.1f ms\n", paints ? " without the renderer" : "", worst);

  return worst;
}

/* Returns: the median of the rounds, without what other programs took and without the renderer, in milliseconds */
double
stall_report_get_median (StallReport *self, const char *step)
{
  g_autoptr (GArray) stalls = g_array_copy (get_step (self, step)->without_renderer);

  g_array_sort (stalls, compare_own);

  return g_array_index (stalls, Stall, stalls->len / 2).own_ms;
}
