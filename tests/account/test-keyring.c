/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The token in a real keyring: run by with-keyring, which has an unlocked one on a bus of its own. */

#include <locale.h>
#include <signal.h>

#include <hk-secret-token-store.h>

#include "fixture.h"

#define URL "https://api.nuki.io"
#define SCHEMA "io.github.housekeys.Housekeys.Token"
#define COLLECTION "/org/freedesktop/secrets/collection/login"
#define PASSWORD "password"

/* The environment before the test had folders of its own. */
static char **surroundings;

typedef struct
{
  gboolean done;
  gboolean good;
  char *token;
  GError *error;
} Outcome;

static gboolean
is_done (gpointer user_data)
{
  return ((Outcome *) user_data)->done;
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->token = hk_token_store_lookup_finish (HK_TOKEN_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->good = hk_token_store_store_finish (HK_TOKEN_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->good = hk_token_store_clear_finish (HK_TOKEN_STORE (source), result, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
look_up (HkTokenStore *store, const char *url, GCancellable *cancellable)
{
  Outcome outcome = { 0 };

  hk_token_store_lookup_async (store, url, cancellable, on_looked_up, &outcome);
  await (is_done, &outcome);

  return outcome;
}

static void
assert_token (HkTokenStore *store, const char *url, const char *expected)
{
  Outcome outcome = look_up (store, url, NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.token, ==, expected);
  hk_token_free (outcome.token);
}

static Outcome
put (HkTokenStore *store, const char *url, const char *token)
{
  Outcome outcome = { 0 };

  hk_token_store_store_async (store, url, token, NULL, on_stored, &outcome);
  await (is_done, &outcome);
  g_assert_cmpint (outcome.good, ==, outcome.error == NULL);

  return outcome;
}

static Outcome
clear (HkTokenStore *store, const char *url)
{
  Outcome outcome = { 0 };

  hk_token_store_clear_async (store, url, NULL, on_cleared, &outcome);
  await (is_done, &outcome);
  g_assert_cmpint (outcome.good, ==, outcome.error == NULL);

  return outcome;
}

/* Returns: what @command printed; @input is its standard input */
static char *
run (const char *input, const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  char *output = NULL;

  process =
      g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

static GVariant *
call_keyring (const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  GVariant *answer;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", interface,
                                        method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return answer;
}

static void
lock_keyring (void)
{
  g_autoptr (GVariant) answer = NULL;
  const char *const collections[] = { COLLECTION };

  answer = call_keyring ("org.freedesktop.Secret.Service", "Lock",
                         g_variant_new ("(@ao)", g_variant_new_objv (collections, 1)));
}

/* As a user would in the prompt, which needs a display: by the interface that gnome-keyring has for the
 * login. */
static void
unlock_keyring (void)
{
  g_autoptr (GVariant) session = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *path;
  GVariant *secret;

  session = call_keyring ("org.freedesktop.Secret.Service", "OpenSession",
                          g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (session, "(v&o)", NULL, &path);
  secret = g_variant_new ("(o@ay@ays)", path, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, PASSWORD, strlen (PASSWORD), 1),
                          "text/plain");
  answer = call_keyring ("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                         "UnlockWithMasterPassword", g_variant_new ("(o@(oayays))", COLLECTION, secret));
}

static void
test_a_token_is_stored_replaced_and_cleared (void)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();

  assert_token (store, URL, NULL);
  g_assert_no_error (put (store, URL, "first").error);
  assert_token (store, URL, "first");
  g_assert_no_error (put (store, URL, "second").error);
  assert_token (store, URL, "second");
  assert_token (store, "http://127.0.0.1:8080", NULL);
  g_assert_no_error (clear (store, URL).error);
  assert_token (store, URL, NULL);
  g_assert_no_error (clear (store, URL).error);
}

static void
test_secret_tool_sees_what_is_stored (void)
{
  static const char *const look[] = { "secret-tool", "lookup", "xdg:schema", SCHEMA, "api-url", URL, NULL };
  static const char *const search[] = { "secret-tool", "search", "api-url", URL, NULL };
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  g_autofree char *token = NULL;
  g_autofree char *found = NULL;

  g_assert_no_error (put (store, URL, "from-housekeys").error);
  token = run ("", look);
  g_assert_cmpstr (token, ==, "from-housekeys");
  found = run ("", search);
  g_assert_nonnull (strstr (found, "label = Housekeys token for api.nuki.io"));
  g_assert_no_error (clear (store, URL).error);
}

static void
test_what_secret_tool_stores_is_found (void)
{
  static const char *const command[] = {
    "secret-tool", "store", "--label=By hand", "xdg:schema", SCHEMA, "api-url", URL, NULL,
  };
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  g_autofree char *output = run ("from-secret-tool", command);

  assert_token (store, URL, "from-secret-tool");
  g_assert_no_error (clear (store, URL).error);
}

static void
test_a_locked_keyring_is_said_to_be_locked_and_keeps_the_token (void)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  Outcome outcome;

  g_assert_no_error (put (store, URL, "kept").error);
  lock_keyring ();
  outcome = look_up (store, URL, NULL);
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
  g_assert_null (outcome.token);
  g_clear_error (&outcome.error);
  outcome = put (store, URL, "another");
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
  g_clear_error (&outcome.error);
  outcome = clear (store, URL);
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);
  g_clear_error (&outcome.error);

  unlock_keyring ();
  assert_token (store, URL, "kept");
  g_assert_no_error (clear (store, URL).error);
}

/* The process that owns the name of the keyring on the bus. */
static int
get_keyring_pid (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  guint32 pid = 0;

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                        g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(u)", &pid);

  return (int) pid;
}

static gboolean
has_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  gboolean has_owner = FALSE;

  answer = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_variant_get (answer, "(b)", &has_owner);

  return has_owner;
}

/* As with-keyring does it. @data_home: (nullable): where; if %NULL, the file of the first one is still there */
static void
start_keyring_again (const char *data_home)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  const gint64 deadline = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  while (has_keyring ())
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
  g_subprocess_launcher_set_environ (launcher, surroundings);
  if (data_home != NULL)
    g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data_home, TRUE);
  /* Only the password makes a keyring: without it there is none yet. */
  process = g_subprocess_launcher_spawn (launcher, NULL, "gnome-keyring-daemon",
                                         data_home != NULL ? "--daemonize" : "--unlock", "--components=secrets", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, data_home != NULL ? "" : PASSWORD, NULL, NULL, NULL, NULL));
  while (!has_keyring ())
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

typedef enum
{
  LOOK_UP,
  STORE,
  CLEAR,
  N_CALLS,
} Call;

static void
begin_call (HkTokenStore *store, Call call, Outcome *outcome)
{
  if (call == LOOK_UP)
    hk_token_store_lookup_async (store, URL, NULL, on_looked_up, outcome);
  else if (call == STORE)
    hk_token_store_store_async (store, URL, "another", NULL, on_stored, outcome);
  else
    hk_token_store_clear_async (store, URL, NULL, on_cleared, outcome);
}

/* Stopped, the keyring cannot answer, so that the call is under way for certain when it is killed. */
static void
kill_in_the_middle_of (Call call)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  const int pid = get_keyring_pid ();
  Outcome outcome = { 0 };

  g_assert_no_error (put (store, URL, "kept").error);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  begin_call (store, call, &outcome);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (outcome.done);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  await (is_done, &outcome);
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE);
  g_assert_null (outcome.token);
  g_assert_false (outcome.good);
  g_clear_error (&outcome.error);

  start_keyring_again (NULL);
  assert_token (store, URL, "kept");
  g_assert_no_error (clear (store, URL).error);
}

static void
test_a_keyring_that_dies_in_the_middle_of_a_call_is_said_and_keeps_the_token (void)
{
  for (Call call = LOOK_UP; call < N_CALLS; call++)
    kill_in_the_middle_of (call);
}

/* Nobody answers the question for the password that a first keyring gets, as there is no display for it. */
static void
test_without_a_new_keyring_nothing_is_kept_and_that_is_said (void)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  Outcome outcome;

  g_assert_cmpint (kill (get_keyring_pid (), SIGKILL), ==, 0);
  start_keyring_again (g_get_user_data_dir ());
  assert_token (store, URL, NULL);
  outcome = put (store, URL, "token");
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (outcome.error->message, "There is no keyring on this computer"));
  g_clear_error (&outcome.error);
  assert_token (store, URL, NULL);

  g_assert_cmpint (kill (get_keyring_pid (), SIGKILL), ==, 0);
  start_keyring_again (NULL);
  /* The first try may still go to the one that is gone. */
  outcome = put (store, URL, "token");
  g_clear_error (&outcome.error);
  outcome = put (store, URL, "token");
  g_assert_no_error (outcome.error);
  assert_token (store, URL, "token");
  g_assert_no_error (clear (store, URL).error);
}

static void
test_a_question_can_be_cancelled (void)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome;

  g_cancellable_cancel (cancellable);
  outcome = look_up (store, URL, cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
}

static void
test_without_a_keyring_that_is_said (void)
{
  g_autoptr (HkTokenStore) store = hk_secret_token_store_new ();
  Outcome outcome = look_up (store, URL, NULL);

  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&outcome.error);
  outcome = put (store, URL, "token");
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&outcome.error);
  outcome = clear (store, URL);
  g_assert_error (outcome.error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE);
  g_clear_error (&outcome.error);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  surroundings = g_get_environ ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* Run without with-keyring, there is none: that is a test, too. */
  if (g_strcmp0 (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), "unix:path=/nonexistent") == 0)
    {
      g_test_add_func ("/keyring/without-a-keyring-that-is-said", test_without_a_keyring_that_is_said);
      return g_test_run ();
    }

  g_test_add_func ("/keyring/a-token-is-stored-replaced-and-cleared",
                   test_a_token_is_stored_replaced_and_cleared);
  g_test_add_func ("/keyring/secret-tool-sees-what-is-stored", test_secret_tool_sees_what_is_stored);
  g_test_add_func ("/keyring/what-secret-tool-stores-is-found", test_what_secret_tool_stores_is_found);
  g_test_add_func ("/keyring/a-locked-keyring-is-said-to-be-locked-and-keeps-the-token",
                   test_a_locked_keyring_is_said_to_be_locked_and_keeps_the_token);
  g_test_add_func ("/keyring/a-keyring-that-dies-in-the-middle-of-a-call-is-said-and-keeps-the-token",
                   test_a_keyring_that_dies_in_the_middle_of_a_call_is_said_and_keeps_the_token);
  g_test_add_func ("/keyring/without-a-new-keyring-nothing-is-kept-and-that-is-said",
                   test_without_a_new_keyring_nothing_is_kept_and_that_is_said);
  g_test_add_func ("/keyring/a-question-can-be-cancelled", test_a_question_can_be_cancelled);

  return g_test_run ();
}
