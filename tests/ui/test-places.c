/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "invite/hk-invite-dialog.h"
#include "keys/hk-key-filter.h"
#include "keys/hk-key-page.h"
#include "keys/hk-keys-page.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-page.h"
#include "ui-test.h"
#include "window/hk-window.h"

typedef struct
{
  UiTest *test;
  GSettings *settings;
  HkWindow *window;
} Fixture;

static void
open_window (Fixture *fixture, gboolean demo)
{
  fixture->window = hk_window_new (NULL, fixture->test->account, fixture->settings, demo);
  fixture->test->window = GTK_WINDOW (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_await (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

static void
close_window (Fixture *fixture)
{
  g_clear_pointer (&fixture->test->window, gtk_window_destroy);
  ui_settle ();
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->settings = g_settings_new ("io.github.housekeys.Housekeys");
  g_settings_reset (fixture->settings, "page");
  g_settings_reset (fixture->settings, "key-category");
  fixture->test = ui_test_new ();
  open_window (fixture, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
  g_object_unref (fixture->settings);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return hk_window_get_visible_page (fixture->window);
}

static void
act (Fixture *fixture, const char *action)
{
  ui_activate_action (GTK_WIDGET (fixture->window), action);
}

static void
test_page (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.show-page::people");
  close_window (fixture);
  open_window (fixture, FALSE);
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
}

static void
test_lock (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (NukiLock) before = NULL;
  g_autoptr (NukiLock) after = NULL;

  act (fixture, "win.show-row(4)");
  g_object_get (get_page (fixture), "lock", &before, NULL);
  close_window (fixture);
  open_window (fixture, FALSE);
  g_object_get (get_page (fixture), "lock", &after, NULL);
  g_assert_true (before == after);
}

static void
test_filter (Fixture *fixture, gconstpointer user_data)
{
  HkKeyCategory category = HK_KEY_CATEGORY_ALL;

  ui_activate_action (get_page (fixture), "keys.show::off");
  close_window (fixture);
  open_window (fixture, FALSE);
  g_object_get (get_page (fixture), "category", &category, NULL);
  g_assert_cmpint (category, ==, HK_KEY_CATEGORY_OFF);
}

static void
test_lock_gone (Fixture *fixture, gconstpointer user_data)
{
  static const char *const places[] = { "lock/99", "lock/", "lock/front door", "lock", "", "keys/1", "person/-1" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *page = NULL;

      close_window (fixture);
      g_settings_set_string (fixture->settings, "page", places[i]);
      open_window (fixture, FALSE);
      g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
      page = g_settings_get_string (fixture->settings, "page");
      g_assert_cmpstr (page, ==, "keys");
    }
}

static void
test_demo (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.show-page::people");
  close_window (fixture);
  open_window (fixture, TRUE);
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));
  ui_activate_action (get_page (fixture), "keys.show::off");
  act (fixture, "win.show-row(4)");
  close_window (fixture);
  open_window (fixture, FALSE);
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
}

/* Not to be taken for the page that was chosen: what is remembered is still to be shown. */
static void
test_loading (void)
{
  Fixture fixture = { .settings = g_settings_new ("io.github.housekeys.Housekeys") };

  g_settings_set_string (fixture.settings, "page", "people");
  fixture.test = ui_test_new_signed_out ();
  open_window (&fixture, FALSE);
  g_assert_cmpint (hk_account_get_state (fixture.test->account), ==, HK_ACCOUNT_SIGNED_OUT);
  hk_account_sign_in_async (fixture.test->account, NUKI_SIMULATOR_DEMO_TOKEN, FALSE, NULL, NULL, NULL);
  ui_await (hk_account_get_state (fixture.test->account) == HK_ACCOUNT_READY);
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (&fixture)));
  tear_down (&fixture, NULL);
}

static HkKey *
get_some_key (Fixture *fixture)
{
  GListModel *keys = hk_account_get_keys (fixture->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_key_get_person (key) != NULL)
        return key;
    }

  g_assert_not_reached ();
}

static void
test_things (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = get_some_key (fixture);
  g_autofree char *key_place = g_strconcat ("key/", nuki_key_get_id (hk_key_get_record (key)), NULL);
  g_autofree char *person_place = g_strdup_printf ("person/%d", nuki_user_get_id (hk_key_get_person (key)));
  g_autofree char *lock_place = g_strdup_printf ("lock/%" G_GINT64_FORMAT, hk_key_get_lock_id (key));
  g_autoptr (GObject) subject = NULL;

  hk_window_show_place (fixture->window, key_place);
  g_object_get (get_page (fixture), "key", &subject, NULL);
  g_assert_true (subject == G_OBJECT (key));
  act (fixture, "win.back");
  g_assert_true (HK_IS_KEYS_PAGE (get_page (fixture)));

  hk_window_show_place (fixture->window, person_place);
  g_assert_true (HK_IS_PERSON_PAGE (get_page (fixture)));
  act (fixture, "win.back");
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));

  hk_window_show_place (fixture->window, lock_place);
  g_assert_true (HK_IS_LOCK_PAGE (get_page (fixture)));
  hk_window_show_place (fixture->window, "key/nonsense");
  g_assert_true (HK_IS_LOCK_PAGE (get_page (fixture)));
}

static GtkWidget *
find_button (Fixture *fixture, const char *label)
{
  return ui_find_visible (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, label);
}

static void
test_tells_found_people (Fixture *fixture, gconstpointer user_data)
{
  act (fixture, "win.show-page::people");
  g_object_set (get_page (fixture), "search-mode", TRUE, NULL);
  ui_set_text (ui_child (get_page (fixture), "search_entry"), "anna");
  ui_await (g_str_equal (ui_announcement (fixture->window), "1 person"));
  ui_set_text (ui_child (get_page (fixture), "search_entry"), "nobody has this name");
  ui_await (g_str_equal (ui_announcement (fixture->window), "No Results Found"));
  ui_set_text (ui_child (get_page (fixture), "search_entry"), "");
  ui_await (g_str_equal (ui_announcement (fixture->window), "12 people"));
}

#define CREATING "Creating code “Gardening”…"

static HkInviteDraft *
await_form (void)
{
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) != NULL);

  return hk_invite_dialog_get_draft (HK_INVITE_DIALOG (ui_toplevel (HK_TYPE_INVITE_DIALOG)));
}

static HkLockChoice *
find_front_door (Fixture *fixture, HkInviteDraft *draft)
{
  return hk_lock_choices_find (hk_invite_draft_get_choices (draft), ui_lock_named (fixture->test->account, "Front door"));
}

/* It is said at once. */
static void
send_form (Fixture *fixture, const char *said)
{
  ui_activate_action (ui_toplevel (HK_TYPE_INVITE_DIALOG), "invite.send");
  g_assert_cmpstr (ui_announcement (fixture->window), ==, said);
  ui_await (ui_toplevel (HK_TYPE_INVITE_DIALOG) == NULL);
}

/* A code for the front door, from the form. */
static void
create_code (Fixture *fixture)
{
  HkInviteDraft *draft;

  act (fixture, "win.invite");
  draft = await_form ();
  g_object_set (draft, "for-code", TRUE, "name", "Gardening", "code", "345678", NULL);
  hk_lock_choice_set_chosen (find_front_door (fixture, draft), TRUE);
  send_form (fixture, CREATING);
}

static GtkWidget *
await_invite_button (Fixture *fixture)
{
  GtkWidget *content = NULL;

  ui_await ((content = ui_find_visible (get_page (fixture), GTK_TYPE_WIDGET, "Invite")) != NULL);

  return gtk_widget_get_ancestor (content, GTK_TYPE_BUTTON);
}

/* Where or who is answered already. */
static void
test_sent_from_page_of_lock (Fixture *fixture, gconstpointer user_data)
{
  NukiLock *lock = ui_lock_named (fixture->test->account, "Front door");
  g_autofree char *place = g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (lock));
  HkInviteDraft *draft;

  hk_window_show_place (fixture->window, place);
  ui_click (await_invite_button (fixture));
  draft = await_form ();
  g_assert_true (hk_lock_choice_get_chosen (find_front_door (fixture, draft)));
  g_object_set (draft, "for-code", TRUE, "name", "Gardening", "code", "345678", NULL);
  send_form (fixture, CREATING);
  ui_await (find_button (fixture, "_Show") != NULL);
}

static void
test_sent_from_page_of_person (Fixture *fixture, gconstpointer user_data)
{
  NukiUser *person = ui_person_named (fixture->test->account, "Zoë & Søren");
  g_autofree char *place = g_strdup_printf ("person/%d", nuki_user_get_id (person));
  HkInviteDraft *draft;

  hk_window_show_place (fixture->window, place);
  ui_click (await_invite_button (fixture));
  draft = await_form ();
  g_assert_true (hk_invite_draft_get_person (draft) == person);
  hk_lock_choice_set_chosen (find_front_door (fixture, draft), TRUE);
  send_form (fixture, "Inviting Zoë & Søren…");
  ui_await (find_button (fixture, "_Show") != NULL);
}

static void
test_cannot_invite (Fixture *fixture, gconstpointer user_data)
{
  NukiUser *person = ui_person_named (fixture->test->account, "Zoë & Søren");
  g_autofree char *place = g_strdup_printf ("person/%d", nuki_user_get_id (person));
  GtkWidget *button;

  hk_window_show_place (fixture->window, place);
  button = await_invite_button (fixture);
  g_assert_true (gtk_widget_is_sensitive (button));
  nuki_simulator_add_token (fixture->test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock");
  act (fixture, "win.refresh");
  ui_await (!gtk_widget_is_sensitive (button));
}

/* From a page where it is out of sight; that it failed is told beside it. */
static void
test_sent (Fixture *fixture, gconstpointer user_data)
{
  static const NukiSimFault refusal = { NUKI_SIM_FAULT_ANSWER, .status = 403 };

  act (fixture, "win.show-page::people");
  nuki_simulator_add_fault (fixture->test->simulator, "PUT", "*", NUKI_SIM_ALWAYS, &refusal);
  create_code (fixture);
  ui_await (find_button (fixture, "_Show") != NULL);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->window), CREATING));
  ui_await (g_str_has_prefix (ui_announcement (fixture->window), "1 change failed. "));

  ui_click (find_button (fixture, "_Show"));
  ui_await (HK_IS_KEY_PAGE (get_page (fixture)));
  g_assert_true (ui_shows (get_page (fixture), "Gardening"));
}

static void
test_sent_and_undo (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;

  hk_account_delete_key (account, ui_key_named (account, "Anna Moser"));
  ui_await (find_button (fixture, "_Undo") != NULL);
  create_code (fixture);
  ui_await_frames (GTK_WIDGET (fixture->window));
  g_assert_nonnull (find_button (fixture, "_Undo"));
  g_assert_null (find_button (fixture, "_Show"));

  /* It has been said, and is not said again when it is seen. */
  ui_click (find_button (fixture, "_Undo"));
  ui_await (find_button (fixture, "_Show") != NULL);
  g_assert_cmpstr (ui_announcement (fixture->window), !=, CREATING);

  /* A deletion does not wait until it has been seen for long enough. */
  hk_account_delete_key (account, ui_key_named (account, "Anna Moser"));
  ui_await (find_button (fixture, "_Undo") != NULL);
  ui_click (find_button (fixture, "_Undo"));
  ui_await (find_button (fixture, "_Show") != NULL);
}

static int
measure_header_bar (GtkWidget *page)
{
  ui_await (gtk_widget_get_mapped (page));
  ui_await_frames (page);

  return gtk_widget_get_height (ui_find_visible (page, ADW_TYPE_HEADER_BAR, NULL));
}

static void
test_header_bars (Fixture *fixture, gconstpointer user_data)
{
  HkAccount *account = fixture->test->account;
  g_autofree char *key = g_strdup_printf ("key/%s", nuki_key_get_id (hk_key_get_record (ui_key_named (account, "Anna Moser"))));
  g_autofree char *person = g_strdup_printf ("person/%d", nuki_user_get_id (ui_person_named (account, "Zoë & Søren")));
  g_autofree char *lock = g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (ui_lock_named (account, "Garage")));
  const char *const places[] = { "people", key, person, lock };
  int height;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  ui_await (gtk_widget_has_css_class (GTK_WIDGET (fixture->window), "narrow"));
  height = measure_header_bar (ui_child (fixture->window, "sidebar"));
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      hk_window_show_place (fixture->window, places[i]);
      g_assert_cmpint (measure_header_bar (get_page (fixture)), ==, height);
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/places/a-window-opens-at-the-page-of-the-last-one", test_page);
  ADD ("/places/a-window-opens-at-the-lock-of-the-last-one", test_lock);
  ADD ("/places/the-filter-of-the-keys-is-remembered", test_filter);
  ADD ("/places/a-page-that-is-no-more-gives-way-to-the-keys", test_lock_gone);
  ADD ("/places/the-demo-account-leaves-nothing-behind", test_demo);
  ADD ("/places/a-key-a-person-and-a-lock-are-found-by-their-names", test_things);
  ADD ("/places/says-how-many-people-were-found", test_tells_found_people);
  ADD ("/places/what-was-sent-is-told-and-shown", test_sent);
  ADD ("/places/what-was-sent-from-the-page-of-a-lock-is-told-and-shown", test_sent_from_page_of_lock);
  ADD ("/places/what-was-sent-from-the-page-of-a-person-is-told-and-shown", test_sent_from_page_of_person);
  ADD ("/places/who-may-not-invite-is-not-offered-it-at-a-person", test_cannot_invite);
  ADD ("/places/what-was-sent-leaves-an-undo-in-place", test_sent_and_undo);
  ADD ("/places/the-header-bar-on-a-telephone-is-as-high-on-each-page", test_header_bars);
  g_test_add_func ("/places/what-is-remembered-waits-for-the-data", test_loading);

  return g_test_run ();
}
