/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-memory-token-store.h"

/*
 * HkMemoryTokenStore:
 * @tokens: (owned): token by address
 *
 * Keeps tokens until the process ends, for the demo account and for tests.
 */
struct _HkMemoryTokenStore
{
  GObject parent_instance;

  GHashTable *tokens;
};

static void hk_memory_token_store_iface_init (HkTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkMemoryTokenStore,
                               hk_memory_token_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HK_TYPE_TOKEN_STORE, hk_memory_token_store_iface_init))

static void
hk_memory_token_store_lookup_async (HkTokenStore *store,
                                    const char *api_url,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  HkMemoryTokenStore *self = HK_MEMORY_TOKEN_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hk_memory_token_store_lookup_async);
  g_task_return_pointer (task, g_strdup (g_hash_table_lookup (self->tokens, api_url)),
                         (GDestroyNotify) hk_token_free);
}

static char *
hk_memory_token_store_lookup_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_memory_token_store_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
hk_memory_token_store_store_async (HkTokenStore *store,
                                   const char *api_url,
                                   const char *token,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  HkMemoryTokenStore *self = HK_MEMORY_TOKEN_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hk_memory_token_store_store_async);
  g_hash_table_replace (self->tokens, g_strdup (api_url), g_strdup (token));
  g_task_return_boolean (task, TRUE);
}

static gboolean
hk_memory_token_store_store_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_memory_token_store_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hk_memory_token_store_clear_async (HkTokenStore *store,
                                   const char *api_url,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  HkMemoryTokenStore *self = HK_MEMORY_TOKEN_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hk_memory_token_store_clear_async);
  g_hash_table_remove (self->tokens, api_url);
  g_task_return_boolean (task, TRUE);
}

static gboolean
hk_memory_token_store_clear_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_memory_token_store_clear_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hk_memory_token_store_iface_init (HkTokenStoreInterface *iface)
{
  iface->lookup_async = hk_memory_token_store_lookup_async;
  iface->lookup_finish = hk_memory_token_store_lookup_finish;
  iface->store_async = hk_memory_token_store_store_async;
  iface->store_finish = hk_memory_token_store_store_finish;
  iface->clear_async = hk_memory_token_store_clear_async;
  iface->clear_finish = hk_memory_token_store_clear_finish;
}

static void
hk_memory_token_store_finalize (GObject *object)
{
  HkMemoryTokenStore *self = HK_MEMORY_TOKEN_STORE (object);

  g_hash_table_unref (self->tokens);

  G_OBJECT_CLASS (hk_memory_token_store_parent_class)->finalize (object);
}

static void
hk_memory_token_store_class_init (HkMemoryTokenStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = hk_memory_token_store_finalize;
}

static void
hk_memory_token_store_init (HkMemoryTokenStore *self)
{
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hk_token_free);
}

/**
 * hk_memory_token_store_new:
 *
 * Returns: (transfer full): an empty store
 */
HkTokenStore *
hk_memory_token_store_new (void)
{
  return g_object_new (HK_TYPE_MEMORY_TOKEN_STORE, NULL);
}
