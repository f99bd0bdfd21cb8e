/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-error.h>

#include "nuki-test-fixture.h"

#define DAMAGED_KEYS 2000

/* The call with this name. */
static const TestCall *
find_call (const char *name)
{
  for (gsize i = 0; i < n_test_calls; i++)
    {
      if (g_str_equal (test_calls[i].name, name))
        return &test_calls[i];
    }

  g_assert_not_reached ();
}

/* A sentence that a person can read and that gives nothing away. */
static void
assert_good_sentence (const GError *error)
{
  g_assert_cmpint (*error->message, !=, '\0');
  g_assert_null (strpbrk (error->message, "<>{}\n"));
  g_assert_null (strstr (error->message, TEST_TOKEN));
}

/* Each status, for each call. */
static void
test_each_status_has_its_error (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = data;
  const struct
  {
    guint status;
    NukiError code;
  } cases[] = {
    { 400, NUKI_ERROR_INVALID },   { 402, NUKI_ERROR_PAYMENT },   { 403, NUKI_ERROR_FORBIDDEN }, { 404, NUKI_ERROR_NOT_FOUND },
    { 405, NUKI_ERROR_SERVER },    { 409, NUKI_ERROR_CONFLICT },  { 418, NUKI_ERROR_SERVER },    { 422, NUKI_ERROR_INVALID },
    { 423, NUKI_ERROR_LOCKED },    { 426, NUKI_ERROR_PAYMENT },   { 429, NUKI_ERROR_THROTTLED }, { 500, NUKI_ERROR_SERVER },
    { 501, NUKI_ERROR_SERVER },    { 502, NUKI_ERROR_SERVER },    { 503, NUKI_ERROR_SERVER },    { 504, NUKI_ERROR_SERVER },
    { 302, NUKI_ERROR_SERVER },    { 304, NUKI_ERROR_SERVER },    { 308, NUKI_ERROR_SERVER },    { 599, NUKI_ERROR_SERVER },
  };
  const char *const bodies[] = {
    "", "<html>502 " TEST_TOKEN "</html>", "{\"detailMessage\": \"you sent " TEST_TOKEN "\"}", "{\"stackTrace\": []}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      client_fixture_expect (fixture, call, cases[i].status, bodies[i % G_N_ELEMENTS (bodies)]);
      g_assert_false (client_fixture_run (fixture, call, &error));
      g_assert_error (error, NUKI_ERROR, (int) cases[i].code);
      assert_good_sentence (error);
      g_assert_true (nuki_client_get_online (fixture->client));
    }
  g_assert_cmpuint (fixture->n_throttled, ==, 1);
  g_assert_cmpuint (fixture->n_rejected, ==, 0);
}

/* 200 with something that is no answer. What a command is answered does not matter, if only it is JSON. */
static void
test_strange_answers_are_malformed (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = data;
  const struct
  {
    const char *text;
    gboolean is_accepted;
  } answers[] = {
    { "", FALSE },
    { " ", FALSE },
    { "<html>Sign in to the hotel’s network</html>", FALSE },
    { "null", TRUE },
    { "17", TRUE },
    { "[17, \"x\", null]", TRUE },
    { "{\"results\": 4}", TRUE },
    { "[{\"id\": \"x\"", FALSE },
    { "{\"id\": {}, \"smartlockId\": []}", TRUE },
    { "\xFF\xFE", FALSE },
    { "[[[[[[", FALSE },
  };
  gboolean is_question = g_str_equal (call->method, "GET") || g_str_equal (call->name, "create-user");

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const gboolean good = !is_question && answers[i].is_accepted;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", answers[i].text);
      client_fixture_expect (fixture, call, 200, answers[i].text);
      g_assert_cmpint (client_fixture_run (fixture, call, &error), ==, good);
      if (!good)
        {
          g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
          assert_good_sentence (error);
        }
    }
}

static void
test_a_long_answer_to_a_command_is_none (ClientFixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (65 * 1024, ' ');
  g_autoptr (GError) error = NULL;

  text[0] = '[';
  text[65 * 1024 - 1] = ']';
  client_fixture_expect (fixture, find_call ("update-key"), 200, text);
  g_assert_false (client_fixture_run (fixture, find_call ("update-key"), &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
}

static void
test_the_reason_of_the_service_is_passed_on (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = find_call ("create-key");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) secret = NULL;
  g_autoptr (GError) server = NULL;

  client_fixture_expect (fixture, call, 409, "{\"detailMessage\": \"The parameter 'code' exists already\", \"stackTrace\": []}");
  g_assert_false (client_fixture_run (fixture, call, &error));
  g_assert_cmpstr (error->message, ==,
                   "The service has this already. It says: “The parameter 'code' exists already”");

  client_fixture_expect (fixture, call, 400, "{\"message\": \"bad " TEST_TOKEN " here\"}");
  g_assert_false (client_fixture_run (fixture, call, &secret));
  g_assert_cmpstr (secret->message, ==, "The service does not accept this. It says: “bad … here”");

  /* What broke inside a server means nothing to a person. */
  client_fixture_expect (fixture, call, 500, "{\"message\": \"NullPointerException\"}");
  g_assert_false (client_fixture_run (fixture, call, &server));
  g_assert_cmpstr (server->message, ==, "The service has trouble at the moment (status 500).");
}

static void
test_the_wait_that_is_asked_for_is_known (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 500);
  g_autofree char *date = soup_date_time_to_string (later, SOUP_DATE_HTTP);
  const struct
  {
    const char *header;
    guint from, to;
  } cases[] = {
    { "17", 17, 17 }, { date, 400, 500 }, { "Wed, 21 Oct 2015 07:28:00 GMT", 0, 0 }, { "soon", 0, 0 }, { "-5", 0, 0 },
    { "99999999999", 86400, 86400 }, { NULL, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;

      client_fixture_expect (fixture, &test_calls[0], 429, "");
      if (cases[i].header != NULL)
        test_server_add_header (fixture->server, "Retry-After", cases[i].header);
      g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
      copy = g_error_copy (error);

      g_assert_cmpuint (fixture->n_throttled, ==, i + 1);
      g_assert_cmpuint (fixture->throttled_seconds, >=, cases[i].from);
      g_assert_cmpuint (fixture->throttled_seconds, <=, cases[i].to);
      g_assert_cmpuint (nuki_error_get_retry_after (error), ==, fixture->throttled_seconds);
      g_assert_cmpuint (nuki_error_get_retry_after (copy), ==, fixture->throttled_seconds);
    }
}

static void
test_other_errors_ask_for_no_wait (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autoptr (GError) own = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_SERVER, "x");

  g_assert_cmpuint (nuki_error_get_retry_after (foreign), ==, 0);
  g_assert_cmpuint (nuki_error_get_retry_after (own), ==, 0);
}

static void
test_a_redirection_is_not_followed (ClientFixture *fixture, gconstpointer data)
{
  TestServer *elsewhere = test_server_new ();
  g_autofree char *location = g_strconcat (test_server_get_uri (elsewhere), "/smartlock", NULL);
  const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      client_fixture_expect (fixture, &test_calls[0], statuses[i], "");
      test_server_add_header (fixture->server, "Location", location);
      g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SERVER);
    }
  g_assert_cmpuint (test_server_get_n_requests (elsewhere), ==, 0);
  test_server_free (elsewhere);
}

/* Runs @call against @server with a client of its own. */
static gboolean
run_raw (ClientFixture *fixture, NukiClient *client, const TestCall *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  call->start (client, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);

  return call->finish (client, result, error);
}

static void
test_what_is_no_http_is_an_error (ClientFixture *fixture, gconstpointer data)
{
  const char *const answers[] = {
    "",
    "garbage\r\n\r\n",
    "HTTP/1.1 999999 What\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"smartlockId\": 5}]",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n[]",
    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Encoding: gzip\r\n\r\nabcd",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (RawServer) server = raw_server_new (answers[i]);
      g_autoptr (NukiClient) client = client_fixture_make_client (fixture, raw_server_get_uri (server), NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", answers[i]);
      g_assert_false (run_raw (fixture, client, &test_calls[0], &error));
      g_assert_true (error->domain == NUKI_ERROR || error->domain == G_IO_ERROR);
      g_assert_null (strstr (error->message, TEST_TOKEN));
      g_assert_true (nuki_client_get_online (client));
    }
}

static void
test_a_create_is_not_sent_twice_when_the_connection_breaks (ClientFixture *fixture, gconstpointer data)
{
  const char *const calls[] = { "create-key", "create-keys", "create-user" };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
      g_autoptr (NukiClient) client = client_fixture_make_client (fixture, raw_server_get_uri (server), NULL);
      g_autoptr (GError) error = NULL;

      /* The first request leaves a connection that could be used again. */
      raw_server_set_followup (server, "");
      g_assert_true (run_raw (fixture, client, &test_calls[0], NULL));
      g_assert_false (run_raw (fixture, client, find_call (calls[i]), &error));
      g_assert_true (error->domain == G_IO_ERROR);
      g_assert_cmpuint (raw_server_get_n_requests (server), ==, 2);
    }
}

static void
test_an_answer_without_end_is_given_up (ClientFixture *fixture, gconstpointer data)
{
  const gsize length = 65 * 1024 * 1024;
  g_autoptr (GBytes) spaces = g_bytes_new_take (g_strnfill (length, ' '), length);
  g_autoptr (GError) error = NULL;

  test_server_expect_bytes (fixture->server, "GET", "/smartlock", 200, spaces);
  g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, "The answer of the service is too long.");
}

/* (transfer full): a list that is too long to be parsed on the main thread */
static GString *
make_long_list (void)
{
  GString *text = g_string_new ("[");

  for (int i = 0; i < DAMAGED_KEYS; i++)
    g_string_append_printf (text, "{\"id\": \"k%d\", \"smartlockId\": 5, \"type\": 0, \"name\": \"Anna\"},", i);
  g_string_overwrite (text, text->len - 1, "]");

  return text;
}

static void
test_a_long_answer_arrives_whole (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = make_long_list ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;

  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, text->str);
  nuki_client_list_keys_async (fixture->client, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  keys = nuki_client_list_keys_finish (fixture->client, result, NULL);

  g_assert_cmpuint (keys->len, ==, DAMAGED_KEYS);
  g_assert_cmpstr (nuki_key_get_id (g_ptr_array_index (keys, DAMAGED_KEYS - 1)), ==, "k1999");
}

static void
test_a_long_answer_that_is_damaged_is_malformed (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = make_long_list ();
  g_autoptr (GError) error = NULL;

  g_string_truncate (text, text->len - 10);
  test_server_expect (fixture->server, "GET", "/smartlock/auth", NULL, 200, text->str);
  g_assert_false (client_fixture_run (fixture, find_call ("list-keys"), &error));
  g_assert_error (error, NUKI_ERROR, NUKI_ERROR_MALFORMED);
}

static gboolean
server_has_got (gpointer data)
{
  return test_server_is_done (data);
}

static void
test_a_call_can_be_stopped (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = data;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) early = NULL;

  /* create_user and others have a body, which silence does not look at: so it is expected with the rest. */
  client_fixture_expect (fixture, call, 200, call->answer);
  call->start (fixture->client, fixture->cancellable, keep_result, &fixture->result);
  await (server_has_got, fixture->server);
  g_cancellable_cancel (fixture->cancellable);
  result = await_result (&fixture->result);
  g_assert_false (call->finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (nuki_client_get_online (fixture->client));

  /* Stopped before it began. */
  g_assert_false (client_fixture_run (fixture, call, &early));
  g_assert_error (early, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_a_check_of_a_token_can_be_stopped (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  nuki_client_check_token_async (fixture->client, "candidate", fixture->cancellable, keep_result, &fixture->result);
  g_cancellable_cancel (fixture->cancellable);
  result = await_result (&fixture->result);
  g_assert_false (nuki_client_check_token_finish (fixture->client, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_a_client_may_go_while_a_call_is_under_way (ClientFixture *fixture, gconstpointer data)
{
  const TestCall *call = data;
  g_autoptr (GAsyncResult) result = NULL;
  NukiClient *client = client_fixture_make_client (fixture, test_server_get_uri (fixture->server), NULL);
  gpointer alive = client;

  g_object_add_weak_pointer (G_OBJECT (client), &alive);
  client_fixture_expect (fixture, call, call->answer != NULL ? 200 : 204, call->answer);
  call->start (client, NULL, keep_result, &fixture->result);
  g_object_unref (client);
  result = await_result (&fixture->result);

  g_assert_nonnull (alive);
  g_assert_true (call->finish (client, result, NULL));
  g_clear_object (&result);
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_silence_ends_after_the_timeout (ClientFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (fixture->client);
  fixture->client = client_fixture_make_client (fixture, test_server_get_uri (fixture->server), session);
  test_server_expect_silence (fixture->server, "GET", "/smartlock");
  g_assert_false (client_fixture_run (fixture, &test_calls[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (nuki_client_get_online (fixture->client));
}

#define ADD(name, data, function)                                                                                 \
  g_test_add ("/client-errors/" name, ClientFixture, data, client_fixture_set_up, function, client_fixture_tear_down)

/* A test for each call. */
static void
add_for_each_call (const char *name, void (*function) (ClientFixture *, gconstpointer))
{
  for (gsize i = 0; i < n_test_calls; i++)
    {
      g_autofree char *path = g_strdup_printf ("/client-errors/%s/%s", name, test_calls[i].name);

      g_test_add (path, ClientFixture, &test_calls[i], client_fixture_set_up, function, client_fixture_tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_for_each_call ("each-status-has-its-error", test_each_status_has_its_error);
  add_for_each_call ("strange-answers-are-malformed", test_strange_answers_are_malformed);
  add_for_each_call ("a-call-can-be-stopped", test_a_call_can_be_stopped);
  add_for_each_call ("a-client-may-go-while-a-call-is-under-way", test_a_client_may_go_while_a_call_is_under_way);
  ADD ("a-long-answer-to-a-command-is-none", NULL, test_a_long_answer_to_a_command_is_none);
  ADD ("the-reason-of-the-service-is-passed-on", NULL, test_the_reason_of_the_service_is_passed_on);
  ADD ("the-wait-that-is-asked-for-is-known", NULL, test_the_wait_that_is_asked_for_is_known);
  g_test_add_func ("/client-errors/other-errors-ask-for-no-wait", test_other_errors_ask_for_no_wait);
  ADD ("a-redirection-is-not-followed", NULL, test_a_redirection_is_not_followed);
  ADD ("what-is-no-http-is-an-error", NULL, test_what_is_no_http_is_an_error);
  ADD ("a-create-is-not-sent-twice-when-the-connection-breaks", NULL,
       test_a_create_is_not_sent_twice_when_the_connection_breaks);
  ADD ("an-answer-without-end-is-given-up", NULL, test_an_answer_without_end_is_given_up);
  ADD ("a-long-answer-arrives-whole", NULL, test_a_long_answer_arrives_whole);
  ADD ("a-long-answer-that-is-damaged-is-malformed", NULL, test_a_long_answer_that_is_damaged_is_malformed);
  ADD ("a-check-of-a-token-can-be-stopped", NULL, test_a_check_of_a_token_can_be_stopped);
  ADD ("silence-ends-after-the-timeout", NULL, test_silence_ends_after_the_timeout);

  return g_test_run ();
}
