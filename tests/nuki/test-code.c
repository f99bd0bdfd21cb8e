/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-code.h>
#include <nuki-error.h>

static void
test_a_code_has_six_digits_without_zero_and_does_not_begin_with_12 (void)
{
  const int good[] = { 111111, 999999, 252525, 131313, 211212, 912345 };
  const int bad[] = { 0, -252525, 11111, 1111111, 120000, 123456, 129999, 101111, 250525, 999990, G_MAXINT, G_MININT };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (nuki_code_is_valid (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (nuki_code_is_valid (bad[i]));
}

static void
test_a_typed_code_is_read (void)
{
  g_autoptr (GError) error = NULL;
  int code = 0;

  g_assert_true (nuki_code_parse (" 252525\n", &code, &error));
  g_assert_no_error (error);
  g_assert_cmpint (code, ==, 252525);
}

static void
test_a_wrong_code_names_the_rule (void)
{
  const struct
  {
    const char *text, *rule;
  } cases[] = {
    { "", "6 digits" },       { "25252", "6 digits" },   { "2525252", "6 digits" }, { "25a525", "6 digits" },
    { "25 525", "6 digits" }, { "-25252", "6 digits" },  { "٢٥٢٥٢٥", "6 digits" },  { "205252", "no 0" },
    { "000000", "no 0" },     { "123456", "with 12" },   { "252525x", "6 digits" }, { "12", "6 digits" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      int code = 7;

      g_assert_false (nuki_code_parse (cases[i].text, &code, &error));
      g_assert_error (error, NUKI_ERROR, NUKI_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].rule));
      g_assert_cmpint (code, ==, 7);
    }
}

static void
test_generated_codes_keep_the_rules_and_differ (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (int i = 0; i < 2000; i++)
    {
      int code = nuki_code_generate (taken);

      g_assert_true (nuki_code_is_valid (code));
      g_assert_true (g_hash_table_add (taken, GINT_TO_POINTER (code)));
    }
  g_assert_true (nuki_code_is_valid (nuki_code_generate (NULL)));
}

static void
test_the_last_free_code_is_found (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (int code = 111111; code <= 999999; code++)
    {
      if (nuki_code_is_valid (code) && code != 847362)
        g_hash_table_add (taken, GINT_TO_POINTER (code));
    }

  g_assert_cmpint (nuki_code_generate (taken), ==, 847362);
  g_hash_table_add (taken, GINT_TO_POINTER (847362));
  g_assert_cmpint (nuki_code_generate (taken), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/code/a-code-has-six-digits-without-zero-and-does-not-begin-with-12",
                   test_a_code_has_six_digits_without_zero_and_does_not_begin_with_12);
  g_test_add_func ("/code/a-typed-code-is-read", test_a_typed_code_is_read);
  g_test_add_func ("/code/a-wrong-code-names-the-rule", test_a_wrong_code_names_the_rule);
  g_test_add_func ("/code/generated-codes-keep-the-rules-and-differ", test_generated_codes_keep_the_rules_and_differ);
  g_test_add_func ("/code/the-last-free-code-is-found", test_the_last_free_code_is_found);

  return g_test_run ();
}
