/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-test.h"

#include <glib/gstdio.h>
#include <hk-memory-token-store.h>
#include <locale.h>
#include <nuki-client.h>

#include "compat/hk-announcer.h"
#include "hk-ui.h"
#include "keys/hk-shy-label.h"

/**
 * ui_test_init_gtk:
 *
 * GTK, libadwaita, the application's resources and its style, without anything for tests.
 */
void
ui_test_init_gtk (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  setlocale (LC_ALL, "");
  adw_init ();
  hk_ui_init ();

  gtk_css_provider_load_from_resource (provider, "/io/github/housekeys/Housekeys/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/housekeys/Housekeys/icons");
}

/**
 * ui_test_init:
 *
 * To be called first in main() of a test.
 */
void
ui_test_init (int *argc, char ***argv)
{
  /* Not isolated from the system's data: without its list of types no icon is recognized as one. The environment that
   * meson gives isolates the user's. */
  g_test_init (argc, argv, NULL);
  ui_test_init_gtk ();
  /* GTK (4.18) may find to its surprise that a cursor blinks where text is selected, and says so. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *done = user_data;

  hk_token_store_store_finish (HK_TOKEN_STORE (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

static void
keep_demo_token (UiTest *self)
{
  gboolean done = FALSE;

  hk_token_store_store_async (self->store, nuki_simulator_get_uri (self->simulator), NUKI_SIMULATOR_DEMO_TOKEN, NULL,
                              on_stored, &done);
  ui_await (done);
}

static gboolean
is_last_reference (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
make_account (UiTest *self, const char *folder)
{
  g_autoptr (NukiClient) client = nuki_client_new (nuki_simulator_get_uri (self->simulator), NULL);
  g_autoptr (HkClock) clock = hk_clock_new ();
  g_autoptr (HkJournal) journal = NULL;

  journal = folder != NULL ? hk_journal_new (folder, "https://example.org", clock) : hk_journal_new_in_memory (clock);
  self->account = hk_account_new (client, self->store, clock, journal);
  hk_account_open (self->account);
}

static void
drop_account (UiTest *self)
{
  g_clear_pointer (&self->window, gtk_window_destroy);
  ui_settle ();
  ui_await (is_last_reference (self->account));
  g_assert_finalize_object (self->account);
  ui_settle ();
}

static void
await_ready (UiTest *self)
{
  ui_await (hk_account_get_state (self->account) == HK_ACCOUNT_READY);
  ui_await (!hk_account_get_refreshing (self->account));
}

static UiTest *
make_test (HkTokenStore *store, gboolean with_token, const char *folder)
{
  UiTest *self = g_new0 (UiTest, 1);
  g_autoptr (GError) error = NULL;

  self->simulator = nuki_simulator_new_demo ();
  nuki_simulator_set_delay (self->simulator, 0, 0);
  ui_data_prepare (self->simulator);
  nuki_simulator_start (self->simulator, 0, &error);
  g_assert_no_error (error);

  self->store = store;
  if (with_token)
    keep_demo_token (self);
  make_account (self, folder);

  return self;
}

/**
 * ui_test_new:
 *
 * Returns: (transfer full): the demo account, signed in and loaded
 */
UiTest *
ui_test_new (void)
{
  UiTest *self = make_test (hk_memory_token_store_new (), TRUE, NULL);

  await_ready (self);

  return self;
}

/**
 * ui_test_new_in_folder:
 * @folder: where the account keeps its changes, in a file of the name example.org.db
 *
 * Returns: (transfer full): the demo account, signed in and loaded
 */
UiTest *
ui_test_new_in_folder (const char *folder)
{
  UiTest *self = make_test (hk_memory_token_store_new (), TRUE, folder);

  await_ready (self);

  return self;
}

/**
 * ui_test_restart:
 * @folder: as for ui_test_new_in_folder()
 *
 * Closes the window and the account, and opens the account again, as the application does when it is started anew.
 */
void
ui_test_restart (UiTest *self, const char *folder)
{
  drop_account (self);
  make_account (self, folder);
  await_ready (self);
}

/**
 * ui_test_new_signed_out:
 *
 * Returns: (transfer full): the demo service, and an account that has no token for it
 */
UiTest *
ui_test_new_signed_out (void)
{
  UiTest *self = make_test (hk_memory_token_store_new (), FALSE, NULL);

  ui_await (hk_account_get_state (self->account) == HK_ACCOUNT_SIGNED_OUT);

  return self;
}

/**
 * ui_test_new_with_store:
 * @store: (transfer full): where the account looks for its token
 *
 * Returns: (transfer full): the demo service, and an account that @store has answered to
 */
UiTest *
ui_test_new_with_store (HkTokenStore *store)
{
  UiTest *self = make_test (store, FALSE, NULL);

  ui_await (hk_account_get_state (self->account) != HK_ACCOUNT_OPENING);

  return self;
}

/**
 * ui_test_free:
 *
 * Closes what is open and fails if anything keeps the account alive.
 */
void
ui_test_free (UiTest *self)
{
  drop_account (self);
  g_assert_finalize_object (self->store);
  nuki_simulator_stop (self->simulator);
  ui_settle ();
  g_assert_finalize_object (self->simulator);
  g_free (self);
}

/**
 * ui_remove_folder:
 *
 * Removes what an account kept, or whatever else there is instead.
 */
void
ui_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_remove (path);
}

/**
 * ui_test_show:
 * @child: a page
 *
 * Opens a window of the usual size with @child in it.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
ui_test_show (UiTest *self, GtkWidget *child)
{
  GtkWidget *window = adw_window_new ();

  g_assert_null (self->window);

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 680);
  adw_window_set_content (ADW_WINDOW (window), child);
  self->window = GTK_WINDOW (window);
  gtk_window_present (self->window);
  ui_await (gtk_widget_get_mapped (child));

  return self->window;
}

static gboolean
is_drawn (HkDialog *dialog)
{
  g_autoptr (GtkWidget) body = NULL;

  g_object_get (dialog, "body", &body, NULL);

  return gtk_widget_get_mapped (body) && gtk_widget_get_width (body) > 0;
}

/**
 * ui_test_present:
 * @dialog: a dialog that was not shown yet
 *
 * Shows @dialog over the window and waits until all of it is there.
 */
void
ui_test_present (UiTest *self, HkDialog *dialog)
{
  hk_dialog_present (dialog, GTK_WIDGET (self->window));
  ui_await (is_drawn (dialog));
}

static gboolean
on_timeout (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * ui_iterate:
 * @deadline: monotonic time, µs
 *
 * Lets something happen.
 *
 * Returns: whether the deadline is still to come
 */
gboolean
ui_iterate (gint64 deadline)
{
  /* A wait for something that depends on nothing but the time must wake up as well. */
  guint timeout = g_timeout_add (20, on_timeout, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);

  return g_get_monotonic_time () < deadline;
}

/**
 * ui_settle:
 *
 * Runs what is pending right now.
 */
void
ui_settle (void)
{
  gint64 deadline = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  while (g_main_context_pending (NULL) && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, FALSE);
}

/**
 * ui_text:
 *
 * Returns: (nullable): what a widget says itself: its label, title or text
 */
const char *
ui_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_EDITABLE (widget) && !ADW_IS_PREFERENCES_ROW (widget))
    return gtk_editable_get_text (GTK_EDITABLE (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_BUTTON (widget) && HK_IS_SHY_LABEL (gtk_button_get_child (GTK_BUTTON (widget))))
    return gtk_label_get_label (GTK_LABEL (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (widget)))));
  if (GTK_IS_CHECK_BUTTON (widget))
    return gtk_check_button_get_label (GTK_CHECK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (ADW_IS_STATUS_PAGE (widget))
    return adw_status_page_get_title (ADW_STATUS_PAGE (widget));

  return NULL;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  g_autofree char *mismatch = NULL;

  if (g_strcmp0 (ui_text (widget), text) == 0 || g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0)
    return TRUE;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;

  mismatch = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text);

  return mismatch == NULL;
}

static GtkWidget *
find (GtkWidget *root, GType type, const char *text, gboolean visible)
{
  if (visible && !gtk_widget_get_mapped (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (text == NULL || says (root, text)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text, visible);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * ui_find:
 * @root: where to look, itself included
 * @type: of what type
 * @text: (nullable): the label, title, text, tooltip or accessible name
 *
 * Returns: (transfer none) (nullable): the first such widget, visible or not
 */
GtkWidget *
ui_find (GtkWidget *root, GType type, const char *text)
{
  return find (root, type, text, FALSE);
}

/**
 * ui_find_visible:
 *
 * Like ui_find(), among what is on the screen.
 */
GtkWidget *
ui_find_visible (GtkWidget *root, GType type, const char *text)
{
  return find (root, type, text, TRUE);
}

/**
 * ui_child:
 * @widget: a widget made from a template
 * @id: the id of a bound child
 *
 * Returns: (transfer none): that child
 */
gpointer
ui_child (gpointer widget, const char *id)
{
  GObject *child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), id);

  if (child == NULL)
    g_error ("%s has no bound child “%s”", G_OBJECT_TYPE_NAME (widget), id);

  return child;
}

/**
 * ui_announcement:
 * @window: a #HkWindow
 *
 * Returns: (transfer none): what was last said to those who do not see it; nothing if nothing was
 */
const char *
ui_announcement (gpointer window)
{
  const char *text = hk_announcer_get_text (ui_child (window, "announcer"));

  return text != NULL ? text : "";
}

/**
 * ui_toplevel:
 * @type: of a window or dialog
 *
 * Returns: (transfer none) (nullable): a visible one, be it a window of its own or inside another; where a dialog is inside a
 *   window (libadwaita 1.5), what it holds comes later than itself, and makes it visible
 */
GtkWidget *
ui_toplevel (GType type)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l != NULL; l = l->next)
    {
      GtkWidget *found = find (l->data, type, NULL, TRUE);

      if (found != NULL)
        return !HK_IS_DIALOG (found) || is_drawn (HK_DIALOG (found)) ? found : NULL;
    }

  return NULL;
}

static gboolean
contains_text (GtkWidget *root, const char *text)
{
  const char *own = ui_text (root);

  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (own != NULL && strstr (own, text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    if (contains_text (child, text))
      return TRUE;

  return FALSE;
}

/**
 * ui_shows:
 *
 * Returns: whether @text is part of what is visible below @root
 */
gboolean
ui_shows (GtkWidget *root, const char *text)
{
  return contains_text (root, text);
}

/**
 * ui_has_focus:
 *
 * Returns: whether what is typed in its window goes to @widget, or to something in it
 */
gboolean
ui_has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/**
 * ui_click:
 * @widget: a button, row or switch; must be sensitive, and visible soon
 */
void
ui_click (GtkWidget *widget)
{
  ui_await (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_is_sensitive (widget));

  if (GTK_IS_BUTTON (widget))
    g_signal_emit_by_name (widget, "clicked");
  else
    g_assert_true (gtk_widget_activate (widget));
}

/**
 * ui_in_view:
 * @widget: something in a window
 *
 * Returns: whether it is shown, and nothing around it that scrolls hides any of it
 */
gboolean
ui_in_view (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_height (widget) == 0)
    return FALSE;

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL; parent = gtk_widget_get_parent (parent))
    {
      graphene_rect_t bounds;
      graphene_rect_t view;

      if (!GTK_IS_SCROLLABLE (parent))
        continue;
      g_assert_true (gtk_widget_compute_bounds (widget, parent, &bounds));
      graphene_rect_init (&view, 0, 0, gtk_widget_get_width (parent), gtk_widget_get_height (parent));
      if (!graphene_rect_contains_rect (&view, &bounds))
        return FALSE;
    }

  return TRUE;
}

/**
 * ui_await_frames:
 * @widget: what is on the screen
 *
 * Lets what changed take its place on the screen, and what that brings about as well.
 */
void
ui_await_frames (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 last = gdk_frame_clock_get_frame_counter (clock) + 2;

  while (gdk_frame_clock_get_frame_counter (clock) < last)
    {
      gint64 n_frames = gdk_frame_clock_get_frame_counter (clock);

      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      ui_await (gdk_frame_clock_get_frame_counter (clock) > n_frames);
    }
}

/**
 * ui_walk:
 * @widget: a dialog that is shown, or something in a window
 * @direction: as the Tab key goes, or Shift+Tab
 *
 * Goes once around all controls of the window, from the first or the last on, and fails where one is not in view. The window
 * behind a dialog is not part of the way, even where the dialog is inside it.
 *
 * Returns: (transfer container) (element-type GtkWidget): the controls, in this order
 */
GPtrArray *
ui_walk (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *window = gtk_widget_get_root (widget);
  GPtrArray *controls = g_ptr_array_new ();

  gtk_root_set_focus (window, NULL);
  /* From the first on, it goes round to the last: where nothing had the focus, GTK (4.8) would not bring that into view. */
  if (direction == GTK_DIR_TAB_BACKWARD)
    {
      gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
      ui_await_frames (widget);
    }
  while (gtk_widget_child_focus (GTK_WIDGET (window), direction) &&
         !g_ptr_array_find (controls, gtk_root_get_focus (window), NULL))
    {
      GtkWidget *focus = gtk_root_get_focus (window);

      g_ptr_array_add (controls, focus);
      g_assert_cmpuint (controls->len, <, 100);
      ui_await_frames (widget);
      if (!ui_in_view (focus))
        g_error ("%s “%s” has the focus and is not in view", G_OBJECT_TYPE_NAME (focus),
                 ui_text (focus) != NULL ? ui_text (focus) : "");
    }

  return controls;
}

/**
 * ui_action_enabled:
 * @action: with its prefix, as in "win.refresh"
 *
 * Returns: whether the action exists above @widget and is enabled
 */
gboolean
ui_action_enabled (GtkWidget *widget, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  gboolean enabled;

  /* There is no way to ask for a widget's own actions, but a button knows. */
  gtk_widget_set_parent (button, widget);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);

  return enabled;
}

/**
 * ui_activate_action:
 * @action: with its prefix and, if it takes one, its target: "win.show-page::people"
 */
void
ui_activate_action (GtkWidget *widget, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;

  g_action_parse_detailed_name (action, &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action_variant (widget, name, target));
}

/**
 * ui_set_text:
 * @editable: an entry or entry row
 */
void
ui_set_text (GtkWidget *editable, const char *text)
{
  g_assert_true (GTK_IS_EDITABLE (editable));

  gtk_editable_set_text (GTK_EDITABLE (editable), text);
}

/**
 * ui_alert:
 *
 * Returns: (transfer none) (nullable): the question that is asked
 */
GtkWidget *
ui_alert (void)
{
  GType type = g_type_from_name ("AdwAlertDialog");

  if (type == G_TYPE_INVALID)
    type = g_type_from_name ("AdwMessageDialog");

  return type != G_TYPE_INVALID ? ui_toplevel (type) : NULL;
}

static GtkWidget *
find_answer (const char *label)
{
  GtkWidget *alert = ui_alert ();

  return alert != NULL ? ui_find_visible (alert, GTK_TYPE_BUTTON, label) : NULL;
}

/**
 * ui_answer_alert:
 * @label: the label of the answer
 *
 * Waits for a question and answers it.
 */
void
ui_answer_alert (const char *label)
{
  ui_await (find_answer (label) != NULL);
  ui_click (find_answer (label));
  ui_await (ui_alert () == NULL);
}
