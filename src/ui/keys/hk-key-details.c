/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-details.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>
#include <nuki-weekdays.h>

#include "hk-key-words.h"
#include "limits/hk-zone-hint.h"

#define HIDDEN_CODE "••••••"

struct _HkKeyDetails
{
  AdwBin parent_instance;

  HkAccount *account; /* (owned) (nullable) */
  HkKey *key;         /* (owned) (nullable) */

  AdwPreferencesGroup *when_group;
  GtkWidget *always_row;
  AdwActionRow *from_row;
  AdwActionRow *until_row;
  AdwActionRow *days_row;
  AdwActionRow *window_row;
  AdwActionRow *kind_row;
  AdwActionRow *code_row;
  GtkToggleButton *peek_button;
  AdwActionRow *remote_row;
  AdwActionRow *used_row;
  AdwActionRow *created_row;
};

G_DEFINE_FINAL_TYPE (HkKeyDetails, hk_key_details, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_KEY,
} Property;

static GParamSpec *properties[PROP_KEY + 1];
static guint copied_signal;

/* A row without a value is not worth its place. */
static void
set_value (AdwActionRow *row, const char *value)
{
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL);
}

static void
set_moment (HkKeyDetails *self, AdwActionRow *row, GDateTime *time, GDateTime *now)
{
  g_autofree char *value = NULL;

  if (time != NULL)
    value = hk_words_moment (time, hk_key_get_zone (self->key), now);
  set_value (row, value);
}

static void
show_zone (HkKeyDetails *self, GDateTime *now)
{
  NukiLock *lock = hk_key_get_lock (self->key);
  gboolean known = lock != NULL && nuki_lock_get_zone_known (lock);
  GTimeZone *zone = known ? hk_key_get_zone (self->key) : NULL;
  g_autoptr (GTimeZone) computer = g_time_zone_new_local ();
  g_autofree char *hint = hk_zone_hint (&zone, 1, computer, now);

  adw_preferences_group_set_description (self->when_group, hint);
}

static void
show_limits (HkKeyDetails *self, GDateTime *now)
{
  NukiLimits *limits = hk_key_get_limits (self->key);
  gboolean always = nuki_limits_is_always (limits);
  g_autofree char *days = NULL;
  g_autofree char *window = NULL;
  int start;
  int end;

  if (!always && nuki_limits_get_weekdays (limits) != NUKI_WEEKDAYS_NONE)
    days = nuki_weekdays_describe (nuki_limits_get_weekdays (limits));
  if (nuki_limits_get_window (limits, &start, &end))
    window = hk_words_window (start, end);

  gtk_widget_set_visible (GTK_WIDGET (self->when_group),
                          !hk_key_get_infrastructure (self->key) && !hk_key_get_gone (self->key));
  gtk_widget_set_visible (self->always_row, always);
  set_moment (self, self->from_row, nuki_limits_get_from (limits), now);
  set_moment (self, self->until_row, nuki_limits_get_until (limits), now);
  set_value (self->days_row, days);
  set_value (self->window_row, window);
}

static void
show_code (HkKeyDetails *self)
{
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (self->key);
  g_autofree char *code = NULL;

  if (spec->code != 0)
    code = gtk_toggle_button_get_active (self->peek_button) ? g_strdup_printf ("%d", spec->code)
                                                            : g_strdup (HIDDEN_CODE);
  set_value (self->code_row, code);
}

static char *
describe_use (NukiKey *record, GTimeZone *zone, GDateTime *now)
{
  int count = nuki_key_get_use_count (record);
  GDateTime *last = nuki_key_get_last_active (record);
  g_autofree char *moment = NULL;

  if (count == 0 && last == NULL)
    /* Translators: used. */
    return g_strdup (_ ("Never"));
  if (last == NULL)
    return g_strdup_printf (ngettext ("Used %d time", "Used %d times", count), count);

  moment = hk_words_moment (last, zone, now);
  /* Translators: a day and a time, then how often. */
  return nuki_text_printf (ngettext ("%s – used %d time", "%s – used %d times", count), moment, count);
}

static void
show_record (HkKeyDetails *self, GDateTime *now)
{
  NukiKey *record = hk_key_get_record (self->key);
  g_autofree char *use = NULL;

  if (record != NULL)
    use = describe_use (record, hk_key_get_zone (self->key), now);
  set_value (self->used_row, use);
  set_moment (self, self->created_row, record != NULL ? nuki_key_get_created (record) : NULL, now);
}

static void
show_rights (HkKeyDetails *self)
{
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (self->key);
  g_autofree char *kind = hk_key_dup_kind_text (self->key);

  set_value (self->kind_row, kind);
  if (hk_key_get_key_type (self->key) == NUKI_KEY_APP)
    set_value (self->remote_row, spec->remote_allowed ? _ ("Allowed") : _ ("Not allowed"));
  else
    set_value (self->remote_row, NULL);
}

static void
on_peek_toggled (HkKeyDetails *self)
{
  gboolean shown = gtk_toggle_button_get_active (self->peek_button);

  gtk_button_set_icon_name (GTK_BUTTON (self->peek_button),
                            shown ? "view-conceal-symbolic" : "view-reveal-symbolic");
  show_code (self);
}

static void
on_copy_code (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyDetails *self = HK_KEY_DETAILS (widget);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (self->key);
  g_autofree char *code = g_strdup_printf ("%d", spec->code);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), code);
  g_signal_emit (self, copied_signal, 0);
}

static void
hk_key_details_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeyDetails *self = HK_KEY_DETAILS (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_KEY:
      g_value_set_object (value, self->key);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_details_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeyDetails *self = HK_KEY_DETAILS (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_set_object (&self->account, g_value_get_object (value));
      break;
    case PROP_KEY:
      g_set_object (&self->key, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_details_dispose (GObject *object)
{
  HkKeyDetails *self = HK_KEY_DETAILS (object);

  g_clear_object (&self->account);
  g_clear_object (&self->key);

  G_OBJECT_CLASS (hk_key_details_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-key-details.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, when_group);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, always_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, from_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, until_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, days_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, window_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, kind_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, code_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, peek_button);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, remote_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, used_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyDetails, created_row);
  gtk_widget_class_bind_template_callback (widget_class, on_peek_toggled);
}

static void
hk_key_details_class_init (HkKeyDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_key_details_get_property;
  object_class->set_property = hk_key_details_set_property;
  object_class->dispose = hk_key_details_dispose;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_KEY] = g_param_spec_object ("key", NULL, NULL, HK_TYPE_KEY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* The code is in the clipboard: the page tells the user. */
  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "key.copy-code", NULL, on_copy_code);
  bind_template (widget_class);
}

static void
hk_key_details_init (HkKeyDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_key_details_refresh:
 *
 * Shows the key as it is at this moment.
 */
void
hk_key_details_refresh (HkKeyDetails *self)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_if_fail (HK_IS_KEY_DETAILS (self));

  if (self->account == NULL || self->key == NULL)
    return;

  now = hk_clock_now (hk_account_get_clock (self->account));
  show_zone (self, now);
  show_limits (self, now);
  show_rights (self);
  show_code (self);
  show_record (self, now);
}
