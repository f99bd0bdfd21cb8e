/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-wrap.h"

#include "hk-narrow.h"
#include "hk-wrap-layout.h"

/* What libadwaita has between the parts of a row, in pixels. */
#define ROW_SPACING 6

/* So wide an item of a menu is at most, in characters: what fits a telephone with letters twice as large. */
#define MENU_CHARS 20

/**
 * hk_wrap_buttons:
 * @root: a dialog or a page
 *
 * Lets the labels of the buttons in @root take a second line where there is no room beside them. A button is as wide as its
 * label otherwise, and in some languages two buttons are wider than a telephone. A button in a row stays as it is: the words
 * beside it give way, and a row of two lines would make its label as narrow as two lines allow. The titles of groups may, too,
 * which libadwaita allows by itself from 1.4 on.
 */
void
hk_wrap_buttons (GtkWidget *root)
{
  GtkWidget *label = GTK_IS_BUTTON (root) ? gtk_button_get_child (GTK_BUTTON (root)) : NULL;

  if (GTK_IS_LABEL (label))
    {
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    }

  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "heading"))
    {
      gtk_label_set_ellipsize (GTK_LABEL (root), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (GTK_LABEL (root), TRUE);
    }

  if (ADW_IS_ACTION_ROW (root) || ADW_IS_ENTRY_ROW (root))
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    hk_wrap_buttons (child);
}

/**
 * hk_wrap_row:
 * @row: a row with a button or entries at its end
 *
 * Lets what is at the end of @row stand under the words where there is no room for both in one line.
 */
void
hk_wrap_row (AdwActionRow *row)
{
  GtkWidget *header = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *end = gtk_widget_get_last_child (header);

  gtk_widget_set_layout_manager (header, g_object_new (HK_TYPE_WRAP_LAYOUT, "spacing", ROW_SPACING, NULL));
  /* A box would ask the button how wide it is where there is height for two lines, and give it no more. */
  gtk_widget_set_layout_manager (end, g_object_new (HK_TYPE_WRAP_LAYOUT, "spacing", ROW_SPACING, NULL));
  gtk_widget_set_margin_top (end, ROW_SPACING);
  gtk_widget_set_margin_bottom (end, ROW_SPACING);
  for (GtkWidget *child = gtk_widget_get_first_child (header); child; child = gtk_widget_get_next_sibling (child))
    hk_wrap_buttons (child);
}

static void
wrap_items (GtkWidget *widget, gboolean narrow)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), "accelerator"))
    {
      gtk_widget_set_visible (widget, !narrow);
    }
  else if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (widget), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_max_width_chars (GTK_LABEL (widget), MENU_CHARS);
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    wrap_items (child, narrow);
}

static void
name_items (GtkWidget *widget)
{
  GtkWidget *item = gtk_widget_get_parent (widget);

  if (g_str_equal (gtk_widget_get_css_name (item), "modelbutton") && g_str_equal (gtk_widget_get_css_name (widget), "label"))
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (widget)), -1);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

static void
on_show (GtkWidget *menu)
{
  wrap_items (menu, hk_narrow_is (GTK_WIDGET (gtk_widget_get_root (menu))));
}

/**
 * hk_wrap_menu:
 * @button: what opens a menu
 *
 * Lets the items of the menu take a second line: it is as wide as its longest item otherwise, and with large letters that is wider
 * than a telephone. In a window that is as narrow as one, it does not say which keys of a keyboard do the same. To who listens,
 * each item says what it does.
 */
void
hk_wrap_menu (GtkMenuButton *button)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  /* Whenever it is shown: some of the items are there only at times. */
  g_signal_connect (gtk_menu_button_get_popover (button), "show", G_CALLBACK (on_show), NULL);
  /* GTK (4.18) names an item after its label, which is one to pass over, and so gives it no name; and that when it is mapped. */
  g_signal_connect_after (gtk_menu_button_get_popover (button), "map", G_CALLBACK (name_items), NULL);
}

/**
 * hk_wrap_email:
 * @email: (nullable): an address
 *
 * For every label that shows an address: it would be broken between any two letters where it is wider than the label.
 *
 * Returns: (transfer full): the address, which may go on in another line where the domain begins
 */
char *
hk_wrap_email (const char *email)
{
  GString *text = g_string_new (email);

  g_string_replace (text, "@", "\u200b@", 0);

  return g_string_free (text, FALSE);
}
