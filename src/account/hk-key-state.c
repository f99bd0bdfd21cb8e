/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from a key: whether it opens, how its invitation stands, and that in words. */

#include "hk-key.h"

#include <glib/gi18n-lib.h>

/**
 * hk_key_get_availability:
 * @now: the time
 *
 * Goes by what the service last said of the key, not by a change that the lock has yet to confirm: a key that was just
 * switched off opens the door until the lock knows.
 *
 * Returns: whether it would open its lock at @now, or why not
 */
HkKeyAvailability
hk_key_get_availability (HkKey *self, GDateTime *now)
{
  NukiKey *record;
  NukiLimits *limits;
  GDateTime *from;

  g_return_val_if_fail (HK_IS_KEY (self), HK_KEY_NOT_ON_LOCK);
  g_return_val_if_fail (now != NULL, HK_KEY_NOT_ON_LOCK);

  record = hk_key_get_record (self);
  if (hk_key_get_gone (self))
    return HK_KEY_GONE;
  if (record == NULL || !nuki_key_get_on_lock (record))
    return HK_KEY_NOT_ON_LOCK;
  if (!nuki_key_get_enabled (record))
    return HK_KEY_OFF;

  limits = nuki_key_get_limits (record);
  from = nuki_limits_get_from (limits);
  if (nuki_limits_has_ended (limits, now))
    return HK_KEY_EXPIRED;
  if (from != NULL && g_date_time_compare (from, now) > 0)
    return HK_KEY_UPCOMING;

  return nuki_limits_allows_at (limits, now, hk_key_get_zone (self)) ? HK_KEY_OPENS_NOW : HK_KEY_BETWEEN;
}

/**
 * hk_key_get_invitation:
 * @now: the time
 * @hours_left: (out) (optional): whole hours, rounded up, until the code in the e-mail expires; 0 if it is not open
 *
 * The service does not tell whether an invitation was accepted; that the key was never used is all there is
 * (Nuki Web API PDF, page 28).
 *
 * Returns: how an invitation stands
 */
HkInvitationState
hk_key_get_invitation (HkKey *self, GDateTime *now, int *hours_left)
{
  GDateTime *created;
  GTimeSpan left;

  g_return_val_if_fail (HK_IS_KEY (self), HK_INVITATION_NONE);
  g_return_val_if_fail (now != NULL, HK_INVITATION_NONE);

  if (hours_left != NULL)
    *hours_left = 0;

  if (hk_key_get_gone (self) || hk_key_get_key_type (self) != NUKI_KEY_APP || !hk_key_get_never_used (self))
    return HK_INVITATION_NONE;

  created = nuki_key_get_created (hk_key_get_record (self));
  if (created == NULL)
    return HK_INVITATION_NONE;

  left = HK_INVITATION_HOURS * G_TIME_SPAN_HOUR - g_date_time_difference (now, created);
  if (left <= 0)
    return HK_INVITATION_LAPSED;

  /* A server's clock may be ahead. */
  if (hours_left != NULL)
    *hours_left = MIN ((left + G_TIME_SPAN_HOUR - 1) / G_TIME_SPAN_HOUR, HK_INVITATION_HOURS);

  return HK_INVITATION_OPEN;
}

/**
 * hk_key_get_never_used:
 *
 * Returns: whether the lock was never operated with it; %FALSE for infrastructure and for a key still being made
 */
gboolean
hk_key_get_never_used (HkKey *self)
{
  NukiKey *record;

  g_return_val_if_fail (HK_IS_KEY (self), FALSE);

  record = hk_key_get_record (self);

  return record != NULL && !nuki_key_get_infrastructure (record) && nuki_key_get_use_count (record) == 0 &&
         nuki_key_get_last_active (record) == NULL;
}

/**
 * hk_key_dup_when:
 * @now: the time
 *
 * Returns: (transfer full): when it may be used, in plain words and in the time of the lock, or that it is gone
 */
char *
hk_key_dup_when (HkKey *self, GDateTime *now)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (hk_key_get_gone (self))
    /* Translators: there is no such key any more. */
    return g_strdup (C_ ("key", "Gone"));

  return nuki_limits_describe (hk_key_get_limits (self), hk_key_get_zone (self), now);
}

/**
 * hk_key_dup_kind_text:
 *
 * Returns: (transfer full): the kind of key in plain words
 */
char *
hk_key_dup_kind_text (HkKey *self)
{
  g_return_val_if_fail (HK_IS_KEY (self), NULL);

  switch (hk_key_get_key_type (self))
    {
    case NUKI_KEY_APP:
      /* Translators: the kind of a key; so are the next ones. */
      return g_strdup (_ ("App key"));
    case NUKI_KEY_BRIDGE:
      /* Translators: a product of Nuki’s, as the kind of a key. */
      return g_strdup (_ ("Bridge"));
    case NUKI_KEY_FOB:
      return g_strdup (_ ("Key fob"));
    case NUKI_KEY_KEYPAD:
      /* Translators: a product of Nuki’s, as the kind of a key. */
      return g_strdup (_ ("Keypad"));
    case NUKI_KEY_CODE:
      return g_strdup (_ ("Keypad code"));
    case NUKI_KEY_Z_KEY:
      return g_strdup (_ ("Z-Wave key"));
    case NUKI_KEY_VIRTUAL:
      return g_strdup (_ ("Virtual key"));
    case NUKI_KEY_OTHER:
    default:
      return g_strdup (_ ("Other key"));
    }
}
