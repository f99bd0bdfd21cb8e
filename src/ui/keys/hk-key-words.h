/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-key.h>

G_BEGIN_DECLS

/**
 * HkTone:
 * @HK_TONE_PLAIN: nothing to look at
 * @HK_TONE_BUSY: something is under way
 * @HK_TONE_WARNING: something may need the user
 * @HK_TONE_ERROR: something failed
 *
 * How loudly the state of a key is said.
 */
typedef enum
{
  HK_TONE_PLAIN,
  HK_TONE_BUSY,
  HK_TONE_WARNING,
  HK_TONE_ERROR,
} HkTone;

/* What the screen says of keys: plain text, never markup. */
HkTone hk_change_words_tone (HkChange *change);
char *hk_change_words_what (HkChange *change);
char *hk_key_words_title (HkKey *key);
char *hk_key_words_state (HkKey *key, GDateTime *now, HkTone *tone);
char *hk_key_words_line (HkKey *key, GDateTime *now, HkTone *tone);
char *hk_key_words_availability (HkKey *key, GDateTime *now);
const char *hk_key_words_icon (HkKey *key);
const char *hk_lock_words_icon (NukiLock *lock);

char *hk_words_moment (GDateTime *time, GTimeZone *zone, GDateTime *now);
char *hk_words_window (int start, int end);

G_END_DECLS
