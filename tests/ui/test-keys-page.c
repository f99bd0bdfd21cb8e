/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

#include <nuki-sim-demo.h>

#include "keys/hk-key-filter.h"
#include "keys/hk-key-problem.h"
#include "keys/hk-key-row.h"
#include "keys/hk-key-words.h"
#include "keys/hk-keys-page.h"
#include "keys/hk-listed-keys.h"
#include "window/hk-window.h"

#define ANNA_FRONT "Key of Anna Moser for Front door"
#define FOREVER_MS (60 * 60 * 1000)

static GListModel *
get_listed (GtkWidget *page)
{
  return G_LIST_MODEL (ui_child (page, "listed"));
}

static guint
count_listed (GtkWidget *page)
{
  return g_list_model_get_n_items (get_listed (page));
}

static guint
count_keys (UiTest *test, gboolean (*wanted) (HkKey *key, GDateTime *now))
{
  GListModel *keys = hk_account_get_keys (test->account);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      n += !hk_key_get_infrastructure (key) && wanted (key, now);
    }

  return n;
}

static gboolean
is_any (HkKey *key, GDateTime *now)
{
  return TRUE;
}

static gboolean
is_open (HkKey *key, GDateTime *now)
{
  return hk_key_get_availability (key, now) == HK_KEY_OPENS_NOW;
}

static gboolean
is_upcoming (HkKey *key, GDateTime *now)
{
  return hk_key_get_availability (key, now) == HK_KEY_UPCOMING;
}

static gboolean
is_expired (HkKey *key, GDateTime *now)
{
  return hk_key_get_availability (key, now) == HK_KEY_EXPIRED;
}

static gboolean
is_off (HkKey *key, GDateTime *now)
{
  return !hk_key_get_enabled (key);
}

static gboolean
is_unused (HkKey *key, GDateTime *now)
{
  return hk_key_get_never_used (key);
}

static void
search (GtkWidget *page, const char *text)
{
  HkKeyFilter *filter = ui_child (page, "filter");

  g_object_set (page, "search-mode", TRUE, NULL);
  ui_set_text (ui_child (page, "search_entry"), text);
  ui_await (g_str_equal (hk_key_filter_get_search (filter), text));
}

static GtkWidget *
show_page (UiTest *test)
{
  GtkWidget *page = hk_keys_page_new (test->account);

  ui_test_show (test, page);

  return page;
}

static HkKeyRow *
find_row (GtkWidget *page, const char *title)
{
  GtkWidget *toggle = NULL;

  ui_await ((toggle = ui_find_visible (page, GTK_TYPE_SWITCH, title)) != NULL);

  return HK_KEY_ROW (gtk_widget_get_ancestor (toggle, HK_TYPE_KEY_ROW));
}

static gboolean
is_switched_on (HkKeyRow *row)
{
  return gtk_switch_get_active (ui_child (row, "toggle"));
}

static void
test_lists_keys (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  g_autoptr (HkKey) first = g_list_model_get_item (get_listed (page), 0);

  g_assert_cmpuint (count_listed (page), ==, count_keys (test, is_any));
  g_assert_cmpuint (count_listed (page), >, 30);
  g_assert_cmpstr (hk_key_get_name (first), ==, "Anna Moser");
  ui_await (ui_shows (page, "Front door"));

  ui_test_free (test);
}

static void
on_busy (GObject *listed, GParamSpec *pspec, GtkStack *stack)
{
  if (!hk_listed_keys_get_busy (HK_LISTED_KEYS (listed)) || g_list_model_get_n_items (G_LIST_MODEL (listed)) > 0)
    return;

  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "loading");
  g_object_set_data (listed, "was-busy", stack);
}

static void
test_says_that_rows_are_still_to_come (void)
{
  UiTest *test = ui_test_new_signed_out ();
  g_autoptr (JsonNode) account = nuki_sim_bulk_build (4, 3000, 0);
  GtkWidget *page = show_page (test);
  GtkStack *stack = ui_child (page, "stack");

  g_assert_true (nuki_simulator_load (test->simulator, account, NULL));
  g_signal_connect (get_listed (page), "notify::busy", G_CALLBACK (on_busy), stack);
  hk_account_sign_in_async (test->account, NUKI_SIMULATOR_DEMO_TOKEN, TRUE, NULL, NULL, NULL);
  ui_await (count_listed (page) == 3000);
  g_assert_nonnull (g_object_get_data (G_OBJECT (get_listed (page)), "was-busy"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "list");

  ui_test_free (test);
}

static void
test_devices (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  GtkWidget *row;

  g_object_set (page, "show-infrastructure", TRUE, NULL);
  g_assert_cmpuint (count_listed (page), ==, g_list_model_get_n_items (hk_account_get_keys (test->account)));

  search (page, "bridge");
  ui_await (count_listed (page) == 4);
  ui_await ((row = ui_find_visible (page, HK_TYPE_KEY_ROW, NULL)) != NULL && hk_key_row_get_filled (HK_KEY_ROW (row)));
  g_assert_false (gtk_widget_get_mapped (ui_child (row, "toggle")));
  g_assert_false (ui_action_enabled (row, "key.delete"));
  g_assert_false (ui_action_enabled (row, "key.enabled"));

  ui_test_free (test);
}

static void
test_preference (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.housekeys.Housekeys");
  UiTest *test = ui_test_new ();
  HkWindow *window = hk_window_new (NULL, test->account, settings, TRUE);
  GtkWidget *page = hk_window_get_visible_page (window);
  guint n_before = count_listed (page);

  test->window = GTK_WINDOW (window);
  g_settings_set_boolean (settings, "show-infrastructure", TRUE);
  ui_await (count_listed (page) > n_before);
  g_settings_reset (settings, "show-infrastructure");
  ui_await (count_listed (page) == n_before);

  ui_test_free (test);
}

static void
test_search (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);

  search (page, "giulia.rossi@");
  g_assert_cmpuint (count_listed (page), ==, 2);
  search (page, "jiri NOVAK");
  g_assert_cmpuint (count_listed (page), ==, 1);
  search (page, "moser garage");
  g_assert_cmpuint (count_listed (page), ==, 1);
  search (page, "giulia.rossi@");
  gtk_test_accessible_assert_property (ui_find_visible (page, HK_TYPE_KEY_ROW, NULL), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Key is off · Always");
  search (page, "fob");
  g_assert_cmpuint (count_listed (page), ==, 3);

  ui_test_free (test);
}

static gboolean
is_first (GtkWidget *page, HkKey *key)
{
  g_autoptr (HkKey) first = g_list_model_get_item (get_listed (page), 0);

  return first == key;
}

static void
test_renamed_key_finds_its_place (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  g_autoptr (HkKey) key = g_list_model_get_item (get_listed (page), 0);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (spec, "Zoe");
  hk_account_update_key (test->account, key, NULL, spec);
  ui_await (!is_first (page, key));
  g_assert_cmpuint (count_listed (page), ==, count_keys (test, is_any));

  ui_test_free (test);
}

static guint
count_shown (GtkWidget *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (ui_child (page, "list"))));
}

/* Returns: (transfer full) (element-type HkKey HkKeyRow): which row each key has; as keys and rows they are only compared */
static GHashTable *
note_rows (GtkWidget *page)
{
  GHashTable *rows = g_hash_table_new (NULL, NULL);

  for (GtkWidget *item = gtk_widget_get_first_child (ui_child (page, "list")); item; item = gtk_widget_get_next_sibling (item))
    {
      HkKeyRow *row = HK_KEY_ROW (gtk_widget_get_first_child (item));

      g_hash_table_insert (rows, hk_key_row_get_key (row), row);
    }

  return rows;
}

static void
assert_rows_stay (GHashTable *before, GHashTable *now, guint n_new)
{
  GHashTableIter iter;
  gpointer key, row;

  g_assert_cmpuint (g_hash_table_size (now), ==, g_hash_table_size (before) + n_new);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &row))
    g_assert_true (g_hash_table_lookup (now, key) == row);
}

static void
test_new_keys_leave_other_rows (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_APP, "Mira Lang");
  g_autoptr (HkInvitation) invitation = hk_invitation_new (spec);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) asked = NULL;
  g_autoptr (GHashTable) confirmed = NULL;

  ui_await (count_shown (page) == count_keys (test, is_any));
  before = note_rows (page);
  hk_invitation_set_new_person (invitation, "Mira Lang", "mira@example.org", "en");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (hk_account_get_locks (test->account), i);

      hk_invitation_add_lock (invitation, nuki_lock_get_id (lock));
    }

  changes = hk_account_invite (test->account, invitation);
  asked = note_rows (page);
  assert_rows_stay (before, asked, 2);

  for (guint i = 0; i < changes->len; i++)
    ui_await (hk_change_get_state (g_ptr_array_index (changes, i)) == HK_CHANGE_CONFIRMED);
  hk_account_refresh (test->account);
  ui_await (!hk_account_get_refreshing (test->account));
  ui_await_frames (page);
  confirmed = note_rows (page);
  assert_rows_stay (asked, confirmed, 0);

  ui_test_free (test);
}

static void
test_shows_first_keys_first (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = hk_keys_page_new (test->account);

  g_assert_cmpuint (count_shown (page), >, 0);
  g_assert_cmpuint (count_shown (page), <, count_listed (page));

  ui_test_show (test, page);
  ui_await (count_shown (page) == count_keys (test, is_any));

  search (page, "moser");
  ui_await (count_shown (page) == count_listed (page));
  g_assert_cmpuint (count_shown (page), >, 0);

  /* What was found stays, and the others come to it as before. */
  search (page, "");
  g_assert_cmpuint (count_shown (page), <, count_listed (page));
  ui_await (count_shown (page) == count_keys (test, is_any));

  ui_test_free (test);
}

/* Returns: (transfer none) (nullable): the row in what the list has at its end, or at its beginning */
static HkKeyRow *
get_row_at_edge (GtkWidget *page, gboolean last)
{
  GtkWidget *list = ui_child (page, "list");
  GtkWidget *item = last ? gtk_widget_get_last_child (list) : gtk_widget_get_first_child (list);

  return item != NULL ? HK_KEY_ROW (gtk_widget_get_first_child (item)) : NULL;
}

static void
test_fills_rows_in_sight (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (ui_child (page, "list"));
  g_autofree char *title = NULL;
  HkKeyRow *last;

  ui_await (count_shown (page) == count_keys (test, is_any) && hk_key_row_get_filled (get_row_at_edge (page, FALSE)));
  ui_await_frames (page);
  last = get_row_at_edge (page, TRUE);
  g_assert_false (hk_key_row_get_filled (last));
  /* Assistive technology is told of all rows. */
  title = hk_key_words_title (hk_key_row_get_key (last));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (last), GTK_ACCESSIBLE_PROPERTY_LABEL, title);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >=,
                     count_shown (page) * gtk_widget_get_height (gtk_widget_get_first_child (ui_child (page, "list"))));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  ui_await (hk_key_row_get_filled (get_row_at_edge (page, TRUE)));
  g_assert_true (gtk_widget_get_mapped (ui_child (get_row_at_edge (page, TRUE), "name")));

  ui_test_free (test);
}

static void
test_nothing_found (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  GtkStack *stack = ui_child (page, "stack");

  /* Or its icon would be drawn for nothing. */
  g_assert_false (gtk_widget_get_visible (gtk_stack_get_child_by_name (stack, "nothing")));
  g_assert_false (gtk_widget_get_visible (gtk_stack_get_child_by_name (stack, "empty")));

  search (page, "nobody is called that");
  g_assert_cmpuint (count_listed (page), ==, 0);
  g_assert_true (ui_shows (page, "No Results Found"));

  ui_click (ui_find_visible (page, GTK_TYPE_BUTTON, "Show _All Keys"));
  g_assert_cmpuint (count_listed (page), ==, count_keys (test, is_any));
  g_assert_false (ui_shows (page, "No Results Found"));

  ui_test_free (test);
}

static void
test_categories (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  static const struct
  {
    const char *label;
    gboolean (*wanted) (HkKey *key, GDateTime *now);
  } chips[] = {
    { "Can Open Now", is_open }, { "Upcoming", is_upcoming },  { "Expired", is_expired },
    { "Off", is_off },           { "Never Used", is_unused }, { "All", is_any },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++)
    {
      GtkWidget *chip = ui_find_visible (page, GTK_TYPE_TOGGLE_BUTTON, chips[i].label);

      ui_click (chip);
      g_test_message ("%s", chips[i].label);
      g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)));
      g_assert_cmpuint (count_keys (test, chips[i].wanted), >, 0);
      g_assert_cmpuint (count_listed (page), ==, count_keys (test, chips[i].wanted));
    }
  g_assert_false (
      gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_find_visible (page, GTK_TYPE_TOGGLE_BUTTON, "Off"))));

  ui_test_free (test);
}

static void
test_switch (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, ANNA_FRONT);
  HkKey *key = hk_key_row_get_key (row);

  g_assert_true (is_switched_on (row));
  ui_click (ui_child (row, "toggle"));

  g_assert_false (is_switched_on (row));
  g_assert_true (hk_key_get_pending (key));
  g_assert_true (gtk_spinner_get_spinning (ui_child (row, "spinner")));

  ui_await (!hk_key_get_pending (key));
  ui_await (!gtk_spinner_get_spinning (ui_child (row, "spinner")));
  g_assert_false (is_switched_on (row));
  g_assert_false (nuki_key_get_enabled (hk_key_get_record (key)));

  ui_test_free (test);
}

static void
test_switch_that_waits (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, "Key of Anna Moser for Garage");

  ui_click (ui_child (row, "toggle"));

  ui_await (ui_shows (GTK_WIDGET (row), "Always · Waiting for the lock (Garage is offline)"));

  ui_test_free (test);
}

static GtkWidget *
find_problem (HkKeyRow *row)
{
  return ui_find_visible (GTK_WIDGET (row), HK_TYPE_KEY_PROBLEM, NULL);
}

static void
fail_switch (UiTest *test, HkKeyRow *row)
{
  nuki_simulator_add_token (test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock.readOnly account");
  ui_click (ui_child (row, "toggle"));
  ui_await (find_problem (row) != NULL);
}

static void
test_switch_that_fails (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, ANNA_FRONT);

  fail_switch (test, row);
  g_assert_true (is_switched_on (row));
  g_assert_true (ui_shows (find_problem (row), "Failed: "));
  g_assert_nonnull (ui_find_visible (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Retry"));

  ui_click (ui_find_visible (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Discard"));
  ui_await (find_problem (row) == NULL);
  g_assert_null (hk_key_get_change (hk_key_row_get_key (row)));

  ui_test_free (test);
}

static void
test_retry (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, ANNA_FRONT);

  fail_switch (test, row);
  nuki_simulator_add_token (test->simulator, NUKI_SIMULATOR_DEMO_TOKEN, "smartlock smartlock.auth account");
  ui_click (ui_find_visible (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Retry"));

  ui_await (!is_switched_on (row));
  ui_await (!hk_key_get_pending (hk_key_row_get_key (row)));
  g_assert_false (is_switched_on (row));

  ui_test_free (test);
}

/* Somebody else was quicker: another try would meet the same. */
static void
test_conflict (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, ANNA_FRONT);
  HkKey *key = hk_key_row_get_key (row);
  g_autoptr (NukiKeySpec) base = hk_key_dup_spec (key);
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);

  nuki_key_spec_set_name (base, "Anna");
  nuki_key_spec_set_name (spec, "Anna M.");
  hk_account_update_key (test->account, key, base, spec);
  ui_await (find_problem (row) != NULL);
  g_assert_true (ui_shows (find_problem (row), "Somebody else"));
  g_assert_null (ui_find_visible (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Retry"));
  g_assert_nonnull (ui_find_visible (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Discard"));

  ui_test_free (test);
}

static void
on_open_key (GtkWidget *page, HkKey *key, HkKey **opened)
{
  *opened = key;
}

static void
test_opens (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  g_autoptr (HkKey) third = g_list_model_get_item (get_listed (page), 2);
  HkKey *opened = NULL;

  g_signal_connect (page, "open-key", G_CALLBACK (on_open_key), &opened);
  g_signal_emit_by_name (ui_child (page, "list"), "activate", 2);
  g_assert_true (opened == third);

  ui_test_free (test);
}

static void
test_delete (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row = find_row (page, ANNA_FRONT);
  guint n_before = count_listed (page);

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));
  g_assert_true (hk_key_row_find_focused (ui_child (page, "list")) == row);
  ui_activate_action (page, "keys.delete-focused");
  g_assert_cmpuint (count_listed (page), ==, n_before - 1);
  g_assert_nonnull (hk_account_get_undoable (test->account));

  hk_account_discard (test->account, hk_account_get_undoable (test->account));
  g_assert_cmpuint (count_listed (page), ==, n_before);

  ui_test_free (test);
}

static void
test_names_are_plain (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  HkKeyRow *row;

  search (page, "zoe");
  row = find_row (page, "Key of Zoë & Søren for Holiday flat");
  g_assert_cmpstr (gtk_label_get_text (ui_child (row, "name")), ==, "Zoë & Søren");

  ui_test_free (test);
}

static void
test_narrow (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);
  int minimum;

  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);

  ui_test_free (test);
}

static void
test_empty (void)
{
  UiTest *test = ui_test_new_signed_out ();
  GtkWidget *page = show_page (test);

  g_assert_true (ui_shows (page, "No Keys Yet"));
  g_assert_null (ui_find_visible (page, GTK_TYPE_TOGGLE_BUTTON, "Expired"));

  ui_test_free (test);
}

static void
test_destroyed_with_pending (void)
{
  UiTest *test = ui_test_new ();
  GtkWidget *page = show_page (test);

  nuki_simulator_set_delay (test->simulator, FOREVER_MS, FOREVER_MS);
  ui_click (ui_child (find_row (page, ANNA_FRONT), "toggle"));
  hk_account_refresh (test->account);
  g_clear_pointer (&test->window, gtk_window_destroy);
  ui_await (!hk_account_get_refreshing (test->account));

  ui_test_free (test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  g_test_add_func ("/keys-page/all-keys-of-people-are-listed-by-name", test_lists_keys);
  g_test_add_func ("/keys-page/says-that-rows-are-still-to-come", test_says_that_rows_are_still_to_come);
  g_test_add_func ("/keys-page/devices-are-listed-when-asked-and-cannot-be-changed", test_devices);
  g_test_add_func ("/keys-page/a-preference-lists-devices", test_preference);
  g_test_add_func ("/keys-page/a-search-looks-at-names-addresses-locks-and-kinds", test_search);
  g_test_add_func ("/keys-page/a-renamed-key-finds-its-place", test_renamed_key_finds_its_place);
  g_test_add_func ("/keys-page/the-rows-of-other-keys-stay-when-somebody-is-invited", test_new_keys_leave_other_rows);
  g_test_add_func ("/keys-page/shows-the-first-keys-at-once-and-the-others-a-few-each-frame", test_shows_first_keys_first);
  g_test_add_func ("/keys-page/rows-are-filled-when-they-come-into-sight-and-have-names-before", test_fills_rows_in_sight);
  g_test_add_func ("/keys-page/nothing-found-offers-all-keys", test_nothing_found);
  g_test_add_func ("/keys-page/each-chip-lists-its-keys", test_categories);
  g_test_add_func ("/keys-page/the-switch-moves-at-once-and-waits-for-the-lock", test_switch);
  g_test_add_func ("/keys-page/a-row-says-that-its-lock-is-offline", test_switch_that_waits);
  g_test_add_func ("/keys-page/a-switch-that-fails-moves-back-and-says-why", test_switch_that_fails);
  g_test_add_func ("/keys-page/a-failed-switch-can-be-retried", test_retry);
  g_test_add_func ("/keys-page/a-conflict-is-not-retried-in-the-row", test_conflict);
  g_test_add_func ("/keys-page/activating-a-row-opens-its-key", test_opens);
  g_test_add_func ("/keys-page/the-delete-key-deletes-and-can-be-undone", test_delete);
  g_test_add_func ("/keys-page/names-are-shown-as-they-are", test_names_are_plain);
  g_test_add_func ("/keys-page/it-fits-into-the-narrowest-window", test_narrow);
  g_test_add_func ("/keys-page/no-keys-offer-to-invite", test_empty);
  g_test_add_func ("/keys-page/it-can-go-while-something-is-under-way", test_destroyed_with_pending);

  return g_test_run ();
}
