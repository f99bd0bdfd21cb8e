/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-sidebar.h"

#include <glib/gi18n-lib.h>

#include "compat/hk-focus.h"
#include "hk-grow.h"
#include "hk-sidebar-row.h"

/*
 * Where one can go: the pages, then the locks, favourites first. It only says where the user wants to go; the window
 * goes there and then has the row selected.
 */
struct _HkSidebar
{
  AdwBin parent_instance;

  HkAccount *account;          /* (owned) */
  NukiLock *lock;              /* (owned) (nullable): that the window shows */
  GtkListBoxRow *shown;        /* (unowned) (nullable): of what the window shows; it is not always selected */
  HkHeadList *locks;           /* (owned): those that have a row; there can be very many */
  gboolean selecting;          /* the selection follows the page, not the user */
  guint slow;                  /* until a refresh has taken long enough to be shown, or 0 */

  AdwHeaderBar *header_bar;
  AdwWindowTitle *window_title;
  GtkSpinner *spinner;
  GtkWidget *banner;
  GtkListBox *list;
  HkSidebarRow *keys_row;
  HkSidebarRow *people_row;
  GtkWidget *changes_button;
  GtkLabel *changes_label;
};

G_DEFINE_FINAL_TYPE (HkSidebar, hk_sidebar, ADW_TYPE_BIN)

/* So long a refresh may take before anything says that it is running. */
#define SLOW_MS 500

/* Rows that stand before the locks. */
#define N_PAGES 2

enum
{
  PROP_0,
  PROP_ACCOUNT,
  N_PROPS,
};

enum
{
  SHOW_PAGE,
  OPEN_LOCK,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
count_people (HkSidebar *self)
{
  hk_sidebar_row_set_count (self->people_row, g_list_model_get_n_items (hk_account_get_people (self->account)));
}

/* Not with every key that comes or goes: there may be tens of thousands. */
static void
count_keys (HkSidebar *self)
{
  hk_sidebar_row_set_count (self->keys_row, hk_account_count_keys (self->account));
}

/* What goes on as usual is seen at its key. */
static void
count_changes (HkSidebar *self)
{
  GListModel *changes = hk_account_get_changes (self->account);
  guint count = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (changes); i++)
    {
      g_autoptr (HkChange) change = g_list_model_get_item (changes, i);

      if (hk_change_get_stuck (change))
        count++;
    }

  text = g_strdup_printf (ngettext ("%u change is not done yet", "%u changes are not done yet", count), count);
  gtk_label_set_label (self->changes_label, text);
  gtk_widget_set_visible (self->changes_button, count > 0);
}

static void
on_keys_updated (HkSidebar *self)
{
  count_keys (self);
  count_changes (self);
}

/* A lock keeps its row object only while it keeps its place, so the selection is carried over by hand. */
static void
on_locks_changed (HkSidebar *self, guint position, guint n_removed, guint n_added, GListModel *locks)
{
  self->selecting = TRUE;
  for (guint i = 0; i < n_removed; i++)
    gtk_list_box_remove (self->list,
                         GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) (N_PAGES + position))));
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (NukiLock) added = g_list_model_get_item (locks, position + i);

      gtk_list_box_insert (self->list, hk_sidebar_row_new (added), (int) (N_PAGES + position + i));
    }
  self->selecting = FALSE;

  if (self->lock != NULL)
    hk_sidebar_select_lock (self, self->lock);
}

static void
add_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  gboolean first = gtk_list_box_row_get_index (row) == N_PAGES;
  GtkWidget *label;

  if (!first)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;

  label = g_object_new (GTK_TYPE_LABEL, "label", _ ("Locks"), "xalign", 0.0f, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL, 2, -1);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
go_to (HkSidebar *self, HkSidebarRow *row)
{
  NukiLock *lock = hk_sidebar_row_get_lock (row);

  if (lock != NULL)
    g_signal_emit (self, signals[OPEN_LOCK], 0, lock);
  else
    g_signal_emit (self, signals[SHOW_PAGE], 0, hk_sidebar_row_get_page (row));
}

static void
on_row_activated (HkSidebar *self, HkSidebarRow *row)
{
  go_to (self, row);
}

/* With the arrow keys: the page follows the selection. */
static void
on_row_selected (HkSidebar *self, HkSidebarRow *row)
{
  if (row != NULL && !self->selecting)
    go_to (self, row);
}

static void
select_row (HkSidebar *self, GtkListBoxRow *row)
{
  self->selecting = TRUE;
  gtk_list_box_select_row (self->list, row);
  self->selecting = FALSE;
}

static void
show_row (HkSidebar *self, GtkListBoxRow *row)
{
  self->shown = row;
  select_row (self, row);
}

/* An open menu of the header bar is below it, too. */
static gboolean
is_in_header_bar (HkSidebar *self, GtkWidget *focus)
{
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->header_bar))
         && gtk_widget_get_native (focus) == gtk_widget_get_native (GTK_WIDGET (self));
}

/* The Tab key only passes by, on its way to the controls of the page, which is to stay there meanwhile: where nothing is selected, a
 * row that gets the focus is. The arrow key would not find the way from above into the list. */
static gboolean
hk_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HkSidebar *self = HK_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean moved;

  self->selecting = TRUE;
  if (direction == GTK_DIR_DOWN && is_in_header_bar (self, focus))
    moved = gtk_widget_grab_focus (GTK_WIDGET (row != NULL ? row : gtk_list_box_get_row_at_index (self->list, 0)));
  else
    moved = hk_focus_inside (widget, direction);
  self->selecting = FALSE;
  select_row (self, row);

  return moved;
}

static gboolean
hk_sidebar_grab_focus (GtkWidget *widget)
{
  HkSidebar *self = HK_SIDEBAR (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->shown != NULL ? self->shown : GTK_LIST_BOX_ROW (self->keys_row)));
}

static void
on_slow (gpointer user_data)
{
  HkSidebar *self = user_data;

  self->slow = 0;
  gtk_spinner_start (self->spinner);
}

/* The window is not drawn anew for a poll that is over before anybody could see it. */
static void
on_refreshing_notify (HkSidebar *self)
{
  const gboolean refreshing = hk_account_get_refreshing (self->account);

  if (refreshing && self->slow == 0 && !gtk_spinner_get_spinning (self->spinner))
    self->slow = g_timeout_add_once (SLOW_MS, on_slow, self);
  if (refreshing)
    return;

  g_clear_handle_id (&self->slow, g_source_remove);
  gtk_spinner_stop (self->spinner);
}

static void
follow_account (HkSidebar *self)
{
  HkAccount *account = self->account;

  self->locks = hk_head_list_new (HK_GROW_ROWS);
  hk_grow_list (GTK_WIDGET (self), self->locks, 1, G_MAXUINT);
  g_signal_connect_object (self->locks, "items-changed", G_CALLBACK (on_locks_changed), self, G_CONNECT_SWAPPED);
  hk_head_list_set_model (self->locks, hk_account_get_locks (account));
  g_signal_connect_object (account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_people (account), "items-changed", G_CALLBACK (count_people), self,
                           G_CONNECT_SWAPPED);
  count_keys (self);
  count_changes (self);
  count_people (self);
  g_signal_connect_object (account, "notify::refreshing", G_CALLBACK (on_refreshing_notify), self, G_CONNECT_SWAPPED);
  on_refreshing_notify (self);
}

static void
hk_sidebar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkSidebar *self = HK_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_sidebar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkSidebar *self = HK_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_ACCOUNT:
      if (g_set_object (&self->account, g_value_get_object (value)) && self->account != NULL)
        follow_account (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_sidebar_dispose (GObject *object)
{
  HkSidebar *self = HK_SIDEBAR (object);

  g_clear_handle_id (&self->slow, g_source_remove);
  g_clear_object (&self->locks);
  g_clear_object (&self->lock);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_sidebar_parent_class)->dispose (object);
}

static void
hk_sidebar_class_init (HkSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_sidebar_get_property;
  object_class->set_property = hk_sidebar_set_property;
  object_class->dispose = hk_sidebar_dispose;
  widget_class->focus = hk_sidebar_focus;
  widget_class->grab_focus = hk_sidebar_grab_focus;

  props[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * HkSidebar::show-page:
   * @page: "keys" or "people"
   */
  signals[SHOW_PAGE] = g_signal_new ("show-page", HK_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * HkSidebar::open-lock:
   * @lock: the lock whose page is wanted
   */
  signals[OPEN_LOCK] = g_signal_new ("open-lock", HK_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, NUKI_TYPE_LOCK);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/housekeys/Housekeys/window/hk-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, header_bar);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, window_title);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, banner);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, keys_row);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, people_row);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, changes_button);
  gtk_widget_class_bind_template_child (widget_class, HkSidebar, changes_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
hk_sidebar_init (HkSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, add_header, NULL, NULL);
}

/**
 * hk_sidebar_select_page:
 * @page: "keys" or "people"
 *
 * Marks the page that the window shows.
 */
void
hk_sidebar_select_page (HkSidebar *self, const char *page)
{
  g_return_if_fail (HK_IS_SIDEBAR (self));

  g_clear_object (&self->lock);
  show_row (self, GTK_LIST_BOX_ROW (g_strcmp0 (page, "people") == 0 ? self->people_row : self->keys_row));
}

/**
 * hk_sidebar_select_lock:
 * @lock: the lock that the window shows
 *
 * Marks the lock that the window shows, once it has a row; nothing is marked when there is no such lock any more.
 */
void
hk_sidebar_select_lock (HkSidebar *self, NukiLock *lock)
{
  GtkListBoxRow *row = NULL;

  g_return_if_fail (HK_IS_SIDEBAR (self));

  g_set_object (&self->lock, lock);
  for (int i = N_PAGES; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (hk_sidebar_row_get_lock (HK_SIDEBAR_ROW (row)) == lock)
      break;

  show_row (self, row);
}

/**
 * hk_sidebar_open_nth:
 * @nth: the place of a row, from 1
 *
 * Goes where that row goes.
 *
 * Returns: %FALSE if there are fewer
 */
gboolean
hk_sidebar_open_nth (HkSidebar *self, guint nth)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (HK_IS_SIDEBAR (self) && nth >= 1, FALSE);

  row = gtk_list_box_get_row_at_index (self->list, (int) nth - 1);
  if (row != NULL)
    go_to (self, HK_SIDEBAR_ROW (row));

  return row != NULL;
}

/**
 * hk_sidebar_set_browsing:
 * @browsing: whether the sidebar stands beside the page that it has selected; when it is a page of its own, a row is a
 *   way to go and none of them is selected
 */
void
hk_sidebar_set_browsing (HkSidebar *self, gboolean browsing)
{
  g_return_if_fail (HK_IS_SIDEBAR (self));

  self->selecting = TRUE;
  gtk_list_box_set_selection_mode (self->list, browsing ? GTK_SELECTION_BROWSE : GTK_SELECTION_NONE);
  self->selecting = FALSE;
  /* The window is closed at the end of whatever stands there. */
  adw_header_bar_set_show_end_title_buttons (self->header_bar, !browsing);
  gtk_widget_set_visible (self->banner, !browsing);
}

/**
 * hk_sidebar_set_subtitle:
 * @subtitle: (nullable): which account this is, if it is not the usual one
 */
void
hk_sidebar_set_subtitle (HkSidebar *self, const char *subtitle)
{
  g_return_if_fail (HK_IS_SIDEBAR (self));

  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}
