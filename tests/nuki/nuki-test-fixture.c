/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-fixture.h"

static const char *
give_token (gpointer user_data)
{
  return ((ClientFixture *) user_data)->token;
}

static void
on_token_rejected (NukiClient *client, gpointer user_data)
{
  ((ClientFixture *) user_data)->n_rejected++;
}

static void
on_throttled (NukiClient *client, guint seconds, gpointer user_data)
{
  ClientFixture *self = user_data;

  self->n_throttled++;
  self->throttled_seconds = seconds;
}

/* (transfer full): another client with the same token */
NukiClient *
client_fixture_make_client (ClientFixture *self, const char *uri, SoupSession *session)
{
  NukiClient *client = nuki_client_new (uri, session);

  nuki_client_set_token_func (client, give_token, self, NULL);
  g_signal_connect (client, "token-rejected", G_CALLBACK (on_token_rejected), self);
  g_signal_connect (client, "throttled", G_CALLBACK (on_throttled), self);

  return client;
}

void
client_fixture_set_up (ClientFixture *self, gconstpointer data)
{
  self->token = TEST_TOKEN;
  self->server = test_server_new ();
  self->cancellable = g_cancellable_new ();
  self->client = client_fixture_make_client (self, test_server_get_uri (self->server), NULL);
}

void
client_fixture_tear_down (ClientFixture *self, gconstpointer data)
{
  g_assert_null (self->result);
  g_assert_false (nuki_client_get_busy (self->client));
  g_assert_finalize_object (self->client);
  g_object_unref (self->cancellable);
  test_server_free (self->server);
}

/* Starts a call and waits for its end. */
gboolean
client_fixture_run (ClientFixture *self, const TestCall *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_null (self->result);
  call->start (self->client, self->cancellable, keep_result, &self->result);
  result = await_result (&self->result);

  return call->finish (self->client, result, error);
}

/* The next request will be that of @call. */
void
client_fixture_expect (ClientFixture *self, const TestCall *call, guint status, const char *answer)
{
  test_server_expect (self->server, call->method, call->target, call->request, status, answer);
}
