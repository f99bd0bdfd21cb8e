/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HkTopicStep:
 * @HK_TOPIC_STEP_NONE: what the desktop shows is right
 * @HK_TOPIC_STEP_TELL: something is new: one notification about all there is now
 * @HK_TOPIC_STEP_WITHDRAW: what the notification says is not true any more
 */
typedef enum
{
  HK_TOPIC_STEP_NONE,
  HK_TOPIC_STEP_TELL,
  HK_TOPIC_STEP_WITHDRAW,
} HkTopicStep;

/* One kind of news: remembers what has been told of it, so that nothing is told twice. */
typedef struct _HkTopic HkTopic;

HkTopic *hk_topic_new (const char *const *told);
void hk_topic_free (HkTopic *self);
HkTopicStep hk_topic_update (HkTopic *self, GHashTable *current, gboolean wanted);
char **hk_topic_dup_told (HkTopic *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkTopic, hk_topic_free)

G_END_DECLS
