/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last good data of before: shown with their age until the service has said what there is now. */

#include "hk-account-private.h"
#include "hk-journal-private.h"
#include "hk-keeper.h"

/*
 * hk_account_show_kept:
 * @time: when the service said it
 *
 * What was kept is in the lists. It is only to be looked at: nothing is sent, read back or taken for an answer before the
 * service has said the same account.
 */
void
hk_account_show_kept (HkAccount *self, GDateTime *time)
{
  g_object_freeze_notify (G_OBJECT (self));
  self->has_data = TRUE;
  /* What is not under way is as it was kept. */
  self->has_news = FALSE;
  hk_account_set_shows_kept (self, TRUE);
  hk_account_set_last_refresh (self, time);
  if (self->state == HK_ACCOUNT_LOADING)
    hk_account_set_state (self, HK_ACCOUNT_READY, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/*
 * hk_account_keep:
 * @locks: (element-type NukiLock): what the service has
 *
 * A refresh has brought everything. What cannot be known again as that of this account is not kept.
 */
void
hk_account_keep (HkAccount *self, GPtrArray *locks)
{
  if (!self->keep_data)
    return;

  if (hk_account_owns (self, locks))
    hk_keeper_keep (self->keeper);
  else
    hk_keeper_clear (self->keeper);
}

/* Before it is known whether there is a token. A journal that cannot be opened is left to who opens it then, and tells. */
void
hk_account_read_ahead (HkAccount *self)
{
  if (self->keep_data && !self->has_data && !self->journal_loaded && !self->without_journal &&
      hk_account_get_journal_error (self) == NULL && hk_journal_open_sound (self->journal))
    hk_keeper_read_ahead (self->keeper);
}

/* There is no token, or nobody knows: until there is one, the journal is nobody's. */
void
hk_account_drop_read_ahead (HkAccount *self)
{
  if (self->journal_loaded || self->without_journal)
    return;

  hk_keeper_cancel (self->keeper);
  hk_journal_close (self->journal);
  self->journal->ours = FALSE;
}

/*
 * hk_account_doubt_data:
 *
 * A token was entered, perhaps that of another account: what there is, is not shown as that of this one before the service has
 * said it. The lists stay until then, so that whatever is open finds its place again.
 */
void
hk_account_doubt_data (HkAccount *self)
{
  hk_keeper_cancel (self->keeper);
  self->has_data = FALSE;
  self->has_news = TRUE;
  hk_account_set_last_refresh (self, NULL);
}

/* The journal is open: shows what is kept in it, or sees that nothing is. */
void
hk_account_load_kept (HkAccount *self)
{
  if (self->keep_data && !self->has_data)
    hk_keeper_load (self->keeper);
  else if (!self->keep_data)
    hk_keeper_clear (self->keeper);
}

/**
 * hk_account_get_keep_data:
 *
 * Returns: whether the last good data outlive the process
 */
gboolean
hk_account_get_keep_data (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);

  return self->keep_data;
}

/**
 * hk_account_set_keep_data:
 * @keep_data: whether locks, people and keys are to be kept beside the journal
 *
 * So that they are shown at once at the next start. If not, what has been kept is removed. %TRUE if nothing is said; a
 * journal in memory keeps nothing in any case.
 */
void
hk_account_set_keep_data (HkAccount *self, gboolean keep_data)
{
  g_return_if_fail (HK_IS_ACCOUNT (self));

  keep_data = !!keep_data;
  if (self->keep_data == keep_data)
    return;

  self->keep_data = keep_data;
  /* With the next refresh. */
  self->has_news = TRUE;
  if (!keep_data)
    hk_keeper_clear (self->keeper);
  hk_account_notify_keep_data (self);
}

/**
 * hk_account_get_shows_kept:
 *
 * Returns: whether the data are of an earlier process, and have not been renewed since; #HkAccount:last-refresh says how old
 *   they are
 */
gboolean
hk_account_get_shows_kept (HkAccount *self)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (self), FALSE);

  return self->shows_kept;
}
