/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-change-step.h"

static void
repeat (HkChangeStep *self, GDateTime *time)
{
  self->count++;
  g_date_time_unref (self->last);
  self->last = g_date_time_ref (time);
}

/* Returns: (nullable): the step that is @n places before the end */
static HkChangeStep *
get_last (GPtrArray *steps, guint n)
{
  return steps->len > n ? g_ptr_array_index (steps, steps->len - 1 - n) : NULL;
}

static gboolean
is_same (HkChangeStep *self, HkChangeStepKind kind, const char *text)
{
  return self != NULL && self->kind == kind && g_strcmp0 (self->text, text) == 0;
}

/**
 * hk_change_step_new:
 * @text: (nullable): a sentence that says what or why
 *
 * Returns: (transfer full): something that happened once
 */
HkChangeStep *
hk_change_step_new (HkChangeStepKind kind, GDateTime *time, const char *text)
{
  HkChangeStep *self;

  g_return_val_if_fail (time != NULL, NULL);

  self = g_new0 (HkChangeStep, 1);
  self->kind = kind;
  self->text = g_strdup (text);
  self->first = g_date_time_ref (time);
  self->last = g_date_time_ref (time);
  self->count = 1;

  return self;
}

void
hk_change_step_free (HkChangeStep *self)
{
  g_free (self->text);
  g_date_time_unref (self->first);
  g_date_time_unref (self->last);
  g_free (self);
}

/**
 * hk_change_steps_add:
 * @steps: (element-type HkChangeStep): what happened before
 * @text: (nullable): a sentence that says what or why
 *
 * Adds what happened next. What happens again and again is one step that is counted; so is sending it again
 * and again with the same trouble.
 */
void
hk_change_steps_add (GPtrArray *steps, HkChangeStepKind kind, GDateTime *time, const char *text)
{
  g_return_if_fail (steps != NULL && time != NULL);

  if (kind == HK_CHANGE_STEP_HELD_UP && is_same (get_last (steps, 0), HK_CHANGE_STEP_SENT, NULL) &&
      is_same (get_last (steps, 1), kind, text))
    g_ptr_array_set_size (steps, (int) steps->len - 1);

  if (is_same (get_last (steps, 0), kind, text))
    repeat (get_last (steps, 0), time);
  else
    g_ptr_array_add (steps, hk_change_step_new (kind, time, text));
}
