/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loads an account without a window, and again when nothing is new, and prints in one line what that took:
 *
 *   load-account ADDRESS N-KEYS [FOLDER]
 *
 * The account is kept in the folder, if there is one. These are the milliseconds of the first load and of the second, of the
 * processors' time for the first and for the second, the kilobytes that the process had more after the first than before, and
 * at most, and how often another load told anybody of anything that is listed. */

#include <stdio.h>
#include <sys/resource.h>

#include "big-account.h"
#include "loop-watch.h"

typedef struct
{
  double wall_ms;
  double processor_ms;
} Cost;

static guint n_told;

static void
on_told (void)
{
  n_told++;
}

static void
listen (GListModel *items)
{
  g_signal_connect (items, "items-changed", G_CALLBACK (on_told), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      g_signal_connect (item, "notify", G_CALLBACK (on_told), NULL);
    }
}

static double
to_ms (struct timeval time)
{
  return (double) time.tv_sec * 1e3 + (double) time.tv_usec / 1e3;
}

static Cost
get_cost (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return (Cost) { (double) g_get_monotonic_time () / 1e3, to_ms (usage.ru_utime) + to_ms (usage.ru_stime) };
}

static Cost
subtract (Cost a, Cost b)
{
  return (Cost) { a.wall_ms - b.wall_ms, a.processor_ms - b.processor_ms };
}

/* Kilobytes: what is the process's own, or what it has had at most if @peak. */
static long
get_memory (gboolean peak)
{
  g_autofree char *text = NULL;
  const char *field = peak ? "\nVmHWM:" : "\nRssAnon:";
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, field) : NULL;

  return line != NULL ? strtol (line + strlen (field), NULL, 10) : 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (HkAccount) account = NULL;
  guint n_keys;
  Cost begin, first, second;
  long before, after, peak_before;

  g_return_val_if_fail (argc == 3 || argc == 4, 2);

  n_keys = (guint) strtoul (argv[2], NULL, 10);
  loop_watch_init ();
  account = argc == 4 ? big_account_new_kept (argv[1], argv[3]) : big_account_new_known (argv[1]);

  before = get_memory (FALSE);
  peak_before = get_memory (TRUE);
  begin = get_cost ();
  big_account_open (account, n_keys);
  first = subtract (get_cost (), begin);
  after = get_memory (FALSE);

  begin = get_cost ();
  big_account_refresh (account, n_keys);
  second = subtract (get_cost (), begin);

  listen (hk_account_get_locks (account));
  listen (hk_account_get_people (account));
  listen (hk_account_get_keys (account));
  big_account_refresh (account, n_keys);

  printf ("%.2f %.2f %.2f %.2f %ld %ld %u\n", first.wall_ms, second.wall_ms, first.processor_ms, second.processor_ms,
          after - before, get_memory (TRUE) - peak_before, n_told);

  return 0;
}
