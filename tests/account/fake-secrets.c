/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-secrets.h"

#include <string.h>

#define NAME "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define SESSION_PATH SERVICE_PATH "/session/1"
#define COLLECTION_PATH SERVICE_PATH "/collection/login"
#define ALIAS_PATH SERVICE_PATH "/aliases/default"
#define ITEM_PATH COLLECTION_PATH "/1"
#define PROMPT_PATH SERVICE_PATH "/prompt/1"
#define NO_PATH "/"

/* The part of https://specifications.freedesktop.org/secret-service-spec that an application needs. */
static const char introspection[] =
    "<node>"
    " <interface name='org.freedesktop.Secret.Service'>"
    "  <method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "   <arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "  <method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "   <arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "  <method name='Unlock'><arg type='ao' direction='in'/>"
    "   <arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
    "  <method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "   <arg type='a{o(oayays)}' direction='out'/></method>"
    "  <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
    "  <property name='Collections' type='ao' access='read'/>"
    " </interface>"
    " <interface name='org.freedesktop.Secret.Collection'>"
    "  <method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/>"
    "   <arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "  <property name='Items' type='ao' access='read'/>"
    "  <property name='Label' type='s' access='read'/>"
    "  <property name='Locked' type='b' access='read'/>"
    "  <property name='Created' type='t' access='read'/>"
    "  <property name='Modified' type='t' access='read'/>"
    " </interface>"
    " <interface name='org.freedesktop.Secret.Item'>"
    "  <method name='Delete'><arg type='o' direction='out'/></method>"
    "  <method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/></method>"
    "  <property name='Locked' type='b' access='read'/>"
    "  <property name='Attributes' type='a{ss}' access='read'/>"
    "  <property name='Label' type='s' access='read'/>"
    "  <property name='Created' type='t' access='read'/>"
    "  <property name='Modified' type='t' access='read'/>"
    " </interface>"
    " <interface name='org.freedesktop.Secret.Prompt'>"
    "  <method name='Prompt'><arg type='s' direction='in'/></method>"
    "  <method name='Dismiss'/>"
    "  <signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
    " </interface>"
    "</node>";

struct _FakeSecrets
{
  GDBusNodeInfo *info;
  GDBusConnection *bus;
  GVariant *attributes;
  char *secret;
  char *method;
  FakeTrouble trouble;
  gboolean met;
  GPtrArray *unanswered;
};

static gboolean
is_locked (FakeSecrets *self)
{
  return self->trouble == FAKE_TROUBLE_DISMISSED;
}

static GVariant *
make_secret (FakeSecrets *self)
{
  return g_variant_new ("(o@ay@ays)", SESSION_PATH, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->secret, strlen (self->secret), 1),
                        "text/plain");
}

static GVariant *
make_paths (const char *path)
{
  return g_variant_new_objv (&path, path != NULL ? 1 : 0);
}

static GVariant *
search_items (FakeSecrets *self)
{
  const char *path = self->secret != NULL ? ITEM_PATH : NULL;

  return g_variant_new ("(@ao@ao)", make_paths (is_locked (self) ? NULL : path), make_paths (is_locked (self) ? path : NULL));
}

static GVariant *
get_secrets (FakeSecrets *self)
{
  GVariantBuilder secrets;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  if (self->secret != NULL)
    g_variant_builder_add (&secrets, "{o@(oayays)}", ITEM_PATH, make_secret (self));

  return g_variant_new ("(a{o(oayays)})", &secrets);
}

static GVariant *
create_item (FakeSecrets *self, GVariant *parameters)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  gsize length;
  const char *text = g_variant_get_fixed_array (value, &length, 1);

  g_clear_pointer (&self->attributes, g_variant_unref);
  self->attributes = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes",
                                             G_VARIANT_TYPE ("a{ss}"));
  g_free (self->secret);
  self->secret = g_strndup (text, length);

  return g_variant_new ("(oo)", ITEM_PATH, NO_PATH);
}

static GVariant *
unlock (FakeSecrets *self, GVariant *parameters)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);

  if (is_locked (self))
    return g_variant_new ("(@aoo)", make_paths (NULL), PROMPT_PATH);

  return g_variant_new ("(@aoo)", paths, NO_PATH);
}

/* Returns: (nullable): what a call leads to that meets no trouble; %NULL if there is nothing to say */
static GVariant *
answer (FakeSecrets *self, const char *method, GVariant *parameters)
{
  if (g_str_equal (method, "OpenSession"))
    return g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH);
  if (g_str_equal (method, "SearchItems"))
    return search_items (self);
  if (g_str_equal (method, "Unlock"))
    return unlock (self, parameters);
  if (g_str_equal (method, "GetSecrets"))
    return get_secrets (self);
  if (g_str_equal (method, "GetSecret"))
    return g_variant_new ("(@(oayays))", make_secret (self));
  if (g_str_equal (method, "ReadAlias"))
    return g_variant_new ("(o)", COLLECTION_PATH);
  if (g_str_equal (method, "CreateItem"))
    return create_item (self, parameters);
  if (g_str_equal (method, "Delete"))
    {
      g_clear_pointer (&self->secret, g_free);
      return g_variant_new ("(o)", NO_PATH);
    }

  return NULL;
}

static void
leave_bus (FakeSecrets *self)
{
  if (self->bus == NULL)
    return;

  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
}

static void
on_leave (gpointer user_data)
{
  leave_bus (user_data);
}

static void
make_trouble (FakeSecrets *self, GDBusMethodInvocation *call)
{
  static const char *const errors[] = {
    [FAKE_TROUBLE_DENIED] = "org.freedesktop.DBus.Error.AccessDenied",
    [FAKE_TROUBLE_LOCKED] = "org.freedesktop.Secret.Error.IsLocked",
    [FAKE_TROUBLE_NO_OBJECT] = "org.freedesktop.Secret.Error.NoSuchObject",
  };

  self->met = TRUE;
  if (self->trouble < G_N_ELEMENTS (errors))
    {
      g_dbus_method_invocation_return_dbus_error (call, errors[self->trouble], "No");
      return;
    }

  g_ptr_array_add (self->unanswered, g_object_ref (call));
  if (self->trouble == FAKE_TROUBLE_VANISHES)
    g_idle_add_once (on_leave, self);
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *call,
         gpointer user_data)
{
  FakeSecrets *self = user_data;
  const char *algorithm = NULL;

  if (g_str_equal (method, "OpenSession"))
    g_variant_get (parameters, "(&sv)", &algorithm, NULL);

  if (algorithm != NULL && !g_str_equal (algorithm, "plain"))
    {
      g_dbus_method_invocation_return_dbus_error (call, "org.freedesktop.DBus.Error.NotSupported", "Only plain");
    }
  else if (g_str_equal (method, "Prompt"))
    {
      self->met = TRUE;
      g_dbus_method_invocation_return_value (call, NULL);
      g_dbus_connection_emit_signal (bus, NULL, PROMPT_PATH, "org.freedesktop.Secret.Prompt", "Completed",
                                     g_variant_new ("(bv)", TRUE, make_paths (NULL)), NULL);
    }
  else if (self->trouble != FAKE_TROUBLE_DISMISSED && self->method != NULL && g_pattern_match_simple (self->method, method))
    {
      make_trouble (self, call);
    }
  else
    {
      g_dbus_method_invocation_return_value (call, answer (self, method, parameters));
    }
}

static GVariant *
on_get (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer user_data)
{
  FakeSecrets *self = user_data;

  if (g_str_equal (property, "Collections"))
    return make_paths (COLLECTION_PATH);
  if (g_str_equal (property, "Items"))
    return make_paths (self->secret != NULL ? ITEM_PATH : NULL);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (is_locked (self));
  if (g_str_equal (property, "Attributes"))
    return g_variant_ref (self->attributes);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Something");

  return g_variant_new_uint64 (0);
}

static void
offer (FakeSecrets *self, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call, .get_property = on_get };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->bus, path, g_dbus_node_info_lookup_interface (self->info, interface), &table,
                                     self, NULL, &error);
  g_assert_no_error (error);
}

FakeSecrets *
fake_secrets_new (void)
{
  FakeSecrets *self = g_new0 (FakeSecrets, 1);
  g_autoptr (GError) error = NULL;

  self->info = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  self->unanswered = g_ptr_array_new_with_free_func (g_object_unref);
  fake_secrets_return (self);

  return self;
}

void
fake_secrets_free (FakeSecrets *self)
{
  leave_bus (self);
  g_ptr_array_unref (self->unanswered);
  g_dbus_node_info_unref (self->info);
  g_clear_pointer (&self->attributes, g_variant_unref);
  g_free (self->secret);
  g_free (self->method);
  g_free (self);
}

/* It is on the bus again, with what it had. */
void
fake_secrets_return (FakeSecrets *self)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  leave_bus (self);
  self->bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  offer (self, SERVICE_PATH, "org.freedesktop.Secret.Service");
  offer (self, COLLECTION_PATH, "org.freedesktop.Secret.Collection");
  offer (self, ALIAS_PATH, "org.freedesktop.Secret.Collection");
  offer (self, ITEM_PATH, "org.freedesktop.Secret.Item");
  offer (self, PROMPT_PATH, "org.freedesktop.Secret.Prompt");
  owned = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", NAME, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                       NULL, &error);
  g_assert_no_error (error);
}

/* @method: (nullable): the calls that meet it, with * and ? as wildcards; a question is asked wherever something is locked */
void
fake_secrets_set_trouble (FakeSecrets *self, const char *method, FakeTrouble trouble)
{
  g_free (self->method);
  self->method = g_strdup (method);
  self->trouble = trouble;
  self->met = FALSE;
}

const char *
fake_secrets_get_secret (FakeSecrets *self)
{
  return self->secret;
}

/* Returns: whether a call met the trouble since it was set */
gboolean
fake_secrets_has_met_trouble (FakeSecrets *self)
{
  return self->met;
}
