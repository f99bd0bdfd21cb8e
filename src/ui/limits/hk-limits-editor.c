/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-limits-editor.h"

#include <glib/gi18n-lib.h>

#include "compat/hk-scroll.h"
#include "form/hk-field-message.h"
#include "hk-wrap.h"
#include "limits/hk-date-time-row.h"
#include "limits/hk-weekday-row.h"

/*
 * The group of a form that says when a key may be used. All it shows is in its HkLimitsDraft; the form that owns the
 * draft says in the group's description whose time it is.
 */
struct _HkLimitsEditor
{
  AdwPreferencesGroup parent_instance;

  GtkToggleButton *always_toggle;
  GtkToggleButton *range_toggle;
  GtkToggleButton *weekly_toggle;
  HkWeekdayRow *weekday_row;
  HkFieldMessage *weekdays_message;
  AdwActionRow *hours_row;
  GtkEntry *start_entry;
  GtkEntry *end_entry;
  HkFieldMessage *window_message;
  HkDateTimeRow *from_row;
  HkFieldMessage *from_message;
  HkDateTimeRow *until_row;
  HkFieldMessage *until_message;

  HkLimitsDraft *draft;     /* (owned) (nullable) */
  GBindingGroup *bindings;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (HkLimitsEditor, hk_limits_editor, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_0,
  PROP_DRAFT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static GtkToggleButton *
get_toggle (HkLimitsEditor *self, HkLimitsMode mode)
{
  switch (mode)
    {
    case HK_LIMITS_RANGE:
      return self->range_toggle;
    case HK_LIMITS_WEEKLY:
      return self->weekly_toggle;
    case HK_LIMITS_ALWAYS:
    default:
      return self->always_toggle;
    }
}

static void
show_mode (HkLimitsEditor *self)
{
  gtk_toggle_button_set_active (get_toggle (self, hk_limits_draft_get_mode (self->draft)), TRUE);
}

static void
show_hours_hint (HkLimitsEditor *self)
{
  gboolean whole_day = gtk_entry_get_text_length (self->start_entry) == 0 &&
                       gtk_entry_get_text_length (self->end_entry) == 0;

  adw_action_row_set_subtitle (self->hours_row, whole_day ? _ ("Whole day") : "");
}

/* A day is chosen in one go, so what is wrong with it can be said at once, and so can what is wrong between two days. */
static void
on_date_changed (HkLimitsEditor *self)
{
  hk_field_message_reveal (self->from_message);
  hk_field_message_reveal (self->until_message);
}

static void
on_weekdays_changed (HkLimitsEditor *self)
{
  hk_field_message_reveal (self->weekdays_message);
}

static void
on_mode_toggled (HkLimitsEditor *self, GtkToggleButton *toggle)
{
  HkLimitsMode mode = HK_LIMITS_ALWAYS;

  if (self->draft == NULL || !gtk_toggle_button_get_active (toggle))
    return;

  if (toggle == self->range_toggle)
    mode = HK_LIMITS_RANGE;
  else if (toggle == self->weekly_toggle)
    mode = HK_LIMITS_WEEKLY;
  if (mode == hk_limits_draft_get_mode (self->draft))
    return;

  hk_limits_draft_set_mode (self->draft, mode);
  /* What the user chose opens below, where it can be out of sight. */
  hk_scroll_to_shown (gtk_widget_get_parent (GTK_WIDGET (self->weekday_row)));
}

static void
hk_limits_editor_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkLimitsEditor *self = HK_LIMITS_EDITOR (object);

  if (prop_id == PROP_DRAFT)
    g_value_set_object (value, self->draft);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_limits_editor_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkLimitsEditor *self = HK_LIMITS_EDITOR (object);

  if (prop_id == PROP_DRAFT)
    hk_limits_editor_set_draft (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_limits_editor_dispose (GObject *object)
{
  HkLimitsEditor *self = HK_LIMITS_EDITOR (object);

  hk_limits_editor_set_draft (self, NULL);
  g_clear_object (&self->bindings);

  G_OBJECT_CLASS (hk_limits_editor_parent_class)->dispose (object);
}

static void
hk_limits_editor_class_init (HkLimitsEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_limits_editor_get_property;
  object_class->set_property = hk_limits_editor_set_property;
  object_class->dispose = hk_limits_editor_dispose;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, HK_TYPE_LIMITS_DRAFT,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/limits/hk-limits-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, always_toggle);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, range_toggle);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, weekly_toggle);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, weekday_row);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, weekdays_message);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, hours_row);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, start_entry);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, end_entry);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, window_message);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, from_row);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, from_message);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, until_row);
  gtk_widget_class_bind_template_child (widget_class, HkLimitsEditor, until_message);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_weekdays_changed);
}

static void
hk_limits_editor_init (HkLimitsEditor *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_row (self->hours_row);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "weekdays", self->weekday_row, "weekdays", both);
  g_binding_group_bind (self->bindings, "window-start", self->start_entry, "text", both);
  g_binding_group_bind (self->bindings, "window-end", self->end_entry, "text", both);
  g_binding_group_bind (self->bindings, "from", self->from_row, "draft", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "until", self->until_row, "draft", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->start_entry, "changed", G_CALLBACK (show_hours_hint), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->end_entry, "changed", G_CALLBACK (show_hours_hint), self, G_CONNECT_SWAPPED);
  show_hours_hint (self);
}

/**
 * hk_limits_editor_set_draft:
 * @draft: (nullable): what is filled in
 *
 * Shows @draft, and puts into it what the user does.
 */
void
hk_limits_editor_set_draft (HkLimitsEditor *self, HkLimitsDraft *draft)
{
  g_return_if_fail (HK_IS_LIMITS_EDITOR (self));

  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->draft, self);
      g_signal_handlers_disconnect_by_data (hk_limits_draft_get_from (self->draft), self);
      g_signal_handlers_disconnect_by_data (hk_limits_draft_get_until (self->draft), self);
    }
  g_set_object (&self->draft, draft);
  g_binding_group_set_source (self->bindings, draft);
  if (draft != NULL)
    {
      g_signal_connect_swapped (draft, "notify::mode", G_CALLBACK (show_mode), self);
      g_signal_connect_swapped (hk_limits_draft_get_from (draft), "notify::date", G_CALLBACK (on_date_changed), self);
      g_signal_connect_swapped (hk_limits_draft_get_until (draft), "notify::date", G_CALLBACK (on_date_changed), self);
      show_mode (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

/**
 * hk_limits_editor_reveal_errors:
 *
 * Says at every field what is wrong with it, and moves the focus to the first.
 *
 * Returns: whether there was an error
 */
gboolean
hk_limits_editor_reveal_errors (HkLimitsEditor *self)
{
  HkFieldMessage *messages[4];
  gboolean found = FALSE;

  g_return_val_if_fail (HK_IS_LIMITS_EDITOR (self), FALSE);

  messages[0] = self->weekdays_message;
  messages[1] = self->window_message;
  messages[2] = self->from_message;
  messages[3] = self->until_message;
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      hk_field_message_reveal (messages[i]);
      found = found || hk_field_message_lead_to (messages[i]);
    }

  return found;
}
