/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

/* What is done with several keys at once. */
typedef enum
{
  HK_JOB_SWITCH_ON,
  HK_JOB_SWITCH_OFF,
  HK_JOB_DELETE,
  HK_N_JOBS,
} HkJob;

/*
 * HkSelected:
 * @can: with how many each can be done
 * @devices: how many belong to a device
 * @asking: how many wait for the user's answer, as somebody else has changed them, too
 * @unmade: how many are still being made
 * @gone: how many can only be deleted, as the service does not have them any more
 * @unlisted: how many are not listed now
 */
typedef struct
{
  guint can[HK_N_JOBS];
  guint devices;
  guint asking;
  guint unmade;
  guint gone;
  guint unlisted;
} HkSelected;

gboolean hk_job_can (HkJob job, HkKey *key);
void hk_selected_count (HkSelected *selected, GPtrArray *keys);
char *hk_selection_words_obstacles (const HkSelected *selected);
char *hk_selection_words_end (HkJob job, GPtrArray *changes, gboolean *trouble);

G_END_DECLS
