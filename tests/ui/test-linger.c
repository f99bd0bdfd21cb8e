/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"
#include "hk-linger.h"

/* An application whose last window was closed: it ends as soon as nothing holds it any more. */
typedef struct
{
  Fixture *account;
  gboolean deletes;  /* a key was taken back just before */
  guint seconds;     /* how much time passes then */
} Closing;

static void
pass_time (gpointer user_data)
{
  Closing *closing = user_data;

  fixture_pass (closing->account, closing->seconds);
}

static void
on_activate (GApplication *application, Closing *closing)
{
  if (closing->deletes)
    {
      hk_account_delete_key (closing->account->account, fixture_find_key (closing->account, BEN_FRONT));
      g_idle_add_once (pass_time, closing);
    }
  hk_linger (application, closing->account->account);
}

static void
run_application (Closing *closing)
{
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), closing);
  g_assert_cmpint (g_application_run (application, 0, NULL), ==, 0);
}

static void
test_sends (void)
{
  Closing closing = { .account = fixture_new_signed_in (), .deletes = TRUE, .seconds = HK_UNDO_SECONDS + 5 };

  run_application (&closing);
  fixture_pass (closing.account, 10);
  g_assert_false (fixture_has_key (closing.account, BEN_FRONT));

  fixture_free (closing.account);
}

static void
test_ends (void)
{
  Closing closing = { .account = fixture_new_signed_in () };

  run_application (&closing);
  g_assert_true (fixture_has_key (closing.account, BEN_FRONT));

  fixture_free (closing.account);
}

static void
test_gives_up (void)
{
  Closing closing = { .account = fixture_new_signed_in (), .deletes = TRUE, .seconds = 61 };

  faulty_service_set_up (closing.account->service, FALSE);
  run_application (&closing);
  g_assert_true (fixture_has_key (closing.account, BEN_FRONT));

  fixture_free (closing.account);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/linger/what-was-asked-before-the-window-closed-is-still-sent", test_sends);
  g_test_add_func ("/linger/without-anything-to-send-the-application-ends", test_ends);
  g_test_add_func ("/linger/without-network-the-application-ends-after-a-minute", test_gives_up);

  return g_test_run ();
}
