/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invite-sentence.h"

#include <glib/gi18n-lib.h>
#include <hk-key.h>
#include <nuki-text.h>

#include "hk-wrap.h"
#include "limits/hk-limits-phrase.h"

/* A list of more names than this is cut: a sentence has to stay readable. */
#define MAX_NAMES 4

/* A number that begins a sentence is written in letters as long as it is small. */
static char *
spell_number (guint number)
{
  static const char *const words[] = {
    NC_ ("number that begins a sentence", "Two"),   NC_ ("number that begins a sentence", "Three"),
    NC_ ("number that begins a sentence", "Four"),  NC_ ("number that begins a sentence", "Five"),
    NC_ ("number that begins a sentence", "Six"),   NC_ ("number that begins a sentence", "Seven"),
    NC_ ("number that begins a sentence", "Eight"), NC_ ("number that begins a sentence", "Nine"),
  };

  if (number >= 2 && number < 2 + G_N_ELEMENTS (words))
    return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "number that begins a sentence", words[number - 2]));

  return g_strdup_printf ("%u", number);
}

static char *
say_mail (guint n_locks, const char *email)
{
  g_autofree char *number = spell_number (n_locks);
  g_autofree char *address = hk_wrap_email (email);

  if (n_locks == 1)
    /* Translators: the first %s is an e-mail address */
    return nuki_text_printf (ngettext ("An invitation goes to %s and expires after %d hour.",
                                       "An invitation goes to %s and expires after %d hours.", HK_INVITATION_HOURS),
                             address, HK_INVITATION_HOURS);

  /* Translators: the first %s is a number of two or more, the second an e-mail address */
  return nuki_text_printf (ngettext ("%s invitation goes to %s and expires after %d hours.",
                                     "%s invitations go to %s and expire after %d hours.", n_locks),
                           number, address, HK_INVITATION_HOURS);
}

static char *
say_code (const HkInvitation *invitation, const char *locks, const char *when)
{
  /* Translators: the code, the locks, and when: “The code 385291 opens Front door on Tuesdays. …” */
  return nuki_text_printf (_ ("The code %06d opens %s %s. It is not mailed: pass it on yourself."),
                           invitation->spec->code, locks, when);
}

static char *
say_key (const HkInvitation *invitation, const char *locks, const char *when)
{
  if (invitation->spec->remote_allowed)
    /* Translators: who, which locks, and when: “Anna can open Front door, also from afar, on Tuesdays.” */
    return nuki_text_printf (_ ("%s can open %s, also from afar, %s."), invitation->spec->name, locks, when);

  /* Translators: who, which locks, and when: “Anna can open Front door on Tuesdays.” */
  return nuki_text_printf (_ ("%s can open %s %s."), invitation->spec->name, locks, when);
}

/**
 * hk_invite_join_names:
 * @names: (array zero-terminated=1): one or more names
 *
 * Returns: (transfer full): the names as a list in a sentence, such as “Front door, Garage and Cellar”; of a long list the
 *   first ones and how many more there are
 */
char *
hk_invite_join_names (const char *const *names)
{
  g_autofree char *list = NULL;
  guint n_names;
  guint n_said;

  g_return_val_if_fail (names != NULL && names[0] != NULL, NULL);

  n_names = g_strv_length ((char **) names);
  n_said = n_names > MAX_NAMES ? MAX_NAMES - 1 : n_names - 1;
  list = g_strdup (names[0]);
  for (guint i = 1; i < n_said; i++)
    {
      g_autofree char *before = g_steal_pointer (&list);

      /* Translators: two names of a list, such as “Front door, Garage” */
      list = nuki_text_printf (C_ ("names", "%s, %s"), before, names[i]);
    }

  if (n_names == 1)
    return g_steal_pointer (&list);
  if (n_names > MAX_NAMES)
    /* Translators: names of locks, and how many more there are. */
    return nuki_text_printf (ngettext ("%s and %u more lock", "%s and %u more locks", n_names - n_said),
                             list, n_names - n_said);

  /* Translators: the end of a list: “Front door, Garage and Cellar” */
  return nuki_text_printf (C_ ("names", "%s and %s"), list, names[n_names - 1]);
}

/**
 * hk_invite_sentence:
 * @invitation: what is asked for, to one lock or more
 * @email: (nullable): where an invitation is mailed to; not needed for a code
 * @lock_names: (array zero-terminated=1): the names of its locks
 * @zone: the zone in which to say the dates
 * @now: the time; its year is left out of dates
 *
 * Says what will happen: “Anna can open Front door and Garage on Tuesdays from 9:00 to 12:00 until 30 November. Two
 * invitations go to anna@example.org and expire after 48 hours.”
 *
 * Returns: (transfer full): translated sentences; plain text, not markup
 */
char *
hk_invite_sentence (const HkInvitation *invitation,
                    const char *email,
                    const char *const *lock_names,
                    GTimeZone *zone,
                    GDateTime *now)
{
  g_autofree char *locks = NULL;
  g_autofree char *when = NULL;
  g_autofree char *key = NULL;
  g_autofree char *mail = NULL;

  g_return_val_if_fail (invitation != NULL, NULL);
  g_return_val_if_fail (lock_names != NULL && lock_names[0] != NULL, NULL);

  locks = hk_invite_join_names (lock_names);
  when = hk_limits_phrase (invitation->spec->limits, zone, now);
  if (invitation->spec->type == NUKI_KEY_CODE)
    return say_code (invitation, locks, when);

  key = say_key (invitation, locks, when);
  mail = say_mail (g_strv_length ((char **) lock_names), email != NULL ? email : "");

  /* Translators: two sentences, one after the other */
  return nuki_text_printf (C_ ("sentences", "%s %s"), key, mail);
}
