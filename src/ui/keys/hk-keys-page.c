/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-keys-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-focus.h"
#include "hk-grow.h"
#include "hk-key-filter.h"
#include "hk-key-row.h"
#include "hk-key-selection.h"
#include "hk-listed-keys.h"
#include "hk-minute.h"
#include "hk-seen-rows.h"
#include "hk-wrap.h"

/* The list makes no more rows than this by itself, whatever it lists: see GTK_LIST_VIEW_MAX_LIST_ITEMS in gtklistview.c. */
#define MAX_ROWS 256

/* Rows out of sight are made quickly. */
#define GROWTH 3

struct _HkKeysPage
{
  AdwBin parent_instance;

  HkAccount *account; /* (owned) */
  HkMinute *minute;   /* (owned) */
  HkKeyCategory category;
  gboolean search_mode;
  gboolean show_infrastructure;
  gboolean telling; /* how many keys were found is still to be said */

  HkKeyFilter *filter;
  HkListedKeys *listed;
  HkHeadList *head;
  HkKeySelection *selection;
  GtkLabel *title;
  GtkWidget *selection_bar;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkWidget *filter_bar;
  GtkMenuButton *filter_button;
  GtkStack *stack;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (HkKeysPage, hk_keys_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_CATEGORY,
  PROP_SEARCH_MODE,
  PROP_SEARCH_ENTRY,
  PROP_SHOW_INFRASTRUCTURE,
} Property;

static GParamSpec *properties[PROP_SHOW_INFRASTRUCTURE + 1];
static guint open_key_signal;

static gboolean
is_everything_listed (HkKeysPage *self)
{
  return self->category == HK_KEY_CATEGORY_ALL && *hk_key_filter_get_search (self->filter) == '\0';
}

/* A page is made visible when it is needed: GTK draws the large icons of hidden pages of a stack, too, and for that loads
 * a library of 7 MB. */
static void
show_stack_page (HkKeysPage *self, const char *name)
{
  gtk_widget_set_visible (gtk_stack_get_child_by_name (self->stack, name), TRUE);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
choose_stack_page (HkKeysPage *self)
{
  const gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->listed)) > 0;
  const gboolean empty = !any && is_everything_listed (self);

  /* Before there is an account to see, there is no key either. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  /* While keys are still being sorted or filtered, nobody knows yet. */
  if (!any && hk_listed_keys_get_busy (self->listed))
    {
      if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "nothing"))
        show_stack_page (self, "loading");
      return;
    }

  gtk_widget_set_visible (self->filter_bar, !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.select", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.select-all", any);
  show_stack_page (self, any ? "list" : empty ? "empty" : "nothing");
}

static guint
count_rows_to_end_of_view (HkKeysPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  const double end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
  const double all = MAX (gtk_adjustment_get_upper (adjustment), 1);

  return (guint) (g_list_model_get_n_items (G_LIST_MODEL (self->head)) * end / all) + 1;
}

/* The rows of the first keys are kept if these stay, and of very many keys also those that can be seen. */
static void
on_filtered (HkKeysPage *self, guint n_same)
{
  const guint n_keys = g_list_model_get_n_items (hk_account_get_keys (self->account));

  if (n_same >= MAX_ROWS)
    return;
  if (n_keys > HK_LISTED_KEYS_AT_ONCE)
    hk_grow_shrink_list (self->head, MAX (n_same, count_rows_to_end_of_view (self)));
  else
    hk_grow_list_again (self->head, n_same);
}

static void
tell_found (HkKeysPage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->listed));
  g_autofree char *text = g_strdup_printf (ngettext ("%u key", "%u keys", n), n);

  if (self->telling && !hk_listed_keys_get_busy (self->listed))
    self->telling = !hk_search_tell_found (GTK_WIDGET (self), n, text);
}

static void
on_notify_category (HkKeysPage *self)
{
  self->telling = TRUE;
  tell_found (self);
}

static void
on_notify_busy (HkKeysPage *self)
{
  choose_stack_page (self);
  tell_found (self);
  if (!hk_listed_keys_get_busy (self->listed))
    hk_grow_list_again (self->head, hk_head_list_get_size (self->head));
}

static void
filter_again (HkKeysPage *self)
{
  if (!is_everything_listed (self))
    hk_key_filter_refresh (self->filter);
}

/* With a search or a category alone, what a key is called or how it stands decides whether it is listed. */
static void
on_keys_updated (HkKeysPage *self)
{
  filter_again (self);
}

static void
on_tick (HkKeysPage *self)
{
  filter_again (self);
  hk_key_row_refresh_all (GTK_WIDGET (self->list));
}

static void
on_search_changed (HkKeysPage *self)
{
  const char *text = gtk_editable_get_text (self->search_entry);

  self->telling = self->telling || g_strcmp0 (text, hk_key_filter_get_search (self->filter)) != 0;
  g_object_set (self->filter, "search", text, NULL);
  tell_found (self);
}

/* Return leads from what is searched for to what is found, where Return opens. */
static void
on_search_activated (HkKeysPage *self)
{
  on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_selection (HkKeysPage *self)
{
  const guint n = hk_key_selection_count (self->selection);
  g_autofree char *title = NULL;

  if (!hk_key_selection_get_active (self->selection))
    title = g_strdup (_ ("Keys"));
  else if (n == 0)
    title = g_strdup (_ ("Select Keys"));
  else
    title = g_strdup_printf (ngettext ("%u Selected", "%u Selected", n), n);
  if (g_str_equal (gtk_label_get_label (self->title), title))
    return;

  gtk_label_set_label (self->title, title);
  if (hk_key_selection_get_active (self->selection) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", title);
}

static void
on_selection_changed (HkKeysPage *self)
{
  show_selection (self);
  hk_key_row_show_selections (GTK_WIDGET (self->list));
}

/* Where the list had the focus last may be far away, and the list would go there. */
static void
focus_row_in_sight (HkKeysPage *self)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (list));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, list))
    return;

  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL; item = gtk_widget_get_next_sibling (item))
    if (gtk_widget_get_height (item) > 0 && gtk_widget_compute_bounds (item, list, &bounds) && bounds.origin.y >= 0 &&
        gtk_widget_grab_focus (item))
      return;
  gtk_widget_grab_focus (list);
}

/* The button that was pressed is not there any more. */
static void
on_notify_selecting (HkKeysPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "keys.end-selection", hk_key_selection_get_active (self->selection));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_row_in_sight (self);
}

static void
on_select (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hk_key_selection_set_active (HK_KEYS_PAGE (widget)->selection, TRUE);
}

static void
on_select_all (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hk_key_selection_select_listed (HK_KEYS_PAGE (widget)->selection);
}

static void
on_end_selection (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  hk_key_selection_set_active (HK_KEYS_PAGE (widget)->selection, FALSE);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  HkKeysPage *self = HK_KEYS_PAGE (widget);

  if (!hk_key_selection_get_active (self->selection))
    return GDK_EVENT_PROPAGATE;

  hk_key_selection_set_active (self->selection, FALSE);

  return GDK_EVENT_STOP;
}

/* Returns: (nullable): the key whose row is at a point in the list */
static HkKey *
find_key (HkKeysPage *self, double x, double y)
{
  GtkWidget *child = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = child != NULL ? gtk_widget_get_ancestor (child, HK_TYPE_KEY_ROW) : NULL;

  return row != NULL ? hk_key_row_get_key (HK_KEY_ROW (row)) : NULL;
}

/* With Control, a press selects; with Shift, also what is between. */
static void
on_pressed (HkKeysPage *self, int n_press, double x, double y, GtkGesture *gesture)
{
  const GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  const gboolean extend = (state & GDK_SHIFT_MASK) != 0 && hk_key_selection_get_active (self->selection);
  HkKey *key = find_key (self, x, y);

  if (key == NULL || (!extend && (state & GDK_CONTROL_MASK) == 0))
    {
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  hk_key_selection_set_active (self->selection, TRUE);
  if (extend)
    hk_key_selection_extend (self->selection, key);
  else
    hk_key_selection_toggle (self->selection, key);
}

static void
on_long_pressed (HkKeysPage *self, double x, double y, GtkGesture *gesture)
{
  HkKey *key = find_key (self, x, y);

  if (hk_key_selection_get_active (self->selection) || key == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  hk_key_selection_set_active (self->selection, TRUE);
  hk_key_selection_toggle (self->selection, key);
}

static void
on_activate (HkKeysPage *self, guint position)
{
  g_autoptr (HkKey) key = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (key == NULL)
    return;

  if (hk_key_selection_get_active (self->selection))
    hk_key_selection_toggle (self->selection, key);
  else
    g_signal_emit (self, open_key_signal, 0, key);
}

static void
on_delete_focused (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeysPage *self = HK_KEYS_PAGE (widget);
  HkKeyRow *row = hk_key_row_find_focused (GTK_WIDGET (self->list));

  if (hk_key_selection_get_active (self->selection))
    gtk_widget_activate_action (self->selection_bar, "selection.delete", NULL);
  else if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (row), "key.delete", NULL);
}

static void
on_show_all (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeysPage *self = HK_KEYS_PAGE (widget);

  gtk_editable_set_text (self->search_entry, "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  g_object_set (self, "category", HK_KEY_CATEGORY_ALL, NULL);
}

static void
hk_keys_page_map (GtkWidget *widget)
{
  HkKeysPage *self = HK_KEYS_PAGE (widget);

  GTK_WIDGET_CLASS (hk_keys_page_parent_class)->map (widget);

  choose_stack_page (self);
  on_tick (self);
  hk_minute_set_running (self->minute, TRUE);
}

static void
hk_keys_page_unmap (GtkWidget *widget)
{
  HkKeysPage *self = HK_KEYS_PAGE (widget);

  hk_minute_set_running (self->minute, FALSE);

  GTK_WIDGET_CLASS (hk_keys_page_parent_class)->unmap (widget);
}

/* The list rather than the header bar above it, so that the arrow keys move in it at once. */
static gboolean
hk_keys_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HK_KEYS_PAGE (widget)->list))
         || GTK_WIDGET_CLASS (hk_keys_page_parent_class)->grab_focus (widget);
}

static void
hk_keys_page_constructed (GObject *object)
{
  HkKeysPage *self = HK_KEYS_PAGE (object);

  G_OBJECT_CLASS (hk_keys_page_parent_class)->constructed (object);

  self->minute = hk_minute_new (hk_account_get_clock (self->account));
  g_signal_connect_object (self->minute, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_object_set (self->filter, "account", self->account, NULL);
  hk_listed_keys_set_keys (self->listed, hk_account_get_keys (self->account));
  hk_key_selection_set_keys (self->selection, hk_account_get_keys (self->account));
  g_object_set (self->selection_bar, "account", self->account, NULL);
}

/* The menu that stands for the chips says what the chosen one says. */
static void
on_chip_toggled (HkKeysPage *self, GtkToggleButton *chip)
{
  const char *label = gtk_button_get_label (GTK_BUTTON (chip));
  g_autofree char *name = NULL;

  if (!gtk_toggle_button_get_active (chip))
    return;

  /* Translators: what is chosen, and what it is chosen for */
  name = nuki_text_printf (_ ("%s: %s"), _ ("Which keys are listed"), label);
  gtk_menu_button_set_label (self->filter_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
hk_keys_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeysPage *self = HK_KEYS_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_CATEGORY:
      g_value_set_enum (value, self->category);
      break;
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, self->search_mode);
      break;
    case PROP_SEARCH_ENTRY:
      g_value_set_object (value, self->search_entry);
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      g_value_set_boolean (value, self->show_infrastructure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_keys_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeysPage *self = HK_KEYS_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_CATEGORY:
      self->category = g_value_get_enum (value);
      break;
    case PROP_SEARCH_MODE:
      self->search_mode = g_value_get_boolean (value);
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      self->show_infrastructure = g_value_get_boolean (value);
      break;
    case PROP_SEARCH_ENTRY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_keys_page_dispose (GObject *object)
{
  HkKeysPage *self = HK_KEYS_PAGE (object);

  g_clear_object (&self->minute);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_keys_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_CATEGORY] = g_param_spec_enum ("category", NULL, NULL, HK_TYPE_KEY_CATEGORY,
                                                 HK_KEY_CATEGORY_ALL, flags);
  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  properties[PROP_SEARCH_ENTRY] = g_param_spec_object ("search-entry", NULL, NULL, GTK_TYPE_EDITABLE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_INFRASTRUCTURE] = g_param_spec_boolean ("show-infrastructure", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-keys-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, filter);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, listed);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, head);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, selection);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, title);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkKeysPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_long_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_notify_selecting);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
}

static void
hk_keys_page_class_init (HkKeysPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hk_keys_page_constructed;
  object_class->get_property = hk_keys_page_get_property;
  object_class->set_property = hk_keys_page_set_property;
  object_class->dispose = hk_keys_page_dispose;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_keys_page_grab_focus;
  widget_class->map = hk_keys_page_map;
  widget_class->unmap = hk_keys_page_unmap;
  install_properties (object_class);
  bind_template (widget_class);

  open_key_signal = g_signal_new ("open-key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, HK_TYPE_KEY);

  gtk_widget_class_install_property_action (widget_class, "keys.show", "category");
  gtk_widget_class_install_action (widget_class, "keys.show-all", NULL, on_show_all);
  gtk_widget_class_install_action (widget_class, "keys.delete-focused", NULL, on_delete_focused);
  gtk_widget_class_install_action (widget_class, "keys.select", NULL, on_select);
  gtk_widget_class_install_action (widget_class, "keys.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "keys.end-selection", NULL, on_end_selection);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "keys.select-all", NULL);
}

static void
hk_keys_page_init (HkKeysPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_buttons (GTK_WIDGET (self->stack));
  hk_wrap_menu (self->filter_button);

  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  /* After the filter, which is bound to it. */
  g_signal_connect (self, "notify::category", G_CALLBACK (on_notify_category), NULL);
  hk_seen_rows_fill (self->list);
  hk_grow_list (GTK_WIDGET (self), self->head, GROWTH, MAX_ROWS);
  g_signal_connect_object (self->listed, "filtered", G_CALLBACK (on_filtered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listed, "items-changed", G_CALLBACK (choose_stack_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listed, "notify::busy", G_CALLBACK (on_notify_busy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (choose_stack_page), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * hk_keys_page_new:
 * @account: whose keys are listed
 *
 * Returns: (transfer full): a page
 */
GtkWidget *
hk_keys_page_new (HkAccount *account)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_KEYS_PAGE, "account", account, NULL);
}

/**
 * hk_keys_page_search:
 * @text: what to look for
 *
 * Does what the user would: looks for a text in all keys.
 */
void
hk_keys_page_search (HkKeysPage *self, const char *text)
{
  g_return_if_fail (HK_IS_KEYS_PAGE (self) && text != NULL);

  g_object_set (self, "category", HK_KEY_CATEGORY_ALL, NULL);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_editable_set_text (self->search_entry, text);
  gtk_editable_set_position (self->search_entry, -1);
}
