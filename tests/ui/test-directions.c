/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names in Hebrew among English words, and English words in a window for Hebrew: in which order Pango shows what was put together. */

#include <gtk/gtk.h>
#include <nuki-limits.h>
#include <nuki-text.h>

#include "invite/hk-invite-sentence.h"

#define DANA "דנה"
#define DOOR "דלת"

typedef struct
{
  int x;
  const char *at;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return ((const Place *) a)->x - ((const Place *) b)->x;
}

/* Returns: (transfer full): @text as it is seen, from the left, in a window of that direction */
static char *
see (const char *text, PangoDirection direction)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GString *seen = g_string_new (NULL);

  pango_context_set_base_dir (context, direction);
  pango_layout_set_text (layout, text, -1);
  g_assert_cmpint (pango_layout_get_line_count (layout), ==, 1);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      PangoRectangle pos;

      pango_layout_index_to_pos (layout, (int) (at - text), &pos);
      if (pos.width != 0)
        {
          Place place = { MIN (pos.x, pos.x + pos.width), at };
          g_array_append_val (places, place);
        }
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_string_append_unichar (seen, g_utf8_get_char (g_array_index (places, Place, i).at));

  g_object_unref (layout);
  g_object_unref (context);
  return g_string_free (seen, FALSE);
}

/* Hebrew goes to the left; what is seen begins with its last letter. */
static char *
mirror (const char *hebrew)
{
  return g_utf8_strreverse (hebrew, -1);
}

static void
assert_seen (const char *text, PangoDirection direction, const char *format, const char *hebrew)
{
  g_autofree char *seen = see (text, direction);
  g_autofree char *mirrored = mirror (hebrew);
  g_auto (GStrv) parts = g_strsplit (format, "*", 2);
  g_autofree char *expected = g_strconcat (parts[0], mirrored, parts[1], NULL);

  g_assert_cmpstr (seen, ==, expected);
}

static void
test_hours (void)
{
  g_autofree char *hours = nuki_limits_format_window (9 * 60, 12 * 60);
  g_autofree char *left_to_right = see (hours, PANGO_DIRECTION_LTR);
  g_autofree char *right_to_left = see (hours, PANGO_DIRECTION_RTL);

  g_assert_cmpstr (left_to_right, ==, "9:00–12:00");
  g_assert_cmpstr (right_to_left, ==, "9:00–12:00");
}

static void
test_number_after_name (void)
{
  g_autofree char *text = nuki_text_printf ("Invited – waiting for %s, %d h left", DANA, 31);

  assert_seen (text, PANGO_DIRECTION_LTR, "Invited – waiting for *, 31 h left", DANA);
  assert_seen (text, PANGO_DIRECTION_RTL, "Invited – waiting for *, 31 h left", DANA);
}

static void
test_name_at_the_beginning (void)
{
  g_autofree char *text = nuki_text_printf ("%s can open %s.", DANA, "Garage");

  assert_seen (text, PANGO_DIRECTION_LTR, "* can open Garage.", DANA);
  assert_seen (text, PANGO_DIRECTION_RTL, "* can open Garage.", DANA);
}

static void
test_english_name_among_hebrew (void)
{
  g_autofree char *text = nuki_text_printf ("%s " DOOR, "Anna (2)");

  assert_seen (text, PANGO_DIRECTION_LTR, "* Anna (2)", DOOR);
}

static void
test_list_of_names (void)
{
  const char *names[] = { DANA, DOOR, "Garage", NULL };
  g_autofree char *text = hk_invite_join_names (names);
  g_autofree char *seen = see (text, PANGO_DIRECTION_LTR);
  g_autofree char *dana = mirror (DANA);

  g_assert_true (g_str_has_prefix (seen, dana));
  g_assert_true (g_str_has_suffix (seen, " and Garage"));
}

static void
test_one_direction (void)
{
  g_autofree char *text = nuki_text_printf ("%2$s has %1$d%%, %2$s", 7, "José 日本");

  g_assert_cmpstr (text, ==, "José 日本 has 7%, José 日本");
}

static void
test_numbered_values (void)
{
  g_autofree char *text = nuki_text_printf ("100%% %2$s for %1$s", "Anna", DANA);

  g_assert_cmpstr (text, ==, "\u200e100% \u2068" DANA "\u2069 for \u2068Anna\u2069");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directions/hours-are-in-their-order-in-both-directions", test_hours);
  g_test_add_func ("/directions/a-number-stays-behind-a-hebrew-name", test_number_after_name);
  g_test_add_func ("/directions/a-hebrew-name-at-the-beginning-does-not-turn-the-sentence", test_name_at_the_beginning);
  g_test_add_func ("/directions/an-english-name-does-not-turn-hebrew", test_english_name_among_hebrew);
  g_test_add_func ("/directions/hebrew-names-are-listed-in-their-order", test_list_of_names);
  g_test_add_func ("/directions/a-text-in-one-direction-gets-nothing-invisible", test_one_direction);
  g_test_add_func ("/directions/numbered-values-are-set-apart-too", test_numbered_values);

  return g_test_run ();
}
