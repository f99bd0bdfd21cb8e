/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-application.h"

#include <glib/gi18n-lib.h>

#include "compat/hk-about.h"
#include "compat/hk-dialog.h"
#include "desktop/hk-background.h"
#include "desktop/hk-notify.h"
#include "desktop/hk-search-provider.h"
#include "hk-linger.h"
#include "hk-ui.h"
#include "window/hk-window.h"

/* Where it is on the bus, below the application: the file for the shell says the same. */
#define SEARCH_PROVIDER "/SearchProvider"

/* Who searches types on: for so long the process that answers stays, if it has no window. */
#define SEARCHING_MS 60000

/*
 * The one process behind all windows: reads the command line, has an account made for each address, and gives it a
 * window. A window of the demo account is one more, beside that of the real one.
 */
struct _HkApplication
{
  AdwApplication parent_instance;

  HkAccountFunc make_account;
  gpointer make_account_data;
  GSettings *settings;   /* (owned): from startup on */
  char *first_url;       /* (owned) (nullable): of the account of the first window; also %NULL for the demo account */
  HkAccount *first;      /* (owned) (nullable): that, until there is this window */
  HkAccount *account;    /* (owned) (nullable): the one that the desktop knows of, once it was needed */
  HkNews *news;          /* (owned) (nullable): of @account */
  HkBackground *background;          /* (owned): from startup on */
  gboolean quitting;                 /* while windows are closed in order to end */
  HkSearchProvider *search_provider; /* (owned) (nullable): while the application is on the bus */
};

G_DEFINE_FINAL_TYPE (HkApplication, hk_application, ADW_TYPE_APPLICATION)

/* The demo account has no address before it runs. */
#define DEMO NULL

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "win.invite", { "<Control>n" } },
  { "win.search", { "<Control>f" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.shortcuts", { "<Control>question", "<Control>F1" } },
  /* Ahead of the two panes, which take these keys for a way from the content to the sidebar. */
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.show-row(1)", { "<Alt>1" } },
  { "win.show-row(2)", { "<Alt>2" } },
  { "win.show-row(3)", { "<Alt>3" } },
  { "win.show-row(4)", { "<Alt>4" } },
  { "window.close", { "<Control>w" } },
};

static GOptionEntry options[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open a demo account: no token, network or keyring is needed"), NULL },
  /* Translators: stands for the address in “--api-url=URL”. */
  { "api-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the Nuki Web API"), N_ ("URL") },
  { "invite", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the form to invite somebody, too"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
  /* What is left beside the options must not be passed over in silence. */
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
  { NULL },
};

/* Two spellings of one address must not open it twice. */
static char *
normalize_url (const char *api_url)
{
  char *normalized = g_strdup (api_url);
  size_t length;

  if (normalized == NULL)
    return NULL;

  for (length = strlen (normalized); length > 0 && normalized[length - 1] == '/'; length--)
    normalized[length - 1] = '\0';

  return normalized;
}

static HkWindow *
find_window (HkApplication *self, const char *api_url)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (!HK_IS_WINDOW (l->data))
        continue;
      if (g_strcmp0 (g_object_get_data (l->data, "api-url"), api_url) == 0)
        return l->data;
    }

  return NULL;
}

static HkAccount *
open_account (HkApplication *self, const char *api_url, GError **error)
{
  HkAccount *account;

  if (self->first != NULL && g_strcmp0 (api_url, self->first_url) == 0)
    return g_steal_pointer (&self->first);

  account = self->make_account (api_url, self->make_account_data, error);
  if (account == NULL)
    return NULL;

  g_settings_bind (self->settings, "keep-data", account, "keep-data", G_SETTINGS_BIND_GET);
  hk_account_open (account);

  return account;
}

/*
 * The user's account at Nuki Web, which is all that the desktop is told of: invented people do not belong there.
 *
 * Returns: (transfer none) (nullable)
 */
static HkAccount *
get_own_account (HkApplication *self, GError **error)
{
  if (self->account != NULL)
    return self->account;

  self->account = open_account (self, HK_DEFAULT_API_URL, error);
  if (self->account != NULL)
    self->news = hk_notify_about (GTK_APPLICATION (self), self->account, self->settings);

  return self->account;
}

/*
 * The account is opened before there is a window, so that it begins with what the account is about. It lives as long as
 * its window, and longer while it has something to send; the user's own as long as the application.
 */
static HkWindow *
open_window (HkApplication *self, const char *given_url, GError **error)
{
  g_autofree char *api_url = normalize_url (given_url);
  g_autoptr (HkAccount) account = NULL;
  HkWindow *window = find_window (self, api_url);

  if (window == NULL)
    {
      if (g_strcmp0 (api_url, HK_DEFAULT_API_URL) == 0)
        g_set_object (&account, get_own_account (self, error));
      else
        account = open_account (self, api_url, error);
      if (account == NULL)
        return NULL;

      window = hk_window_new (GTK_APPLICATION (self), account, self->settings, api_url == DEMO);
      g_object_set_data_full (G_OBJECT (window), "api-url", g_steal_pointer (&api_url), g_free);
    }
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

static void
open_demo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HkApplication *self = HK_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;

  if (open_window (self, DEMO, &error) == NULL)
    g_warning ("The demo account cannot be opened: %s", error->message);
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  hk_about_present (GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (user_data))));
}

/* Comes from outside, too: from a notification, a search, or whoever else is on the bus. */
static void
show (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *place = g_variant_get_string (parameter, NULL);
  g_autoptr (GError) error = NULL;
  HkWindow *window;

  if (!hk_window_knows_place (place))
    {
      g_message ("There is nothing to show that is called “%s”", place);
      return;
    }

  window = open_window (HK_APPLICATION (user_data), HK_DEFAULT_API_URL, &error);
  if (window != NULL)
    hk_window_show_place (window, place);
  else
    g_warning ("No window can be opened: %s", error->message);
}

static void
invite (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "show", g_variant_new_string ("invite"));
}

static void
on_activate_result (HkApplication *self, const char *place)
{
  g_action_group_activate_action (G_ACTION_GROUP (self), "show", g_variant_new_string (place));
}

static void
on_launch_search (HkApplication *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  HkWindow *window = open_window (self, HK_DEFAULT_API_URL, &error);

  if (window != NULL)
    hk_window_search (window, text);
  else
    g_warning ("No window can be opened: %s", error->message);
}

static HkAccount *
get_account_to_search (gpointer user_data)
{
  HkApplication *self = HK_APPLICATION (user_data);
  g_autoptr (GError) error = NULL;
  HkAccount *account = get_own_account (self, &error);

  if (account == NULL)
    g_warning ("Nothing can be searched: %s", error->message);
  if (gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    g_application_set_inactivity_timeout (G_APPLICATION (self), SEARCHING_MS);

  return account;
}

/* Without windows the application ends; rather than ending at once, it lets an account finish what it is sending. A window with
 * a form that is filled in asks first, one after the other, before any window is closed: who keeps editing has not quit. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HkApplication *self = HK_APPLICATION (user_data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data) && hk_dialog_holds_window (l->data, "app.quit"))
      {
        /* It may be behind the one in which the key was pressed. */
        gtk_window_present (l->data);
        return;
      }

  self->quitting = TRUE;
  hk_background_leave (self->background);
  for (GList *l = windows; l != NULL; l = l->next)
    if (HK_IS_WINDOW (l->data))
      hk_dialog_close_window (l->data);
  self->quitting = FALSE;
}

static const GActionEntry actions[] = {
  { .name = "demo", .activate = open_demo },
  { .name = "about", .activate = show_about },
  { .name = "quit", .activate = quit },
  { .name = "invite", .activate = invite },
  { .name = "show", .activate = show, .parameter_type = "s" },
};

static int
hk_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  HkApplication *self = HK_APPLICATION (application);
  g_autofree const char **rest = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      fprintf (stdout, "housekeys %s\n", HK_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (dict, "demo") && g_variant_dict_contains (dict, "api-url"))
    {
      fprintf (stderr, "housekeys: %s\n", _ ("--demo and --api-url cannot be used together"));
      return 1;
    }
  if (g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &rest))
    {
      fprintf (stderr, "housekeys: ");
      /* Translators: what was typed after the name of the program. */
      fprintf (stderr, _ ("“%s” is not an option"), rest[0]);
      fprintf (stderr, "\n");
      return 1;
    }

  if (!g_variant_dict_contains (dict, "demo"))
    {
      const char *api_url = HK_DEFAULT_API_URL;

      g_variant_dict_lookup (dict, "api-url", "&s", &api_url);
      self->first_url = normalize_url (api_url);
    }

  return -1;
}

static int
hk_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  HkApplication *self = HK_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  const char *api_url = HK_DEFAULT_API_URL;
  g_autoptr (GError) error = NULL;
  gboolean demo;
  HkWindow *window;

  /* Options are read where the program was started, and leave only its name; the rest is from somebody else on the bus. */
  if (g_strv_length (arguments) > 1)
    {
      g_message ("There is no option “%s”", arguments[1]);
      return 1;
    }

  demo = g_variant_dict_contains (dict, "demo");
  g_variant_dict_lookup (dict, "api-url", "&s", &api_url);
  window = open_window (self, demo ? DEMO : api_url, &error);
  if (window == NULL)
    {
      g_application_command_line_printerr (command_line, "housekeys: %s\n", error->message);
      return 1;
    }

  if (g_variant_dict_contains (dict, "invite"))
    hk_window_show_place (window, "invite");

  /* For programs that want to look at the demo account from outside, so it is not translated. */
  if (demo)
    g_application_command_line_print (command_line, "Demo account at %s\n",
                                      hk_account_get_api_url (hk_window_get_account (window)));

  return 0;
}

static void
hk_application_activate (GApplication *application)
{
  g_autoptr (GError) error = NULL;

  if (open_window (HK_APPLICATION (application), HK_DEFAULT_API_URL, &error) == NULL)
    g_warning ("No window can be opened: %s", error->message);
}

static void
load_icons_thread (GTask *task, gpointer theme, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, gtk_icon_theme_has_icon (theme, "open-menu-symbolic"));
}

/* libadwaita has just added its icons, so that GTK reads all themes once more when the first icon is asked for: that takes as
 * long as making the window does, which goes on meanwhile. GtkIconTheme may be asked by any thread. */
static void
load_icons (void)
{
  g_autoptr (GTask) task = g_task_new (gtk_icon_theme_get_for_display (gdk_display_get_default ()), NULL, NULL, NULL);

  g_task_set_source_tag (task, load_icons);
  g_task_run_in_thread (task, load_icons_thread);
}

/* What is kept of it is read while GTK starts, which takes as long. If it cannot be opened, that is said when its window is
 * asked for. Who is started only to answer the desktop does not know yet what will be asked for. */
static void
open_first_account (HkApplication *self)
{
  if (self->first_url != NULL && (g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE) == 0)
    self->first = open_account (self, self->first_url, NULL);
}

static void
hk_application_startup (GApplication *application)
{
  HkApplication *self = HK_APPLICATION (application);

  self->settings = g_settings_new (HK_APPLICATION_ID);
  open_first_account (self);
  /* Before libadwaita looks for the style sheet. */
  hk_ui_init ();
  G_APPLICATION_CLASS (hk_application_parent_class)->startup (application);
  load_icons ();

  self->background = hk_background_new (application, self->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action, shortcuts[i].accels);
  gtk_window_set_default_icon_name (HK_APPLICATION_ID);
}

/* Before it has its name, so that who starts it by a search can search at once. */
static gboolean
hk_application_dbus_register (GApplication *application, GDBusConnection *bus, const char *path, GError **error)
{
  HkApplication *self = HK_APPLICATION (application);
  g_autofree char *provider_path = g_strconcat (path, SEARCH_PROVIDER, NULL);

  if (!G_APPLICATION_CLASS (hk_application_parent_class)->dbus_register (application, bus, path, error))
    return FALSE;

  self->search_provider = hk_search_provider_new (application, get_account_to_search, self);
  g_signal_connect_object (self->search_provider, "activate", G_CALLBACK (on_activate_result), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "launch", G_CALLBACK (on_launch_search), self, G_CONNECT_SWAPPED);

  return hk_search_provider_export (self->search_provider, bus, provider_path, error);
}

static void
hk_application_dbus_unregister (GApplication *application, GDBusConnection *bus, const char *path)
{
  HkApplication *self = HK_APPLICATION (application);

  if (self->search_provider != NULL)
    hk_search_provider_unexport (self->search_provider, bus);
  g_clear_object (&self->search_provider);

  G_APPLICATION_CLASS (hk_application_parent_class)->dbus_unregister (application, bus, path);
}

static void
hk_application_window_added (GtkApplication *application, GtkWindow *window)
{
  HkApplication *self = HK_APPLICATION (application);

  GTK_APPLICATION_CLASS (hk_application_parent_class)->window_added (application, window);

  /* Once it has been opened, the application ends with its window, unless it may stay without. */
  g_application_set_inactivity_timeout (G_APPLICATION (application), 0);
  hk_background_leave (self->background);
}

static void
hk_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  HkApplication *self = HK_APPLICATION (application);
  g_autoptr (HkAccount) account = NULL;

  if (HK_IS_WINDOW (window))
    account = g_object_ref (hk_window_get_account (HK_WINDOW (window)));
  if (account != NULL)
    hk_linger (G_APPLICATION (application), account);

  GTK_APPLICATION_CLASS (hk_application_parent_class)->window_removed (application, window);

  if (self->account != NULL && !self->quitting && gtk_application_get_windows (application) == NULL)
    hk_background_stay (self->background, self->account);
}

static void
hk_application_shutdown (GApplication *application)
{
  HkApplication *self = HK_APPLICATION (application);

  g_clear_object (&self->background);
  g_clear_object (&self->news);
  g_clear_object (&self->account);
  g_clear_object (&self->first);

  G_APPLICATION_CLASS (hk_application_parent_class)->shutdown (application);
}

static void
hk_application_finalize (GObject *object)
{
  HkApplication *self = HK_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->first_url);

  G_OBJECT_CLASS (hk_application_parent_class)->finalize (object);
}

static void
hk_application_class_init (HkApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = hk_application_finalize;
  application_class->startup = hk_application_startup;
  application_class->shutdown = hk_application_shutdown;
  application_class->activate = hk_application_activate;
  application_class->handle_local_options = hk_application_handle_local_options;
  application_class->command_line = hk_application_command_line;
  application_class->dbus_register = hk_application_dbus_register;
  application_class->dbus_unregister = hk_application_dbus_unregister;
  GTK_APPLICATION_CLASS (klass)->window_added = hk_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = hk_application_window_removed;
}

static void
hk_application_init (HkApplication *self)
{
  g_application_set_option_context_summary (G_APPLICATION (self), _ ("Share keys to your doors"));
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * hk_application_new:
 * @make_account: (scope forever): makes the account behind each window
 * @user_data: for @make_account
 *
 * Returns: (transfer full): the application; one process per session runs it
 */
HkApplication *
hk_application_new (HkAccountFunc make_account, gpointer user_data)
{
  HkApplication *self;

  g_return_val_if_fail (make_account != NULL, NULL);

  self = g_object_new (HK_TYPE_APPLICATION,
                       "application-id", HK_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       /* The same for every profile. */
                       "resource-base-path", HK_RESOURCE_PATH,
                       NULL);
  self->make_account = make_account;
  self->make_account_data = user_data;

  return self;
}
