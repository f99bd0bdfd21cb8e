/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-tab-stop.h"

struct _HkTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (HkTabStop, hk_tab_stop, ADW_TYPE_BIN)

/* Returns: (nullable): the row that has the focus, or in which something has it */
static GtkWidget *
find_row (GtkWidget *widget)
{
  GtkWidget *row = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (row == NULL || !gtk_widget_is_ancestor (row, widget))
    return NULL;

  for (; row != widget; row = gtk_widget_get_parent (row))
    {
      GtkWidget *list = gtk_widget_get_parent (row);

      if (GTK_IS_LIST_VIEW (list) || GTK_IS_LIST_BOX (list))
        return row;
    }

  return NULL;
}

static gboolean
hk_tab_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *row = find_row (widget);

  if (row != NULL && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return gtk_widget_child_focus (row, direction);

  /* Coming from behind, a GtkListView (4.18) would lead to its last row. */
  if (direction == GTK_DIR_TAB_BACKWARD)
    direction = GTK_DIR_TAB_FORWARD;

  return GTK_WIDGET_CLASS (hk_tab_stop_parent_class)->focus (widget, direction);
}

static void
hk_tab_stop_class_init (HkTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = hk_tab_stop_focus;
}

static void
hk_tab_stop_init (HkTabStop *self)
{
}
