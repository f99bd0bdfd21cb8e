/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A keyring that refuses, crashes or never answers: said, retried, done without for a session; the token stays. It needs a
 * session bus of its own, on which no other keyring is. */

#include <hk-secret-token-store.h>
#include <libsecret/secret.h>
#include <locale.h>

#include "fake-secrets.h"
#include "fixture.h"

typedef enum
{
  LOOK_UP,
  STORE,
  CLEAR,
} Call;

/* What goes wrong in which call to the keyring, and what the user is told. */
typedef struct
{
  Call call;
  const char *method;
  FakeTrouble trouble;
  HkTokenStoreError error;
} Case;

static const Case cases[] = {
  { LOOK_UP, "SearchItems", FAKE_TROUBLE_DENIED, HK_TOKEN_STORE_ERROR_FAILED },
  { LOOK_UP, "SearchItems", FAKE_TROUBLE_LOCKED, HK_TOKEN_STORE_ERROR_LOCKED },
  { LOOK_UP, "SearchItems", FAKE_TROUBLE_NO_OBJECT, HK_TOKEN_STORE_ERROR_FAILED },
  { LOOK_UP, "SearchItems", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { LOOK_UP, "GetSecret*", FAKE_TROUBLE_DENIED, HK_TOKEN_STORE_ERROR_FAILED },
  { LOOK_UP, "GetSecret*", FAKE_TROUBLE_LOCKED, HK_TOKEN_STORE_ERROR_LOCKED },
  { LOOK_UP, "GetSecret*", FAKE_TROUBLE_NO_OBJECT, HK_TOKEN_STORE_ERROR_FAILED },
  { LOOK_UP, "GetSecret*", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { LOOK_UP, "OpenSession", FAKE_TROUBLE_DENIED, HK_TOKEN_STORE_ERROR_FAILED },
  { LOOK_UP, NULL, FAKE_TROUBLE_DISMISSED, HK_TOKEN_STORE_ERROR_LOCKED },
  { STORE, "OpenSession", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { STORE, "CreateItem", FAKE_TROUBLE_DENIED, HK_TOKEN_STORE_ERROR_FAILED },
  { STORE, "CreateItem", FAKE_TROUBLE_LOCKED, HK_TOKEN_STORE_ERROR_LOCKED },
  /* There is nothing to put it into, and nothing can be made. */
  { STORE, "CreateItem", FAKE_TROUBLE_NO_OBJECT, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { STORE, "CreateItem", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { CLEAR, "SearchItems", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { CLEAR, "Delete", FAKE_TROUBLE_DENIED, HK_TOKEN_STORE_ERROR_FAILED },
  { CLEAR, "Delete", FAKE_TROUBLE_LOCKED, HK_TOKEN_STORE_ERROR_LOCKED },
  { CLEAR, "Delete", FAKE_TROUBLE_VANISHES, HK_TOKEN_STORE_ERROR_UNAVAILABLE },
  { CLEAR, NULL, FAKE_TROUBLE_DISMISSED, HK_TOKEN_STORE_ERROR_LOCKED },
};

static FakeSecrets *keyring;
static guint n_run;

/* An account whose token is in the keyring, and that has not been opened yet. */
static Fixture *
make_stored (void)
{
  Fixture *f = fixture_new ();

  g_assert_finalize_object (f->account);
  g_assert_finalize_object (f->store);
  f->store = hk_secret_token_store_new ();
  fixture_make_account (f);
  fake_secrets_set_trouble (keyring, NULL, FAKE_TROUBLE_NONE);
  fixture_store_token (f, TOKEN);
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, TOKEN);

  return f;
}

static gboolean
is_open (gpointer user_data)
{
  Fixture *f = user_data;

  return hk_account_get_state (f->account) != HK_ACCOUNT_OPENING;
}

static void
open_account (Fixture *f)
{
  hk_account_open (f->account);
  await (is_open, f);
  fixture_settle (f);
}

static void
begin_trouble (const Case *now)
{
  /* As a process that has just been started: it asks for a session once. */
  if (g_strcmp0 (now->method, "OpenSession") == 0)
    secret_service_disconnect ();
  fake_secrets_set_trouble (keyring, now->method, now->trouble);
}

static void
end_trouble (const Case *now)
{
  g_assert_true (fake_secrets_has_met_trouble (keyring));
  fake_secrets_set_trouble (keyring, NULL, FAKE_TROUBLE_NONE);
  if (now->trouble == FAKE_TROUBLE_VANISHES)
    fake_secrets_return (keyring);
}

static void
assert_said (const GError *error, const Case *now)
{
  g_assert_nonnull (error);
  g_test_message ("%s × %d: %s", now->method != NULL ? now->method : "question", now->trouble, error->message);
  g_assert_true (error->domain == HK_TOKEN_STORE_ERROR);
  g_assert_cmpint (error->code, ==, (int) now->error);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* At the start: said, again when it is tried again, one can go on without for a session, and what is in the keyring is still
 * good when it works again. */
static void
meet_at_the_start (const Case *now)
{
  g_autoptr (Fixture) f = make_stored ();
  g_autoptr (GError) error = NULL;

  begin_trouble (now);
  open_account (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_KEYRING_TROUBLE);
  assert_said (hk_account_get_error (f->account), now);
  if (now->trouble != FAKE_TROUBLE_VANISHES)
    {
      open_account (f);
      assert_said (hk_account_get_error (f->account), now);
    }
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, TOKEN);

  error = fixture_sign_in (f, TOKEN, TRUE);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  end_trouble (now);

  fixture_restart (f);
  await (is_open, f);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
}

/* While somebody signs in with another token: the old one stays in the keyring until the new one is. */
static void
meet_while_signing_in (const Case *now)
{
  g_autoptr (Fixture) f = make_stored ();
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) error = NULL;

  nuki_simulator_add_token (f->simulator, "fedcba9876543210", NUKI_SIMULATOR_ALL_SCOPES);
  open_account (f);
  begin_trouble (now);
  refused = fixture_sign_in (f, "fedcba9876543210", FALSE);
  assert_said (refused, now);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, TOKEN);
  error = fixture_sign_in (f, "fedcba9876543210", TRUE);
  g_assert_no_error (error);
  end_trouble (now);

  error = fixture_sign_in (f, "fedcba9876543210", FALSE);
  g_assert_no_error (error);
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, "fedcba9876543210");
}

/* While somebody signs out: who still has the token is still signed in. */
static void
meet_while_signing_out (const Case *now)
{
  g_autoptr (Fixture) f = make_stored ();
  g_autoptr (GError) refused = NULL;

  open_account (f);
  begin_trouble (now);
  refused = fixture_sign_out (f);
  assert_said (refused, now);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, TOKEN);
  end_trouble (now);

  g_assert_no_error (fixture_sign_out (f));
  g_assert_null (fake_secrets_get_secret (keyring));
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
}

static void
test_trouble_is_said_and_the_token_stays (gconstpointer data)
{
  const Call call = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (cases[i].call != call)
        continue;
      if (call == LOOK_UP)
        meet_at_the_start (&cases[i]);
      else if (call == STORE)
        meet_while_signing_in (&cases[i]);
      else
        meet_while_signing_out (&cases[i]);
      n_run++;
    }
}

/* Nobody waits for it who does not want to. */
static void
test_one_that_never_answers_can_be_done_without (void)
{
  g_autoptr (Fixture) f = make_stored ();
  g_autoptr (GError) error = NULL;

  fake_secrets_set_trouble (keyring, "SearchItems", FAKE_TROUBLE_SILENT);
  hk_account_open (f->account);
  while (!fake_secrets_has_met_trouble (keyring))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_OPENING);

  error = fixture_sign_in (f, TOKEN, TRUE);
  g_assert_no_error (error);
  fixture_settle (f);
  g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_READY);
  g_assert_cmpstr (fake_secrets_get_secret (keyring), ==, TOKEN);
}

int
main (int argc, char *argv[])
{
  int failed;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  keyring = fake_secrets_new ();

  g_test_add_data_func ("/keyring-trouble/at-the-start-it-is-said-and-the-token-stays", GUINT_TO_POINTER (LOOK_UP),
                        test_trouble_is_said_and_the_token_stays);
  g_test_add_data_func ("/keyring-trouble/in-a-sign-in-it-is-said-and-the-token-stays", GUINT_TO_POINTER (STORE),
                        test_trouble_is_said_and_the_token_stays);
  g_test_add_data_func ("/keyring-trouble/in-a-sign-out-it-is-said-and-the-token-stays", GUINT_TO_POINTER (CLEAR),
                        test_trouble_is_said_and_the_token_stays);
  g_test_add_func ("/keyring-trouble/one-that-never-answers-can-be-done-without",
                   test_one_that_never_answers_can_be_done_without);
  failed = g_test_run ();
  g_print ("# kinds of trouble with the keyring %u\n", n_run);
  fake_secrets_free (keyring);

  return failed;
}
