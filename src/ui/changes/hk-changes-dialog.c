/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-changes-dialog.h"

#include "hk-change-row.h"

struct _HkChangesDialog
{
  HkDialog parent_instance;

  HkAccount *account;         /* (owned) */
  GtkFilter *filter;          /* (owned) */
  GtkFilterListModel *shown;  /* (owned) */

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HkChangesDialog, hk_changes_dialog, HK_TYPE_DIALOG)

enum
{
  OPEN_KEY,
  OPEN_PERSON,
  OPEN_LOCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_open (gpointer item, gpointer user_data)
{
  const HkChangeState state = hk_change_get_state (HK_CHANGE (item));

  return state != HK_CHANGE_CONFIRMED && state != HK_CHANGE_DISCARDED;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return hk_change_row_new (HK_CHANGES_DIALOG (user_data)->account, HK_CHANGE (item));
}

static void
on_items_changed (HkChangesDialog *self)
{
  const gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "changes");
}

static void
on_keys_updated (HkChangesDialog *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_row_activated (HkChangesDialog *self, HkChangeRow *row)
{
  g_autoptr (HkChangesDialog) keep = g_object_ref (self);
  g_autoptr (HkChange) change = g_object_ref (hk_change_row_get_change (row));
  HkKey *key = hk_account_find_changed_key (self->account, change);
  NukiUser *person = hk_account_find_person (self->account, hk_change_get_user_id (change));
  NukiLock *lock = hk_change_get_lock (change);

  if (key != NULL && hk_account_has_key (self->account, key))
    {
      hk_dialog_force_close (HK_DIALOG (self));
      g_signal_emit (self, signals[OPEN_KEY], 0, key);
    }
  else if (person != NULL)
    {
      hk_dialog_force_close (HK_DIALOG (self));
      g_signal_emit (self, signals[OPEN_PERSON], 0, person);
    }
  else if (lock != NULL)
    {
      hk_dialog_force_close (HK_DIALOG (self));
      g_signal_emit (self, signals[OPEN_LOCK], 0, lock);
    }
}

static void
hk_changes_dialog_dispose (GObject *object)
{
  HkChangesDialog *self = HK_CHANGES_DIALOG (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_changes_dialog_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType type)
{
  return g_signal_new (name, HK_TYPE_CHANGES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, type);
}

static void
hk_changes_dialog_class_init (HkChangesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hk_changes_dialog_dispose;

  signals[OPEN_KEY] = add_signal ("open-key", HK_TYPE_KEY);
  signals[OPEN_PERSON] = add_signal ("open-person", NUKI_TYPE_USER);
  signals[OPEN_LOCK] = add_signal ("open-lock", NUKI_TYPE_LOCK);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/changes/hk-changes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkChangesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HkChangesDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
hk_changes_dialog_init (HkChangesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_changes_dialog_new:
 * @account: whose changes are shown
 *
 * Returns: (transfer floating): a dialog to present
 */
HkChangesDialog *
hk_changes_dialog_new (HkAccount *account)
{
  HkChangesDialog *self;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  self = g_object_new (HK_TYPE_CHANGES_DIALOG, NULL);
  self->account = g_object_ref (account);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_open, NULL, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (hk_account_get_changes (account)), g_object_ref (self->filter));
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, self, NULL);
  on_items_changed (self);

  return self;
}
