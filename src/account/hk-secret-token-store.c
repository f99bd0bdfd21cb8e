/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-secret-token-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <nuki-text.h>
#include <string.h>

/*
 * HkSecretTokenStore:
 *
 * Keeps the token in the desktop's keyring, where Seahorse and secret-tool see it and can set it.
 */
struct _HkSecretTokenStore
{
  GObject parent_instance;
};

static void hk_secret_token_store_iface_init (HkTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkSecretTokenStore,
                               hk_secret_token_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HK_TYPE_TOKEN_STORE, hk_secret_token_store_iface_init))

/* The name is part of what users type into secret-tool: it stays as it is, whatever the profile. */
static const SecretSchema schema = {
  .name = "io.github.housekeys.Housekeys.Token",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "api-url", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* What is to be removed from the keyring: @items are still to go. */
typedef struct
{
  char *api_url;
  GList *items;
} Clearing;

static void
free_clearing (gpointer data)
{
  Clearing *self = data;

  g_list_free_full (self->items, g_object_unref);
  g_free (self->api_url);
  g_free (self);
}

static const char *
get_bare_address (const char *api_url)
{
  const char *separator = strstr (api_url, "://");

  return separator != NULL ? separator + strlen ("://") : api_url;
}

static GError *
make_locked_error (void)
{
  return g_error_new_literal (HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED,
                              _ ("The keyring is locked. Unlock it to use the token that is stored in it."));
}

static gboolean
is_unavailable (const GError *error)
{
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    return FALSE;

  return error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR || error->domain == G_SPAWN_ERROR;
}

/* Says for the screen what libsecret or D-Bus said; only the user's own cancelling stays what it is. */
static void
return_trouble (GTask *task, const GError *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    {
      g_task_return_error (task, make_locked_error ());
      return;
    }

  /* A dismissed prompt is reported as cancelled although nobody cancelled the call. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_error (task, make_locked_error ());
      return;
    }

  g_debug ("Keyring: %s", error->message);
  /* libsecret goes on with its session of a keyring that died, which the next one does not know: another try begins anew. */
  secret_service_disconnect ();
  if (is_unavailable (error))
    g_task_return_new_error (task, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_UNAVAILABLE, "%s",
                             _ ("There is no keyring on this computer, or it does not answer."));
  else
    g_task_return_new_error (task, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_FAILED, "%s",
                             _ ("The keyring refused."));
}

/* Not secret_item_get_locked(): that one relies on a keyring that is still there. What went with it says so when its secret
 * is asked for. */
static gboolean
is_locked (gpointer item)
{
  g_autoptr (GVariant) locked = NULL;

  if (SECRET_IS_ITEM (item))
    locked = g_dbus_proxy_get_cached_property (item, "Locked");

  return locked != NULL && g_variant_get_boolean (locked);
}

static void
on_secret_retrieved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  SecretValue *value;

  value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  if (error != NULL)
    {
      return_trouble (task, error);
    }
  else if (value == NULL)
    {
      g_task_return_error (task, make_locked_error ());
    }
  else
    {
      /* Copied, because libsecret wants its own back as it is. */
      g_task_return_pointer (task, g_strdup (secret_value_get_text (value)), (GDestroyNotify) hk_token_free);
      secret_value_unref (value);
    }
}

static void
on_items_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = NULL;

  items = secret_password_search_finish (result, &error);
  if (error != NULL)
    {
      return_trouble (task, error);
    }
  else if (items == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
    }
  else if (is_locked (items->data))
    {
      g_task_return_error (task, make_locked_error ());
    }
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (items->data), cancellable, on_secret_retrieved,
                                          g_steal_pointer (&task));
    }
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    return_trouble (task, error);
  else
    g_task_return_error (task, make_locked_error ());
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* FALSE without an error means that there was nothing to clear. */
  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_trouble (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void delete_next (GTask *task);

static void
on_item_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (secret_item_delete_finish (SECRET_ITEM (source), result, &error))
    delete_next (g_steal_pointer (&task));
  else
    return_trouble (task, error);
}

/* Takes @task. Not secret_password_clear(): libsecret 0.20 returns twice if the keyring refuses to delete something. */
static void
delete_next (GTask *task)
{
  Clearing *data = g_task_get_task_data (task);
  g_autoptr (SecretItem) item = NULL;

  if (data->items == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  item = data->items->data;
  data->items = g_list_delete_link (data->items, data->items);
  secret_item_delete (item, g_task_get_cancellable (task), on_item_deleted, task);
}

static void
on_items_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);
  gboolean locked = FALSE;

  for (GList *l = items; l != NULL; l = l->next)
    locked = locked || is_locked (l->data);

  if (error != NULL)
    {
      return_trouble (task, error);
    }
  else if (locked)
    {
      g_task_return_error (task, make_locked_error ());
    }
  else if (items != NULL && SECRET_IS_ITEM (items->data))
    {
      Clearing *data = g_task_get_task_data (task);

      data->items = g_steal_pointer (&items);
      delete_next (g_steal_pointer (&task));
    }
  else
    {
      const Clearing *data = g_task_get_task_data (task);
      GCancellable *cancellable = g_task_get_cancellable (task);

      /* In a file, there are no items. */
      secret_password_clear (&schema, cancellable, on_cleared, g_steal_pointer (&task), "api-url", data->api_url, NULL);
    }
}

static void
hk_secret_token_store_lookup_async (HkTokenStore *store,
                                    const char *api_url,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, hk_secret_token_store_lookup_async);

  /* Not secret_password_lookup(): that one cannot tell a dismissed prompt from a missing token. */
  secret_password_search (&schema, SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, cancellable,
                          on_items_found, task, "api-url", api_url, NULL);
}

static char *
hk_secret_token_store_lookup_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_secret_token_store_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hk_secret_token_store_store_async (HkTokenStore *store,
                                   const char *api_url,
                                   const char *token,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_task_set_source_tag (task, hk_secret_token_store_store_async);

  /* Translators: the label of a keyring entry; %s is an address like api.nuki.io */
  label = nuki_text_printf (_ ("Housekeys token for %s"), get_bare_address (api_url));
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored, task,
                         "api-url", api_url, NULL);
}

static gboolean
hk_secret_token_store_store_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_secret_token_store_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hk_secret_token_store_clear_async (HkTokenStore *store,
                                   const char *api_url,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Clearing *data = g_new0 (Clearing, 1);

  data->api_url = g_strdup (api_url);
  g_task_set_source_tag (task, hk_secret_token_store_clear_async);
  g_task_set_task_data (task, data, free_clearing);

  /* Not secret_password_clear() at once: that one leaves what is locked where it is, and does not say so. */
  secret_password_search (&schema, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK, cancellable, on_items_unlocked, task,
                          "api-url", api_url, NULL);
}

static gboolean
hk_secret_token_store_clear_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_secret_token_store_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hk_secret_token_store_iface_init (HkTokenStoreInterface *iface)
{
  iface->lookup_async = hk_secret_token_store_lookup_async;
  iface->lookup_finish = hk_secret_token_store_lookup_finish;
  iface->store_async = hk_secret_token_store_store_async;
  iface->store_finish = hk_secret_token_store_store_finish;
  iface->clear_async = hk_secret_token_store_clear_async;
  iface->clear_finish = hk_secret_token_store_clear_finish;
}

static void
hk_secret_token_store_class_init (HkSecretTokenStoreClass *klass)
{
}

static void
hk_secret_token_store_init (HkSecretTokenStore *self)
{
}

/**
 * hk_secret_token_store_new:
 *
 * Returns: (transfer full): the desktop's keyring; it is first talked to when it is first asked
 */
HkTokenStore *
hk_secret_token_store_new (void)
{
  return g_object_new (HK_TYPE_SECRET_TOKEN_STORE, NULL);
}
