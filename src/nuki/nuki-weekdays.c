/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-weekdays.h"

#include <glib/gi18n-lib.h>

#include "nuki-text.h"

#define DAYS_PER_WEEK 7

/* From this many neighbouring days on, “Mon–Wed” reads better than a list. */
#define SHORTEST_RANGE 3

static const char *const short_names[DAYS_PER_WEEK] = {
  NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"), NC_ ("weekday", "Wed"), NC_ ("weekday", "Thu"),
  NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"), NC_ ("weekday", "Sun"),
};

static const char *const names[DAYS_PER_WEEK] = {
  /* Translators: days of the week. */
  N_ ("Monday"), N_ ("Tuesday"), N_ ("Wednesday"), N_ ("Thursday"), N_ ("Friday"), N_ ("Saturday"), N_ ("Sunday"),
};

static const char *const plural_names[DAYS_PER_WEEK] = {
  NC_ ("every week, after “on”", "Mondays"),    NC_ ("every week, after “on”", "Tuesdays"),
  NC_ ("every week, after “on”", "Wednesdays"), NC_ ("every week, after “on”", "Thursdays"),
  NC_ ("every week, after “on”", "Fridays"),    NC_ ("every week, after “on”", "Saturdays"),
  NC_ ("every week, after “on”", "Sundays"),
};

static gboolean
has_day (NukiWeekdays weekdays, int day)
{
  return (weekdays & nuki_weekdays_from_index (day)) != 0;
}

/* The first day after the run of set days that begins at @first. */
static int
find_run_end (NukiWeekdays weekdays, int first)
{
  int end = first;

  while (end < DAYS_PER_WEEK && has_day (weekdays, end))
    end++;

  return end;
}

static void
append_item (GString *list, const char *item)
{
  g_autofree char *joined = NULL;

  if (list->len == 0)
    {
      g_string_append (list, item);
      return;
    }

  /* Translators: joins the items of a list, such as “Mon, Wed” */
  joined = nuki_text_printf (C_ ("list", "%s, %s"), list->str, item);
  g_string_assign (list, joined);
}

static void
append_run (GString *list, int first, int end)
{
  g_autofree char *range = NULL;

  if (end - first < SHORTEST_RANGE)
    {
      for (int day = first; day < end; day++)
        append_item (list, nuki_weekdays_get_short_day_name (day));
      return;
    }

  /* Translators: a range of weekdays, such as “Mon–Fri” */
  range = nuki_text_printf (C_ ("weekdays", "%s–%s"),
                            nuki_weekdays_get_short_day_name (first),
                            nuki_weekdays_get_short_day_name (end - 1));
  append_item (list, range);
}

/* “Mondays, Tuesdays and Fridays”. */
static char *
join_plural_names (NukiWeekdays weekdays)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *last = NULL;

  for (int day = 0; day < DAYS_PER_WEEK; day++)
    {
      if (!has_day (weekdays, day))
        continue;

      if (last != NULL)
        append_item (list, last);
      last = g_dpgettext2 (GETTEXT_PACKAGE, "every week, after “on”", plural_names[day]);
    }

  if (list->len == 0)
    return g_strdup (last);

  /* Translators: the end of a list, such as “Mondays, Tuesdays and Fridays” */
  return nuki_text_printf (_ ("%s and %s"), list->str, last);
}

/**
 * nuki_weekdays_from_index:
 * @index: 0 for Monday to 6 for Sunday
 *
 * Returns: the bit of that day
 */
NukiWeekdays
nuki_weekdays_from_index (int index)
{
  g_return_val_if_fail (index >= 0 && index < DAYS_PER_WEEK, NUKI_WEEKDAYS_NONE);

  return (NukiWeekdays) (NUKI_MONDAY >> index);
}

/**
 * nuki_weekdays_get_day_name:
 * @index: 0 for Monday to 6 for Sunday
 *
 * Returns: the translated name of the day, such as “Monday”
 */
const char *
nuki_weekdays_get_day_name (int index)
{
  g_return_val_if_fail (index >= 0 && index < DAYS_PER_WEEK, NULL);

  return _ (names[index]);
}

/**
 * nuki_weekdays_get_short_day_name:
 * @index: 0 for Monday to 6 for Sunday
 *
 * Returns: the translated short name of the day, such as “Mon”
 */
const char *
nuki_weekdays_get_short_day_name (int index)
{
  g_return_val_if_fail (index >= 0 && index < DAYS_PER_WEEK, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", short_names[index]);
}

/**
 * nuki_weekdays_describe:
 * @weekdays: the days, one or more
 *
 * Names days in few characters for a row, such as “Every day”, “Mon–Fri” or “Mon, Wed, Fri”.
 *
 * Returns: (transfer full): translated words; “Never” if there is no day
 */
char *
nuki_weekdays_describe (NukiWeekdays weekdays)
{
  g_autoptr (GString) list = g_string_new (NULL);

  weekdays &= NUKI_WEEKDAYS_ALL;
  if (weekdays == NUKI_WEEKDAYS_ALL)
    return g_strdup (_ ("Every day"));
  if (weekdays == NUKI_WEEKDAYS_NONE)
    return g_strdup (C_ ("weekdays", "Never"));

  for (int day = 0; day < DAYS_PER_WEEK;)
    {
      int end = find_run_end (weekdays, day);

      append_run (list, day, end);
      day = MAX (end, day + 1);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * nuki_weekdays_describe_long:
 * @weekdays: the days, one or more
 *
 * Names days in the middle of a sentence, such as “every day”, “from Monday to Friday” or “on Tuesdays and Thursdays”.
 *
 * Returns: (transfer full): translated words; “never” if there is no day
 */
char *
nuki_weekdays_describe_long (NukiWeekdays weekdays)
{
  g_autofree char *days = NULL;
  int first = 0, end;

  weekdays &= NUKI_WEEKDAYS_ALL;
  if (weekdays == NUKI_WEEKDAYS_ALL)
    return g_strdup (C_ ("weekdays in a sentence", "every day"));
  if (weekdays == NUKI_WEEKDAYS_NONE)
    return g_strdup (C_ ("weekdays in a sentence", "never"));

  while (!has_day (weekdays, first))
    first++;
  end = find_run_end (weekdays, first);

  if (end - first >= SHORTEST_RANGE && (weekdays & ((1 << (DAYS_PER_WEEK - end)) - 1)) == 0)
    /* Translators: weekdays in the middle of a sentence, such as “from Monday to Friday” */
    return nuki_text_printf (C_ ("weekdays in a sentence", "from %s to %s"),
                             nuki_weekdays_get_day_name (first),
                             nuki_weekdays_get_day_name (end - 1));

  days = join_plural_names (weekdays);

  /* Translators: weekdays in the middle of a sentence, such as “on Tuesdays and Thursdays” */
  return nuki_text_printf (C_ ("weekdays in a sentence", "on %s"), days);
}
