/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-control-row.h"

G_DEFINE_TYPE (HkControlRow, hk_control_row, ADW_TYPE_ACTION_ROW)

static GtkAccessibleRole
find_role (GtkWidget *control)
{
  if (GTK_IS_SWITCH (control))
    return GTK_ACCESSIBLE_ROLE_SWITCH;

  return GTK_IS_CHECK_BUTTON (control) ? GTK_ACCESSIBLE_ROLE_CHECKBOX : GTK_ACCESSIBLE_ROLE_BUTTON;
}

static void
show_active (HkControlRow *self, GParamSpec *pspec, GtkWidget *control)
{
  gboolean active;

  g_object_get (control, "active", &active, NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, active, -1);
}

static void
show_sensitive (HkControlRow *self, GParamSpec *pspec, GtkWidget *control)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_DISABLED, !gtk_widget_get_sensitive (control), -1);
}

static void
on_notify_activatable_widget (HkControlRow *self)
{
  GtkWidget *control = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (self));

  if (control == NULL)
    return;

  gtk_widget_set_can_focus (control, FALSE);
  g_object_set (control, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_object_set (self, "accessible-role", find_role (control), NULL);
  g_signal_connect_object (control, "notify::sensitive", G_CALLBACK (show_sensitive), self, G_CONNECT_SWAPPED);
  show_sensitive (self, NULL, control);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (control), "active") == NULL)
    return;

  g_signal_connect_object (control, "notify::active", G_CALLBACK (show_active), self, G_CONNECT_SWAPPED);
  show_active (self, NULL, control);
}

static void
hk_control_row_class_init (HkControlRowClass *klass)
{
}

static void
hk_control_row_init (HkControlRow *self)
{
  g_signal_connect (self, "notify::activatable-widget", G_CALLBACK (on_notify_activatable_widget), NULL);
}
