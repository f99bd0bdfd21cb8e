/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The object itself; what it does is in hk-account-*.c, by concern. */

#include "hk-account-private.h"
#include "hk-drain.h"
#include "hk-keeper.h"

G_DEFINE_FINAL_TYPE (HkAccount, hk_account, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_API_URL,
  PROP_SCOPES,
  PROP_REFRESHING,
  PROP_RECEIVED,
  PROP_LAST_REFRESH,
  PROP_PAUSED_UNTIL,
  PROP_LOCKS,
  PROP_PEOPLE,
  PROP_KEYS,
  PROP_CHANGES,
  PROP_UNDOABLE,
  PROP_JOURNAL_ERROR,
  PROP_JOURNAL_NOTICE,
  PROP_KEEP_DATA,
  PROP_SHOWS_KEPT,
  N_PROPS
};

enum
{
  KEYS_UPDATED,
  CHANGE_STATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
notify (HkAccount *self, guint prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static const char *
get_token (gpointer user_data)
{
  HkAccount *self = user_data;

  return self->token;
}

static gboolean
on_updated (gpointer user_data)
{
  /* Whoever hears of it may let the account go. */
  g_autoptr (HkAccount) self = g_object_ref (user_data);

  if (!hk_key_list_tell_renamed (self->keys))
    return G_SOURCE_CONTINUE;

  self->updated = 0;
  g_signal_emit (self, signals[KEYS_UPDATED], 0);

  return G_SOURCE_REMOVE;
}

static void
on_token_rejected (HkAccount *self)
{
  hk_account_reject_token (self, NULL);
}

static void
on_throttled (HkAccount *self, guint seconds)
{
  hk_pause_ask (hk_outbox_get_pause (self->outbox), seconds);
}

static void
on_pause_changed (HkAccount *self)
{
  notify (self, PROP_PAUSED_UNTIL);
  if (hk_pause_get_until (hk_outbox_get_pause (self->outbox)) > 0)
    hk_account_schedule_poll (self);
}

/* What is in the account. */
static void
get_content_property (HkAccount *self, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOCKS:
      g_value_set_object (value, self->locks);
      break;
    case PROP_PEOPLE:
      g_value_set_object (value, self->people);
      break;
    case PROP_KEYS:
      g_value_set_object (value, self->keys);
      break;
    case PROP_CHANGES:
      g_value_set_object (value, self->changes);
      break;
    case PROP_UNDOABLE:
      g_value_set_object (value, self->undoable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, prop_id, pspec);
    }
}

static void
hk_account_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkAccount *self = HK_ACCOUNT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_API_URL:
      g_value_set_string (value, hk_account_get_api_url (self));
      break;
    case PROP_SCOPES:
      g_value_set_uint (value, self->scopes);
      break;
    case PROP_REFRESHING:
      g_value_set_boolean (value, hk_account_get_refreshing (self));
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_LAST_REFRESH:
      g_value_set_boxed (value, self->last_refresh);
      break;
    case PROP_PAUSED_UNTIL:
      g_value_take_boxed (value, hk_account_dup_paused_until (self));
      break;
    case PROP_JOURNAL_ERROR:
      g_value_set_boxed (value, hk_account_get_journal_error (self));
      break;
    case PROP_JOURNAL_NOTICE:
      g_value_set_string (value, self->journal_notice);
      break;
    case PROP_KEEP_DATA:
      g_value_set_boolean (value, self->keep_data);
      break;
    case PROP_SHOWS_KEPT:
      g_value_set_boolean (value, self->shows_kept);
      break;
    default:
      get_content_property (self, prop_id, value, pspec);
    }
}

static void
hk_account_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_KEEP_DATA:
      hk_account_set_keep_data (HK_ACCOUNT (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_account_dispose (GObject *object)
{
  HkAccount *self = HK_ACCOUNT (object);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->outbox != NULL)
    {
      hk_keeper_cancel (self->keeper);
      hk_account_cancel_refresh (self);
      hk_account_forget_changes (self);
      nuki_client_set_token_func (self->client, NULL, NULL, NULL);
    }
  g_clear_object (&self->outbox);
  g_clear_object (&self->network);
  g_clear_handle_id (&self->updated, g_source_remove);

  G_OBJECT_CLASS (hk_account_parent_class)->dispose (object);
}

static void
hk_account_finalize (GObject *object)
{
  HkAccount *self = HK_ACCOUNT (object);

  hk_keeper_free (self->keeper);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->journal);
  g_free (self->journal_notice);
  g_clear_error (&self->error);
  g_clear_pointer (&self->token, hk_token_free);
  g_clear_pointer (&self->last_refresh, g_date_time_unref);

  g_clear_pointer (&self->keys_of_person, g_hash_table_unref);
  g_clear_pointer (&self->keys_of_lock, g_hash_table_unref);
  g_hash_table_unref (self->key_of_change);
  g_clear_pointer (&self->changes_for, g_hash_table_unref);
  g_hash_table_unref (self->lock_by_id);
  g_hash_table_unref (self->person_by_id);
  g_hash_table_unref (self->key_by_id);
  g_hash_table_unref (self->newer);
  hk_drain (self->all_keys);
  g_free (self->keys_digest);
  g_ptr_array_unref (self->active);
  g_object_unref (self->locks);
  g_object_unref (self->people);
  g_object_unref (self->keys);
  g_object_unref (self->changes);

  G_OBJECT_CLASS (hk_account_parent_class)->finalize (object);
}

static void
hk_account_class_init (HkAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hk_account_get_property;
  object_class->set_property = hk_account_set_property;
  object_class->dispose = hk_account_dispose;
  object_class->finalize = hk_account_finalize;

  /* A #HkAccountState and #NukiScopes. */
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SCOPES] = g_param_spec_uint ("scopes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_API_URL] = g_param_spec_string ("api-url", NULL, NULL, NULL, flags);
  properties[PROP_REFRESHING] = g_param_spec_boolean ("refreshing", NULL, NULL, FALSE, flags);
  properties[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_LAST_REFRESH] = g_param_spec_boxed ("last-refresh", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_PAUSED_UNTIL] = g_param_spec_boxed ("paused-until", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_LOCKS] = g_param_spec_object ("locks", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_PEOPLE] = g_param_spec_object ("people", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_KEYS] = g_param_spec_object ("keys", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_CHANGES] = g_param_spec_object ("changes", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_UNDOABLE] = g_param_spec_object ("undoable", NULL, NULL, HK_TYPE_CHANGE, flags);
  properties[PROP_JOURNAL_ERROR] = g_param_spec_boxed ("journal-error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_JOURNAL_NOTICE] = g_param_spec_string ("journal-notice", NULL, NULL, NULL, flags);
  properties[PROP_KEEP_DATA] = g_param_spec_boolean ("keep-data", NULL, NULL, TRUE, flags | G_PARAM_WRITABLE);
  properties[PROP_SHOWS_KEPT] = g_param_spec_boolean ("shows-kept", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * HkAccount::keys-updated:
   *
   * Something changed by which keys may be filtered, or which is said of them. Once for many changes, from the main loop,
   * and after the list of keys has told where one has to be sorted anew. Not after a refresh that brought nothing new.
   */
  signals[KEYS_UPDATED] = g_signal_new ("keys-updated", HK_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);

  /**
   * HkAccount::change-state:
   * @change: one of its changes
   *
   * The state of a change is another now.
   */
  signals[CHANGE_STATE] = g_signal_new ("change-state", HK_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, HK_TYPE_CHANGE);
}

static void
hk_account_init (HkAccount *self)
{
  self->keep_data = TRUE;
  self->keeper = hk_keeper_new (self);
  self->locks = g_list_store_new (NUKI_TYPE_LOCK);
  self->people = g_list_store_new (NUKI_TYPE_USER);
  self->keys = hk_key_list_new ();
  self->changes = g_list_store_new (HK_TYPE_CHANGE);
  self->lock_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->person_by_id = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->key_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->all_keys = g_ptr_array_new_with_free_func (g_object_unref);
  self->active = g_ptr_array_new_with_free_func (g_object_unref);
  self->key_of_change = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->newer = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @error is copied; %NULL if there is none. */
void
hk_account_set_state (HkAccount *self, HkAccountState state, const GError *error)
{
  GObject *object = G_OBJECT (self);
  const gboolean error_differs = error != NULL || self->error != NULL;
  g_autoptr (GError) copy = error != NULL ? g_error_copy (error) : NULL;

  g_object_freeze_notify (object);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&copy);
  if (error_differs)
    notify (self, PROP_ERROR);
  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
  g_object_thaw_notify (object);
}

void
hk_account_set_scopes (HkAccount *self, NukiScopes scopes)
{
  if (self->scopes == scopes)
    return;

  self->scopes = scopes;
  notify (self, PROP_SCOPES);
}

/* @n_undoable: how many changes that takes back, which is told as well */
void
hk_account_set_undoable (HkAccount *self, HkChange *change, guint n_undoable)
{
  const gboolean differs = self->n_undoable != n_undoable;

  self->n_undoable = n_undoable;
  if (g_set_object (&self->undoable, change) || differs)
    notify (self, PROP_UNDOABLE);
}

/* @last_refresh is %NULL when there are no data any more. */
void
hk_account_set_last_refresh (HkAccount *self, GDateTime *last_refresh)
{
  g_clear_pointer (&self->last_refresh, g_date_time_unref);
  if (last_refresh != NULL)
    self->last_refresh = g_date_time_ref (last_refresh);
  notify (self, PROP_LAST_REFRESH);
}

void
hk_account_set_shows_kept (HkAccount *self, gboolean shows_kept)
{
  if (self->shows_kept == shows_kept)
    return;

  self->shows_kept = shows_kept;
  notify (self, PROP_SHOWS_KEPT);
}

void
hk_account_notify_keep_data (HkAccount *self)
{
  notify (self, PROP_KEEP_DATA);
}

void
hk_account_notify_refreshing (HkAccount *self)
{
  notify (self, PROP_REFRESHING);
}

/* @received: 0 if there is nothing to be told; @expected: -1 if nobody knows */
void
hk_account_set_received (HkAccount *self, guint64 received, gint64 expected)
{
  if (self->received == received)
    return;

  self->received = received;
  self->expected = expected;
  notify (self, PROP_RECEIVED);
}

void
hk_account_notify_journal (HkAccount *self)
{
  notify (self, PROP_JOURNAL_ERROR);
  notify (self, PROP_JOURNAL_NOTICE);
}

/* Says once, soon, that keys may have to be sorted and filtered again. */
void
hk_account_queue_updated (HkAccount *self)
{
  self->has_news = TRUE;
  if (self->updated == 0)
    self->updated = g_idle_add_full (G_PRIORITY_DEFAULT, on_updated, self, NULL);
}

void
hk_account_forget_data (HkAccount *self)
{
  g_autoptr (GPtrArray) all_keys = g_steal_pointer (&self->all_keys);

  hk_keeper_cancel (self->keeper);
  self->all_keys = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_pointer (&self->keys_digest, g_free);
  g_hash_table_remove_all (self->key_by_id);
  g_hash_table_remove_all (self->person_by_id);
  g_hash_table_remove_all (self->lock_by_id);
  g_hash_table_remove_all (self->newer);
  hk_account_show_keys (self);
  g_list_store_remove_all (self->people);
  g_list_store_remove_all (self->locks);
  self->has_data = FALSE;
  self->n_errors = 0;
  hk_account_set_shows_kept (self, FALSE);
  hk_account_set_last_refresh (self, NULL);
  hk_drain (g_steal_pointer (&all_keys));
}

/**
 * hk_account_new:
 * @client: the service; its token comes from the account from now on
 * @store: where the token is kept
 * @clock: the time
 * @journal: where its changes are kept; opened when a token is looked for, and closed if there is none
 *
 * Returns: (transfer full): an account that does nothing before hk_account_open()
 */
HkAccount *
hk_account_new (NukiClient *client, HkTokenStore *store, HkClock *clock, HkJournal *journal)
{
  HkAccount *self;

  g_return_val_if_fail (NUKI_IS_CLIENT (client), NULL);
  g_return_val_if_fail (HK_IS_TOKEN_STORE (store), NULL);
  g_return_val_if_fail (HK_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (HK_IS_JOURNAL (journal), NULL);

  self = g_object_new (HK_TYPE_ACCOUNT, NULL);
  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->journal = g_object_ref (journal);
  self->outbox = hk_outbox_new (client, clock, journal);
  hk_account_connect_outbox (self);

  nuki_client_set_token_func (client, get_token, self, NULL);
  g_signal_connect_object (client, "token-rejected", G_CALLBACK (on_token_rejected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "throttled", G_CALLBACK (on_throttled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_outbox_get_pause (self->outbox), "changed", G_CALLBACK (on_pause_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * hk_account_get_state:
 *
 * Returns: how far the account is
 */
HkAccountState
hk_account_get_state (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), HK_ACCOUNT_SIGNED_OUT);

  return self->state;
}

/**
 * hk_account_get_error:
 *
 * Returns: (transfer none) (nullable): what is wrong: with the keyring, the token, or the last refresh
 */
const GError *
hk_account_get_error (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->error;
}

/**
 * hk_account_get_api_url:
 *
 * Returns: (transfer none): the address of the service
 */
const char *
hk_account_get_api_url (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return nuki_client_get_base_uri (self->client);
}

/**
 * hk_account_get_scopes:
 *
 * Returns: what the token may do, as far as it is known; what is not known yet counts as allowed
 */
NukiScopes
hk_account_get_scopes (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NUKI_SCOPE_NONE);

  return self->scopes;
}

/**
 * hk_account_get_last_refresh:
 *
 * Returns: (transfer none) (nullable): when the data were last renewed, UTC
 */
GDateTime *
hk_account_get_last_refresh (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->last_refresh;
}

/**
 * hk_account_dup_paused_until:
 *
 * Returns: (transfer full) (nullable): when the pause ends for which the service asks because there were too many
 *   requests, UTC; %NULL if there is none. Nothing is asked for or sent before.
 */
GDateTime *
hk_account_dup_paused_until (HkAccount *self)
{
  g_autoptr (GDateTime) now = NULL;
  gint64 until;

  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  until = hk_pause_get_until (hk_outbox_get_pause (self->outbox));
  if (until == 0)
    return NULL;
  now = hk_clock_now (self->clock);

  return g_date_time_add (now, MAX (until - hk_clock_get_monotonic (self->clock), 0));
}

/**
 * hk_account_get_clock:
 *
 * Returns: (transfer none): the time by which this account goes
 */
HkClock *
hk_account_get_clock (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->clock;
}

/**
 * hk_account_get_locks:
 *
 * Returns: (transfer none): a list of #NukiLock, favourites first, then by name
 */
GListModel *
hk_account_get_locks (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->locks);
}

/**
 * hk_account_get_people:
 *
 * Returns: (transfer none): a list of #NukiUser, by name
 */
GListModel *
hk_account_get_people (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->people);
}

/**
 * hk_account_get_keys:
 *
 * Returns: (transfer none): a list of #HkKey in no special order, with those still to be made and infrastructure, and
 *   without those that are being taken back
 */
GListModel *
hk_account_get_keys (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->keys);
}

/**
 * hk_account_get_changes:
 *
 * Returns: (transfer none): a list of #HkChange, newest first; of those that are over, the last 200
 */
GListModel *
hk_account_get_changes (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return G_LIST_MODEL (self->changes);
}

/**
 * hk_account_get_undoable:
 *
 * #HkAccount:undoable is also notified when something else goes with it than before; see hk_account_list_undoable().
 *
 * Returns: (transfer none) (nullable): the newest change that can still be undone by hk_account_discard()
 */
HkChange *
hk_account_get_undoable (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->undoable;
}
