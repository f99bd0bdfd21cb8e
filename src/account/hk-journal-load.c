/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading what an earlier process wrote down. Nothing in the file is trusted: what makes no sense is damage. */

#include "hk-journal-private.h"

#include "hk-outbox.h"

/* 9999-12-31, the last day that GDateTime knows, in seconds since 1970. */
#define LAST_SECOND 253402300799

/* The columns of HK_JOURNAL_LOAD_CHANGES. */
enum
{
  COLUMN_ID,
  COLUMN_KIND,
  COLUMN_STATE,
  COLUMN_ASKED,
  COLUMN_NAME,
  COLUMN_LOCK_ID,
  COLUMN_KEY_ID,
  COLUMN_USER_ID,
  COLUMN_FIELDS,
  COLUMN_NEW_NAME,
  COLUMN_EMAIL,
  COLUMN_LANGUAGE,
  COLUMN_FAVORITE,
  COLUMN_UNDOABLE,
  COLUMN_ERROR_DOMAIN,
  COLUMN_ERROR_CODE,
  COLUMN_ERROR_TEXT,
  COLUMN_INVITEE_ID,
  COLUMN_AFTER_ID,
  COLUMN_WHOLE_ID,
  COLUMN_WAIT,
  COLUMN_DUE,
  COLUMN_N_TRIES,
  COLUMN_N_LOOKS,
  COLUMN_N_READ_BACKS,
  COLUMN_ACCEPTED,
  COLUMN_POSTED,
  COLUMN_UNCLEAR,
  COLUMN_QUEUED,
  COLUMN_BASE_UPDATED,
  COLUMN_LOOKED,
  COLUMN_ENDED,
};

/*
 * Loading:
 * @changes: (owned) (element-type gint64 HkChange): by their number
 * @invitees: (owned) (element-type gint64 HkInvitee): by theirs
 * @deliveries: (owned) (element-type HkDelivery): what is not over, oldest first
 */
typedef struct
{
  HkJournal *journal;
  HkOutbox *outbox;
  NukiClient *client;
  GHashTable *changes;
  GHashTable *invitees;
  GPtrArray *deliveries;
} Loading;

static void
clear_loading (Loading *self)
{
  g_hash_table_unref (self->changes);
  g_hash_table_unref (self->invitees);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loading, clear_loading)

static gboolean
fail (Loading *self, GError **error)
{
  hk_journal_set_error (self->journal, SQLITE_CORRUPT, error);

  return FALSE;
}

/* Returns: (nullable): valid until the next step of the statement; %NULL also if it is not UTF-8 */
const char *
hk_journal_get_text (sqlite3_stmt *row, int column)
{
  const char *text = (const char *) sqlite3_column_text (row, column);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : NULL;
}

static guint
get_count (sqlite3_stmt *row, int column)
{
  return (guint) CLAMP (sqlite3_column_int64 (row, column), 0, G_MAXINT);
}

/* Returns: (transfer full) (nullable): %NULL also if there is no such day */
GDateTime *
hk_journal_get_time (sqlite3_stmt *row, int column)
{
  const gint64 time = sqlite3_column_int64 (row, column);
  g_autoptr (GDateTime) seconds = NULL;

  if (sqlite3_column_type (row, column) != SQLITE_INTEGER || time < 0 || time / G_TIME_SPAN_SECOND > LAST_SECOND)
    return NULL;

  seconds = g_date_time_new_from_unix_utc (time / G_TIME_SPAN_SECOND);

  return g_date_time_add (seconds, time % G_TIME_SPAN_SECOND);
}

/* How long ago, or how far ahead, counts: the computer may have been started anew. A time that the clock cannot have shown is
 * now. */
static gint64
get_monotonic (Loading *self, sqlite3_stmt *row, int column)
{
  const gint64 monotonic = hk_clock_get_monotonic (self->journal->clock);
  g_autoptr (GDateTime) now = hk_clock_now (self->journal->clock);
  g_autoptr (GDateTime) time = hk_journal_get_time (row, column);

  if (time == NULL || sqlite3_column_int64 (row, column) == 0)
    return 0;

  return MAX (1, monotonic - MAX (0, g_date_time_difference (now, time)));
}

/* The undo time goes on, but is not longer than it ever is, whatever was done to the clock. */
static gint64
get_due (Loading *self, sqlite3_stmt *row)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->journal->clock);
  g_autoptr (GDateTime) due = hk_journal_get_time (row, COLUMN_DUE);

  if (due == NULL || sqlite3_column_int (row, COLUMN_WAIT) != HK_DELIVERY_WAIT_UNDO)
    return 0;

  return hk_clock_get_monotonic (self->journal->clock) +
         CLAMP (g_date_time_difference (due, now), 0, HK_UNDO_SECONDS * G_TIME_SPAN_SECOND);
}

static GError *
load_change_error (sqlite3_stmt *row)
{
  const char *domain = hk_journal_get_text (row, COLUMN_ERROR_DOMAIN);
  const char *text = hk_journal_get_text (row, COLUMN_ERROR_TEXT);

  if (domain == NULL || *domain == '\0' || text == NULL)
    return NULL;

  /* As long as this domain is not registered, its errors get no room for what it adds to them. */
  nuki_error_quark ();
  return g_error_new_literal (g_quark_from_string (domain), sqlite3_column_int (row, COLUMN_ERROR_CODE), text);
}

static NukiLimits *
make_limits (sqlite3_stmt *row, int column)
{
  g_autoptr (GDateTime) from = hk_journal_get_time (row, column);
  g_autoptr (GDateTime) until = hk_journal_get_time (row, column + 1);
  const gboolean has_window = sqlite3_column_type (row, column + 3) == SQLITE_INTEGER;
  const int start = has_window ? sqlite3_column_int (row, column + 3) : -1;
  const int end = has_window ? sqlite3_column_int (row, column + 4) : -1;

  return nuki_limits_new (from, until, (NukiWeekdays) sqlite3_column_int (row, column + 2), start, end);
}

/* A limit that cannot be read must not become none. */
static gboolean
has_sound_limits (sqlite3_stmt *row, int column)
{
  for (int i = column; i < column + 2; i++)
    {
      g_autoptr (GDateTime) time = hk_journal_get_time (row, i);

      if (time == NULL && sqlite3_column_type (row, i) != SQLITE_NULL)
        return FALSE;
    }

  return sqlite3_column_type (row, column + 2) == SQLITE_INTEGER &&
         sqlite3_column_type (row, column + 3) == sqlite3_column_type (row, column + 4) &&
         (sqlite3_column_type (row, column + 3) == SQLITE_NULL ||
          (sqlite3_column_int64 (row, column + 3) == get_count (row, column + 3) &&
           sqlite3_column_int64 (row, column + 4) == get_count (row, column + 4)));
}

static gboolean
load_spec (Loading *self, gint64 change_id, HkJournalSpec role, NukiKeySpec **spec, GError **error)
{
  sqlite3_stmt *row = hk_journal_prepare (self->journal, HK_JOURNAL_LOAD_SPEC, error);
  g_autoptr (NukiLimits) limits = NULL;
  int code;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, change_id);
  sqlite3_bind_int (row, 2, role);
  code = sqlite3_step (row);
  if (code == SQLITE_DONE)
    return TRUE;
  if (code != SQLITE_ROW || hk_journal_get_text (row, 1) == NULL || !has_sound_limits (row, 7))
    return fail (self, error);

  limits = make_limits (row, 7);
  *spec = nuki_key_spec_new ((NukiKeyType) sqlite3_column_int (row, 0), hk_journal_get_text (row, 1));
  (*spec)->user_id = sqlite3_column_int (row, 2);
  (*spec)->code = sqlite3_column_int (row, 3);
  (*spec)->enabled = sqlite3_column_int (row, 4) != 0;
  (*spec)->remote_allowed = sqlite3_column_int (row, 5) != 0;
  (*spec)->smart_actions = sqlite3_column_int (row, 6) != 0;
  nuki_key_spec_set_limits (*spec, limits);
  sqlite3_reset (row);

  return TRUE;
}

static gboolean
load_base_details (Loading *self, HkChange *change, GError **error)
{
  sqlite3_stmt *row = hk_journal_prepare (self->journal, HK_JOURNAL_LOAD_BASE_DETAILS, error);
  int code;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, change->id);
  code = sqlite3_step (row);
  if (code == SQLITE_DONE)
    return TRUE;
  if (code != SQLITE_ROW || hk_journal_get_text (row, 0) == NULL || change->details == NULL)
    return fail (self, error);

  change->base_details = hk_details_new_of_person (hk_journal_get_text (row, 0), hk_journal_get_text (row, 1),
                                                   hk_journal_get_text (row, 2));
  change->base_details->favorite = sqlite3_column_int (row, 3) != 0;
  sqlite3_reset (row);

  return TRUE;
}

/* The keys of one invitation share the person. */
static gboolean
load_invitee (Loading *self, HkChange *change, gint64 invitee_id, GError **error)
{
  HkInvitee *invitee = g_hash_table_lookup (self->invitees, &invitee_id);
  sqlite3_stmt *row;

  if (invitee == NULL && invitee_id != 0)
    {
      row = hk_journal_prepare (self->journal, HK_JOURNAL_LOAD_INVITEE, error);
      if (row == NULL)
        return FALSE;
      sqlite3_bind_int64 (row, 1, invitee_id);
      if (sqlite3_step (row) != SQLITE_ROW || hk_journal_get_text (row, 0) == NULL || hk_journal_get_text (row, 1) == NULL)
        return fail (self, error);

      invitee = hk_invitee_new_again (invitee_id, hk_journal_get_text (row, 0), hk_journal_get_text (row, 1),
                                      hk_journal_get_text (row, 2), sqlite3_column_int (row, 3));
      g_hash_table_insert (self->invitees, g_memdup2 (&invitee_id, sizeof invitee_id), invitee);
      sqlite3_reset (row);
    }
  if (invitee != NULL)
    change->invitee = hk_invitee_ref (invitee);
  hk_change_set_invited (change);

  return TRUE;
}

static gboolean
load_known_ids (Loading *self, HkDelivery *delivery, GError **error)
{
  sqlite3_stmt *row = hk_journal_prepare (self->journal, HK_JOURNAL_LOAD_KNOWN_KEYS, error);
  int code;

  if (row == NULL)
    return FALSE;

  delivery->known_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_bind_int64 (row, 1, delivery->change->id);
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    if (hk_journal_get_text (row, 0) != NULL)
      g_hash_table_add (delivery->known_ids, g_strdup (hk_journal_get_text (row, 0)));
  if (code != SQLITE_DONE)
    return fail (self, error);
  delivery->n_known_saved = g_hash_table_size (delivery->known_ids);

  return TRUE;
}

/* Whether there is all that a change of its kind needs. */
static gboolean
is_complete (HkChange *change)
{
  switch (change->kind)
    {
    case HK_CHANGE_CREATE_KEY:
      return change->spec != NULL && change->lock_id != 0;
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_SWITCH_KEY:
      return change->spec != NULL && change->lock_id != 0 && (change->key_id != NULL || change->after != NULL);
    case HK_CHANGE_DELETE_KEY:
      return change->lock_id != 0 && (change->key_id != NULL || change->after != NULL);
    case HK_CHANGE_UPDATE_PERSON:
      return change->user_id != 0 && change->details != NULL && change->details->email != NULL;
    case HK_CHANGE_DELETE_PERSON:
      return change->user_id != 0;
    case HK_CHANGE_UPDATE_LOCK:
      return change->lock_id != 0 && change->details != NULL;
    default:
      return FALSE;
    }
}

/* Earlier changes come first, so what this one waits for is there already. */
static void
join_earlier (Loading *self, sqlite3_stmt *row, HkChange *change)
{
  const gint64 after_id = sqlite3_column_int64 (row, COLUMN_AFTER_ID);

  if (after_id != 0)
    g_set_object (&change->after, g_hash_table_lookup (self->changes, &after_id));
  if (change->kind == HK_CHANGE_DELETE_PERSON)
    change->parts = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Returns: (nullable): what is asked for a person or a lock; nobody is to be without a name */
static HkDetails *
load_details (sqlite3_stmt *row)
{
  HkDetails *details;

  if (hk_journal_get_text (row, COLUMN_NEW_NAME) == NULL)
    return NULL;

  details = hk_details_new_of_person (hk_journal_get_text (row, COLUMN_NEW_NAME), hk_journal_get_text (row, COLUMN_EMAIL),
                                      hk_journal_get_text (row, COLUMN_LANGUAGE));
  details->favorite = sqlite3_column_int (row, COLUMN_FAVORITE) != 0;

  return details;
}

static void
fill_change (HkChange *change, sqlite3_stmt *row)
{
  change->id = sqlite3_column_int64 (row, COLUMN_ID);
  change->state = (HkChangeState) sqlite3_column_int (row, COLUMN_STATE);
  change->lock_id = sqlite3_column_int64 (row, COLUMN_LOCK_ID);
  change->key_id = g_strdup (hk_journal_get_text (row, COLUMN_KEY_ID));
  change->user_id = sqlite3_column_int (row, COLUMN_USER_ID);
  change->fields = (HkFields) sqlite3_column_int (row, COLUMN_FIELDS);
  change->name = g_strdup (hk_journal_get_text (row, COLUMN_NAME));
  change->details = load_details (row);
  change->error = change->state == HK_CHANGE_FAILED ? load_change_error (row) : NULL;
}

/* What was in the way of it may be gone. */
static HkDeliveryWait
load_wait (sqlite3_stmt *row)
{
  const int wait = sqlite3_column_int (row, COLUMN_WAIT);

  return wait == HK_DELIVERY_WAIT_UNDO || wait == HK_DELIVERY_WAIT_PARTS ? (HkDeliveryWait) wait
                                                                       : HK_DELIVERY_WAIT_NONE;
}

/*
 * What was on its way when the process ended begins anew, with a look. A create whose request may have gone out is as one
 * whose answer got lost.
 */
static void
fill_delivery (Loading *self, HkDelivery *delivery, sqlite3_stmt *row)
{
  HkChange *change = delivery->change;

  delivery->saved = TRUE;
  delivery->wait = load_wait (row);
  delivery->due = get_due (self, row);
  delivery->n_read_backs = get_count (row, COLUMN_N_READ_BACKS);
  delivery->accepted = get_monotonic (self, row, COLUMN_ACCEPTED);
  delivery->unclear = sqlite3_column_int (row, COLUMN_UNCLEAR) != 0 || sqlite3_column_int (row, COLUMN_POSTED) != 0;
  delivery->queued = sqlite3_column_int (row, COLUMN_QUEUED) != 0;
  delivery->base_updated = hk_journal_get_time (row, COLUMN_BASE_UPDATED);

  if (change->state == HK_CHANGE_SENDING)
    change->state = HK_CHANGE_WAITING;
  if (change->state == HK_CHANGE_NOT_CONFIRMED && delivery->unclear && delivery->accepted == 0 &&
      change->key_id == NULL)
    change->hindrance = HK_HINDRANCE_UNCLEAR;
  change->undoable = change->state == HK_CHANGE_WAITING && delivery->due > 0 &&
                     sqlite3_column_int (row, COLUMN_UNDOABLE) != 0;
}

static HkChange *
make_change (sqlite3_stmt *row)
{
  g_autoptr (GDateTime) asked = hk_journal_get_time (row, COLUMN_ASKED);
  const int kind = sqlite3_column_int (row, COLUMN_KIND);
  const int state = sqlite3_column_int (row, COLUMN_STATE);
  const gint64 id = sqlite3_column_int64 (row, COLUMN_ID);

  if (asked == NULL || id <= 0 || id > LAST_SECOND * G_TIME_SPAN_SECOND || kind < HK_CHANGE_CREATE_KEY ||
      kind > HK_CHANGE_UPDATE_LOCK || state < HK_CHANGE_WAITING || state > HK_CHANGE_DISCARDED)
    return NULL;

  return hk_change_new ((HkChangeKind) kind, asked);
}

static gboolean
is_over (HkChange *change)
{
  return change->state == HK_CHANGE_CONFIRMED || change->state == HK_CHANGE_DISCARDED;
}

static gboolean
load_row (Loading *self, sqlite3_stmt *row, GError **error)
{
  g_autoptr (HkChange) change = make_change (row);
  g_autoptr (HkDelivery) delivery = NULL;

  if (change == NULL)
    return fail (self, error);

  fill_change (change, row);
  join_earlier (self, row, change);
  if (!load_spec (self, change->id, HK_JOURNAL_SPEC_ASKED, &change->spec, error) ||
      !load_spec (self, change->id, HK_JOURNAL_SPEC_BASE, &change->base, error) ||
      !load_base_details (self, change, error) ||
      !load_invitee (self, change, sqlite3_column_int64 (row, COLUMN_INVITEE_ID), error))
    return FALSE;
  if (is_over (change) != (sqlite3_column_int64 (row, COLUMN_ENDED) != 0) ||
      (change->state == HK_CHANGE_FAILED && change->error == NULL) || (!is_over (change) && !is_complete (change)))
    return fail (self, error);

  /* What is asked from now on comes later, also if the clock has been put back. */
  self->journal->last_id = MAX (self->journal->last_id, change->id);
  g_hash_table_insert (self->changes, g_memdup2 (&change->id, sizeof change->id), g_object_ref (change));
  if (is_over (change))
    return TRUE;

  delivery = hk_delivery_new (self->outbox, self->client, change);
  fill_delivery (self, delivery, row);
  if (!load_spec (self, change->id, HK_JOURNAL_SPEC_SENT, &delivery->sent, error) ||
      (sqlite3_column_int (row, COLUMN_LOOKED) != 0 && !load_known_ids (self, delivery, error)))
    return FALSE;
  g_ptr_array_add (self->deliveries, g_steal_pointer (&delivery));

  return TRUE;
}

/* A person comes after the keys that have to go first. */
static gboolean
join_parts (Loading *self, GError **error)
{
  sqlite3_stmt *row = hk_journal_prepare (self->journal, HK_JOURNAL_LOAD_CHANGES, error);

  if (row == NULL)
    return FALSE;

  while (sqlite3_step (row) == SQLITE_ROW)
    {
      const gint64 id = sqlite3_column_int64 (row, COLUMN_ID);
      const gint64 whole_id = sqlite3_column_int64 (row, COLUMN_WHOLE_ID);
      HkChange *part = g_hash_table_lookup (self->changes, &id);
      HkChange *whole = whole_id != 0 ? g_hash_table_lookup (self->changes, &whole_id) : NULL;

      if (whole == NULL || is_over (whole))
        continue;
      if (part->kind != HK_CHANGE_DELETE_KEY || whole->kind != HK_CHANGE_DELETE_PERSON)
        return fail (self, error);
      part->whole = whole;
      g_ptr_array_add (whole->parts, g_object_ref (part));
    }

  return TRUE;
}

/*
 * hk_journal_load:
 * @outbox: for the deliveries; it does not have them yet
 * @client: likewise
 *
 * Returns: (transfer full) (nullable) (element-type HkDelivery): what is not over, oldest first; %NULL with
 *   %HK_JOURNAL_ERROR_DAMAGED if the journal contains what no journal can
 */
GPtrArray *
hk_journal_load (HkJournal *self, HkOutbox *outbox, NukiClient *client, GError **error)
{
  g_auto (Loading) loading = { .journal = self, .outbox = outbox, .client = client };
  sqlite3_stmt *row = hk_journal_prepare (self, HK_JOURNAL_LOAD_CHANGES, error);
  int code;

  loading.changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  loading.invitees =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) hk_invitee_unref);
  loading.deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) hk_delivery_unref);
  if (row == NULL)
    return NULL;

  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    if (!load_row (&loading, row, error))
      {
        sqlite3_reset (row);
        return NULL;
      }
  if (code != SQLITE_DONE)
    {
      hk_journal_set_error (self, code, error);
      return NULL;
    }
  if (!join_parts (&loading, error))
    return NULL;

  return g_steal_pointer (&loading.deliveries);
}

/* Returns: whose changes these are, or 0 if that is not known yet */
gint64
hk_journal_load_account_id (HkJournal *self)
{
  sqlite3_stmt *row = hk_journal_prepare (self, HK_JOURNAL_LOAD_META, NULL);
  gint64 account_id = 0;

  if (row == NULL)
    return 0;

  sqlite3_bind_text (row, 1, HK_JOURNAL_META_ACCOUNT, -1, SQLITE_STATIC);
  if (sqlite3_step (row) == SQLITE_ROW && hk_journal_get_text (row, 0) != NULL)
    account_id = g_ascii_strtoll (hk_journal_get_text (row, 0), NULL, 10);
  sqlite3_reset (row);

  return account_id;
}
