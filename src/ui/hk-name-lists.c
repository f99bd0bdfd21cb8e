/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-name-lists.h"

#include <adwaita.h>

static void
name_list (GtkWidget *list, const char *name)
{
  GtkWidget *expander = gtk_widget_get_ancestor (list, ADW_TYPE_EXPANDER_ROW);
  GtkWidget *group = gtk_widget_get_ancestor (list, ADW_TYPE_PREFERENCES_GROUP);

  if (expander != NULL)
    name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (expander));
  else if (group == NULL || *adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)) != '\0')
    return;

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * hk_name_lists:
 * @root: a page or a dialog
 * @name: what it is about, plain text
 *
 * Names what would be read as “GtkListBox”: a list is named by libadwaita after the title of its group, so one without a title is
 * called @name. What a row expands to is called as the row.
 */
void
hk_name_lists (GtkWidget *root, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (root) && name != NULL);

  if (GTK_IS_LIST_BOX (root))
    name_list (root, name);
  else if (GTK_IS_LIST_BOX_ROW (root) && !ADW_IS_EXPANDER_ROW (root))
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    hk_name_lists (child, name);
}
