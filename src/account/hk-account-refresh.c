/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the service what there is: once, or again and again. */

#include "hk-account-private.h"
#include "hk-backoff.h"
#include "hk-drain.h"
#include "hk-keeper.h"
#include "hk-merge.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define POLL_SECONDS 60

/* A poll asks for locks and keys. People change seldom: so many polls do without them. */
#define POLLS_WITHOUT_PEOPLE 9

/* More than a thousand keys take long enough for a word on how far it is; that is told in such steps. */
#define MANY_BYTES (512 * 1024)
#define STEP_BYTES (256 * 1024)

/* After a failed change: so long the service may need to show what it has. */
#define SOON_MILLISECONDS 3000

/* So long whoever shows very many keys that were kept may have the processors for that alone. */
#define MANY_KEYS 1000
#define KEPT_MILLISECONDS 100

/* After so long, whoever shows what is new has done so. */
#define TRIM_MILLISECONDS 3000

/*
 * HkRefresh:
 * @account: (unowned) (nullable): %NULL once it is cancelled
 * @n_waiting: answers that are still to come
 * @asks_people: it is asked who there is, too
 * @waits_for_kept: what was kept is still to come, and nothing is asked before
 * @digest: (owned) (nullable): of the answer about keys
 * @same_keys: that is the one as which the account's keys are
 * @error: (owned) (nullable): the first thing that went wrong
 * @found: what the token may do, as far as it showed
 * @missing: what it may not do
 */
struct _HkRefresh
{
  grefcount refs;
  HkAccount *account;
  GCancellable *cancellable;
  guint n_waiting;
  gboolean asks_people;
  gboolean waits_for_kept;
  GPtrArray *locks;
  GPtrArray *people;
  GPtrArray *keys;
  char *digest;
  gboolean same_keys;
  GError *error;
  NukiScopes found;
  NukiScopes missing;
  HkMerge *merge;
};

static HkRefresh *
ref_refresh (HkRefresh *self)
{
  g_ref_count_inc (&self->refs);

  return self;
}

static void
unref_refresh (HkRefresh *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->merge, hk_merge_free);
  g_clear_pointer (&self->locks, g_ptr_array_unref);
  hk_drain (g_steal_pointer (&self->people));
  hk_drain (g_steal_pointer (&self->keys));
  g_free (self->digest);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HkRefresh, unref_refresh)

/* Returns: microseconds until the pause ends for which the service asks; 0 if there is none */
static gint64
get_pause_left (HkAccount *self)
{
  const gint64 until = hk_pause_get_until (hk_outbox_get_pause (self->outbox));

  return MAX (until - hk_clock_get_monotonic (self->clock), 0);
}

static void
stop_timer (HkAccount *self, guint *timer)
{
  if (*timer > 0)
    hk_clock_cancel (self->clock, *timer);
  *timer = 0;
}

static void refresh (HkAccount *self, gboolean asks_people);

static void
on_poll (gpointer user_data)
{
  HkAccount *self = user_data;
  const gboolean is_plain = !self->refresh_owed && self->n_errors == 0 && !self->shows_kept && self->has_data;

  self->timer = 0;
  refresh (self, !is_plain || self->n_polls >= POLLS_WITHOUT_PEOPLE);
}

static void
on_soon (gpointer user_data)
{
  HkAccount *self = user_data;

  self->soon = 0;
  hk_account_refresh (self);
}

/* What was needed only for a moment, such as answers and what was made of them, stays with the process unless it is told to
 * give it back. That takes about a millisecond. */
static void
on_trim (gpointer user_data)
{
  HkAccount *self = user_data;

  self->trim = 0;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

/* Without locks and keys there is nothing to be shown. */
static gboolean
has_essentials (HkRefresh *refresh)
{
  return refresh->locks != NULL &&
         (refresh->keys != NULL || refresh->same_keys || (refresh->missing & NUKI_SCOPE_KEYS));
}

/* The next answer need not be read if it is the same, unless there are changes that wait to be seen in it. */
static void
remember_answer (HkRefresh *refresh)
{
  HkAccount *self = refresh->account;

  if (refresh->keys == NULL)
    return;

  g_clear_pointer (&self->keys_digest, g_free);
  if (g_hash_table_size (self->newer) == 0 && self->active->len == 0 && hk_account_is_known (self, refresh->locks))
    self->keys_digest = g_steal_pointer (&refresh->digest);
}

static void
finish (HkRefresh *refresh, gboolean has_data)
{
  /* Whoever hears of the end may let the account go, or sign out. */
  g_autoptr (HkAccount) self = g_object_ref (refresh->account);
  g_autoptr (HkRefresh) owned = g_steal_pointer (&self->refresh);
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  const GError *error = refresh->error;

  refresh->account = NULL;
  self->has_data |= has_data;
  self->n_errors = error != NULL ? self->n_errors + 1 : 0;
  hk_account_set_scopes (self, (self->scopes | refresh->found) & ~refresh->missing);
  if (error == NULL)
    {
      hk_account_set_shows_kept (self, FALSE);
      hk_account_set_last_refresh (self, now);
    }
  if (self->token == NULL)
    return;

  if (has_data)
    hk_account_release_changes (self, refresh->locks);
  if (g_error_matches (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED))
    hk_account_reject_token (self, error);
  else
    hk_account_set_state (self, self->has_data ? HK_ACCOUNT_READY : HK_ACCOUNT_LOADING, error);

  /* Not before: nobody is to see a step back. */
  hk_account_set_received (self, 0, -1);
  if (error == NULL && has_data && self->state == HK_ACCOUNT_READY)
    hk_account_keep (self, refresh->locks);
  if (refresh->keys != NULL && self->trim == 0)
    self->trim = hk_clock_schedule (self->clock, TRIM_MILLISECONDS, on_trim, self);
  hk_account_notify_refreshing (self);
  if (self->refresh_again)
    hk_account_refresh (self);
  hk_account_schedule_poll (self);
}

static void
on_merged (gpointer user_data)
{
  HkRefresh *refresh = user_data;

  remember_answer (refresh);
  finish (refresh, has_essentials (refresh));
}

static void
merge (HkRefresh *self)
{
  HkAccount *account = self->account;

  if (self->locks != NULL)
    hk_account_check_owner (account, self->locks);
  /* What may not be seen any more cannot be renewed either, and would look as if it had been. */
  if (account->shows_kept && self->people == NULL && (self->missing & NUKI_SCOPE_PEOPLE))
    self->people = g_ptr_array_new_with_free_func (g_object_unref);
  self->merge = hk_merge_new (account, self->locks, self->people, self->keys, on_merged, self);
  if (!hk_account_is_known (account, self->locks))
    hk_merge_only_show (self->merge);
  if (account->shows_kept && self->keys == NULL && (self->missing & NUKI_SCOPE_KEYS))
    hk_merge_forget_keys (self->merge);
}

static void
take_answer (HkRefresh *self)
{
  if (--self->n_waiting > 0)
    return;

  if (g_error_matches (self->error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED))
    finish (self, FALSE);
  else
    merge (self);
}

static void
take_error (HkRefresh *self, GError *error, NukiScopes scope)
{
  const gboolean is_scope = g_error_matches (error, NUKI_ERROR, NUKI_ERROR_SCOPE);

  if (error == NULL)
    self->found |= scope;
  else if (is_scope)
    self->missing |= scope;

  /* Without the scope for locks nothing works; without the others, less. And nothing else matters if the token is not
   * accepted, whichever answer comes first. */
  if (error == NULL || (is_scope && scope != NUKI_SCOPE_LOCKS) ||
      (self->error != NULL && !g_error_matches (error, NUKI_ERROR, NUKI_ERROR_UNAUTHORIZED)))
    {
      g_clear_error (&error);
      return;
    }

  g_clear_error (&self->error);
  self->error = error;
}

static void
on_locks_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkRefresh) self = user_data;
  GError *error = NULL;

  self->locks = nuki_client_list_locks_finish (NUKI_CLIENT (source), result, &error);
  take_error (self, error, NUKI_SCOPE_LOCKS);
  if (self->account != NULL)
    take_answer (self);
}

static void
on_people_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkRefresh) self = user_data;
  GError *error = NULL;

  self->people = nuki_client_list_users_finish (NUKI_CLIENT (source), result, &error);
  take_error (self, error, NUKI_SCOPE_PEOPLE);
  if (self->account != NULL)
    take_answer (self);
}

static void
ask_for_people (HkRefresh *self)
{
  self->n_waiting++;
  nuki_client_list_users_async (self->account->client, NULL, self->cancellable, on_people_listed, ref_refresh (self));
}

/* Whether there is a new key of somebody who is not known. */
static gboolean
names_somebody_new (HkRefresh *self)
{
  for (guint i = 0; self->keys != NULL && i < self->keys->len; i++)
    {
      NukiKey *key = g_ptr_array_index (self->keys, i);
      const int user_id = nuki_key_get_user_id (key);

      if (user_id != 0 && !g_hash_table_contains (self->account->person_by_id, GINT_TO_POINTER (user_id)) &&
          !g_hash_table_contains (self->account->key_by_id, nuki_key_get_id (key)))
        return TRUE;
    }

  return FALSE;
}

static void
on_keys_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkRefresh) self = user_data;
  GError *error = NULL;

  self->keys = nuki_client_renew_keys_finish (NUKI_CLIENT (source), result, &self->digest, &error);
  self->same_keys = self->keys == NULL && error == NULL;
  take_error (self, error, NUKI_SCOPE_KEYS);
  if (self->account != NULL && !self->asks_people && names_somebody_new (self))
    ask_for_people (self);
  if (self->account != NULL)
    take_answer (self);
}

static void
on_keys_progress (goffset received, goffset expected, gpointer user_data)
{
  HkRefresh *self = user_data;

  if (self->account != NULL && MAX (received, expected) >= MANY_BYTES)
    hk_account_set_received (self->account, (guint64) MAX (received - received % STEP_BYTES, 1), expected);
}

static NukiKey *
find_record (const char *id, gpointer user_data)
{
  HkRefresh *self = user_data;
  HkKey *key = self->account != NULL ? g_hash_table_lookup (self->account->key_by_id, id) : NULL;

  return key != NULL ? hk_key_get_record (key) : NULL;
}

static void
ask (HkRefresh *self)
{
  HkAccount *account = self->account;

  nuki_client_list_locks_async (account->client, self->cancellable, on_locks_listed, ref_refresh (self));
  if (self->asks_people)
    ask_for_people (self);
  nuki_client_renew_keys_async (account->client, account->active->len == 0 ? account->keys_digest : NULL, find_record,
                                on_keys_progress, self->cancellable, on_keys_listed, ref_refresh (self));
}

static gboolean
on_kept_seen (gpointer user_data)
{
  HkRefresh *self = user_data;

  if (self->account != NULL)
    ask (self);

  return G_SOURCE_REMOVE;
}

static void
start (HkAccount *self, gboolean asks_people)
{
  HkRefresh *refresh = g_new0 (HkRefresh, 1);

  g_ref_count_init (&refresh->refs);
  refresh->account = self;
  refresh->cancellable = g_cancellable_new ();
  refresh->waits_for_kept = hk_keeper_is_loading (self->keeper);
  refresh->asks_people = asks_people;
  refresh->n_waiting = 2;
  self->n_polls = asks_people ? 0 : self->n_polls + 1;
  self->refresh = refresh;
  self->refresh_again = FALSE;
  self->refresh_owed = FALSE;
  g_hash_table_remove_all (self->newer);

  if (!refresh->waits_for_kept)
    ask (refresh);
  hk_account_notify_refreshing (self);
}

void
hk_account_cancel_refresh (HkAccount *self)
{
  stop_timer (self, &self->timer);
  stop_timer (self, &self->soon);
  stop_timer (self, &self->trim);
  self->refresh_again = FALSE;
  self->refresh_owed = FALSE;
  if (self->refresh == NULL)
    return;

  self->refresh->account = NULL;
  g_clear_pointer (&self->refresh->merge, hk_merge_free);
  g_cancellable_cancel (self->refresh->cancellable);
  g_clear_pointer (&self->refresh, unref_refresh);
  hk_account_set_received (self, 0, -1);
  hk_account_notify_refreshing (self);
}

/* What was kept is shown, or there is nothing. A refresh waits for that: what is new must not be told before what is old, and
 * to read two lists of very many keys at a time would only make both late. */
void
hk_account_go_on_refreshing (HkAccount *self)
{
  if (self->refresh == NULL || !self->refresh->waits_for_kept)
    return;

  self->refresh->waits_for_kept = FALSE;
  if (self->all_keys->len < MANY_KEYS)
    ask (self->refresh);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, KEPT_MILLISECONDS, on_kept_seen, ref_refresh (self->refresh),
                        (GDestroyNotify) unref_refresh);
}

/* In a moment, however often this is called. */
void
hk_account_refresh_soon (HkAccount *self)
{
  if (self->soon == 0)
    self->soon = hk_clock_schedule (self->clock, SOON_MILLISECONDS, on_soon, self);
}

/* Sets the timer for the next refresh by itself: each minute, sooner after one that failed, and not before the end of a
 * pause for which the service asks. */
void
hk_account_schedule_poll (HkAccount *self)
{
  gint64 wait = POLL_SECONDS * G_TIME_SPAN_SECOND;

  stop_timer (self, &self->timer);
  if ((!self->polling && !self->refresh_owed) || self->refresh != NULL ||
      (self->state != HK_ACCOUNT_LOADING && self->state != HK_ACCOUNT_READY))
    return;

  if (self->refresh_owed)
    wait = 0;
  else if (self->n_errors > 0)
    wait = hk_backoff_get_delay (self->clock, self->n_errors);
  wait = MAX (wait, get_pause_left (self));
  self->timer = hk_clock_schedule (self->clock, (guint) MIN ((wait + 999) / 1000, G_MAXUINT), on_poll, self);
}

static void
refresh (HkAccount *self, gboolean asks_people)
{
  if (self->token == NULL)
    return;

  if (self->refresh != NULL)
    {
      self->refresh_again |= g_hash_table_size (self->newer) > 0 || asks_people > self->refresh->asks_people;
    }
  else if (get_pause_left (self) > 0)
    {
      self->refresh_owed = TRUE;
      hk_account_schedule_poll (self);
    }
  else
    {
      start (self, asks_people);
    }
}

/**
 * hk_account_refresh:
 *
 * Asks the service for locks, people and keys, and brings what it says into the lists. Nothing happens without a token. If
 * a refresh is running already, another one follows only if that one may have missed something. If the service asks for a
 * pause, it is done when that is over.
 */
void
hk_account_refresh (HkAccount *self)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));

  refresh (self, TRUE);
}

/**
 * hk_account_refresh_if_older:
 * @seconds: an age
 *
 * Refreshes if the data are older than that, or if nobody can tell because the computer's clock was put back.
 */
void
hk_account_refresh_if_older (HkAccount *self, guint seconds)
{
  g_autoptr (GDateTime) now = NULL;
  GTimeSpan age = -1;

  g_return_if_fail (HK_IS_ACCOUNT (self));

  now = hk_clock_now (self->clock);
  if (self->last_refresh != NULL)
    age = g_date_time_difference (now, self->last_refresh);
  if (age < 0 || age >= seconds * G_TIME_SPAN_SECOND)
    hk_account_refresh (self);
}

/**
 * hk_account_set_polling:
 * @polling: whether to refresh each minute
 *
 * A poll asks for locks and keys, and for people when there is a new key of somebody unknown, and every ten minutes. To be on
 * while a window is to be seen. After errors it is tried again soon, and less often from one to the next.
 */
void
hk_account_set_polling (HkAccount *self, gboolean polling)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));

  if (self->polling == polling)
    return;

  self->polling = polling;
  if (polling && self->has_data)
    hk_account_refresh_if_older (self, POLL_SECONDS);
  hk_account_schedule_poll (self);
}

/**
 * hk_account_get_refreshing:
 *
 * Returns: whether a refresh is running
 */
gboolean
hk_account_get_refreshing (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);

  return self->refresh != NULL;
}

/**
 * hk_account_get_received:
 * @fraction: (out): how much of all that is, from 0 to 1; -1 if nobody knows
 *
 * Tells how far a refresh is that takes a while, as there are very many keys.
 *
 * Returns: how many bytes of them have come, about; 0 if there is no such refresh
 */
guint64
hk_account_get_received (HkAccount *self, double *fraction)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), 0);
  g_return_val_if_fail (fraction != NULL, 0);

  *fraction = self->expected > 0 ? CLAMP ((double) self->received / (double) self->expected, 0, 1) : -1;

  return self->received;
}
