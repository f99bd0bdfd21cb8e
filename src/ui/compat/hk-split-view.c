/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-split-view.h"

#define SIDEBAR_WIDTH 260
#define COLLAPSE_WIDTH 720
#define MIN_WIDTH 360
#define MIN_HEIGHT 294

struct _HkSplitView
{
  AdwBin parent_instance;

  GtkWidget *sidebar;       /* (unowned): given as a property */
  GtkWidget *content;       /* (unowned): given as a property */
  GtkWidget *sidebar_pane;  /* (unowned): holds the sidebar */
  GtkWidget *content_pane;  /* (unowned): holds the content */
  GtkWidget *view;          /* (unowned): what libadwaita has for this */
};

G_DEFINE_FINAL_TYPE (HkSplitView, hk_split_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_SHOW_CONTENT,
  PROP_COLLAPSED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
on_notify_show_content (HkSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_CONTENT]);
}

static void
on_notify_collapsed (HkSplitView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COLLAPSED]);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#if ADW_CHECK_VERSION (1, 4, 0)

static GtkWidget *
make_page (GtkWidget *pane, const char *tag)
{
  AdwNavigationPage *page = adw_navigation_page_new_with_tag (pane, "Housekeys", tag);

  /* It needs a title, but would be read as a group of this name each time the focus comes from the other pane. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL);

  return GTK_WIDGET (page);
}

static void
build_view (HkSplitView *self)
{
  AdwNavigationSplitView *view = ADW_NAVIGATION_SPLIT_VIEW (adw_navigation_split_view_new ());
  GtkWidget *bin = adw_breakpoint_bin_new ();
  AdwBreakpoint *breakpoint;
  GValue collapsed = G_VALUE_INIT;

  adw_navigation_split_view_set_sidebar (view, ADW_NAVIGATION_PAGE (make_page (self->sidebar_pane, "sidebar")));
  adw_navigation_split_view_set_content (view, ADW_NAVIGATION_PAGE (make_page (self->content_pane, "content")));
  adw_navigation_split_view_set_min_sidebar_width (view, SIDEBAR_WIDTH);
  adw_navigation_split_view_set_max_sidebar_width (view, SIDEBAR_WIDTH);
  adw_navigation_split_view_set_sidebar_width_unit (view, ADW_LENGTH_UNIT_PX);

  gtk_widget_set_size_request (bin, MIN_WIDTH, MIN_HEIGHT);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), GTK_WIDGET (view));
  breakpoint = adw_breakpoint_new (adw_breakpoint_condition_new_length (ADW_BREAKPOINT_CONDITION_MAX_WIDTH,
                                                                        COLLAPSE_WIDTH - 1, ADW_LENGTH_UNIT_PX));
  g_value_init (&collapsed, G_TYPE_BOOLEAN);
  g_value_set_boolean (&collapsed, TRUE);
  adw_breakpoint_add_setter (breakpoint, G_OBJECT (view), "collapsed", &collapsed);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), breakpoint);
  g_value_unset (&collapsed);

  self->view = GTK_WIDGET (view);
  adw_bin_set_child (ADW_BIN (self), bin);
  g_signal_connect_swapped (view, "notify::show-content", G_CALLBACK (on_notify_show_content), self);
  g_signal_connect_swapped (view, "notify::collapsed", G_CALLBACK (on_notify_collapsed), self);
}

static gboolean
is_collapsed (HkSplitView *self)
{
  return adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (self->view));
}

static gboolean
shows_content (HkSplitView *self)
{
  return adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->view));
}

static void
show_content_pane (HkSplitView *self, gboolean show_content)
{
  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->view), show_content);
}

#else

/*
 * A leaflet folds when its panes' natural widths do not fit. These widths are made to depend on nothing but the point
 * where the panes shall become pages, so that a long name cannot fold the window.
 */
static void
measure_pane (GtkWidget *pane, GtkOrientation orientation, int for_size, int wanted, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (pane);

  *minimum = 0;
  *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, wanted);
}

static void
measure_sidebar (GtkWidget *pane, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  measure_pane (pane, orientation, for_size, SIDEBAR_WIDTH, minimum, natural);
}

static void
measure_content (GtkWidget *pane, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  /* One pixel is the separator's. */
  measure_pane (pane, orientation, for_size, COLLAPSE_WIDTH - SIDEBAR_WIDTH - 1, minimum, natural);
}

static void
allocate_pane (GtkWidget *pane, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (pane);

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
get_pane_request_mode (GtkWidget *pane)
{
  GtkWidget *child = gtk_widget_get_first_child (pane);

  return child != NULL ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
build_view (HkSplitView *self)
{
  AdwLeaflet *view = ADW_LEAFLET (adw_leaflet_new ());
  AdwLeafletPage *separator;

  gtk_widget_set_layout_manager (self->sidebar_pane,
                                 gtk_custom_layout_new (get_pane_request_mode, measure_sidebar, allocate_pane));
  gtk_widget_set_layout_manager (self->content_pane,
                                 gtk_custom_layout_new (get_pane_request_mode, measure_content, allocate_pane));
  gtk_widget_set_hexpand (self->sidebar_pane, FALSE);
  gtk_widget_set_hexpand (self->content_pane, TRUE);

  adw_leaflet_append (view, self->sidebar_pane);
  separator = adw_leaflet_append (view, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_leaflet_page_set_navigatable (separator, FALSE);
  adw_leaflet_append (view, self->content_pane);
  adw_leaflet_set_fold_threshold_policy (view, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  /* Side by side, the keys for going back would only take the focus to the sidebar. */
  g_object_bind_property (view, "folded", view, "can-navigate-back", G_BINDING_SYNC_CREATE);
  gtk_widget_set_size_request (GTK_WIDGET (view), MIN_WIDTH, MIN_HEIGHT);

  self->view = GTK_WIDGET (view);
  adw_bin_set_child (ADW_BIN (self), self->view);
  g_signal_connect_swapped (view, "notify::visible-child", G_CALLBACK (on_notify_show_content), self);
  g_signal_connect_swapped (view, "notify::folded", G_CALLBACK (on_notify_collapsed), self);
}

static gboolean
is_collapsed (HkSplitView *self)
{
  return adw_leaflet_get_folded (ADW_LEAFLET (self->view));
}

static gboolean
shows_content (HkSplitView *self)
{
  return adw_leaflet_get_visible_child (ADW_LEAFLET (self->view)) == self->content_pane;
}

static void
show_content_pane (HkSplitView *self, gboolean show_content)
{
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->view), show_content ? self->content_pane : self->sidebar_pane);
}

#endif

G_GNUC_END_IGNORE_DEPRECATIONS

static void
hk_split_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkSplitView *self = HK_SPLIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, shows_content (self));
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, is_collapsed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_split_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkSplitView *self = HK_SPLIT_VIEW (object);

  switch (prop_id)
    {
    case PROP_SIDEBAR:
      self->sidebar = g_value_get_object (value);
      adw_bin_set_child (ADW_BIN (self->sidebar_pane), self->sidebar);
      break;
    case PROP_CONTENT:
      self->content = g_value_get_object (value);
      adw_bin_set_child (ADW_BIN (self->content_pane), self->content);
      break;
    case PROP_SHOW_CONTENT:
      hk_split_view_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_split_view_dispose (GObject *object)
{
  HkSplitView *self = HK_SPLIT_VIEW (object);

  /* GTK (4.18) forgets to let go of panes that had the focus inside when they became pages, and with them of what is inside. */
  if (self->sidebar_pane != NULL)
    adw_bin_set_child (ADW_BIN (self->sidebar_pane), NULL);
  if (self->content_pane != NULL)
    adw_bin_set_child (ADW_BIN (self->content_pane), NULL);
  self->sidebar_pane = NULL;
  self->content_pane = NULL;

  G_OBJECT_CLASS (hk_split_view_parent_class)->dispose (object);
}

static void
hk_split_view_class_init (HkSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hk_split_view_get_property;
  object_class->set_property = hk_split_view_set_property;
  object_class->dispose = hk_split_view_dispose;

  props[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_split_view_init (HkSplitView *self)
{
  self->sidebar_pane = adw_bin_new ();
  self->content_pane = adw_bin_new ();
  build_view (self);
}

/**
 * hk_split_view_get_collapsed:
 *
 * Returns: whether only one of the two panes is visible
 */
gboolean
hk_split_view_get_collapsed (HkSplitView *self)
{
  g_return_val_if_fail (HK_IS_SPLIT_VIEW (self), FALSE);

  return is_collapsed (self);
}

/**
 * hk_split_view_get_show_content:
 *
 * Returns: whether the content is the visible page while collapsed
 */
gboolean
hk_split_view_get_show_content (HkSplitView *self)
{
  g_return_val_if_fail (HK_IS_SPLIT_VIEW (self), FALSE);

  return shows_content (self);
}

/**
 * hk_split_view_set_show_content:
 * @show_content: whether the content, not the sidebar, is the visible page while collapsed
 */
void
hk_split_view_set_show_content (HkSplitView *self, gboolean show_content)
{
  g_return_if_fail (HK_IS_SPLIT_VIEW (self));

  show_content_pane (self, show_content);
}

/**
 * hk_split_view_make_no_back_button:
 * @header_bar: of a page in one of the panes, which has a button of its own to go back
 *
 * Where a header bar makes one by itself (libadwaita 1.4), there would be two.
 */
void
hk_split_view_make_no_back_button (AdwHeaderBar *header_bar)
{
  g_return_if_fail (ADW_IS_HEADER_BAR (header_bar));

#if ADW_CHECK_VERSION (1, 4, 0)
  g_object_set (header_bar, "show-back-button", FALSE, NULL);
#endif
}
