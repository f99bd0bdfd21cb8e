/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing out, or closing the account, at any moment of anything that can be asked. */

#include <locale.h>

#include "fixture.h"

static HkChange *
rename_key (Fixture *f)
{
  HkKey *key = fixture_find_key (f, ANNA_FRONT);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (spec, "Anna M.");

  return hk_account_update_key (f->account, key, NULL, spec);
}

static void
start_rename (Fixture *f)
{
  rename_key (f);
}

static void
start_refused_rename (Fixture *f)
{
  faulty_service_spoil (f->service, "POST", "*", FAULT_STATUS, 423, 2);
  rename_key (f);
}

static void
start_wide_rename (Fixture *f)
{
  faulty_service_spoil (f->service, "POST", "*", FAULT_DROP_LIMITS, 0, 1);
  rename_key (f);
}

static void
start_unauthorized_rename (Fixture *f)
{
  nuki_simulator_revoke_token (f->simulator, TOKEN);
  rename_key (f);
}

static void
start_delete (Fixture *f)
{
  hk_account_delete_key (f->account, fixture_find_key (f, ANNA_FRONT));
}

static void
start_refused_delete (Fixture *f)
{
  faulty_service_spoil (f->service, "DELETE", "*", FAULT_STATUS, 404, 1);
  start_delete (f);
}

static void
start_person_delete (Fixture *f)
{
  hk_account_delete_person (f->account, hk_account_find_person (f->account, ANNA));
}

static void
start_person_update (Fixture *f)
{
  hk_account_update_person (f->account, hk_account_find_person (f->account, ANNA), NULL, "Anna", "anna@example.net",
                            "de");
}

static void
start_lock_update (Fixture *f)
{
  hk_account_update_lock (f->account, hk_account_find_lock (f->account, FLAT), NULL, "A flat", TRUE);
}

static void
start_resend (Fixture *f)
{
  hk_account_resend_invitation (f->account, fixture_find_key (f, ANNA_FRONT));
}

static void
start_invitation (Fixture *f)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Clara");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;

  hk_invitation_set_new_person (invitation, "Clara", "clara@example.org", "fr");
  hk_invitation_add_lock (invitation, FRONT_DOOR);
  hk_invitation_add_lock (invitation, GARAGE);
  changes = hk_account_invite (f->account, invitation);
  g_assert_cmpuint (changes->len, ==, 2);
}

static void
start_wide_invitation (Fixture *f)
{
  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_DROP_LIMITS, 0, 1);
  faulty_service_spoil (f->service, "PUT", "/smartlock/*", FAULT_APPLY_THEN_RESET, 0, 1);
  start_invitation (f);
}

static void
start_refresh (Fixture *f)
{
  hk_account_refresh (f->account);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  hk_account_sign_in_finish (HK_ACCOUNT (source), result, &error);
}

static void
start_sign_in (Fixture *f)
{
  hk_account_sign_in_async (f->account, TOKEN, FALSE, NULL, on_signed_in, NULL);
}

static const struct
{
  const char *name;
  void (*start) (Fixture *f);
} actions[] = {
  { "a-change", start_rename },
  { "a-change-of-a-busy-key", start_refused_rename },
  { "a-change-that-costs-the-limits", start_wide_rename },
  { "a-change-with-a-rejected-token", start_unauthorized_rename },
  { "a-deletion", start_delete },
  { "a-deletion-that-is-refused", start_refused_delete },
  { "the-deletion-of-a-person", start_person_delete },
  { "a-change-of-a-person", start_person_update },
  { "a-change-of-a-lock", start_lock_update },
  { "sending-an-invitation-again", start_resend },
  { "an-invitation", start_invitation },
  { "an-invitation-with-trouble", start_wide_invitation },
  { "a-refresh", start_refresh },
  { "signing-in-again", start_sign_in },
};

/* How many turns of the main loop it has gone on for. */
static const guint moments[] = { 0, 1, 2, 3, 5, 8, 12, 17, 23, 30, 40, 60, 90 };

/* Goes on for some turns of the main loop, in which time passes, too. */
static void
go_on (Fixture *f, guint turns)
{
  for (guint i = 0; i < turns; i++)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        {
          nuki_simulator_advance (f->simulator, 1000);
          hk_manual_clock_move (HK_MANUAL_CLOCK (f->clock), 1000);
        }
    }
}

static void
sign_out (Fixture *f)
{
  g_autoptr (GError) error = fixture_sign_out (f);

  g_assert_no_error (error);
}

static void
test_signing_out (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();
      guint n_requests;

      actions[index].start (f);
      go_on (f, moments[i]);
      if (actions[index].start == start_sign_in)
        fixture_settle (f);
      sign_out (f);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
      fixture_settle (f);
      n_requests = faulty_service_count (f->service, "*", "*");

      fixture_pass (f, 700);
      g_assert_cmpint (hk_account_get_state (f->account), ==, HK_ACCOUNT_SIGNED_OUT);
      g_assert_null (hk_account_get_error (f->account));
      g_assert_cmpuint (faulty_service_count (f->service, "*", "*"), ==, n_requests);
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_keys (f->account)), ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_people (f->account)), ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_locks (f->account)), ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 0);
    }
}

/* That the account and everything of it goes is asserted as the fixture goes. */
static void
test_closing (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (Fixture) f = fixture_new_signed_in ();

      actions[index].start (f);
      go_on (f, moments[i]);
      /* What is signed in holds the account until the answer is there. */
      if (actions[index].start == start_sign_in)
        fixture_settle (f);
      g_assert_cmpint (hk_account_get_state (f->account), !=, HK_ACCOUNT_SIGNED_OUT);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *sign_out_path = g_strdup_printf ("/anytime/signing-out-ends-%s", actions[i].name);
      g_autofree char *close_path = g_strdup_printf ("/anytime/closing-ends-%s", actions[i].name);

      g_test_add_data_func (sign_out_path, GUINT_TO_POINTER (i), test_signing_out);
      g_test_add_data_func (close_path, GUINT_TO_POINTER (i), test_closing);
    }

  return g_test_run ();
}
