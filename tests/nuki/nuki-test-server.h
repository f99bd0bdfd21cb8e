/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TEST_TOKEN "secret-token-0123456789"

/* A service in the same main context that is told beforehand what will be asked of it. Anything else fails the test. */
typedef struct _TestServer TestServer;

TestServer *test_server_new (void);
void test_server_free (TestServer *self);
const char *test_server_get_uri (TestServer *self);
void test_server_set_token (TestServer *self, const char *token);
void test_server_expect (TestServer *self, const char *method, const char *target, const char *request, guint status,
                         const char *answer);
void test_server_expect_bytes (TestServer *self, const char *method, const char *target, guint status, GBytes *answer);
void test_server_add_header (TestServer *self, const char *name, const char *value);
void test_server_expect_silence (TestServer *self, const char *method, const char *target);
gboolean test_server_is_done (TestServer *self);
guint test_server_get_n_requests (TestServer *self);
guint test_server_get_n_connections (TestServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

/* A service that says the same bytes on every connection, whatever is asked, and hangs up. */
typedef struct _RawServer RawServer;

RawServer *raw_server_new (const char *answer);
void raw_server_free (RawServer *self);
const char *raw_server_get_uri (RawServer *self);
guint raw_server_get_n_requests (RawServer *self);
void raw_server_set_followup (RawServer *self, const char *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

/* Waiting */
typedef gboolean (*TestCondition) (gpointer data);

void await (TestCondition condition, gpointer data);
void keep_result (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *await_result (GAsyncResult **result);

G_END_DECLS
