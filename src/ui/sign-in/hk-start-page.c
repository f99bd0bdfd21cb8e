/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-start-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-wrap.h"

/*
 * What the window shows while there are no data yet, and the user is not asked for a token: the keyring is being
 * opened or does not want to, the first data are on their way or did not come.
 */
struct _HkStartPage
{
  AdwBin parent_instance;

  HkAccount *account;  /* (owned) */

  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *busy_label;
  GtkProgressBar *progress_bar;
  AdwStatusPage *status_page;
  GtkButton *main_button;
  GtkButton *other_button;
  GtkButton *opening_button;
  guint opening_timeout;  /* until the keyring takes long, or 0 */
  GtkWidget *busy_box;
  guint calm_timeout;     /* until it is worth a word that this takes a while, or 0 */
  char *told;             /* (owned) (nullable): what is the matter, for who does not see it */
};

G_DEFINE_FINAL_TYPE (HkStartPage, hk_start_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* A keyring that asks for its password is answered within this time, or is a matter of its own. */
#define PATIENCE_MS 1000

/* The keyring and what was kept on the disk are there sooner: nothing is to flash up before the pages. */
#define CALM_MS 400

static void
on_opening_timeout (gpointer user_data)
{
  HkStartPage *self = HK_START_PAGE (user_data);

  self->opening_timeout = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->opening_button), TRUE);
}

/* While the keyring is asked, there is a way on without it; it is not to flash up where the keyring answers at once. */
static void
offer_way_on (HkStartPage *self, gboolean opening)
{
  g_clear_handle_id (&self->opening_timeout, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->opening_button), FALSE);
  if (opening)
    self->opening_timeout = g_timeout_add_once (PATIENCE_MS, on_opening_timeout, self);
}

static void
say (HkStartPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->told != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", self->told);
}

static void
on_calm_timeout (gpointer user_data)
{
  HkStartPage *self = HK_START_PAGE (user_data);

  self->calm_timeout = 0;
  gtk_widget_set_opacity (self->busy_box, 1);
  say (self);
}

/* Takes @text. Returns: whether it is new */
static gboolean
tell (HkStartPage *self, char *text)
{
  const gboolean is_new = g_strcmp0 (text, self->told) != 0;

  g_free (self->told);
  self->told = text;
  if (is_new && self->calm_timeout == 0)
    say (self);

  return is_new;
}

static void
show_busy (HkStartPage *self, const char *text)
{
  gtk_label_set_text (self->busy_label, text);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

/* Says how far it is where that takes a while. */
static void
show_loading (HkStartPage *self)
{
  double fraction;
  const guint64 received = hk_account_get_received (self->account, &fraction);
  g_autofree char *size = g_format_size (received);
  /* Translators: %s is a size, such as 3.5 MB. */
  g_autofree char *text = nuki_text_printf (_ ("Still loading: there are very many keys, %s so far…"), size);

  show_busy (self, received > 0 ? text : _ ("Loading your locks…"));
  tell (self, g_strdup (_ ("Loading your locks…")));
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), received > 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  else if (received > 0)
    gtk_progress_bar_pulse (self->progress_bar);
}

/* The focus was where it is of no use now, if it was on this page. */
static void
focus_way_on (HkStartPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (GTK_WIDGET (self->main_button));
}

static void
show_trouble (HkStartPage *self, const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->status_page, icon);
  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, escaped);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  if (tell (self, g_strdup_printf ("%s. %s", title, description)))
    focus_way_on (self);
}

static void
show_keyring_trouble (HkStartPage *self, const GError *error)
{
  gboolean locked = g_error_matches (error, HK_TOKEN_STORE_ERROR, HK_TOKEN_STORE_ERROR_LOCKED);

  show_trouble (self,
                locked ? "system-lock-screen-symbolic" : "dialog-warning-symbolic",
                locked ? _ ("The Keyring Is Locked") : _ ("The Keyring Cannot Be Used"),
                error != NULL ? error->message : _ ("Your token is kept there."));
  gtk_button_set_label (self->main_button, locked ? _ ("_Unlock") : _ ("_Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->main_button), "win.open-keyring");
  gtk_button_set_label (self->other_button, _ ("_Enter a Token for This Session"));
  hk_wrap_buttons (GTK_WIDGET (self));
}

static void
show_load_error (HkStartPage *self, const GError *error)
{
  show_trouble (self, "network-error-symbolic", _ ("Your Locks Cannot Be Loaded"), error->message);
  gtk_button_set_label (self->main_button, _ ("_Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->main_button), "win.refresh");
  gtk_button_set_label (self->other_button, _ ("Enter Another _Token"));
  hk_wrap_buttons (GTK_WIDGET (self));
}

static void
update (HkStartPage *self)
{
  const GError *error = hk_account_get_error (self->account);

  offer_way_on (self, hk_account_get_state (self->account) == HK_ACCOUNT_OPENING);
  switch (hk_account_get_state (self->account))
    {
    case HK_ACCOUNT_OPENING:
      show_busy (self, _ ("Asking the keyring for your token…"));
      tell (self, g_strdup (_ ("Asking the keyring for your token…")));
      break;
    case HK_ACCOUNT_KEYRING_TROUBLE:
      show_keyring_trouble (self, error);
      break;
    case HK_ACCOUNT_LOADING:
      if (error != NULL && !hk_account_get_refreshing (self->account))
        show_load_error (self, error);
      else
        show_loading (self);
      break;
    case HK_ACCOUNT_SIGNED_OUT:
    case HK_ACCOUNT_READY:
    case HK_ACCOUNT_TOKEN_REJECTED:
    default:
      gtk_spinner_set_spinning (self->spinner, FALSE);
      g_clear_pointer (&self->told, g_free);
      break;
    }
}

static void
hk_start_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkStartPage *self = HK_START_PAGE (object);

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
hk_start_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkStartPage *self = HK_START_PAGE (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_start_page_constructed (GObject *object)
{
  HkStartPage *self = HK_START_PAGE (object);

  G_OBJECT_CLASS (hk_start_page_parent_class)->constructed (object);

  g_signal_connect_object (self->account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->calm_timeout = g_timeout_add_once (CALM_MS, on_calm_timeout, self);
  update (self);
}

static void
hk_start_page_dispose (GObject *object)
{
  HkStartPage *self = HK_START_PAGE (object);

  g_clear_handle_id (&self->opening_timeout, g_source_remove);
  g_clear_handle_id (&self->calm_timeout, g_source_remove);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_start_page_parent_class)->dispose (object);
}

static void
hk_start_page_finalize (GObject *object)
{
  g_free (HK_START_PAGE (object)->told);

  G_OBJECT_CLASS (hk_start_page_parent_class)->finalize (object);
}

static void
hk_start_page_class_init (HkStartPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_start_page_get_property;
  object_class->set_property = hk_start_page_set_property;
  object_class->constructed = hk_start_page_constructed;
  object_class->dispose = hk_start_page_dispose;
  object_class->finalize = hk_start_page_finalize;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/housekeys/Housekeys/sign-in/hk-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, busy_box);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, busy_label);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, main_button);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, other_button);
  gtk_widget_class_bind_template_child (widget_class, HkStartPage, opening_button);
}

static void
hk_start_page_init (HkStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_buttons (GTK_WIDGET (self));
}

/**
 * hk_start_page_new:
 * @account: the account that is being opened
 *
 * Returns: (transfer full): a page that says how far that is
 */
GtkWidget *
hk_start_page_new (HkAccount *account)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_START_PAGE, "account", account, NULL);
}
