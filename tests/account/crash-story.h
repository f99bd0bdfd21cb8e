/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>
#include <nuki-simulator.h>

G_BEGIN_DECLS

/*
 * CrashStory:
 * @name: how a child is told of it
 * @prepare: (nullable): what the service does that nobody asked it to
 * @ask: what the user asks for
 * @judge: counts what the service lacks in the end, and what it has too often
 * @may_fail: it is right that something of it has failed in the end
 * @n_alike: from this step on they are much alike, and not each of them is tried; or 0
 *
 * Something that a process may be killed in the middle of.
 */
typedef struct
{
  const char *name;
  void (*prepare) (NukiSimulator *simulator);
  void (*ask) (HkAccount *account);
  void (*judge) (JsonNode *dump, guint *n_lost, guint *n_doubled);
  gboolean may_fail;
  guint n_alike;
} CrashStory;

const CrashStory *crash_story_get_all (gsize *n_stories);
const CrashStory *crash_story_find (const char *name);

void crash_story_bring_lock_back (NukiSimulator *simulator);

G_END_DECLS
