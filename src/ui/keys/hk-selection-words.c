/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-selection-words.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

/* What can be done with several keys, and what became of it, in words. */

static gboolean
is_asking (HkKey *key)
{
  HkChange *change = hk_key_get_change (key);

  return change != NULL && hk_change_get_conflict (change) != 0;
}

/* Adds up what can be done with @key, and what not. */
static void
count (HkSelected *selected, HkKey *key)
{
  if (hk_key_get_infrastructure (key))
    {
      selected->devices++;
      return;
    }
  if (is_asking (key))
    {
      selected->asking++;
      return;
    }

  /* Taken back before it was sent, an invitation would be lost, which no undo brings back. */
  if (!hk_key_get_gone (key) && hk_key_get_record (key) == NULL)
    {
      selected->unmade++;
      return;
    }

  selected->can[HK_JOB_DELETE]++;
  if (hk_key_get_gone (key))
    selected->gone++;
  else
    selected->can[hk_key_get_enabled (key) ? HK_JOB_SWITCH_OFF : HK_JOB_SWITCH_ON]++;
}

/**
 * hk_job_can:
 * @key: a key
 *
 * Returns: whether @job can be done with @key, and makes a difference
 */
gboolean
hk_job_can (HkJob job, HkKey *key)
{
  HkSelected selected = { 0 };

  count (&selected, key);

  return selected.can[job] > 0;
}

/**
 * hk_selected_count:
 * @selected: (out caller-allocates): what can be done with them, but for @unlisted
 * @keys: (element-type HkKey): what is selected
 */
void
hk_selected_count (HkSelected *selected, GPtrArray *keys)
{
  *selected = (HkSelected){ 0 };
  for (guint i = 0; i < keys->len; i++)
    count (selected, g_ptr_array_index (keys, i));
}

/* Adds @part (transfer full), which says something of @n, unless that is none. */
static void
add_part (GString *text, guint n, const char *separator, char *part)
{
  if (n > 0 && text->len > 0)
    g_string_append (text, separator);
  if (n > 0)
    g_string_append (text, part);
  g_free (part);
}

/**
 * hk_selection_words_obstacles:
 * @selected: what is selected
 *
 * Returns: (transfer full): which of them stay as they are whatever is done, or can only be deleted, or are
 * not to be seen; mostly nothing
 */
char *
hk_selection_words_obstacles (const HkSelected *selected)
{
  GString *text = g_string_new ("");
  g_autoptr (GString) stay = g_string_new ("");
  g_autoptr (GString) only = g_string_new ("");

  add_part (stay, selected->devices, ", ",
            g_strdup_printf (ngettext ("%u device", "%u devices", selected->devices), selected->devices));
  add_part (stay, selected->asking, ", ",
            g_strdup_printf (
                ngettext ("%u that waits for your answer", "%u that wait for your answer", selected->asking),
                selected->asking));
  add_part (stay, selected->unmade, ", ",
            g_strdup_printf (
                ngettext ("%u that is still being made", "%u that are still being made", selected->unmade),
                selected->unmade));
  add_part (
      only, selected->gone, ", ",
      g_strdup_printf (ngettext ("%u that is gone", "%u that are gone", selected->gone), selected->gone));
  /* Translators: how many of the selected keys, and why: "1 device, 2 that wait for your answer" */
  add_part (text, stay->len, " ", nuki_text_printf (_ ("Left as they are: %s."), stay->str));
  /* Translators: how many of the selected keys, and why: "2 that are gone" */
  add_part (text, only->len, " ", nuki_text_printf (_ ("Cannot be switched: %s."), only->str));
  /* Translators: how many of the selected keys */
  add_part (text, selected->unlisted, " ",
            g_strdup_printf (_ ("Selected, but not listed now: %u."), selected->unlisted));

  return g_string_free (text, FALSE);
}

static char *
describe_done (HkJob job, guint n)
{
  switch (job)
    {
    case HK_JOB_SWITCH_ON:
      return g_strdup_printf (ngettext ("%u key switched on", "%u keys switched on", n), n);
    case HK_JOB_SWITCH_OFF:
      return g_strdup_printf (ngettext ("%u key switched off", "%u keys switched off", n), n);
    case HK_JOB_DELETE:
    case HK_N_JOBS:
    default:
      return g_strdup_printf (
          ngettext ("%u key deleted from its lock", "%u keys deleted from their locks", n), n);
    }
}

/**
 * hk_selection_words_end:
 * @job: what was asked
 * @changes: (element-type HkChange): for these keys
 * @trouble: (out): whether some are not confirmed
 *
 * Returns: (transfer full) (nullable): what became of it; %NULL while it goes on. Nothing if all of it was
 * undone
 */
char *
hk_selection_words_end (HkJob job, GPtrArray *changes, gboolean *trouble)
{
  g_autoptr (GString) text = g_string_new ("");
  guint n[HK_CHANGE_DISCARDED + 1] = { 0 };

  for (guint i = 0; i < changes->len; i++)
    n[hk_change_get_state (g_ptr_array_index (changes, i))]++;
  if (n[HK_CHANGE_WAITING] + n[HK_CHANGE_SENDING] + n[HK_CHANGE_ACCEPTED] > 0)
    return NULL;

  add_part (text, n[HK_CHANGE_CONFIRMED], ", ", describe_done (job, n[HK_CHANGE_CONFIRMED]));
  add_part (text, n[HK_CHANGE_FAILED], ", ",
            g_strdup_printf (ngettext ("%u failed", "%u failed", n[HK_CHANGE_FAILED]), n[HK_CHANGE_FAILED]));
  add_part (
      text, n[HK_CHANGE_NOT_CONFIRMED], ", ",
      g_strdup_printf (ngettext ("%u not confirmed yet", "%u not confirmed yet", n[HK_CHANGE_NOT_CONFIRMED]),
                       n[HK_CHANGE_NOT_CONFIRMED]));
  *trouble = n[HK_CHANGE_FAILED] + n[HK_CHANGE_NOT_CONFIRMED] > 0;

  return g_string_free (g_steal_pointer (&text), FALSE);
}
