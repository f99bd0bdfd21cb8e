/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing down what is asked and how far it is. */

#include "hk-journal-private.h"

static gint64
to_microseconds (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
}

static gint64
get_now (HkJournal *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);

  return to_microseconds (now);
}

/* The monotonic clock begins anew with the computer. */
static gint64
to_wall_clock (HkJournal *self, gint64 monotonic)
{
  return monotonic > 0 ? get_now (self) - hk_clock_get_monotonic (self->clock) + monotonic : 0;
}

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

/* 0 stands for no row. */
static void
bind_id (sqlite3_stmt *statement, int index, gint64 id)
{
  if (id != 0)
    sqlite3_bind_int64 (statement, index, id);
}

static void
bind_time (sqlite3_stmt *statement, int index, GDateTime *time)
{
  if (time != NULL)
    sqlite3_bind_int64 (statement, index, to_microseconds (time));
}

static void
bind_error (sqlite3_stmt *statement, int index, const GError *error)
{
  if (error == NULL)
    {
      sqlite3_bind_int (statement, index + 1, 0);
      return;
    }

  bind_text (statement, index, g_quark_to_string (error->domain));
  sqlite3_bind_int (statement, index + 1, error->code);
  bind_text (statement, index + 2, error->message);
}

static void
bind_asked (sqlite3_stmt *statement, HkChange *change)
{
  sqlite3_bind_int64 (statement, 1, change->id);
  sqlite3_bind_int (statement, 2, change->kind);
  sqlite3_bind_int (statement, 3, change->state);
  bind_time (statement, 4, change->asked);
  bind_text (statement, 5, change->name);
  sqlite3_bind_int64 (statement, 6, change->lock_id);
  bind_text (statement, 7, change->key_id);
  sqlite3_bind_int (statement, 8, change->user_id);
  sqlite3_bind_int (statement, 9, change->fields);
  bind_text (statement, 10, change->details != NULL ? change->details->name : NULL);
  bind_text (statement, 11, change->details != NULL ? change->details->email : NULL);
  bind_text (statement, 12, change->details != NULL ? change->details->language : NULL);
  sqlite3_bind_int (statement, 13, change->details != NULL && change->details->favorite);
  sqlite3_bind_int (statement, 14, change->undoable);
  bind_error (statement, 15, change->error);
  bind_id (statement, 18, change->invitee != NULL ? hk_invitee_get_id (change->invitee) : 0);
  bind_id (statement, 19, change->after != NULL ? change->after->id : 0);
  bind_id (statement, 20, change->whole != NULL ? change->whole->id : 0);
}

static void
bind_progress (HkJournal *self, sqlite3_stmt *statement, HkDelivery *delivery)
{
  sqlite3_bind_int (statement, 21, delivery->wait);
  sqlite3_bind_int64 (statement, 22, to_wall_clock (self, delivery->due));
  sqlite3_bind_int64 (statement, 23, delivery->n_tries);
  sqlite3_bind_int64 (statement, 24, delivery->n_looks);
  sqlite3_bind_int64 (statement, 25, delivery->n_read_backs);
  sqlite3_bind_int64 (statement, 26, to_wall_clock (self, delivery->accepted));
  sqlite3_bind_int (statement, 27, delivery->posted);
  sqlite3_bind_int (statement, 28, delivery->unclear);
  sqlite3_bind_int (statement, 29, delivery->queued);
  bind_time (statement, 30, delivery->base_updated);
  sqlite3_bind_int (statement, 31, delivery->known_ids != NULL);
}

static gboolean
save_change (HkJournal *self, HkDelivery *delivery, GError **error)
{
  sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_CHANGE, error);

  if (statement == NULL)
    return FALSE;

  bind_asked (statement, delivery->change);
  bind_progress (self, statement, delivery);

  return hk_journal_run (self, statement, error);
}

static gboolean
save_invitee (HkJournal *self, HkInvitee *invitee, GError **error)
{
  sqlite3_stmt *statement;

  if (invitee == NULL)
    return TRUE;

  statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_INVITEE, error);
  if (statement == NULL)
    return FALSE;

  if (hk_invitee_get_id (invitee) == 0)
    hk_invitee_set_id (invitee, hk_journal_make_id (self));
  sqlite3_bind_int64 (statement, 1, hk_invitee_get_id (invitee));
  bind_text (statement, 2, hk_invitee_get_name (invitee));
  bind_text (statement, 3, hk_invitee_get_email (invitee));
  bind_text (statement, 4, hk_invitee_get_language (invitee));
  sqlite3_bind_int (statement, 5, hk_invitee_get_user_id (invitee));

  return hk_journal_run (self, statement, error);
}

static void
bind_limits (sqlite3_stmt *statement, int index, const NukiLimits *limits)
{
  int start, end;

  bind_time (statement, index, nuki_limits_get_from (limits));
  bind_time (statement, index + 1, nuki_limits_get_until (limits));
  sqlite3_bind_int (statement, index + 2, nuki_limits_get_weekdays (limits));
  if (nuki_limits_get_window (limits, &start, &end))
    {
      sqlite3_bind_int (statement, index + 3, start);
      sqlite3_bind_int (statement, index + 4, end);
    }
}

static gboolean
save_spec (HkJournal *self, gint64 change_id, HkJournalSpec role, const NukiKeySpec *spec, GError **error)
{
  sqlite3_stmt *statement =
      hk_journal_prepare (self, spec != NULL ? HK_JOURNAL_SAVE_SPEC : HK_JOURNAL_DROP_SPEC, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, change_id);
  sqlite3_bind_int (statement, 2, role);
  if (spec != NULL)
    {
      sqlite3_bind_int (statement, 3, spec->type);
      bind_text (statement, 4, spec->name);
      sqlite3_bind_int (statement, 5, spec->user_id);
      sqlite3_bind_int (statement, 6, spec->code);
      sqlite3_bind_int (statement, 7, spec->enabled);
      sqlite3_bind_int (statement, 8, spec->remote_allowed);
      sqlite3_bind_int (statement, 9, spec->smart_actions);
      bind_limits (statement, 10, spec->limits);
    }

  return hk_journal_run (self, statement, error);
}

static gboolean
save_base_details (HkJournal *self, HkChange *change, GError **error)
{
  sqlite3_stmt *statement;

  if (change->base_details == NULL)
    return TRUE;

  statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_BASE_DETAILS, error);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, change->id);
  bind_text (statement, 2, change->base_details->name);
  bind_text (statement, 3, change->base_details->email);
  bind_text (statement, 4, change->base_details->language);
  sqlite3_bind_int (statement, 5, change->base_details->favorite);

  return hk_journal_run (self, statement, error);
}

static gboolean
save_known_ids (HkJournal *self, HkDelivery *delivery, GError **error)
{
  GHashTableIter iter;
  gpointer key_id;

  if (delivery->known_ids == NULL || g_hash_table_size (delivery->known_ids) == delivery->n_known_saved)
    return TRUE;

  g_hash_table_iter_init (&iter, delivery->known_ids);
  while (g_hash_table_iter_next (&iter, &key_id, NULL))
    {
      sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_KNOWN_KEY, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, delivery->change->id);
      bind_text (statement, 2, key_id);
      if (!hk_journal_run (self, statement, error))
        return FALSE;
    }
  delivery->n_known_saved = g_hash_table_size (delivery->known_ids);

  return TRUE;
}

/* The deletions of keys come before that of the person. */
static gboolean
save_parts (HkJournal *self, HkChange *whole, GError **error)
{
  for (guint i = 0; whole->parts != NULL && i < whole->parts->len; i++)
    {
      HkChange *part = g_ptr_array_index (whole->parts, i);
      sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_WHOLE, error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, part->id);
      sqlite3_bind_int64 (statement, 2, whole->id);
      if (!hk_journal_run (self, statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_event (HkJournal *self, gint64 change_id, const char *step, const char *text, GError **error)
{
  sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_ADD_EVENT, error);

  if (self->step == NULL)
    self->step = g_strdup (step);
  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, change_id);
  sqlite3_bind_int64 (statement, 2, get_now (self));
  bind_text (statement, 3, step);
  bind_text (statement, 4, text);

  return hk_journal_run (self, statement, error);
}

/* Returns: (nullable): what the service or the network had to say */
static const char *
get_event_text (HkDelivery *delivery)
{
  return delivery->change->error != NULL ? delivery->change->error->message : delivery->trouble;
}

static gboolean
save_all (HkJournal *self, HkDelivery *delivery, const char *step, GError **error)
{
  HkChange *change = delivery->change;

  return save_invitee (self, change->invitee, error) && save_change (self, delivery, error) &&
         save_spec (self, change->id, HK_JOURNAL_SPEC_ASKED, change->spec, error) &&
         save_spec (self, change->id, HK_JOURNAL_SPEC_BASE, change->base, error) &&
         save_spec (self, change->id, HK_JOURNAL_SPEC_SENT, delivery->sent, error) &&
         save_base_details (self, change, error) && save_known_ids (self, delivery, error) &&
         save_parts (self, change, error) &&
         add_event (self, change->id, step, get_event_text (delivery), error);
}

static gboolean
end_change (HkJournal *self, HkChange *change, HkChangeState end, GError **error)
{
  sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_END_CHANGE, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, change->id);
  sqlite3_bind_int (statement, 2, end);
  sqlite3_bind_int64 (statement, 3, get_now (self));
  if (!hk_journal_run (self, statement, error))
    return FALSE;
  /* Begun and ended while nothing could be written. */
  if (sqlite3_changes (self->db) == 0)
    return TRUE;

  statement = hk_journal_prepare (self, HK_JOURNAL_DROP_KNOWN_KEYS, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, change->id);

  return hk_journal_run (self, statement, error) &&
         add_event (self, change->id, end == HK_CHANGE_CONFIRMED ? "confirmed" : "discarded", NULL, error);
}

/*
 * hk_journal_save:
 * @step: what has happened or is about to, in a word
 *
 * Writes down how far @delivery is. When this returns %TRUE outside of hk_journal_begin(), it is on the disk.
 */
gboolean
hk_journal_save (HkJournal *self, HkDelivery *delivery, const char *step, GError **error)
{
  hk_journal_begin (self);
  if (self->doom == NULL)
    save_all (self, delivery, step, &self->doom);

  return hk_journal_commit (self, error);
}

/*
 * hk_journal_end:
 * @end: %HK_CHANGE_CONFIRMED or %HK_CHANGE_DISCARDED
 *
 * Nothing more is to be done for @change; it stays for a while as history.
 */
gboolean
hk_journal_end (HkJournal *self, HkChange *change, HkChangeState end, GError **error)
{
  hk_journal_begin (self);
  if (self->doom == NULL)
    end_change (self, change, end, &self->doom);

  return hk_journal_commit (self, error);
}

/* Remembers whose changes these are. */
gboolean
hk_journal_save_account_id (HkJournal *self, gint64 account_id, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, account_id);
  sqlite3_stmt *statement = hk_journal_prepare (self, HK_JOURNAL_SAVE_META, error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, HK_JOURNAL_META_ACCOUNT);
  bind_text (statement, 2, value);

  return hk_journal_run (self, statement, error);
}
