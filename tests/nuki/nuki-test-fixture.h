/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-test-calls.h"
#include "nuki-test-server.h"

G_BEGIN_DECLS

/* A service and a client that has its token. */
typedef struct
{
  TestServer *server;
  NukiClient *client;
  GCancellable *cancellable;
  GAsyncResult *result; /* of a call that was given keep_result() */
  const char *token;
  guint n_rejected;
  guint n_throttled;
  guint throttled_seconds;
} ClientFixture;

void client_fixture_set_up (ClientFixture *self, gconstpointer data);
void client_fixture_tear_down (ClientFixture *self, gconstpointer data);
gboolean client_fixture_run (ClientFixture *self, const TestCall *call, GError **error);
void client_fixture_expect (ClientFixture *self, const TestCall *call, guint status, const char *answer);
NukiClient *client_fixture_make_client (ClientFixture *self, const char *uri, SoupSession *session);

G_END_DECLS
