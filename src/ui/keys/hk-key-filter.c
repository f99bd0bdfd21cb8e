/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-filter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _HkKeyFilter
{
  GtkFilter parent_instance;

  HkAccount *account; /* (owned) (nullable) */
  HkKeyCategory category;
  char *search;       /* (owned): as typed */
  char **words;       /* (owned): of the search, folded */
  gboolean show_infrastructure;
  int user_id;        /* or 0 */
  gint64 lock_id;     /* or 0 */
  GDateTime *now;     /* (owned) (nullable): of this round of matching */
};

G_DEFINE_FINAL_TYPE (HkKeyFilter, hk_key_filter, GTK_TYPE_FILTER)

G_DEFINE_ENUM_TYPE (HkKeyCategory, hk_key_category,
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_OPEN_NOW, "open-now"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_UPCOMING, "upcoming"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_OFF, "off"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_CATEGORY_NEVER_USED, "never-used"))

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_CATEGORY,
  PROP_SEARCH,
  PROP_SHOW_INFRASTRUCTURE,
} Property;

static GParamSpec *properties[PROP_SHOW_INFRASTRUCTURE + 1];

static GtkFilterChange
compare_searches (const char *before, const char *after)
{
  if (g_str_has_prefix (after, before))
    return GTK_FILTER_CHANGE_MORE_STRICT;
  if (g_str_has_prefix (before, after))
    return GTK_FILTER_CHANGE_LESS_STRICT;

  return GTK_FILTER_CHANGE_DIFFERENT;
}

static void
set_search (HkKeyFilter *self, const char *search)
{
  g_autofree char *before = g_steal_pointer (&self->search);
  g_autofree char *folded = NULL;

  self->search = g_strdup (search != NULL ? search : "");
  if (strcmp (before, self->search) == 0)
    return;

  folded = hk_search_fold (self->search);
  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  gtk_filter_changed (GTK_FILTER (self), compare_searches (before, self->search));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

static void
set_category (HkKeyFilter *self, HkKeyCategory category)
{
  if (self->category == category)
    return;

  self->category = category;
  hk_key_filter_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CATEGORY]);
}

static void
set_show_infrastructure (HkKeyFilter *self, gboolean show)
{
  if (self->show_infrastructure == show)
    return;

  self->show_infrastructure = show;
  gtk_filter_changed (GTK_FILTER (self), show ? GTK_FILTER_CHANGE_LESS_STRICT : GTK_FILTER_CHANGE_MORE_STRICT);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_INFRASTRUCTURE]);
}

static GDateTime *
get_now (HkKeyFilter *self)
{
  if (self->now == NULL)
    self->now = self->account != NULL ? hk_clock_now (hk_account_get_clock (self->account))
                                      : g_date_time_new_now_utc ();

  return self->now;
}

static gboolean
is_in_category (HkKeyFilter *self, HkKey *key)
{
  switch (self->category)
    {
    case HK_KEY_CATEGORY_OPEN_NOW:
      return hk_key_get_availability (key, get_now (self)) == HK_KEY_OPENS_NOW;
    case HK_KEY_CATEGORY_UPCOMING:
      return hk_key_get_availability (key, get_now (self)) == HK_KEY_UPCOMING;
    case HK_KEY_CATEGORY_EXPIRED:
      return hk_key_get_availability (key, get_now (self)) == HK_KEY_EXPIRED;
    case HK_KEY_CATEGORY_OFF:
      return !hk_key_get_enabled (key);
    case HK_KEY_CATEGORY_NEVER_USED:
      return hk_key_get_never_used (key);
    case HK_KEY_CATEGORY_ALL:
    default:
      return TRUE;
    }
}

static gboolean
is_found (HkKeyFilter *self, HkKey *key)
{
  g_autofree char *kind = NULL;
  g_autofree char *haystack = NULL;
  NukiUser *person = hk_key_get_person (key);

  if (self->words[0] == NULL)
    return TRUE;

  kind = hk_key_dup_kind_text (key);
  haystack = g_strjoin ("\n", hk_key_get_name (key), hk_key_get_lock_name (key), kind != NULL ? kind : "",
                        person != NULL ? nuki_user_get_name (person) : "",
                        person != NULL ? nuki_user_get_email (person) : "", NULL);

  return hk_search_matches ((const char *const *) self->words, haystack);
}

static gboolean
hk_key_filter_match (GtkFilter *filter, gpointer item)
{
  HkKeyFilter *self = HK_KEY_FILTER (filter);
  HkKey *key = HK_KEY (item);
  NukiUser *person;

  if (self->lock_id != 0 && hk_key_get_lock_id (key) != self->lock_id)
    return FALSE;
  if (self->user_id != 0)
    {
      person = hk_key_get_person (key);
      if (person == NULL || nuki_user_get_id (person) != self->user_id)
        return FALSE;
    }
  if (hk_key_get_infrastructure (key) && (!self->show_infrastructure || self->category != HK_KEY_CATEGORY_ALL))
    return FALSE;

  return is_in_category (self, key) && is_found (self, key);
}

static void
hk_key_filter_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeyFilter *self = HK_KEY_FILTER (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CATEGORY:
      g_value_set_enum (value, self->category);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      g_value_set_boolean (value, self->show_infrastructure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_filter_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeyFilter *self = HK_KEY_FILTER (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      if (g_set_object (&self->account, g_value_get_object (value)))
        hk_key_filter_refresh (self);
      break;
    case PROP_CATEGORY:
      set_category (self, g_value_get_enum (value));
      break;
    case PROP_SEARCH:
      set_search (self, g_value_get_string (value));
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      set_show_infrastructure (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_filter_finalize (GObject *object)
{
  HkKeyFilter *self = HK_KEY_FILTER (object);

  g_clear_object (&self->account);
  g_free (self->search);
  g_strfreev (self->words);
  g_clear_pointer (&self->now, g_date_time_unref);

  G_OBJECT_CLASS (hk_key_filter_parent_class)->finalize (object);
}

static void
hk_key_filter_class_init (HkKeyFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_key_filter_get_property;
  object_class->set_property = hk_key_filter_set_property;
  object_class->finalize = hk_key_filter_finalize;
  GTK_FILTER_CLASS (klass)->match = hk_key_filter_match;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CATEGORY] = g_param_spec_enum ("category", NULL, NULL, HK_TYPE_KEY_CATEGORY,
                                                 HK_KEY_CATEGORY_ALL, flags);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[PROP_SHOW_INFRASTRUCTURE] = g_param_spec_boolean ("show-infrastructure", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_key_filter_init (HkKeyFilter *self)
{
  self->search = g_strdup ("");
  self->words = g_new0 (char *, 1);
}

/**
 * hk_key_filter_new:
 * @account: (nullable): whose clock tells the time
 *
 * Returns: (transfer full): a filter that lists all keys but those of devices
 */
HkKeyFilter *
hk_key_filter_new (HkAccount *account)
{
  return g_object_new (HK_TYPE_KEY_FILTER, "account", account, NULL);
}

/**
 * hk_key_filter_get_category:
 *
 * Returns: which keys are listed
 */
HkKeyCategory
hk_key_filter_get_category (HkKeyFilter *self)
{
  g_return_val_if_fail (HK_IS_KEY_FILTER (self), HK_KEY_CATEGORY_ALL);

  return self->category;
}

/**
 * hk_key_filter_get_search:
 *
 * Returns: what is searched for, as typed
 */
const char *
hk_key_filter_get_search (HkKeyFilter *self)
{
  g_return_val_if_fail (HK_IS_KEY_FILTER (self), NULL);

  return self->search;
}

/**
 * hk_key_filter_set_person:
 * @person: (nullable): whose keys are listed; %NULL for everybody's
 */
void
hk_key_filter_set_person (HkKeyFilter *self, NukiUser *person)
{
  g_return_if_fail (HK_IS_KEY_FILTER (self));

  self->user_id = person != NULL ? nuki_user_get_id (person) : 0;
  hk_key_filter_refresh (self);
}

/**
 * hk_key_filter_set_lock:
 * @lock: (nullable): the lock whose keys are listed; %NULL for all locks
 */
void
hk_key_filter_set_lock (HkKeyFilter *self, NukiLock *lock)
{
  g_return_if_fail (HK_IS_KEY_FILTER (self));

  self->lock_id = lock != NULL ? nuki_lock_get_id (lock) : 0;
  hk_key_filter_refresh (self);
}

/**
 * hk_key_filter_refresh:
 *
 * Looks at every key again, because the time or the keys have changed.
 */
void
hk_key_filter_refresh (HkKeyFilter *self)
{
  g_return_if_fail (HK_IS_KEY_FILTER (self));

  g_clear_pointer (&self->now, g_date_time_unref);
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * hk_search_fold:
 * @text: a text, UTF-8
 *
 * Returns: (transfer full): @text without what a search should not tell apart: case, accents and ways to encode them
 */
char *
hk_search_fold (const char *text)
{
  g_autofree char *normalized = NULL;
  g_autofree char *folded = NULL;
  GString *plain;

  g_return_val_if_fail (text != NULL, NULL);

  /* Most names are ASCII, and there can be very many. */
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);

  folded = g_utf8_casefold (text, -1);
  normalized = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  if (normalized == NULL)
    return g_steal_pointer (&folded);

  plain = g_string_sized_new (strlen (normalized));
  for (const char *c = normalized; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_type (g_utf8_get_char (c)) != G_UNICODE_NON_SPACING_MARK)
        g_string_append_len (plain, c, g_utf8_next_char (c) - c);
    }

  return g_string_free (plain, FALSE);
}

/**
 * hk_search_matches:
 * @words: what is looked for, folded
 * @haystack: a text, not folded
 *
 * Returns: whether every word is part of @haystack
 */
gboolean
hk_search_matches (const char *const *words, const char *haystack)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (words != NULL && haystack != NULL, FALSE);

  folded = hk_search_fold (haystack);
  for (; *words != NULL; words++)
    {
      if (strstr (folded, *words) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * hk_search_tell_found:
 * @page: a page in a window
 * @n_found: how many things are listed after a search
 * @text: @n_found in words, plain text
 *
 * Says to who does not see the page how much was found.
 *
 * Returns: whether it was said; not of a page that is not shown
 */
gboolean
hk_search_tell_found (GtkWidget *page, guint n_found, const char *text)
{
  g_return_val_if_fail (GTK_IS_WIDGET (page) && text != NULL, FALSE);

  return gtk_widget_get_mapped (page)
         && gtk_widget_activate_action (page, "win.announce", "s", n_found > 0 ? text : _ ("No Results Found"));
}
