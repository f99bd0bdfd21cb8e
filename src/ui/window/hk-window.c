/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-window-private.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-alert.h"
#include "compat/hk-dialog.h"
#include "compat/hk-row-text.h"
#include "hk-name-buttons.h"
#include "hk-narrow.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "sign-in/hk-start-page.h"

/*
 * The window of one account. It shows what the account's state asks for (signing in, loading, the pages), has the
 * account keep its data fresh while somebody can see them, and offers to undo.
 */

G_DEFINE_FINAL_TYPE (HkWindow, hk_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_SETTINGS,
  PROP_DEMO,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* Data older than this are renewed when the window gets the focus, in seconds. */
#define FRESH_SECONDS 60

/* What is beside the title of a toast, whatever the size of letters, and with it: the label of its button, or a bit more. */
#define TOAST_PIXELS 150
#define TOAST_CHARACTERS 10

/* A title in lines that are shorter than this, in characters, is hard to read. */
#define SHORT_TITLE 12

static const char *
get_rejected_notice (void)
{
  return _ ("Nuki Web no longer accepts the token. That happens when it was deleted there, or the password of the "
           "account was changed. Make a new one.");
}

static void on_signed_in (HkWindow *self);

/* Most windows never need it. */
static void
add_sign_in_page (HkWindow *self)
{
  self->sign_in_page = HK_SIGN_IN_PAGE (hk_sign_in_page_new (self->account));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->sign_in_page));
  g_signal_connect_swapped (self->sign_in_page, "signed-in", G_CALLBACK (on_signed_in), self);
}

static void
show_sign_in (HkWindow *self)
{
  HkAccountState state = hk_account_get_state (self->account);
  const char *notice = state == HK_ACCOUNT_TOKEN_REJECTED ? get_rejected_notice () : NULL;

  if (self->sign_in_page == NULL)
    add_sign_in_page (self);
  hk_sign_in_page_start (self->sign_in_page, notice, self->renewing,
                         state == HK_ACCOUNT_KEYRING_TROUBLE || state == HK_ACCOUNT_OPENING);
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->sign_in_page))
    return;

  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->sign_in_page));
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

static void
show_main (HkWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "main") == 0)
    return;

  gtk_stack_set_visible_child_name (self->stack, "main");
  hk_window_focus_page (self);
}

/**
 * hk_window_focus_page:
 *
 * Gives the keyboard's focus to the page beside the sidebar, if it can be seen.
 */
void
hk_window_focus_page (HkWindow *self)
{
  if (!hk_split_view_get_collapsed (self->split_view) || hk_split_view_get_show_content (self->split_view))
    hk_navigator_focus_page (self->navigator);
}

/**
 * hk_window_show_content:
 *
 * Shows the page beside the sidebar, with the keyboard's focus on it.
 */
void
hk_window_show_content (HkWindow *self)
{
  hk_split_view_set_show_content (self->split_view, TRUE);
  hk_navigator_focus_page (self->navigator);
}

/**
 * hk_window_update_view:
 *
 * Shows what the state of the account, and what the user is about, ask for.
 */
void
hk_window_update_view (HkWindow *self)
{
  gboolean has_data = hk_account_get_last_refresh (self->account) != NULL;

  if (self->renewing)
    {
      show_sign_in (self);
      return;
    }

  switch (hk_account_get_state (self->account))
    {
    case HK_ACCOUNT_SIGNED_OUT:
      show_sign_in (self);
      break;
    case HK_ACCOUNT_TOKEN_REJECTED:
      if (has_data)
        show_main (self);
      else
        show_sign_in (self);
      break;
    case HK_ACCOUNT_READY:
      show_main (self);
      break;
    case HK_ACCOUNT_OPENING:
    case HK_ACCOUNT_KEYRING_TROUBLE:
    case HK_ACCOUNT_LOADING:
    default:
      gtk_stack_set_visible_child (self->stack, self->start_page);
      break;
    }
}

static void
on_notify_state (HkWindow *self)
{
  const HkAccountState state = hk_account_get_state (self->account);

  if (state == HK_ACCOUNT_SIGNED_OUT)
    hk_navigator_show_page (self->navigator, "keys");
  /* No token, or the one of the keyring, after the user had given that up: either way it is not about another one. */
  if (state == HK_ACCOUNT_SIGNED_OUT || state == HK_ACCOUNT_LOADING)
    self->renewing = FALSE;
  hk_window_update_view (self);
  hk_window_update_actions (self);
  hk_window_go_on (self);
}

static void
on_signed_in (HkWindow *self)
{
  self->renewing = FALSE;
  hk_window_update_view (self);
  hk_window_update_actions (self);
}

static void
on_notify_visible_page (HkWindow *self)
{
  GtkWidget *base = hk_navigator_get_base_page (self->navigator);
  g_autoptr (NukiLock) lock = NULL;

  if (HK_IS_LOCK_PAGE (base))
    {
      g_object_get (base, "lock", &lock, NULL);
      hk_sidebar_select_lock (self->sidebar, lock);
    }
  else
    {
      hk_sidebar_select_page (self->sidebar, HK_IS_PEOPLE_PAGE (base) ? "people" : "keys");
    }
  hk_window_remember_place (self);
  hk_window_update_actions (self);
}

static void
on_notify_collapsed (HkWindow *self)
{
  hk_sidebar_set_browsing (self->sidebar, !hk_split_view_get_collapsed (self->split_view));
  on_notify_visible_page (self);
}

/* Beside the page, the sidebar keeps the focus: the arrow keys go on to its next row. */
static void
leave_sidebar (HkWindow *self)
{
  if (hk_split_view_get_collapsed (self->split_view))
    hk_window_show_content (self);
}

static void
on_show_page (HkWindow *self, const char *page)
{
  hk_navigator_show_page (self->navigator, page);
  leave_sidebar (self);
}

static void
on_open_lock (HkWindow *self, NukiLock *lock)
{
  hk_navigator_show_lock (self->navigator, lock);
  leave_sidebar (self);
}

static char *
describe_deletion (HkAccount *account)
{
  g_autoptr (GPtrArray) changes = hk_account_list_undoable (account);
  HkChange *change = g_ptr_array_index (changes, 0);
  const char *name = hk_change_get_name (change);
  NukiLock *lock = hk_change_get_lock (change);

  if (changes->len > 1)
    return g_strdup_printf (ngettext ("%u key deleted", "%u keys deleted", changes->len), changes->len);
  if (hk_change_get_kind (change) == HK_CHANGE_DELETE_PERSON)
    /* TRANSLATORS: %s is the name of a person */
    return nuki_text_printf (_ ("Person “%s” deleted"), name);
  if (lock == NULL)
    /* TRANSLATORS: %s is the name of a key */
    return nuki_text_printf (_ ("Key “%s” deleted"), name);

  /* TRANSLATORS: the name of a key, which is mostly that of a person, and the name of its lock */
  return nuki_text_printf (_ ("Key “%s” for %s deleted"), name, nuki_lock_get_name (lock));
}

/* The title of a toast is one line that is cut where it does not fit. This one has as many as it needs, if not too many. */
static void
fit_title (AdwToast *toast, int width)
{
  PangoFontMetrics *metrics;
  const char *label;
  GtkWidget *title;
  int character, room;

  if (toast == NULL || width == 0)
    return;

  title = adw_toast_get_custom_title (toast);
  metrics = pango_context_get_metrics (gtk_widget_get_pango_context (title), NULL, NULL);
  character = MAX (PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics)), 1);
  pango_font_metrics_unref (metrics);
  /* Beside the buttons, of which one has a label. */
  label = adw_toast_get_button_label (toast);
  room = (width - TOAST_PIXELS) / character
         - MAX (label != NULL ? (int) g_utf8_strlen (label, -1) : 0, TOAST_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (title), MAX (room, SHORT_TITLE));
  gtk_label_set_label (GTK_LABEL (title), g_object_get_data (G_OBJECT (title), room < SHORT_TITLE ? "short-text" : "text"));
}

static AdwToast *
make_toast (const char *text, const char *short_text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *title = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  g_object_set_data_full (G_OBJECT (title), "text", g_strdup (text), g_free);
  g_object_set_data_full (G_OBJECT (title), "short-text", g_strdup (short_text), g_free);
  adw_toast_set_custom_title (toast, title);

  return toast;
}

static void
on_notify_undoable (HkWindow *self)
{
  g_autofree char *text = NULL;

  hk_window_update_actions (self);
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_object (&self->undo_toast);
  if (hk_account_get_undoable (self->account) == NULL)
    return;

  text = describe_deletion (self->account);
  self->undo_toast = g_object_ref (make_toast (text, _ ("Deleted")));
  adw_toast_set_button_label (self->undo_toast, _ ("_Undo"));
  adw_toast_set_action_name (self->undo_toast, "win.undo");
  adw_toast_set_priority (self->undo_toast, ADW_TOAST_PRIORITY_HIGH);
  /* The account says when it is too late: until then, the toast stays. */
  adw_toast_set_timeout (self->undo_toast, 0);
  fit_title (self->undo_toast, gtk_widget_get_width (GTK_WIDGET (self)));
  hk_announcer_say (self->announcer, text);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (self->undo_toast));
}

/**
 * hk_window_tell:
 * @text: what has happened, or begins to
 * @offer: whether to offer a look at it
 *
 * Says what becomes of something that the user asked for.
 *
 * Returns: (transfer none): the toast that says so; if it offers a look, what its button does is up to the caller
 */
AdwToast *
hk_window_tell (HkWindow *self, const char *text, gboolean offer)
{
  AdwToast *toast = make_toast (text, text);

  /* What begins is mostly said in one line, which is not to be two because the button is as high as that. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (adw_toast_get_custom_title (toast)), GTK_NATURAL_WRAP_NONE);
  if (offer)
    adw_toast_set_button_label (toast, _ ("_Show"));
  fit_title (toast, gtk_widget_get_width (GTK_WIDGET (self)));
  hk_announcer_say (self->announcer, text);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);

  return toast;
}

/**
 * hk_window_tell_refreshed:
 *
 * If the user has asked for a refresh and it is done, says so: mostly there is nothing else that shows it. What went wrong, a
 * banner says.
 */
void
hk_window_tell_refreshed (HkWindow *self)
{
  if (!self->refreshing || hk_account_get_refreshing (self->account))
    return;

  self->refreshing = FALSE;
  if (hk_account_get_state (self->account) != HK_ACCOUNT_READY || hk_account_get_error (self->account) != NULL)
    return;

  if (self->fresh_toast != NULL)
    adw_toast_dismiss (self->fresh_toast);
  g_set_weak_pointer (&self->fresh_toast, hk_window_tell (self, _ ("Everything is up to date"), FALSE));
}

static void
on_focus_lost (gpointer user_data)
{
  HkWindow *self = HK_WINDOW (user_data);
  GtkWindow *window = GTK_WINDOW (self);

  self->focus_lost = 0;
  if (gtk_window_get_focus (window) == NULL && !hk_dialog_is_open (window) && !hk_alert_is_open (window) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "main") == 0)
    hk_window_focus_page (self);
}

/* What had the focus is gone, such as the row of a key: GTK (4.8) does not give it to anything else. */
static void
on_notify_focus_widget (HkWindow *self)
{
  if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL && self->focus_lost == 0)
    self->focus_lost = g_idle_add_once (on_focus_lost, self);
}

static void
on_notify_active (HkWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    hk_account_refresh_if_older (self->account, FRESH_SECONDS);
}

static void
update_polling (HkWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  gboolean minimized = FALSE;

  if (GDK_IS_TOPLEVEL (surface))
    minimized = (gdk_toplevel_get_state (GDK_TOPLEVEL (surface)) & GDK_TOPLEVEL_STATE_MINIMIZED) != 0;

  hk_account_set_polling (self->account, gtk_widget_get_mapped (GTK_WIDGET (self)) && !minimized);
}

static void
hk_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::state", G_CALLBACK (update_polling),
                           widget, G_CONNECT_SWAPPED);
}

static void
hk_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_window_parent_class)->map (widget);

  update_polling (HK_WINDOW (widget));
}

static void
hk_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  fit_title (HK_WINDOW (widget)->undo_toast, width);
  GTK_WIDGET_CLASS (hk_window_parent_class)->size_allocate (widget, width, height, baseline);
  hk_narrow_update (widget, width);
}

static void
hk_window_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_window_parent_class)->unmap (widget);

  update_polling (HK_WINDOW (widget));
}

static void
connect_account (HkWindow *self)
{
  HkAccount *account = self->account;

  g_signal_connect_object (account, "notify::state", G_CALLBACK (on_notify_state), self, G_CONNECT_SWAPPED);
  /* A token may be rejected before it is known that there are data from before. */
  g_signal_connect_object (account, "notify::last-refresh", G_CALLBACK (hk_window_update_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::scopes", G_CALLBACK (hk_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::refreshing", G_CALLBACK (hk_window_tell_refreshed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::undoable", G_CALLBACK (on_notify_undoable), self, G_CONNECT_SWAPPED);
}

static void
bind_settings (HkWindow *self)
{
  GSettings *settings = self->settings;

  if (settings == NULL)
    return;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "show-infrastructure", self->navigator, "show-infrastructure", G_SETTINGS_BIND_GET);
  if (self->demo)
    return;

  g_settings_bind (settings, "key-category", hk_navigator_get_base_page (self->navigator), "category",
                   G_SETTINGS_BIND_DEFAULT);
  self->place = g_settings_get_string (settings, "page");
}

static void
hk_window_constructed (GObject *object)
{
  HkWindow *self = HK_WINDOW (object);

  G_OBJECT_CLASS (hk_window_parent_class)->constructed (object);

  self->start_page = hk_start_page_new (self->account);
  gtk_stack_add_child (self->stack, self->start_page);
  g_object_set (self->sidebar, "account", self->account, NULL);
  g_object_set (self->navigator, "account", self->account, NULL);
  if (self->demo)
    {
      hk_sidebar_set_subtitle (self->sidebar, _ ("Demo account"));
      /* TRANSLATORS: the title of the window of the demo account */
      gtk_window_set_title (GTK_WINDOW (self), _ ("Housekeys – Demo Account"));
    }

  g_signal_connect_swapped (self->sidebar, "show-page", G_CALLBACK (on_show_page), self);
  g_signal_connect_swapped (self->sidebar, "open-lock", G_CALLBACK (on_open_lock), self);
  g_signal_connect_swapped (self->navigator, "notify::visible-page", G_CALLBACK (on_notify_visible_page), self);
  g_signal_connect_swapped (self->split_view, "notify::collapsed", G_CALLBACK (on_notify_collapsed), self);
  g_signal_connect_swapped (self->split_view, "notify::show-content", G_CALLBACK (hk_window_update_actions), self);
  connect_account (self);
  hk_window_announce_changes (self);
  bind_settings (self);
  on_notify_collapsed (self);
  hk_window_update_view (self);
  hk_window_go_on (self);
}

static void
hk_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkWindow *self = HK_WINDOW (object);

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
hk_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkWindow *self = HK_WINDOW (object);

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

/* A form that is filled in asks before it goes, and until it has an answer the window stays. */
static gboolean
hk_window_close_request (GtkWindow *window)
{
  if (hk_dialog_holds_window (window, NULL))
    return GDK_EVENT_STOP;

  return GTK_WINDOW_CLASS (hk_window_parent_class)->close_request (window);
}

static void
hk_window_dispose (GObject *object)
{
  HkWindow *self = HK_WINDOW (object);

  if (self->account != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->account, self);
      hk_account_set_polling (self->account, FALSE);
    }
  if (self->sidebar != NULL)
    g_signal_handlers_disconnect_by_data (self->sidebar, self);
  if (self->navigator != NULL)
    g_signal_handlers_disconnect_by_data (self->navigator, self);
  if (self->split_view != NULL)
    g_signal_handlers_disconnect_by_data (self->split_view, self);
  g_clear_object (&self->undo_toast);
  g_signal_handlers_disconnect_by_func (self, on_notify_focus_widget, NULL);
  g_clear_handle_id (&self->focus_lost, g_source_remove);
  hk_window_stop_announcing (self);
  g_clear_weak_pointer (&self->invite_dialog);
  g_clear_weak_pointer (&self->fresh_toast);

  G_OBJECT_CLASS (hk_window_parent_class)->dispose (object);
}

static void
hk_window_finalize (GObject *object)
{
  HkWindow *self = HK_WINDOW (object);

  g_clear_object (&self->account);
  g_clear_object (&self->settings);
  g_free (self->place);

  G_OBJECT_CLASS (hk_window_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                              G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_DEMO] = g_param_spec_boolean ("demo", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_window_class_init (HkWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  hk_name_buttons_watch ();
  hk_row_text_watch ();

  object_class->constructed = hk_window_constructed;
  object_class->get_property = hk_window_get_property;
  object_class->set_property = hk_window_set_property;
  object_class->dispose = hk_window_dispose;
  object_class->finalize = hk_window_finalize;
  widget_class->realize = hk_window_realize;
  widget_class->map = hk_window_map;
  widget_class->unmap = hk_window_unmap;
  widget_class->size_allocate = hk_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = hk_window_close_request;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/housekeys/Housekeys/window/hk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HkWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, HkWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HkWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, HkWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, HkWindow, navigator);
  gtk_widget_class_bind_template_child (widget_class, HkWindow, announcer);
  hk_window_install_actions (widget_class);
}

static void
hk_window_init (HkWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_notify_active), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_notify_focus_widget), NULL);
}

/**
 * hk_window_new:
 * @application: (nullable): the application that it belongs to
 * @account: what it shows
 * @settings: (nullable): where its size, page and filter are remembered, and what the user prefers
 * @demo: whether @account is the demo account
 *
 * Returns: (transfer none): a window that has yet to be presented
 */
HkWindow *
hk_window_new (GtkApplication *application, HkAccount *account, GSettings *settings, gboolean demo)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_WINDOW,
                       "application", application,
                       "account", account,
                       "settings", settings,
                       "demo", demo,
                       NULL);
}

/**
 * hk_window_get_account:
 *
 * Returns: (transfer none): the account that the window shows
 */
HkAccount *
hk_window_get_account (HkWindow *self)
{
  g_return_val_if_fail (HK_IS_WINDOW (self), NULL);

  return self->account;
}

/**
 * hk_window_get_demo:
 *
 * Returns: whether the window shows the demo account
 */
gboolean
hk_window_get_demo (HkWindow *self)
{
  g_return_val_if_fail (HK_IS_WINDOW (self), FALSE);

  return self->demo;
}

/**
 * hk_window_get_visible_page:
 *
 * Returns: (transfer none) (nullable): the page of keys, people or locks that is shown beside the sidebar
 */
GtkWidget *
hk_window_get_visible_page (HkWindow *self)
{
  g_return_val_if_fail (HK_IS_WINDOW (self), NULL);

  return hk_navigator_get_visible_page (self->navigator);
}
