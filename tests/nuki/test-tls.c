/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A secure connection to a service that proves who it is, or does not. */

#include <libsoup/soup.h>
#include <nuki-client.h>
#include <nuki-error.h>
#include <nuki-simulator.h>

#include "nuki-test-calls.h"
#include "nuki-test-certificates.h"
#include "nuki-test-server.h"

#define ACCOUNT "{\"locks\": [{\"smartlockId\": 17618910285, \"name\": \"Front door\"}]}"

/* LeakSanitizer takes the thread-local memory of the libraries that are loaded later, GnuTLS among them, for something that
 * an old glibc made, and crashes in it: <https://github.com/google/sanitizers/issues/1322>. So it does not look there. */
#ifdef __SANITIZE_ADDRESS__
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "intercept_tls_get_addr=0";
}
#endif

/* A service, and a client that believes the authority of the tests, if it is told to. */
typedef struct
{
  NukiSimulator *simulator;
  SoupSession *session;
  NukiClient *client;
  GAsyncResult *result;
  guint n_connections;   /* that the client began to open */
  guint n_encrypted;     /* on which the service proved who it is */
} Fixture;

static const char *
give_token (gpointer user_data)
{
  return TEST_TOKEN;
}

/* Nothing may ever ask whether a certificate is to be believed nevertheless. */
static void
assert_nobody_is_asked (SoupMessage *message)
{
  const guint signal = g_signal_lookup ("accept-certificate", SOUP_TYPE_MESSAGE);

  g_assert_cmpuint (signal, !=, 0);
  g_assert_false (g_signal_has_handler_pending (message, signal, 0, TRUE));
}

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (event == G_SOCKET_CLIENT_CONNECTING)
    fixture->n_connections++;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    fixture->n_encrypted++;
  assert_nobody_is_asked (message);
}

static void
on_request_queued (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  assert_nobody_is_asked (message);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), user_data);
}

static void
start_service (Fixture *fixture, const char *certificate_name)
{
  g_autoptr (JsonNode) account = json_from_string (ACCOUNT, NULL);
  g_autoptr (GTlsCertificate) certificate = certificates_load (certificate_name);
  g_autoptr (GError) error = NULL;

  fixture->simulator = nuki_simulator_new ();
  nuki_simulator_load (fixture->simulator, account, &error);
  g_assert_no_error (error);
  nuki_simulator_add_token (fixture->simulator, TEST_TOKEN, NUKI_SIMULATOR_ALL_SCOPES);
  nuki_simulator_set_certificate (fixture->simulator, certificate);
  nuki_simulator_start (fixture->simulator, 0, &error);
  g_assert_no_error (error);
}

static void
make_client (Fixture *fixture, const char *uri, SoupSession *session)
{
  fixture->client = nuki_client_new (uri, session);
  nuki_client_set_token_func (fixture->client, give_token, NULL, NULL);
  g_object_get (fixture->client, "session", &fixture->session, NULL);
  g_signal_connect (fixture->session, "request-queued", G_CALLBACK (on_request_queued), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupSession) session = certificates_make_session ();

  start_service (fixture, data);
  make_client (fixture, nuki_simulator_get_uri (fixture->simulator), session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->client);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (fixture->simulator);
}

static gboolean
run (Fixture *fixture, const TestCall *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  call->start (fixture->client, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);

  return call->finish (fixture->client, result, error);
}

static void
assert_untrusted (Fixture *fixture, const GError *error)
{
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (error->message, ==,
                   "The service cannot prove that it is what it says, so nothing was sent to it.");
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, 0);
}

static void
test_good_certificate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (nuki_simulator_get_uri (fixture->simulator), "https://127.0.0.1:"));
  g_assert_true (run (fixture, &test_calls[0], &error));
  g_assert_no_error (error);
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, 1);
  g_assert_cmpuint (fixture->n_encrypted, ==, 1);
}

/* Whatever is asked: one attempt, no request, no token. */
static void
test_bad_certificate (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < n_test_calls; i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", test_calls[i].name);
      fixture->n_connections = 0;
      g_assert_false (run (fixture, &test_calls[i], &error));
      assert_untrusted (fixture, error);
      g_assert_cmpuint (fixture->n_connections, ==, 1);
    }
  g_assert_cmpuint (fixture->n_encrypted, ==, 0);
}

static void
test_bad_certificate_for_a_new_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  nuki_client_check_token_async (fixture->client, "candidate", NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  g_assert_false (nuki_client_check_token_finish (fixture->client, result, NULL, &error));
  assert_untrusted (fixture, error);
}

/* A session of the client's own believes the authorities of the system, and these only. */
static void
test_unknown_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  soup_session_abort (fixture->session);
  g_assert_finalize_object (fixture->client);
  g_clear_object (&fixture->session);
  make_client (fixture, nuki_simulator_get_uri (fixture->simulator), NULL);

  g_assert_false (run (fixture, &test_calls[0], &error));
  assert_untrusted (fixture, error);
}

/* The certificate ends between two requests. */
static void
test_certificate_that_becomes_bad (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) expired = certificates_load ("expired");
  g_autoptr (GError) error = NULL;

  g_assert_true (run (fixture, &test_calls[0], NULL));
  nuki_simulator_set_reachable (fixture->simulator, FALSE, NULL);
  nuki_simulator_set_certificate (fixture->simulator, expired);
  nuki_simulator_set_reachable (fixture->simulator, TRUE, NULL);

  g_assert_false (run (fixture, &test_calls[0], &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, 1);
}

/* Something that speaks no TLS answers where the service should be. */
static void
test_no_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RawServer) server = raw_server_new ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
  g_autofree char *uri = g_strconcat ("https", raw_server_get_uri (server) + strlen ("http"), NULL);
  g_autoptr (SoupSession) session = certificates_make_session ();
  g_autoptr (NukiClient) client = nuki_client_new (uri, session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  nuki_client_set_token_func (client, give_token, NULL, NULL);
  test_calls[0].start (client, NULL, keep_result, &fixture->result);
  result = await_result (&fixture->result);
  g_assert_false (test_calls[0].finish (client, result, &error));
  g_assert_true (error->domain == G_TLS_ERROR);
  g_assert_cmpstr (error->message, ==, "There is no secure connection to the service, so nothing was sent to it.");
}

/* The service refers to itself, to another one, and to plain HTTP: nobody gets the token who was not asked for. */
static void
test_redirections (Fixture *fixture, gconstpointer data)
{
  TestServer *plain = test_server_new ();
  Fixture other = { 0 };
  g_autofree char *to_plain = g_strconcat (test_server_get_uri (plain), "/smartlock", NULL);
  g_autofree char *to_other = NULL;
  const char *targets[] = { "{origin}/smartlock", NULL, NULL, "//127.0.0.1/smartlock", "http:/smartlock" };
  const guint statuses[] = { 301, 302, 303, 307, 308 };
  guint n_requests = 0;

  set_up (&other, "good");
  to_other = g_strconcat (nuki_simulator_get_uri (other.simulator), "/smartlock", NULL);
  targets[1] = to_other;
  targets[2] = to_plain;

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (statuses); j++)
      {
        const char *const headers[] = { "Location", targets[i], NULL };
        const NukiSimFault fault = { .kind = NUKI_SIM_FAULT_ANSWER, .status = statuses[j], .headers = headers };
        g_autoptr (GError) error = NULL;

        nuki_simulator_add_fault (fixture->simulator, "*", "*", 1, &fault);
        g_assert_false (run (fixture, &test_calls[0], &error));
        g_assert_error (error, NUKI_ERROR, NUKI_ERROR_SERVER);
        g_assert_cmpstr (error->message, ==,
                         "The service refers to another address, to which the token is not sent.");
        g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->simulator), ==, ++n_requests);
      }

  g_assert_cmpuint (nuki_simulator_get_n_requests (other.simulator), ==, 0);
  g_assert_cmpuint (test_server_get_n_requests (plain), ==, 0);
  tear_down (&other, NULL);
  test_server_free (plain);
}

int
main (int argc, char **argv)
{
  static const char *const bad[] = { "expired", "early", "wrong-host", "self-signed" };
  int failed;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  certificates_make ();

  g_test_add ("/tls/a-good-certificate-is-believed", Fixture, "good", set_up, test_good_certificate, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *calls = g_strconcat ("/tls/nothing-is-sent-to-a-service-with-a-bad-certificate/", bad[i], NULL);
      g_autofree char *token = g_strconcat ("/tls/no-new-token-is-sent-to-a-service-with-a-bad-certificate/", bad[i], NULL);

      g_test_add (calls, Fixture, bad[i], set_up, test_bad_certificate, tear_down);
      g_test_add (token, Fixture, bad[i], set_up, test_bad_certificate_for_a_new_token, tear_down);
    }
  g_test_add ("/tls/an-authority-of-somebodys-own-is-not-believed", Fixture, "good", set_up, test_unknown_authority,
              tear_down);
  g_test_add ("/tls/a-certificate-that-becomes-bad-ends-it", Fixture, "good", set_up, test_certificate_that_becomes_bad,
              tear_down);
  g_test_add ("/tls/what-speaks-no-tls-gets-nothing", Fixture, "good", set_up, test_no_tls, tear_down);
  g_test_add ("/tls/no-redirection-is-followed", Fixture, "good", set_up, test_redirections, tear_down);
  failed = g_test_run ();
  certificates_remove ();

  return failed;
}
