/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long the main loop is kept from its work while 20,000 keys to 100 locks arrive from a simulator in another
 * process. The limit is a frame at 60 Hz.
 *
 * usage: bench-main-loop-stall NUKI_SIMULATOR */

#include <nuki-client.h>

#define N_LOCKS "100"
#define N_KEYS 20000
#define LIMIT_MS 16.0
#define TOKEN "demo-token"
#define ROUNDS 3

static gint64 loop_woke_up;
static gint64 longest_stall;

/* What is between two polls is what the main loop did instead of waiting. */
static int
poll_and_measure (GPollFD *fds, guint n_fds, int timeout)
{
  int ready;

  if (loop_woke_up != 0)
    longest_stall = MAX (longest_stall, g_get_monotonic_time () - loop_woke_up);

  ready = g_poll (fds, n_fds, timeout);
  loop_woke_up = g_get_monotonic_time ();

  return ready;
}

static const char *
give_token (gpointer user_data)
{
  return TOKEN;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **keys = user_data;

  *keys = nuki_client_list_keys_finish (NUKI_CLIENT (source), result, &error);
  if (*keys == NULL)
    g_error ("%s", error->message);
}

/* (transfer full): where the simulator says that it is */
static char *
read_address (GSubprocess *simulator)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator));
  g_autoptr (GError) error = NULL;
  char *address;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  if (address == NULL)
    g_error ("the simulator does not start");

  return address;
}

/* Fetches all keys once; returns the longest stall in milliseconds. */
static double
measure (NukiClient *client)
{
  g_autoptr (GPtrArray) keys = NULL;

  longest_stall = 0;
  loop_woke_up = 0;
  nuki_client_list_keys_async (client, NULL, on_listed, &keys);
  while (keys == NULL)
    g_main_context_iteration (NULL, TRUE);

  if (keys->len != N_KEYS)
    g_error ("%u keys instead of %d", keys->len, N_KEYS);

  return longest_stall / 1000.0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GSubprocess) simulator = NULL;
  g_autoptr (NukiClient) client = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  double worst = 0;

  g_return_val_if_fail (argc == 2, 2);

  simulator = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, argv[1], "--port", "0", "--locks", N_LOCKS, "--keys",
                                G_STRINGIFY (N_KEYS), NULL);
  if (simulator == NULL)
    g_error ("%s", error->message);

  address = read_address (simulator);
  client = nuki_client_new (address, NULL);
  nuki_client_set_token_func (client, give_token, NULL, NULL);
  g_main_context_set_poll_func (NULL, poll_and_measure);

  for (int i = 0; i < ROUNDS; i++)
    {
      double stall = measure (client);

      g_print ("round %d: %.1f ms\n", i + 1, stall);
      worst = MAX (worst, stall);
    }

  g_subprocess_force_exit (simulator);
  g_print ("longest main-loop stall: %.1f ms (limit %.0f ms)\n", worst, LIMIT_MS);

  return worst <= LIMIT_MS ? 0 : 1;
}
