/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HkTokenStoreError:
 * @HK_TOKEN_STORE_ERROR_LOCKED: the keyring is locked and the user did not unlock it
 * @HK_TOKEN_STORE_ERROR_UNAVAILABLE: there is no keyring, or it does not answer
 * @HK_TOKEN_STORE_ERROR_FAILED: the keyring refused
 */
typedef enum
{
  HK_TOKEN_STORE_ERROR_LOCKED,
  HK_TOKEN_STORE_ERROR_UNAVAILABLE,
  HK_TOKEN_STORE_ERROR_FAILED,
} HkTokenStoreError;

#define HK_TOKEN_STORE_ERROR (hk_token_store_error_quark ())
GQuark hk_token_store_error_quark (void);

#define HK_TYPE_TOKEN_STORE (hk_token_store_get_type ())
G_DECLARE_INTERFACE (HkTokenStore, hk_token_store, HK, TOKEN_STORE, GObject)

struct _HkTokenStoreInterface
{
  GTypeInterface parent_iface;

  void (*lookup_async) (HkTokenStore *self, const char *api_url, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
  char *(*lookup_finish) (HkTokenStore *self, GAsyncResult *result, GError **error);
  void (*store_async) (HkTokenStore *self, const char *api_url, const char *token, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*store_finish) (HkTokenStore *self, GAsyncResult *result, GError **error);
  void (*clear_async) (HkTokenStore *self, const char *api_url, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*clear_finish) (HkTokenStore *self, GAsyncResult *result, GError **error);
};

/* lookup returns %NULL without an error when there is no token. Free a token with hk_token_free(). */
void hk_token_store_lookup_async (HkTokenStore *self, const char *api_url, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
char *hk_token_store_lookup_finish (HkTokenStore *self, GAsyncResult *result, GError **error);
void hk_token_store_store_async (HkTokenStore *self, const char *api_url, const char *token,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean hk_token_store_store_finish (HkTokenStore *self, GAsyncResult *result, GError **error);
void hk_token_store_clear_async (HkTokenStore *self, const char *api_url, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean hk_token_store_clear_finish (HkTokenStore *self, GAsyncResult *result, GError **error);

void hk_token_free (char *token);

G_END_DECLS
