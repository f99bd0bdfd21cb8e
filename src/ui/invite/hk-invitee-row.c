/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-invitee-row.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-wrap.h"

/*
 * Somebody who can get, or gets, the key, with a button to say so or to think again. Emits “clicked” when it is pressed.
 * Without a person it is not there.
 */
struct _HkInviteeRow
{
  HkControlRow parent_instance;

  GtkButton *button;

  NukiUser *person;      /* (owned) (nullable) */
  char *button_label;    /* (owned) (nullable) */
  char *button_icon;     /* (owned) (nullable): in the place of the label, where that has no room */
};

G_DEFINE_FINAL_TYPE (HkInviteeRow, hk_invitee_row, HK_TYPE_CONTROL_ROW)

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_BUTTON_LABEL,
  PROP_BUTTON_ICON_NAME,
  N_PROPS,
};

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_person (HkInviteeRow *self)
{
  const char *label = self->button_label != NULL ? self->button_label : "";
  const char *name;
  g_autofree char *email = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->person != NULL);
  if (self->person == NULL)
    return;

  name = nuki_user_get_name (self->person);
  email = hk_wrap_email (nuki_user_get_email (self->person));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), email);
  /* Translators: the spoken name of a button beside a person: “Choose Anna Moser” */
  spoken = nuki_text_printf (C_ ("button and person", "%s %s"), label, name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_clicked (HkInviteeRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
hk_invitee_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkInviteeRow *self = HK_INVITEE_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, self->button_label);
      break;
    case PROP_BUTTON_ICON_NAME:
      g_value_set_string (value, self->button_icon);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_invitee_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkInviteeRow *self = HK_INVITEE_ROW (object);

  switch (prop_id)
    {
    case PROP_PERSON:
      hk_invitee_row_set_person (self, g_value_get_object (value));
      break;
    case PROP_BUTTON_LABEL:
      g_free (self->button_label);
      self->button_label = g_value_dup_string (value);
      show_person (self);
      break;
    case PROP_BUTTON_ICON_NAME:
      g_free (self->button_icon);
      self->button_icon = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_invitee_row_dispose (GObject *object)
{
  HkInviteeRow *self = HK_INVITEE_ROW (object);

  if (self->person != NULL)
    g_signal_handlers_disconnect_by_data (self->person, self);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (hk_invitee_row_parent_class)->dispose (object);
}

static void
hk_invitee_row_finalize (GObject *object)
{
  HkInviteeRow *self = HK_INVITEE_ROW (object);

  g_free (self->button_label);
  g_free (self->button_icon);

  G_OBJECT_CLASS (hk_invitee_row_parent_class)->finalize (object);
}

static void
hk_invitee_row_class_init (HkInviteeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_invitee_row_get_property;
  object_class->set_property = hk_invitee_row_set_property;
  object_class->dispose = hk_invitee_row_dispose;
  object_class->finalize = hk_invitee_row_finalize;

  props[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUTTON_ICON_NAME] = g_param_spec_string ("button-icon-name", NULL, NULL, NULL,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          g_cclosure_marshal_VOID__VOID, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/invite/hk-invitee-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkInviteeRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
hk_invitee_row_init (HkInviteeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_invitee_row_get_person:
 *
 * Returns: (transfer none) (nullable): who is shown
 */
NukiUser *
hk_invitee_row_get_person (HkInviteeRow *self)
{
  g_return_val_if_fail (HK_IS_INVITEE_ROW (self), NULL);

  return self->person;
}

/**
 * hk_invitee_row_set_person:
 * @person: (nullable): who is shown, or %NULL to hide the row
 */
void
hk_invitee_row_set_person (HkInviteeRow *self, NukiUser *person)
{
  g_return_if_fail (HK_IS_INVITEE_ROW (self));

  if (self->person == person)
    return;

  if (self->person != NULL)
    g_signal_handlers_disconnect_by_data (self->person, self);
  g_set_object (&self->person, person);
  if (person != NULL)
    g_signal_connect_swapped (person, "notify", G_CALLBACK (show_person), self);
  show_person (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON]);
}
