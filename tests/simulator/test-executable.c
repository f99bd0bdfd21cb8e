/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <json-glib/json-glib.h>
#include <signal.h>

#define DEADLINE_SECONDS 20

static void
on_deadline (gpointer user_data)
{
  g_error ("Nothing happened within %d s", DEADLINE_SECONDS);
}

static void
on_ready (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **slot)
{
  guint deadline = g_timeout_add_once (DEADLINE_SECONDS * 1000, on_deadline, NULL);

  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);

  return *slot;
}

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) SIMULATOR);
  for (; *arguments != NULL; arguments++)
    g_ptr_array_add (argv, (char *) *arguments);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);

  return process;
}

/* Returns: (transfer full): the address that the process prints on its first line */
static char *
read_address (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *line;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  g_data_input_stream_read_line_async (stream, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  await (&result);
  line = g_data_input_stream_read_line_finish (stream, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);

  return line;
}

/* Returns: (transfer full) (nullable): what is answered, or NULL if that is empty */
static JsonNode *
call (const char *method, const char *address, const char *path, const char *token, guint expected_status)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *uri = g_strconcat (address, path, NULL);
  g_autofree char *header = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  JsonNode *node;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", header);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_ready, &result);
  await (&result);
  bytes = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, expected_status);
  if (g_bytes_get_size (bytes) == 0)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  node = json_from_string (text, &error);
  g_assert_no_error (error);

  return node;
}

static void
wait_for_end (GSubprocess *process)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_async (process, NULL, on_ready, &result);
  await (&result);
  g_subprocess_wait_finish (process, result, &error);
  g_assert_no_error (error);
}

static void
end (GSubprocess *process, int signal_number)
{
  g_subprocess_send_signal (process, signal_number);
  wait_for_end (process);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

static guint
count (const char *address, const char *path, const char *token)
{
  g_autoptr (JsonNode) node = call ("GET", address, path, token, 200);

  return json_array_get_length (json_node_get_array (node));
}

static void
test_demo (void)
{
  const char *const arguments[] = { "--port", "0", "--account", "demo", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *address = read_address (process);

  g_assert_true (g_str_has_prefix (address, "http://127.0.0.1:"));
  g_assert_cmpuint (count (address, "/smartlock", "demo-token"), ==, 4);
  end (process, SIGTERM);
}

static void
test_interrupt (void)
{
  const char *const arguments[] = { NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *address = read_address (process);

  g_assert_nonnull (address);
  end (process, SIGINT);
}

static void
test_generated_account (void)
{
  const char *const arguments[] = { "--locks", "10", "--keys", "1205", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *address = read_address (process);
  g_autoptr (JsonNode) page = NULL;

  g_assert_cmpuint (count (address, "/smartlock", "demo-token"), ==, 10);
  g_assert_cmpuint (count (address, "/smartlock/auth", "demo-token"), ==, 1205);
  g_assert_cmpuint (count (address, "/account/user?offset=240", "demo-token"), ==, 1);
  end (process, SIGTERM);
}

/* A long answer is kept to be given again, but only so long. */
static void
test_what_changed_is_in_the_next_answer (void)
{
  const char *const arguments[] = { "--locks", "10", "--keys", "1205", "--delay", "0", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *address = read_address (process);
  g_autoptr (JsonNode) answer = NULL;

  g_assert_cmpuint (count (address, "/smartlock/auth", "demo-token"), ==, 1205);
  g_assert_cmpuint (count (address, "/smartlock/auth", "demo-token"), ==, 1205);
  answer = call ("DELETE", address, "/smartlock/17448304641/auth/65000000d15972f213000000", "demo-token", 204);
  g_assert_cmpuint (count (address, "/smartlock/auth", "demo-token"), ==, 1205);
  g_assert_cmpuint (count (address, "/smartlock/auth", "demo-token"), ==, 1204);
  end (process, SIGTERM);
}

static void
test_account_file (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "housekeys-account-XXXXXX", NULL);
  const char *arguments[] = { "--account", path, "--token", "mine", "--scopes", "smartlock.readOnly", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autoptr (JsonNode) refusal = NULL;
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, "{\"locks\": [{\"smartlockId\": 5}]}", -1, &error);
  g_assert_no_error (error);
  process = spawn (arguments);
  address = read_address (process);
  g_assert_cmpuint (count (address, "/smartlock", "mine"), ==, 1);
  refusal = call ("GET", address, "/smartlock", "demo-token", 401);
  g_clear_pointer (&refusal, json_node_unref);
  refusal = call ("GET", address, "/smartlock/auth", "mine", 401);
  end (process, SIGTERM);
  g_unlink (path);
}

static void
test_bad_options (void)
{
  static const char *const cases[][4] = {
    { "--port", "70000", NULL },     { "--port", "-1", NULL },    { "--account", "/nonexistent", NULL },
    { "--account", "/dev/null", NULL }, { "--delay", "fast", NULL }, { "--delay", "5-2", NULL },
    { "--keys", "5", NULL },         { "--locks", "-5", NULL },   { "surplus", NULL },
    { "--unknown", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSubprocess) process = spawn (cases[i]);

      wait_for_end (process);
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
    }
}

static void
test_delay (void)
{
  const char *const arguments[] = { "--delay", "500000-600000", NULL };
  g_autoptr (GSubprocess) process = spawn (arguments);
  g_autofree char *address = read_address (process);
  g_autoptr (JsonNode) nothing = call ("POST", address, "/smartlock/17618910285/sync", "demo-token", 204);
  g_autoptr (JsonNode) dump = call ("GET", address, "/simulator/account", "none", 200);
  JsonArray *operations = json_object_get_array_member (json_node_get_object (dump), "operations");
  JsonObject *last = json_array_get_object_element (operations, json_array_get_length (operations) - 1);

  g_assert_null (nothing);
  g_assert_cmpint (json_object_get_int_member (last, "dueIn"), >, 400000);
  g_assert_cmpint (json_object_get_int_member (last, "dueIn"), <=, 600000);
  end (process, SIGTERM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/executable/serves-the-demo-account-until-it-is-told-to-end", test_demo);
  g_test_add_func ("/executable/ends-when-it-is-interrupted", test_interrupt);
  g_test_add_func ("/executable/generates-a-big-account", test_generated_account);
  g_test_add_func ("/executable/what-changed-is-in-the-next-answer", test_what_changed_is_in_the_next_answer);
  g_test_add_func ("/executable/serves-a-file-to-one-token", test_account_file);
  g_test_add_func ("/executable/takes-a-range-for-the-delay", test_delay);
  g_test_add_func ("/executable/refuses-bad-options", test_bad_options);

  return g_test_run ();
}
