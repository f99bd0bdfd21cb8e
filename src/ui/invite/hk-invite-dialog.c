/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invite-dialog.h"

#include <glib/gi18n-lib.h>

#include "form/hk-control-row.h"
#include "form/hk-field-message.h"
#include "invite/hk-person-chooser.h"
#include "limits/hk-limits-editor.h"

/*
 * The form in which somebody gets a key: who, where, when, and what else it may do, with a sentence that says what will
 * happen. All it shows is in its HkInviteDraft.
 */
struct _HkInviteDialog
{
  HkDialog parent_instance;

  GtkWidget *send_label;
  GtkToggleButton *app_toggle;
  GtkToggleButton *code_toggle;
  HkPersonChooser *person_chooser;
  GtkWidget *code_name_row;
  HkFieldMessage *code_name_message;
  GtkWidget *code_row;
  HkFieldMessage *code_message;
  GtkListBox *lock_list;
  HkFieldMessage *locks_message;
  HkLimitsEditor *limits_editor;
  GtkSwitch *remote_switch;
  GtkSwitch *smart_actions_switch;
  GtkLabel *summary_label;

  HkInviteDraft *draft;        /* (owned) */
  GSimpleAction *send_action;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HkInviteDialog, hk_invite_dialog, HK_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_DRAFT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint sent_signal;

/* The reason why a lock cannot be chosen must stay readable, so the row is not insensitive. */
static void
show_selectable (GtkWidget *row, GParamSpec *pspec, HkLockChoice *choice)
{
  if (hk_lock_choice_get_selectable (choice))
    gtk_widget_remove_css_class (row, "unavailable");
  else
    gtk_widget_add_css_class (row, "unavailable");
}

static GtkWidget *
make_lock_row (HkLockChoice *choice)
{
  GtkWidget *row = g_object_new (HK_TYPE_CONTROL_ROW, NULL);
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), nuki_lock_get_name (hk_lock_choice_get_lock (choice)));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_bind_property (choice, "chosen", check, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (choice, "selectable", check, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property (choice, "selectable", row, "activatable", G_BINDING_SYNC_CREATE);
  g_object_bind_property (choice, "note", row, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (choice, "notify::selectable", G_CALLBACK (show_selectable), row, G_CONNECT_SWAPPED);
  show_selectable (row, NULL, choice);

  return row;
}

static void
on_choices_changed (HkInviteDialog *self, guint position, guint removed, guint added, GListModel *choices)
{
  for (guint i = 0; i < removed; i++)
    gtk_list_box_remove (self->lock_list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->lock_list, (int) position)));

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (HkLockChoice) choice = g_list_model_get_item (choices, i);

      gtk_list_box_insert (self->lock_list, make_lock_row (choice), (int) i);
    }
}

static gboolean
has_keypad (HkInviteDialog *self)
{
  GListModel *locks = hk_account_get_locks (hk_invite_draft_get_account (self->draft));
  guint n_locks = g_list_model_get_n_items (locks);

  for (guint i = 0; i < n_locks; i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);

      if (nuki_lock_get_has_keypad (lock))
        return TRUE;
    }

  return FALSE;
}

static void
show_kind (HkInviteDialog *self)
{
  gboolean for_code = hk_invite_draft_get_for_code (self->draft);
  gboolean possible = has_keypad (self);

  g_object_set (self->send_label, "label", for_code ? _ ("_Create Code") : _ ("_Send Invitation"), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_toggle), possible || for_code);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->code_toggle), possible ? NULL : _ ("No lock has a keypad"));
}

/* Who does not see it is told at the button what will happen. */
static void
on_notify_summary (HkInviteDialog *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (self->send_label)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, gtk_label_get_label (self->summary_label), -1);
}

static void
show_validity (HkInviteDialog *self)
{
  gboolean valid = hk_invite_draft_get_valid (self->draft);

  g_simple_action_set_enabled (self->send_action, valid);
  hk_dialog_set_dirty (HK_DIALOG (self), hk_invite_draft_get_dirty (self->draft));
  /* What is missing is a hint, what will happen is a statement. */
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "dim-label");
}

static gboolean
reveal_code_errors (HkInviteDialog *self)
{
  hk_field_message_reveal (self->code_name_message);
  hk_field_message_reveal (self->code_message);

  return hk_field_message_lead_to (self->code_name_message) || hk_field_message_lead_to (self->code_message);
}

/* Says at each field what is wrong with it, and goes to the first. */
static void
reveal_errors (HkInviteDialog *self)
{
  gboolean found = hk_invite_draft_get_for_code (self->draft) ? reveal_code_errors (self)
                                                               : hk_person_chooser_reveal_errors (self->person_chooser);

  hk_field_message_reveal (self->locks_message);
  if (!found && !hk_field_message_lead_to (self->locks_message))
    hk_limits_editor_reveal_errors (self->limits_editor);
}

static void
on_send (HkInviteDialog *self)
{
  g_autoptr (HkInvitation) invitation = hk_invite_draft_build (self->draft);
  g_autoptr (GPtrArray) changes = NULL;

  if (invitation == NULL)
    return;

  changes = hk_account_invite (hk_invite_draft_get_account (self->draft), invitation);
  g_signal_emit (self, sent_signal, 0, changes);
  hk_dialog_force_close (HK_DIALOG (self));
}

static void
hk_invite_dialog_submit (HkDialog *dialog)
{
  HkInviteDialog *self = HK_INVITE_DIALOG (dialog);

  if (hk_invite_draft_get_valid (self->draft))
    on_send (self);
  else
    reveal_errors (self);
}

static void
on_new_code_clicked (HkInviteDialog *self)
{
  hk_invite_draft_generate_code (self->draft);
}

static void
bind_draft (HkInviteDialog *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  g_object_bind_property (self->draft, "for-code", self->code_toggle, "active", both);
  g_object_bind_property (self->draft, "name", self->code_name_row, "text", both);
  g_object_bind_property (self->draft, "code", self->code_row, "text", both);
  g_object_bind_property (self->draft, "remote-allowed", self->remote_switch, "active", both);
  g_object_bind_property (self->draft, "smart-actions", self->smart_actions_switch, "active", both);
  g_signal_connect_object (self->summary_label, "notify::label", G_CALLBACK (on_notify_summary), self, G_CONNECT_SWAPPED);
  g_object_bind_property (self->draft, "summary", self->summary_label, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->draft, "zone-hint", self->limits_editor, "description", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->draft, "notify::for-code", G_CALLBACK (show_kind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::valid", G_CALLBACK (show_validity), self, G_CONNECT_SWAPPED);
}

static void
set_draft (HkInviteDialog *self, HkInviteDraft *draft)
{
  GListModel *choices = hk_lock_choices_get_model (hk_invite_draft_get_choices (draft));

  self->draft = g_object_ref (draft);
  bind_draft (self);
  g_signal_connect_object (choices, "items-changed", G_CALLBACK (on_choices_changed), self, G_CONNECT_SWAPPED);
  on_choices_changed (self, 0, 0, g_list_model_get_n_items (choices), choices);
  show_kind (self);
  show_validity (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

/* What a keyboard user wants first is not to choose the kind. */
static void
hk_invite_dialog_map (GtkWidget *widget)
{
  HkInviteDialog *self = HK_INVITE_DIALOG (widget);

  GTK_WIDGET_CLASS (hk_invite_dialog_parent_class)->map (widget);
  hk_dialog_set_focus (HK_DIALOG (self), GTK_WIDGET (self->person_chooser));
}

static void
hk_invite_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DRAFT)
    g_value_set_object (value, HK_INVITE_DIALOG (object)->draft);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_invite_dialog_dispose (GObject *object)
{
  HkInviteDialog *self = HK_INVITE_DIALOG (object);

  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->send_action);

  G_OBJECT_CLASS (hk_invite_dialog_parent_class)->dispose (object);
}

static void
hk_invite_dialog_finalize (GObject *object)
{
  g_clear_object (&HK_INVITE_DIALOG (object)->draft);

  G_OBJECT_CLASS (hk_invite_dialog_parent_class)->finalize (object);
}

static void
hk_invite_dialog_class_init (HkInviteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_invite_dialog_get_property;
  object_class->dispose = hk_invite_dialog_dispose;
  object_class->finalize = hk_invite_dialog_finalize;
  widget_class->map = hk_invite_dialog_map;
  HK_DIALOG_CLASS (klass)->submit = hk_invite_dialog_submit;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, HK_TYPE_INVITE_DRAFT,
                                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* Emitted with the changes that give the keys, one for each lock. */
  sent_signal = g_signal_new ("sent", HK_TYPE_INVITE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_PTR_ARRAY);

  g_type_ensure (HK_TYPE_PERSON_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/invite/hk-invite-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, send_label);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, app_toggle);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, code_toggle);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, person_chooser);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, code_name_row);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, code_name_message);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, code_message);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, lock_list);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, locks_message);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, limits_editor);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, remote_switch);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, smart_actions_switch);
  gtk_widget_class_bind_template_child (widget_class, HkInviteDialog, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, hk_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, on_new_code_clicked);
}

static void
hk_invite_dialog_init (HkInviteDialog *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->send_action = g_simple_action_new ("send", NULL);
  g_simple_action_set_enabled (self->send_action, FALSE);
  g_signal_connect_object (self->send_action, "activate", G_CALLBACK (on_send), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->send_action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "invite", G_ACTION_GROUP (group));

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_invite_dialog_new:
 * @account: the account that sends the invitation
 * @person: (nullable): who is chosen to begin with
 * @lock: (nullable): which lock is chosen to begin with; the only one of an account is chosen in any case
 *
 * Returns: (transfer floating): the form; show it with hk_dialog_present()
 */
HkInviteDialog *
hk_invite_dialog_new (HkAccount *account, NukiUser *person, NukiLock *lock)
{
  HkInviteDialog *self;
  g_autoptr (HkInviteDraft) draft = NULL;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  self = g_object_new (HK_TYPE_INVITE_DIALOG, NULL);
  draft = hk_invite_draft_new (account);
  hk_invite_draft_begin (draft, person, lock);
  set_draft (self, draft);

  return self;
}

/**
 * hk_invite_dialog_get_draft:
 *
 * Returns: (transfer none): what is filled in
 */
HkInviteDraft *
hk_invite_dialog_get_draft (HkInviteDialog *self)
{
  g_return_val_if_fail (HK_IS_INVITE_DIALOG (self), NULL);

  return self->draft;
}
