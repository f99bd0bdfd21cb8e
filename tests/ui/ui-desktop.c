/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-desktop.h"

#include "ui-test.h"

#define APPLICATION "io.github.housekeys.Housekeys"
#define APPLICATION_PATH "/io/github/housekeys/Housekeys"

struct _UiDesktop
{
  GDBusConnection *bus;      /* (owned): not that of the application */
  GHashTable *notifications; /* (owned) (element-type utf8 GVariant): by their ids, as they came */
};

static const char introspection[] =
    "<node><interface name='org.gtk.Notifications'>"
    "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/></method>"
    "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
    "</interface></node>";

static void
on_notifications_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                       const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  UiDesktop *self = user_data;
  const char *application = NULL;
  const char *id = NULL;
  GVariant *notification = NULL;

  if (g_str_equal (method, "AddNotification"))
    {
      g_variant_get (parameters, "(&s&s@a{sv})", &application, &id, &notification);
      g_hash_table_replace (self->notifications, g_strdup (id), notification);
    }
  else
    {
      g_variant_get (parameters, "(&s&s)", &application, &id);
      g_hash_table_remove (self->notifications, id);
    }
  g_assert_cmpstr (application, ==, APPLICATION);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* Returns: (transfer full): what the bus itself answers */
static GVariant *
call_bus (UiDesktop *self, const char *method, GVariant *parameters)
{
  GVariant *answer;
  g_autoptr (GError) error = NULL;

  answer = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                        NULL, &error);
  g_assert_no_error (error);

  return answer;
}

static void
own (UiDesktop *self, const char *name)
{
  g_autoptr (GVariant) answer = call_bus (self, "RequestName", g_variant_new ("(su)", name, 0));
}

static void
offer (UiDesktop *self, const char *path, const char *xml, const GDBusInterfaceVTable *vtable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);

  g_assert_no_error (error);
  g_dbus_connection_register_object (self->bus, path, node->interfaces[0], vtable, self, NULL, &error);
  g_assert_no_error (error);
}

/**
 * ui_desktop_new:
 *
 * Returns: (transfer full): a desktop that shows notifications
 */
UiDesktop *
ui_desktop_new (void)
{
  static const GDBusInterfaceVTable notifications = { .method_call = on_notifications_call };
  UiDesktop *self = g_new0 (UiDesktop, 1);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  self->bus = g_dbus_connection_new_for_address_sync (address,
                                                      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                        | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                      NULL, NULL, &error);
  g_assert_no_error (error);
  self->notifications = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  offer (self, "/org/gtk/Notifications", introspection, &notifications);
  own (self, "org.gtk.Notifications");
  /* Shells that have one have the other, too. */
  own (self, "org.freedesktop.Notifications");

  return self;
}

void
ui_desktop_free (UiDesktop *self)
{
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  ui_settle ();
  g_object_unref (self->bus);
  g_hash_table_unref (self->notifications);
  g_free (self);
}

/**
 * ui_desktop_get_notification:
 * @body: (out) (optional): the rest of it
 *
 * Returns: (nullable): the title of a notification, if it is shown
 */
const char *
ui_desktop_get_notification (UiDesktop *self, const char *id, const char **body)
{
  GVariant *notification = g_hash_table_lookup (self->notifications, id);
  const char *title = NULL;

  if (notification == NULL)
    return NULL;

  g_assert_true (g_variant_lookup (notification, "title", "&s", &title));
  if (body != NULL)
    g_assert_true (g_variant_lookup (notification, "body", "&s", body));

  return title;
}

typedef struct
{
  GVariant *answer;
  GError *error;
  gboolean done;
} Call;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;

  call->answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &call->error);
  call->done = TRUE;
}

/**
 * ui_desktop_call:
 * @parameters: (nullable): floating
 *
 * Calls the application, which is started if it is known to the bus and does not run.
 *
 * Returns: (transfer full): what it answers
 */
GVariant *
ui_desktop_call (UiDesktop *self, const char *path, const char *interface, const char *method, GVariant *parameters)
{
  Call call = { NULL, NULL, FALSE };

  g_dbus_connection_call (self->bus, APPLICATION, path, interface, method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE,
                          UI_TEST_DEADLINE * 1000, NULL, on_answer, &call);
  ui_await (call.done);
  g_assert_no_error (call.error);

  return call.answer;
}

/**
 * ui_desktop_activate_action:
 * @action: without a prefix
 * @target: (nullable): floating
 *
 * Does what the desktop does when a quick action or a notification is chosen.
 */
void
ui_desktop_activate_action (UiDesktop *self, const char *action, GVariant *target)
{
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_autoptr (GVariant) answer = NULL;

  if (target != NULL)
    g_variant_builder_add (&targets, "v", target);
  answer = ui_desktop_call (self, APPLICATION_PATH, "org.freedesktop.Application", "ActivateAction",
                            g_variant_new ("(sava{sv})", action, &targets, NULL));
}

/**
 * ui_desktop_click:
 * @id: a notification that is shown
 */
void
ui_desktop_click (UiDesktop *self, const char *id)
{
  GVariant *notification = g_hash_table_lookup (self->notifications, id);
  g_autoptr (GVariant) target = NULL;
  const char *action = NULL;

  g_assert_nonnull (notification);
  g_assert_true (g_variant_lookup (notification, "default-action", "&s", &action));
  g_assert_true (g_str_has_prefix (action, "app."));
  target = g_variant_lookup_value (notification, "default-action-target", NULL);
  ui_desktop_activate_action (self, action + strlen ("app."), target);
}

/**
 * ui_desktop_is_running:
 *
 * Returns: whether the application is on the bus
 */
gboolean
ui_desktop_is_running (UiDesktop *self)
{
  g_autoptr (GVariant) answer = call_bus (self, "NameHasOwner", g_variant_new ("(s)", APPLICATION));
  gboolean running;

  g_variant_get (answer, "(b)", &running);

  return running;
}

/**
 * ui_desktop_reload:
 *
 * The bus looks anew for what it can start.
 */
void
ui_desktop_reload (UiDesktop *self)
{
  g_autoptr (GVariant) answer = call_bus (self, "ReloadConfig", NULL);
}
