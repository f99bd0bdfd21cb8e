/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>
#include <hk-account.h>

G_BEGIN_DECLS

/**
 * HkKeyCategory:
 * @HK_KEY_CATEGORY_ALL: every key
 * @HK_KEY_CATEGORY_OPEN_NOW: would open its lock at this moment
 * @HK_KEY_CATEGORY_UPCOMING: its from date is still to come
 * @HK_KEY_CATEGORY_EXPIRED: its until date has passed
 * @HK_KEY_CATEGORY_OFF: is switched off
 * @HK_KEY_CATEGORY_NEVER_USED: has never opened its lock
 */
typedef enum
{
  HK_KEY_CATEGORY_ALL,
  HK_KEY_CATEGORY_OPEN_NOW,
  HK_KEY_CATEGORY_UPCOMING,
  HK_KEY_CATEGORY_EXPIRED,
  HK_KEY_CATEGORY_OFF,
  HK_KEY_CATEGORY_NEVER_USED,
} HkKeyCategory;

#define HK_TYPE_KEY_CATEGORY (hk_key_category_get_type ())
GType hk_key_category_get_type (void);

#define HK_TYPE_KEY_FILTER (hk_key_filter_get_type ())

/*
 * Which keys are listed: those of a category whose words are typed in the search, and, if asked, only those of one
 * person or one lock. Devices are left out unless `show-infrastructure` is set. Whether a key matches depends on the
 * time: the owner sets `account`, whose clock tells it, and calls hk_key_filter_refresh() when time or data moved on.
 */
G_DECLARE_FINAL_TYPE (HkKeyFilter, hk_key_filter, HK, KEY_FILTER, GtkFilter)

HkKeyFilter *hk_key_filter_new (HkAccount *account);
HkKeyCategory hk_key_filter_get_category (HkKeyFilter *self);
const char *hk_key_filter_get_search (HkKeyFilter *self);
void hk_key_filter_set_person (HkKeyFilter *self, NukiUser *person);
void hk_key_filter_set_lock (HkKeyFilter *self, NukiLock *lock);
void hk_key_filter_refresh (HkKeyFilter *self);

char *hk_search_fold (const char *text);
gboolean hk_search_matches (const char *const *words, const char *haystack);
gboolean hk_search_tell_found (GtkWidget *page, guint n_found, const char *text);

G_END_DECLS
