/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory that held the token is cleared before it is given back. */

#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "fixture.h"

#define SECRET "3c59dc048e8850243be8079a5c74d079"
#define HEADER "Bearer " SECRET

static guint n_given_back;

static gboolean
begins_with (const char *block, const char *text)
{
  return malloc_usable_size ((void *) block) >= strlen (text) && memcmp (block, text, strlen (text)) == 0;
}

/* Stands before that of GLib, for all that is not GLib itself. */
#undef g_free
void
g_free (gpointer block)
{
  if (block != NULL && (begins_with (block, SECRET) || begins_with (block, HEADER)))
    n_given_back++;
  free (block);
}

typedef struct
{
  GSubprocess *process;
  char *address;
  NukiClient *client;
  HkTokenStore *store;
  HkClock *clock;
  HkAccount *account;
} Home;

static const char *
give_token (gpointer user_data)
{
  return SECRET;
}

static gboolean
is_at_rest (gpointer user_data)
{
  Home *home = user_data;

  return !nuki_client_get_busy (home->client) && !hk_account_get_refreshing (home->account) &&
         hk_account_get_state (home->account) != HK_ACCOUNT_OPENING && !g_main_context_pending (NULL);
}

static HkAccount *
make_account (Home *home)
{
  g_autoptr (HkJournal) journal = hk_journal_new_in_memory (home->clock);

  return hk_account_new (home->client, home->store, home->clock, journal);
}

/* Also when the test fails. */
static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
set_up (Home *home, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  home->process = g_subprocess_launcher_spawn (launcher, &error, SIMULATOR, "--delay", "0", "--token", SECRET, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (home->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  home->address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);

  home->client = nuki_client_new (home->address, NULL);
  home->store = hk_memory_token_store_new ();
  home->clock = hk_manual_clock_new ("2026-03-02T10:00:00Z");
  home->account = make_account (home);
  n_given_back = 0;
}

static void
tear_down (Home *home, gconstpointer data)
{
  g_clear_object (&home->account);
  g_object_unref (home->client);
  g_object_unref (home->store);
  g_object_unref (home->clock);
  g_subprocess_force_exit (home->process);
  g_subprocess_wait (home->process, NULL, NULL);
  g_object_unref (home->process);
  g_free (home->address);
}

static void
test_what_is_not_cleared_is_seen (Home *home, gconstpointer data)
{
  g_free (g_strdup (SECRET));
  g_assert_cmpuint (n_given_back, ==, 1);
  g_free (g_strconcat ("Bearer ", SECRET, NULL));
  g_assert_cmpuint (n_given_back, ==, 2);
  g_free (g_strdup ("something else"));
  g_assert_cmpuint (n_given_back, ==, 2);
}

static void
test_a_request_leaves_no_token (Home *home, gconstpointer data)
{
  nuki_client_set_token_func (home->client, give_token, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      nuki_client_list_locks_async (home->client, NULL, NULL, NULL);
      await (is_at_rest, home);
    }
  g_assert_cmpuint (n_given_back, ==, 0);
}

static void
test_a_session_leaves_no_token (Home *home, gconstpointer data)
{
  hk_account_sign_in_async (home->account, "  " SECRET "\n", FALSE, NULL, NULL, NULL);
  await (is_at_rest, home);
  g_assert_cmpint (hk_account_get_state (home->account), ==, HK_ACCOUNT_READY);
  hk_account_check_token_async (home->account, SECRET, NULL, NULL, NULL);
  hk_account_refresh (home->account);
  await (is_at_rest, home);

  /* Another start, from the store. */
  g_assert_finalize_object (home->account);
  home->account = make_account (home);
  hk_account_open (home->account);
  await (is_at_rest, home);
  g_assert_cmpint (hk_account_get_state (home->account), ==, HK_ACCOUNT_READY);

  hk_account_sign_out_async (home->account, NULL, NULL, NULL);
  await (is_at_rest, home);
  g_assert_cmpint (hk_account_get_state (home->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_cmpuint (n_given_back, ==, 0);
}

static void
test_a_token_that_was_not_taken_leaves_nothing (Home *home, gconstpointer data)
{
  hk_account_sign_in_async (home->account, SECRET "\n" SECRET, FALSE, NULL, NULL, NULL);
  g_subprocess_force_exit (home->process);
  g_subprocess_wait (home->process, NULL, NULL);
  hk_account_sign_in_async (home->account, SECRET, FALSE, NULL, NULL, NULL);
  hk_account_check_token_async (home->account, SECRET, NULL, NULL, NULL);
  await (is_at_rest, home);
  g_assert_cmpint (hk_account_get_state (home->account), ==, HK_ACCOUNT_SIGNED_OUT);
  g_assert_cmpuint (n_given_back, ==, 0);
}

#define ADD(path, func) g_test_add (path, Home, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/memory/what-is-not-cleared-is-seen", test_what_is_not_cleared_is_seen);
  ADD ("/memory/a-request-leaves-no-token", test_a_request_leaves_no_token);
  ADD ("/memory/a-session-leaves-no-token", test_a_session_leaves_no_token);
  ADD ("/memory/a-token-that-was-not-taken-leaves-nothing", test_a_token_that_was_not_taken_leaves_nothing);

  return g_test_run ();
}
