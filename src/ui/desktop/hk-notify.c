/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-notify.h"

static gboolean
is_away (gpointer user_data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (gtk_window_is_active (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return FALSE;
    }

  return TRUE;
}

static void
on_tell (GApplication *application, const char *id, const char *title, const char *body, const char *place)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show", "s", place);
  g_application_send_notification (application, id, notification);
}

static void
on_notify_active (HkNews *news, GParamSpec *pspec, GtkWindow *window)
{
  if (gtk_window_is_active (window))
    hk_news_see (news);
}

static void
on_window_added (HkNews *news, GtkWindow *window)
{
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_notify_active), news, G_CONNECT_SWAPPED);
}

/**
 * hk_notify_about:
 * @application: sends the notifications; they activate its action "app.show" with a place of hk_window_show_place()
 * @account: what they are about
 * @settings: what the user wants to be told
 *
 * Returns: (transfer full): as long as it is there, the desktop is told
 */
HkNews *
hk_notify_about (GtkApplication *application, HkAccount *account, GSettings *settings)
{
  HkNews *news;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  news = hk_news_new (account, settings, is_away, NULL);
  g_signal_connect_object (news, "tell", G_CALLBACK (on_tell), application, G_CONNECT_SWAPPED);
  g_signal_connect_object (news, "withdraw", G_CALLBACK (g_application_withdraw_notification), application,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), news, G_CONNECT_SWAPPED);

  return news;
}
