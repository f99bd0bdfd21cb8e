/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-news-words.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "keys/hk-key-words.h"

#define MAX_NAMES 3

static const char *
get_name (gpointer thing)
{
  return HK_IS_KEY (thing) ? hk_key_get_name (thing) : hk_change_get_name (thing);
}

static int
compare_names (gconstpointer left, gconstpointer right)
{
  return g_utf8_collate (get_name (*(gpointer *) left), get_name (*(gpointer *) right));
}

static gpointer
copy_reference (gconstpointer thing, gpointer user_data)
{
  return g_object_ref ((gpointer) thing);
}

/* “Anna, Ben, Carla…” */
static char *
list_names (GPtrArray *things)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (things, copy_reference, NULL);
  GString *names = g_string_new (NULL);
  const char *last = NULL;
  guint n_names = 0;

  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *name = get_name (g_ptr_array_index (sorted, i));
      g_autofree char *item = nuki_text_printf ("%s", name);

      if (g_strcmp0 (name, last) == 0)
        continue;
      if (++n_names > MAX_NAMES)
        {
          g_string_append (names, "…");
          break;
        }
      /* TRANSLATORS: between the items of a list */
      g_string_append (names, last != NULL ? _ (", ") : "");
      g_string_append (names, item);
      last = name;
    }

  return g_string_free (names, FALSE);
}

static char *
describe_change (HkChange *change)
{
  g_autofree char *what = hk_change_words_what (change);
  NukiLock *lock = hk_change_get_lock (change);

  if (lock == NULL || hk_change_get_kind (change) == HK_CHANGE_UPDATE_LOCK)
    return g_steal_pointer (&what);

  /* Translators: what was asked, and the name of a lock. */
  return nuki_text_printf (C_ ("notification", "%s · %s"), what, nuki_lock_get_name (lock));
}

static char *
describe_end (HkKey *key, GDateTime *now)
{
  g_autofree char *when = hk_key_dup_when (key, now);

  /* Translators: the name of a lock, and when a key may be used. */
  return nuki_text_printf (C_ ("notification", "%s · %s"), hk_key_get_lock_name (key), when);
}

/* The service does not say whether an invitation was accepted. */
static char *
describe_lapse (HkKey *key, GDateTime *now)
{
  GDateTime *created = nuki_key_get_created (hk_key_get_record (key));
  g_autoptr (GDateTime) lapses = g_date_time_add_hours (created, HK_INVITATION_HOURS);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *moment = hk_words_moment (lapses, zone, now);

  /* Translators: the name of a lock, and a day and a time. */
  return nuki_text_printf (_ ("%s · Not used yet. Unless it was accepted, it expires %s."), hk_key_get_lock_name (key), moment);
}

/**
 * hk_news_words_title:
 * @things: (element-type GObject): the changes or keys that it is about, at least one
 *
 * Returns: (transfer full): what has happened
 */
char *
hk_news_words_title (HkNewsTopic topic, GPtrArray *things)
{
  const char *name = get_name (g_ptr_array_index (things, 0));
  const guint n = things->len;

  switch (topic)
    {
    case HK_NEWS_FAILED:
      return g_strdup_printf (ngettext ("%u change failed", "%u changes failed", n), n);
    case HK_NEWS_CONFIRMED:
      return g_strdup_printf (ngettext ("%u change confirmed", "%u changes confirmed", n), n);
    case HK_NEWS_EXPIRING:
      if (n == 1)
        /* Translators: the name of a key, which is mostly that of a person; so it is in the next ones. */
        return nuki_text_printf (_ ("The key of %s expires tomorrow"), name);
      return g_strdup_printf (ngettext ("%u key expires tomorrow", "%u keys expire tomorrow", n), n);
    case HK_NEWS_LAPSING:
    default:
      if (n == 1)
        /* Translators: the name of a key. */
        return nuki_text_printf (_ ("The invitation for %s is about to expire"), name);
      return g_strdup_printf (ngettext ("%u invitation is about to expire", "%u invitations are about to expire", n), n);
    }
}

/**
 * hk_news_words_body:
 * @things: (element-type GObject): the changes or keys that it is about, at least one
 * @now: the time
 *
 * Returns: (transfer full): more of it
 */
char *
hk_news_words_body (HkNewsTopic topic, GPtrArray *things, GDateTime *now)
{
  gpointer first = g_ptr_array_index (things, 0);

  if (things->len > 1)
    return list_names (things);

  switch (topic)
    {
    case HK_NEWS_EXPIRING:
      return describe_end (first, now);
    case HK_NEWS_LAPSING:
      return describe_lapse (first, now);
    case HK_NEWS_FAILED:
    case HK_NEWS_CONFIRMED:
    default:
      return describe_change (first);
    }
}

static char *
find_change_place (HkChange *change)
{
  const HkChangeKind kind = hk_change_get_kind (change);

  if (kind == HK_CHANGE_UPDATE_LOCK)
    return g_strdup_printf ("lock/%" G_GINT64_FORMAT, hk_change_get_lock_id (change));
  if (kind == HK_CHANGE_UPDATE_PERSON)
    return g_strdup_printf ("person/%d", hk_change_get_user_id (change));
  if (kind == HK_CHANGE_DELETE_PERSON)
    return g_strdup ("people");
  if (hk_change_get_key_id (change) == NULL || kind == HK_CHANGE_DELETE_KEY)
    return g_strdup ("keys");

  return g_strconcat ("key/", hk_change_get_key_id (change), NULL);
}

/**
 * hk_news_words_place:
 * @things: (element-type GObject): the changes or keys that it is about, at least one
 *
 * Returns: (transfer full): where a click leads, for hk_window_show_place()
 */
char *
hk_news_words_place (HkNewsTopic topic, GPtrArray *things)
{
  gpointer first = g_ptr_array_index (things, 0);

  /* There it can be tried again. */
  if (topic == HK_NEWS_FAILED)
    return g_strdup ("changes");
  if (things->len > 1)
    return g_strdup ("keys");
  if (topic == HK_NEWS_CONFIRMED)
    return find_change_place (first);

  return g_strconcat ("key/", nuki_key_get_id (hk_key_get_record (first)), NULL);
}
