/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a window can show, as a text that outlives it: "keys", "people", "lock/ID", "person/ID" or "key/ID", and the dialogs
 * "changes" and "invite". The window begins where the last one was left, and the desktop says by it where a notification or a
 * search result leads.
 */

#include "hk-window-private.h"
#include "keys/hk-keys-page.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"

/* Returns: (nullable): what follows the kind of thing in @place */
static const char *
get_id (const char *place, const char *kind)
{
  return g_str_has_prefix (place, kind) ? place + strlen (kind) : NULL;
}

static NukiLock *
find_lock (HkWindow *self, const char *id)
{
  gint64 lock_id;

  if (id == NULL || !g_ascii_string_to_signed (id, 10, G_MININT64, G_MAXINT64, &lock_id, NULL))
    return NULL;

  return hk_account_find_lock (self->account, lock_id);
}

static NukiUser *
find_person (HkWindow *self, const char *id)
{
  gint64 user_id;

  if (id == NULL || !g_ascii_string_to_signed (id, 10, 1, G_MAXINT, &user_id, NULL))
    return NULL;

  return hk_account_find_person (self->account, (int) user_id);
}

static HkKey *
find_key (HkWindow *self, const char *id)
{
  GListModel *keys = hk_account_get_keys (self->account);
  guint n_keys = id != NULL ? g_list_model_get_n_items (keys) : 0;

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      NukiKey *record = hk_key_get_record (key);

      /* The account has it, too. */
      if (record != NULL && g_strcmp0 (nuki_key_get_id (record), id) == 0)
        return key;
    }

  return NULL;
}

static gboolean
is_page (const char *place)
{
  return g_strcmp0 (place, "keys") == 0 || g_strcmp0 (place, "people") == 0 || g_strcmp0 (place, "changes") == 0
         || g_strcmp0 (place, "invite") == 0;
}

static gboolean
go_to (HkWindow *self, const char *place)
{
  NukiLock *lock = find_lock (self, get_id (place, "lock/"));
  NukiUser *person = find_person (self, get_id (place, "person/"));
  HkKey *key = find_key (self, get_id (place, "key/"));

  if (lock == NULL && key == NULL && person == NULL && !is_page (place))
    return FALSE;
  if (g_strcmp0 (place, "changes") == 0)
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.changes", NULL);
  if (g_strcmp0 (place, "invite") == 0)
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.invite", NULL);

  if (lock != NULL)
    hk_navigator_show_lock (self->navigator, lock);
  else
    hk_navigator_show_page (self->navigator, person != NULL || g_strcmp0 (place, "people") == 0 ? "people" : "keys");
  if (person != NULL)
    hk_navigator_open_person (self->navigator, person);
  else if (key != NULL)
    hk_navigator_open_key (self->navigator, key);
  hk_window_focus_page (self);

  return TRUE;
}

/**
 * hk_window_remember_place:
 *
 * Writes down which page of the sidebar is shown, for the next window.
 */
void
hk_window_remember_place (HkWindow *self)
{
  GtkWidget *base = hk_navigator_get_base_page (self->navigator);
  g_autoptr (NukiLock) lock = NULL;
  g_autofree char *place = NULL;

  /* The demo account is a new one each time. And what was remembered is still to be shown. */
  if (self->settings == NULL || self->demo || self->place != NULL)
    return;

  if (HK_IS_LOCK_PAGE (base))
    {
      g_object_get (base, "lock", &lock, NULL);
      place = g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (lock));
    }
  else
    {
      place = g_strdup (HK_IS_PEOPLE_PAGE (base) ? "people" : "keys");
    }
  g_settings_set_string (self->settings, "page", place);
}

/**
 * hk_window_go_on:
 *
 * Goes where the window was to go, if there are data now.
 */
void
hk_window_go_on (HkWindow *self)
{
  g_autofree char *place = NULL;

  if (self->place == NULL || hk_account_get_state (self->account) != HK_ACCOUNT_READY)
    return;

  place = g_steal_pointer (&self->place);
  /* It may well be gone by now. */
  if (!go_to (self, place))
    g_message ("There is no “%s” to show", place);
  hk_window_remember_place (self);
}

/**
 * hk_window_knows_place:
 * @place: a text from anywhere
 *
 * Returns: whether it could be a place of hk_window_show_place()
 */
gboolean
hk_window_knows_place (const char *place)
{
  static const char *const kinds[] = { "lock/", "person/", "key/" };

  g_return_val_if_fail (place != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (get_id (place, kinds[i]) != NULL)
      return TRUE;

  return is_page (place);
}

/**
 * hk_window_show_place:
 * @place: "keys", "people", "lock/ID", "person/ID", "key/ID", "changes" or "invite"
 *
 * Shows a page, a lock, a person or a key, or opens a dialog: now, or when there are data. If there is no such thing, the window stays where
 * it is.
 */
void
hk_window_show_place (HkWindow *self, const char *place)
{
  g_return_if_fail (HK_IS_WINDOW (self) && place != NULL);

  g_free (self->place);
  self->place = g_strdup (place);
  hk_split_view_set_show_content (self->split_view, TRUE);
  hk_window_go_on (self);
}

/**
 * hk_window_search:
 * @text: what to look for
 *
 * Looks for a text in all keys: now, or when there are data.
 */
void
hk_window_search (HkWindow *self, const char *text)
{
  g_return_if_fail (HK_IS_WINDOW (self) && text != NULL);

  hk_window_show_place (self, "keys");
  if (HK_IS_KEYS_PAGE (hk_navigator_get_base_page (self->navigator)))
    hk_keys_page_search (HK_KEYS_PAGE (hk_navigator_get_base_page (self->navigator)), text);
}
