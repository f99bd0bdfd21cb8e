/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The application is killed, and starts again: a real process, a real file, a service over loopback.
 *
 * With --seeds=N, N accounts get 200 mixed changes each, and their process is killed at random; else, what crash-story.c
 * tells is interrupted at every step.
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <nuki-simulator.h>
#include <signal.h>
#include <stdlib.h>

#include "crash-plan.h"
#include "crash-story.h"
#include "fixture.h"

/* Nothing takes so long; in microseconds of real time. */
#define DEADLINE (120 * G_USEC_PER_SEC)

/* A story has more steps than this. Of those that are much alike, one of these is tried. */
#define MIN_POINTS 15
#define STRIDE 11

/* So often the process of one plan is killed. */
#define N_KILLS 5

static int n_seeds;
static int first_seed = 1;
static int every = 1;

/*
 * Run:
 * @what: (owned): for the child
 * @may_fail: it is right that something has failed in the end
 * @shown: (owned) (nullable): what a child that was to show something has shown
 * @next: what the child has to ask for next; it may have asked for that already
 */
typedef struct
{
  NukiSimulator *simulator;
  char *folder;
  gint64 epoch;
  char *what;
  gboolean may_fail;
  guint next;
  GString *output;
  char *shown;
  gboolean closed;
  gboolean ended;
  guint kill_timeout;
  GSubprocess *process;
} Run;

static void
run_init (Run *run, char *what, CrashPlan *plan)
{
  g_autoptr (JsonNode) account = crash_plan_make_account (plan);
  g_autoptr (GError) error = NULL;

  run->what = what;
  run->epoch = g_get_real_time ();
  run->folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  run->simulator = nuki_simulator_new ();
  nuki_simulator_load (run->simulator, account, &error);
  g_assert_no_error (error);
  nuki_simulator_add_token (run->simulator, CRASH_TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  nuki_simulator_set_delay (run->simulator, 0, 0);
  nuki_simulator_start (run->simulator, 0, &error);
  g_assert_no_error (error);
}

static void
run_clear (Run *run)
{
  nuki_simulator_stop (run->simulator);
  g_assert_finalize_object (run->simulator);
  fixture_remove_folder (run->folder);
  g_free (run->folder);
  g_free (run->what);
  g_free (run->shown);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    {
      run->closed = TRUE;
      return;
    }

  g_string_append_len (run->output, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  if (strstr (run->output->str, "looking") != NULL)
    crash_story_bring_lock_back (run->simulator);
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), 4096, G_PRIORITY_DEFAULT, NULL, on_read, run);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  run->ended = TRUE;
}

static gboolean
on_kill (gpointer user_data)
{
  Run *run = user_data;

  run->kill_timeout = 0;
  g_subprocess_send_signal (run->process, SIGKILL);

  return G_SOURCE_REMOVE;
}

/* What was said to be asked is on the disk; what was only about to be may be. */
static void
take_output (Run *run)
{
  g_auto (GStrv) lines = g_strsplit (run->output->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint n;

      if (sscanf (lines[i], "asked %u", &n) == 1)
        run->next = n + 1;
      if (g_str_has_prefix (lines[i], "failed") && !run->may_fail)
        g_error ("%s: %s", run->what, lines[i]);
      if (g_str_has_prefix (lines[i], "shown "))
        {
          g_free (run->shown);
          run->shown = g_strdup (lines[i]);
        }
    }
}

/* Returns: (transfer full): the arguments of a child */
static GPtrArray *
make_arguments (Run *run, guint point)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  const char *wrapped = g_getenv ("CRASH_WRAPPER");
  g_auto (GStrv) wrapper = g_strsplit (wrapped != NULL ? wrapped : "", " ", -1);

  for (guint i = 0; i < g_strv_length (wrapper); i++)
    g_ptr_array_add (arguments, g_strdup (wrapper[i]));
  g_ptr_array_add (arguments, g_strdup (g_getenv ("CRASH_CHILD")));
  g_ptr_array_add (arguments, g_strdup (nuki_simulator_get_uri (run->simulator)));
  g_ptr_array_add (arguments, g_strdup (run->folder));
  g_ptr_array_add (arguments, g_strdup_printf ("%" G_GINT64_FORMAT, run->epoch));
  g_ptr_array_add (arguments, g_strdup (run->what));
  g_ptr_array_add (arguments, g_strdup_printf ("%u", run->next));
  g_ptr_array_add (arguments, g_strdup_printf ("%u", point));
  g_ptr_array_add (arguments, NULL);

  return arguments;
}

/*
 * @point: at which step the child kills itself, or 0
 * @kill_ms: after how many milliseconds it is killed, or 0
 *
 * Returns: %TRUE if it came to its end
 */
static gboolean
run_child (Run *run, guint point, guint kill_ms)
{
  const gint64 deadline = g_get_monotonic_time () + DEADLINE;
  g_autoptr (GPtrArray) arguments = make_arguments (run, point);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean finished;

  run->output = g_string_new (NULL);
  run->closed = run->ended = FALSE;
  process = g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  run->process = process;
  g_subprocess_wait_async (process, NULL, on_ended, run);
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (process), 4096, G_PRIORITY_DEFAULT, NULL, on_read,
                                   run);
  if (kill_ms > 0)
    run->kill_timeout = g_timeout_add (kill_ms, on_kill, run);

  while (!run->ended || !run->closed)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () > deadline)
        g_error ("%s, point %u: the child does not come to an end: %s", run->what, point, run->output->str);
    }
  g_clear_handle_id (&run->kill_timeout, g_source_remove);

  take_output (run);
  finished = g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 0;
  if (!finished)
    {
      g_assert_true (g_subprocess_get_if_signaled (process));
      g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
    }
  g_string_free (run->output, TRUE);

  return finished;
}

/* Returns: whether the process came to its end without getting to the step @point */
static gboolean
kill_at_point (const CrashStory *story, guint point, guint *n_lost, guint *n_doubled)
{
  g_autoptr (CrashPlan) plan = crash_plan_new (1);
  g_auto (Run) run = { NULL };
  g_autoptr (JsonNode) dump = NULL;
  gboolean finished;

  run_init (&run, g_strdup (story->name), plan);
  run.may_fail = story->may_fail;
  if (story->prepare != NULL)
    story->prepare (run.simulator);
  finished = run_child (&run, point, 0);
  if (!finished)
    g_assert_true (run_child (&run, 0, 0));
  nuki_simulator_advance (run.simulator, 1);
  dump = nuki_simulator_dump (run.simulator);
  story->judge (dump, n_lost, n_doubled);

  return finished;
}

static void
test_it_is_interrupted_at_every_step (gconstpointer data)
{
  const CrashStory *story = data;
  guint n_points = 0, n_lost = 0, n_doubled = 0;
  guint point = 1;

  while (!kill_at_point (story, point, &n_lost, &n_doubled))
    {
      if (n_lost + n_doubled > 0)
        g_error ("Point %u: lost %u, doubled %u", point, n_lost, n_doubled);
      n_points++;
      point += (guint) every * (story->n_alike > 0 && point > story->n_alike ? STRIDE : 1);
    }

  g_assert_cmpuint (n_lost + n_doubled, ==, 0);
  g_assert_cmpuint (n_points, >, MIN_POINTS / (guint) every);
  g_print ("# %s: crash points %u, changes lost %u, doubled %u\n", story->name, n_points, n_lost, n_doubled);
}

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) folder = g_dir_open (from, 0, NULL);
  const char *name;

  fixture_remove_folder (to);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr (GFile) source = g_file_new_build_filename (from, name, NULL);
      g_autoptr (GFile) copy = g_file_new_build_filename (to, name, NULL);

      g_assert_true (g_file_copy (source, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
    }
}

/* Everything is called something else. */
static void
rename_all (NukiSimulator *simulator)
{
  static const char *const lists[] = { "locks", "users", "keys" };
  g_autoptr (JsonNode) dump = nuki_simulator_dump (simulator);
  JsonObject *account = json_node_get_object (dump);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *records = json_object_get_array_member (account, lists[i]);

      for (guint j = 0; j < json_array_get_length (records); j++)
        {
          g_autofree char *name = g_strdup_printf ("Renamed %u", j);

          json_object_set_string_member (json_array_get_object_element (records, j), "name", name);
        }
    }
  nuki_simulator_load (simulator, dump, &error);
  g_assert_no_error (error);
  nuki_simulator_add_token (simulator, CRASH_TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
}

/* Returns: (transfer full): what is there without the service */
static char *
show_kept (Run *run)
{
  char *what = run->what;

  run->what = (char *) "show";
  g_assert_true (nuki_simulator_set_reachable (run->simulator, FALSE, NULL));
  g_assert_true (run_child (run, 0, 0));
  g_assert_true (nuki_simulator_set_reachable (run->simulator, TRUE, NULL));
  run->what = what;

  return g_steal_pointer (&run->shown);
}

static void
test_the_writing_of_what_is_kept_is_interrupted (void)
{
  g_autoptr (CrashPlan) plan = crash_plan_new (1);
  g_auto (Run) run = { NULL };
  g_autofree char *folder = g_dir_make_tmp ("housekeys-XXXXXX", NULL);
  g_autofree char *old = NULL, *new = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_free);
  guint n_old = 0, n_new = 0;
  guint point = 1;

  /* The invitation is refused, and stays in the journal. */
  run_init (&run, g_strdup ("keep"), plan);
  nuki_simulator_add_fault (run.simulator, "PUT", "*", NUKI_SIM_ALWAYS, nuki_sim_fault_find ("status-403"));
  g_assert_true (run_child (&run, 0, 0));
  run.next = 1;
  old = show_kept (&run);
  copy_folder (run.folder, folder);
  rename_all (run.simulator);

  while (!run_child (&run, point, 0))
    {
      g_ptr_array_add (shown, show_kept (&run));
      copy_folder (folder, run.folder);
      point += (guint) every;
    }
  new = show_kept (&run);
  fixture_remove_folder (folder);

  g_assert_cmpstr (old, !=, new);
  g_assert_nonnull (strstr (old, "Guest 1, Guest 1, Guest 1, "));
  for (guint i = 0; i < shown->len; i++)
    {
      n_old += g_str_equal (g_ptr_array_index (shown, i), old);
      n_new += g_str_equal (g_ptr_array_index (shown, i), new);
    }
  g_print ("# kept: writes interrupted %u, old %u, new %u\n", shown->len, n_old, n_new);
  g_assert_cmpuint (n_old + n_new, ==, shown->len);
  g_assert_cmpuint (n_old, >, 0);
  g_assert_true (n_new > 0 || every > 1);
}

/* Returns: how often it was killed */
static guint
kill_at_random (guint32 seed, guint *n_lost, guint *n_doubled)
{
  g_autoptr (CrashPlan) plan = crash_plan_new (seed);
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed ^ 0x5a5a5a5a);
  g_auto (Run) run = { NULL };
  g_autoptr (JsonNode) dump = NULL;
  guint n_kills = 0;

  run_init (&run, g_strdup_printf ("%u", seed), plan);
  for (guint i = 0; i < N_KILLS; i++)
    {
      /* At a step that is counted, or at any time at all. */
      const gboolean counted = g_rand_boolean (dice);
      const guint n = (guint) g_rand_int_range (dice, 1, counted ? 1200 : 400);

      if (run_child (&run, counted ? n : 0, counted ? 0 : n))
        break;
      n_kills++;
    }
  if (n_kills == N_KILLS)
    g_assert_true (run_child (&run, 0, 0));

  g_assert_cmpuint (run.next, ==, crash_plan_get_length (plan));
  dump = nuki_simulator_dump (run.simulator);
  crash_plan_judge (plan, dump, n_lost, n_doubled);

  return n_kills;
}

static void
test_mixed_changes_are_interrupted_at_random (void)
{
  guint n_kills = 0, n_lost = 0, n_doubled = 0;

  for (int i = 0; i < n_seeds; i++)
    {
      n_kills += kill_at_random ((guint32) (first_seed + i), &n_lost, &n_doubled);
      if (n_lost + n_doubled > 0)
        g_error ("Seed %d: lost %u, doubled %u", first_seed + i, n_lost, n_doubled);
    }

  g_assert_cmpuint (n_kills, >=, (guint) n_seeds);
  g_print ("# seeds %d of 200 changes, kills %u, changes lost %u, doubled %u\n", n_seeds, n_kills, n_lost, n_doubled);
}

int
main (int argc, char *argv[])
{
  static const GOptionEntry entries[] = {
    { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many plans", "N" },
    { "every", 0, 0, G_OPTION_ARG_INT, &every, "Interrupts only one of so many steps", "N" },
    { "first-seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "The first of them", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  const CrashStory *stories = NULL;
  gsize n_stories = 0;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  g_assert_true (g_option_context_parse (context, &argc, &argv, NULL));
  g_assert_nonnull (g_getenv ("CRASH_CHILD"));

  stories = crash_story_get_all (&n_stories);
  if (n_seeds > 0)
    g_test_add_func ("/crash/mixed-changes-are-interrupted-at-random", test_mixed_changes_are_interrupted_at_random);
  else
    g_test_add_func ("/crash/the-writing-of-what-is-kept-is-interrupted", test_the_writing_of_what_is_kept_is_interrupted);
  for (gsize i = 0; i < n_stories && n_seeds == 0; i++)
    {
      g_autofree char *path = g_strconcat ("/crash/it-is-interrupted-at-every-step/", stories[i].name, NULL);

      g_test_add_data_func (path, &stories[i], test_it_is_interrupted_at_every_step);
    }

  return g_test_run ();
}
