/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-edit-key-dialog.h"

#include <glib/gi18n-lib.h>

#include "form/hk-field-message.h"
#include "hk-wrap.h"
#include "limits/hk-limits-editor.h"

/*
 * The form in which a key is changed. It works on a copy, its HkEditKeyDraft.
 */
struct _HkEditKeyDialog
{
  HkDialog parent_instance;

  AdwActionRow *person_row;
  GtkWidget *name_row;
  HkFieldMessage *name_message;
  GtkWidget *code_row;
  HkFieldMessage *code_message;
  HkLimitsEditor *limits_editor;
  GtkWidget *rights_group;
  GtkSwitch *remote_switch;

  HkAccount *account;          /* (owned) */
  HkEditKeyDraft *draft;       /* (owned) */
  GSimpleAction *save_action;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HkEditKeyDialog, hk_edit_key_dialog, HK_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_DRAFT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static gboolean
can_save (HkEditKeyDialog *self)
{
  return hk_edit_key_draft_get_valid (self->draft) && hk_edit_key_draft_get_changed (self->draft);
}

static void
show_validity (HkEditKeyDialog *self)
{
  g_simple_action_set_enabled (self->save_action, can_save (self));
  hk_dialog_set_dirty (HK_DIALOG (self), hk_edit_key_draft_get_changed (self->draft));
}

/* Who has the key, and where: neither can be changed. */
static void
show_owner (HkEditKeyDialog *self)
{
  HkKey *key = hk_edit_key_draft_get_key (self->draft);
  NukiUser *person = hk_key_get_person (key);
  g_autofree char *kind = hk_key_dup_kind_text (key);
  g_autofree char *email = NULL;
  g_autofree char *subtitle = NULL;

  if (person != NULL && nuki_user_get_email (person) != NULL)
    email = hk_wrap_email (nuki_user_get_email (person));
  if (email != NULL)
    subtitle = g_strdup_printf ("%s\n%s", nuki_user_get_name (person), email);
  else if (person != NULL)
    subtitle = g_strdup (nuki_user_get_name (person));
  else
    subtitle = g_strdup (kind);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->person_row), hk_key_get_lock_name (key));
  adw_action_row_set_subtitle (self->person_row, subtitle);
}

/* Says at each field what is wrong with it, and goes to the first. */
static void
reveal_errors (HkEditKeyDialog *self)
{
  hk_field_message_reveal (self->name_message);
  hk_field_message_reveal (self->code_message);
  if (!hk_field_message_lead_to (self->name_message) && !hk_field_message_lead_to (self->code_message))
    hk_limits_editor_reveal_errors (self->limits_editor);
}

static void
on_save (HkEditKeyDialog *self)
{
  g_autoptr (NukiKeySpec) spec = hk_edit_key_draft_build (self->draft);

  if (spec == NULL)
    return;

  hk_account_update_key (self->account, hk_edit_key_draft_get_key (self->draft),
                         hk_edit_key_draft_get_original (self->draft), spec);
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
hk_edit_key_dialog_submit (HkDialog *dialog)
{
  HkEditKeyDialog *self = HK_EDIT_KEY_DIALOG (dialog);

  if (can_save (self))
    on_save (self);
  else
    reveal_errors (self);
}

static void
set_draft (HkEditKeyDialog *self, HkEditKeyDraft *draft)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  gboolean for_code = hk_edit_key_draft_get_for_code (draft);

  self->draft = g_object_ref (draft);
  g_object_set (self->name_message, "max-bytes", hk_edit_key_draft_get_max_name_bytes (draft), NULL);
  gtk_widget_set_visible (self->code_row, for_code);
  gtk_widget_set_visible (self->rights_group, !for_code);
  g_object_bind_property (draft, "name", self->name_row, "text", both);
  g_object_bind_property (draft, "code", self->code_row, "text", both);
  g_object_bind_property (draft, "remote-allowed", self->remote_switch, "active", both);
  g_object_bind_property (draft, "zone-hint", self->limits_editor, "description", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (draft, "notify::valid", G_CALLBACK (show_validity), self, G_CONNECT_SWAPPED);
  show_owner (self);
  show_validity (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

static void
hk_edit_key_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_edit_key_dialog_parent_class)->map (widget);
  hk_dialog_set_focus (HK_DIALOG (widget), HK_EDIT_KEY_DIALOG (widget)->name_row);
}

static void
hk_edit_key_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DRAFT)
    g_value_set_object (value, HK_EDIT_KEY_DIALOG (object)->draft);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_edit_key_dialog_dispose (GObject *object)
{
  HkEditKeyDialog *self = HK_EDIT_KEY_DIALOG (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->save_action);

  G_OBJECT_CLASS (hk_edit_key_dialog_parent_class)->dispose (object);
}

static void
hk_edit_key_dialog_finalize (GObject *object)
{
  HkEditKeyDialog *self = HK_EDIT_KEY_DIALOG (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_edit_key_dialog_parent_class)->finalize (object);
}

static void
hk_edit_key_dialog_class_init (HkEditKeyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_edit_key_dialog_get_property;
  object_class->dispose = hk_edit_key_dialog_dispose;
  object_class->finalize = hk_edit_key_dialog_finalize;
  widget_class->map = hk_edit_key_dialog_map;
  HK_DIALOG_CLASS (klass)->submit = hk_edit_key_dialog_submit;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, HK_TYPE_EDIT_KEY_DRAFT,
                                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-edit-key-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, person_row);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, name_message);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, code_message);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, limits_editor);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, rights_group);
  gtk_widget_class_bind_template_child (widget_class, HkEditKeyDialog, remote_switch);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
}

static void
hk_edit_key_dialog_init (HkEditKeyDialog *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->save_action = g_simple_action_new ("save", NULL);
  g_simple_action_set_enabled (self->save_action, FALSE);
  g_signal_connect_object (self->save_action, "activate", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->save_action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "edit", G_ACTION_GROUP (group));

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_edit_key_dialog_new:
 * @account: the account the key belongs to
 * @key: the key to change
 *
 * Returns: (transfer floating): the form; show it with hk_dialog_present()
 */
HkEditKeyDialog *
hk_edit_key_dialog_new (HkAccount *account, HkKey *key)
{
  HkEditKeyDialog *self;
  g_autoptr (HkEditKeyDraft) draft = NULL;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  self = g_object_new (HK_TYPE_EDIT_KEY_DIALOG, NULL);
  self->account = g_object_ref (account);
  draft = hk_edit_key_draft_new (account, key);
  set_draft (self, draft);

  return self;
}
