/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever leads to another page leaves the keyboard's focus on it, where it is seen: never nowhere, or on what is gone. */

#include "keys/hk-key-page.h"
#include "keys/hk-key-row.h"
#include "keys/hk-keys-page.h"
#include "locks/hk-lock-page.h"
#include "people/hk-people-page.h"
#include "people/hk-person-page.h"
#include "people/hk-person-row.h"
#include "ui-scenes.h"
#include "window/hk-sidebar-row.h"
#include "window/hk-sidebar.h"

#define WIDE 1000
#define NARROW 360

typedef struct
{
  UiTest *test;
  HkWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer width)
{
  fixture->test = ui_test_new ();
  fixture->window = ui_open_window (fixture->test, GPOINTER_TO_INT (width));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  ui_test_free (fixture->test);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return hk_window_get_visible_page (fixture->window);
}

static gboolean
is_focus_in (Fixture *fixture, GType type)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_get_ancestor (focus, type) != NULL;
}

static gboolean
is_focus_on_page (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, get_page (fixture));
}

static void
assert_focus_on_page (Fixture *fixture, GType type)
{
  ui_settle ();
  ui_await (is_focus_on_page (fixture));
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (get_page (fixture)), ==, g_type_name (type));
  if (type == HK_TYPE_KEYS_PAGE)
    g_assert_true (is_focus_in (fixture, HK_TYPE_KEY_ROW));
  if (type == HK_TYPE_PEOPLE_PAGE)
    g_assert_true (is_focus_in (fixture, HK_TYPE_PERSON_ROW));
}

static void
focus_nothing (Fixture *fixture)
{
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
}

static void
focus_sidebar (Fixture *fixture)
{
  if (ui_action_enabled (ui_child (fixture->window, "toast_overlay"), "win.back"))
    ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
  gtk_widget_grab_focus (ui_child (fixture->window, "sidebar"));
  g_assert_true (is_focus_in (fixture, HK_TYPE_SIDEBAR));
}

static void
stay (Fixture *fixture)
{
}

static void
test_shortcuts (Fixture *fixture, gconstpointer user_data)
{
  static void (*const befores[]) (Fixture *) = { stay, focus_nothing, focus_sidebar };
  const struct
  {
    const char *action;
    GType page;
  } ways[] = {
    { "win.show-row(2)", HK_TYPE_PEOPLE_PAGE },        { "win.show-row(3)", HK_TYPE_LOCK_PAGE },
    { "win.show-row(4)", HK_TYPE_LOCK_PAGE },          { "win.show-row(1)", HK_TYPE_KEYS_PAGE },
    { "win.show-page::people", HK_TYPE_PEOPLE_PAGE },  { "win.show-page::keys", HK_TYPE_KEYS_PAGE },
    { "win.show-row(3)", HK_TYPE_LOCK_PAGE },          { "win.show-row(2)", HK_TYPE_PEOPLE_PAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (befores); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        befores[i](fixture);
        ui_activate_action (GTK_WIDGET (fixture->window), ways[j].action);
        assert_focus_on_page (fixture, ways[j].page);
        /* Once more changes nothing. */
        ui_activate_action (GTK_WIDGET (fixture->window), ways[j].action);
        assert_focus_on_page (fixture, ways[j].page);
      }
}

static void
test_opened (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");

  ui_activate_action (GTK_WIDGET (fixture->window), "win.show-row(1)");
  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  assert_focus_on_page (fixture, HK_TYPE_KEY_PAGE);
  g_signal_emit_by_name (get_page (fixture), "open-person", hk_key_get_person (key));
  assert_focus_on_page (fixture, HK_TYPE_PERSON_PAGE);
  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  assert_focus_on_page (fixture, HK_TYPE_KEY_PAGE);
  g_signal_emit_by_name (get_page (fixture), "open-lock", hk_key_get_lock (key));
  assert_focus_on_page (fixture, HK_TYPE_LOCK_PAGE);

  focus_nothing (fixture);
  ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
  assert_focus_on_page (fixture, HK_TYPE_KEY_PAGE);
  ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
  assert_focus_on_page (fixture, HK_TYPE_KEYS_PAGE);
}

static void
test_places (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");
  g_autofree char *lock = g_strdup_printf ("lock/%" G_GINT64_FORMAT, nuki_lock_get_id (hk_key_get_lock (key)));
  g_autofree char *person = g_strdup_printf ("person/%d", nuki_user_get_id (hk_key_get_person (key)));
  g_autofree char *of_key = g_strconcat ("key/", nuki_key_get_id (hk_key_get_record (key)), NULL);
  const struct
  {
    const char *place;
    GType page;
  } places[] = {
    { lock, HK_TYPE_LOCK_PAGE },
    { person, HK_TYPE_PERSON_PAGE },
    { of_key, HK_TYPE_KEY_PAGE },
    { "people", HK_TYPE_PEOPLE_PAGE },
    { "keys", HK_TYPE_KEYS_PAGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      focus_nothing (fixture);
      hk_window_show_place (fixture->window, places[i].place);
      assert_focus_on_page (fixture, places[i].page);
    }
}

static void
focus_list (Fixture *fixture)
{
  gtk_widget_grab_focus (ui_child (get_page (fixture), "list"));
}

static void
test_search (Fixture *fixture, gconstpointer user_data)
{
  static void (*const befores[]) (Fixture *) = { focus_list, focus_nothing, focus_sidebar };
  static const char *const pages[] = { "win.show-page::keys", "win.show-page::people" };

  for (gsize i = 0; i < G_N_ELEMENTS (befores); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (pages); j++)
      {
        GtkEditable *entry;

        ui_activate_action (GTK_WIDGET (fixture->window), pages[j]);
        entry = ui_child (get_page (fixture), "search_entry");
        ui_activate_action (GTK_WIDGET (fixture->window), "win.search");
        ui_await (ui_has_focus (GTK_WIDGET (entry)));
        ui_set_text (GTK_WIDGET (entry), "moser");

        befores[i](fixture);
        ui_settle ();
        g_assert_false (ui_has_focus (GTK_WIDGET (entry)));
        ui_activate_action (GTK_WIDGET (fixture->window), "win.search");
        ui_settle ();
        ui_await (is_focus_on_page (fixture) && ui_has_focus (GTK_WIDGET (entry)));
        g_assert_cmpstr (gtk_editable_get_text (entry), ==, "moser");
        g_assert_true (gtk_editable_get_selection_bounds (entry, NULL, NULL));

        ui_activate_action (GTK_WIDGET (fixture->window), "win.search");
        g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
      }
}

/* Of a list that is made anew where something changes. */
static void
test_row_gone (Fixture *fixture, gconstpointer user_data)
{
  GListModel *people = hk_account_get_people (fixture->test->account);
  GtkWidget *row = NULL;
  g_autoptr (HkKey) key = NULL;

  ui_activate_action (GTK_WIDGET (fixture->window), "win.show-row(2)");
  for (guint i = 0; row == NULL && i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (NukiUser) person = g_list_model_get_item (people, i);

      g_signal_emit_by_name (get_page (fixture), "open-person", person);
      ui_settle ();
      row = ui_find_visible (get_page (fixture), HK_TYPE_KEY_ROW, NULL);
      if (row == NULL)
        ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
    }

  g_object_get (row, "key", &key, NULL);
  gtk_widget_grab_focus (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW));
  g_assert_true (is_focus_in (fixture, GTK_TYPE_LIST_BOX_ROW));
  hk_account_delete_key (fixture->test->account, key);
  assert_focus_on_page (fixture, HK_TYPE_PERSON_PAGE);
}

static void
test_gone (Fixture *fixture, gconstpointer user_data)
{
  HkKey *key = ui_key_named (fixture->test->account, "Anna Moser");

  ui_activate_action (GTK_WIDGET (fixture->window), "win.show-row(1)");
  g_signal_emit_by_name (get_page (fixture), "open-key", key);
  assert_focus_on_page (fixture, HK_TYPE_KEY_PAGE);
  hk_account_delete_key (fixture->test->account, key);
  ui_await (ui_shows (get_page (fixture), "This Key Is Gone"));
  assert_focus_on_page (fixture, HK_TYPE_KEY_PAGE);
}

/* The sidebar is a page of its own. */
static void
test_narrow_sidebar (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *sidebar = ui_child (fixture->window, "sidebar");

  ui_activate_action (GTK_WIDGET (fixture->window), "win.show-row(2)");
  ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
  ui_settle ();
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == ui_child (sidebar, "people_row"));
  ui_click (ui_child (sidebar, "people_row"));
  assert_focus_on_page (fixture, HK_TYPE_PEOPLE_PAGE);

  ui_activate_action (GTK_WIDGET (fixture->window), "win.show-row(3)");
  ui_activate_action (GTK_WIDGET (fixture->window), "win.back");
  ui_settle ();
  g_assert_true (HK_IS_SIDEBAR_ROW (gtk_window_get_focus (GTK_WINDOW (fixture->window))));
  ui_click (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
  assert_focus_on_page (fixture, HK_TYPE_LOCK_PAGE);
}

/* The arrow keys go on in it. */
static void
test_wide_sidebar (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *sidebar = ui_child (fixture->window, "sidebar");

  gtk_widget_grab_focus (sidebar);
  gtk_list_box_select_row (ui_child (sidebar, "list"), ui_child (sidebar, "people_row"));
  ui_settle ();
  g_assert_true (HK_IS_PEOPLE_PAGE (get_page (fixture)));
  g_assert_true (is_focus_in (fixture, HK_TYPE_SIDEBAR));
}

#define ADD(name, width, func) g_test_add (name, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/focus/a-shortcut-to-a-page-leads-to-it", WIDE, test_shortcuts);
  ADD ("/focus/a-shortcut-to-a-page-leads-to-it-in-a-narrow-window", NARROW, test_shortcuts);
  ADD ("/focus/a-page-that-is-opened-or-returned-to-has-it", WIDE, test_opened);
  ADD ("/focus/a-page-that-is-opened-or-returned-to-has-it-in-a-narrow-window", NARROW, test_opened);
  ADD ("/focus/a-page-that-the-desktop-asks-for-has-it", WIDE, test_places);
  ADD ("/focus/a-page-that-the-desktop-asks-for-has-it-in-a-narrow-window", NARROW, test_places);
  ADD ("/focus/a-search-that-is-asked-for-once-more-has-it", WIDE, test_search);
  ADD ("/focus/a-search-that-is-asked-for-once-more-has-it-in-a-narrow-window", NARROW, test_search);
  ADD ("/focus/a-page-whose-key-is-gone-has-it", WIDE, test_gone);
  ADD ("/focus/a-page-from-which-a-row-is-gone-has-it", WIDE, test_row_gone);
  ADD ("/focus/a-row-of-the-sidebar-gives-it-to-its-page-in-a-narrow-window", NARROW, test_narrow_sidebar);
  ADD ("/focus/the-sidebar-keeps-it-beside-the-page", WIDE, test_wide_sidebar);

  return g_test_run ();
}
