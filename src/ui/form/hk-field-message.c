/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-field-message.h"

#include <string.h>

#include "compat/hk-announcer.h"
#include "compat/hk-scroll.h"
#include "hk-entry-text.h"

/*
 * The row beneath a field of a form that says what is wrong with it. It keeps silent until the user could have erred:
 * until the field was left, has more bytes than can ever be right, or the form revealed it.
 */
struct _HkFieldMessage
{
  AdwPreferencesRow parent_instance;

  HkAnnouncer *announcer;
  GtkWidget *field;    /* (weak) (nullable) */
  char *error;         /* (owned) (nullable) */
  guint max_bytes;     /* 0 for no limit */
  guint saying;        /* the source that says it aloud, or 0 */
  gboolean revealed;
};

G_DEFINE_FINAL_TYPE (HkFieldMessage, hk_field_message, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_ERROR,
  PROP_MAX_BYTES,
  PROP_REVEALED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* What a screen reader meets: in an entry row that is the text inside. */
static GtkAccessible *
get_accessible (HkFieldMessage *self)
{
  if (GTK_IS_EDITABLE (self->field))
    return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->field)));

  return GTK_ACCESSIBLE (self->field);
}

/* Turns an entry row red; in any other row that would colour what is right as well. */
static void
set_red (HkFieldMessage *self, gboolean red)
{
  if (red && GTK_IS_EDITABLE (self->field))
    gtk_widget_add_css_class (self->field, "error");
  else
    gtk_widget_remove_css_class (self->field, "error");
}

static gboolean
is_too_long (HkFieldMessage *self)
{
  if (self->max_bytes == 0 || !GTK_IS_EDITABLE (self->field))
    return FALSE;

  return strlen (gtk_editable_get_text (GTK_EDITABLE (self->field))) > self->max_bytes;
}

static gboolean
has_focus (HkFieldMessage *self)
{
  return (gtk_widget_get_state_flags (self->field) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static gboolean
on_saying (gpointer user_data)
{
  HkFieldMessage *self = HK_FIELD_MESSAGE (user_data);

  self->saying = 0;
  /* A field that has the focus is described by what is wrong with it. */
  if (self->field != NULL && gtk_widget_get_visible (GTK_WIDGET (self)) &&
      !(GTK_IS_EDITABLE (self->field) && has_focus (self)))
    hk_announcer_say (self->announcer, self->error);

  return G_SOURCE_REMOVE;
}

/* Says what is wrong after what the focus has moved to, and not what is put right in the same moment. */
static void
say (HkFieldMessage *self)
{
  if (self->saying == 0)
    self->saying = g_idle_add_full (G_PRIORITY_LOW, on_saying, self, NULL);
}

static void
update (HkFieldMessage *self)
{
  gboolean shown = self->error != NULL && (self->revealed || is_too_long (self));

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (self->field == NULL)
    return;

  set_red (self, shown);
  if (shown)
    gtk_widget_add_css_class (self->field, "with-message");
  else
    gtk_widget_remove_css_class (self->field, "with-message");
  /* Not a relation to the label, of which Orca says nothing. Nor of a group of choices, which never has the focus itself. */
  if (shown && GTK_IS_EDITABLE (self->field))
    gtk_accessible_update_property (get_accessible (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->error, -1);
  else
    gtk_accessible_reset_property (get_accessible (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_state (get_accessible (self), GTK_ACCESSIBLE_STATE_INVALID,
                               shown ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (shown)
    say (self);
}

/* A viewport scrolls when the focus moves, and not again when this row then pushes what has the focus out of it. */
static void
scroll_to_focus (HkFieldMessage *self, GdkFrameClock *clock)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_signal_handlers_disconnect_by_func (clock, scroll_to_focus, self);
  if (focus != NULL)
    hk_scroll_to (GTK_IS_TEXT (focus) ? gtk_widget_get_parent (focus) : focus);
}

static void
on_field_left (HkFieldMessage *self)
{
  GdkFrameClock *clock = self->field != NULL ? gtk_widget_get_frame_clock (self->field) : NULL;
  gboolean was_visible = gtk_widget_get_visible (GTK_WIDGET (self));

  hk_field_message_reveal (self);
  if (!was_visible && gtk_widget_get_visible (GTK_WIDGET (self)) && clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (scroll_to_focus), self, G_CONNECT_SWAPPED);
}

static void
set_field (HkFieldMessage *self, GtkWidget *field)
{
  GtkEventController *controller;

  g_assert (self->field == NULL);
  if (field == NULL)
    return;

  g_set_weak_pointer (&self->field, field);
  controller = gtk_event_controller_focus_new ();
  g_signal_connect_object (controller, "leave", G_CALLBACK (on_field_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (field, controller);
  if (GTK_IS_EDITABLE (field))
    {
      g_signal_connect_object (field, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect (field, "notify::title", G_CALLBACK (hk_entry_text_tell), NULL);
      hk_entry_text_tell (ADW_ENTRY_ROW (field));
    }
}

static void
set_error (HkFieldMessage *self, const char *error)
{
  if (g_strcmp0 (self->error, error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
  update (self);
}

/* A list ends the way of the Tab key at a row that cannot have the focus; this one passes it on to the next row. */
static gboolean
hk_field_message_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *row = widget;

  while ((row = backward ? gtk_widget_get_prev_sibling (row) : gtk_widget_get_next_sibling (row)) != NULL)
    if (gtk_widget_child_focus (row, direction))
      return TRUE;

  return FALSE;
}

static void
hk_field_message_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkFieldMessage *self = HK_FIELD_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_FIELD:
      g_value_set_object (value, self->field);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_MAX_BYTES:
      g_value_set_uint (value, self->max_bytes);
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, self->revealed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_field_message_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkFieldMessage *self = HK_FIELD_MESSAGE (object);

  switch (prop_id)
    {
    case PROP_FIELD:
      set_field (self, g_value_get_object (value));
      break;
    case PROP_ERROR:
      set_error (self, g_value_get_string (value));
      break;
    case PROP_MAX_BYTES:
      self->max_bytes = g_value_get_uint (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_field_message_dispose (GObject *object)
{
  HkFieldMessage *self = HK_FIELD_MESSAGE (object);

  g_clear_handle_id (&self->saying, g_source_remove);
  g_clear_weak_pointer (&self->field);

  G_OBJECT_CLASS (hk_field_message_parent_class)->dispose (object);
}

static void
hk_field_message_finalize (GObject *object)
{
  g_free (HK_FIELD_MESSAGE (object)->error);

  G_OBJECT_CLASS (hk_field_message_parent_class)->finalize (object);
}

static void
hk_field_message_class_init (HkFieldMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_field_message_get_property;
  object_class->set_property = hk_field_message_set_property;
  object_class->dispose = hk_field_message_dispose;
  object_class->finalize = hk_field_message_finalize;
  widget_class->focus = hk_field_message_focus;

  /* The row of the form that is spoken about. */
  props[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* What is wrong at this moment, shown or not; NULL for nothing. */
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* A text longer than this cannot become right by typing on. */
  props[PROP_MAX_BYTES] = g_param_spec_uint ("max-bytes", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/form/hk-field-message.ui");
  gtk_widget_class_bind_template_child (widget_class, HkFieldMessage, announcer);
}

static void
hk_field_message_init (HkFieldMessage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_field_message_reveal:
 *
 * Says from now on what is wrong: the user has finished with the field, or wanted to send the form.
 */
void
hk_field_message_reveal (HkFieldMessage *self)
{
  g_return_if_fail (HK_IS_FIELD_MESSAGE (self));

  if (self->revealed)
    return;

  self->revealed = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REVEALED]);
  update (self);
}

/**
 * hk_field_message_conceal:
 *
 * Keeps silent again: the user begins anew with the field.
 */
void
hk_field_message_conceal (HkFieldMessage *self)
{
  g_return_if_fail (HK_IS_FIELD_MESSAGE (self));

  if (!self->revealed)
    return;

  self->revealed = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REVEALED]);
  update (self);
}

/**
 * hk_field_message_get_error:
 *
 * Returns: (transfer none) (nullable): what is wrong at this moment, shown or not
 */
const char *
hk_field_message_get_error (HkFieldMessage *self)
{
  g_return_val_if_fail (HK_IS_FIELD_MESSAGE (self), NULL);

  return self->error;
}

/**
 * hk_field_message_lead_to:
 *
 * If something is wrong with the field, moves the focus to it and says what, also to those who have heard it before: the user
 * wanted to send the form.
 *
 * Returns: whether something is wrong
 */
gboolean
hk_field_message_lead_to (HkFieldMessage *self)
{
  g_return_val_if_fail (HK_IS_FIELD_MESSAGE (self), FALSE);

  if (self->error == NULL || self->field == NULL)
    return FALSE;

  if (GTK_IS_EDITABLE (self->field) && has_focus (self))
    hk_announcer_say (self->announcer, self->error);
  else if (GTK_IS_EDITABLE (self->field))
    gtk_widget_grab_focus (self->field);
  else
    {
      if (!has_focus (self))
        gtk_widget_child_focus (self->field, GTK_DIR_TAB_FORWARD);
      say (self);
    }

  return TRUE;
}
