/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-token-store.h"

#include <string.h>

/**
 * HkTokenStore:
 *
 * Where a token is kept between two runs: the desktop's keyring, or the memory of a demo or test.
 */
G_DEFINE_INTERFACE (HkTokenStore, hk_token_store, G_TYPE_OBJECT)

G_DEFINE_QUARK (hk-token-store-error-quark, hk_token_store_error)

static void
hk_token_store_default_init (HkTokenStoreInterface *iface)
{
}

/**
 * hk_token_store_lookup_async:
 * @api_url: the address of the service that the token is for
 *
 * Asks for the token of a service. A locked keyring asks the user to unlock it.
 */
void
hk_token_store_lookup_async (HkTokenStore *self,
                             const char *api_url,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (HK_IS_TOKEN_STORE (self));
  g_return_if_fail (api_url != NULL);

  HK_TOKEN_STORE_GET_IFACE (self)->lookup_async (self, api_url, cancellable, callback, user_data);
}

/**
 * hk_token_store_lookup_finish:
 * @error: return location for a #HkTokenStoreError
 *
 * Returns: (transfer full) (nullable): the token, for hk_token_free(); %NULL without an error if there is none
 */
char *
hk_token_store_lookup_finish (HkTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_TOKEN_STORE (self), NULL);

  return HK_TOKEN_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

/**
 * hk_token_store_store_async:
 * @api_url: the address of the service that the token is for
 * @token: the token; it replaces an older one
 */
void
hk_token_store_store_async (HkTokenStore *self,
                            const char *api_url,
                            const char *token,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (HK_IS_TOKEN_STORE (self));
  g_return_if_fail (api_url != NULL);
  g_return_if_fail (token != NULL);

  HK_TOKEN_STORE_GET_IFACE (self)->store_async (self, api_url, token, cancellable, callback, user_data);
}

/**
 * hk_token_store_store_finish:
 * @error: return location for a #HkTokenStoreError
 *
 * Returns: %TRUE if the token is stored
 */
gboolean
hk_token_store_store_finish (HkTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_TOKEN_STORE (self), FALSE);

  return HK_TOKEN_STORE_GET_IFACE (self)->store_finish (self, result, error);
}

/**
 * hk_token_store_clear_async:
 * @api_url: the address of the service whose token is forgotten
 */
void
hk_token_store_clear_async (HkTokenStore *self,
                            const char *api_url,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (HK_IS_TOKEN_STORE (self));
  g_return_if_fail (api_url != NULL);

  HK_TOKEN_STORE_GET_IFACE (self)->clear_async (self, api_url, cancellable, callback, user_data);
}

/**
 * hk_token_store_clear_finish:
 * @error: return location for a #HkTokenStoreError
 *
 * Returns: %TRUE if no token is left, also if there was none
 */
gboolean
hk_token_store_clear_finish (HkTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_TOKEN_STORE (self), FALSE);

  return HK_TOKEN_STORE_GET_IFACE (self)->clear_finish (self, result, error);
}

/**
 * hk_token_free:
 * @token: (nullable): a token
 *
 * Overwrites the token before its memory is given back.
 */
void
hk_token_free (char *token)
{
  if (token == NULL)
    return;

  explicit_bzero (token, strlen (token));
  g_free (token);
}
