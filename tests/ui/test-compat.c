/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "compat/hk-about.h"
#include "compat/hk-alert.h"
#include "compat/hk-announcer.h"
#include "compat/hk-dialog.h"
#include "compat/hk-row-text.h"
#include "compat/hk-split-view.h"
#include "hk-fit-layout.h"
#include "ui-test.h"

#define TEST_TYPE_DIALOG (test_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TestDialog, test_dialog, TEST, DIALOG, HkDialog)

struct _TestDialog
{
  HkDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (TestDialog, test_dialog, HK_TYPE_DIALOG)

static void
test_dialog_class_init (TestDialogClass *klass)
{
}

static void
test_dialog_init (TestDialog *self)
{
}

/* What is on the screen in a test of a dialog: a window with a button, and a dialog over it. */
typedef struct
{
  GtkWindow *window;
  GtkWidget *button;
  HkDialog *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->window = GTK_WINDOW (adw_window_new ());
  fixture->button = gtk_button_new_with_label ("Below");
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->button);
  gtk_window_set_default_size (fixture->window, 600, 400);
  gtk_window_present (fixture->window);
  ui_await (gtk_widget_get_mapped (fixture->button));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_weak_pointer (&fixture->dialog);
  gtk_window_destroy (fixture->window);
  ui_settle ();
}

static void
present_dialog (Fixture *fixture)
{
  GtkWidget *body = gtk_label_new ("What is asked");
  HkDialog *dialog = g_object_new (TEST_TYPE_DIALOG,
                                   "title", "A dialog",
                                   "body", body,
                                   "body-width", 320,
                                   "body-height", 200,
                                   NULL);

  g_set_weak_pointer (&fixture->dialog, dialog);
  hk_dialog_present (dialog, fixture->button);
  ui_await (ui_toplevel (TEST_TYPE_DIALOG) == GTK_WIDGET (fixture->dialog));
}

static void
test_dialog_shows_its_body (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GtkWidget) body = NULL;
  int width = 0;
  int height = 0;

  present_dialog (fixture);
  g_object_get (fixture->dialog, "body", &body, "body-width", &width, "body-height", &height, NULL);

  g_assert_true (ui_shows (ui_toplevel (TEST_TYPE_DIALOG), "What is asked"));
  g_assert_cmpstr (ui_text (body), ==, "What is asked");
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 200);
}

static void
test_dialog_fits_its_body (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *content = gtk_drawing_area_new ();
  GtkWidget *body = gtk_scrolled_window_new ();
  HkDialog *dialog = g_object_new (TEST_TYPE_DIALOG, "title", "A dialog", "body", body, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (body), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (body), content);
  gtk_widget_set_layout_manager (body, g_object_new (HK_TYPE_FIT_LAYOUT, "natural-width", 320, NULL));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (content), 300);
  g_set_weak_pointer (&fixture->dialog, dialog);
  hk_dialog_present (dialog, fixture->button);

  ui_await (gtk_widget_get_width (body) == 320 && gtk_widget_get_height (body) == 300);

  /* A window stays as high as it opened. */
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (content), 350);
  if (!GTK_IS_WINDOW (dialog))
    ui_await (gtk_widget_get_height (body) == 350);
}

static void
test_dialog_closes (Fixture *fixture, gconstpointer user_data)
{
  present_dialog (fixture);
  g_assert_false (hk_dialog_get_dirty (fixture->dialog));
  hk_dialog_close (fixture->dialog);

  ui_await (fixture->dialog == NULL);
}

static void
test_dirty_dialog_asks (Fixture *fixture, gconstpointer user_data)
{
  present_dialog (fixture);
  hk_dialog_set_dirty (fixture->dialog, TRUE);

  hk_dialog_close (fixture->dialog);
  hk_dialog_close (fixture->dialog);
  ui_answer_alert ("Keep Editing");
  ui_settle ();
  g_assert_nonnull (fixture->dialog);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (fixture->dialog)));

  hk_dialog_close (fixture->dialog);
  ui_answer_alert ("Discard");
  ui_await (fixture->dialog == NULL);
}

static void
test_clean_again_closes (Fixture *fixture, gconstpointer user_data)
{
  present_dialog (fixture);
  g_object_set (fixture->dialog, "dirty", TRUE, NULL);
  g_object_set (fixture->dialog, "dirty", FALSE, NULL);
  hk_dialog_close (fixture->dialog);

  ui_await (fixture->dialog == NULL);
}

static void
test_force_close_does_not_ask (Fixture *fixture, gconstpointer user_data)
{
  present_dialog (fixture);
  hk_dialog_set_dirty (fixture->dialog, TRUE);
  hk_dialog_force_close (fixture->dialog);

  ui_await (fixture->dialog == NULL);
}

static void
test_dialog_goes_with_its_window (Fixture *fixture, gconstpointer user_data)
{
  present_dialog (fixture);
  hk_dialog_set_dirty (fixture->dialog, TRUE);
  hk_dialog_close (fixture->dialog);
  ui_settle ();
  gtk_window_destroy (fixture->window);
  ui_await (fixture->dialog == NULL);

  set_up (fixture, NULL);
}

typedef enum
{
  OPEN,
  CHOSEN,
  NOT_CHOSEN,
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_cmpint (*answer, ==, OPEN);
  *answer = hk_alert_choose_finish (result) ? CHOSEN : NOT_CHOSEN;
}

static void
ask (Fixture *fixture, GCancellable *cancellable, Answer *answer)
{
  *answer = OPEN;
  hk_alert_choose_async (fixture->button, "Take the key back?", "Anna can not enter any more.", "_Cancel",
                         "_Take Back", TRUE, cancellable, on_answer, answer);
}

static void
test_alert_answers (Fixture *fixture, gconstpointer user_data)
{
  Answer answer;

  ask (fixture, NULL, &answer);
  ui_answer_alert ("_Take Back");
  ui_await (answer == CHOSEN);

  ask (fixture, NULL, &answer);
  ui_answer_alert ("_Cancel");
  ui_await (answer == NOT_CHOSEN);
}

static void
test_alert_shows_all_it_says (Fixture *fixture, gconstpointer user_data)
{
  Answer answer = OPEN;
  GtkWidget *scroller;
  GtkAdjustment *adjustment;

  ui_await_frames (fixture->button);
  hk_alert_choose_async (fixture->button, "Take the key back?",
                         "Anna’s 3 keys, to the front door, to the holiday flat and to the garage, are taken back first. Her name "
                         "and her address are removed from the account once the locks have confirmed that.",
                         "_Cancel", "_Take Back", TRUE, NULL, on_answer, &answer);
  ui_await (ui_alert () != NULL && ui_find_visible (ui_alert (), GTK_TYPE_SCROLLED_WINDOW, NULL) != NULL);
  scroller = ui_find_visible (ui_alert (), GTK_TYPE_SCROLLED_WINDOW, NULL);
  ui_await_frames (scroller);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));

  ui_answer_alert ("_Cancel");
  ui_await (answer == NOT_CHOSEN);
}

/* Returns: how far below the edge of the alert it goes, in pixels */
static int
get_excess (const char *answer)
{
  GtkWidget *button = ui_find_visible (ui_alert (), GTK_TYPE_BUTTON, answer);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (button, ui_alert (), &bounds));

  return (int) (bounds.origin.y + bounds.size.height) - gtk_widget_get_height (ui_alert ());
}

static void
test_alert_shows_all_answers (Fixture *fixture, gconstpointer user_data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  Answer answer = OPEN;
  g_autoptr (GString) body = g_string_new (NULL);

  for (int i = 0; i < 20; i++)
    g_string_append (body, "This is too long for a telephone. ");
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_window_set_default_size (fixture->window, 360, 640);
  ui_await (gtk_widget_get_width (GTK_WIDGET (fixture->window)) < 400);

  /* Of different widths, from where both have room beside each other to where none has. */
  for (int length = 6; length <= 16; length++)
    {
      g_autofree char *label = g_strnfill (length, 'a');

      answer = OPEN;
      hk_alert_choose_async (fixture->button, "Take the key back?", body->str, label, "_Take Back", TRUE, NULL, on_answer,
                             &answer);
      ui_await (ui_alert () != NULL && ui_find_visible (ui_alert (), GTK_TYPE_BUTTON, label) != NULL);
      ui_await_frames (ui_alert ());
      ui_await_frames (ui_alert ());
      g_assert_cmpint (get_excess (label), <=, 0);
      g_assert_cmpint (get_excess ("_Take Back"), <=, 0);
      ui_answer_alert (label);
      ui_await (answer == NOT_CHOSEN);
    }

  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
test_alert_grows_with_its_letters (Fixture *fixture, gconstpointer user_data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  Answer answer;
  GtkWidget *scroller;

  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  ui_await_frames (fixture->button);
  ask (fixture, NULL, &answer);
  ui_await (ui_alert () != NULL && ui_find_visible (ui_alert (), GTK_TYPE_SCROLLED_WINDOW, NULL) != NULL);
  scroller = ui_find_visible (ui_alert (), GTK_TYPE_SCROLLED_WINDOW, NULL);
  ui_await_frames (scroller);
  g_assert_cmpint (gtk_widget_get_width (scroller), >, 400);
  g_assert_cmpint (gtk_widget_get_width (scroller), <, 600);

  ui_answer_alert ("_Cancel");
  ui_await (answer == NOT_CHOSEN);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

static void
test_alert_is_cancelled (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answer;

  ask (fixture, cancellable, &answer);
  ui_settle ();
  g_cancellable_cancel (cancellable);
  ui_await (answer == NOT_CHOSEN);

  ask (fixture, cancellable, &answer);
  ui_await (answer == NOT_CHOSEN);
}

static void
test_alert_goes_with_its_window (Fixture *fixture, gconstpointer user_data)
{
  Answer answer;

  ask (fixture, NULL, &answer);
  ui_settle ();
  gtk_window_destroy (fixture->window);
  ui_await (answer == NOT_CHOSEN);

  set_up (fixture, NULL);
}

static GtkWidget *
find_about (void)
{
  GType type = g_type_from_name ("AdwAboutDialog");

  if (type == G_TYPE_INVALID)
    type = g_type_from_name ("AdwAboutWindow");

  return type != G_TYPE_INVALID ? ui_toplevel (type) : NULL;
}

static void
test_about (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *about;
  g_autofree char *comments = NULL;
  g_autofree char *version = NULL;
  GtkLicense license;

  hk_about_present (fixture->button);
  ui_await (find_about () != NULL);
  about = find_about ();
  g_object_get (about, "comments", &comments, "version", &version, "license-type", &license, NULL);

  g_assert_nonnull (strstr (comments, "independent third-party client"));
  g_assert_nonnull (strstr (comments, "nor affiliated with Nuki Home Solutions"));
  g_assert_true (g_str_has_prefix (version, "0."));
  g_assert_cmpint (license, ==, GTK_LICENSE_GPL_3_0);
}

static void
look_at (GtkWindow *window)
{
  ui_await ((gtk_window_present (window), gtk_window_is_active (window)));
}

/* GTK has no call for it below 4.14, and the screen reader looks at the name of the window that is worked in. */
static void
test_announcement_is_told (void)
{
  const gboolean has_call = gtk_check_version (4, 14, 0) == NULL;
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());
  HkAnnouncer *announcer = g_object_new (HK_TYPE_ANNOUNCER, NULL);

  gtk_window_set_title (window, "Window");
  gtk_window_set_child (window, GTK_WIDGET (announcer));
  look_at (window);
  for (int i = 0; i < 2; i++)
    {
      hk_announcer_say (announcer, "News");
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           has_call ? "Window" : "News");
    }
  look_at (other);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, "Window");

  gtk_window_destroy (other);
  gtk_window_destroy (window);
}

/* Below GTK 4.14 the label is read whenever the row is. */
static void
test_subtitle_is_told (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();

  hk_row_text_watch ();
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "Pepper");
  gtk_window_present (GTK_WINDOW (window));
  ui_await (gtk_widget_get_mapped (row));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "Salt &amp; <b>pepper</b>");
  if (gtk_check_version (4, 14, 0) != NULL)
    g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  else
    {
      g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Salt & pepper");
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Returns: (transfer full): an icon of a size that is not among the last hundred, so that nothing else keeps it */
static GtkIconPaintable *
look_up_icon (const char *name)
{
  return gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()), name, NULL, 256, 1,
                                     GTK_TEXT_DIR_NONE, 0);
}

static gpointer
release (gpointer icon)
{
  g_object_unref (icon);

  return NULL;
}

static void
test_icon_ends_on_this_thread_only (void)
{
  GtkIconPaintable *here = look_up_icon ("list-add-symbolic");
  GtkIconPaintable *there = look_up_icon ("list-remove-symbolic");
  g_autoptr (GtkIconPaintable) again = NULL;

  g_object_add_weak_pointer (G_OBJECT (here), (gpointer *) &here);
  g_object_add_weak_pointer (G_OBJECT (there), (gpointer *) &there);
  release (here);
  g_thread_join (g_thread_new ("release", release, there));
  again = look_up_icon ("list-remove-symbolic");

  g_assert_null (here);
  g_assert_nonnull (there);
  g_assert_true (again == there);
  g_object_remove_weak_pointer (G_OBJECT (there), (gpointer *) &there);
}

static void
test_split_view_folds (void)
{
  g_autoptr (GtkWidget) sidebar = NULL;
  g_autoptr (GtkWidget) content = NULL;
  GtkWidget *window = adw_window_new ();
  HkSplitView *view = g_object_new (HK_TYPE_SPLIT_VIEW,
                                    "sidebar", gtk_label_new ("Sidebar"),
                                    "content", gtk_label_new ("Content"),
                                    NULL);

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_present (GTK_WINDOW (window));
  g_object_get (view, "sidebar", &sidebar, "content", &content, NULL);
  ui_await (gtk_widget_get_mapped (sidebar) && gtk_widget_get_mapped (content));
  g_assert_false (hk_split_view_get_collapsed (view));
  ui_await (gtk_widget_get_width (sidebar) == 260);

  gtk_window_set_default_size (GTK_WINDOW (window), 400, 400);
  ui_await (hk_split_view_get_collapsed (view));
  hk_split_view_set_show_content (view, TRUE);
  ui_await (gtk_widget_get_child_visible (content) && !gtk_widget_get_mapped (sidebar));
  g_assert_true (hk_split_view_get_show_content (view));
  hk_split_view_set_show_content (view, FALSE);
  ui_await (gtk_widget_get_mapped (sidebar) && !gtk_widget_get_mapped (content));
  g_assert_false (hk_split_view_get_show_content (view));

  gtk_window_destroy (GTK_WINDOW (window));
  ui_settle ();
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

  ADD ("/compat/a-dialog-shows-its-body", test_dialog_shows_its_body);
  ADD ("/compat/a-dialog-that-asks-for-no-height-is-as-high-as-what-is-in-it", test_dialog_fits_its_body);
  ADD ("/compat/a-dialog-closes-when-there-is-nothing-to-lose", test_dialog_closes);
  ADD ("/compat/a-filled-dialog-asks-once-before-it-closes", test_dirty_dialog_asks);
  ADD ("/compat/a-dialog-that-was-emptied-again-does-not-ask", test_clean_again_closes);
  ADD ("/compat/a-dialog-that-has-done-its-work-does-not-ask", test_force_close_does_not_ask);
  ADD ("/compat/a-dialog-goes-with-its-window-while-it-asks", test_dialog_goes_with_its_window);
  ADD ("/compat/an-alert-says-which-answer-was-chosen", test_alert_answers);
  ADD ("/compat/a-question-is-wider-where-its-letters-are-larger", test_alert_grows_with_its_letters);
  ADD ("/compat/an-alert-shows-all-it-says-where-there-is-room", test_alert_shows_all_it_says);
  ADD ("/compat/all-answers-of-a-question-are-in-view-with-large-letters", test_alert_shows_all_answers);
  ADD ("/compat/a-cancelled-alert-chooses-nothing", test_alert_is_cancelled);
  ADD ("/compat/an-alert-goes-with-its-window-and-chooses-nothing", test_alert_goes_with_its_window);
  ADD ("/compat/about-says-whose-client-this-is-not", test_about);
  g_test_add_func ("/compat/an-announcement-is-told-to-the-screen-reader", test_announcement_is_told);
  g_test_add_func ("/compat/the-subtitle-of-a-row-is-told-as-it-is-now", test_subtitle_is_told);
  g_test_add_func ("/compat/an-icon-ends-on-the-thread-of-the-widgets-only", test_icon_ends_on_this_thread_only);
  g_test_add_func ("/compat/two-panes-become-two-pages-when-it-is-narrow", test_split_view_folds);

  return g_test_run ();
}
