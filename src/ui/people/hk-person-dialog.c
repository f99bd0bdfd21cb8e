/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-person-dialog.h"

#include "form/hk-field-message.h"
#include "form/hk-languages.h"
#include "hk-person-validator.h"

struct _HkPersonDialog
{
  HkDialog parent_instance;

  HkAccount *account; /* (owned) */
  NukiUser *person;   /* (owned) */
  HkDetails *seen;    /* (owned): what the form began with */

  HkPersonValidator *validator;
  GtkEditable *name_row;
  GtkEditable *email_row;
  AdwComboRow *language_row;
  HkFieldMessage *name_message;
  HkFieldMessage *email_message;
};

G_DEFINE_FINAL_TYPE (HkPersonDialog, hk_person_dialog, HK_TYPE_DIALOG)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_PERSON,
} Property;

static GParamSpec *properties[PROP_PERSON + 1];

static gboolean
has_other_language (HkPersonDialog *self)
{
  return adw_combo_row_get_selected (self->language_row) != hk_languages_find (self->seen->language);
}

/* One that the list does not know stays, unless another is chosen. */
static const char *
get_language (HkPersonDialog *self)
{
  return has_other_language (self) ? hk_languages_get_code (adw_combo_row_get_selected (self->language_row)) : NULL;
}

static gboolean
is_changed (HkPersonDialog *self)
{
  g_autofree char *name = hk_person_validator_dup_name (self->validator);
  g_autofree char *email = hk_person_validator_dup_email (self->validator);

  return g_strcmp0 (name, self->seen->name) != 0 || g_strcmp0 (email, self->seen->email) != 0
         || has_other_language (self);
}

static void
update (HkPersonDialog *self)
{
  gboolean changed;

  if (self->seen == NULL)
    return;

  changed = is_changed (self);
  hk_dialog_set_dirty (HK_DIALOG (self), changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person-dialog.save",
                                 changed && hk_person_validator_get_valid (self->validator));
}

static void
hk_person_dialog_submit (HkDialog *dialog)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (dialog);

  hk_field_message_reveal (self->name_message);
  hk_field_message_reveal (self->email_message);
  gtk_widget_activate_action (GTK_WIDGET (self), "person-dialog.save", NULL);
}

static void
on_save (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (widget);
  g_autofree char *name = hk_person_validator_dup_name (self->validator);
  g_autofree char *email = hk_person_validator_dup_email (self->validator);

  hk_account_update_person (self->account, self->person, self->seen, name, email, get_language (self));
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
hk_person_dialog_constructed (GObject *object)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (object);
  g_autoptr (GListModel) languages = hk_languages_new_model ();

  G_OBJECT_CLASS (hk_person_dialog_parent_class)->constructed (object);

  self->seen = hk_account_dup_person_details (self->account, self->person);
  adw_combo_row_set_model (self->language_row, languages);
  adw_combo_row_set_selected (self->language_row, hk_languages_find (self->seen->language));
  gtk_editable_set_text (self->name_row, self->seen->name);
  gtk_editable_set_text (self->email_row, self->seen->email);
  update (self);
  hk_dialog_set_focus (HK_DIALOG (self), GTK_WIDGET (self->name_row));
}

static void
hk_person_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_person_dialog_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_PERSON:
      self->person = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_person_dialog_dispose (GObject *object)
{
  HkPersonDialog *self = HK_PERSON_DIALOG (object);

  g_clear_pointer (&self->seen, hk_details_free);
  g_clear_object (&self->person);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_person_dialog_parent_class)->dispose (object);
}

static void
hk_person_dialog_class_init (HkPersonDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = hk_person_dialog_constructed;
  object_class->get_property = hk_person_dialog_get_property;
  object_class->set_property = hk_person_dialog_set_property;
  object_class->dispose = hk_person_dialog_dispose;
  HK_DIALOG_CLASS (klass)->submit = hk_person_dialog_submit;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (widget_class, "person-dialog.save", NULL, on_save);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/people/hk-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, validator);
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, email_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, language_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, name_message);
  gtk_widget_class_bind_template_child (widget_class, HkPersonDialog, email_message);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_submit);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
hk_person_dialog_init (HkPersonDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_person_dialog_new:
 * @account: whose person it is
 * @person: the person to edit
 *
 * Returns: (transfer floating): a dialog to present
 */
HkPersonDialog *
hk_person_dialog_new (HkAccount *account, NukiUser *person)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  return g_object_new (HK_TYPE_PERSON_DIALOG, "account", account, "person", person, NULL);
}
