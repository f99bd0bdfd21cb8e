/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_NEWS (hk_news_get_type ())

/*
 * Decides what of an account the desktop tells its user, and when. Emits `tell` with an id, a title, a body and where it
 * leads; the same id again takes the place of what was told before. Emits `withdraw` with the id when that is not true any
 * more. The application owns one and hands on what it says.
 */
G_DECLARE_FINAL_TYPE (HkNews, hk_news, HK, NEWS, GObject)

/**
 * HkAwayFunc:
 *
 * Returns: whether the user does not look at the application now
 */
typedef gboolean (*HkAwayFunc) (gpointer user_data);

HkNews *hk_news_new (HkAccount *account, GSettings *settings, HkAwayFunc is_away, gpointer user_data);
void hk_news_see (HkNews *self);

G_END_DECLS
