/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was asked for earlier, and what happened to it. The tasks have no source: a thread may be the last to let go of one,
 * and must not end an account.
 */

#include "hk-account-private.h"

#include "hk-journal-private.h"

static gboolean
is_listed (HkAccount *self, HkChange *change)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->changes)); i++)
    {
      g_autoptr (HkChange) listed = g_list_model_get_item (G_LIST_MODEL (self->changes), i);

      if (listed->id == change->id)
        return TRUE;
    }

  return FALSE;
}

/**
 * hk_account_load_earlier_async:
 * @key: a key
 *
 * Reads which changes to @key are over, confirmed or discarded, and not among hk_account_get_changes() any more, because
 * they were asked for before the application was started. The journal keeps them for a month.
 */
void
hk_account_load_earlier_async (
    HkAccount *self, HkKey *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  NukiKey *record;

  g_return_if_fail (HK_IS_ACCOUNT (self) && HK_IS_KEY (key));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_account_load_earlier_async);
  record = hk_key_get_record (key);
  hk_journal_load_earlier (self->journal, task, hk_key_get_lock_id (key),
                           record != NULL ? nuki_key_get_id (record) : NULL);
}

/**
 * hk_account_load_earlier_finish:
 *
 * Returns: (transfer full) (nullable) (element-type HkChange): newest first, or %NULL with a #HkJournalError if there is no
 *   journal to read
 */
GPtrArray *
hk_account_load_earlier_finish (HkAccount *self, GAsyncResult *result, GError **error)
{
  GPtrArray *changes;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, hk_account_load_earlier_async), NULL);

  changes = g_task_propagate_pointer (G_TASK (result), error);
  for (guint i = 0; changes != NULL && i < changes->len;)
    if (is_listed (self, g_ptr_array_index (changes, i)))
      g_ptr_array_remove_index (changes, i);
    else
      i++;

  return changes;
}

/**
 * hk_account_load_steps_async:
 * @change: a change, from this session or an earlier one
 *
 * Reads what happened to @change since it was asked for.
 */
void
hk_account_load_steps_async (
    HkAccount *self, HkChange *change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (HK_IS_ACCOUNT (self) && HK_IS_CHANGE (change));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_account_load_steps_async);
  hk_journal_load_steps (self->journal, task, change);
}

/**
 * hk_account_load_steps_finish:
 *
 * Returns: (transfer full) (nullable) (element-type HkChangeStep): oldest first, or %NULL with a #HkJournalError if there is
 *   no journal to read
 */
GPtrArray *
hk_account_load_steps_finish (HkAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, NULL) && g_async_result_is_tagged (result, hk_account_load_steps_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
