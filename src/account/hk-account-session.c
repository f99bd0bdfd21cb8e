/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in and out. */

#include "hk-account-private.h"

#include <glib/gi18n-lib.h>

#include "hk-keeper.h"

/* What the token of a session that starts from the keyring may do shows only when it is used. */
#define ALL_SCOPES (NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS | NUKI_SCOPE_PEOPLE | NUKI_SCOPE_LOG)

typedef struct
{
  char *token;
  gboolean session_only;
  NukiScopes scopes;
} SignIn;

static void
free_sign_in (SignIn *self)
{
  hk_token_free (self->token);
  g_free (self);
}

static void
take_token (HkAccount *self, char *token, gboolean session_only, NukiScopes scopes)
{
  hk_account_cancel_refresh (self);
  g_clear_pointer (&self->token, hk_token_free);
  self->token = token;
  self->session_only = session_only;
  hk_account_set_scopes (self, scopes);
  hk_account_set_state (self, self->has_data ? HK_ACCOUNT_READY : HK_ACCOUNT_LOADING, NULL);
  hk_account_hold_changes (self);
  hk_account_retry_rejected (self);
  hk_account_refresh (self);
}

/* What was piped into secret-tool often ends with a line break. A text that is no token stays in the keyring until
 * there is a better one. */
static void
take_stored_text (HkAccount *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  if (hk_account_check_token_text (text, &token, &error))
    take_token (self, token, FALSE, ALL_SCOPES);
  else
    hk_account_set_state (self, HK_ACCOUNT_TOKEN_REJECTED, error);
}

static void
on_token_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkAccount) self = user_data;
  g_autoptr (GError) error = NULL;
  char *token;

  token = hk_token_store_lookup_finish (HK_TOKEN_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->opening);
  if (error != NULL)
    hk_account_set_state (self, HK_ACCOUNT_KEYRING_TROUBLE, error);
  else if (token == NULL)
    hk_account_set_state (self, HK_ACCOUNT_SIGNED_OUT, NULL);
  else
    take_stored_text (self, token);
  hk_token_free (token);
  if (self->token == NULL)
    hk_account_drop_read_ahead (self);
}

static void
cancel_opening (HkAccount *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
}

static GError *
make_missing_error (NukiScopes scopes)
{
  const char *message;

  if ((scopes & (NUKI_SCOPE_LOCKS | NUKI_SCOPE_KEYS)) == NUKI_SCOPE_NONE)
    message = _ ("This token may neither see locks nor manage keys. Make one with the permissions “View smart locks” "
                 "and “Manage authorizations”.");
  else if (!(scopes & NUKI_SCOPE_LOCKS))
    message = _ ("This token may not see locks. Make one that also has the permission “View smart locks”.");
  else
    message = _ ("This token may not manage keys. Make one that also has the permission “Manage authorizations”.");

  return g_error_new_literal (NUKI_ERROR, NUKI_ERROR_SCOPE, message);
}

static void
finish_sign_in (GTask *task)
{
  HkAccount *self = g_task_get_source_object (task);
  SignIn *data = g_task_get_task_data (task);

  cancel_opening (self);
  hk_account_doubt_data (self);
  take_token (self, g_steal_pointer (&data->token), data->session_only, data->scopes);
  /* What is kept is of before. */
  hk_keeper_clear (self->keeper);
  g_task_return_boolean (task, TRUE);
}

static void
on_token_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (hk_token_store_store_finish (HK_TOKEN_STORE (source), result, &error))
    finish_sign_in (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_token_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HkAccount *self = g_task_get_source_object (task);
  SignIn *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!nuki_client_check_token_finish (NUKI_CLIENT (source), result, &data->scopes, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!(data->scopes & NUKI_SCOPE_LOCKS) || !(data->scopes & NUKI_SCOPE_KEYS))
    g_task_return_error (task, make_missing_error (data->scopes));
  else if (data->session_only)
    finish_sign_in (task);
  else
    hk_token_store_store_async (self->store, hk_account_get_api_url (self), data->token,
                                g_task_get_cancellable (task), on_token_stored, g_object_ref (task));
}

static void
on_scopes_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  NukiScopes scopes = NUKI_SCOPE_NONE;

  if (nuki_client_check_token_finish (NUKI_CLIENT (source), result, &scopes, &error))
    g_task_return_int (task, scopes);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
forget_everything (HkAccount *self, GError **error)
{
  gboolean forgotten;

  cancel_opening (self);
  hk_account_cancel_refresh (self);
  g_clear_pointer (&self->token, hk_token_free);
  self->session_only = FALSE;
  hk_account_forget_changes (self);
  hk_keeper_cancel (self->keeper);
  forgotten = hk_account_forget_journal (self, error);
  hk_account_forget_data (self);
  hk_account_set_scopes (self, NUKI_SCOPE_NONE);
  hk_account_set_state (self, HK_ACCOUNT_SIGNED_OUT, NULL);

  return forgotten;
}

static void
finish_sign_out (GTask *task)
{
  GError *error = NULL;

  if (forget_everything (g_task_get_source_object (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_token_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (hk_token_store_clear_finish (HK_TOKEN_STORE (source), result, &error))
    finish_sign_out (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The data stay, and so does the token: it is forgotten only when the user says so. */
void
hk_account_reject_token (HkAccount *self, const GError *error)
{
  g_autoptr (GError) rejected = NULL;

  if (self->token == NULL || self->state == HK_ACCOUNT_TOKEN_REJECTED)
    return;

  if (error == NULL)
    rejected = g_error_new_literal (NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED,
                                    _ ("The service no longer accepts the token."));
  hk_account_set_state (self, HK_ACCOUNT_TOKEN_REJECTED, error != NULL ? error : rejected);
  hk_account_schedule_poll (self);
}

/**
 * hk_account_open:
 *
 * Looks for a token in the keyring, which may ask the user to unlock it, and loads the account if there is one. After
 * %HK_ACCOUNT_KEYRING_TROUBLE it tries again.
 */
void
hk_account_open (HkAccount *self)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));

  if (self->token != NULL || self->opening != NULL)
    return;

  self->opening = g_cancellable_new ();
  hk_account_set_state (self, HK_ACCOUNT_OPENING, NULL);
  hk_token_store_lookup_async (self->store, hk_account_get_api_url (self), self->opening, on_token_found,
                               g_object_ref (self));
  hk_account_read_ahead (self);
}

/**
 * hk_account_check_token_text:
 * @text: what was typed or pasted
 * @token: (out) (optional): the token in it, without the white space around it; for hk_token_free()
 *
 * Tokens are opaque. What is refused here cannot be sent in a header, or is certainly a slip.
 *
 * Returns: %TRUE, or %FALSE with %NUKI_ERROR_INVALID and a sentence for the user
 */
gboolean
hk_account_check_token_text (const char *text, char **token, GError **error)
{
  const char *start = text, *end;

  g_return_val_if_fail (text != NULL, FALSE);

  while (g_ascii_isspace (*start))
    start++;
  end = start + strlen (start);
  while (end > start && g_ascii_isspace (end[-1]))
    end--;

  if (start == end)
    {
      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID, _ ("Enter the token."));
      return FALSE;
    }

  for (const char *p = start; p < end; p++)
    {
      const char *message = NULL;

      if (*p == '\n' || *p == '\r')
        message = _ ("A token is one line. This text has several.");
      else if (g_ascii_isspace (*p))
        message = _ ("A token has no spaces in it.");
      else if (!g_ascii_isgraph (*p))
        message = _ ("A token has only English letters, digits and punctuation marks.");
      if (message == NULL)
        continue;

      g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_INVALID, message);
      return FALSE;
    }

  if (token != NULL)
    *token = g_strndup (start, end - start);

  return TRUE;
}

/**
 * hk_account_check_token_async:
 * @token: what was typed
 *
 * Asks the service what a token may do, without using it for this account.
 */
void
hk_account_check_token_async (HkAccount *self,
                              const char *token,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  char *checked = NULL;

  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_account_check_token_async);
  if (!hk_account_check_token_text (token, &checked, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  nuki_client_check_token_async (self->client, checked, cancellable, on_scopes_found, g_steal_pointer (&task));
  hk_token_free (checked);
}

/**
 * hk_account_check_token_finish:
 * @scopes: (out) (optional): what the token may do
 *
 * Returns: %TRUE if the service accepts the token; else %NUKI_ERROR_INVALID for a text that is none,
 *   %NUKI_ERROR_UNAUTHORIZED for one that it does not accept, or what kept it from being asked
 */
gboolean
hk_account_check_token_finish (HkAccount *self, GAsyncResult *result, NukiScopes *scopes, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize found;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_account_check_token_async), FALSE);

  found = g_task_propagate_int (G_TASK (result), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (scopes != NULL)
    *scopes = found;

  return TRUE;
}

/**
 * hk_account_sign_in_async:
 * @token: what was typed
 * @session_only: do not store it in the keyring
 *
 * Checks the token, stores it, and loads the account with it. Data and changes of before stay: after a token was
 * rejected, everything goes on with the new one. But it may be of another account: until the service has said whose it is,
 * the account is %HK_ACCOUNT_LOADING, and what was kept on the disk is removed.
 */
void
hk_account_sign_in_async (HkAccount *self,
                          const char *token,
                          gboolean session_only,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  SignIn *data;

  g_return_if_fail (HK_IS_ACCOUNT (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_account_sign_in_async);
  data = g_new0 (SignIn, 1);
  data->session_only = session_only;
  g_task_set_task_data (task, data, (GDestroyNotify) free_sign_in);
  if (!hk_account_check_token_text (token, &data->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  nuki_client_check_token_async (self->client, data->token, cancellable, on_token_checked,
                                 g_steal_pointer (&task));
}

/**
 * hk_account_sign_in_finish:
 *
 * Returns: %TRUE if the account is being loaded; else what hk_account_check_token_finish() says, %NUKI_ERROR_SCOPE for a
 *   token that may not see locks or manage keys, or a #HkTokenStoreError. After an error nothing has changed.
 */
gboolean
hk_account_sign_in_finish (HkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_account_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * hk_account_sign_out_async:
 *
 * Forgets the token, the data and all changes.
 */
void
hk_account_sign_out_async (HkAccount *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HK_IS_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_account_sign_out_async);
  if (self->session_only)
    {
      finish_sign_out (task);
      return;
    }

  hk_token_store_clear_async (self->store, hk_account_get_api_url (self), cancellable, on_token_cleared,
                              g_steal_pointer (&task));
}

/**
 * hk_account_sign_out_finish:
 *
 * Returns: %TRUE if nothing is left; else a #HkTokenStoreError, and everything is as before; or a #HkJournalError, and
 *   only the journal of changes is left
 */
gboolean
hk_account_sign_out_finish (HkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_account_sign_out_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
