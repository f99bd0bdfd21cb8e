/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-background.h"

#include <glib/gi18n-lib.h>

#include "hk-notify.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

#define KEY "run-in-background"

/*
 * Whether the application stays without a window: only if the user wants it and the desktop allows it. The setting says
 * what was chosen and what came of it, so that the preferences show both. Owned by the application.
 */
struct _HkBackground
{
  GObject parent_instance;

  GApplication *application; /* (unowned) */
  GSettings *settings;       /* (owned) */
  HkAccount *account;        /* (owned) (nullable): what there is to tell of, while the application stays for it */
  GDBusConnection *bus;      /* (owned) (nullable): while the portal is being asked */
  GCancellable *cancellable; /* (owned) (nullable): while it is being called */
  guint response;            /* the subscription to what it answers */
  gboolean allowed;
};

G_DEFINE_FINAL_TYPE (HkBackground, hk_background, G_TYPE_OBJECT)

static void
stop_asking (HkBackground *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->response != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response);
  self->response = 0;
  g_clear_object (&self->bus);
}

static void
conclude (HkBackground *self, gboolean allowed)
{
  stop_asking (self);
  self->allowed = allowed;
  g_settings_set_string (self->settings, KEY, allowed ? "on" : "refused");
}

/* Outside a sandbox nobody has to be asked. */
static void
do_without_portal (HkBackground *self)
{
  conclude (self, !hk_notify_is_in_sandbox ());
}

static void
on_response (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
             GVariant *parameters, gpointer user_data)
{
  g_autoptr (GVariant) results = NULL;
  gboolean background = FALSE;
  guint32 trouble;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get (parameters, "(u@a{sv})", &trouble, &results);
  g_variant_lookup (results, "background", "b", &background);
  conclude (HK_BACKGROUND (user_data), trouble == 0 && background);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_info ("The desktop cannot be asked whether to stay in the background: %s", error->message);
  do_without_portal (HK_BACKGROUND (user_data));
}

/* Asks https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Background.html, which asks the user or
 * remembers what the user said. */
static void
ask (HkBackground *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (self->application);
  g_autofree char *token = g_strdup_printf ("housekeys%u", g_random_int ());
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;
  GVariantBuilder options;

  if (bus == NULL)
    {
      do_without_portal (self);
      return;
    }

  /* Where the answer will come from is known before, so that it cannot come too early. */
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  self->bus = g_object_ref (bus);
  self->response = g_dbus_connection_signal_subscribe (bus, PORTAL, "org.freedesktop.portal.Request", "Response", path,
                                                       NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response, self,
                                                       NULL);
  self->cancellable = g_cancellable_new ();

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Notifications also come while no window is open")));
  g_dbus_connection_call (bus, PORTAL, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_asked, self);
}

static void
update (HkBackground *self)
{
  g_autofree char *choice = g_settings_get_string (self->settings, KEY);

  if (g_str_equal (choice, "asked") || g_str_equal (choice, "on"))
    {
      if (!self->allowed && self->response == 0)
        ask (self);
      return;
    }

  stop_asking (self);
  self->allowed = FALSE;
  hk_background_leave (self);
}

static void
hk_background_dispose (GObject *object)
{
  HkBackground *self = HK_BACKGROUND (object);

  stop_asking (self);
  hk_background_leave (self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hk_background_parent_class)->dispose (object);
}

static void
hk_background_class_init (HkBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hk_background_dispose;
}

static void
hk_background_init (HkBackground *self)
{
}

/**
 * hk_background_new:
 * @application: stays; has to outlive what is returned
 * @settings: whether the user wants it to
 *
 * Asks the desktop whether @application may stay, whenever that is wanted.
 *
 * Returns: (transfer full): what keeps it running without a window
 */
HkBackground *
hk_background_new (GApplication *application, GSettings *settings)
{
  HkBackground *self;

  g_return_val_if_fail (G_IS_APPLICATION (application) && G_IS_SETTINGS (settings), NULL);

  self = g_object_new (HK_TYPE_BACKGROUND, NULL);
  self->application = application;
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::" KEY, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * hk_background_stay:
 * @account: is kept up to date meanwhile
 *
 * Keeps the application running, now that its last window was closed, until hk_background_leave(), if it may.
 */
void
hk_background_stay (HkBackground *self, HkAccount *account)
{
  g_return_if_fail (HK_IS_BACKGROUND (self) && HK_IS_ACCOUNT (account));

  if (!self->allowed || self->account != NULL)
    return;

  self->account = g_object_ref (account);
  g_application_hold (self->application);
  hk_account_set_polling (account, TRUE);
}

/**
 * hk_background_leave:
 *
 * Lets the application end when it has no window.
 */
void
hk_background_leave (HkBackground *self)
{
  g_return_if_fail (HK_IS_BACKGROUND (self));

  if (self->account == NULL)
    return;

  g_clear_object (&self->account);
  g_application_release (self->application);
}
