/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-banner.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-wrap.h"

/*
 * Stands under the header bar of every page and says what is wrong with the account as a whole: the data are old, the
 * token is not accepted any more, or may not do everything, or changes cannot be recorded. Everything else is said where it belongs.
 */
struct _HkBanner
{
  AdwBin parent_instance;

  HkAccount *account;  /* (owned) (nullable) */
  guint timer;         /* a scheduled call of the account's clock, while a time that passes is shown */

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
  GtkButton *other_button;  /* to go on without a record of changes */
};

G_DEFINE_FINAL_TYPE (HkBanner, hk_banner, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

#define AGE_INTERVAL_MS 30000
#define PAUSE_INTERVAL_MS 1000

static char *
describe_age (HkBanner *self)
{
  GDateTime *last = hk_account_get_last_refresh (self->account);
  g_autoptr (GDateTime) now = NULL;
  int minutes;

  if (last == NULL)
    return g_strdup ("");

  now = hk_clock_now (hk_account_get_clock (self->account));
  minutes = (int) (g_date_time_difference (now, last) / G_TIME_SPAN_MINUTE);
  if (minutes < 1)
    return g_strdup (_ ("What you see is less than a minute old."));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("What you see is %d minute old.", "What you see is %d minutes old.", minutes),
                            minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (ngettext ("What you see is %d hour old.", "What you see is %d hours old.", minutes / 60),
                            minutes / 60);

  return g_strdup_printf (ngettext ("What you see is %d day old.", "What you see is %d days old.",
                                    minutes / (24 * 60)),
                          minutes / (24 * 60));
}

/* @button: (nullable): the label of a button, if there is something to be done */
static void
show (HkBanner *self, const char *text, const char *button, const char *action)
{
  /* Not each second of a pause, nor each minute of an age. */
  const gboolean is_new = !gtk_revealer_get_reveal_child (self->revealer)
                          || g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)), action) != 0;

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  hk_wrap_buttons (GTK_WIDGET (self));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  if (is_new && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", text);
}

static void
show_journal_error (HkBanner *self, const GError *error)
{
  g_autofree char *text =
      /* TRANSLATORS: %s is a sentence that says why */
      nuki_text_printf (_ ("Your changes wait, because they cannot be recorded on this computer. %s"), error->message);

  show (self, text, _ ("_Try Again"), "win.retry-journal");
}

static const char *
describe_missing_scopes (NukiScopes scopes)
{
  gboolean keys = (scopes & NUKI_SCOPE_KEYS) != 0;
  gboolean people = (scopes & NUKI_SCOPE_PEOPLE) != 0;

  if (!keys && !people)
    return _ ("The token may neither manage keys nor people: only the locks can be seen.");
  if (!keys)
    return _ ("The token may not manage keys: only locks and people can be seen.");
  if (!people)
    return _ ("The token may not manage people: existing keys can be changed, but nobody new invited.");

  return NULL;
}

static void update (HkBanner *self);

static void
stop_timer (HkBanner *self)
{
  if (self->timer != 0)
    hk_clock_cancel (hk_account_get_clock (self->account), self->timer);
  self->timer = 0;
}

static void
on_time_passed (gpointer user_data)
{
  HkBanner *self = HK_BANNER (user_data);

  self->timer = 0;
  update (self);
}

static void
update_later (HkBanner *self, guint milliseconds)
{
  if (self->timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = hk_clock_schedule (hk_account_get_clock (self->account), milliseconds, on_time_passed, self);
}

static char *
describe_pause (HkBanner *self, GDateTime *until)
{
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  const GTimeSpan left = MAX (g_date_time_difference (until, now), 0);
  int count = (int) ((left + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);

  if (count < 60)
    return g_strdup_printf (ngettext ("The service asks for a pause. Housekeys continues in %d second.",
                                      "The service asks for a pause. Housekeys continues in %d seconds.", count),
                            count);

  count = (count + 59) / 60;
  return g_strdup_printf (ngettext ("The service asks for a pause. Housekeys continues in %d minute.",
                                    "The service asks for a pause. Housekeys continues in %d minutes.", count),
                          count);
}

static void
show_pause (HkBanner *self, GDateTime *until)
{
  g_autofree char *pause = describe_pause (self, until);
  g_autofree char *age = describe_age (self);
  g_autofree char *text = g_strdup_printf ("%s %s", pause, age);

  show (self, text, NULL, NULL);
  update_later (self, PAUSE_INTERVAL_MS);
}

static void
show_error (HkBanner *self, const GError *error)
{
  g_autofree char *age = describe_age (self);
  g_autofree char *text = g_strdup_printf ("%s %s", error->message, age);

  show (self, text, _ ("_Try Again"), "win.refresh");
  update_later (self, AGE_INTERVAL_MS);
}

/* What was known when the application was last open: it is being renewed already. */
static void
show_age (HkBanner *self)
{
  g_autofree char *age = describe_age (self);

  show (self, age, NULL, NULL);
  update_later (self, AGE_INTERVAL_MS);
}

static void
update (HkBanner *self)
{
  HkAccountState state;
  const GError *error;
  const GError *journal_error;
  const char *notice;
  const char *missing;
  g_autoptr (GDateTime) paused_until = NULL;

  if (self->account == NULL)
    return;

  state = hk_account_get_state (self->account);
  error = hk_account_get_error (self->account);
  missing = describe_missing_scopes (hk_account_get_scopes (self->account));
  journal_error = hk_account_get_journal_error (self->account);
  notice = hk_account_get_journal_notice (self->account);
  gtk_widget_set_visible (GTK_WIDGET (self->other_button),
                          journal_error != NULL && state != HK_ACCOUNT_TOKEN_REJECTED);
  paused_until = hk_account_dup_paused_until (self->account);
  stop_timer (self);
  if (state == HK_ACCOUNT_TOKEN_REJECTED)
    show (self, _ ("Nuki Web no longer accepts the token. That happens when it was deleted there, or the password "
                  "of the account was changed."),
          _ ("Sign In _Again"), "win.renew-token");
  else if (journal_error != NULL)
    show_journal_error (self, journal_error);
  else if (notice != NULL)
    show (self, notice, _ ("_OK"), "win.dismiss-journal-notice");
  else if (state == HK_ACCOUNT_READY && paused_until != NULL)
    show_pause (self, paused_until);
  else if (state == HK_ACCOUNT_READY && error != NULL)
    show_error (self, error);
  else if (state == HK_ACCOUNT_READY && hk_account_get_shows_kept (self->account))
    show_age (self);
  else if (state == HK_ACCOUNT_READY && missing != NULL)
    show (self, missing, _ ("_Replace Token"), "win.renew-token");
  else
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
set_account (HkBanner *self, HkAccount *account)
{
  stop_timer (self);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_func (self->account, update, self);
  g_set_object (&self->account, account);
  if (account == NULL)
    return;

  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
hk_banner_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_banner_parent_class)->map (widget);

  update (HK_BANNER (widget));
}

static void
hk_banner_unmap (GtkWidget *widget)
{
  stop_timer (HK_BANNER (widget));

  GTK_WIDGET_CLASS (hk_banner_parent_class)->unmap (widget);
}

static void
hk_banner_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkBanner *self = HK_BANNER (object);

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
hk_banner_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkBanner *self = HK_BANNER (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      set_account (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_banner_dispose (GObject *object)
{
  set_account (HK_BANNER (object), NULL);

  G_OBJECT_CLASS (hk_banner_parent_class)->dispose (object);
}

static void
hk_banner_class_init (HkBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_banner_get_property;
  object_class->set_property = hk_banner_set_property;
  object_class->dispose = hk_banner_dispose;
  widget_class->map = hk_banner_map;
  widget_class->unmap = hk_banner_unmap;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/housekeys/Housekeys/window/hk-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, HkBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, HkBanner, label);
  gtk_widget_class_bind_template_child (widget_class, HkBanner, button);
  gtk_widget_class_bind_template_child (widget_class, HkBanner, other_button);
}

static void
hk_banner_init (HkBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_button_set_use_underline (self->button, TRUE);
}
