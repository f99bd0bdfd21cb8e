/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-alert.h"
#include "compat/hk-focus.h"
#include "hk-change-card.h"
#include "hk-edit-key-dialog.h"
#include "hk-key-details.h"
#include "hk-key-history.h"
#include "hk-key-words.h"
#include "hk-minute.h"
#include "hk-name-lists.h"
#include "hk-wrap.h"

struct _HkKeyPage
{
  AdwBin parent_instance;

  HkAccount *account;    /* (owned) */
  HkKey *key;            /* (owned) */
  HkMinute *minute;      /* (owned) */
  GCancellable *leaving; /* (owned): cancelled when the page goes */

  AdwWindowTitle *title;
  GtkWidget *menu_button;
  GtkWidget *edit_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *availability;
  HkChangeCard *card;
  GtkWidget *device_group;
  AdwActionRow *enabled_row;
  GtkSpinner *spinner;
  GtkSwitch *toggle;
  AdwActionRow *person_row;
  AdwActionRow *lock_row;
  AdwActionRow *invitation_row;
  HkKeyDetails *details;
  HkKeyHistory *history;
};

G_DEFINE_FINAL_TYPE (HkKeyPage, hk_key_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_KEY,
  PROP_ENABLED,
} Property;

static GParamSpec *properties[PROP_ENABLED + 1];
static guint open_person_signal;
static guint open_lock_signal;

static gboolean
is_gone (HkKeyPage *self)
{
  return !hk_account_has_key (self->account, self->key);
}

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_hero (HkKeyPage *self, GDateTime *now)
{
  g_autofree char *availability = hk_key_words_availability (self->key, now);
  const char *icon = hk_key_words_icon (self->key);
  const char *name = hk_key_get_name (self->key);

  adw_window_title_set_title (self->title, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  hk_name_lists (GTK_WIDGET (self), name);
  adw_avatar_set_text (self->avatar, name);
  adw_avatar_set_icon_name (self->avatar, icon);
  adw_avatar_set_show_initials (self->avatar, icon == NULL);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->availability, availability);
  gtk_widget_set_visible (GTK_WIDGET (self->availability), !hk_key_get_infrastructure (self->key));
  set_css_class (GTK_WIDGET (self->availability), "success",
                 hk_key_get_availability (self->key, now) == HK_KEY_OPENS_NOW
                     && hk_key_get_invitation (self->key, now, NULL) == HK_INVITATION_NONE);
}

static void
show_problem (HkKeyPage *self, HkTone tone)
{
  HkChange *change = hk_key_get_change (self->key);
  gboolean stuck = change != NULL && (tone == HK_TONE_ERROR || tone == HK_TONE_WARNING)
                   && hk_change_words_tone (change) == tone;

  /* What is on its way is said at the switch. */
  hk_change_card_set_change (self->card, self->account, stuck ? change : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.retry", stuck && hk_change_get_can_retry (change));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.discard", stuck);
}

static void
show_switch (HkKeyPage *self, const char *state, HkTone tone)
{
  gboolean busy = tone == HK_TONE_BUSY;

  gtk_widget_set_visible (GTK_WIDGET (self->enabled_row),
                          !hk_key_get_infrastructure (self->key) && !hk_key_get_gone (self->key));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->enabled_row),
                                 hk_key_get_enabled (self->key) ? _ ("Key is on") : _ ("Key is off"));
  adw_action_row_set_subtitle (self->enabled_row, busy && state != NULL ? state : "");
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

static void
show_whose (HkKeyPage *self)
{
  NukiUser *person = hk_key_get_person (self->key);

  gtk_widget_set_visible (GTK_WIDGET (self->person_row), person != NULL);
  if (person != NULL)
    adw_action_row_set_subtitle (self->person_row, nuki_user_get_name (person));
  adw_action_row_set_subtitle (self->lock_row, hk_key_get_lock_name (self->key));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->lock_row), hk_key_get_lock (self->key) != NULL);
}

static void
show_invitation (HkKeyPage *self, GDateTime *now)
{
  int hours_left = 0;
  HkInvitationState state = hk_key_get_invitation (self->key, now, &hours_left);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->invitation_row), state != HK_INVITATION_NONE);
  if (state == HK_INVITATION_LAPSED)
    words = g_strdup (_ ("Has expired: unless it was accepted, it has to be sent again"));
  else if (hours_left < 1)
    words = g_strdup (_ ("Not used yet, less than an hour left"));
  else
    words = g_strdup_printf (ngettext ("Not used yet, %d hour left", "Not used yet, %d hours left", hours_left),
                             hours_left);
  adw_action_row_set_subtitle (self->invitation_row, words);
}

static void
update_actions (HkKeyPage *self, GDateTime *now)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean gone = is_gone (self);
  gboolean ours = !gone && !hk_key_get_infrastructure (self->key) && !hk_key_get_gone (self->key);
  gboolean on_service = ours && hk_key_get_record (self->key) != NULL;

  gtk_widget_action_set_enabled (widget, "key.edit", on_service);
  gtk_widget_action_set_enabled (widget, "key.enabled", on_service);
  gtk_widget_action_set_enabled (widget, "key.delete", ours);
  gtk_widget_action_set_enabled (widget, "key.resend",
                                 on_service && hk_key_get_person (self->key) != NULL
                                     && hk_key_get_invitation (self->key, now, NULL) != HK_INVITATION_NONE);
  gtk_widget_set_visible (self->edit_button, ours);
  gtk_widget_set_visible (self->menu_button, ours);
  gtk_widget_set_visible (self->device_group, hk_key_get_infrastructure (self->key));
  gtk_stack_set_visible_child_name (self->stack, gone ? "gone" : "key");
}

static void
refresh (HkKeyPage *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autofree char *state = NULL;
  HkTone tone;

  state = hk_key_words_state (self->key, now, &tone);
  show_hero (self, now);
  show_problem (self, tone);
  show_switch (self, state, tone);
  show_whose (self);
  show_invitation (self, now);
  hk_key_details_refresh (self->details);
  update_actions (self, now);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

static void
on_keys_updated (HkKeyPage *self)
{
  hk_key_history_refresh (self->history);
  refresh (self);
}

static void
on_person_activated (HkKeyPage *self)
{
  NukiUser *person = hk_key_get_person (self->key);

  if (person != NULL)
    g_signal_emit (self, open_person_signal, 0, person);
}

static void
on_lock_activated (HkKeyPage *self)
{
  NukiLock *lock = hk_key_get_lock (self->key);

  if (lock != NULL)
    g_signal_emit (self, open_lock_signal, 0, lock);
}

static void
on_copied (HkKeyPage *self)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Code copied")));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", _ ("Code copied"));
}

static void
on_edit (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  hk_dialog_present (HK_DIALOG (hk_edit_key_dialog_new (self->account, self->key)), widget);
}

static void
on_resend_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkKeyPage) self = HK_KEY_PAGE (user_data);
  gboolean wanted = hk_alert_choose_finish (result);

  if (wanted && !g_cancellable_is_cancelled (self->leaving) && !is_gone (self))
    hk_account_resend_invitation (self->account, self->key);
}

static void
on_resend (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);
  g_autofree char *email = hk_wrap_email (nuki_user_get_email (hk_key_get_person (self->key)));
  g_autofree char *body = NULL;

  /* Translators: an e-mail address. */
  body = nuki_text_printf (_ ("The old invitation stops working. One e-mail is sent to %s; the new invitation expires "
                              "after %d hours."),
                           email, HK_INVITATION_HOURS);
  hk_alert_choose_async (widget, _ ("Send the Invitation Again?"), body, _ ("_Cancel"), _ ("_Send Invitation"), FALSE,
                         self->leaving, on_resend_answer, g_object_ref (self));
}

static void
on_delete (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  hk_account_delete_key (self->account, self->key);
  gtk_widget_activate_action (widget, "win.back", NULL);
}

static void
on_retry (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  hk_account_retry (self->account, hk_key_get_change (self->key));
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  hk_account_discard (self->account, hk_key_get_change (self->key));
}

/* Nothing that one key too many would change. */
static gboolean
hk_key_page_grab_focus (GtkWidget *widget)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  return (gtk_widget_get_visible (self->edit_button) && gtk_widget_grab_focus (self->edit_button))
         || gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
hk_key_page_map (GtkWidget *widget)
{
  HkKeyPage *self = HK_KEY_PAGE (widget);

  GTK_WIDGET_CLASS (hk_key_page_parent_class)->map (widget);

  refresh (self);
  hk_minute_set_running (self->minute, TRUE);
}

static void
hk_key_page_unmap (GtkWidget *widget)
{
  hk_minute_set_running (HK_KEY_PAGE (widget)->minute, FALSE);

  GTK_WIDGET_CLASS (hk_key_page_parent_class)->unmap (widget);
}

static void
hk_key_page_constructed (GObject *object)
{
  HkKeyPage *self = HK_KEY_PAGE (object);

  G_OBJECT_CLASS (hk_key_page_parent_class)->constructed (object);

  self->minute = hk_minute_new (hk_account_get_clock (self->account));
  g_signal_connect_object (self->minute, "tick", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_keys (self->account), "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->key, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
hk_key_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeyPage *self = HK_KEY_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_KEY:
      g_value_set_object (value, self->key);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->key != NULL && hk_key_get_enabled (self->key));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeyPage *self = HK_KEY_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_KEY:
      self->key = g_value_dup_object (value);
      break;
    case PROP_ENABLED:
      if (hk_key_get_enabled (self->key) != g_value_get_boolean (value))
        hk_account_switch_key (self->account, self->key, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_page_dispose (GObject *object)
{
  HkKeyPage *self = HK_KEY_PAGE (object);

  g_cancellable_cancel (self->leaving);
  if (self->key != NULL)
    g_signal_handlers_disconnect_by_data (self->key, self);
  g_clear_object (&self->minute);

  G_OBJECT_CLASS (hk_key_page_parent_class)->dispose (object);
}

static void
hk_key_page_finalize (GObject *object)
{
  HkKeyPage *self = HK_KEY_PAGE (object);

  g_clear_object (&self->leaving);
  g_clear_object (&self->key);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_key_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_KEY] = g_param_spec_object ("key", NULL, NULL, HK_TYPE_KEY, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "key.edit", NULL, on_edit);
  gtk_widget_class_install_property_action (widget_class, "key.enabled", "enabled");
  gtk_widget_class_install_action (widget_class, "key.resend", NULL, on_resend);
  gtk_widget_class_install_action (widget_class, "key.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "key.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "key.discard", NULL, on_discard);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "key.delete", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-key-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, title);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, name);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, availability);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, card);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, device_group);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, enabled_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, toggle);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, person_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, lock_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, invitation_row);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, details);
  gtk_widget_class_bind_template_child (widget_class, HkKeyPage, history);
  gtk_widget_class_bind_template_callback (widget_class, on_copied);
  gtk_widget_class_bind_template_callback (widget_class, on_person_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_activated);
}

static void
hk_key_page_class_init (HkKeyPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hk_key_page_constructed;
  object_class->get_property = hk_key_page_get_property;
  object_class->set_property = hk_key_page_set_property;
  object_class->dispose = hk_key_page_dispose;
  object_class->finalize = hk_key_page_finalize;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_key_page_grab_focus;
  widget_class->map = hk_key_page_map;
  widget_class->unmap = hk_key_page_unmap;

  open_person_signal = g_signal_new ("open-person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, NUKI_TYPE_USER);
  open_lock_signal = g_signal_new ("open-lock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, NUKI_TYPE_LOCK);
  install_properties (object_class);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
hk_key_page_init (HkKeyPage *self)
{
  self->leaving = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_row (self->invitation_row);
  hk_wrap_menu (GTK_MENU_BUTTON (self->menu_button));
}

/**
 * hk_key_page_new:
 * @account: whose key it is
 * @key: the key to show
 *
 * Returns: (transfer full): a page
 */
GtkWidget *
hk_key_page_new (HkAccount *account, HkKey *key)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  return g_object_new (HK_TYPE_KEY_PAGE, "account", account, "key", key, NULL);
}
