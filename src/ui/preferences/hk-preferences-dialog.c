/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-preferences-dialog.h"

#include <glib/gi18n-lib.h>

#include "form/hk-languages.h"
#include "hk-notifications-group.h"
#include "hk-wrap.h"

/*
 * What a person chooses once: kept in settings at once, so there is nothing to save. Also says which account this is
 * and what its token may do.
 */
struct _HkPreferencesDialog
{
  HkDialog parent_instance;

  HkAccount *account;   /* (owned) */
  GSettings *settings;  /* (owned) (nullable) */
  gboolean demo;
  GtkWidget *window;    /* (unowned) (nullable): whose action signs out; a weak pointer */

  AdwComboRow *language_row;
  GtkSwitch *infrastructure_switch;
  HkNotificationsGroup *notifications_group;
  GtkSwitch *keep_switch;
  GtkWidget *keep_group;
  AdwActionRow *address_row;
  AdwActionRow *scopes_row;
  AdwActionRow *sign_out_row;
};

G_DEFINE_FINAL_TYPE (HkPreferencesDialog, hk_preferences_dialog, HK_TYPE_DIALOG)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_SETTINGS,
  PROP_DEMO,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* The first choice stands for an empty setting. */
#define SAME_AS_DESKTOP 0
#define FIRST_LANGUAGE 1

static GListModel *
list_languages (void)
{
  g_autoptr (GListModel) languages = hk_languages_new_model ();
  GtkStringList *model = gtk_string_list_new ((const char *[]) { _ ("Same as the desktop"), NULL });

  for (guint i = 0; i < g_list_model_get_n_items (languages); i++)
    {
      g_autoptr (GtkStringObject) name = g_list_model_get_item (languages, i);

      gtk_string_list_append (model, gtk_string_object_get_string (name));
    }

  return G_LIST_MODEL (model);
}

static gboolean
select_language (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *code = g_variant_get_string (variant, NULL);

  g_value_set_uint (value, *code == '\0' ? SAME_AS_DESKTOP : FIRST_LANGUAGE + hk_languages_find (code));

  return TRUE;
}

static GVariant *
store_language (const GValue *value, const GVariantType *expected_type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  if (selected == SAME_AS_DESKTOP || selected == GTK_INVALID_LIST_POSITION)
    return g_variant_new_string ("");

  return g_variant_new_string (hk_languages_get_code (selected - FIRST_LANGUAGE));
}

static char *
describe_scopes (NukiScopes scopes)
{
  static const struct
  {
    NukiScopes scope;
    const char *name;
  } names[] = {
    /* Translators: things in doors; what a token may be used for. */
    { NUKI_SCOPE_LOCKS, N_ ("Locks") },
    /* Translators: what a token may be used for. */
    { NUKI_SCOPE_KEYS, N_ ("Keys") },
    /* Translators: what a token may be used for. */
    { NUKI_SCOPE_PEOPLE, N_ ("People") },
    /* Translators: what happened at a lock; what a token may be used for. */
    { NUKI_SCOPE_LOG, N_ ("Activity") },
  };
  g_autoptr (GPtrArray) granted = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((scopes & names[i].scope) != 0)
      g_ptr_array_add (granted, (gpointer) _ (names[i].name));
  if (granted->len == 0)
    return g_strdup (_ ("Not known yet"));
  g_ptr_array_add (granted, NULL);

  /* TRANSLATORS: between the items of a list */
  return g_strjoinv (_ (", "), (char **) granted->pdata);
}

static void
update_account (HkPreferencesDialog *self)
{
  HkAccountState state = hk_account_get_state (self->account);
  g_autofree char *scopes = describe_scopes (hk_account_get_scopes (self->account));
  gboolean signed_in = state == HK_ACCOUNT_LOADING || state == HK_ACCOUNT_READY || state == HK_ACCOUNT_TOKEN_REJECTED;

  adw_action_row_set_subtitle (self->scopes_row, scopes);
  gtk_widget_set_visible (GTK_WIDGET (self->scopes_row), signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_out_row), signed_in && !self->demo);
}

/* The question, and what comes of it, belong to the window. */
static void
on_sign_out_clicked (HkPreferencesDialog *self)
{
  g_autoptr (GtkWidget) window = self->window != NULL ? g_object_ref (self->window) : NULL;

  hk_dialog_close (HK_DIALOG (self));
  if (window != NULL)
    gtk_widget_activate_action (window, "win.sign-out", NULL);
}

static void
bind_settings (HkPreferencesDialog *self)
{
  g_autoptr (GListModel) languages = list_languages ();

  adw_combo_row_set_model (self->language_row, languages);
  if (self->settings == NULL)
    return;

  g_settings_bind_with_mapping (self->settings, "invitation-language", self->language_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, select_language, store_language, NULL, NULL);
  g_settings_bind (self->settings, "show-infrastructure", self->infrastructure_switch, "active",
                   G_SETTINGS_BIND_DEFAULT);
  hk_notifications_group_bind (self->notifications_group, self->settings);
  g_settings_bind (self->settings, "keep-data", self->keep_switch, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
hk_preferences_dialog_constructed (GObject *object)
{
  HkPreferencesDialog *self = HK_PREFERENCES_DIALOG (object);

  G_OBJECT_CLASS (hk_preferences_dialog_parent_class)->constructed (object);

  bind_settings (self);
  /* Nobody is told of invented people. */
  gtk_widget_set_visible (GTK_WIDGET (self->notifications_group), !self->demo);
  /* Nothing of the demo account is ever kept. */
  gtk_widget_set_visible (self->keep_group, !self->demo);
  adw_action_row_set_subtitle (self->address_row, hk_account_get_api_url (self->account));
  g_signal_connect_object (self->account, "notify", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
}

static void
hk_preferences_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkPreferencesDialog *self = HK_PREFERENCES_DIALOG (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_DEMO:
      g_value_set_boolean (value, self->demo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_preferences_dialog_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkPreferencesDialog *self = HK_PREFERENCES_DIALOG (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_DEMO:
      self->demo = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_preferences_dialog_dispose (GObject *object)
{
  HkPreferencesDialog *self = HK_PREFERENCES_DIALOG (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->account);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (hk_preferences_dialog_parent_class)->dispose (object);
}

static void
hk_preferences_dialog_class_init (HkPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hk_preferences_dialog_constructed;
  object_class->get_property = hk_preferences_dialog_get_property;
  object_class->set_property = hk_preferences_dialog_set_property;
  object_class->dispose = hk_preferences_dialog_dispose;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_DEMO] = g_param_spec_boolean ("demo", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (HK_TYPE_NOTIFICATIONS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/housekeys/Housekeys/preferences/hk-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, language_row);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, infrastructure_switch);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, keep_switch);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, keep_group);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, notifications_group);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, scopes_row);
  gtk_widget_class_bind_template_child (widget_class, HkPreferencesDialog, sign_out_row);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_out_clicked);
}

static void
hk_preferences_dialog_init (HkPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_row (self->sign_out_row);
}

/**
 * hk_preferences_dialog_new:
 * @account: the account of the window
 * @settings: (nullable): where choices are kept
 * @demo: whether @account is the demo account, which one does not sign out of
 * @window: (nullable): has the action `win.sign-out`; a window of the application
 *
 * Returns: (transfer full): a dialog to be shown by hk_dialog_present()
 */
GtkWidget *
hk_preferences_dialog_new (HkAccount *account, GSettings *settings, gboolean demo, GtkWidget *window)
{
  GtkApplication *application = GTK_IS_WINDOW (window) ? gtk_window_get_application (GTK_WINDOW (window)) : NULL;
  HkPreferencesDialog *self;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  self = g_object_new (HK_TYPE_PREFERENCES_DIALOG, "account", account, "settings", settings, "demo", demo, NULL);
  g_set_weak_pointer (&self->window, window);
  hk_notifications_group_look_for_service (
    self->notifications_group,
    application != NULL ? g_application_get_dbus_connection (G_APPLICATION (application)) : NULL);

  return GTK_WIDGET (self);
}
