/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HkChangeStepKind:
 * @HK_CHANGE_STEP_AMENDED: the user asked for something else before it was sent
 * @HK_CHANGE_STEP_RETRIED: the user had it tried again
 * @HK_CHANGE_STEP_SENT: it was sent to the service
 * @HK_CHANGE_STEP_HELD_UP: something was in its way; the text says what
 * @HK_CHANGE_STEP_ACCEPTED: the service has queued it
 * @HK_CHANGE_STEP_LOOKED_UP: a read-back did not show it yet
 * @HK_CHANGE_STEP_NOT_CONFIRMED: ten minutes of read-backs did not show it
 * @HK_CHANGE_STEP_CONFIRMED: a read-back shows it on the lock
 * @HK_CHANGE_STEP_FAILED: it will not happen by itself; the text says why
 * @HK_CHANGE_STEP_DISCARDED: undone or given up
 */
typedef enum
{
  HK_CHANGE_STEP_AMENDED,
  HK_CHANGE_STEP_RETRIED,
  HK_CHANGE_STEP_SENT,
  HK_CHANGE_STEP_HELD_UP,
  HK_CHANGE_STEP_ACCEPTED,
  HK_CHANGE_STEP_LOOKED_UP,
  HK_CHANGE_STEP_NOT_CONFIRMED,
  HK_CHANGE_STEP_CONFIRMED,
  HK_CHANGE_STEP_FAILED,
  HK_CHANGE_STEP_DISCARDED,
} HkChangeStepKind;

/**
 * HkChangeStep:
 * @kind: what happened
 * @text: (owned) (nullable): a sentence that says what or why
 * @first: (owned): when
 * @last: (owned): when it happened last, if it did so more than once in a row
 * @count: how often in a row
 *
 * Something that happened to a change on its way to the lock.
 */
typedef struct
{
  HkChangeStepKind kind;
  char *text;
  GDateTime *first;
  GDateTime *last;
  guint count;
} HkChangeStep;

HkChangeStep *hk_change_step_new (HkChangeStepKind kind, GDateTime *time, const char *text);
void hk_change_step_free (HkChangeStep *self);
void hk_change_steps_add (GPtrArray *steps, HkChangeStepKind kind, GDateTime *time, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkChangeStep, hk_change_step_free)

G_END_DECLS
