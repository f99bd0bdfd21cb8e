/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown of a row or a button depends on the room that there is. */

#include "ui-test.h"

#include "hk-fit-layout.h"
#include "hk-title-layout.h"
#include "hk-wrap-layout.h"
#include "keys/hk-cut-text.h"
#include "keys/hk-key-columns.h"
#include "keys/hk-shy-label.h"

static void
allocate (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (widget, width, height, -1, NULL);
}

static gboolean
asks_for_tooltip (GtkWidget *label)
{
  gboolean shown = FALSE;
  GtkTooltip *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);

  g_signal_emit_by_name (label, "query-tooltip", 1, 1, FALSE, tooltip, &shown);
  g_object_unref (tooltip);

  return shown;
}

static void
test_cut_names (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("A name that is quite long"));
  GtkLabel *as_label = GTK_LABEL (label);

  gtk_label_set_ellipsize (as_label, PANGO_ELLIPSIZE_END);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (hk_cut_text_on_query_tooltip), NULL);
  allocate (label, 1000);
  g_assert_false (asks_for_tooltip (label));
  allocate (label, 60);
  g_assert_true (asks_for_tooltip (label));

  g_assert_finalize_object (label);
}

static GtkWidget *
make_shy_label (const char *label, const char *icon_name, gboolean beside)
{
  return g_object_new (HK_TYPE_SHY_LABEL, "label", label, "icon-name", icon_name, "beside", beside, NULL);
}

static void
test_shy_label (void)
{
  GtkWidget *shy = g_object_ref_sink (make_shy_label ("_Invite", "list-add-symbolic", TRUE));
  GtkWidget *label = gtk_widget_get_last_child (shy);
  GtkWidget *image = gtk_widget_get_first_child (shy);
  g_autofree char *text = NULL;
  int minimum;
  int natural;
  graphene_rect_t bounds;

  g_object_get (shy, "label", &text, NULL);
  g_assert_cmpstr (text, ==, "_Invite");

  /* Its icon stays, and is at the end when it is alone, in line with what is below. */
  gtk_widget_measure (shy, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, >, 0);
  g_assert_cmpint (natural, >, minimum + 10);
  allocate (shy, natural);
  g_assert_true (gtk_widget_get_child_visible (label));
  g_assert_true (gtk_widget_get_child_visible (image));
  allocate (shy, natural - 1);
  g_assert_false (gtk_widget_get_child_visible (label));
  g_assert_true (gtk_widget_compute_bounds (image, shy, &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, natural - 1);

  g_assert_finalize_object (shy);
}

/* As large letters make it. */
static void
test_wide_label (void)
{
  GtkWidget *button = g_object_ref_sink (gtk_button_new ());
  GtkWidget *shy = make_shy_label ("_Cancel", "window-close-symbolic", FALSE);
  GtkWidget *label = gtk_widget_get_last_child (shy);
  GtkWidget *image = gtk_widget_get_first_child (shy);
  int natural;
  int icon;

  gtk_widget_measure (shy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_button_set_child (GTK_BUTTON (button), shy);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Cancel");

  allocate (shy, natural);
  g_assert_true (gtk_widget_get_child_visible (label));
  g_assert_false (gtk_widget_get_child_visible (image));
  g_assert_false (asks_for_tooltip (shy));
  allocate (shy, natural - 1);
  g_assert_false (gtk_widget_get_child_visible (label));
  g_assert_true (gtk_widget_get_child_visible (image));
  g_assert_true (asks_for_tooltip (shy));

  g_object_set (shy, "max-width", natural - 1, NULL);
  gtk_widget_measure (shy, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &icon, NULL, NULL);
  g_assert_cmpint (icon, <, natural);
  allocate (shy, natural);
  g_assert_false (gtk_widget_get_child_visible (label));
  g_assert_true (gtk_widget_get_child_visible (image));

  g_assert_finalize_object (button);
}

static gboolean
says_word (GtkWidget *shy)
{
  return gtk_widget_get_child_visible (gtk_widget_get_last_child (shy));
}

static int
count_lines (GtkWidget *label)
{
  return pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label)));
}

static int
measure_natural (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
measure_minimum (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* As they are in the header bar of a dialog. */
static GtkWidget *
make_bar (GtkWidget *cancel, GtkWidget *title, GtkWidget *save)
{
  GtkWidget *bar = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_set_layout_manager (bar, g_object_new (HK_TYPE_TITLE_LAYOUT, NULL));
  gtk_box_append (GTK_BOX (bar), cancel);
  gtk_box_append (GTK_BOX (bar), title);
  gtk_box_append (GTK_BOX (bar), save);

  return bar;
}

static void
test_title_that_wraps (void)
{
  GtkWidget *cancel = make_shy_label ("Do _Not Do It", "window-close-symbolic", FALSE);
  GtkWidget *title = gtk_label_new ("This and That");
  GtkWidget *save = make_shy_label ("_Save", "object-select-symbolic", FALSE);
  GtkWidget *bar = make_bar (cancel, title, save);
  int all;
  graphene_rect_t bounds;

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  allocate (bar, measure_natural (bar));
  g_assert_true (gtk_widget_compute_bounds (title, bar, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.origin.x + bounds.size.width / 2, measure_natural (bar) / 2.0, 0.51);

  all = measure_natural (cancel) + measure_natural (title) + measure_natural (save) + 2 * 6;
  allocate (bar, all);
  g_assert_true (says_word (cancel) && says_word (save));
  g_assert_cmpint (count_lines (title), ==, 1);
  allocate (bar, all - 1);
  g_assert_true (!says_word (cancel) && says_word (save));
  g_assert_cmpint (count_lines (title), ==, 1);
  allocate (bar, all - measure_natural (cancel) + measure_minimum (cancel) - 1);
  g_assert_true (!says_word (cancel) && says_word (save));
  g_assert_cmpint (count_lines (title), ==, 2);

  allocate (bar, measure_minimum (bar));
  g_assert_true (!says_word (cancel) && !says_word (save));
  g_assert_cmpint (gtk_widget_get_height (title), <=, gtk_widget_get_height (bar));

  g_assert_finalize_object (bar);
}

static void
test_buttons_beside_a_title (void)
{
  GtkWidget *cancel = make_shy_label ("_Cancel", "window-close-symbolic", FALSE);
  GtkWidget *title = gtk_label_new ("This and That");
  GtkWidget *menu = gtk_image_new_from_icon_name ("open-menu-symbolic");
  GtkWidget *bar = make_bar (cancel, title, menu);
  const int width = measure_minimum (bar);
  graphene_rect_t bounds;

  allocate (bar, width);
  g_assert_true (gtk_widget_compute_bounds (cancel, bar, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, 0);
  g_assert_cmpfloat (bounds.size.width, ==, measure_minimum (cancel));
  g_assert_cmpint (gtk_widget_get_width (cancel), ==, measure_minimum (cancel));
  g_assert_true (gtk_widget_compute_bounds (menu, bar, &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, width);
  g_assert_cmpfloat (bounds.size.width, ==, measure_minimum (menu));
  g_assert_cmpint (gtk_widget_get_width (menu), ==, measure_minimum (menu));

  g_assert_finalize_object (bar);
}

static void
test_title_that_does_not_wrap (void)
{
  GtkWidget *cancel = make_shy_label ("_Cancel", "window-close-symbolic", FALSE);
  GtkWidget *title = gtk_label_new ("Many Are Selected");
  GtkWidget *save = make_shy_label ("_Save", "object-select-symbolic", FALSE);
  GtkWidget *bar = make_bar (cancel, title, save);
  graphene_rect_t bounds;

  allocate (bar, measure_minimum (bar));
  g_assert_true (!says_word (cancel) && !says_word (save));
  g_assert_cmpint (gtk_widget_get_width (title), ==, measure_natural (title));
  g_assert_true (gtk_widget_compute_bounds (title, bar, &bounds));
  g_assert_cmpfloat (bounds.size.width, <, measure_natural (title) * 0.65);
  g_assert_cmpfloat_with_epsilon (bounds.origin.y + bounds.size.height / 2, gtk_widget_get_height (bar) / 2.0, 0.51);

  g_assert_finalize_object (bar);
}

static int
get_x (GtkWidget *child, GtkWidget *in)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (child, in, &bounds));

  return bounds.origin.x;
}

static void
test_columns (void)
{
  GtkWidget *columns = g_object_ref_sink (hk_key_columns_new ());
  GtkWidget *children[5];
  int wide_height;
  int narrow_height;

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = gtk_label_new ("words");
      gtk_widget_insert_before (children[i], columns, NULL);
    }

  allocate (columns, HK_KEY_COLUMNS_WIDE);
  wide_height = gtk_widget_get_height (columns);
  g_assert_cmpint (get_x (children[2], columns), >, get_x (children[1], columns) + 100);
  g_assert_cmpint (get_x (children[3], columns), ==, get_x (children[1], columns));

  allocate (columns, HK_KEY_COLUMNS_WIDE - 1);
  narrow_height = gtk_widget_get_height (columns);
  g_assert_cmpint (get_x (children[2], columns), ==, get_x (children[1], columns));
  g_assert_cmpint (narrow_height, >, wide_height);

  gtk_widget_set_direction (columns, GTK_TEXT_DIR_RTL);
  allocate (columns, HK_KEY_COLUMNS_WIDE);
  g_assert_cmpint (get_x (children[2], columns), <, get_x (children[1], columns));
  g_assert_cmpint (get_x (children[4], columns), ==, 0);

  g_assert_finalize_object (columns);
}

static void
test_even (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *children[3];
  int natural;

  gtk_widget_set_layout_manager (box, g_object_new (HK_TYPE_WRAP_LAYOUT, "even", TRUE, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = gtk_label_new ("words");
      gtk_box_append (GTK_BOX (box), children[i]);
    }
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  allocate (box, natural);
  g_assert_cmpint (get_x (children[2], box), >, get_x (children[1], box));
  allocate (box, natural - 1);
  g_assert_cmpint (get_x (children[1], box), ==, get_x (children[0], box));
  g_assert_cmpint (get_x (children[2], box), ==, get_x (children[0], box));

  g_assert_finalize_object (box);
}

static void
test_check_of_narrow_row (void)
{
  GtkWidget *columns = g_object_ref_sink (hk_key_columns_new ());
  GtkWidget *children[6];

  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = gtk_label_new ("words");
      gtk_widget_insert_before (children[i], columns, NULL);
    }

  allocate (columns, HK_KEY_COLUMNS_WIDE);
  g_assert_true (gtk_widget_get_child_visible (children[0]));
  allocate (columns, HK_KEY_COLUMNS_WIDE - 1);
  g_assert_false (gtk_widget_get_child_visible (children[0]));
  g_assert_cmpint (get_x (children[5], columns), ==, 0);

  gtk_widget_unparent (children[5]);
  allocate (columns, HK_KEY_COLUMNS_WIDE - 1);
  g_assert_true (gtk_widget_get_child_visible (children[0]));

  g_assert_finalize_object (columns);
}

/* As in a banner with large letters in a low window. */
static void
test_giving_way (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkWidget *view = gtk_scrolled_window_new ();
  GtkWidget *words = gtk_label_new ("Many words that need very many lines where there is not much room for words, and go on and on and on and on "
                                 "and on and on and on and on and on and on and on and on, so that they are higher than a scrollbar");
  GtkWidget *button = gtk_button_new_with_label ("A button below");
  const int width = 180;
  int minimum, natural, wanted;
  graphene_rect_t bounds;

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (view), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (view), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (view), words);
  gtk_widget_set_layout_manager (view, hk_fit_layout_new ());
  gtk_widget_set_layout_manager (box, g_object_new (HK_TYPE_WRAP_LAYOUT, NULL));
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), button);

  gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, width, &wanted, NULL, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, natural);
  for (int height = minimum; height <= natural; height++)
    {
      gtk_widget_allocate (box, width, height, -1, NULL);
      g_assert_true (gtk_widget_compute_bounds (button, box, &bounds));
      g_assert_cmpfloat (bounds.size.height, ==, wanted);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, ==, height);
      g_assert_cmpint (gtk_widget_get_height (view), ==, height - wanted);
    }

  g_assert_finalize_object (box);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/room/only-a-name-that-is-cut-off-has-a-tooltip", test_cut_names);
  g_test_add_func ("/room/a-shy-label-is-shown-whole-or-not-at-all", test_shy_label);
  g_test_add_func ("/room/an-icon-takes-the-place-of-a-label-that-is-too-wide", test_wide_label);
  g_test_add_func ("/room/a-title-takes-a-second-line-before-the-button-that-counts-gives-way", test_title_that_wraps);
  g_test_add_func ("/room/buttons-beside-a-title-stand-at-the-edges-and-are-as-large-as-they-ask-to-be", test_buttons_beside_a_title);
  g_test_add_func ("/room/a-title-that-does-not-wrap-becomes-smaller-and-is-whole", test_title_that_does_not_wrap);
  g_test_add_func ("/room/the-lock-is-a-column-where-there-is-room", test_columns);
  g_test_add_func ("/room/three-are-beside-each-other-or-below", test_even);
  g_test_add_func ("/room/where-a-line-is-short-a-check-takes-the-place-of-the-picture", test_check_of_narrow_row);
  g_test_add_func ("/room/words-that-scroll-give-way-to-a-button", test_giving_way);

  return g_test_run ();
}
