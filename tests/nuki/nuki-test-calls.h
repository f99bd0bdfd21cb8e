/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-client.h>

G_BEGIN_DECLS

/* A call of the client with fixed arguments, and what it looks like on the wire. */
typedef struct
{
  const char *name;
  const char *method;
  const char *target;
  const char *request; /* JSON, or NULL */
  const char *answer;  /* that of a service that does it; NULL for 204 */
  void (*start) (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*finish) (NukiClient *client, GAsyncResult *result, GError **error);
} TestCall;

extern const TestCall test_calls[];
extern const gsize n_test_calls;

G_END_DECLS
