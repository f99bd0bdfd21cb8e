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

/* What is about to be sent, until it is known that somebody is there to show it. */
typedef struct
{
  GApplication *application;   /* (owned) */
  char *id;                    /* (owned) */
  GNotification *notification; /* (owned) */
} Letter;

static void
free_letter (Letter *letter)
{
  g_object_unref (letter->application);
  g_object_unref (letter->notification);
  g_free (letter->id);
  g_free (letter);
}

static void
on_pong (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Letter *letter = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_application_send_notification (letter->application, letter->id, letter->notification);
  else
    g_info ("Nothing can be told: %s", error->message);
  free_letter (letter);
}

/* GLib warns if nobody shows it, and a desktop without notifications is no fault. */
static void
send (GApplication *application, const char *id, GNotification *notification)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  GCancellable *cancellable;
  Letter *letter;

  if (bus == NULL)
    return;

  letter = g_new0 (Letter, 1);
  letter->application = g_object_ref (application);
  letter->id = g_strdup (id);
  letter->notification = g_object_ref (notification);
  cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (application), id, cancellable, g_object_unref);
  hk_notify_find_service (bus, cancellable, on_pong, letter);
}

static void
on_tell (GApplication *application, const char *id, const char *title, const char *body, const char *place)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show", "s", place);
  send (application, id, notification);
}

static void
on_withdraw (GApplication *application, const char *id)
{
  GCancellable *cancellable = g_object_get_data (G_OBJECT (application), id);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  if (g_application_get_dbus_connection (application) != NULL)
    g_application_withdraw_notification (application, id);
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
 * hk_notify_is_in_sandbox:
 *
 * Returns: whether the desktop is reached through portals alone, see flatpak-metadata(5)
 */
gboolean
hk_notify_is_in_sandbox (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * hk_notify_find_service:
 * @bus: the session bus
 * @callback: g_dbus_connection_call_finish() says, unless it fails, that somebody shows notifications
 */
void
hk_notify_find_service (GDBusConnection *bus, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  /* In a sandbox the portal passes them on, and the bus tells of nobody else. */
  const gboolean portal = hk_notify_is_in_sandbox ();

  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  g_dbus_connection_call (bus, portal ? "org.freedesktop.portal.Desktop" : "org.freedesktop.Notifications",
                          portal ? "/org/freedesktop/portal/desktop" : "/org/freedesktop/Notifications",
                          "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, cancellable,
                          callback, user_data);
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
  g_signal_connect_object (news, "withdraw", G_CALLBACK (on_withdraw), application, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (on_window_added), news, G_CONNECT_SWAPPED);

  return news;
}
