/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-search-provider.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-search.h"

/* What was found is remembered by its id, as long as the shell may come back to it. */
#define MAX_REMEMBERED 1000

/* Data older than this are renewed for a search, in seconds. */
#define FRESH_SECONDS 60

struct _HkSearchProvider
{
  GObject parent_instance;

  GApplication *application; /* (unowned): owns this, and is held while a search runs */
  HkSearchAccountFunc get_account;
  gpointer user_data;
  GHashTable *things;        /* (owned) (element-type utf8 GObject): what was found, by its place */
  GCancellable *cancellable; /* (owned): of the last search */
  guint id;                  /* of the object on the bus */
};

G_DEFINE_FINAL_TYPE (HkSearchProvider, hk_search_provider, G_TYPE_OBJECT)

enum
{
  ACTIVATE,
  LAUNCH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char introspection[] =
    "<node><interface name='org.gnome.Shell.SearchProvider2'>"
    "<method name='GetInitialResultSet'>"
    "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
    "<method name='GetSubsearchResultSet'>"
    "<arg type='as' name='previous_results' direction='in'/><arg type='as' name='terms' direction='in'/>"
    "<arg type='as' name='results' direction='out'/></method>"
    "<method name='GetResultMetas'>"
    "<arg type='as' name='identifiers' direction='in'/><arg type='aa{sv}' name='metas' direction='out'/></method>"
    "<method name='ActivateResult'>"
    "<arg type='s' name='identifier' direction='in'/><arg type='as' name='terms' direction='in'/>"
    "<arg type='u' name='timestamp' direction='in'/></method>"
    "<method name='LaunchSearch'>"
    "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
    "</interface></node>";

static char *
get_place (gpointer thing)
{
  if (NUKI_IS_USER (thing))
    return g_strdup_printf ("person/%d", nuki_user_get_id (thing));
  if (NUKI_IS_LOCK (thing))
    return g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (thing));

  return g_strconcat ("key/", nuki_key_get_id (hk_key_get_record (thing)), NULL);
}

static const char *
get_name (gpointer thing)
{
  if (NUKI_IS_USER (thing))
    return nuki_user_get_name (thing);

  return NUKI_IS_LOCK (thing) ? nuki_lock_get_name (thing) : hk_key_get_name (thing);
}

/* In the shell there are only the icons of the desktop. */
static const char *
get_icon (gpointer thing)
{
  if (NUKI_IS_USER (thing))
    return "avatar-default-symbolic";

  return NUKI_IS_LOCK (thing) ? "changes-prevent-symbolic" : "dialog-password-symbolic";
}

static char *
describe (gpointer thing)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = NULL;

  if (NUKI_IS_USER (thing))
    return g_strdup (nuki_user_get_email (thing));
  if (NUKI_IS_LOCK (thing))
    /* Translators: the thing in a door; not what to do. */
    return g_strdup (_ ("Lock"));

  when = hk_key_dup_when (thing, now);

  /* Translators: the name of a lock, and when a key may be used. */
  return nuki_text_printf (C_ ("notification", "%s · %s"), hk_key_get_lock_name (thing), when);
}

static void
add_meta (GVariantBuilder *metas, const char *place, gpointer thing)
{
  g_autoptr (GIcon) icon = g_themed_icon_new (get_icon (thing));
  g_autofree char *description = describe (thing);
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);

  g_variant_builder_open (metas, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (place));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (get_name (thing)));
  if (description != NULL && *description != '\0')
    g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "icon", serialized);
  g_variant_builder_close (metas);
}

static void
answer_metas (HkSearchProvider *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autofree const char **places = NULL;
  HkAccount *account = self->get_account (self->user_data);

  if (account == NULL || hk_account_get_state (account) == HK_ACCOUNT_SIGNED_OUT)
    g_hash_table_remove_all (self->things);
  g_variant_get (parameters, "(^a&s)", &places);
  for (gsize i = 0; places[i] != NULL; i++)
    {
      gpointer thing = g_hash_table_lookup (self->things, places[i]);

      if (thing != NULL)
        add_meta (&metas, places[i], thing);
      else
        g_message ("Nothing was found that is called “%s”", places[i]);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
}

typedef struct
{
  HkSearchProvider *provider;        /* (owned) */
  GApplication *application;         /* (owned): held */
  GDBusMethodInvocation *invocation; /* (owned) */
} Request;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Request *request = user_data;
  g_autoptr (HkSearchProvider) self = request->provider;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = hk_search_finish (result, &error);
  g_auto (GVariantBuilder) places = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  if (g_hash_table_size (self->things) > MAX_REMEMBERED)
    g_hash_table_remove_all (self->things);
  /* Another search has taken its place: nobody waits for this one. */
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      gpointer thing = g_ptr_array_index (found, i);
      g_autofree char *place = get_place (thing);

      g_variant_builder_add (&places, "s", place);
      g_hash_table_replace (self->things, g_steal_pointer (&place), g_object_ref (thing));
    }
  g_dbus_method_invocation_return_value (request->invocation, g_variant_new ("(as)", &places));
  g_application_release (request->application);
  g_object_unref (request->application);
}

static void
answer_search (HkSearchProvider *self, GVariant *terms, GDBusMethodInvocation *invocation)
{
  HkAccount *account = self->get_account (self->user_data);
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  Request *request;

  if (account == NULL)
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
      return;
    }

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  hk_account_refresh_if_older (account, FRESH_SECONDS);

  request = g_new0 (Request, 1);
  request->provider = g_object_ref (self);
  request->invocation = invocation;
  request->application = g_object_ref (self->application);
  g_application_hold (request->application);
  hk_search_async (account, words, self->cancellable, on_found, request);
}

static void
activate (HkSearchProvider *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *place;

  g_variant_get_child (parameters, 0, "&s", &place);
  g_signal_emit (self, signals[ACTIVATE], 0, place);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
launch (HkSearchProvider *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) terms = g_variant_get_child_value (parameters, 0);
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);

  g_signal_emit (self, signals[LAUNCH], 0, text);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  HkSearchProvider *self = HK_SEARCH_PROVIDER (user_data);

  /* What is left of an earlier search may have changed since, so all searches are alike. */
  if (g_str_has_suffix (method, "ResultSet"))
    {
      g_autoptr (GVariant) terms = g_variant_get_child_value (parameters, g_variant_n_children (parameters) - 1);

      answer_search (self, terms, invocation);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      answer_metas (self, parameters, invocation);
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      activate (self, parameters, invocation);
    }
  else
    {
      launch (self, parameters, invocation);
    }
}

static void
hk_search_provider_dispose (GObject *object)
{
  HkSearchProvider *self = HK_SEARCH_PROVIDER (object);

  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove_all (self->things);

  G_OBJECT_CLASS (hk_search_provider_parent_class)->dispose (object);
}

static void
hk_search_provider_finalize (GObject *object)
{
  HkSearchProvider *self = HK_SEARCH_PROVIDER (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->things);

  G_OBJECT_CLASS (hk_search_provider_parent_class)->finalize (object);
}

static void
hk_search_provider_class_init (HkSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hk_search_provider_dispose;
  G_OBJECT_CLASS (klass)->finalize = hk_search_provider_finalize;

  signals[ACTIVATE] = g_signal_new ("activate", HK_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LAUNCH] = g_signal_new ("launch", HK_TYPE_SEARCH_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hk_search_provider_init (HkSearchProvider *self)
{
  self->things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * hk_search_provider_new:
 * @application: owns the provider
 * @get_account: (scope forever): where to look
 * @user_data: for @get_account
 *
 * Returns: (transfer full): a provider that is not on the bus yet
 */
HkSearchProvider *
hk_search_provider_new (GApplication *application, HkSearchAccountFunc get_account, gpointer user_data)
{
  HkSearchProvider *self;

  g_return_val_if_fail (G_IS_APPLICATION (application) && get_account != NULL, NULL);

  self = g_object_new (HK_TYPE_SEARCH_PROVIDER, NULL);
  self->application = application;
  self->get_account = get_account;
  self->user_data = user_data;

  return self;
}

/**
 * hk_search_provider_export:
 * @bus: the session bus
 * @path: where to be there; a file for the shell says the same
 *
 * Returns: whether it can be asked now
 */
gboolean
hk_search_provider_export (HkSearchProvider *self, GDBusConnection *bus, const char *path, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (HK_IS_SEARCH_PROVIDER (self), FALSE);

  node = g_dbus_node_info_new_for_xml (introspection, NULL);
  self->id = g_dbus_connection_register_object (bus, path, node->interfaces[0], &vtable, self, NULL, error);

  return self->id != 0;
}

/**
 * hk_search_provider_unexport:
 * @bus: where it is
 */
void
hk_search_provider_unexport (HkSearchProvider *self, GDBusConnection *bus)
{
  g_return_if_fail (HK_IS_SEARCH_PROVIDER (self));

  if (self->id != 0)
    g_dbus_connection_unregister_object (bus, self->id);
  self->id = 0;
}
