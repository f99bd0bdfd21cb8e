/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-change-card.h"

#include "changes/hk-conflict-dialog.h"
#include "hk-key-words.h"

struct _HkChangeCard
{
  AdwBin parent_instance;

  HkAccount *account; /* (owned) (nullable) */
  HkChange *change;   /* (owned) (nullable) */

  GtkWidget *icon;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkWidget *buttons;
  GtkWidget *compare_button;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (HkChangeCard, hk_change_card, ADW_TYPE_BIN)

static void
show_icon (HkChangeCard *self, HkTone tone)
{
  gboolean busy = tone == HK_TONE_BUSY;

  gtk_widget_set_visible (self->icon, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_remove_css_class (self->icon, "error");
  gtk_widget_remove_css_class (self->icon, "warning");
  if (tone == HK_TONE_ERROR)
    gtk_widget_add_css_class (self->icon, "error");
  else if (tone == HK_TONE_WARNING)
    gtk_widget_add_css_class (self->icon, "warning");
}

static void
refresh (HkChangeCard *self)
{
  HkTone tone = self->change != NULL ? hk_change_words_tone (self->change) : HK_TONE_PLAIN;
  gboolean stuck = tone == HK_TONE_ERROR || tone == HK_TONE_WARNING;
  gboolean conflict = self->change != NULL && hk_change_get_conflict (self->change) != 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), tone != HK_TONE_PLAIN);
  gtk_widget_set_visible (self->buttons, stuck);
  gtk_widget_set_visible (self->compare_button, conflict);
  gtk_widget_set_visible (self->retry_button, !conflict);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.retry",
                                 stuck && hk_change_get_can_retry (self->change));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.discard", stuck);
  show_icon (self, tone);
  if (tone != HK_TONE_PLAIN)
    text = hk_change_dup_text (self->change);
  gtk_label_set_label (self->label, text);
}

static void
on_compare (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeCard *self = HK_CHANGE_CARD (widget);

  hk_dialog_present (HK_DIALOG (hk_conflict_dialog_new (self->account, self->change)), widget);
}

static void
on_retry (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeCard *self = HK_CHANGE_CARD (widget);

  hk_account_retry (self->account, self->change);
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkChangeCard *self = HK_CHANGE_CARD (widget);

  hk_account_discard (self->account, self->change);
}

static void
hk_change_card_dispose (GObject *object)
{
  HkChangeCard *self = HK_CHANGE_CARD (object);

  if (self->change != NULL)
    g_signal_handlers_disconnect_by_data (self->change, self);
  g_clear_object (&self->change);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_change_card_parent_class)->dispose (object);
}

static void
hk_change_card_class_init (HkChangeCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_change_card_dispose;

  gtk_widget_class_install_action (widget_class, "change.compare", NULL, on_compare);
  gtk_widget_class_install_action (widget_class, "change.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "change.discard", NULL, on_discard);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-change-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, icon);
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, label);
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, compare_button);
  gtk_widget_class_bind_template_child (widget_class, HkChangeCard, retry_button);
}

static void
hk_change_card_init (HkChangeCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_change_card_set_change:
 * @account: whose change it is
 * @change: (nullable): the change to show, or %NULL for none
 */
void
hk_change_card_set_change (HkChangeCard *self, HkAccount *account, HkChange *change)
{
  g_return_if_fail (HK_IS_CHANGE_CARD (self));
  g_return_if_fail (HK_IS_ACCOUNT (account));
  g_return_if_fail (change == NULL || HK_IS_CHANGE (change));

  g_set_object (&self->account, account);
  if (self->change != change)
    {
      if (self->change != NULL)
        g_signal_handlers_disconnect_by_data (self->change, self);
      g_set_object (&self->change, change);
      if (change != NULL)
        g_signal_connect_object (change, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
    }
  refresh (self);
}

/**
 * hk_change_card_get_change:
 *
 * Returns: (nullable): the change that is shown
 */
HkChange *
hk_change_card_get_change (HkChangeCard *self)
{
  g_return_val_if_fail (HK_IS_CHANGE_CARD (self), NULL);

  return self->change;
}
