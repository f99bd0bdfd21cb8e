/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desktop/hk-news-words.h"
#include "hk-window-private.h"

/* What happens by itself while the window is open is also said, for those who do not see it. */

static void
say_all (HkWindow *self, HkNewsTopic topic, GPtrArray *changes)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  if (changes->len == 0)
    return;

  title = hk_news_words_title (topic, changes);
  body = hk_news_words_body (topic, changes, now);
  text = g_strdup_printf ("%s. %s", title, body);
  hk_announcer_say (self->announcer, text);
  g_ptr_array_set_size (changes, 0);
}

static gboolean
on_telling (gpointer user_data)
{
  HkWindow *self = HK_WINDOW (user_data);

  self->telling = 0;
  say_all (self, HK_NEWS_CONFIRMED, self->confirmed);
  say_all (self, HK_NEWS_FAILED, self->failed);

  return G_SOURCE_REMOVE;
}

static void
on_change_state (HkWindow *self, HkChange *change)
{
  const HkChangeState state = hk_change_get_state (change);

  if (state != HK_CHANGE_CONFIRMED && state != HK_CHANGE_FAILED)
    return;

  g_ptr_array_add (state == HK_CHANGE_FAILED ? self->failed : self->confirmed, g_object_ref (change));
  /* What happens together is said together. */
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_LOW, on_telling, self, NULL);
}

/**
 * hk_window_announce_changes:
 *
 * From now on, says what becomes of changes.
 */
void
hk_window_announce_changes (HkWindow *self)
{
  self->confirmed = g_ptr_array_new_with_free_func (g_object_unref);
  self->failed = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect_object (self->account, "change-state", G_CALLBACK (on_change_state), self, G_CONNECT_SWAPPED);
}

/**
 * hk_window_stop_announcing:
 *
 * Says nothing any more.
 */
void
hk_window_stop_announcing (HkWindow *self)
{
  g_signal_handlers_disconnect_by_func (self->account, on_change_state, self);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->confirmed, g_ptr_array_unref);
  g_clear_pointer (&self->failed, g_ptr_array_unref);
}
