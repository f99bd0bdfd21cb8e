/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "changes/hk-changes-dialog.h"
#include "compat/hk-alert.h"
#include "hk-shortcuts-dialog.h"
#include "hk-window-private.h"
#include "invite/hk-invite-dialog.h"
#include "locks/hk-lock-page.h"
#include "people/hk-person-page.h"
#include "preferences/hk-preferences-dialog.h"

/* Everything that a menu, a button or a shortcut does in a window, and when it can be done. */

/* One new key is looked at, of several the list. */
static void
on_show_sent (AdwToast *toast, HkWindow *self)
{
  GPtrArray *changes = g_object_get_data (G_OBJECT (toast), "changes");
  HkChange *change = g_ptr_array_index (changes, 0);
  HkKey *key = changes->len == 1 ? hk_account_find_changed_key (self->account, change) : NULL;

  if (key == NULL)
    {
      hk_window_search (self, hk_change_get_name (change));
      return;
    }

  hk_navigator_open_key (self->navigator, key);
  hk_window_show_content (self);
}

/* What was asked for may be far down in the list, or not in it for what is searched. */
static void
on_sent (HkWindow *self, GPtrArray *changes)
{
  HkChange *change = g_ptr_array_index (changes, 0);
  const char *name = hk_change_get_name (change);
  g_autofree char *text = hk_change_get_spec (change)->type == NUKI_KEY_CODE
                            /* TRANSLATORS: %s is the name of a key, which is mostly that of a person */
                            ? nuki_text_printf (_ ("Creating code “%s”…"), name)
                            /* TRANSLATORS: %s is the name of a person */
                            : nuki_text_printf (_ ("Inviting %s…"), name);
  AdwToast *toast = hk_window_tell (self, text, TRUE);

  g_object_set_data_full (G_OBJECT (toast), "changes", g_ptr_array_ref (changes), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_show_sent), self, G_CONNECT_DEFAULT);
}

static void
invite (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);
  GtkWidget *page = hk_navigator_get_visible_page (self->navigator);
  g_autoptr (NukiUser) person = NULL;
  g_autoptr (NukiLock) lock = NULL;

  /* The launcher can ask for it while it is open. */
  if (self->invite_dialog != NULL && gtk_widget_get_mapped (self->invite_dialog))
    return;

  /* From the page of a person or a lock, the question who or where is half answered. */
  if (HK_IS_PERSON_PAGE (page))
    g_object_get (page, "person", &person, NULL);
  else if (HK_IS_LOCK_PAGE (page))
    g_object_get (page, "lock", &lock, NULL);

  g_set_weak_pointer (&self->invite_dialog, GTK_WIDGET (hk_invite_dialog_new (self->account, person, lock)));
  g_signal_connect_object (self->invite_dialog, "sent", G_CALLBACK (on_sent), self, G_CONNECT_SWAPPED);
  hk_dialog_present (HK_DIALOG (self->invite_dialog), widget);
}

static gboolean
can_search (GtkWidget *page)
{
  return page != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (page), "search-mode") != NULL;
}

/* From elsewhere on a page that is searched, it leads back to the entry, and from there it ends the search. */
static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);
  GtkWidget *page = hk_navigator_get_visible_page (self->navigator);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));
  g_autoptr (GtkWidget) entry = NULL;
  gboolean searching = FALSE;
  gboolean in_entry;

  if (!can_search (page))
    return;

  hk_split_view_set_show_content (self->split_view, TRUE);
  g_object_get (page, "search-mode", &searching, "search-entry", &entry, NULL);
  in_entry = focus != NULL && gtk_widget_is_ancestor (focus, entry);
  g_object_set (page, "search-mode", !(searching && in_entry), NULL);
  if (searching && !in_entry)
    {
      gtk_widget_grab_focus (entry);
      gtk_editable_select_region (GTK_EDITABLE (entry), 0, -1);
    }
}

/* Wherever the focus is on a page that is searched, not only in the entry. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *page = hk_navigator_get_visible_page (HK_WINDOW (widget)->navigator);
  gboolean searching = FALSE;

  if (!can_search (page))
    return GDK_EVENT_PROPAGATE;

  g_object_get (page, "search-mode", &searching, NULL);
  g_object_set (page, "search-mode", FALSE, NULL);

  return searching;
}

static void
refresh (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  /* Where there are no data yet, the page says what happens. */
  self->refreshing = hk_account_get_last_refresh (self->account) != NULL;
  hk_account_refresh (self->account);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  hk_account_undo (self->account);
  /* Translators: said when something was taken away and is there again. */
  hk_announcer_say (self->announcer, _ ("Undone"));
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  if (hk_navigator_get_can_go_back (self->navigator))
    {
      hk_navigator_go_back (self->navigator);
      return;
    }

  hk_split_view_set_show_content (self->split_view, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->sidebar));
}

static void
show_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  hk_navigator_show_page (self->navigator, g_variant_get_string (parameter, NULL));
  hk_window_show_content (self);
}

static void
show_row (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  if (hk_sidebar_open_nth (self->sidebar, (guint) MAX (g_variant_get_int32 (parameter), 1)))
    hk_window_show_content (self);
}

static void
open_keyring (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_account_open (HK_WINDOW (widget)->account);
}

static void
renew_token (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  self->renewing = TRUE;
  hk_window_update_view (self);
  hk_window_update_actions (self);
}

static void
keep_token (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  self->renewing = FALSE;
  hk_window_update_view (self);
  hk_window_update_actions (self);
}

static void
retry_journal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_account_retry_journal (HK_WINDOW (widget)->account);
}

static void
on_without_journal_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkWindow) self = HK_WINDOW (user_data);

  if (hk_alert_choose_finish (result))
    hk_account_work_without_journal (self->account);
}

static void
work_without_journal (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_alert_choose_async (widget, _ ("Continue Without a Record of Changes?"),
                         _ ("If Housekeys or the computer stops before a lock has confirmed a change, the change is "
                            "forgotten: a key may then be there or not, and nobody watches it. This holds until "
                            "Housekeys is started again."),
                         _ ("_Cancel"), _ ("_Continue Without"), TRUE, NULL, on_without_journal_answer,
                         g_object_ref (widget));
}

static void
dismiss_journal_notice (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_account_dismiss_journal_notice (HK_WINDOW (widget)->account);
}

static void
open_demo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "app.demo", NULL);
}

/* For what a widget in the window has to say to those who do not see it. */
static void
announce (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_announcer_say (HK_WINDOW (widget)->announcer, g_variant_get_string (parameter, NULL));
}

static void
tell (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *text;
  gboolean trouble;
  AdwToast *toast;

  g_variant_get (parameter, "(&sb)", &text, &trouble);
  toast = hk_window_tell (HK_WINDOW (widget), text, trouble);
  if (trouble)
    adw_toast_set_action_name (toast, "win.changes");
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkWindow) self = HK_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (hk_account_sign_out_finish (HK_ACCOUNT (source), result, &error))
    return;

  title = g_markup_escape_text (error->message, -1);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
  hk_announcer_say (self->announcer, error->message);
}

static void
on_sign_out_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkWindow) self = HK_WINDOW (user_data);

  if (hk_alert_choose_finish (result))
    hk_account_sign_out_async (self->account, NULL, on_signed_out, g_object_ref (self));
}

static guint
count_unsettled (HkWindow *self)
{
  GListModel *changes = hk_account_get_changes (self->account);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (!hk_change_get_settled (change))
        count++;
    }

  return count;
}

static void
sign_out (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);
  guint n_unsettled = count_unsettled (self);
  g_autofree char *body = NULL;
  const char *token = _ ("The token is removed from the keyring. It stays valid until it is deleted in Nuki Web, and "
                        "nothing changes for the keys of your locks.");

  if (n_unsettled == 0)
    body = g_strdup (token);
  else
    /* Translators: the first paragraph, which is about the token, and a number. */
    body = nuki_text_printf (ngettext ("%s\n\n%u change has not been confirmed yet. If it has not been sent, it is lost.",
                                       "%s\n\n%u changes have not been confirmed yet. Those not sent are lost.",
                                       n_unsettled),
                             token, n_unsettled);
  hk_alert_choose_async (widget, _ ("Sign Out?"), body, _ ("_Cancel"), _ ("_Sign Out"), TRUE, NULL, on_sign_out_answer,
                         g_object_ref (self));
}

static void
show_preferences (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);

  GtkWidget *dialog = hk_preferences_dialog_new (self->account, self->settings, self->demo, widget);

  hk_dialog_present (HK_DIALOG (dialog), widget);
}

static void
show_shortcuts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hk_dialog_present (g_object_new (HK_TYPE_SHORTCUTS_DIALOG, NULL), widget);
}

static void
on_open_key (HkWindow *self, HkKey *key)
{
  hk_navigator_open_key (self->navigator, key);
  hk_window_show_content (self);
}

static void
on_open_person (HkWindow *self, NukiUser *person)
{
  hk_navigator_open_person (self->navigator, person);
  hk_window_show_content (self);
}

static void
on_open_lock (HkWindow *self, NukiLock *lock)
{
  hk_navigator_open_lock (self->navigator, lock);
  hk_window_show_content (self);
}

static void
show_changes (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HkWindow *self = HK_WINDOW (widget);
  HkChangesDialog *dialog = hk_changes_dialog_new (self->account);

  g_signal_connect_object (dialog, "open-key", G_CALLBACK (on_open_key), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-person", G_CALLBACK (on_open_person), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-lock", G_CALLBACK (on_open_lock), self, G_CONNECT_SWAPPED);
  hk_dialog_present (HK_DIALOG (dialog), widget);
}

/**
 * hk_window_install_actions:
 * @widget_class: the class of the window
 */
void
hk_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.invite", NULL, invite);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.changes", NULL, show_changes);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.show-row", "i", show_row);
  gtk_widget_class_install_action (widget_class, "win.open-keyring", NULL, open_keyring);
  gtk_widget_class_install_action (widget_class, "win.renew-token", NULL, renew_token);
  gtk_widget_class_install_action (widget_class, "win.keep-token", NULL, keep_token);
  gtk_widget_class_install_action (widget_class, "win.open-demo", NULL, open_demo);
  gtk_widget_class_install_action (widget_class, "win.retry-journal", NULL, retry_journal);
  gtk_widget_class_install_action (widget_class, "win.work-without-journal", NULL, work_without_journal);
  gtk_widget_class_install_action (widget_class, "win.dismiss-journal-notice", NULL, dismiss_journal_notice);
  gtk_widget_class_install_action (widget_class, "win.announce", "s", announce);
  gtk_widget_class_install_action (widget_class, "win.tell", "(sb)", tell);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, show_shortcuts);

  /* After the focus, not before it as the application's shortcuts: it also means something in an entry. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}

/**
 * hk_window_update_actions:
 *
 * Enables what can be done now.
 */
void
hk_window_update_actions (HkWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  HkAccountState state = hk_account_get_state (self->account);
  gboolean has_data = hk_account_get_last_refresh (self->account) != NULL;
  gboolean at_pages = !self->renewing
                      && (state == HK_ACCOUNT_READY || (state == HK_ACCOUNT_TOKEN_REJECTED && has_data));
  gboolean has_token = state == HK_ACCOUNT_LOADING || state == HK_ACCOUNT_READY || state == HK_ACCOUNT_TOKEN_REJECTED;
  gboolean is_without_keyring = state == HK_ACCOUNT_KEYRING_TROUBLE || state == HK_ACCOUNT_OPENING;
  gboolean may_invite = (hk_account_get_scopes (self->account) & NUKI_SCOPE_KEYS) != 0;
  gboolean at_content = hk_split_view_get_collapsed (self->split_view)
                        && hk_split_view_get_show_content (self->split_view);

  gtk_widget_action_set_enabled (widget, "win.invite", at_pages && state == HK_ACCOUNT_READY && may_invite);
  gtk_widget_action_set_enabled (widget, "win.search",
                                 at_pages && can_search (hk_navigator_get_visible_page (self->navigator)));
  gtk_widget_action_set_enabled (widget, "win.refresh", has_token && !self->renewing);
  gtk_widget_action_set_enabled (widget, "win.undo", hk_account_get_undoable (self->account) != NULL);
  gtk_widget_action_set_enabled (widget, "win.back",
                                 at_pages && (at_content || hk_navigator_get_can_go_back (self->navigator)));
  gtk_widget_action_set_enabled (widget, "win.changes", at_pages);
  gtk_widget_action_set_enabled (widget, "win.show-page", at_pages);
  gtk_widget_action_set_enabled (widget, "win.show-row", at_pages);
  gtk_widget_action_set_enabled (widget, "win.open-keyring", state == HK_ACCOUNT_KEYRING_TROUBLE);
  gtk_widget_action_set_enabled (widget, "win.renew-token", has_token || is_without_keyring);
  gtk_widget_action_set_enabled (widget, "win.keep-token", self->renewing);
  gtk_widget_action_set_enabled (widget, "win.open-demo", !self->demo);
  gtk_widget_action_set_enabled (widget, "win.sign-out", has_token && !self->demo);
}
