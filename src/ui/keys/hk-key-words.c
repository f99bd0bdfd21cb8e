/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-words.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>
#include <string.h>

/* The full name stands right above; here there is little room. */
static char *
dup_short_name (HkKey *key)
{
  NukiUser *person = hk_key_get_person (key);
  const char *name = person != NULL ? nuki_user_get_name (person) : hk_key_get_name (key);
  const char *space = strchr (name, ' ');

  return space != NULL ? g_strndup (name, space - name) : g_strdup (name);
}

static char *
say_invitation (HkKey *key, GDateTime *now, HkTone *tone)
{
  int hours_left = 0;
  g_autofree char *name = dup_short_name (key);

  switch (hk_key_get_invitation (key, now, &hours_left))
    {
    case HK_INVITATION_OPEN:
      if (hours_left < 1)
        /* Translators: the name of a person. */
        return nuki_text_printf (_ ("Invited – waiting for %s, less than an hour left"), name);
      /* Translators: the name of a person, and hours. */
      return nuki_text_printf (ngettext ("Invited – waiting for %s, %d\u00a0h left",
                                         "Invited – waiting for %s, %d\u00a0h left", hours_left),
                               name, hours_left);
    case HK_INVITATION_LAPSED:
      *tone = HK_TONE_WARNING;
      return g_strdup (_ ("Invitation has expired"));
    case HK_INVITATION_NONE:
    default:
      return NULL;
    }
}

/**
 * hk_change_words_tone:
 *
 * Returns: how loudly to say where the change stands; %HK_TONE_PLAIN once it is over
 */
HkTone
hk_change_words_tone (HkChange *change)
{
  g_return_val_if_fail (HK_IS_CHANGE (change), HK_TONE_PLAIN);

  switch (hk_change_get_state (change))
    {
    case HK_CHANGE_NOT_CONFIRMED:
      return HK_TONE_WARNING;
    case HK_CHANGE_FAILED:
      return HK_TONE_ERROR;
    case HK_CHANGE_CONFIRMED:
    case HK_CHANGE_DISCARDED:
      return HK_TONE_PLAIN;
    case HK_CHANGE_WAITING:
    case HK_CHANGE_SENDING:
    case HK_CHANGE_ACCEPTED:
    default:
      return HK_TONE_BUSY;
    }
}

/**
 * hk_key_words_title:
 *
 * Returns: (transfer full): which key it is, for a screen reader or a sentence
 */
char *
hk_key_words_title (HkKey *key)
{
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  /* Translators: the name of a key, then that of a lock. */
  return nuki_text_printf (_ ("Key of %s for %s"), hk_key_get_name (key), hk_key_get_lock_name (key));
}

/**
 * hk_key_words_state:
 * @key: a key
 * @now: the time
 * @tone: (out): how loudly to say it
 *
 * Returns: (transfer full) (nullable): what is under way or amiss with a key: a change, its invitation, or %NULL
 */
char *
hk_key_words_state (HkKey *key, GDateTime *now, HkTone *tone)
{
  HkChange *change;

  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (now != NULL && tone != NULL, NULL);

  *tone = HK_TONE_PLAIN;
  if (hk_key_get_infrastructure (key))
    return NULL;

  change = hk_key_get_change (key);
  if (change != NULL)
    *tone = hk_change_words_tone (change);
  if (*tone != HK_TONE_PLAIN)
    return hk_change_dup_text (change);

  if (hk_key_get_pending (key))
    {
      *tone = HK_TONE_BUSY;
      return g_strdup (_ ("Waiting for the lock"));
    }

  return say_invitation (key, now, tone);
}

/* That a key is on a phone goes without saying. */
static char *
dup_kind_and_when (HkKey *key, GDateTime *now)
{
  g_autofree char *when = hk_key_dup_when (key, now);
  g_autofree char *kind = NULL;

  if (hk_key_get_key_type (key) == NUKI_KEY_APP)
    return g_steal_pointer (&when);

  kind = hk_key_dup_kind_text (key);

  /* Translators: what kind of key, and when it opens. */
  return nuki_text_printf (C_ ("key kind", "%s · %s"), kind, when);
}

/**
 * hk_key_words_line:
 * @key: a key
 * @now: the time
 * @tone: (out): how loudly to say it
 *
 * Returns: (transfer full): the line under the name of a key: when it opens, and its state if that is worth a word
 */
char *
hk_key_words_line (HkKey *key, GDateTime *now, HkTone *tone)
{
  g_autofree char *when = NULL;
  g_autofree char *state = NULL;

  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (now != NULL && tone != NULL, NULL);

  if (hk_key_get_infrastructure (key))
    {
      *tone = HK_TONE_PLAIN;
      return hk_key_dup_kind_text (key);
    }

  when = dup_kind_and_when (key, now);
  state = hk_key_words_state (key, now, tone);
  /* What failed has a place of its own under the row. */
  if (state == NULL || *tone == HK_TONE_ERROR)
    return g_steal_pointer (&when);

  /* Translators: when a key opens, and what is under way with it. */
  return nuki_text_printf (C_ ("key", "%s · %s"), when, state);
}

/* (transfer none): the limits that the lock goes by, whatever was asked meanwhile */
static NukiLimits *
get_limits_on_lock (HkKey *key)
{
  return nuki_key_get_limits (hk_key_get_record (key));
}

static char *
say_next_opening (HkKey *key, GDateTime *now)
{
  g_autoptr (GDateTime) opening = nuki_limits_next_opening (get_limits_on_lock (key), now, hk_key_get_zone (key));
  g_autofree char *moment = NULL;

  if (opening == NULL)
    return g_strdup (_ ("Does not open again"));

  moment = hk_words_moment (opening, hk_key_get_zone (key), now);
  /* Translators: a day and a time. */
  return nuki_text_printf (_ ("Opens next %s"), moment);
}

/**
 * hk_key_words_availability:
 * @now: the time
 *
 * Returns: (transfer full): whether the key would open its lock at @now, and if not, when or why not
 */
char *
hk_key_words_availability (HkKey *key, GDateTime *now)
{
  g_autofree char *moment = NULL;
  GDateTime *until;

  g_return_val_if_fail (HK_IS_KEY (key), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  switch (hk_key_get_availability (key, now))
    {
    case HK_KEY_OPENS_NOW:
      if (!hk_key_get_enabled (key))
        return g_strdup (_ ("Can open until the lock knows that it is off"));
      if (hk_key_get_invitation (key, now, NULL) != HK_INVITATION_NONE)
        /* Translators: a key; nobody knows whether it was. */
        return g_strdup (_ ("Can open now, if the invitation was accepted"));
      return g_strdup (_ ("Can open now"));
    case HK_KEY_EXPIRED:
      until = nuki_limits_get_until (get_limits_on_lock (key));
      if (until == NULL)
        /* Translators: a key. */
        return g_strdup (_ ("Expired"));
      moment = hk_words_moment (until, hk_key_get_zone (key), now);
      /* Translators: a day and a time. */
      return nuki_text_printf (_ ("Expired %s"), moment);
    case HK_KEY_OFF:
      return g_strdup (_ ("Switched off"));
    case HK_KEY_GONE:
      return hk_key_dup_when (key, now);
    case HK_KEY_NOT_ON_LOCK:
      return g_strdup (_ ("Not on the lock yet"));
    case HK_KEY_BETWEEN:
    case HK_KEY_UPCOMING:
    default:
      return say_next_opening (key, now);
    }
}

/**
 * hk_key_words_icon:
 *
 * Returns: (nullable): the icon of a key that is not on a person's phone, or %NULL
 */
const char *
hk_key_words_icon (HkKey *key)
{
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  switch (hk_key_get_key_type (key))
    {
    case NUKI_KEY_APP:
      return NULL;
    case NUKI_KEY_CODE:
      return "hk-code-symbolic";
    case NUKI_KEY_FOB:
      return "hk-fob-symbolic";
    case NUKI_KEY_BRIDGE:
    case NUKI_KEY_KEYPAD:
    case NUKI_KEY_VIRTUAL:
      return "hk-device-symbolic";
    case NUKI_KEY_Z_KEY:
    case NUKI_KEY_OTHER:
    default:
      return "hk-key-symbolic";
    }
}

/**
 * hk_lock_words_icon:
 * @lock: (nullable): a lock
 *
 * Returns: the icon of what @lock opens
 */
const char *
hk_lock_words_icon (NukiLock *lock)
{
  if (lock != NULL && nuki_lock_get_lock_type (lock) == NUKI_LOCK_OPENER)
    return "hk-intercom-symbolic";

  return "hk-door-symbolic";
}

/**
 * hk_change_words_what:
 * @change: a change
 *
 * Returns: (transfer full): what was asked for, and whom it is about
 */
char *
hk_change_words_what (HkChange *change)
{
  const char *name;

  g_return_val_if_fail (HK_IS_CHANGE (change), NULL);

  name = hk_change_get_name (change);
  switch (hk_change_get_kind (change))
    {
    case HK_CHANGE_CREATE_KEY:
      /* Translators: the name of a key, which is mostly that of a person; so it is in the next ones. */
      return nuki_text_printf (_ ("New key for %s"), name);
    case HK_CHANGE_SWITCH_KEY:
      return nuki_text_printf (hk_change_get_spec (change)->enabled
                                   /* Translators: the name of a key. */
                                   ? _ ("Switch on the key of %s")
                                   /* Translators: the name of a key. */
                                   : _ ("Switch off the key of %s"),
                               name);
    case HK_CHANGE_DELETE_KEY:
      /* Translators: the name of a key. */
      return nuki_text_printf (_ ("Take back the key of %s"), name);
    case HK_CHANGE_UPDATE_PERSON:
      /* Translators: the name of a person. */
      return nuki_text_printf (_ ("Details of %s"), name);
    case HK_CHANGE_DELETE_PERSON:
      /* Translators: the name of a person. */
      return nuki_text_printf (_ ("Delete %s"), name);
    case HK_CHANGE_UPDATE_LOCK:
      /* Translators: the name of a lock. */
      return nuki_text_printf (_ ("Details of the lock %s"), name);
    case HK_CHANGE_UPDATE_KEY:
    default:
      /* Translators: the name of a key. */
      return nuki_text_printf (_ ("Edit the key of %s"), name);
    }
}

/**
 * hk_words_moment:
 * @time: a time
 * @zone: where it is read
 * @now: the time now; the year is only said when it is another one
 *
 * Returns: (transfer full): "Tue, 1 Dec, 9:00"
 */
char *
hk_words_moment (GDateTime *time, GTimeZone *zone, GDateTime *now)
{
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) local_now = NULL;

  g_return_val_if_fail (time != NULL && zone != NULL && now != NULL, NULL);

  local = g_date_time_to_timezone (time, zone);
  local_now = g_date_time_to_timezone (now, zone);
  if (g_date_time_get_year (local) == g_date_time_get_year (local_now))
    /* Translators: a day and a time, see g_date_time_format() */
    return g_date_time_format (local, _ ("%a, %-d %b, %-H:%M"));

  /* Translators: a day of another year and a time, see g_date_time_format() */
  return g_date_time_format (local, _ ("%a, %-d %b %Y, %-H:%M"));
}

/**
 * hk_words_window:
 * @start: minutes since midnight
 * @end: minutes since midnight; 0 for the end of the day, less than @start for a time on the day after
 *
 * Returns: (transfer full): "9:00–12:00", in one line
 */
char *
hk_words_window (int start, int end)
{
  g_autofree char *window = nuki_limits_format_window (start, end);

  if (end != 0 && end < start)
    /* Translators: times of day such as “22:00–6:00”, the second on the following day */
    return nuki_text_printf (_ ("%s on the day after"), window);

  return g_steal_pointer (&window);
}
