/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-notifications-group.h"

#include <glib/gi18n-lib.h>

#include "desktop/hk-notify.h"

struct _HkNotificationsGroup
{
  AdwPreferencesGroup parent_instance;

  GCancellable *cancellable; /* (owned): of the question who shows notifications */
  GtkSwitch *failed_switch;
  GtkSwitch *confirmed_switch;
  GtkSwitch *expiring_switch;
  GtkSwitch *lapsing_switch;
  GtkWidget *background_row;
  GtkSwitch *background_switch;
};

G_DEFINE_FINAL_TYPE (HkNotificationsGroup, hk_notifications_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
shows_as_on (GValue *value, GVariant *choice, gpointer user_data)
{
  const char *text = g_variant_get_string (choice, NULL);

  g_value_set_boolean (value, g_str_equal (text, "asked") || g_str_equal (text, "on"));

  return TRUE;
}

/* What becomes of it is for the desktop to say. */
static GVariant *
choose (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_string (g_value_get_boolean (value) ? "asked" : "off");
}

static gboolean
explain (GValue *value, GVariant *choice, gpointer user_data)
{
  g_value_set_string (value, g_str_equal (g_variant_get_string (choice, NULL), "refused")
                               ? _ ("The desktop does not allow it")
                               : _ ("Notifications also come while no window is open"));

  return TRUE;
}

static void
say_that_nobody_shows_any (HkNotificationsGroup *self)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("This desktop shows no notifications"));
}

static void
on_service_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_that_nobody_shows_any (HK_NOTIFICATIONS_GROUP (user_data));
}

static void
hk_notifications_group_dispose (GObject *object)
{
  HkNotificationsGroup *self = HK_NOTIFICATIONS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (hk_notifications_group_parent_class)->dispose (object);
}

static void
hk_notifications_group_class_init (HkNotificationsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_notifications_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/preferences/hk-notifications-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, failed_switch);
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, confirmed_switch);
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, expiring_switch);
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, lapsing_switch);
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, background_row);
  gtk_widget_class_bind_template_child (widget_class, HkNotificationsGroup, background_switch);
}

static void
hk_notifications_group_init (HkNotificationsGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_notifications_group_bind:
 * @settings: where the choices are kept
 */
void
hk_notifications_group_bind (HkNotificationsGroup *self, GSettings *settings)
{
  g_return_if_fail (HK_IS_NOTIFICATIONS_GROUP (self) && G_IS_SETTINGS (settings));

  g_settings_bind (settings, "notify-failed", self->failed_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-confirmed", self->confirmed_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-expiring", self->expiring_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notify-lapsing", self->lapsing_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (settings, "run-in-background", self->background_switch, "active",
                                G_SETTINGS_BIND_DEFAULT, shows_as_on, choose, NULL, NULL);
  g_settings_bind_with_mapping (settings, "run-in-background", self->background_row, "subtitle", G_SETTINGS_BIND_GET,
                                explain, NULL, NULL, NULL);
}

/**
 * hk_notifications_group_look_for_service:
 * @bus: (nullable): the session bus, if there is one
 *
 * Says so where nobody would show a notification.
 */
void
hk_notifications_group_look_for_service (HkNotificationsGroup *self, GDBusConnection *bus)
{
  g_return_if_fail (HK_IS_NOTIFICATIONS_GROUP (self));

  if (bus != NULL)
    hk_notify_find_service (bus, self->cancellable, on_service_found, self);
  else
    say_that_nobody_shows_any (self);
}
