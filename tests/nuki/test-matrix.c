/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every call of the client times everything that can go wrong, over plain HTTP and over TLS: what the user is told, and what is
 * left in the account. */

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <nuki-client.h>
#include <nuki-error.h>
#include <nuki-simulator.h>

#include "nuki-test-calls.h"
#include "nuki-test-certificates.h"
#include "nuki-test-server.h"

/* What has no end of itself is given up after this time. */
#define SHORT_MILLISECONDS 50

/* Hundreds of handshakes take a quarter of an hour when each piece of memory is watched; test-tls.c has some. */
#ifdef __SANITIZE_ADDRESS__
#define OVER_TLS FALSE
#else
#define OVER_TLS TRUE
#endif

/* Nothing in this account is that of a person. The calls ask for what is in it. */
#define ACCOUNT                                                                                                   \
  "{\"locks\": [{\"smartlockId\": 17618910285, \"name\": \"Front door\", \"type\": 4,"                            \
  "              \"config\": {\"keypadPaired\": true}},"                                                          \
  "             {\"smartlockId\": 5, \"name\": \"Garage\", \"type\": 4}],"                                        \
  " \"users\": [{\"accountUserId\": 1264915785, \"name\": \"Ben\", \"email\": \"a+b@example.org\"}],"             \
  " \"keys\": [{\"id\": \"647cfac64dd15972f2122e26\", \"smartlockId\": 17618910285, \"name\": \"Fob\", \"type\": 2,"   \
  "            \"accountUserId\": 1264915785}]}"

/* What a call is told. */
typedef enum
{
  END_WELL,
  END_NUKI,
  END_IO,
} EndKind;

typedef struct
{
  EndKind kind;
  int code;
} End;

#define WELL { END_WELL, 0 }
#define NUKI(name) { END_NUKI, NUKI_ERROR_##name }
#define IO(name) { END_IO, G_IO_ERROR_##name }

/*
 * Trouble:
 * @fault: a name of the simulator, or one of ours if that has none
 * @question: what a call is told that asks for something
 * @command: what a call is told that wants something done
 * @is_endless: it has to be given up
 */
typedef struct
{
  const char *fault;
  End question;
  End command;
  gboolean is_endless;
} Trouble;

static const Trouble troubles[] = {
  { "status-400", NUKI (INVALID), NUKI (INVALID), FALSE },
  { "status-401", NUKI (UNAUTHORIZED), NUKI (UNAUTHORIZED), FALSE },
  { "status-402", NUKI (PAYMENT), NUKI (PAYMENT), FALSE },
  { "status-403", NUKI (FORBIDDEN), NUKI (FORBIDDEN), FALSE },
  { "status-404", NUKI (NOT_FOUND), NUKI (NOT_FOUND), FALSE },
  { "status-409", NUKI (CONFLICT), NUKI (CONFLICT), FALSE },
  { "status-422", NUKI (INVALID), NUKI (INVALID), FALSE },
  { "status-423", NUKI (LOCKED), NUKI (LOCKED), FALSE },
  { "status-429", NUKI (THROTTLED), NUKI (THROTTLED), FALSE },
  { "status-500", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "status-502", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "status-503", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "status-504", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "refuse", IO (CONNECTION_CLOSED), IO (CONNECTION_CLOSED), FALSE },
  { "unreachable", IO (CONNECTION_REFUSED), IO (CONNECTION_REFUSED), FALSE },
  { "reset-before", IO (CONNECTION_CLOSED), IO (CONNECTION_CLOSED), FALSE },
  { "close-before", IO (PARTIAL_INPUT), IO (PARTIAL_INPUT), FALSE },
  { "garbage", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "reset-in", IO (CONNECTION_CLOSED), IO (CONNECTION_CLOSED), FALSE },
  { "reset-after", WELL, WELL, FALSE },
  { "hang", IO (TIMED_OUT), IO (TIMED_OUT), TRUE },
  { "drip", IO (TIMED_OUT), IO (TIMED_OUT), TRUE },
  { "cut-json", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "wrong-types", NUKI (MALFORMED), WELL, FALSE },
  { "html", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "empty", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "redirect-same-origin", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "redirect-other-origin", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "redirect-plain-http", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "bad-utf8", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "deep", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "huge", NUKI (MALFORMED), NUKI (MALFORMED), FALSE },
  { "apply-then-reset", IO (CONNECTION_CLOSED), IO (CONNECTION_CLOSED), FALSE },
  { "apply-then-hang", IO (TIMED_OUT), IO (TIMED_OUT), TRUE },
  { "apply-then-500", NUKI (SERVER), NUKI (SERVER), FALSE },
  { "token-revoked", NUKI (UNAUTHORIZED), NUKI (UNAUTHORIZED), FALSE },
  { "scope-taken-away", NUKI (SCOPE), NUKI (SCOPE), FALSE },
};

static const Trouble no_trouble = { "none", WELL, WELL, FALSE };

/*
 * A service in trouble and a client that calls it.
 *
 * @before: (owned): what the service held before the call
 */
typedef struct
{
  char *before;
  NukiSimulator *simulator;
  NukiClient *client;
  guint n_rejected;
  guint n_throttled;
} Cell;

/* The cells of one trouble. */
typedef struct
{
  const Trouble *trouble;
  gboolean over_tls;
  guint n_run;
  guint n_passed;
} Row;

static Row rows[2 * G_N_ELEMENTS (troubles)];

/* (element-type utf8): what the service holds when a call went well, in the order of the calls. */
static GPtrArray *when_well;
static GTlsCertificate *certificate;

static void
start_check_token (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  nuki_client_check_token_async (client, TEST_TOKEN, cancellable, callback, user_data);
}

static gboolean
finish_check_token (NukiClient *client, GAsyncResult *result, GError **error)
{
  return nuki_client_check_token_finish (client, result, NULL, error);
}

/* Asks for four things, so it has no place among the others. */
static const TestCall check_token = { "check-token", "GET", "*", NULL, NULL, start_check_token, finish_check_token };

static const TestCall *
get_call (gsize i)
{
  return i < n_test_calls ? &test_calls[i] : &check_token;
}

static const char *
give_token (gpointer user_data)
{
  return TEST_TOKEN;
}

static void
on_token_rejected (NukiClient *client, gpointer user_data)
{
  ((Cell *) user_data)->n_rejected++;
}

static void
on_throttled (NukiClient *client, guint seconds, gpointer user_data)
{
  ((Cell *) user_data)->n_throttled++;
}

static gboolean
is_idle (gpointer data)
{
  return !nuki_client_get_busy (data);
}

static void
set_up_trouble (Cell *cell, const Trouble *trouble)
{
  const NukiSimFault *fault = nuki_sim_fault_find (trouble->fault);

  if (fault != NULL)
    nuki_simulator_add_fault (cell->simulator, "*", "*", NUKI_SIM_ALWAYS, fault);
  else if (g_str_equal (trouble->fault, "unreachable"))
    nuki_simulator_set_reachable (cell->simulator, FALSE, NULL);
  else if (g_str_equal (trouble->fault, "token-revoked"))
    nuki_simulator_revoke_token (cell->simulator, TEST_TOKEN);
  else if (g_str_equal (trouble->fault, "scope-taken-away"))
    nuki_simulator_add_token (cell->simulator, TEST_TOKEN, "smartlock.readOnly");
  else
    g_assert_true (trouble == &no_trouble);
}

/* Returns: (transfer full): what the service holds in the end, without what it makes anew each time */
static char *
describe_account (NukiSimulator *simulator)
{
  g_autoptr (GRegex) ids_and_dates = g_regex_new ("\"([0-9a-f]{24}|[0-9-]{10}T[^\"]*Z)\"", 0, 0, NULL);
  g_autoptr (JsonNode) dump = NULL;
  g_autofree char *text = NULL;

  nuki_simulator_advance (simulator, 1);
  dump = nuki_simulator_dump (simulator);
  text = json_to_string (dump, FALSE);

  return g_regex_replace_literal (ids_and_dates, text, -1, 0, "…", 0, NULL);
}

static void
set_up (Cell *cell, const Trouble *trouble, gboolean over_tls)
{
  g_autoptr (SoupSession) session = over_tls ? certificates_make_session () : NULL;
  g_autoptr (JsonNode) account = json_from_string (ACCOUNT, NULL);
  g_autoptr (GError) error = NULL;

  cell->simulator = nuki_simulator_new ();
  nuki_simulator_load (cell->simulator, account, &error);
  g_assert_no_error (error);
  nuki_simulator_add_token (cell->simulator, TEST_TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  nuki_simulator_set_certificate (cell->simulator, over_tls ? certificate : NULL);
  nuki_simulator_start (cell->simulator, 0, &error);
  g_assert_no_error (error);

  cell->client = nuki_client_new (nuki_simulator_get_uri (cell->simulator), session);
  nuki_client_set_token_func (cell->client, give_token, NULL, NULL);
  if (trouble->is_endless)
    nuki_client_set_time_limit (cell->client, SHORT_MILLISECONDS);
  g_signal_connect (cell->client, "token-rejected", G_CALLBACK (on_token_rejected), cell);
  g_signal_connect (cell->client, "throttled", G_CALLBACK (on_throttled), cell);
  set_up_trouble (cell, trouble);
  cell->before = describe_account (cell->simulator);
}

static void
tear_down (Cell *cell)
{
  await (is_idle, cell->client);
  g_assert_finalize_object (cell->client);
  g_assert_finalize_object (cell->simulator);
  g_free (cell->before);
}

static gboolean
is_question (const TestCall *call)
{
  return g_str_equal (call->method, "GET") || g_str_equal (call->name, "create-user");
}

/* What comes of this call with this trouble. */
static End
get_end (const Trouble *trouble, gboolean over_tls, const TestCall *call)
{
  static const End well = WELL;
  static const End broken = IO (CONNECTION_CLOSED);
  static const End unauthorized = NUKI (UNAUTHORIZED);
  const gboolean is_check = call == &check_token;
  const gboolean is_view = g_str_has_suffix (call->name, "-lock") || g_str_equal (call->name, "list-locks");

  /* The service has proved who it is: this is no trouble with that. */
  if (over_tls && g_str_equal (trouble->fault, "garbage"))
    return broken;
  /* A token that is not accepted for anything is no good, whatever the reason. */
  if (is_check && g_str_equal (trouble->fault, "status-403"))
    return unauthorized;
  /* The types of what it asks for do not matter to it, and one scope is enough. */
  if (is_check && (g_str_equal (trouble->fault, "wrong-types") || g_str_equal (trouble->fault, "scope-taken-away")))
    return well;
  /* The scope that is left is that of the locks. */
  if (is_view && g_str_equal (call->method, "GET") && g_str_equal (trouble->fault, "scope-taken-away"))
    return well;

  return is_question (call) ? trouble->question : trouble->command;
}

/* A sentence of ours, with nothing in it that is not meant for a person. */
static gboolean
is_sentence (const char *text)
{
  static const char *const forbidden[] = {
    "{", "}", "<", ">", "[", "]", "\n", "\"", "://", "Error", "error", "socket", "Authorization", "Bearer", TEST_TOKEN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    if (strstr (text, forbidden[i]) != NULL)
      return FALSE;

  return g_utf8_validate (text, -1, NULL) && g_unichar_isupper (g_utf8_get_char (text)) &&
         (g_str_has_suffix (text, ".") || g_str_has_suffix (text, "”")) && strlen (text) < 400;
}

/* Returns: (nullable): what is wrong with how the call ended */
static char *
judge_error (End end, gboolean success, const GError *error)
{
  const GQuark domain = end.kind == END_NUKI ? NUKI_ERROR : G_IO_ERROR;

  if (success != (error == NULL))
    return g_strdup ("success and error do not agree");
  if (end.kind == END_WELL)
    return success ? NULL : g_strdup_printf ("%s %d, not success: %s", g_quark_to_string (error->domain), error->code, error->message);
  if (success)
    return g_strdup ("success");
  if (!g_error_matches (error, domain, end.code))
    return g_strdup_printf ("%s %d, not %s %d: %s", g_quark_to_string (error->domain), error->code,
                            g_quark_to_string (domain), end.code, error->message);
  if (!is_sentence (error->message))
    return g_strdup_printf ("no sentence for a person: %s", error->message);

  return NULL;
}

/* Returns: (nullable): what is wrong with what else was seen */
static char *
judge_cell (Cell *cell, const Trouble *trouble, const TestCall *call, End end)
{
  const gboolean is_check = call == &check_token;
  const gboolean is_unauthorized = end.kind == END_NUKI && end.code == NUKI_ERROR_UNAUTHORIZED;
  const gboolean is_unreachable =
      end.kind == END_IO && (end.code == G_IO_ERROR_CONNECTION_REFUSED || end.code == G_IO_ERROR_TIMED_OUT);
  const guint n_met = nuki_simulator_get_n_faults_met (cell->simulator);

  if (nuki_client_get_busy (cell->client))
    return g_strdup ("busy after the end");
  if (cell->n_rejected != (is_unauthorized && !is_check))
    return g_strdup_printf ("the token was said to be rejected %u times", cell->n_rejected);
  if (!is_check && cell->n_throttled != (end.kind == END_NUKI && end.code == NUKI_ERROR_THROTTLED))
    return g_strdup_printf ("was throttled %u times", cell->n_throttled);
  /* A drip begins to answer; of several requests, some find the port closed. */
  if (is_unreachable == nuki_client_get_online (cell->client) && !g_str_equal (trouble->fault, "drip") &&
      !(is_check && g_str_equal (trouble->fault, "refuse")))
    return g_strdup_printf ("online: %d", nuki_client_get_online (cell->client));
  /* libsoup must not send it again by itself. */
  if (n_met > (is_check ? 4 : is_unauthorized && strcmp (call->target, "/smartlock") != 0 ? 2 : 1) &&
      !g_str_equal (trouble->fault, "reset-after"))
    return g_strdup_printf ("%u requests", n_met);

  return NULL;
}

/* Returns: (nullable): what is wrong with what is left: what was asked for, once, if the service got to it, and else what was
 * there before */
static char *
judge_account (Cell *cell, const Trouble *trouble, const char *well)
{
  const NukiSimFault *fault = nuki_sim_fault_find (trouble->fault);
  const gboolean is_done = fault != NULL && nuki_sim_fault_is_heard (fault) && nuki_simulator_get_n_faults_met (cell->simulator) > 0;
  const char *expected = is_done ? well : cell->before;
  g_autofree char *held = describe_account (cell->simulator);

  return g_str_equal (held, expected) ? NULL : g_strdup_printf ("there is %s, not %s", held, expected);
}

/* Returns: (nullable): what went otherwise than it should */
static char *
run_cell (const Trouble *trouble, gboolean over_tls, gsize index)
{
  const TestCall *call = get_call (index);
  const End end = get_end (trouble, over_tls, call);
  Cell cell = { 0 };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;
  char *problem;
  gboolean success;

  set_up (&cell, trouble, over_tls);
  call->start (cell.client, NULL, keep_result, &result);
  owned = await_result (&result);
  success = call->finish (cell.client, owned, &error);
  g_clear_object (&owned);
  problem = judge_error (end, success, error);
  if (problem == NULL)
    problem = judge_cell (&cell, trouble, call, end);
  if (problem == NULL)
    problem = judge_account (&cell, trouble, g_ptr_array_index (when_well, index));
  tear_down (&cell);

  return problem;
}

/* Returns: (transfer full): what the service holds when the call went well */
static char *
call_well (const TestCall *call)
{
  Cell cell = { 0 };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) owned = NULL;
  g_autoptr (GError) error = NULL;
  char *held;

  set_up (&cell, &no_trouble, FALSE);
  call->start (cell.client, NULL, keep_result, &result);
  owned = await_result (&result);
  g_assert_true (call->finish (cell.client, owned, &error));
  g_assert_no_error (error);
  g_clear_object (&owned);
  held = describe_account (cell.simulator);
  /* Else nobody would see whether it was carried out. */
  g_assert_cmpint (g_str_equal (held, cell.before), ==, g_str_equal (call->method, "GET"));
  tear_down (&cell);

  return held;
}

static void
test_every_call (gconstpointer data)
{
  Row *row = (Row *) data;

  for (gsize i = when_well->len; i <= n_test_calls; i++)
    g_ptr_array_add (when_well, call_well (get_call (i)));
  for (gsize i = 0; i <= n_test_calls; i++)
    {
      g_autofree char *problem = run_cell (row->trouble, row->over_tls, i);

      row->n_run++;
      if (problem == NULL)
        row->n_passed++;
      else
        g_printerr ("%s × %s%s: %s\n", get_call (i)->name, row->trouble->fault, row->over_tls ? " over TLS" : "", problem);
    }
  g_assert_cmpuint (row->n_passed, ==, row->n_run);
}

static void
test_no_fault_is_left_out (void)
{
  gsize n_faults;
  const NukiSimNamedFault *faults = nuki_sim_fault_get_all (&n_faults);

  for (gsize i = 0; i < n_faults; i++)
    {
      gboolean found = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (troubles); j++)
        found |= g_str_equal (troubles[j].fault, faults[i].name);
      g_test_message ("%s", faults[i].name);
      g_assert_true (found);
    }
  g_assert_cmpuint (n_test_calls, >=, 20);
  g_assert_cmpuint (G_N_ELEMENTS (troubles), >=, 24);
}

/* What libsoup sends again by itself, on a connection that was used before, is nothing that must not be done twice, and whole. */
static void
test_a_used_connection_breaks (void)
{
  for (gsize i = 0; i < n_test_calls; i++)
    {
      g_autofree char *well = call_well (get_call (i));
      Cell cell = { 0 };
      GAsyncResult *result = NULL;
      g_autoptr (GAsyncResult) owned = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *held = NULL;

      g_test_message ("%s", get_call (i)->name);
      set_up (&cell, &no_trouble, FALSE);
      test_calls[0].start (cell.client, NULL, keep_result, &result);
      owned = await_result (&result);
      g_assert_true (test_calls[0].finish (cell.client, owned, NULL));
      g_clear_object (&owned);

      nuki_simulator_add_fault (cell.simulator, "*", "*", NUKI_SIM_ALWAYS, nuki_sim_fault_find ("reset-in"));
      get_call (i)->start (cell.client, NULL, keep_result, &result);
      owned = await_result (&result);
      g_assert_false (get_call (i)->finish (cell.client, owned, &error));
      g_clear_object (&owned);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      held = describe_account (cell.simulator);
      g_assert_cmpstr (held, ==, well);
      tear_down (&cell);
    }
}

static void
print_table (void)
{
  guint n_run = 0;
  guint n_passed = 0;

  g_print ("# calls:");
  for (gsize i = 0; i <= n_test_calls; i++)
    g_print (" %s", get_call (i)->name);
  g_print ("\n# %-24s %s   %s\n", "", "plain HTTP", "TLS");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i += 2)
    g_print ("# %-24s %2u of %2u     %2u of %2u\n", rows[i].trouble->fault, rows[i].n_passed, rows[i].n_run,
             rows[i + 1].n_passed, rows[i + 1].n_run);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      n_run += rows[i].n_run;
      n_passed += rows[i].n_passed;
    }
  g_print ("# cells run %u, passed %u\n", n_run, n_passed);
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_set_nonfatal_assertions ();
  when_well = g_ptr_array_new_with_free_func (g_free);
  if (OVER_TLS)
    {
      certificates_make ();
      certificate = certificates_load ("good");
    }

  g_test_add_func ("/matrix/no-fault-is-left-out", test_no_fault_is_left_out);
  g_test_add_func ("/matrix/every-call-is-done-once-when-a-used-connection-breaks", test_a_used_connection_breaks);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = NULL;

      rows[i].trouble = &troubles[i / 2];
      rows[i].over_tls = i % 2;
      /* When the client stops to read, the simulator waits for it: a record of TLS is written to its end, and both are on the
       * same thread. */
      if (rows[i].over_tls && (!OVER_TLS || g_str_equal (rows[i].trouble->fault, "huge")))
        continue;
      path = g_strdup_printf ("/matrix/every-call-says-what-is-wrong/%s%s", rows[i].trouble->fault,
                              rows[i].over_tls ? "-over-tls" : "");
      g_test_add_data_func (path, &rows[i], test_every_call);
    }
  failed = g_test_run ();
  print_table ();
  g_ptr_array_unref (when_well);
  if (OVER_TLS)
    {
      g_object_unref (certificate);
      certificates_remove ();
    }

  return failed;
}
