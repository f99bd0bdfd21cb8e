/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-change-row.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-conflict-dialog.h"
#include "keys/hk-key-words.h"

struct _HkChangeRow
{
  GtkListBoxRow parent_instance;

  HkAccount *account; /* (owned) */
  HkChange *change;   /* (owned) */

  GtkLabel *title;
  GtkLabel *place;
  GtkLabel *state;
  GtkWidget *buttons;
  GtkWidget *compare_button;
  GtkWidget *retry_button;
  GtkWidget *discard_button;
};

G_DEFINE_FINAL_TYPE (HkChangeRow, hk_change_row, GTK_TYPE_LIST_BOX_ROW)

/* On which lock, and since when. */
static char *
describe_place (HkChangeRow *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *moment = hk_words_moment (hk_change_get_asked (self->change), zone, now);
  NukiLock *lock = hk_change_get_lock (self->change);

  if (lock == NULL || hk_change_get_kind (self->change) == HK_CHANGE_UPDATE_LOCK)
    return g_steal_pointer (&moment);

  /* Translators: the name of a lock, and when something was asked. */
  return nuki_text_printf (C_ ("change", "%s · %s"), nuki_lock_get_name (lock), moment);
}

static void
show_tone (HkChangeRow *self, HkTone tone)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "warning");
  if (tone == HK_TONE_ERROR)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else if (tone == HK_TONE_WARNING)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "warning");
}

static void
refresh (HkChangeRow *self)
{
  const HkChangeState state = hk_change_get_state (self->change);
  const gboolean can_retry = hk_change_get_can_retry (self->change);
  const gboolean can_discard = can_retry || state == HK_CHANGE_WAITING;
  const gboolean conflict = hk_change_get_conflict (self->change) != 0;
  g_autofree char *what = hk_change_words_what (self->change);
  g_autofree char *place = describe_place (self);
  g_autofree char *text = hk_change_dup_text (self->change);

  gtk_label_set_label (self->title, what);
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->state, text);
  show_tone (self, hk_change_words_tone (self->change));
  gtk_widget_set_visible (self->compare_button, conflict);
  gtk_widget_set_visible (self->retry_button, can_retry && !conflict);
  gtk_widget_set_visible (self->buttons, can_discard);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.retry", can_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.discard", can_discard);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, what,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, what, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->discard_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, what,
                                  -1);
}

static void
on_compare (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeRow *self = HK_CHANGE_ROW (widget);

  hk_dialog_present (HK_DIALOG (hk_conflict_dialog_new (self->account, self->change)), widget);
}

static void
on_retry (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeRow *self = HK_CHANGE_ROW (widget);

  hk_account_retry (self->account, self->change);
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeRow *self = HK_CHANGE_ROW (widget);

  hk_account_discard (self->account, self->change);
}

static void
hk_change_row_dispose (GObject *object)
{
  HkChangeRow *self = HK_CHANGE_ROW (object);

  if (self->change != NULL)
    g_signal_handlers_disconnect_by_data (self->change, self);
  g_clear_object (&self->change);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_change_row_parent_class)->dispose (object);
}

static void
hk_change_row_class_init (HkChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_change_row_dispose;

  gtk_widget_class_install_action (widget_class, "change.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "change.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "change.discard", NULL, on_discard);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/changes/hk-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, title);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, place);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, state);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, HkChangeRow, discard_button);
}

static void
hk_change_row_init (HkChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_change_row_new:
 * @account: whose change it is
 * @change: the change to show
 *
 * Returns: (transfer floating): a row that follows @change
 */
GtkWidget *
hk_change_row_new (HkAccount *account, HkChange *change)
{
  HkChangeRow *self;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_CHANGE (change), NULL);

  self = g_object_new (HK_TYPE_CHANGE_ROW, NULL);
  self->account = g_object_ref (account);
  self->change = g_object_ref (change);
  g_signal_connect_object (change, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return GTK_WIDGET (self);
}

/**
 * hk_change_row_get_change:
 *
 * Returns: (transfer none): the change that is shown
 */
HkChange *
hk_change_row_get_change (HkChangeRow *self)
{
  g_return_val_if_fail (HK_IS_CHANGE_ROW (self), NULL);

  return self->change;
}
