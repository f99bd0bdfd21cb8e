/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <hk-account-private.h>
#include <nuki-sim-demo.h>

#include "sign-in/hk-sign-in-page.h"
#include "sign-in/hk-start-page.h"
#include "ui-stub-store.h"
#include "ui-test.h"
#include "window/hk-window.h"

typedef struct
{
  UiTest *test;
  HkSignInPage *page;
  GtkWidget *entry;
  guint n_signed_in;
} Fixture;

static void
on_signed_in (HkSignInPage *page, Fixture *fixture)
{
  fixture->n_signed_in++;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *page;

  fixture->test = ui_test_new_signed_out ();
  page = hk_sign_in_page_new (fixture->test->account);
  fixture->page = HK_SIGN_IN_PAGE (page);
  fixture->entry = ui_child (page, "entry");
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signed_in), fixture);
  hk_sign_in_page_start (fixture->page, NULL, FALSE, FALSE);
  ui_test_show (fixture->test, page);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
}

static gboolean
can_sign_in (Fixture *fixture)
{
  return gtk_widget_get_sensitive (ui_child (fixture->page, "sign_in_button"));
}

static const char *
get_error (Fixture *fixture)
{
  GtkWidget *label = ui_child (fixture->page, "error_label");

  return gtk_widget_get_mapped (label) ? ui_text (label) : NULL;
}

static void
assert_invalid (Fixture *fixture, GtkAccessibleInvalidState state)
{
  /* Of the text in the row, which has the focus. */
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (fixture->entry));
  g_autofree char *mismatch = gtk_test_accessible_check_state (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_STATE_INVALID,
                                                               state);

  g_assert_null (mismatch);
}

static void
test_explains_itself (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *link = ui_find_visible (page, GTK_TYPE_LINK_BUTTON, NULL);

  g_assert_true (ui_shows (page, "needs an API token"));
  g_assert_true (ui_shows (page, "then “API tokens”"));
  g_assert_nonnull (link);
  g_assert_cmpstr (gtk_link_button_get_uri (GTK_LINK_BUTTON (link)), ==, "https://web.nuki.io");
  g_assert_false (can_sign_in (fixture));
  g_assert_null (get_error (fixture));
}

static void
test_no_browser (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  GtkWidget *link = ui_find_visible (page, GTK_TYPE_LINK_BUTTON, NULL);

  /* Nobody's browser is opened by a test. */
  gtk_link_button_set_uri (GTK_LINK_BUTTON (link), "unheard-of:nuki");
  ui_click (link);
  ui_await (ui_shows (page, "No browser can be opened from here: go to web.nuki.io"));
}

static void
test_good_token (Fixture *fixture, gconstpointer user_data)
{
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  g_assert_false (can_sign_in (fixture));
  ui_await (can_sign_in (fixture));
  g_assert_null (get_error (fixture));
  g_assert_true (gtk_widget_get_mapped (ui_child (fixture->page, "scopes")));
  g_assert_false (gtk_widget_get_mapped (ui_child (fixture->page, "scopes_label")));

  ui_click (ui_child (fixture->page, "sign_in_button"));
  ui_await (fixture->n_signed_in == 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "");
  ui_await (hk_account_get_state (fixture->test->account) == HK_ACCOUNT_READY);
}

static void
test_return_signs_in (Fixture *fixture, gconstpointer user_data)
{
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  ui_await (fixture->n_signed_in == 1);
}

static void
test_other_text_is_not_signed_in (Fixture *fixture, gconstpointer user_data)
{
  ui_set_text (fixture->entry, "not-the-token");
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  ui_set_text (fixture->entry, "neither");
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  ui_await (get_error (fixture) != NULL);

  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (can_sign_in (fixture));
  ui_settle ();
  g_assert_cmpuint (fixture->n_signed_in, ==, 0);
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_SIGNED_OUT);

  g_signal_emit_by_name (fixture->entry, "entry-activated");
  ui_await (fixture->n_signed_in == 1);
}

static void
test_empty_token (Fixture *fixture, gconstpointer user_data)
{
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  g_assert_nonnull (get_error (fixture));
  assert_invalid (fixture, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (can_sign_in (fixture));

  ui_set_text (fixture->entry, "x");
  g_assert_null (get_error (fixture));
  assert_invalid (fixture, GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_line_breaks (Fixture *fixture, gconstpointer user_data)
{
  guint before = nuki_simulator_get_n_requests (fixture->test->simulator);

  ui_set_text (fixture->entry, "demo\ntoken");
  ui_await (get_error (fixture) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "demo\ntoken");
  g_assert_false (can_sign_in (fixture));
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->test->simulator), ==, before);
}

static void
test_refused_token (Fixture *fixture, gconstpointer user_data)
{
  ui_set_text (fixture->entry, "not-the-token");
  ui_await (get_error (fixture) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, "not-the-token");
  g_assert_false (can_sign_in (fixture));
  g_assert_false (gtk_widget_get_mapped (ui_child (fixture->page, "scopes")));

  /* A better one is checked anew. */
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (can_sign_in (fixture));
}

static void
test_refusal_is_in_sight (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *label = ui_child (fixture->page, "error_label");

  gtk_window_set_default_size (fixture->test->window, 360, 294);
  ui_await (gtk_widget_get_height (GTK_WIDGET (fixture->page)) <= 294);
  g_assert_false (ui_in_view (fixture->entry));

  ui_set_text (fixture->entry, "not-the-token");
  ui_await (ui_in_view (label));
  g_assert_true (ui_in_view (fixture->entry));
}

static void
test_useless_token (Fixture *fixture, gconstpointer user_data)
{
  nuki_simulator_add_token (fixture->test->simulator, "people-only", "account");
  ui_set_text (fixture->entry, "people-only");
  ui_await (get_error (fixture) != NULL);
  g_assert_nonnull (strstr (get_error (fixture), "may not see locks"));
  g_assert_false (can_sign_in (fixture));

  nuki_simulator_add_token (fixture->test->simulator, "locks-only", "smartlock");
  ui_set_text (fixture->entry, "locks-only");
  ui_await (get_error (fixture) != NULL);
  g_assert_nonnull (strstr (get_error (fixture), "may not manage authorizations"));
  g_assert_false (can_sign_in (fixture));
}

static void
test_missing_scopes (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *label = ui_child (fixture->page, "scopes_label");
  graphene_rect_t words, icon;

  nuki_simulator_add_token (fixture->test->simulator, "locks-and-keys", "smartlock smartlock.auth");
  ui_set_text (fixture->entry, "locks-and-keys");
  ui_await (can_sign_in (fixture));
  g_assert_true (gtk_widget_get_mapped (label));
  g_assert_nonnull (strstr (ui_text (label), "activity"));

  /* It stands below what the token may be used for. */
  ui_await_frames (label);
  g_assert_true (gtk_widget_compute_bounds (label, GTK_WIDGET (fixture->page), &words));
  g_assert_true (gtk_widget_compute_bounds (ui_child (fixture->page, "locks_icon"), GTK_WIDGET (fixture->page), &icon));
  g_assert_cmpfloat (words.origin.x, ==, icon.origin.x);
}

static void
test_no_network (Fixture *fixture, gconstpointer user_data)
{
  nuki_simulator_stop (fixture->test->simulator);
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (get_error (fixture) != NULL);
  g_assert_false (can_sign_in (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, NUKI_SIMULATOR_DEMO_TOKEN);
}

static void
set_up_stub_store (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *page;

  fixture->test = ui_test_new_with_store (ui_stub_store_new ());
  page = hk_sign_in_page_new (fixture->test->account);
  fixture->page = HK_SIGN_IN_PAGE (page);
  fixture->entry = ui_child (page, "entry");
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signed_in), fixture);
  ui_test_show (fixture->test, page);
}

static void
enter_token (Fixture *fixture)
{
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (can_sign_in (fixture));
  ui_click (ui_child (fixture->page, "sign_in_button"));
}

static void
test_no_keyring (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);
  GtkWidget *box = ui_child (fixture->page, "keyring_box");

  ui_stub_store_fail (store, HK_TOKEN_STORE_ERROR_UNAVAILABLE, "There is no keyring.");
  enter_token (fixture);
  ui_await (gtk_widget_get_mapped (box));
  g_assert_true (ui_shows (box, "There is no keyring."));
  g_assert_cmpuint (fixture->n_signed_in, ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), ==, NUKI_SIMULATOR_DEMO_TOKEN);
  g_assert_true (can_sign_in (fixture));

  ui_click (ui_find_visible (box, GTK_TYPE_BUTTON, "_Keep the Token for This Session Only"));
  ui_await (fixture->n_signed_in == 1);
  g_assert_null (ui_stub_store_get_token (store));
}

static void
test_keyring_asks (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);
  GtkWidget *box = ui_child (fixture->page, "keyring_box");

  ui_stub_store_ask (store);
  enter_token (fixture);
  g_assert_false (gtk_widget_get_mapped (box));
  ui_await (gtk_widget_get_mapped (box));
  g_assert_true (ui_shows (box, "Perhaps the keyring is asking for its password."));
  g_assert_cmpuint (fixture->n_signed_in, ==, 0);

  ui_click (ui_find_visible (box, GTK_TYPE_BUTTON, "_Keep the Token for This Session Only"));
  ui_await (fixture->n_signed_in == 1);
  g_assert_false (gtk_widget_get_mapped (box));
  g_assert_null (ui_stub_store_get_token (store));
}

static void
test_keyring_again (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);

  ui_stub_store_fail (store, HK_TOKEN_STORE_ERROR_LOCKED, "The keyring is locked.");
  enter_token (fixture);
  ui_await (gtk_widget_get_mapped (ui_child (fixture->page, "keyring_box")));

  ui_stub_store_work (store);
  ui_click (ui_child (fixture->page, "sign_in_button"));
  ui_await (fixture->n_signed_in == 1);
  g_assert_cmpstr (ui_stub_store_get_token (store), ==, NUKI_SIMULATOR_DEMO_TOKEN);
}

/* In the window, which is what says it. */
static void
set_up_window (Fixture *fixture, gconstpointer user_data)
{
  HkWindow *window;
  GtkWidget *page;

  fixture->test = ui_test_new_with_store (ui_stub_store_new ());
  window = hk_window_new (NULL, fixture->test->account, NULL, FALSE);
  fixture->test->window = GTK_WINDOW (window);
  gtk_window_present (GTK_WINDOW (window));
  hk_account_open (fixture->test->account);
  ui_await ((page = ui_find_visible (GTK_WIDGET (window), HK_TYPE_SIGN_IN_PAGE, NULL)) != NULL);
  fixture->page = HK_SIGN_IN_PAGE (page);
  fixture->entry = ui_child (page, "entry");
  g_signal_connect (page, "signed-in", G_CALLBACK (on_signed_in), fixture);
}

static gboolean
is_said (Fixture *fixture, const char *text)
{
  return g_strcmp0 (ui_announcement (fixture->test->window), text) == 0;
}

static void
test_check_is_said (Fixture *fixture, gconstpointer user_data)
{
  g_assert_true (is_said (fixture, ui_text (ui_child (fixture->page, "notice"))));

  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (is_said (fixture, "Checking the token…"));
  ui_await (can_sign_in (fixture));
  g_assert_true (is_said (fixture, "The service accepts the token."));

  nuki_simulator_add_token (fixture->test->simulator, "locks-and-keys", "smartlock smartlock.auth");
  ui_set_text (fixture->entry, "locks-and-keys");
  ui_await (can_sign_in (fixture));
  g_assert_true (g_str_has_prefix (ui_announcement (fixture->test->window), "The service accepts the token. Without"));

  ui_click (ui_child (fixture->page, "sign_in_button"));
  ui_await (is_said (fixture, "Signing in…"));
  ui_await (fixture->n_signed_in == 1);
}

/* Whoever presses Return after that has it checked once more, and hears what came of it. */
static void
test_refusal_is_said_again (Fixture *fixture, gconstpointer user_data)
{
  static const char *const useless[] = { "not-the-token", "people-only", "locks-only", "two\nlines" };

  nuki_simulator_add_token (fixture->test->simulator, "people-only", "account");
  nuki_simulator_add_token (fixture->test->simulator, "locks-only", "smartlock");
  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      ui_set_text (fixture->entry, useless[i]);
      ui_await (get_error (fixture) != NULL);
      g_assert_true (is_said (fixture, get_error (fixture)));

      gtk_widget_activate_action (GTK_WIDGET (fixture->page), "win.announce", "s", "-");
      g_signal_emit_by_name (fixture->entry, "entry-activated");
      g_assert_false (is_said (fixture, "-"));
      ui_await (get_error (fixture) != NULL);
      g_assert_true (is_said (fixture, get_error (fixture)));
      g_assert_cmpuint (fixture->n_signed_in, ==, 0);
    }
}

static void
test_keyring_is_said (Fixture *fixture, gconstpointer user_data)
{
  UiStubStore *store = UI_STUB_STORE (fixture->test->store);

  ui_stub_store_fail (store, HK_TOKEN_STORE_ERROR_LOCKED, "The keyring is locked.");
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  ui_await (can_sign_in (fixture));
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  ui_await (gtk_widget_get_mapped (ui_child (fixture->page, "keyring_box")));
  g_assert_true (is_said (fixture, ui_text (ui_child (fixture->page, "keyring_label"))));
}

/* With the focus on the way out of it. */
static void
test_start_page_trouble_is_said (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *window = GTK_WIDGET (hk_window_new (NULL, test->account, NULL, FALSE));
  GtkWidget *page;
  g_autofree char *said = NULL;

  test->window = GTK_WINDOW (window);
  gtk_window_present (test->window);
  hk_token_store_store_async (test->store, hk_account_get_api_url (test->account), NUKI_SIMULATOR_DEMO_TOKEN, NULL,
                              NULL, NULL);
  nuki_simulator_stop (test->simulator);
  hk_account_open (test->account);
  ui_await ((page = ui_find_visible (window, HK_TYPE_START_PAGE, NULL)) != NULL);
  ui_await (gtk_widget_get_mapped (ui_child (page, "main_button")));
  ui_await (g_str_has_prefix (ui_announcement (window), "Your Locks Cannot Be Loaded. "));
  ui_await (gtk_window_get_focus (test->window) == ui_child (page, "main_button"));

  said = g_strdup (ui_announcement (window));
  ui_click (ui_child (page, "main_button"));
  ui_await (g_strcmp0 (ui_announcement (window), "Loading your locks…") == 0);
  ui_await (g_strcmp0 (ui_announcement (window), said) == 0);
  ui_test_free (test);
}

static void
test_start_page_keyring (void)
{
  static const struct
  {
    HkTokenStoreError code;
    const char *title;
    const char *button;
  } troubles[] = {
    { HK_TOKEN_STORE_ERROR_LOCKED, "The Keyring Is Locked", "_Unlock" },
    { HK_TOKEN_STORE_ERROR_UNAVAILABLE, "The Keyring Cannot Be Used", "_Try Again" },
    { HK_TOKEN_STORE_ERROR_FAILED, "The Keyring Cannot Be Used", "_Try Again" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      HkTokenStore *store = ui_stub_store_new ();
      UiTest *test;
      GtkWidget *page;

      ui_stub_store_fail (UI_STUB_STORE (store), troubles[i].code, "It <b>&refuses.");
      test = ui_test_new_with_store (store);
      page = hk_start_page_new (test->account);
      ui_test_show (test, page);
      g_assert_true (ui_shows (page, troubles[i].title));
      g_assert_true (ui_shows (page, "It <b>&refuses."));
      g_assert_nonnull (ui_find_visible (page, GTK_TYPE_BUTTON, troubles[i].button));
      ui_test_free (test);
    }
}

static void
test_says_why_again (Fixture *fixture, gconstpointer user_data)
{
  hk_sign_in_page_start (fixture->page, "The token was deleted.", TRUE, FALSE);
  g_assert_true (ui_shows (GTK_WIDGET (fixture->page), "The token was deleted."));
  g_assert_true (gtk_widget_get_mapped (ui_child (fixture->page, "cancel_button")));
}

static void
test_destroyed_while_checking (Fixture *fixture, gconstpointer user_data)
{
  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  g_signal_emit_by_name (fixture->entry, "entry-activated");
  g_clear_pointer (&fixture->test->window, gtk_window_destroy);
  ui_settle ();
  g_assert_cmpint (hk_account_get_state (fixture->test->account), ==, HK_ACCOUNT_SIGNED_OUT);
}

static void
test_destroyed_while_typing (Fixture *fixture, gconstpointer user_data)
{
  guint before = nuki_simulator_get_n_requests (fixture->test->simulator);

  ui_set_text (fixture->entry, NUKI_SIMULATOR_DEMO_TOKEN);
  g_clear_pointer (&fixture->test->window, gtk_window_destroy);
  ui_settle ();
  g_assert_cmpuint (nuki_simulator_get_n_requests (fixture->test->simulator), ==, before);
}

static void
test_start_page_loads (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = hk_start_page_new (test->account);
  GtkWidget *stack = ui_child (page, "stack");

  ui_test_show (test, page);
  hk_account_sign_in_async (test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_LOADING);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "busy");
  g_assert_true (gtk_spinner_get_spinning (ui_child (page, "spinner")));
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_READY);
  g_assert_false (gtk_spinner_get_spinning (ui_child (page, "spinner")));

  ui_test_free (test);
}

typedef struct
{
  GtkWidget *page;
  double fraction;
  guint n_steps;
} Progress;

static void
on_received (HkAccount *account, GParamSpec *pspec, Progress *progress)
{
  GtkWidget *bar = ui_child (progress->page, "progress_bar");
  double fraction;

  if (hk_account_get_received (account, &fraction) == 0)
    return;

  g_assert_true (ui_shows (progress->page, "Still loading: there are very many keys"));
  g_assert_true (gtk_widget_get_mapped (bar));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), >, progress->fraction);
  progress->fraction = gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar));
  progress->n_steps++;
}

static void
test_start_page_says_how_far_it_is_with_very_many_keys (void)
{
  UiTest *test = ui_test_new_signed_out ();
  g_autoptr (JsonNode) account = nuki_sim_bulk_build (4, 5000, 0);
  Progress progress = { hk_start_page_new (test->account), 0, 0 };
  double fraction;

  g_assert_true (nuki_simulator_load (test->simulator, account, NULL));
  ui_test_show (test, progress.page);
  g_assert_false (gtk_widget_get_mapped (ui_child (progress.page, "progress_bar")));
  g_signal_connect (test->account, "notify::received", G_CALLBACK (on_received), &progress);
  hk_account_sign_in_async (test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_READY);
  g_assert_cmpuint (progress.n_steps, >, 3);
  g_assert_cmpfloat (progress.fraction, >, 0.8);
  g_assert_true (ui_shows (progress.page, "Still loading"));
  g_assert_cmpuint (hk_account_get_received (test->account, &fraction), ==, 0);

  g_signal_handlers_disconnect_by_data (test->account, &progress);
  ui_test_free (test);
}

/* The service need not say how long its answer is. */
static void
test_start_page_says_how_much_has_come (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = hk_start_page_new (test->account);

  ui_test_show (test, page);
  hk_account_sign_in_async (test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_LOADING);
  hk_account_set_received (test->account, 2500000, -1);
  g_assert_true (ui_shows (page, "2.5"));
  g_assert_true (gtk_widget_get_mapped (ui_child (page, "progress_bar")));
  ui_await (hk_account_get_state (test->account) == HK_ACCOUNT_READY);

  ui_test_free (test);
}

static void
test_start_page_says_no (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = hk_start_page_new (test->account);
  GtkWidget *stack = ui_child (page, "stack");

  ui_test_show (test, page);
  hk_token_store_store_async (test->store, hk_account_get_api_url (test->account), NUKI_SIMULATOR_DEMO_TOKEN, NULL,
                              NULL, NULL);
  nuki_simulator_stop (test->simulator);
  hk_account_open (test->account);
  ui_await (g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "trouble") == 0);
  g_assert_true (ui_shows (page, "Your Locks Cannot Be Loaded"));
  g_assert_true (ui_shows (page, "_Try Again"));

  ui_test_free (test);
}

static void
count (guint *n_told)
{
  (*n_told)++;
}

/* The accessibility bus hears of what is inserted and deleted as these signals say, which is the text and not dots. */
static void
test_nobody_is_told_what_is_entered (Fixture *fixture, gconstpointer user_data)
{
  GtkEditable *entry = GTK_EDITABLE (fixture->entry);
  GtkEditable *text = gtk_editable_get_delegate (entry);
  guint n_told = 0;
  int position = 3;

  g_signal_connect_swapped (text, "insert-text", G_CALLBACK (count), &n_told);
  g_signal_connect_swapped (text, "delete-text", G_CALLBACK (count), &n_told);
  gtk_editable_set_text (entry, "abcdé");
  gtk_editable_insert_text (entry, "ßxyz", strlen ("ßx"), &position);
  g_assert_cmpint (position, ==, 5);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "abcßxdé");
  gtk_editable_delete_text (entry, 1, 3);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "aßxdé");
  gtk_editable_delete_text (entry, 3, -1);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "aßx");
  gtk_editable_set_text (entry, "");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  g_assert_cmpuint (n_told, ==, 0);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/sign-in/says-what-the-token-is-for-and-how-to-make-one", test_explains_itself);
  ADD ("/sign-in/where-no-browser-can-be-opened-it-says-where-to-go", test_no_browser);
  ADD ("/sign-in/a-good-token-is-checked-while-it-is-entered-and-signs-in", test_good_token);
  ADD ("/sign-in/return-checks-and-then-signs-in", test_return_signs_in);
  ADD ("/sign-in/return-is-forgotten-with-another-text-and-after-a-refusal", test_other_text_is_not_signed_in);
  ADD ("/sign-in/an-empty-token-is-said-at-the-entry", test_empty_token);
  ADD ("/sign-in/line-breaks-are-said-and-nothing-is-sent", test_line_breaks);
  ADD ("/sign-in/a-refused-token-is-said-and-kept-in-the-entry", test_refused_token);
  ADD ("/sign-in/in-a-low-window-a-refusal-is-scrolled-into-sight", test_refusal_is_in_sight);
  ADD ("/sign-in/a-token-that-may-not-see-locks-or-manage-keys-is-of-no-use", test_useless_token);
  ADD ("/sign-in/missing-scopes-are-said-and-do-not-stand-in-the-way", test_missing_scopes);
  ADD ("/sign-in/without-network-the-entry-is-kept", test_no_network);
  ADD ("/sign-in/a-second-time-says-why-and-can-be-left", test_says_why_again);
  ADD ("/sign-in/can-go-away-while-it-checks", test_destroyed_while_checking);
  ADD ("/sign-in/can-go-away-while-somebody-types", test_destroyed_while_typing);
  ADD ("/sign-in/nobody-is-told-what-is-entered", test_nobody_is_told_what_is_entered);
  g_test_add ("/sign-in/without-a-keyring-the-token-can-be-kept-for-the-session", Fixture, NULL, set_up_stub_store,
              test_no_keyring, tear_down);
  g_test_add ("/sign-in/while-the-keyring-asks-the-token-can-be-kept-for-the-session", Fixture, NULL, set_up_stub_store,
              test_keyring_asks, tear_down);
  g_test_add ("/sign-in/a-keyring-can-be-tried-again", Fixture, NULL, set_up_stub_store, test_keyring_again, tear_down);
  g_test_add ("/sign-in/what-becomes-of-the-check-is-announced", Fixture, NULL, set_up_window, test_check_is_said,
              tear_down);
  g_test_add ("/sign-in/return-has-a-useless-token-checked-again-and-announced", Fixture, NULL, set_up_window,
              test_refusal_is_said_again, tear_down);
  g_test_add ("/sign-in/trouble-with-the-keyring-is-announced", Fixture, NULL, set_up_window, test_keyring_is_said,
              tear_down);
  g_test_add_func ("/start-page/trouble-is-announced-and-the-way-on-has-the-focus", test_start_page_trouble_is_said);
  g_test_add_func ("/start-page/says-what-is-the-matter-with-the-keyring", test_start_page_keyring);
  g_test_add_func ("/start-page/is-busy-while-the-first-data-load", test_start_page_loads);
  g_test_add_func ("/start-page/says-how-far-it-is-with-very-many-keys",
                   test_start_page_says_how_far_it_is_with_very_many_keys);
  g_test_add_func ("/start-page/says-how-much-has-come", test_start_page_says_how_much_has_come);
  g_test_add_func ("/start-page/says-why-the-first-data-did-not-come", test_start_page_says_no);

  return g_test_run ();
}
