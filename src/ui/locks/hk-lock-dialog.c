/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-dialog.h"

#include "form/hk-field-message.h"
#include "people/hk-person-validator.h"

struct _HkLockDialog
{
  HkDialog parent_instance;

  HkAccount *account; /* (owned) */
  NukiLock *lock;     /* (owned) */
  HkDetails *seen;    /* (owned): what the form began with */

  GtkEditable *name_row;
  HkFieldMessage *message;
};

G_DEFINE_FINAL_TYPE (HkLockDialog, hk_lock_dialog, HK_TYPE_DIALOG)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_LOCK,
} Property;

static GParamSpec *properties[PROP_LOCK + 1];

static char *
dup_name (HkLockDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));
}

static void
update (HkLockDialog *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *error = hk_person_validator_check_name (name, NUKI_KEY_NAME_MAX_BYTES);
  gboolean changed;

  if (self->seen == NULL)
    return;

  changed = g_strcmp0 (name, self->seen->name) != 0;
  g_object_set (self->message, "error", error, NULL);
  hk_dialog_set_dirty (HK_DIALOG (self), changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock-dialog.save", changed && error == NULL);
}

static void
hk_lock_dialog_submit (HkDialog *dialog)
{
  HkLockDialog *self = HK_LOCK_DIALOG (dialog);

  hk_field_message_reveal (self->message);
  gtk_widget_activate_action (GTK_WIDGET (self), "lock-dialog.save", NULL);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkLockDialog *self = HK_LOCK_DIALOG (widget);
  g_autofree char *name = dup_name (self);

  hk_account_update_lock (self->account, self->lock, self->seen, name, self->seen->favorite);
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
hk_lock_dialog_constructed (GObject *object)
{
  HkLockDialog *self = HK_LOCK_DIALOG (object);

  G_OBJECT_CLASS (hk_lock_dialog_parent_class)->constructed (object);

  self->seen = hk_account_dup_lock_details (self->account, self->lock);
  gtk_editable_set_text (self->name_row, self->seen->name);
  update (self);
  hk_dialog_set_focus (HK_DIALOG (self), GTK_WIDGET (self->name_row));
}

static void
hk_lock_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkLockDialog *self = HK_LOCK_DIALOG (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_lock_dialog_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkLockDialog *self = HK_LOCK_DIALOG (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_LOCK:
      self->lock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_lock_dialog_dispose (GObject *object)
{
  HkLockDialog *self = HK_LOCK_DIALOG (object);

  g_clear_pointer (&self->seen, hk_details_free);
  g_clear_object (&self->lock);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_lock_dialog_parent_class)->dispose (object);
}

static void
hk_lock_dialog_class_init (HkLockDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = hk_lock_dialog_constructed;
  object_class->get_property = hk_lock_dialog_get_property;
  object_class->set_property = hk_lock_dialog_set_property;
  object_class->dispose = hk_lock_dialog_dispose;
  HK_DIALOG_CLASS (klass)->submit = hk_lock_dialog_submit;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, NUKI_TYPE_LOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "lock-dialog.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/locks/hk-lock-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkLockDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, HkLockDialog, message);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_submit);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
hk_lock_dialog_init (HkLockDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_lock_dialog_new:
 * @account: whose lock it is
 * @lock: the lock to rename
 *
 * Returns: (transfer floating): a dialog to present
 */
HkLockDialog *
hk_lock_dialog_new (HkAccount *account, NukiLock *lock)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  return g_object_new (HK_TYPE_LOCK_DIALOG, "account", account, "lock", lock, NULL);
}
