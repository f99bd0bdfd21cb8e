/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the Tab key leads on each page and in each dialog: one step for each thing that can be done, in the order in which it is
 * read, and none where there is nothing to do or to read. */

#include "keys/hk-key-row.h"
#include "limits/hk-date-time-row.h"
#include "ui-pixels.h"
#include "ui-scenes.h"
#include "window/hk-sidebar-row.h"

typedef struct
{
  const char *scene;
  const char *stops;
} Way;

static const Way ways[] = {
  { "sign-in",
    "menu Main Menu, row 1, button web.nuki.io, row Choose “Generate API token”, row Save, and copy the token, "
    "text API token, button API token" },
  { "sign-in-again",
    "button Cancel, menu Main Menu, row 1, button web.nuki.io, row Choose “Generate API token”, "
    "row Save, and copy the token, text API token, button API token" },
  { "keys",
    "menu Main Menu, row Keys, button Select Keys, toggle Search, button Give somebody a key, toggle All, "
    "toggle Can Open Now, toggle Upcoming, toggle Expired, toggle Off, toggle Never Used, row Anna Moser, "
    "switch" },
  { "keys-found",
    "menu Main Menu, row Keys, button Select Keys, toggle Search, button Give somebody a key, text Name, "
    "address, lock or kind, toggle All, toggle Can Open Now, toggle Upcoming, toggle Expired, toggle Off, "
    "toggle Never Used, row Anna Moser, switch" },
  { "keys-not-found",
    "menu Main Menu, row Keys, toggle Search, button Give somebody a key, text Name, address, lock or kind, "
    "toggle All, toggle Can Open Now, toggle Upcoming, toggle Expired, toggle Off, toggle Never Used, "
    "button Show All Keys" },
  { "keys-failed",
    "menu Main Menu, row Keys, button 1 change is not done yet, button Select Keys, toggle Search, "
    "button Give somebody a key, toggle All, toggle Can Open Now, toggle Upcoming, toggle Expired, "
    "toggle Off, toggle Never Used, row Anna Moser, switch, button Retry, button Discard" },
  { "keys-selected",
    "menu Main Menu, row Keys, button Cancel, toggle Search, button Select All, toggle All, "
    "toggle Can Open Now, toggle Upcoming, toggle Expired, toggle Off, toggle Never Used, row Anna Moser, "
    "scroll Left as they are: 7 devices. Selected, but not listed now: 7., button Switch On, "
    "button Switch Off, button Delete" },
  { "keys-kept",
    "menu Main Menu, row Keys, button Select Keys, toggle Search, button Give somebody a key, "
    "scroll The service has trouble at the moment (status 503). What you see is less than a minute old., "
    "button Try Again, toggle All, toggle Can Open Now, toggle Upcoming, toggle Expired, toggle Off, "
    "toggle Never Used, row Anna Moser, switch" },
  { "key",
    "menu Main Menu, row Keys, button Back, button Edit, menu More about this key, row Key is on, row Person, "
    "row Lock, row Until, row Weekdays, row Hours, row Kind, row Operate from afar, row Last used, "
    "row Created" },
  { "key-code",
    "menu Main Menu, row Keys, button Back, button Edit, menu More about this key, row Key is on, row Lock, "
    "row Weekdays, row Hours, row Kind, row Code, toggle Show the code, button Copy the code, "
    "row Last used, row Created" },
  { "key-offline",
    "menu Main Menu, row Keys, button Back, button Edit, menu More about this key, row Key is on, row Person, "
    "row Lock, row Invitation, button Send Again…, row Always, row Kind, row Operate from afar, "
    "row Last used, row Created" },
  { "key-failed",
    "menu Main Menu, row Keys, button 1 change is not done yet, button Back, button Edit, "
    "menu More about this key, button Retry, button Discard, row Key is on, row Person, row Lock, row Always, "
    "row Kind, row Operate from afar, row Last used, row Created, row Switched off" },
  { "people",
    "menu Main Menu, row People, toggle Search, button Give somebody a key, row Anna Moser" },
  { "person",
    "menu Main Menu, row People, button Back, button Edit, menu More about this person, row E-mail, "
    "row Language of invitations, button Give somebody a key, row Front door, switch, row Holiday flat, "
    "switch, row Holiday flat, switch" },
  { "lock-intercom",
    "menu Main Menu, row Street intercom, toggle Add to favorites, menu More about this lock, row Connection, "
    "row Battery, row About this lock, button Invite, row Anna Moser, switch, row Giulia Rossi, switch, "
    "row Katharina’s phone, switch, row María José García, switch" },
  { "invite",
    "button Cancel, toggle App Invitation, toggle Keypad Code, text Name or e-mail, row Anna Moser, "
    "row Aoife O’Brien, row Giulia Rossi, row Jiří Novák, row 8 more: type to find them, row Somebody new, "
    "row Front door, row Holiday flat, row Garage, row Street intercom, toggle Always, toggle From–Until, "
    "toggle Weekly, row Operate from afar, row Use smart actions" },
  { "invite-filled",
    "button Cancel, toggle App Invitation, toggle Keypad Code, button Choose somebody who is known already, "
    "text Name, text E-mail, row Language of the invitation, row Front door, row Holiday flat, row Garage, "
    "row Street intercom, toggle Always, toggle From–Until, toggle Weekly, toggle Sunday, toggle Monday, "
    "toggle Tuesday, toggle Wednesday, toggle Thursday, toggle Friday, toggle Saturday, text 0:00, "
    "text 24:00, menu At Once, menu No End, row Operate from afar, row Use smart actions" },
  { "invite-code",
    "button Cancel, toggle App Invitation, toggle Keypad Code, text Name, text Code, button New Code, "
    "row Front door, row Holiday flat, row Garage, row Street intercom, toggle Always, toggle From–Until, "
    "toggle Weekly, menu At Once, menu No End" },
  { "key-edit",
    "button Cancel, row Front door, text Name, toggle Always, toggle From–Until, toggle Weekly, "
    "toggle Sunday, toggle Monday, toggle Tuesday, toggle Wednesday, toggle Thursday, toggle Friday, "
    "toggle Saturday, text 0:00, text 24:00, menu At Once, menu a day, text 0:00, "
    "row Operate from afar" },
  { "person-edit",
    "button Cancel, text Name, text E-mail, row Language of invitations" },
  { "person-delete",
    "scroll Delete Aoife O’Brien?, button Cancel, button Delete" },
  { "lock-rename",
    "button Cancel, text Name" },
  { "changes-none",
    "scroll Nothing Is Waiting" },
  { "changes",
    "row Switch off the key of Anna Moser, button Retry, button Discard" },
  { "compare-key",
    "button Cancel, row When, button Keep Theirs, button Use Mine" },
  { "compare-person",
    "button Cancel, row Name, row E-mail, row Language, button Keep Theirs, button Use Mine" },
  { "preferences",
    "row Language, row Show devices among the keys, row Changes that failed, row Changes that are confirmed, "
    "row Keys that expire tomorrow, row Invitations about to expire, row Keep running in the background, "
    "row Keep what was last known on this computer, row Address, row The token may be used for, "
    "row Signed in, button Sign Out…" },
  { "shortcuts",
    "row Invite somebody, row Search, row Refresh, row Undo, row Preferences, row Main menu, "
    "row Keyboard shortcuts, row Close the window, row Quit, row Keys, row People, row First lock, "
    "row Second lock, row Back, row Open, row Delete, row Select all, row Send, create the code or save" },
};

static const char *
find_kind (GtkWidget *widget)
{
  static const struct
  {
    const char *type;
    const char *kind;
  } kinds[] = {
    { "HkKeyRow", "row" },
    { "HkPersonRow", "row" },
    { "GtkListBoxRow", "row" },
    { "GtkText", "text" },
    { "GtkSwitch", "switch" },
    { "GtkCheckButton", "check" },
    { "GtkToggleButton", "toggle" },
    { "GtkButton", "button" },
    { "GtkScrolledWindow", "scroll" },
  };

  if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)))
    return "menu";
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (kinds[i].type)))
      return kinds[i].kind;

  return G_OBJECT_TYPE_NAME (widget);
}

/* The days of the demo account are counted from today, so that they are told apart from none only. */
static gboolean
shows_day (GtkWidget *button, const char *text)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, HK_TYPE_DATE_TIME_ROW);
  g_autofree char *unset = NULL;

  if (row == NULL)
    return FALSE;
  g_object_get (row, "unset-label", &unset, NULL);

  return !g_str_equal (text, unset);
}

/* What is written on it, or else in it, or else on what it is a part of. */
static const char *
find_text (GtkWidget *widget)
{
  GtkWidget *part = GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) ? gtk_widget_get_parent (widget) : widget;
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW);
  GtkWidget *label = ui_find_visible (widget, GTK_TYPE_LABEL, NULL);

  /* A button that libadwaita has put beside a password is called in other words by each version. */
  if (row != NULL && (GTK_IS_TEXT (widget) || ADW_IS_PASSWORD_ENTRY_ROW (row)))
    return ui_text (row);
  if (GTK_IS_TEXT (widget))
    return gtk_text_get_placeholder_text (GTK_TEXT (widget));
  if (gtk_widget_get_tooltip_text (part) != NULL)
    return gtk_widget_get_tooltip_text (part);
  if (ui_text (part) != NULL && *ui_text (part) != '\0')
    return ui_text (part);

  if (label == NULL)
    return NULL;

  return shows_day (widget, ui_text (label)) ? "a day" : ui_text (label);
}

static gboolean
is_of_window (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

static char *
describe (GtkWidget *stop)
{
  const char *text = find_text (stop);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "_", 2);
  g_autofree char *plain = g_strjoinv ("", parts);

  return text != NULL ? g_strdup_printf ("%s %s", find_kind (stop), plain) : g_strdup (find_kind (stop));
}

/* Whether it is come to from the row that it is in. */
static gboolean
is_in_row (GtkWidget *stop)
{
  for (GtkWidget *parent = gtk_widget_get_parent (stop); parent != NULL; parent = gtk_widget_get_parent (parent))
    if (gtk_widget_get_focusable (parent) && g_str_equal (find_kind (parent), "row"))
      return TRUE;

  return FALSE;
}

static void
add_stop (GString *way, GtkDirectionType direction, const char *stop)
{
  const gboolean is_back = direction == GTK_DIR_TAB_BACKWARD;

  if (way->len > 0)
    g_string_insert (way, is_back ? 0 : -1, ", ");
  g_string_insert (way, is_back ? 0 : -1, stop);
}

/* A list makes its rows anew on the way, so that they are known by what they say only.
 * @outside: (out): the way without what is in a row
 * Returns: (transfer full): the way as it is read, without the buttons of the window */
static char *
tell_way (GtkWidget *widget, GtkDirectionType direction, char **outside)
{
  g_autoptr (GPtrArray) stops = ui_walk (widget, direction);
  GString *way = g_string_new ("");
  GString *rows = g_string_new ("");

  for (guint i = 0; i < stops->len; i++)
    {
      g_autofree char *stop = describe (stops->pdata[i]);

      if (is_of_window (stops->pdata[i]))
        continue;
      add_stop (way, direction, stop);
      if (!is_in_row (stops->pdata[i]))
        add_stop (rows, direction, stop);
    }
  *outside = g_string_free (rows, FALSE);

  return g_string_free (way, FALSE);
}

/* What is not in its place yet is not in the way, or elsewhere. */
static void
assert_way (GtkWidget *widget, const char *stops)
{
  const gint64 deadline = g_get_monotonic_time () + UI_TEST_DEADLINE * G_USEC_PER_SEC;
  g_autofree char *there = NULL;
  g_autofree char *there_outside = NULL;
  g_autofree char *back = NULL;
  g_autofree char *back_outside = NULL;

  do
    {
      g_free (there);
      g_clear_pointer (&there_outside, g_free);
      there = tell_way (widget, GTK_DIR_TAB_FORWARD, &there_outside);
    }
  while (!g_str_equal (there, stops) && ui_iterate (deadline));
  g_assert_cmpstr (there, ==, stops);

  back = tell_way (widget, GTK_DIR_TAB_BACKWARD, &back_outside);
  g_assert_cmpstr (back_outside, ==, there_outside);
}

static const UiScene *
find_scene (const char *name)
{
  guint n_scenes;
  const UiScene *scene = ui_scenes_get (&n_scenes);

  while (!g_str_equal (scene->name, name))
    scene++;

  return scene;
}

static void
test_way (gconstpointer user_data)
{
  const Way *way = user_data;
  UiTest *test;
  GtkWidget *widget = ui_scene_enter (find_scene (way->scene), &test);

  assert_way (widget, way->stops);
  ui_scene_leave (widget, test);
}

/* Of the scenes together, one of each kind of control. */
static const char *const drawn_scenes[]
    = { "sign-in", "keys-selected", "key-code", "lock-intercom", "invite-filled", "preferences" };

/* Around a focus, that is a line of its own. */
#define FOCUS_MARGIN 6

/* Returns: (transfer full): what is on the screen where a widget is, and closely around it */
static GBytes *
look_at (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  graphene_rect_t bounds;
  UiPixels *pixels;
  GBytes *area;

  ui_await_frames (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  graphene_rect_inset (&bounds, -FOCUS_MARGIN, -FOCUS_MARGIN);
  pixels = ui_pixels_new (window);
  area = ui_pixels_dup_area (pixels, &bounds);
  ui_pixels_free (pixels);
  g_assert_cmpuint (g_bytes_get_size (area), >, 0);

  return area;
}

static gboolean
is_focus_drawn (GtkWidget *focus)
{
  GtkRoot *window = gtk_widget_get_root (focus);
  g_autoptr (GBytes) with = NULL;
  g_autoptr (GBytes) without = NULL;

  /* As a key that was pressed does, for some seconds. */
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE);
  with = look_at (focus);
  gtk_root_set_focus (window, NULL);
  /* A page takes a focus that was lost to where it was, maybe before the next frame. */
  gtk_window_set_focus_visible (GTK_WINDOW (window), FALSE);
  without = look_at (focus);
  gtk_root_set_focus (window, focus);

  return !g_bytes_equal (with, without);
}

static void
assert_focus_is_drawn (GtkWidget *focus)
{
  const gint64 deadline = g_get_monotonic_time () + UI_TEST_DEADLINE * G_USEC_PER_SEC;

  while (!is_focus_drawn (focus))
    if (!ui_iterate (deadline))
      g_error ("%s “%s” looks the same with the focus", G_OBJECT_TYPE_NAME (focus), find_text (focus));
}

static void
test_drawn (gconstpointer user_data)
{
  g_autoptr (GPtrArray) stops = g_ptr_array_new ();
  UiTest *test;
  GtkWidget *widget = ui_scene_enter (find_scene (user_data), &test);
  GtkRoot *window = gtk_widget_get_root (widget);

  gtk_root_set_focus (window, NULL);
  while (gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD)
         && !g_ptr_array_find (stops, gtk_root_get_focus (window), NULL))
    {
      g_ptr_array_add (stops, gtk_root_get_focus (window));
      g_assert_cmpuint (stops->len, <, 100);
      assert_focus_is_drawn (gtk_root_get_focus (window));
    }
  ui_scene_leave (widget, test);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (drawn_scenes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tab-order/where-the-focus-is-can-be-seen: %s", drawn_scenes[i]);

      g_test_add_data_func (path, drawn_scenes[i], test_drawn);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tab-order/as-it-is-read: %s", ways[i].scene);

      g_test_add_data_func (path, &ways[i], test_way);
    }

  return g_test_run ();
}
