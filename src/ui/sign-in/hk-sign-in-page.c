/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-sign-in-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-focus.h"
#include "compat/hk-scroll.h"
#include "form/hk-entry-text.h"
#include "hk-name-lists.h"
#include "hk-private-text.h"
#include "hk-wrap.h"

/*
 * Asks for an API token: says what it is for and how to make one, checks it with the service while it is entered, and
 * says what it may be used for. Whatever goes wrong, what was entered stays.
 */
struct _HkSignInPage
{
  AdwBin parent_instance;

  HkAccount *account;         /* (owned) */
  GCancellable *checking;     /* (owned) (nullable): while a check runs */
  GCancellable *signing_in;   /* (owned) (nullable): while signing in */
  guint check_timeout;        /* between typing and the check */
  guint keyring_timeout;      /* until the keyring takes long */
  gboolean accepted;          /* the check of what is entered came out well */
  gboolean sign_in_next;      /* Return was pressed before that */
  gboolean session_only;      /* the keyring is in no state to be asked */

  GtkButton *cancel_button;
  GtkLabel *title;
  GtkLabel *notice;
  GtkLabel *open_label;
  GtkWidget *answers;         /* the entry, and what comes of it */
  AdwPasswordEntryRow *entry;
  GtkLabel *error_label;
  GtkBox *progress;
  GtkSpinner *spinner;
  GtkLabel *progress_label;
  GtkBox *scopes;
  GtkImage *locks_icon;
  GtkImage *keys_icon;
  GtkImage *people_icon;
  GtkImage *log_icon;
  GtkLabel *scopes_label;
  GtkBox *keyring_box;
  GtkLabel *keyring_label;
  GtkButton *sign_in_button;
};

G_DEFINE_FINAL_TYPE (HkSignInPage, hk_sign_in_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPS,
};

enum
{
  SIGNED_IN,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* Long enough for somebody who types, short enough for somebody who pastes. */
#define CHECK_DELAY_MS 400

/* Signing in takes longer if the keyring asks the user something. */
#define KEYRING_PATIENCE_MS 3000

static void
update_actions (HkSignInPage *self)
{
  gboolean busy = self->signing_in != NULL;

  /* Not insensitive: that takes the focus away, and one would have to find back after an error. */
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), self->accepted && !busy);
}

/* For who does not see it: the focus stays where the token is entered. */
static void
say (HkSignInPage *self, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", text);
}

/* It appears below the entry, which in a low window can be out of sight. */
static void
answer (HkSignInPage *self, const char *text)
{
  say (self, text);
  hk_scroll_to_shown (self->answers);
}

static void
show_error (HkSignInPage *self, const char *message)
{
  /* The text inside the row is what has the focus, and what is told. */
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));

  gtk_label_set_text (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (text, GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message != NULL ? message : "", -1);
  if (message != NULL)
    answer (self, message);
}

static void
show_progress (HkSignInPage *self, const char *text)
{
  gtk_label_set_text (self->progress_label, text != NULL ? text : "");
  gtk_spinner_set_spinning (self->spinner, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), text != NULL);
  if (text != NULL)
    answer (self, text);
}

static void
show_scope (GtkImage *icon, gboolean granted)
{
  const char *text = granted ? _ ("Allowed") : _ ("Not allowed");

  gtk_image_set_from_icon_name (icon, granted ? "object-select-symbolic" : "window-close-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (icon), (const char *[]) { granted ? "success" : "error", NULL });
  gtk_widget_set_tooltip_text (GTK_WIDGET (icon), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* What the missing scopes mean, in the words of somebody who only wants to give a key away. */
static char *
describe_missing (NukiScopes scopes)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  if ((scopes & NUKI_SCOPE_PEOPLE) == 0)
    g_ptr_array_add (lines, _ ("Without the permission for the account, people cannot be seen and nobody new invited."));
  if ((scopes & NUKI_SCOPE_LOG) == 0)
    g_ptr_array_add (lines, _ ("Without the permission for the activity log, everything but the activity works."));
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static gboolean
is_enough (NukiScopes scopes)
{
  return (scopes & NUKI_SCOPE_LOCKS) != 0 && (scopes & NUKI_SCOPE_KEYS) != 0;
}

static void
say_accepted (HkSignInPage *self, const char *missing)
{
  g_autofree char *text = g_strjoin (" ", _ ("The service accepts the token."), missing, NULL);

  answer (self, text);
}

static void
show_scopes (HkSignInPage *self, NukiScopes scopes)
{
  g_autofree char *missing = describe_missing (scopes);

  show_scope (self->locks_icon, (scopes & NUKI_SCOPE_LOCKS) != 0);
  show_scope (self->keys_icon, (scopes & NUKI_SCOPE_KEYS) != 0);
  show_scope (self->people_icon, (scopes & NUKI_SCOPE_PEOPLE) != 0);
  show_scope (self->log_icon, (scopes & NUKI_SCOPE_LOG) != 0);
  gtk_label_set_text (self->scopes_label, missing != NULL ? missing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->scopes_label), is_enough (scopes) && missing != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scopes), TRUE);
  if (is_enough (scopes))
    say_accepted (self, missing);
}

static void
stop_check (HkSignInPage *self)
{
  g_clear_handle_id (&self->check_timeout, g_source_remove);
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->accepted = FALSE;
  self->sign_in_next = FALSE;
}

static void
stop_signing_in (HkSignInPage *self)
{
  g_clear_handle_id (&self->keyring_timeout, g_source_remove);
  if (self->signing_in != NULL)
    g_cancellable_cancel (self->signing_in);
  g_clear_object (&self->signing_in);
}

static void
show_keyring_trouble (HkSignInPage *self, const char *message)
{
  g_autofree char *text = NULL;

  /* Translators: a sentence that says what is wrong with the keyring. */
  text = nuki_text_printf (_ ("%s The token can also be kept until Housekeys is closed, and entered again then."),
                           message);
  gtk_label_set_text (self->keyring_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_box), TRUE);
  answer (self, text);
}

static void
on_keyring_timeout (gpointer user_data)
{
  HkSignInPage *self = HK_SIGN_IN_PAGE (user_data);

  self->keyring_timeout = 0;
  show_keyring_trouble (self, _ ("This is taking long. Perhaps the keyring is asking for its password."));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HkSignInPage *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean signed_in;

  signed_in = hk_account_sign_in_finish (HK_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->signing_in);
  g_clear_handle_id (&self->keyring_timeout, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_box), FALSE);
  show_progress (self, NULL);
  update_actions (self);
  if (signed_in)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      g_signal_emit (self, signals[SIGNED_IN], 0);
    }
  else if (error->domain == HK_TOKEN_STORE_ERROR)
    show_keyring_trouble (self, error->message);
  else
    show_error (self, error->message);
}

static void
sign_in (HkSignInPage *self, gboolean session_only)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  char *token = NULL;

  if (!self->accepted || self->signing_in != NULL || !hk_account_check_token_text (text, &token, NULL))
    return;

  show_error (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_box), FALSE);
  show_progress (self, _ ("Signing in…"));
  self->signing_in = g_cancellable_new ();
  if (!session_only)
    self->keyring_timeout = g_timeout_add_once (KEYRING_PATIENCE_MS, on_keyring_timeout, self);
  hk_account_sign_in_async (self->account, token, session_only, self->signing_in, on_signed_in, self);
  hk_token_free (token);
  update_actions (self);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HkSignInPage *self = user_data;
  g_autoptr (GError) error = NULL;
  NukiScopes scopes = NUKI_SCOPE_NONE;

  hk_account_check_token_finish (HK_ACCOUNT (source), result, &scopes, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->checking);
  show_progress (self, NULL);
  if (error != NULL)
    {
      self->sign_in_next = FALSE;
      show_error (self, error->message);
      return;
    }

  show_scopes (self, scopes);
  self->accepted = is_enough (scopes);
  if (!self->accepted && (scopes & NUKI_SCOPE_LOCKS) != 0)
    show_error (self, _ ("This token may not manage authorizations, which are the keys. Make one with the permissions "
                         "listed above."));
  else if (!self->accepted)
    show_error (self, _ ("This token may not see locks, and nothing works without that. Make one with the permissions "
                         "listed above."));
  update_actions (self);
  /* Not of a page that was left in the meantime. */
  if (self->sign_in_next && gtk_widget_get_mapped (GTK_WIDGET (self)))
    sign_in (self, self->session_only);
  self->sign_in_next = FALSE;
}

static void
check (HkSignInPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  stop_check (self);
  if (!hk_account_check_token_text (text, &token, &error))
    {
      show_error (self, error->message);
      update_actions (self);
      return;
    }

  show_error (self, NULL);
  show_progress (self, _ ("Checking the token…"));
  self->checking = g_cancellable_new ();
  hk_account_check_token_async (self->account, token, self->checking, on_checked, self);
  hk_token_free (token);
  update_actions (self);
}

static void
on_check_timeout (gpointer user_data)
{
  HkSignInPage *self = HK_SIGN_IN_PAGE (user_data);

  self->check_timeout = 0;
  check (self);
}

static void
on_entry_changed (HkSignInPage *self)
{
  stop_check (self);
  show_error (self, NULL);
  show_progress (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scopes), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_box), FALSE);
  update_actions (self);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    self->check_timeout = g_timeout_add_once (CHECK_DELAY_MS, on_check_timeout, self);
}

static void
on_sign_in_clicked (HkSignInPage *self)
{
  sign_in (self, self->session_only);
}

static void
on_link_opened (GObject *window, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkSignInPage) self = HK_SIGN_IN_PAGE (user_data);
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (window), result, &error))
    return;

  g_info ("No browser was opened: %s", error->message);
  gtk_label_set_text (self->open_label, _ ("No browser can be opened from here: go to web.nuki.io, then “API”, then “API "
                                           "tokens”"));
  say (self, gtk_label_get_text (self->open_label));
}

/* Newer versions of the toolkit say nothing to the user when this fails, as it does in a sandbox without a portal. */
static gboolean
on_link_activated (HkSignInPage *self, GtkLinkButton *link)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_show_uri_full (GTK_WINDOW (window), gtk_link_button_get_uri (link), GDK_CURRENT_TIME, NULL, on_link_opened,
                     g_object_ref (self));

  return TRUE;
}

static void
on_session_clicked (HkSignInPage *self)
{
  stop_signing_in (self);
  sign_in (self, TRUE);
}

/* Return signs in, if need be as soon as what is entered is checked, also once more. */
static void
on_entry_activated (HkSignInPage *self)
{
  if (self->checking != NULL || self->signing_in != NULL)
    say (self, gtk_label_get_text (self->progress_label));
  else if (self->accepted)
    sign_in (self, self->session_only);
  else
    check (self);
  self->sign_in_next = self->checking != NULL;
}

static void
hk_sign_in_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkSignInPage *self = HK_SIGN_IN_PAGE (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_sign_in_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkSignInPage *self = HK_SIGN_IN_PAGE (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
hk_sign_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HK_SIGN_IN_PAGE (widget)->entry));
}

static void
hk_sign_in_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_sign_in_page_parent_class)->map (widget);

  say (HK_SIGN_IN_PAGE (widget), gtk_label_get_text (HK_SIGN_IN_PAGE (widget)->notice));
}

static void
hk_sign_in_page_dispose (GObject *object)
{
  HkSignInPage *self = HK_SIGN_IN_PAGE (object);

  stop_check (self);
  stop_signing_in (self);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_sign_in_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, title);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, notice);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, open_label);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, answers);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, entry);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, progress);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, scopes);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, locks_icon);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, keys_icon);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, people_icon);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, log_icon);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, scopes_label);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, keyring_box);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, HkSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_session_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_link_activated);
}

static void
hk_sign_in_page_class_init (HkSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_sign_in_page_get_property;
  object_class->set_property = hk_sign_in_page_set_property;
  object_class->dispose = hk_sign_in_page_dispose;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_sign_in_page_grab_focus;
  widget_class->map = hk_sign_in_page_map;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * HkSignInPage::signed-in:
   *
   * The account has taken the token.
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", HK_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/housekeys/Housekeys/sign-in/hk-sign-in-page.ui");
  bind_children (widget_class);
}

static void
hk_sign_in_page_init (HkSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_buttons (GTK_WIDGET (self));
  hk_private_text_keep (GTK_EDITABLE (self->entry));
  hk_entry_text_tell (ADW_ENTRY_ROW (self->entry));
  hk_name_lists (GTK_WIDGET (self), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->entry)));
}

/**
 * hk_sign_in_page_new:
 * @account: the account that needs a token
 *
 * Returns: (transfer full): a page that asks for it
 */
GtkWidget *
hk_sign_in_page_new (HkAccount *account)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_SIGN_IN_PAGE, "account", account, NULL);
}

/**
 * hk_sign_in_page_start:
 * @notice: (nullable): why a token is needed, or %NULL for the first time
 * @can_cancel: whether there is something to go back to
 * @session_only: whether the token is not to be kept in the keyring
 *
 * Makes the page ready to be shown. What was entered before stays.
 */
void
hk_sign_in_page_start (HkSignInPage *self, const char *notice, gboolean can_cancel, gboolean session_only)
{
  g_return_if_fail (HK_IS_SIGN_IN_PAGE (self));

  self->session_only = session_only;
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), can_cancel);
  if (notice == NULL)
    notice = _ ("Housekeys needs an API token to manage the keys of your locks. It stays in your keyring, and is sent to "
               "Nuki alone.");
  gtk_label_set_text (self->notice, notice);
}
