/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include <glib/gi18n-lib.h>

/* What shows a scope without changing anything. */
typedef struct
{
  NukiScopes scope;
  const char *path;
} Probe;

static const Probe probes[] = {
  { NUKI_SCOPE_LOCKS, "/smartlock" },
  { NUKI_SCOPE_KEYS, "/smartlock/auth" },
  { NUKI_SCOPE_PEOPLE, "/account/user?limit=1" },
  { NUKI_SCOPE_LOG, "/smartlock/log?limit=1" },
};

/* What has been found out; owned by its task. */
typedef struct
{
  NukiScopes scopes;
  guint n_ended;
  GError *error; /* (owned) (nullable): the first that is not about rights */
} Findings;

static void
free_findings (gpointer data)
{
  Findings *findings = data;

  g_clear_error (&findings->error);
  g_free (findings);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, NUKI_ERROR, NUKI_ERROR_FORBIDDEN);
}

static void
return_findings (GTask *task)
{
  Findings *findings = g_task_get_task_data (task);

  if (findings->error != NULL)
    g_task_return_error (task, g_steal_pointer (&findings->error));
  else if (findings->scopes == NUKI_SCOPE_NONE)
    g_task_return_new_error (task, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED, "%s", _ ("The service does not accept the token."));
  else
    g_task_return_int (task, findings->scopes);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Findings *findings = g_task_get_task_data (task);
  const Probe *probe = g_task_get_source_tag (G_TASK (result));

  if (nuki_client_call_finish (NUKI_CLIENT (source), result, (gpointer) probe, &error) != NULL)
    findings->scopes |= probe->scope;
  else if (!is_refusal (error) && findings->error == NULL)
    findings->error = g_steal_pointer (&error);

  if (++findings->n_ended == G_N_ELEMENTS (probes))
    return_findings (task);
}

/**
 * nuki_client_check_token_async:
 * @token: the token to try; the client's own plays no part
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Finds out whether the service accepts a token and what the token may do, by asking for the locks, the keys, a person and a
 * log entry. Nothing is changed, and nothing is kept.
 */
void
nuki_client_check_token_async (NukiClient *self,
                               const char *token,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, nuki_client_check_token_async);
  g_task_set_task_data (task, g_new0 (Findings, 1), free_findings);

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      NukiCall call = { .method = SOUP_METHOD_GET, .path = probes[i].path, .token = token, .probe = TRUE };

      call.read = nuki_client_read_any_list;
      nuki_client_call (self, (gpointer) &probes[i], &call, cancellable, on_probed, g_object_ref (task));
    }
}

/**
 * nuki_client_check_token_finish:
 * @result: what the callback got
 * @scopes: (out) (optional): what the token may do
 *
 * Ends nuki_client_check_token_async().
 *
 * Returns: %TRUE if the service accepts the token for anything, or %FALSE with an error: %NUKI_ERROR_UNAUTHORIZED if it
 *   accepts it for nothing
 */
gboolean
nuki_client_check_token_finish (NukiClient *self, GAsyncResult *result, NukiScopes *scopes, GError **error)
{
  gssize found;

  g_return_val_if_fail (NUKI_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, nuki_client_check_token_async), FALSE);

  found = g_task_propagate_int (G_TASK (result), error);
  if (found < 0)
    return FALSE;

  if (scopes != NULL)
    *scopes = (NukiScopes) found;
  return TRUE;
}
