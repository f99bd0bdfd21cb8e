/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "nuki-simulator.h"

G_BEGIN_DECLS

/* What fixture_set_up() puts into the account. */
#define HOME_ID "17618910285"
#define HOME G_GINT64_CONSTANT (17618910285)
#define GARAGE_ID "439041101"
#define GARAGE G_GINT64_CONSTANT (439041101)
#define OPENER_ID "9028975693"
#define ANNA_ID "11"
#define JOHN_ID "12"
#define ANNA_KEY "647cfac64dd15972f2122e01"
#define CODE_KEY "647cfac64dd15972f2122e02"
#define FOB_KEY "647cfac64dd15972f2122e03"
#define GARAGE_KEY "647cfac64dd15972f2122e04"
#define ANNA_KEY_PATH "/smartlock/" HOME_ID "/auth/" ANNA_KEY
#define CODE_KEY_PATH "/smartlock/" HOME_ID "/auth/" CODE_KEY
#define GARAGE_KEY_PATH "/smartlock/" GARAGE_ID "/auth/" GARAGE_KEY

typedef struct
{
  NukiSimulator *simulator;
  SoupSession *session;
  char *token;
} Fixture;

#define fixture_add(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);

JsonNode *fixture_parse (const char *text);
JsonNode *fixture_send (Fixture *fixture, const char *method, const char *path, const char *body, guint *status);
JsonNode *
fixture_call (Fixture *fixture, const char *method, const char *path, const char *body, guint expected_status);
void fixture_expect (Fixture *fixture, const char *method, const char *path, const char *body, guint status);
void fixture_expect_refusal (Fixture *fixture,
                             const char *method,
                             const char *path,
                             const char *body,
                             guint status,
                             const char *detail);
JsonObject *fixture_get_element (JsonNode *array, guint index);
JsonObject *fixture_find (JsonNode *array, const char *member, const char *value);
JsonNode *fixture_get_records (JsonNode *dump, const char *member);

G_END_DECLS
