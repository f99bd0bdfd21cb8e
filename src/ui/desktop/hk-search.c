/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-search.h"

#include "keys/hk-key-filter.h"

/* There may be tens of thousands of keys, and the main loop must not wait for them. */
#define KEYS_AT_ONCE 200

/* Whoever types does not wait longer for an account that is still being loaded. */
#define LONGEST_WAIT_MS 5000

typedef struct
{
  char **words;         /* (owned): what is looked for, folded */
  HkKeyFilter *filter;  /* (owned): the same for keys */
  GPtrArray *found;     /* (owned) (element-type GObject): people, locks, keys */
  guint n_keys;         /* that were found */
  guint position;       /* of the next key to look at */
  gulong state_handler;
  guint wait;           /* a scheduled call of the account's clock, or 0 */
} HkSearch;

static void
free_search (HkSearch *self)
{
  g_strfreev (self->words);
  g_object_unref (self->filter);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_loading (HkAccount *account)
{
  const HkAccountState state = hk_account_get_state (account);

  return state == HK_ACCOUNT_OPENING || state == HK_ACCOUNT_LOADING;
}

static void
find_people (HkSearch *self, HkAccount *account)
{
  GListModel *people = hk_account_get_people (account);
  const guint n_people = g_list_model_get_n_items (people);

  for (guint i = 0; i < n_people && self->found->len < HK_SEARCH_MAX_EACH; i++)
    {
      g_autoptr (NukiUser) person = g_list_model_get_item (people, i);
      g_autofree char *haystack = g_strjoin ("\n", nuki_user_get_name (person), nuki_user_get_email (person), NULL);

      if (hk_search_matches ((const char *const *) self->words, haystack))
        g_ptr_array_add (self->found, g_steal_pointer (&person));
    }
}

static void
find_locks (HkSearch *self, HkAccount *account)
{
  GListModel *locks = hk_account_get_locks (account);
  const guint n_locks = g_list_model_get_n_items (locks);
  const guint before = self->found->len;

  for (guint i = 0; i < n_locks && self->found->len < before + HK_SEARCH_MAX_EACH; i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);

      if (hk_search_matches ((const char *const *) self->words, nuki_lock_get_name (lock)))
        g_ptr_array_add (self->found, g_steal_pointer (&lock));
    }
}

static gboolean
on_keys (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  HkSearch *self = g_task_get_task_data (task);
  GListModel *keys = hk_account_get_keys (HK_ACCOUNT (g_task_get_source_object (task)));
  const guint n_keys = g_list_model_get_n_items (keys);
  const guint end = MIN (self->position + KEYS_AT_ONCE, n_keys);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;

  for (; self->position < end && self->n_keys < HK_SEARCH_MAX_EACH; self->position++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, self->position);

      /* What is still being made has no name by which it could be found again. */
      if (hk_key_get_record (key) == NULL || !gtk_filter_match (GTK_FILTER (self->filter), key))
        continue;
      g_ptr_array_add (self->found, g_steal_pointer (&key));
      self->n_keys++;
    }
  if (end < n_keys && self->n_keys < HK_SEARCH_MAX_EACH)
    return G_SOURCE_CONTINUE;

  g_task_return_pointer (task, g_steal_pointer (&self->found), (GDestroyNotify) g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

static void
start (GTask *task)
{
  HkSearch *self = g_task_get_task_data (task);
  HkAccount *account = HK_ACCOUNT (g_task_get_source_object (task));

  find_people (self, account);
  find_locks (self, account);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_keys, g_object_ref (task), g_object_unref);
}

static void
stop_waiting (GTask *task)
{
  HkSearch *self = g_task_get_task_data (task);
  HkAccount *account = HK_ACCOUNT (g_task_get_source_object (task));

  g_clear_signal_handler (&self->state_handler, account);
  if (self->wait != 0)
    hk_clock_cancel (hk_account_get_clock (account), self->wait);
  self->wait = 0;
  start (task);
  g_object_unref (task);
}

static void
on_waited_too_long (gpointer user_data)
{
  HkSearch *self = g_task_get_task_data (G_TASK (user_data));

  self->wait = 0;
  stop_waiting (G_TASK (user_data));
}

static void
on_notify_state (HkAccount *account, GParamSpec *pspec, gpointer user_data)
{
  if (!is_loading (account))
    stop_waiting (G_TASK (user_data));
}

static char **
fold_terms (const char *const *terms)
{
  GPtrArray *words = g_ptr_array_new ();

  for (; *terms != NULL; terms++)
    if (**terms != '\0')
      g_ptr_array_add (words, hk_search_fold (*terms));
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (words, FALSE);
}

/**
 * hk_search_async:
 * @account: where to look; while it is being loaded, the search waits for a few seconds
 * @terms: words that have to be there, all of them; without any, nothing is found
 *
 * Looks for people, locks and keys, without keeping the main loop from other things.
 */
void
hk_search_async (HkAccount *account, const char *const *terms, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *text = NULL;
  HkSearch *self;

  g_return_if_fail (HK_IS_ACCOUNT (account) && terms != NULL);

  task = g_task_new (account, cancellable, callback, user_data);
  g_task_set_source_tag (task, hk_search_async);
  self = g_new0 (HkSearch, 1);
  self->words = fold_terms (terms);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  self->filter = hk_key_filter_new (account);
  text = g_strjoinv (" ", self->words);
  g_object_set (self->filter, "search", text, NULL);
  g_task_set_task_data (task, self, (GDestroyNotify) free_search);

  if (self->words[0] == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->found), (GDestroyNotify) g_ptr_array_unref);
    }
  else if (!is_loading (account))
    {
      start (task);
    }
  else
    {
      self->state_handler = g_signal_connect (account, "notify::state", G_CALLBACK (on_notify_state), task);
      self->wait = hk_clock_schedule (hk_account_get_clock (account), LONGEST_WAIT_MS, on_waited_too_long, task);
      g_steal_pointer (&task);
    }
}

/**
 * hk_search_finish:
 *
 * Returns: (transfer full) (element-type GObject): people, locks and keys, in this order, or %NULL if it was cancelled
 */
GPtrArray *
hk_search_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, hk_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
