/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-scenes.h"

#include <glib/gi18n.h>

#include "changes/hk-changes-dialog.h"
#include "changes/hk-conflict-dialog.h"
#include "compat/hk-about.h"
#include "invite/hk-invite-dialog.h"
#include "keys/hk-edit-key-dialog.h"
#include "keys/hk-key-page.h"
#include "locks/hk-lock-dialog.h"
#include "people/hk-person-dialog.h"
#include "preferences/hk-preferences-dialog.h"
#include "sign-in/hk-sign-in-page.h"
#include "ui-stub-store.h"
#include "window/hk-shortcuts-dialog.h"
#include "window/hk-window.h"

static GtkWidget *
get_page (UiTest *test)
{
  GtkWidget *page = hk_window_get_visible_page (HK_WINDOW (test->window));

  ui_await (gtk_widget_get_mapped (page));

  return page;
}

static GtkWidget *
get_window (UiTest *test)
{
  return GTK_WIDGET (test->window);
}

/* Puts the id, as hk_window_show_place() has it, where the name is. */
static char *
find_place (UiTest *test, const char *place)
{
  const char *name = strchr (place, '/');

  if (name == NULL)
    return g_strdup (place);

  name++;
  if (g_str_has_prefix (place, "key/"))
    return g_strdup_printf ("key/%s", nuki_key_get_id (hk_key_get_record (ui_key_named (test->account, name))));
  if (g_str_has_prefix (place, "person/"))
    return g_strdup_printf ("person/%d", nuki_user_get_id (ui_person_named (test->account, name)));

  return g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (ui_lock_named (test->account, name)));
}

static void
go_to (UiTest *test, const char *place)
{
  g_autofree char *found = find_place (test, place);

  hk_window_show_place (HK_WINDOW (test->window), found);
  get_page (test);
}

static GtkWidget *
get_dialog (GType type)
{
  ui_await (ui_toplevel (type) != NULL);

  return ui_toplevel (type);
}

static GtkWidget *
get_body (GtkWidget *dialog)
{
  g_autoptr (GtkWidget) body = NULL;

  g_object_get (dialog, "body", &body, NULL);
  ui_await (gtk_widget_get_mapped (body));

  return body;
}

static GtkWidget *
open_dialog (UiTest *test, HkDialog *dialog)
{
  ui_test_present (test, dialog);

  return get_body (GTK_WIDGET (dialog));
}

static GtkWidget *
get_alert (void)
{
  ui_await (ui_alert () != NULL);
  ui_await_frames (ui_alert ());

  return ui_alert ();
}

static GtkWidget *
open_menu (GtkWidget *root, const char *label)
{
  GtkWidget *button = ui_find_visible (root, GTK_TYPE_MENU_BUTTON, label);
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_await (gtk_widget_get_mapped (popover));

  return popover;
}

static void
refresh_in_vain (UiTest *test, const NukiSimFault *fault)
{
  nuki_simulator_add_fault (test->simulator, "GET", "*", NUKI_SIM_ALWAYS, fault);
  hk_account_refresh (test->account);
}

/* Signing in */

static UiTest *
open_with_keyring_trouble (void)
{
  HkTokenStore *store = ui_stub_store_new ();

  ui_stub_store_fail (UI_STUB_STORE (store), HK_TOKEN_STORE_ERROR_LOCKED,
                      _ ("The keyring is locked. Unlock it to use the token that is stored in it."));

  return ui_test_new_with_store (store);
}

static GtkWidget *
show_refused_token (UiTest *test)
{
  GtkWidget *page = ui_find_visible (get_window (test), HK_TYPE_SIGN_IN_PAGE, NULL);

  ui_set_text (ui_child (page, "entry"), "not-the-token");
  ui_await (gtk_widget_has_css_class (ui_child (page, "entry"), "error"));

  return get_window (test);
}

static GtkWidget *
show_renewal (UiTest *test)
{
  ui_activate_action (get_window (test), "win.renew-token");

  return get_window (test);
}

/* Keys */

static GtkWidget *
show_found_keys (UiTest *test)
{
  hk_window_search (HK_WINDOW (test->window), "moser");

  return get_window (test);
}

static GtkWidget *
show_no_keys_found (UiTest *test)
{
  hk_window_search (HK_WINDOW (test->window), "nobody has this name");
  ui_await (ui_shows (get_window (test), _ ("No Results Found")));

  return get_window (test);
}

static GtkWidget *
fail_change (UiTest *test)
{
  static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };
  HkChange *change;

  nuki_simulator_add_fault (test->simulator, "POST", "*", NUKI_SIM_ALWAYS, &refusal);
  change = hk_account_switch_key (test->account, ui_key_named (test->account, "Anna Moser"), FALSE);
  ui_await (hk_change_get_state (change) == HK_CHANGE_FAILED);

  return get_window (test);
}

/* All of them, also those that are left as they are and are not listed. */
static GtkWidget *
show_selected_keys (UiTest *test)
{
  GtkWidget *page = get_page (test);
  g_autofree char *devices = g_strdup_printf (_ ("Selected, but not listed now: %u."), 7u);

  g_object_set (page, "show-infrastructure", TRUE, NULL);
  ui_activate_action (ui_child (page, "list"), "keys.select-all");
  g_object_set (page, "show-infrastructure", FALSE, NULL);
  ui_await (ui_shows (ui_child (page, "selection_bar"), devices));

  return get_window (test);
}

static GtkWidget *
show_kept_keys (UiTest *test)
{
  static const NukiSimFault trouble = { NUKI_SIM_FAULT_ANSWER, .status = 503 };

  refresh_in_vain (test, &trouble);
  ui_await (ui_shows (get_window (test), _ ("What you see is less than a minute old.")));
  /* As while it is tried again. */
  gtk_spinner_start (ui_child (ui_child (get_window (test), "sidebar"), "spinner"));

  return get_window (test);
}

static GtkWidget *
show_rejected_token (UiTest *test)
{
  nuki_simulator_revoke_token (test->simulator, NUKI_SIMULATOR_DEMO_TOKEN);
  hk_account_refresh (test->account);
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_TOKEN_REJECTED);

  return get_window (test);
}

static GtkWidget *
open_key_menu (UiTest *test)
{
  return open_menu (get_window (test), _ ("More about this key"));
}

static GtkWidget *
show_deleted_key (UiTest *test)
{
  hk_account_delete_key (test->account, ui_key_named (test->account, "Bike workshop"));
  ui_await (ui_find_visible (get_window (test), GTK_TYPE_BUTTON, _ ("_Undo")) != NULL);

  return get_window (test);
}

/* People and locks */

static GtkWidget *
open_person_menu (UiTest *test)
{
  return open_menu (get_window (test), _ ("More about this person"));
}

static GtkWidget *
show_sidebar (UiTest *test)
{
  g_object_set (ui_child (test->window, "split_view"), "show-content", FALSE, NULL);

  return get_window (test);
}

static GtkWidget *
open_main_menu (UiTest *test)
{
  GtkWidget *button = ui_find (get_window (test), g_type_from_name ("HkMenuButton"), NULL);

  show_sidebar (test);
  ui_await (gtk_widget_get_mapped (button));

  return open_menu (button, NULL);
}

/* Dialogs */

static GtkWidget *
open_invitation (UiTest *test)
{
  ui_activate_action (get_window (test), "win.invite");

  return get_body (get_dialog (HK_TYPE_INVITE_DIALOG));
}

static HkInviteDraft *
get_draft (void)
{
  return hk_invite_dialog_get_draft (HK_INVITE_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));
}

static GtkWidget *
fill_invitation (UiTest *test)
{
  GtkWidget *body = open_invitation (test);

  ui_click (ui_find_visible (body, GTK_TYPE_BUTTON, _ ("New Person")));
  ui_set_text (ui_find_visible (body, ADW_TYPE_ENTRY_ROW, _ ("Name")), "Vera Lang");
  ui_set_text (ui_find_visible (body, ADW_TYPE_ENTRY_ROW, _ ("E-mail")), "vera.lang@");
  g_signal_emit_by_name (ui_find_visible (body, ADW_TYPE_ENTRY_ROW, _ ("E-mail")), "entry-activated");
  hk_limits_draft_set_mode (hk_invite_draft_get_limits (get_draft ()), HK_LIMITS_WEEKLY);

  return body;
}

static GtkWidget *
find_person (UiTest *test)
{
  GtkWidget *body = open_invitation (test);

  ui_set_text (ui_find_visible (body, ADW_TYPE_ENTRY_ROW, _ ("Name or e-mail")), "a");

  return body;
}

static GtkWidget *
open_code (UiTest *test)
{
  GtkWidget *body = open_invitation (test);

  /* Whoever presses it is there: GTK (4.18) keeps alive what had the focus when it was hidden. */
  gtk_widget_grab_focus (ui_child (ui_toplevel (HK_TYPE_INVITE_DIALOG), "code_toggle"));
  gtk_toggle_button_set_active (ui_child (ui_toplevel (HK_TYPE_INVITE_DIALOG), "code_toggle"), TRUE);
  hk_limits_draft_set_mode (hk_invite_draft_get_limits (get_draft ()), HK_LIMITS_RANGE);

  return body;
}

static GtkWidget *
ask_to_discard (UiTest *test)
{
  fill_invitation (test);
  hk_dialog_close (HK_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));

  return get_alert ();
}

static GtkWidget *
edit_key (UiTest *test)
{
  ui_activate_action (get_page (test), "key.edit");

  return get_body (get_dialog (HK_TYPE_EDIT_KEY_DIALOG));
}

static GtkWidget *
choose_date (UiTest *test)
{
  GtkWidget *row = ui_find_visible (edit_key (test), g_type_from_name ("HkDateTimeRow"), _ ("Until"));

  return open_menu (row, NULL);
}

static GtkWidget *
edit_person (UiTest *test)
{
  ui_activate_action (get_page (test), "person.edit");

  return get_body (get_dialog (HK_TYPE_PERSON_DIALOG));
}

static GtkWidget *
delete_person (UiTest *test)
{
  ui_activate_action (get_page (test), "person.delete");

  return get_alert ();
}

static GtkWidget *
rename_lock (UiTest *test)
{
  ui_activate_action (get_page (test), "lock.rename");

  return get_body (get_dialog (HK_TYPE_LOCK_DIALOG));
}

static GtkWidget *
open_no_changes (UiTest *test)
{
  ui_activate_action (get_window (test), "win.changes");

  return get_body (get_dialog (HK_TYPE_CHANGES_DIALOG));
}

static GtkWidget *
open_changes (UiTest *test)
{
  fail_change (test);

  return open_no_changes (test);
}

static GtkWidget *
compare_key (UiTest *test)
{
  HkKey *key = ui_key_named (test->account, "John Doe");
  g_autoptr (NukiKeySpec) base = hk_key_dup_spec (key);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autoptr (NukiLimits) always = nuki_limits_new_always ();
  g_autoptr (NukiLimits) weekly = nuki_limits_new (NULL, NULL, NUKI_SUNDAY | NUKI_MONDAY, 540, 1200);
  HkChange *change;

  nuki_key_spec_set_limits (base, always);
  nuki_key_spec_set_limits (spec, weekly);
  change = hk_account_update_key (test->account, key, base, spec);
  ui_await (hk_change_get_conflict (change) != 0);

  return open_dialog (test, HK_DIALOG (hk_conflict_dialog_new (test->account, change)));
}

static GtkWidget *
compare_person (UiTest *test)
{
  NukiUser *person = ui_person_named (test->account, "Anna Moser");
  g_autoptr (HkDetails) seen = hk_details_new_of_person ("Anna", "anna@example.com", "it");
  HkChange *change = hk_account_update_person (test->account, person, seen, "John Doe", "john.doe@example.org", "fr");

  ui_await (hk_change_get_conflict (change) != 0);

  return open_dialog (test, HK_DIALOG (hk_conflict_dialog_new (test->account, change)));
}

static GtkWidget *
open_preferences (UiTest *test)
{
  ui_activate_action (get_window (test), "win.preferences");

  return get_body (get_dialog (HK_TYPE_PREFERENCES_DIALOG));
}

static GtkWidget *
open_shortcuts (UiTest *test)
{
  ui_activate_action (get_window (test), "win.shortcuts");

  return get_body (get_dialog (HK_TYPE_SHORTCUTS_DIALOG));
}

static GtkWidget *
open_about (UiTest *test)
{
  GType type = g_type_from_name ("AdwAboutDialog");

  hk_about_present (get_window (test));

  return get_dialog (type != G_TYPE_INVALID ? type : g_type_from_name ("AdwAboutWindow"));
}

static GtkWidget *
ask_to_sign_out (UiTest *test)
{
  ui_activate_action (get_window (test), "win.sign-out");

  return get_alert ();
}

static const UiScene scenes[] = {
  { "sign-in", ui_test_new_signed_out, NULL, NULL },
  { "sign-in-refused", ui_test_new_signed_out, NULL, show_refused_token },
  { "sign-in-again", NULL, NULL, show_renewal },
  { "keyring-locked", open_with_keyring_trouble, NULL, NULL },
  { "keys", NULL, "keys", NULL },
  { "keys-found", NULL, NULL, show_found_keys },
  { "keys-not-found", NULL, NULL, show_no_keys_found },
  { "keys-failed", NULL, "keys", fail_change },
  { "keys-selected", NULL, "keys", show_selected_keys },
  { "keys-kept", NULL, "keys", show_kept_keys },
  { "keys-token-rejected", NULL, "keys", show_rejected_token },
  { "key", NULL, "key/John Doe", NULL },
  { "key-code", NULL, "key/Cleaning", NULL },
  { "key-offline", NULL, "key/Pieter van den Berg", NULL },
  { "key-failed", NULL, "key/Anna Moser", fail_change },
  { "key-menu", NULL, "key/John Doe", open_key_menu },
  { "key-deleted", NULL, "keys", show_deleted_key },
  { "people", NULL, "people", NULL },
  { "person", NULL, "person/Aoife O’Brien", NULL },
  { "person-menu", NULL, "person/Aoife O’Brien", open_person_menu },
  { "lock", NULL, "lock/Front door", NULL },
  { "lock-offline", NULL, "lock/Garage", NULL },
  { "lock-intercom", NULL, "lock/Street intercom", NULL },
  { "sidebar", NULL, NULL, show_sidebar },
  { "menu", NULL, NULL, open_main_menu },
  { "invite", NULL, NULL, open_invitation },
  { "invite-search", NULL, NULL, find_person },
  { "invite-filled", NULL, NULL, fill_invitation },
  { "invite-code", NULL, NULL, open_code },
  { "discard", NULL, NULL, ask_to_discard },
  { "key-edit", NULL, "key/John Doe", edit_key },
  { "date", NULL, "key/John Doe", choose_date },
  { "person-edit", NULL, "person/Aoife O’Brien", edit_person },
  { "person-delete", NULL, "person/Aoife O’Brien", delete_person },
  { "lock-rename", NULL, "lock/Garage", rename_lock },
  { "changes-none", NULL, NULL, open_no_changes },
  { "changes", NULL, NULL, open_changes },
  { "compare-key", NULL, NULL, compare_key },
  { "compare-person", NULL, NULL, compare_person },
  { "preferences", NULL, NULL, open_preferences },
  { "shortcuts", NULL, NULL, open_shortcuts },
  { "about", NULL, NULL, open_about },
  { "sign-out", NULL, NULL, ask_to_sign_out },
};

/**
 * ui_open_window:
 * @test: an account
 * @width: pixels
 *
 * Opens the window of the application on the account, which owns it.
 *
 * Returns: (transfer none): the window, on the screen
 */
HkWindow *
ui_open_window (UiTest *test, int width)
{
  HkWindow *window = hk_window_new (NULL, test->account, NULL, FALSE);

  test->window = GTK_WINDOW (window);
  gtk_window_set_default_size (test->window, width, 680);
  gtk_window_present (test->window);
  ui_await (gtk_widget_get_mapped (GTK_WIDGET (window)));
  ui_await_frames (GTK_WIDGET (window));

  return window;
}

/**
 * ui_scenes_get:
 * @n_scenes: (out): how many there are
 *
 * Returns: (transfer none): every page, dialog, question and menu of the application
 */
const UiScene *
ui_scenes_get (guint *n_scenes)
{
  *n_scenes = G_N_ELEMENTS (scenes);

  return scenes;
}

/**
 * ui_scene_enter:
 * @test: (out) (transfer full): the account and its window; it ends the scene
 *
 * Opens a window and brings it to @scene.
 *
 * Returns: (transfer none): what is to be looked at
 */
GtkWidget *
ui_scene_enter (const UiScene *scene, UiTest **test)
{
  UiTest *self = scene->open != NULL ? scene->open () : ui_test_new ();

  *test = self;
  ui_open_window (self, 1000);
  if (scene->place != NULL)
    go_to (self, scene->place);

  return scene->show != NULL ? scene->show (self) : get_window (self);
}

/**
 * ui_scene_leave:
 * @widget: what ui_scene_enter() returned
 * @test: (transfer full): and its account
 *
 * Ends the scene.
 */
void
ui_scene_leave (GtkWidget *widget, UiTest *test)
{
  if (GTK_IS_POPOVER (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  ui_settle ();
  ui_test_free (test);
}
