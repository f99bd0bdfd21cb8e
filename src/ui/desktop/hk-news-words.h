/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

/**
 * HkNewsTopic:
 * @HK_NEWS_FAILED: changes that failed while nobody looked
 * @HK_NEWS_CONFIRMED: changes that were confirmed while nobody looked
 * @HK_NEWS_EXPIRING: keys whose last day is tomorrow
 * @HK_NEWS_LAPSING: invitations that lapse within hours and were not used
 */
typedef enum
{
  HK_NEWS_FAILED,
  HK_NEWS_CONFIRMED,
  HK_NEWS_EXPIRING,
  HK_NEWS_LAPSING,
} HkNewsTopic;

#define HK_N_NEWS (HK_NEWS_LAPSING + 1)

/* What a notification says, and where it leads. Never a code and nothing that the service wrote: others may look on. */
char *hk_news_words_title (HkNewsTopic topic, GPtrArray *things);
char *hk_news_words_body (HkNewsTopic topic, GPtrArray *things, GDateTime *now);
char *hk_news_words_place (HkNewsTopic topic, GPtrArray *things);

G_END_DECLS
