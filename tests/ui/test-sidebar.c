/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <nuki-json.h>

#include "ui-test.h"
#include "window/hk-sidebar-row.h"
#include "window/hk-sidebar.h"

typedef struct
{
  UiTest *test;
  HkSidebar *sidebar;
  GtkListBox *list;
  char *page;
  NukiLock *lock;
} Fixture;

static void
on_show_page (HkSidebar *sidebar, const char *page, Fixture *fixture)
{
  g_free (fixture->page);
  fixture->page = g_strdup (page);
}

static void
on_open_lock (HkSidebar *sidebar, NukiLock *lock, Fixture *fixture)
{
  fixture->lock = lock;
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->test = ui_test_new ();
  fixture->sidebar = g_object_new (HK_TYPE_SIDEBAR, "account", fixture->test->account, NULL);
  fixture->list = ui_child (fixture->sidebar, "list");
  hk_sidebar_set_browsing (fixture->sidebar, TRUE);
  hk_sidebar_select_page (fixture->sidebar, "keys");
  g_signal_connect (fixture->sidebar, "show-page", G_CALLBACK (on_show_page), fixture);
  g_signal_connect (fixture->sidebar, "open-lock", G_CALLBACK (on_open_lock), fixture);
  ui_test_show (fixture->test, GTK_WIDGET (fixture->sidebar));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
  g_free (fixture->page);
}

static HkSidebarRow *
get_row (Fixture *fixture, int index)
{
  return HK_SIDEBAR_ROW (gtk_list_box_get_row_at_index (fixture->list, index));
}

static HkSidebarRow *
find_row (Fixture *fixture, NukiLock *lock)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (fixture->list, i)) != NULL; i++)
    if (hk_sidebar_row_get_lock (HK_SIDEBAR_ROW (row)) == lock)
      return HK_SIDEBAR_ROW (row);

  g_assert_not_reached ();
}

static gboolean
is_offline (NukiLock *lock)
{
  return !nuki_lock_get_online (lock);
}

static gboolean
is_weak (NukiLock *lock)
{
  return nuki_lock_get_online (lock) && nuki_lock_get_battery_critical (lock);
}

static NukiLock *
find_lock (Fixture *fixture, gboolean (*matches) (NukiLock *lock))
{
  GListModel *locks = hk_account_get_locks (fixture->test->account);

  for (guint i = 0; i < g_list_model_get_n_items (locks); i++)
    {
      g_autoptr (NukiLock) lock = g_list_model_get_item (locks, i);

      if (matches (lock))
        return lock;
    }

  g_assert_not_reached ();
}

static void
test_rows (Fixture *fixture, gconstpointer user_data)
{
  guint n_locks = g_list_model_get_n_items (hk_account_get_locks (fixture->test->account));
  guint n_people = g_list_model_get_n_items (hk_account_get_people (fixture->test->account));
  g_autofree char *count = g_strdup_printf ("%u", n_people);

  g_assert_cmpuint (n_locks, ==, 4);
  g_assert_cmpstr (hk_sidebar_row_get_page (get_row (fixture, 0)), ==, "keys");
  g_assert_cmpstr (hk_sidebar_row_get_page (get_row (fixture, 1)), ==, "people");
  g_assert_true (ui_shows (GTK_WIDGET (get_row (fixture, 1)), count));
  g_assert_nonnull (gtk_list_box_row_get_header (GTK_LIST_BOX_ROW (get_row (fixture, 2))));
  g_assert_null (gtk_list_box_row_get_header (GTK_LIST_BOX_ROW (get_row (fixture, 3))));
  g_assert_nonnull (get_row (fixture, 5));
  g_assert_null (gtk_list_box_get_row_at_index (fixture->list, 6));
}

static void
test_lock_states (Fixture *fixture, gconstpointer user_data)
{
  HkSidebarRow *offline = find_row (fixture, find_lock (fixture, is_offline));
  HkSidebarRow *weak = find_row (fixture, find_lock (fixture, is_weak));

  g_assert_true (ui_shows (GTK_WIDGET (offline), "Offline"));
  g_assert_true (ui_shows (GTK_WIDGET (weak), "low battery"));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (weak), GTK_ACCESSIBLE_PROPERTY_LABEL));
}

static void
test_going (Fixture *fixture, gconstpointer user_data)
{
  NukiLock *lock = find_lock (fixture, is_offline);

  ui_click (GTK_WIDGET (get_row (fixture, 1)));
  g_assert_cmpstr (fixture->page, ==, "people");
  ui_click (GTK_WIDGET (find_row (fixture, lock)));
  g_assert_true (fixture->lock == lock);

  hk_sidebar_open_nth (fixture->sidebar, 1);
  g_assert_cmpstr (fixture->page, ==, "keys");
  fixture->lock = NULL;
  hk_sidebar_open_nth (fixture->sidebar, 3);
  g_assert_true (fixture->lock == hk_sidebar_row_get_lock (get_row (fixture, 2)));
  fixture->lock = NULL;
  hk_sidebar_open_nth (fixture->sidebar, 99);
  g_assert_null (fixture->lock);
}

static void
test_passing_by (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *menu = ui_find_visible (GTK_WIDGET (fixture->sidebar), GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *people = GTK_WIDGET (get_row (fixture, 1));

  hk_sidebar_select_page (fixture->sidebar, "people");
  gtk_widget_grab_focus (menu);
  /* Keys come to a window that is active, and in one that is not yet, the first of them would only mark the row. */
  ui_await (ui_has_focus (menu));
  /* Nor has it places for its widgets before, by which GTK goes. */
  ui_settle ();
  for (int i = 0; i < 2; i++)
    {
      gtk_widget_child_focus (GTK_WIDGET (fixture->test->window), GTK_DIR_TAB_FORWARD);
      g_assert_true (gtk_widget_is_focus (people));
      gtk_widget_child_focus (GTK_WIDGET (fixture->test->window), GTK_DIR_TAB_FORWARD);
      g_assert_false (ui_has_focus (GTK_WIDGET (fixture->list)));
      gtk_widget_child_focus (GTK_WIDGET (fixture->test->window), GTK_DIR_TAB_BACKWARD);
      g_assert_true (gtk_widget_is_focus (people));
      gtk_widget_child_focus (GTK_WIDGET (fixture->test->window), GTK_DIR_TAB_BACKWARD);
      g_assert_false (ui_has_focus (GTK_WIDGET (fixture->list)));
      gtk_widget_grab_focus (menu);
    }
  g_assert_true (GTK_WIDGET (gtk_list_box_get_selected_row (fixture->list)) == people);
  g_assert_null (fixture->page);
  g_assert_null (fixture->lock);
}

/* On a telephone nothing is selected, and the arrow key leads from the menu into the list all the same. */
static void
test_arrows (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *menu = ui_find_visible (GTK_WIDGET (fixture->sidebar), GTK_TYPE_MENU_BUTTON, NULL);

  hk_sidebar_set_browsing (fixture->sidebar, FALSE);
  gtk_widget_grab_focus (menu);
  gtk_widget_child_focus (GTK_WIDGET (fixture->sidebar), GTK_DIR_DOWN);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (get_row (fixture, 0))));
  g_assert_null (fixture->page);
}

static void
test_selection_follows (Fixture *fixture, gconstpointer user_data)
{
  NukiLock *lock = find_lock (fixture, is_offline);

  hk_sidebar_select_lock (fixture->sidebar, lock);
  g_assert_true (gtk_list_box_get_selected_row (fixture->list) == GTK_LIST_BOX_ROW (find_row (fixture, lock)));
  hk_sidebar_select_page (fixture->sidebar, "people");
  g_assert_true (gtk_list_box_get_selected_row (fixture->list) == GTK_LIST_BOX_ROW (get_row (fixture, 1)));
  g_assert_null (fixture->page);
  g_assert_null (fixture->lock);

  hk_sidebar_set_browsing (fixture->sidebar, FALSE);
  g_assert_null (gtk_list_box_get_selected_row (fixture->list));
  g_assert_null (fixture->page);
}

static void
test_subtitle (Fixture *fixture, gconstpointer user_data)
{
  hk_sidebar_set_subtitle (fixture->sidebar, "Demo account");
  ui_settle ();
  g_assert_true (ui_shows (GTK_WIDGET (fixture->sidebar), "Demo account"));
}

static NukiLock *
make_lock (guint number)
{
  g_autofree char *text = g_strdup_printf ("[{\"smartlockId\": %u, \"type\": 4, \"name\": \"Room %03u\"}]", number, number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (NukiJson) json = nuki_json_parse (bytes, NULL);
  g_autoptr (GPtrArray) locks = nuki_json_read_locks (json, NULL);

  return g_object_ref (g_ptr_array_index (locks, 0));
}

static int
count_rows (Fixture *fixture)
{
  int n = 0;

  while (get_row (fixture, n) != NULL)
    n++;

  return n;
}

#define N_ROOMS 100

static void
test_many_locks (Fixture *fixture, gconstpointer user_data)
{
  GListStore *locks = G_LIST_STORE (hk_account_get_locks (fixture->test->account));
  g_autoptr (GPtrArray) rooms = g_ptr_array_new_with_free_func (g_object_unref);
  const int n_before = count_rows (fixture);
  NukiLock *last;

  for (guint i = 0; i < N_ROOMS; i++)
    g_ptr_array_add (rooms, make_lock (1000 + i));
  last = g_ptr_array_index (rooms, N_ROOMS - 1);
  g_list_store_remove_all (locks);
  g_list_store_splice (locks, 0, 0, rooms->pdata, N_ROOMS);
  g_assert_cmpint (count_rows (fixture), >, 2);
  g_assert_cmpint (count_rows (fixture), <=, n_before + 2);

  /* The page of a lock can be open before its row is there. */
  hk_sidebar_select_lock (fixture->sidebar, last);
  g_assert_null (gtk_list_box_get_selected_row (fixture->list));
  ui_await (count_rows (fixture) == 2 + N_ROOMS);
  for (guint i = 0; i < N_ROOMS; i++)
    g_assert_true (hk_sidebar_row_get_lock (get_row (fixture, (int) (2 + i))) == g_ptr_array_index (rooms, i));
  g_assert_true (gtk_list_box_get_selected_row (fixture->list) == GTK_LIST_BOX_ROW (get_row (fixture, 1 + N_ROOMS)));
  g_assert_null (fixture->lock);
}

/* In a sidebar that is as narrow as it can be. */
static void
test_large_letters (Fixture *fixture, gconstpointer user_data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *row = GTK_WIDGET (find_row (fixture, find_lock (fixture, is_weak)));
  GtkLabel *subtitle = ui_child (row, "subtitle");
  int width, height;

  g_object_set (settings, "gtk-font-name", "Cantarell 11", "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  ui_await_frames (row);
  gtk_label_set_text (subtitle, "Aufgeschlossen, Batterie schwach");
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (row, width, height, -1, NULL);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (subtitle)), ==, 2);

  gtk_settings_reset_property (settings, "gtk-font-name");
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/sidebar/has-the-pages-with-counts-and-then-the-locks", test_rows);
  ADD ("/sidebar/a-lock-says-what-most-needs-to-be-known", test_lock_states);
  ADD ("/sidebar/a-row-says-where-the-user-wants-to-go", test_going);
  ADD ("/sidebar/the-arrow-key-leads-from-the-menu-into-the-list", test_arrows);
  ADD ("/sidebar/the-tab-key-passes-by-in-one-step-without-going-anywhere", test_passing_by);
  ADD ("/sidebar/the-selection-follows-the-page-without-going-there-again", test_selection_follows);
  ADD ("/sidebar/very-many-locks-come-bit-by-bit-and-the-open-one-is-marked", test_many_locks);
  ADD ("/sidebar/says-which-account-this-is", test_subtitle);
  ADD ("/sidebar/has-room-for-the-words-of-a-state-with-large-letters", test_large_letters);

  return g_test_run ();
}
