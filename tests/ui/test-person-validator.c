/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-types.h>
#include <string.h>

#include "people/hk-person-validator.h"

typedef struct
{
  const char *text;
  gboolean good;
} Sample;

static void
on_notify (HkPersonValidator *validator, GParamSpec *pspec, guint *count)
{
  *count += 1;
}

static void
test_fresh_form (void)
{
  g_autoptr (HkPersonValidator) validator = hk_person_validator_new ();

  g_assert_false (hk_person_validator_get_valid (validator));
  g_assert_cmpstr (hk_person_validator_get_name_error (validator), ==, "Enter a name.");
  g_assert_cmpstr (hk_person_validator_get_email_error (validator), ==, "Enter an e-mail address.");
}

static void
test_becomes_valid (void)
{
  g_autoptr (HkPersonValidator) validator = hk_person_validator_new ();
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  guint n_notified = 0;

  g_signal_connect (validator, "notify::valid", G_CALLBACK (on_notify), &n_notified);
  g_object_set (validator, "name", "  Anna Moser ", "email", " anna@example.org\t", NULL);

  g_assert_true (hk_person_validator_get_valid (validator));
  g_assert_cmpuint (n_notified, ==, 1);
  name = hk_person_validator_dup_name (validator);
  g_assert_cmpstr (name, ==, "Anna Moser");
  email = hk_person_validator_dup_email (validator);
  g_assert_cmpstr (email, ==, "anna@example.org");

  hk_person_validator_set_email (validator, NULL);
  g_assert_false (hk_person_validator_get_valid (validator));
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_errors (void)
{
  g_autoptr (HkPersonValidator) validator = hk_person_validator_new ();
  g_autofree char *name_error = NULL;
  g_autofree char *email_error = NULL;
  guint n_notified = 0;

  g_signal_connect (validator, "notify::email-error", G_CALLBACK (on_notify), &n_notified);
  hk_person_validator_set_name (validator, "Anna");
  hk_person_validator_set_email (validator, "anna");
  g_object_get (validator, "name-error", &name_error, "email-error", &email_error, NULL);

  g_assert_null (name_error);
  g_assert_nonnull (strstr (email_error, "“@”"));
  g_assert_cmpuint (n_notified, ==, 1);

  hk_person_validator_set_email (validator, "anna@example.org");
  g_assert_null (hk_person_validator_get_email_error (validator));
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_bytes (void)
{
  g_autoptr (HkPersonValidator) validator = hk_person_validator_new ();

  /* 16 letters of two bytes each fit, 17 do not. */
  hk_person_validator_set_name (validator, "ääääääääääääääää");
  g_assert_null (hk_person_validator_get_name_error (validator));
  hk_person_validator_set_name (validator, "äääääääääääääääää");
  g_assert_nonnull (strstr (hk_person_validator_get_name_error (validator), "2 bytes too long"));
  g_assert_nonnull (strstr (hk_person_validator_get_name_error (validator), "at most 32 bytes"));

  hk_person_validator_set_name (validator, "123456789012345678901234567890123");
  g_assert_nonnull (strstr (hk_person_validator_get_name_error (validator), "1 byte too long"));
}

static void
test_code_names (void)
{
  g_autofree char *fits = hk_person_validator_check_name ("12345678901234567890", NUKI_CODE_NAME_MAX_BYTES);
  g_autofree char *too_long = hk_person_validator_check_name ("1234567890123456789 0", NUKI_CODE_NAME_MAX_BYTES);
  g_autofree char *blank = hk_person_validator_check_name (" \t\n", NUKI_CODE_NAME_MAX_BYTES);
  g_autofree char *odd = hk_person_validator_check_name ("<b>& שלום 🔑", NUKI_KEY_NAME_MAX_BYTES);

  g_assert_null (fits);
  g_assert_nonnull (strstr (too_long, "at most 20 bytes"));
  g_assert_cmpstr (blank, ==, "Enter a name.");
  g_assert_null (odd);
}

static void
test_odd_names (void)
{
  static const Sample samples[] = {
    { "Zoë-Marie d’Arc", TRUE },
    { "שלום", TRUE },
    { "👩‍🔧", TRUE },
    { "\302\240\342\200\213\343\200\200", FALSE },
    { "Anna\nMoser", FALSE },
    { "Anna\tMoser", FALSE },
    { "Anna\342\200\250Moser", FALSE },
    { "Anna\302\205Moser", FALSE },
    { "\001", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *error = hk_person_validator_check_name (samples[i].text, NUKI_KEY_NAME_MAX_BYTES);

      g_test_message ("%s: %s", samples[i].text, error != NULL ? error : "good");
      g_assert_true ((error == NULL) == samples[i].good);
    }
}

static void
test_emails (void)
{
  static const Sample samples[] = {
    { "anna@example.org", TRUE },
    { "anna.moser+door@mail.example.co.uk", TRUE },
    { "o'neill_1@example.org", TRUE },
    { "jürgen@müller.example", TRUE },
    { "", FALSE },
    { "anna", FALSE },
    { "@example.org", FALSE },
    { "anna@", FALSE },
    { "anna@example", FALSE },
    { "anna@example.", FALSE },
    { "anna@.org", FALSE },
    { "anna@-example.org", FALSE },
    { "anna@exa mple.org", FALSE },
    { "an na@example.org", FALSE },
    { "anna@exam\nple.org", FALSE },
    { "anna@example@example.org", FALSE },
    { ".anna@example.org", FALSE },
    { "anna.@example.org", FALSE },
    { "an..na@example.org", FALSE },
    { "Anna <anna@example.org>", FALSE },
    { "anna@example.org, bob@example.org", FALSE },
    { "1234567890123456789012345678901234567890123456789012345678901234@example.org", TRUE },
    { "12345678901234567890123456789012345678901234567890123456789012345@example.org", FALSE },
    { "a@1234567890123456789012345678901234567890123456789012345678901234.org", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *error = hk_person_validator_check_email (samples[i].text);

      g_test_message ("%s: %s", samples[i].text, error != NULL ? error : "good");
      g_assert_true ((error == NULL) == samples[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-validator/an-empty-form-misses-both", test_fresh_form);
  g_test_add_func ("/person-validator/a-name-and-an-address-are-valid-without-white-space-around", test_becomes_valid);
  g_test_add_func ("/person-validator/an-error-goes-when-the-entry-is-right", test_errors);
  g_test_add_func ("/person-validator/the-length-of-a-name-is-counted-in-bytes", test_bytes);
  g_test_add_func ("/person-validator/names-of-codes-are-shorter", test_code_names);
  g_test_add_func ("/person-validator/a-name-is-one-line-that-can-be-seen", test_odd_names);
  g_test_add_func ("/person-validator/addresses-are-plausible-or-not", test_emails);

  return g_test_run ();
}
