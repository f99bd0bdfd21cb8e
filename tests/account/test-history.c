/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of a change afterwards: step by step, in this session and in the next. */

#include <hk-change-step.h>
#include <locale.h>

#include "fixture.h"

static gboolean
is_there (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GPtrArray *
load_steps (Fixture *f, HkChange *change)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *steps;

  hk_account_load_steps_async (f->account, change, NULL, on_answer, &result);
  await (is_there, &result);
  steps = hk_account_load_steps_finish (f->account, result, &error);
  g_assert_no_error (error);

  return steps;
}

static GPtrArray *
load_earlier (Fixture *f, const char *key_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *changes;

  hk_account_load_earlier_async (f->account, fixture_find_key (f, key_id), NULL, on_answer, &result);
  await (is_there, &result);
  changes = hk_account_load_earlier_finish (f->account, result, &error);
  g_assert_no_error (error);

  return changes;
}

/* Returns: the steps as a line: "sent accepted looked-up×3 confirmed" */
static char *
tell (Fixture *f, HkChange *change)
{
  static const char *const words[] = { "amended",   "retried",       "sent",      "held-up", "accepted",
                                       "looked-up", "not-confirmed", "confirmed", "failed",  "discarded" };
  g_autoptr (GPtrArray) steps = load_steps (f, change);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const HkChangeStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", words[step->kind]);
      if (step->count > 1)
        g_string_append_printf (line, "×%u", step->count);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
assert_tells (Fixture *f, HkChange *change, const char *expected)
{
  g_autofree char *line = tell (f, change);

  g_assert_cmpstr (line, ==, expected);
}

static HkChange *
switch_cleaning_off (Fixture *f)
{
  return hk_account_switch_key (f->account, fixture_find_key (f, CLEANING), FALSE);
}

static void
test_a_change_tells_how_it_reached_the_lock (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkChange *change;

  nuki_simulator_set_delay (f->simulator, 20000, 20000);
  change = switch_cleaning_off (f);
  fixture_pass (f, 60);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_tells (f, change, "sent accepted looked-up×3 confirmed");
}

static void
test_steps_tell_when (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GPtrArray) steps = NULL;
  const HkChangeStep *looks;
  HkChange *change;

  nuki_simulator_set_delay (f->simulator, 20000, 20000);
  change = switch_cleaning_off (f);
  fixture_pass (f, 60);
  steps = load_steps (f, change);
  looks = g_ptr_array_index (steps, 2);
  /* After 2, 4 and 8 more seconds. */
  g_assert_cmpint (g_date_time_difference (looks->first, hk_change_get_asked (change)), ==,
                   2 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_date_time_difference (looks->last, hk_change_get_asked (change)), ==,
                   14 * G_TIME_SPAN_SECOND);
}

static void
test_trouble_is_told_once_and_counted (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GPtrArray) steps = NULL;
  const HkChangeStep *step;
  HkChange *change;

  faulty_service_spoil (f->service, "GET", "*" CLEANING, FAULT_STATUS, 503, 3);
  faulty_service_spoil (f->service, "POST", "*" CLEANING, FAULT_STATUS, 500, 2);
  change = switch_cleaning_off (f);
  fixture_pass (f, 300);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_CONFIRMED);
  assert_tells (f, change, "held-up×3 sent held-up×2 sent accepted confirmed");
  steps = load_steps (f, change);
  step = g_ptr_array_index (steps, 0);
  g_assert_nonnull (step->text);
}

static void
test_a_refusal_and_another_try_are_told (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GPtrArray) steps = NULL;
  const HkChangeStep *step;
  HkChange *change;

  faulty_service_spoil (f->service, "POST", "*" CLEANING, FAULT_STATUS, 400, 1);
  change = switch_cleaning_off (f);
  fixture_pass (f, 10);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_FAILED);
  steps = load_steps (f, change);
  step = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpint (step->kind, ==, HK_CHANGE_STEP_FAILED);
  g_assert_cmpstr (step->text, ==, hk_change_get_error (change)->message);

  hk_account_retry (f->account, change);
  fixture_pass (f, 60);
  assert_tells (f, change, "sent failed retried sent accepted confirmed");
}

static void
test_slow_read_backs_are_told (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autofree char *line = NULL;
  HkChange *change;

  nuki_simulator_set_lock_online (f->simulator, FRONT_DOOR, FALSE);
  change = switch_cleaning_off (f);
  fixture_pass (f, 3600);
  g_assert_cmpint (hk_change_get_state (change), ==, HK_CHANGE_NOT_CONFIRMED);
  line = tell (f, change);
  g_assert_true (g_pattern_match_simple ("sent accepted looked-up×* not-confirmed looked-up×*", line));
}

static void
test_an_undone_change_says_so (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  HkChange *change = hk_account_delete_key (f->account, fixture_find_key (f, CLEANING));

  hk_account_discard (f->account, change);
  assert_tells (f, change, "discarded");
}

static void
test_the_next_session_tells_of_the_last (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GPtrArray) changes = NULL;
  HkChange *earlier;

  switch_cleaning_off (f);
  fixture_pass (f, 60);
  changes = load_earlier (f, CLEANING);
  /* It is in the list of this session. */
  g_assert_cmpuint (changes->len, ==, 0);
  g_clear_pointer (&changes, g_ptr_array_unref);

  fixture_restart (f);
  fixture_settle (f);
  fixture_pass (f, 60);
  hk_account_switch_key (f->account, fixture_find_key (f, CLEANING), TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (hk_account_get_changes (f->account)), ==, 1);
  changes = load_earlier (f, CLEANING);
  g_assert_cmpuint (changes->len, ==, 1);
  earlier = g_ptr_array_index (changes, 0);
  g_assert_cmpint (hk_change_get_kind (earlier), ==, HK_CHANGE_SWITCH_KEY);
  g_assert_false (hk_change_get_spec (earlier)->enabled);
  assert_text (earlier, "Saved");
  assert_tells (f, earlier, "sent accepted confirmed");
  g_clear_pointer (&changes, g_ptr_array_unref);

  changes = load_earlier (f, ANNA_FRONT);
  g_assert_cmpuint (changes->len, ==, 0);
}

static void
test_without_a_journal_that_is_said (void)
{
  g_autoptr (Fixture) f = fixture_new_kept ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HkChange) change = g_object_ref (switch_cleaning_off (f));

  fixture_pass (f, 60);
  hk_account_sign_out_async (f->account, NULL, on_answer, &result);
  await (is_there, &result);
  g_clear_object (&result);
  fixture_settle (f);
  hk_account_load_steps_async (f->account, change, NULL, on_answer, &result);
  await (is_there, &result);
  g_assert_null (hk_account_load_steps_finish (f->account, result, &error));
  g_assert_error (error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/history/a-change-tells-how-it-reached-the-lock",
                   test_a_change_tells_how_it_reached_the_lock);
  g_test_add_func ("/history/steps-tell-when", test_steps_tell_when);
  g_test_add_func ("/history/trouble-is-told-once-and-counted", test_trouble_is_told_once_and_counted);
  g_test_add_func ("/history/a-refusal-and-another-try-are-told", test_a_refusal_and_another_try_are_told);
  g_test_add_func ("/history/slow-read-backs-are-told", test_slow_read_backs_are_told);
  g_test_add_func ("/history/an-undone-change-says-so", test_an_undone_change_says_so);
  g_test_add_func ("/history/the-next-session-tells-of-the-last", test_the_next_session_tells_of_the_last);
  g_test_add_func ("/history/without-a-journal-that-is-said", test_without_a_journal_that_is_said);

  return g_test_run ();
}
