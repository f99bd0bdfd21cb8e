/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The changes that outlive the process: taking them up again, and what is wrong with the journal. */

#include "hk-account-private.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-journal-private.h"
#include "hk-keeper.h"

static void
tell_notice (HkAccount *self, char *notice)
{
  g_free (self->journal_notice);
  self->journal_notice = notice;
  hk_account_notify_journal (self);
}

/* The user has to know what is not watched any more. */
static void
tell_of_damage (HkAccount *self)
{
  g_autofree char *aside = hk_journal_steal_set_aside (self->journal);
  g_autofree char *name = aside != NULL ? g_path_get_basename (aside) : NULL;
  g_autoptr (GDateTime) utc = hk_clock_now (self->clock);
  g_autoptr (GDateTime) now = g_date_time_to_local (utc);
  g_autofree char *date = g_date_time_format (now, "%x");

  if (aside == NULL)
    return;

  tell_notice (self,
               /* TRANSLATORS: a date, and the name of a file */
               nuki_text_printf (_ ("The record of changes was damaged. It was put aside on %s as “%s”, and a new one "
                                    "was begun. What you asked for earlier and was not confirmed yet is forgotten: check "
                                    "that your keys are as they should be."),
                                 date, name));
}

/* The key that a new one will be has to be in the list before those that change it. */
static HkKey *
find_key_of (HkAccount *self, HkChange *change)
{
  HkKey *key = NULL;

  if (change->key_id != NULL)
    key = g_hash_table_lookup (self->key_by_id, change->key_id);
  if (key == NULL && change->after != NULL)
    key = g_hash_table_lookup (self->key_of_change, change->after);

  return key;
}

static void
restore (HkAccount *self, HkChange *change)
{
  g_autoptr (HkKey) key = NULL;

  if (change->kind != HK_CHANGE_CREATE_KEY)
    {
      hk_account_watch_change (self, change, find_key_of (self, change));
      return;
    }

  key = hk_key_new_for_change (change);
  g_ptr_array_add (self->all_keys, g_object_ref (key));
  hk_account_watch_change (self, change, key);
}

/* Returns: (transfer full) (nullable) */
static GPtrArray *
load (HkAccount *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GPtrArray *deliveries = hk_journal_load (self->journal, self->outbox, self->client, &local_error);

  if (g_error_matches (local_error, HK_JOURNAL_ERROR, HK_JOURNAL_ERROR_DAMAGED) &&
      hk_journal_put_aside (self->journal, "damaged", error) && hk_journal_open (self->journal, error))
    return hk_journal_load (self->journal, self->outbox, self->client, error);

  if (deliveries == NULL && error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return deliveries;
}

static gboolean
open_and_load (HkAccount *self, GError **error)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  gint64 owner_id;

  if (!hk_journal_open (self->journal, error))
    return FALSE;
  if (self->journal_loaded)
    return TRUE;

  deliveries = load (self, error);
  if (deliveries == NULL)
    return FALSE;

  self->journal_loaded = TRUE;
  owner_id = hk_journal_load_account_id (self->journal);
  if (owner_id != 0)
    self->owner_id = owner_id;
  hk_outbox_restore (self->outbox, deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    restore (self, ((HkDelivery *) g_ptr_array_index (deliveries, i))->change);
  hk_account_show_keys (self);

  return TRUE;
}

/* Whose changes they are has to be known as long as there are any. */
static gboolean
save_owner (HkAccount *self, GError **error)
{
  return self->owner_id == 0 || hk_journal_save_account_id (self->journal, self->owner_id, error);
}

static void
open_journal (HkAccount *self)
{
  g_autoptr (GError) error = NULL;

  self->has_news = TRUE;
  if (!open_and_load (self, &error) || !save_owner (self, &error) || !hk_outbox_save_all (self->outbox, &error))
    hk_outbox_set_journal_error (self->outbox, error);
  tell_of_damage (self);
}

static void
hold (HkAccount *self)
{
  hk_outbox_hold (self->outbox);
  self->n_held = self->active->len;
}

/* What is in it may be another account's, whatever the service has said so far. */
static void
take_up_journal (HkAccount *self)
{
  hk_outbox_hold (self->outbox);
  open_journal (self);
  hk_account_load_kept (self);
  hold (self);
}

/*
 * hk_account_hold_changes:
 *
 * A token is new. Takes up what an earlier process left, and sends nothing before hk_account_release_changes().
 */
void
hk_account_hold_changes (HkAccount *self)
{
  if (self->journal_loaded || hk_account_get_journal_error (self) != NULL || self->without_journal)
    hold (self);
  else
    take_up_journal (self);
}

static gboolean
is_owned_by (GPtrArray *locks, gint64 owner_id)
{
  for (guint i = 0; i < locks->len; i++)
    if (nuki_lock_get_account_id (g_ptr_array_index (locks, i)) == owner_id)
      return TRUE;

  return FALSE;
}

/* Returns: %TRUE if it is known whose account this is, and @locks are theirs */
gboolean
hk_account_owns (HkAccount *self, GPtrArray *locks)
{
  return self->owner_id != 0 && is_owned_by (locks, self->owner_id);
}

/* What somebody else asked for is kept, but not sent. If that is nothing, nothing is kept. What they had is neither shown nor
 * kept. */
static void
put_other_aside (HkAccount *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  const gboolean had_changes = self->active->len > 0;
  gboolean done;

  hk_account_forget_changes (self);
  hk_account_forget_data (self);
  hk_keeper_cancel (self->keeper);
  if (had_changes)
    done = hk_journal_clear_kept (self->journal, &error) &&
           (!self->journal_loaded || hk_journal_put_aside (self->journal, "other", &error));
  else
    done = hk_journal_remove (self->journal, &error);
  if (!done || (self->journal_loaded && !hk_journal_open (self->journal, &error)))
    hk_outbox_set_journal_error (self->outbox, error);

  /* Where it is now helps nobody. */
  aside = hk_journal_steal_set_aside (self->journal);
  if (had_changes)
    tell_notice (self, g_strdup (_ ("This token belongs to another account than before. What was asked for in that "
                                    "account and was not confirmed yet is not sent.")));
}

/*
 * hk_account_check_owner:
 * @locks: (element-type NukiLock): what the service has
 *
 * Finds out whose account it is before anything of it is brought together with the changes.
 */
void
hk_account_check_owner (HkAccount *self, GPtrArray *locks)
{
  g_autoptr (GError) error = NULL;
  const gint64 found = locks->len > 0 ? nuki_lock_get_account_id (g_ptr_array_index (locks, 0)) : 0;

  if (found == 0 || is_owned_by (locks, self->owner_id))
    return;

  if (self->owner_id != 0)
    put_other_aside (self);
  self->owner_id = found;
  self->n_held = 0;
  if (hk_journal_is_open (self->journal) && hk_account_get_journal_error (self) == NULL && !save_owner (self, &error))
    hk_outbox_set_journal_error (self->outbox, error);
}

/*
 * hk_account_is_known:
 * @locks: (nullable) (element-type NukiLock): what the service has, if it said so; hk_account_check_owner() has seen them
 *
 * Returns: %TRUE if the service speaks of the account whose changes these are. Without a single lock nobody can tell that of
 *   the changes of before.
 */
gboolean
hk_account_is_known (HkAccount *self, GPtrArray *locks)
{
  return hk_outbox_is_released (self->outbox) || (locks != NULL && (locks->len > 0 || self->n_held == 0));
}

/*
 * hk_account_release_changes:
 * @locks: (element-type NukiLock): see hk_account_is_known()
 *
 * Lets the outbox send.
 */
void
hk_account_release_changes (HkAccount *self, GPtrArray *locks)
{
  if (hk_account_is_known (self, locks))
    hk_outbox_release (self->outbox);
}

/* Joins changes from before this process began to their keys, as soon as these are known. */
void
hk_account_attach_changes (HkAccount *self)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);
      HkKey *key;

      if (change->lock_id == 0 || change->kind == HK_CHANGE_UPDATE_LOCK ||
          g_hash_table_contains (self->key_of_change, change))
        continue;

      key = find_key_of (self, change);
      if (key == NULL)
        continue;
      hk_account_set_key_of_change (self, change, key);
      hk_key_add_change (key, change);
    }
}

static HkDetails *
dup_their_details (HkAccount *self, HkChange *change)
{
  NukiUser *person = hk_account_find_person (self, change->user_id);
  NukiLock *lock = g_hash_table_lookup (self->lock_by_id, &change->lock_id);

  if (change->kind == HK_CHANGE_UPDATE_PERSON && person != NULL)
    return hk_details_new_from_person (person);
  if (change->kind == HK_CHANGE_UPDATE_LOCK && lock != NULL)
    return hk_details_new_from_lock (lock);

  return NULL;
}

static void
find_theirs (HkAccount *self, HkChange *change)
{
  HkKey *key = g_hash_table_lookup (self->key_of_change, change);
  g_autoptr (HkDetails) details = dup_their_details (self, change);
  g_autoptr (NukiKeySpec) spec = NULL;

  if (key != NULL && hk_key_get_record (key) != NULL)
    spec = nuki_key_spec_new_from_key (hk_key_get_record (key));
  if ((spec != NULL && hk_change_find_conflict (change, spec) != 0) ||
      (details != NULL && hk_change_find_details_conflict (change, details) != 0))
    hk_change_set_theirs (change, spec, details);
}

/*
 * hk_account_find_conflicts:
 *
 * What somebody else made of a key, a person or a lock is not in the journal, but in the lists: so that both can be compared
 * after a restart, too.
 */
void
hk_account_find_conflicts (HkAccount *self)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      HkChange *change = g_ptr_array_index (self->active, i);

      if (g_error_matches (change->error, NUKI_ERROR, NUKI_ERROR_CONFLICT) && hk_change_get_conflict (change) == 0)
        find_theirs (self, change);
    }
}

/*
 * hk_account_forget_journal:
 *
 * After signing out nothing may be left; a journal that could not be opened is not ours.
 */
gboolean
hk_account_forget_journal (HkAccount *self, GError **error)
{
  const gboolean removed = hk_journal_remove (self->journal, error) && hk_journal_remove_aside (self->journal, error);

  self->journal_loaded = FALSE;
  self->without_journal = FALSE;
  self->owner_id = 0;
  self->n_held = 0;
  hk_outbox_reset_journal (self->outbox);

  return removed;
}

/**
 * hk_account_get_journal_error:
 *
 * Returns: (transfer none) (nullable): why changes cannot be written down: a #HkJournalError. Until that is mended, or the
 *   user agrees to hk_account_work_without_journal(), changes wait and nothing is sent.
 */
const GError *
hk_account_get_journal_error (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->outbox != NULL ? hk_outbox_get_journal_error (self->outbox) : NULL;
}

/**
 * hk_account_get_journal_notice:
 *
 * Returns: (transfer none) (nullable): what the user has to be told of the journal, once
 */
const char *
hk_account_get_journal_notice (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), NULL);

  return self->journal_notice;
}

/**
 * hk_account_dismiss_journal_notice:
 *
 * The user has read it.
 */
void
hk_account_dismiss_journal_notice (HkAccount *self)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));

  tell_notice (self, NULL);
}

/**
 * hk_account_retry_journal:
 *
 * Tries once more to write down the changes; if that works, they go on.
 *
 * Returns: %TRUE if it does; else #HkAccount:journal-error says why not
 */
gboolean
hk_account_retry_journal (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);

  if (self->token == NULL || hk_account_get_journal_error (self) == NULL)
    return hk_account_get_journal_error (self) == NULL;

  hk_journal_close (self->journal);
  if (self->journal_loaded)
    {
      open_journal (self);
    }
  else
    {
      hk_account_cancel_refresh (self);
      take_up_journal (self);
      hk_account_refresh (self);
    }

  return hk_account_get_journal_error (self) == NULL;
}

/**
 * hk_account_work_without_journal:
 *
 * The user agreed: until the account is opened anew, changes are not written down, and those that are not confirmed when
 * the application ends are forgotten. Changes that are in a journal which can be neither written nor removed go on only
 * when it can: they would be sent twice.
 */
void
hk_account_work_without_journal (HkAccount *self)
{
  g_autoptr (GError) error = NULL;
  gboolean removed;

  g_return_if_fail (HK_IS_ACCOUNT (self));

  if (hk_account_get_journal_error (self) == NULL)
    return;

  removed = hk_journal_remove (self->journal, &error);
  if (!removed)
    g_debug ("The journal stays: %s", error->message);
  self->without_journal = TRUE;
  hk_outbox_go_without_journal (self->outbox, removed);
}
