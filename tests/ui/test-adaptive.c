/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every page, dialog, question and menu, in windows from the narrowest telephone to the largest screen, with letters twice as large,
 * from right to left, light and dark: nothing is cut, nothing is outside the window, nothing scrolls sideways, and on a telephone
 * there is nothing to touch that is smaller than a finger; no word is broken, and none is faint. In a language, with its own
 * catalogue and locale: on telephones; and in qps, which nobody speaks, each text has brackets around it, so that what was not
 * translated is seen.
 *
 *   test-adaptive                       the looks that differ most, or in a language the first two
 *   test-adaptive --pictures FOLDER     all looks, with a picture of each
 */

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "ui-pixels.h"
#include "ui-scenes.h"
#include "ui-test.h"

/* Below this width, in pixels, the window is one for fingers. */
#define NARROW 720

/* What a finger meets without care, in pixels. */
#define TOUCH_SIZE 44

/* Between letters and what is behind them (WCAG 2.2, 1.4.3). */
#define MIN_CONTRAST 4.5

/* Between what shows a state and what is around it (WCAG 2.2, 1.4.11), which the toolkit does not always have. */
#define MIN_STATE_CONTRAST 3.0

typedef struct
{
  int width;
  int height;
} Size;

static const Size sizes[] = { { 360, 294 }, { 360, 640 }, { 720, 640 }, { 1000, 680 }, { 1920, 1080 }, { 3840, 2160 } };

typedef struct
{
  Size size;
  int percent;  /* of the usual size of letters */
  GtkTextDirection direction;
  gboolean dark;
} Look;

/* Each value of each of these, and what is hardest together; that first, and the first two are a telephone’s for each language. */
static const Look looks[] = {
  { { 360, 640 }, 100, GTK_TEXT_DIR_LTR, FALSE },   { { 360, 294 }, 200, GTK_TEXT_DIR_LTR, TRUE },
  { { 360, 640 }, 200, GTK_TEXT_DIR_RTL, FALSE },   { { 360, 640 }, 100, GTK_TEXT_DIR_RTL, TRUE },
  { { 360, 294 }, 100, GTK_TEXT_DIR_LTR, FALSE },   { { 720, 640 }, 200, GTK_TEXT_DIR_LTR, FALSE },
  { { 720, 640 }, 100, GTK_TEXT_DIR_RTL, FALSE },   { { 1000, 680 }, 200, GTK_TEXT_DIR_RTL, TRUE },
  { { 1920, 1080 }, 100, GTK_TEXT_DIR_LTR, FALSE }, { { 3840, 2160 }, 200, GTK_TEXT_DIR_LTR, FALSE },
};

typedef struct
{
  const Look *look;
  GtkWidget *top;    /* what is looked at, from its edge on */
  GPtrArray *data;   /* what may be cut, as it is somebody's own */
  GtkWidget *native;
  UiPixels *pixels;  /* (nullable): of @native, if the letters are so large that their colour is seen */
} View;

static const char *pictures;  /* the folder for all of them, if they are wanted */
static const char *language;  /* the one that is spoken, if not English */
static guint n_rendered;
static guint n_controls;
static guint n_nameless;

static char *
name_look (const Look *look)
{
  return g_strdup_printf ("%dx%d-%d-%s-%s", look->size.width, look->size.height, look->percent,
                          look->direction == GTK_TEXT_DIR_RTL ? "rtl" : "ltr", look->dark ? "dark" : "light");
}

G_GNUC_PRINTF (2, 3)
static void
fail (GtkWidget *widget, const char *format, ...)
{
  const char *text = ui_text (widget);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_message ("  %s “%s”: %s", G_OBJECT_TYPE_NAME (widget), text != NULL ? text : "", what);
  g_test_fail ();
}

static gboolean
is_data (View *view, const char *text)
{
  g_autoptr (GString) rest = g_string_new (text);

  /* Where an address may be broken. */
  g_string_replace (rest, "\u200b", "", 0);
  for (guint i = 0; i < view->data->len; i++)
    g_string_replace (rest, g_ptr_array_index (view->data, i), "", 0);

  return !g_regex_match_simple ("\\p{L}{2}", rest->str, 0, 0);
}

/* What the toolkit makes by itself it has to name by itself. */
static gboolean
is_of_toolkit (GtkWidget *widget)
{
  static const char *const types[] = { "GtkWindowControls", "GtkCalendar", "AdwToastWidget", "AdwAboutWindow",
                                       "AdwAboutDialog" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GType type = g_type_from_name (types[i]);

      if (type != G_TYPE_INVALID && gtk_widget_get_ancestor (widget, type) != NULL)
        return TRUE;
    }

  /* The inner part of something that has a name. */
  return GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget))
         || (GTK_IS_TEXT (widget) && !ADW_IS_ENTRY_ROW (gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW)))
         || ADW_IS_PASSWORD_ENTRY_ROW (gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW));
}

/* Takes away what is in brackets, one in the other. */
static char *
leave_untranslated (const char *text)
{
  g_autoptr (GRegex) brackets = g_regex_new ("⟦[^⟦⟧]*⟧", 0, 0, NULL);
  char *rest = g_strdup (text);

  while (g_regex_match (brackets, rest, 0, NULL))
    {
      g_autofree char *more = rest;
      rest = g_regex_replace_literal (brackets, more, -1, 0, "", 0, NULL);
    }

  return rest;
}

/* The toolkit’s own texts, what somebody has typed, or the names of keys on the keyboard. */
static gboolean
is_not_ours (GtkWidget *widget)
{
  return is_of_toolkit (widget) || GTK_IS_TEXT (widget) || gtk_widget_get_ancestor (widget, ADW_TYPE_AVATAR) != NULL
         || gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUT_LABEL) != NULL
         || (GTK_IS_IMAGE (widget) && GTK_IS_SEARCH_ENTRY (gtk_widget_get_parent (widget)))
         || g_str_equal (gtk_widget_get_css_name (widget), "accelerator");
}

static void
look_at_translation (View *view, GtkWidget *widget, const char *text)
{
  g_autofree char *rest = text != NULL ? leave_untranslated (text) : NULL;

  if (rest != NULL && !is_data (view, rest) && !is_not_ours (widget))
    fail (widget, "is not translated: %s", text);
}

/* Where there is no room for a whole word, Pango goes on in the next line after any letter. */
static gboolean
has_broken_word (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  for (int i = 1; i < pango_layout_get_line_count (layout); i++)
    {
      const char *start = text + pango_layout_get_line_readonly (layout, i)->start_index;

      if (g_unichar_isalpha (g_utf8_get_char (start)) && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (start))))
        return TRUE;
    }

  return FALSE;
}

static void
look_at_text (View *view, GtkWidget *label)
{
  const char *text = gtk_label_get_text (GTK_LABEL (label));
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (pango_layout_is_ellipsized (layout))
    {
      if (!is_data (view, text) || g_str_equal (text, "Housekeys"))
        fail (label, "is cut");
    }
  else if (width > gtk_widget_get_width (label) || height > gtk_widget_get_height (label))
    {
      fail (label, "needs %d×%d and has %d×%d", width, height, gtk_widget_get_width (label),
            gtk_widget_get_height (label));
    }
  else if (has_broken_word (layout) && !is_data (view, gtk_label_get_text (GTK_LABEL (label))))
    {
      fail (label, "has a word that is broken");
    }
}

static gboolean
is_in_sight (View *view, GtkWidget *thing, graphene_rect_t *bounds)
{
  graphene_point_t center;
  graphene_rect_t around;
  GtkWidget *picked;

  /* A dialog of newer libraries is in the window, and what is behind it is faint. */
  graphene_rect_get_center (bounds, &center);
  picked = gtk_widget_pick (view->native, center.x, center.y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);
  if (picked == NULL || (picked != thing && !gtk_widget_is_ancestor (thing, picked) && !gtk_widget_is_ancestor (picked, thing)))
    return FALSE;

  for (GtkWidget *widget = gtk_widget_get_parent (thing); widget != view->native; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_compute_bounds (widget, view->native, &around) && !graphene_rect_contains_rect (&around, bounds)
        && GTK_IS_SCROLLED_WINDOW (widget))
      return FALSE;

  return gtk_widget_compute_bounds (view->top, view->native, &around) && graphene_rect_contains_rect (&around, bounds);
}

static void
look_at_contrast (View *view, GtkWidget *widget, double least)
{
  graphene_rect_t bounds;
  double contrast;

  if (view->pixels == NULL || !gtk_widget_is_sensitive (widget) || is_of_toolkit (widget)
      || gtk_widget_get_ancestor (widget, ADW_TYPE_AVATAR) != NULL
      || !gtk_widget_compute_bounds (widget, view->native, &bounds) || !is_in_sight (view, widget, &bounds))
    return;

  contrast = ui_pixels_get_contrast (view->pixels, &bounds);
  if (contrast < least)
    fail (widget, "has a contrast of %.1f to 1", contrast);
}

static void
look_at_edges (View *view, GtkWidget *widget)
{
  graphene_rect_t bounds;
  double left, right;

  if (gtk_widget_get_width (widget) == 0 || !gtk_widget_compute_bounds (widget, view->top, &bounds))
    return;

  left = bounds.origin.x;
  right = left + bounds.size.width;
  if (left < -1 || right > gtk_widget_get_width (view->top) + 1)
    fail (widget, "goes from %g to %g", left, right);
  if (bounds.origin.y + bounds.size.height > gtk_widget_get_height (view->top) + 1
      && gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) == NULL)
    fail (widget, "goes down to %g", bounds.origin.y + bounds.size.height);
}

static void
look_at_scrolling (GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));

  if (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment)
      > gtk_adjustment_get_page_size (adjustment))
    fail (widget, "scrolls sideways");
}

static gboolean
is_activated_by_row (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);

  return row != NULL && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row))
         && adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) == widget;
}

static gboolean
is_target (GtkWidget *widget)
{
  if (!gtk_widget_is_sensitive (widget) || !gtk_widget_get_can_target (widget))
    return FALSE;
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  if (GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)
      || GTK_IS_SEARCH_ENTRY (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return !is_activated_by_row (widget);

  return FALSE;
}

static void
look_at_size (GtkWidget *widget)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (widget, widget, &bounds))
    return;
  if (bounds.size.width < TOUCH_SIZE || bounds.size.height < TOUCH_SIZE)
    fail (widget, "is %g×%g to touch", bounds.size.width, bounds.size.height);
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_widget_get_mapped (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0';

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;

  return FALSE;
}

/* A tooltip is a description, what a field holds is not its name, and a button is labelled by what is in it, also by an icon. */
static void
look_at_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  const gboolean is_field = GTK_IS_EDITABLE (widget) || GTK_IS_SWITCH (widget);

  if (is_of_toolkit (widget))
    return;

  n_controls++;
  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || (!GTK_IS_BUTTON (widget) && gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
      || (!is_field && has_text (widget)))
    return;

  n_nameless++;
  fail (widget, "has no accessible name, after “%s”",
        gtk_widget_get_prev_sibling (widget) != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_prev_sibling (widget)) : "");
}

/* What has the focus in an entry row is the text. */
static void
look_at_required (GtkWidget *row)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
  g_autofree char *mismatch = NULL;

  if (gtk_test_accessible_has_property (text, GTK_ACCESSIBLE_PROPERTY_REQUIRED))
    mismatch = gtk_test_accessible_check_property (text, GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE);
  else
    mismatch = g_strdup ("nothing");
  if (mismatch != NULL)
    fail (row, "does not say that it is required, but %s", mismatch);
}

static void
look_at_heading (GtkWidget *label)
{
  if (is_of_toolkit (label) || gtk_widget_get_ancestor (label, ADW_TYPE_STATUS_PAGE) != NULL)
    return;

  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) != GTK_ACCESSIBLE_ROLE_HEADING)
    fail (label, "does not say that it is a heading: %s", gtk_label_get_text (GTK_LABEL (label)));
}

static void
look_at (View *view, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_NATIVE (widget) || GTK_IS_SCROLLBAR (widget))
    return;

  look_at_edges (view, widget);
  if (g_strcmp0 (language, "qps") == 0)
    {
      look_at_translation (view, widget, GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL);
      look_at_translation (view, widget, gtk_widget_get_tooltip_text (widget));
    }
  if (GTK_IS_LABEL (widget))
    {
      look_at_text (view, widget);
      if (*gtk_label_get_text (GTK_LABEL (widget)) != '\0')
        look_at_contrast (view, widget, MIN_CONTRAST);
    }
  if (GTK_IS_SWITCH (widget) && adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    look_at_contrast (view, widget, MIN_STATE_CONTRAST);
  if (GTK_IS_SCROLLED_WINDOW (widget))
    look_at_scrolling (widget);
  if (view->look->size.width < NARROW && is_target (widget))
    look_at_size (widget);
  if (view->look == &looks[0] && (is_target (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_EDITABLE (widget)))
    look_at_name (widget);
  if (view->look == &looks[0] && ADW_IS_ENTRY_ROW (widget))
    look_at_required (widget);
  if (view->look == &looks[0]
      && (gtk_widget_has_css_class (widget, "title-1") || gtk_widget_has_css_class (widget, "sidebar-heading")))
    look_at_heading (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    look_at (view, child);
}

static int
measure_width (GtkWidget *widget)
{
  int width = 0;

  if (gtk_widget_get_mapped (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);

  return width;
}

/* Goes to the innermost that are too wide, and says what of. */
static void
tell_widest (GtkWidget *widget, int width)
{
  gboolean is_innermost = TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (measure_width (child) > width)
      {
        tell_widest (child, width);
        is_innermost = FALSE;
      }
  if (!is_innermost)
    return;

  g_test_message ("    %s %d px “%s”:", G_OBJECT_TYPE_NAME (widget), measure_width (widget), ui_text (widget) != NULL ? ui_text (widget) : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (measure_width (child) > 0)
      g_test_message ("      %s %d px “%s”", G_OBJECT_TYPE_NAME (child), measure_width (child), ui_text (child) != NULL ? ui_text (child) : "");
}

static gboolean
fits (GtkWidget *widget, const Look *look)
{
  int width, height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, look->size.width, &height, NULL, NULL, NULL);
  if (width <= look->size.width && height <= look->size.height)
    return TRUE;

  fail (widget, "needs %d×%d", width, height);
  if (width > look->size.width)
    tell_widest (widget, look->size.width);

  return FALSE;
}

static void
take_picture (GtkWidget *widget, const char *scene, const Look *look)
{
  g_autofree char *name = name_look (look);
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", pictures, scene, name);
  g_autoptr (GdkTexture) texture = ui_pixels_render (widget);

  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* With letters of the usual size, most of a letter is between two pixels. Newer libraries fade what is in no active window. */
static void
take_pixels (View *view)
{
  if (view->look->percent > 100 && view->look->size.width <= 1000 && gtk_widget_get_mapped (view->top)
      && (gtk_widget_get_state_flags (view->top) & GTK_STATE_FLAG_BACKDROP) == 0)
    view->pixels = ui_pixels_new (view->native);
}

static void
apply (const Look *look)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      look->dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", "gtk-font-name", "Cantarell 11", "gtk-xft-dpi", 96 * 1024 * look->percent / 100, NULL);
  gtk_widget_set_default_direction (look->direction);
}

static gboolean
has_size (GtkWindow *window, const Look *look)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return gtk_widget_get_width (GTK_WIDGET (window)) == MAX (look->size.width, minimum);
}

static int
measure_height (GtkWindow *dialog, int width)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (dialog), GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* A dialog that is a window of its own is as large as it wants to be, and no larger than the screen. One that opened as high as
 * what is in it is as high when it opens with other letters. */
static void
resize_dialog (GtkWindow *dialog, const Size *screen)
{
  Size *wanted = g_object_get_data (G_OBJECT (dialog), "wanted");
  int height;

  if (wanted == NULL)
    {
      wanted = g_new (Size, 1);
      gtk_window_get_default_size (dialog, &wanted->width, &wanted->height);
      if (wanted->height == measure_height (dialog, wanted->width))
        wanted->height = 0;
      g_object_set_data_full (G_OBJECT (dialog), "wanted", wanted, g_free);
    }
  if (wanted->width <= 0)
    return;

  height = wanted->height > 0 ? wanted->height : measure_height (dialog, MIN (screen->width, wanted->width));
  gtk_window_set_default_size (dialog, MIN (screen->width, wanted->width), MIN (screen->height, height));
}

static void
resize (UiTest *test, GtkWidget *widget, const Look *look)
{
  GtkWindow *root = GTK_WINDOW (gtk_widget_get_root (widget));

  gtk_window_set_default_size (test->window, look->size.width, look->size.height);
  if (root != test->window)
    resize_dialog (root, &look->size);
  /* The size comes first, and then the style for it. */
  ui_await (has_size (test->window, look));
  ui_await_frames (GTK_WIDGET (root));
  ui_await_frames (GTK_WIDGET (root));
}

static GtkWidget *
get_content (GtkWidget *native)
{
  return GTK_IS_WINDOW (native) ? gtk_window_get_child (GTK_WINDOW (native)) : gtk_popover_get_child (GTK_POPOVER (native));
}

static void
open_popover (GtkWidget *popover, const Look *look)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (popover));

  /* GTK (4.8) would scroll the page to what has the focus in the popover, and what it points to out of the window. */
  if (look->percent > 100 && gtk_widget_get_ancestor (popover, GTK_TYPE_VIEWPORT) != NULL)
    return;

  gtk_root_set_focus (GTK_ROOT (root), NULL);
  gtk_widget_grab_focus (gtk_widget_get_parent (popover));
  ui_await_frames (root);
  gtk_popover_popup (GTK_POPOVER (popover));
  ui_await_frames (root);
}

static void
look_at_scene (const UiScene *scene, UiTest *test, GtkWidget *widget, const Look *look)
{
  g_autoptr (GPtrArray) data = ui_list_data (test->account);
  GtkWidget *top = get_content (GTK_WIDGET (gtk_widget_get_native (widget)));
  View view = { look, top, data, GTK_WIDGET (gtk_widget_get_native (top)), NULL };
  g_autofree char *name = name_look (look);

  g_test_message ("%s %s", scene->name, name);
  if (GTK_IS_POPOVER (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  apply (look);
  resize (test, widget, look);
  if (GTK_IS_POPOVER (widget))
    open_popover (widget, look);
  take_pixels (&view);
  /* A popover with its frame, but without its shadow. */
  if (fits (GTK_IS_POPOVER (widget) ? gtk_widget_get_parent (top) : top, look))
    look_at (&view, top);
  g_clear_pointer (&view.pixels, ui_pixels_free);
  n_rendered++;
  if (pictures != NULL && gtk_widget_get_mapped (top))
    take_picture (GTK_WIDGET (gtk_widget_get_native (top)), scene->name, look);
}

static void
look_from_all_sides (const UiScene *scene, UiTest *test, GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int percent = 100; percent <= 200; percent += 100)
      for (int direction = GTK_TEXT_DIR_LTR; direction <= GTK_TEXT_DIR_RTL; direction++)
        for (int dark = FALSE; dark <= TRUE; dark++)
          {
            Look look = { sizes[i], percent, direction, dark };

            look_at_scene (scene, test, widget, &look);
          }
}

static guint
count_looks (void)
{
  if (language != NULL)
    return 2;
  /* There are more edges, and nothing else that takes room. */
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    return 3;

  return G_N_ELEMENTS (looks);
}

static void
test_scene (gconstpointer user_data)
{
  const UiScene *scene = user_data;
  const guint n_looks = count_looks ();
  UiTest *test;
  GtkWidget *widget;

  apply (&looks[0]);
  widget = ui_scene_enter (scene, &test);
  if (pictures != NULL)
    look_from_all_sides (scene, test, widget);
  else
    for (guint i = 0; i < n_looks; i++)
      look_at_scene (scene, test, widget, &looks[i]);
  ui_scene_leave (widget, test);
}

/* Without a compositor, windows have an edge that the screen of a telephone has no room for. */
static void
leave_out_frames (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, ".solid-csd { padding: 0; border-width: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER);
}

/* The catalogue of the language that tests/ui/in-language was asked for. */
static void
speak (void)
{
  const char *catalogues = g_getenv ("HOUSEKEYS_LOCALE_DIR");

  if (catalogues == NULL)
    return;

  language = g_getenv ("LANGUAGE");
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  const UiScene *scenes;
  guint n_scenes;
  int status;

  if (argc > 2 && g_str_equal (argv[1], "--pictures"))
    {
      pictures = argv[2];
      g_mkdir_with_parents (pictures, 0755);
      argv[2] = argv[0];
      argv += 2;
      argc -= 2;
    }
  speak ();
  ui_test_init (&argc, &argv);
  /* What is different in the dark and with high contrast is loaded by an application. */
  application = adw_application_new ("io.github.housekeys.Housekeys", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/housekeys/Housekeys");
  g_application_register (G_APPLICATION (application), NULL, NULL);
  leave_out_frames ();

  scenes = ui_scenes_get (&n_scenes);
  for (guint i = 0; i < n_scenes; i++)
    {
      g_autofree char *path = g_strdup_printf ("/adaptive/%s", scenes[i].name);
      g_test_add_data_func (path, &scenes[i], test_scene);
    }

  status = g_test_run ();
  g_test_message ("pages times widths times themes rendered: %u (%u pages, dialogs, questions and menus)", n_rendered,
                  n_scenes);
  g_test_message ("controls without an accessible name: %u of %u", n_nameless, n_controls);
  return status;
}
