/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "nuki-sim-demo.h"
#include "nuki-simulator.h"

typedef struct
{
  int port;
  char *account;
  char *delay;
  char *token;
  char *scopes;
  int n_locks;
  int n_keys;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->account);
  g_free (options->delay);
  g_free (options->token);
  g_free (options->scopes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
set_usage_error (GError **error, const char *text)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);
  return FALSE;
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &options->port, "Port on 127.0.0.1; 0 takes a free one", "PORT" },
    { "account", 'a', 0, G_OPTION_ARG_FILENAME, &options->account, "Account to serve: a JSON file, or demo",
      "FILE" },
    { "delay", 'd', 0, G_OPTION_ARG_STRING, &options->delay, "Milliseconds until changes take effect",
      "FROM-TO" },
    { "token", 't', 0, G_OPTION_ARG_STRING, &options->token, "Bearer token (" NUKI_SIMULATOR_DEMO_TOKEN ")",
      "TOKEN" },
    { "scopes", 's', 0, G_OPTION_ARG_STRING, &options->scopes, "Scopes of the token (all)", "NAMES" },
    { "locks", 0, 0, G_OPTION_ARG_INT, &options->n_locks, "Serve a generated account with N locks", "N" },
    { "keys", 0, 0, G_OPTION_ARG_INT, &options->n_keys, "Serve a generated account with N keys", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Simulates the Nuki Web API on this computer.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  if (*argc > 1)
    return set_usage_error (error, "There are arguments that are no options");
  if (options->port < 0 || options->port > G_MAXUINT16)
    return set_usage_error (error, "The port has to be from 0 to 65535");
  if (options->n_locks < 0 || options->n_keys < 0 || (options->n_keys > 0 && options->n_locks == 0))
    return set_usage_error (error, "Keys need at least one lock");
  if (options->n_locks > 0 && options->account != NULL)
    return set_usage_error (error, "An account is either read or generated");

  return TRUE;
}

static gboolean
apply_delay (NukiSimulator *simulator, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 2);
  guint64 from;
  guint64 to;

  if (!g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXINT32 - 1, &from, NULL))
    return set_usage_error (error, "The delay has the form FROM-TO, in milliseconds");
  to = from;
  if (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, from, G_MAXINT32 - 1, &to, NULL))
    return set_usage_error (error, "The delay has the form FROM-TO, in milliseconds");

  nuki_simulator_set_delay (simulator, (guint) from, (guint) to);
  return TRUE;
}

static JsonNode *
read_account (const Options *options, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;

  if (options->n_locks > 0)
    return nuki_sim_bulk_build ((guint) options->n_locks, (guint) options->n_keys, g_get_real_time () / 1000);

  parser = json_parser_new ();
  if (!json_parser_load_from_file (parser, options->account, error))
    return NULL;
  if (json_parser_get_root (parser) == NULL)
    {
      set_usage_error (error, "The account file is empty");
      return NULL;
    }

  return json_parser_steal_root (parser);
}

static NukiSimulator *
make_simulator (const Options *options, GError **error)
{
  gboolean is_demo =
      options->n_locks == 0 && (options->account == NULL || g_str_equal (options->account, "demo"));
  g_autoptr (NukiSimulator) simulator = is_demo ? nuki_simulator_new_demo () : nuki_simulator_new ();

  if (!is_demo)
    {
      g_autoptr (JsonNode) account = read_account (options, error);

      if (account == NULL || !nuki_simulator_load (simulator, account, error))
        return NULL;
    }
  if (options->delay != NULL && !apply_delay (simulator, options->delay, error))
    return NULL;

  nuki_simulator_revoke_token (simulator, NUKI_SIMULATOR_DEMO_TOKEN);
  nuki_simulator_add_token (simulator, options->token != NULL ? options->token : NUKI_SIMULATOR_DEMO_TOKEN,
                            options->scopes != NULL ? options->scopes : NUKI_SIMULATOR_ALL_SCOPES);
  if (!nuki_simulator_start (simulator, (guint) options->port, error))
    return NULL;

  return g_steal_pointer (&simulator);
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (NukiSimulator) simulator = NULL;
  g_autoptr (GError) error = NULL;
  guint on_term;
  guint on_int;

  setlocale (LC_ALL, "");
  if (parse_options (&options, &argc, &argv, &error))
    simulator = make_simulator (&options, &error);
  if (simulator == NULL)
    {
      g_printerr ("nuki-simulator: %s\n", error->message);
      return EXIT_FAILURE;
    }

  /* Who has read the address may send a signal at once. */
  on_term = g_unix_signal_add (SIGTERM, on_signal, loop);
  on_int = g_unix_signal_add (SIGINT, on_signal, loop);
  g_print ("%s\n", nuki_simulator_get_uri (simulator));
  fflush (stdout);

  g_main_loop_run (loop);
  g_source_remove (on_term);
  g_source_remove (on_int);
  nuki_simulator_stop (simulator);

  return EXIT_SUCCESS;
}
