/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-row.h"

#include <glib/gi18n-lib.h>

#include "hk-avatar.h"
#include "hk-cut-text.h"
#include "hk-drop.h"
#include "hk-key-problem.h"
#include "hk-key-selection.h"
#include "hk-key-words.h"

/* What a row of two lines has, in pixels. */
#define USUAL_HEIGHT 56

struct _HkKeyRow
{
  AdwBin parent_instance;

  HkAccount *account;     /* (owned) (nullable) */
  HkAccount *own_account; /* (unowned) (nullable): when it was given rather than found */
  HkKey *key;             /* (owned) (nullable) */
  HkKeyRowStyle row_style;
  HkTone tone;            /* of what is shown now */
  char *words;            /* (owned) (nullable): what assistive technology was told last */
  gboolean selecting;     /* the user selects */

  /* %NULL until the row is filled: */
  GtkBox *box;
  GtkWidget *columns;
  HkAvatar *avatar;
  GtkLabel *name;
  GtkLabel *where;
  GtkLabel *line;
  GtkSpinner *spinner;
  GtkSwitch *toggle;
  GtkWidget *check;   /* (unowned) (nullable): while the user selects */
  GtkWidget *problem; /* (unowned) (nullable): made when it is needed first; there are many rows and few problems */
};

G_DEFINE_FINAL_TYPE (HkKeyRow, hk_key_row, ADW_TYPE_BIN)

G_DEFINE_ENUM_TYPE (HkKeyRowStyle, hk_key_row_style,
                    G_DEFINE_ENUM_VALUE (HK_KEY_ROW_FULL, "full"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_ROW_OF_PERSON, "of-person"),
                    G_DEFINE_ENUM_VALUE (HK_KEY_ROW_OF_LOCK, "of-lock"))

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_KEY,
  PROP_ROW_STYLE,
  PROP_ENABLED,
} Property;

static GParamSpec *properties[PROP_ENABLED + 1];

static const char *const tone_classes[] = {
  [HK_TONE_PLAIN] = NULL,
  [HK_TONE_BUSY] = NULL,
  [HK_TONE_WARNING] = "row-warning",
  [HK_TONE_ERROR] = NULL,
};

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
set_tone (HkKeyRow *self, HkTone tone)
{
  if (tone_classes[self->tone] != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->line), tone_classes[self->tone]);
  if (tone_classes[tone] != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->line), tone_classes[tone]);
  self->tone = tone;
}

static void
show_names (HkKeyRow *self)
{
  NukiUser *person = hk_key_get_person (self->key);
  const char *name = hk_key_get_name (self->key);
  const char *lock_name = hk_key_get_lock_name (self->key);

  switch (self->row_style)
    {
    case HK_KEY_ROW_OF_PERSON:
      set_text (self->name, lock_name);
      /* Renaming a person leaves their keys as they are, so the two may differ. */
      set_text (self->where, person != NULL && g_strcmp0 (nuki_user_get_name (person), name) != 0 ? name : NULL);
      break;
    case HK_KEY_ROW_OF_LOCK:
      set_text (self->name, name);
      set_text (self->where, NULL);
      break;
    case HK_KEY_ROW_FULL:
    default:
      set_text (self->name, name);
      set_text (self->where, lock_name);
      break;
    }
}

static void
show_picture (HkKeyRow *self)
{
  const char *icon = hk_key_words_icon (self->key);

  if (self->row_style == HK_KEY_ROW_OF_PERSON && icon == NULL)
    icon = hk_lock_words_icon (hk_key_get_lock (self->key));

  hk_avatar_show (self->avatar,
                  self->row_style == HK_KEY_ROW_OF_PERSON ? hk_key_get_lock_name (self->key) : hk_key_get_name (self->key),
                  icon);
}

static void
show_problem (HkKeyRow *self, const char *problem)
{
  HkChange *change = hk_key_get_change (self->key);
  /* What to do about a conflict is asked on the page of the key. */
  const gboolean can_retry = problem != NULL && change != NULL && hk_change_get_can_retry (change) &&
                             hk_change_get_conflict (change) == 0;

  if (self->problem == NULL && problem != NULL)
    {
      self->problem = hk_key_problem_new ();
      gtk_box_append (self->box, self->problem);
    }
  if (self->problem != NULL)
    hk_key_problem_set_text (HK_KEY_PROBLEM (self->problem), problem, can_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.retry", can_retry);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.discard", problem != NULL && change != NULL);
}

static void
show_accessible_names (HkKeyRow *self, const char *line)
{
  g_autofree char *title = hk_key_words_title (self->key);
  /* What the switch shows to the eye. */
  g_autofree char *spoken = hk_key_get_enabled (self->key) ? g_strdup (line) : g_strjoin (" · ", _ ("Key is off"), line, NULL);
  g_autofree char *words = g_strdup_printf ("%s\n%s", title, spoken);

  if (g_strcmp0 (self->words, words) == 0)
    return;

  g_free (self->words);
  self->words = g_steal_pointer (&words);
  if (self->toggle != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

/* Returns: (nullable): that of the list that the row is in, while the user selects */
static HkKeySelection *
find_selection (HkKeyRow *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  gpointer model = list != NULL ? gtk_list_view_get_model (GTK_LIST_VIEW (list)) : NULL;

  return HK_IS_KEY_SELECTION (model) && hk_key_selection_get_active (model) ? model : NULL;
}

/* Not by the row, but by what drives the check button from outside. */
static void
on_check_toggled (HkKeyRow *self, GtkCheckButton *check)
{
  HkKeySelection *selection = find_selection (self);

  if (selection != NULL)
    hk_key_selection_set_selected (selection, self->key, gtk_check_button_get_active (check));
}

static void
add_check (HkKeyRow *self)
{
  self->check = gtk_check_button_new ();
  gtk_widget_set_can_focus (self->check, FALSE);
  gtk_widget_set_can_target (self->check, FALSE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self, NULL, -1);
  gtk_widget_insert_before (self->check, self->columns, NULL);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (on_check_toggled), self, G_CONNECT_SWAPPED);
}

static void
show_selection (HkKeyRow *self)
{
  HkKeySelection *selection = find_selection (self);
  gboolean selected;

  if (selection == NULL)
    {
      if (self->selecting)
        gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED);
      self->selecting = FALSE;
      g_clear_pointer (&self->check, gtk_widget_unparent);
      return;
    }

  self->selecting = TRUE;
  selected = hk_key_selection_contains (selection, self->key);
  if (self->check == NULL && self->columns != NULL)
    add_check (self);
  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED, selected, -1);
}

/* Not while the user selects: a press is on the row then, wherever it is. */
static gboolean
can_switch (HkKeyRow *self)
{
  return !self->selecting && !hk_key_get_infrastructure (self->key) && hk_key_get_record (self->key) != NULL &&
         !hk_key_get_gone (self->key);
}

static void
refresh (HkKeyRow *self)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *line = NULL;
  g_autofree char *problem = NULL;
  HkTone tone;

  if (self->key == NULL || self->account == NULL)
    return;

  now = hk_clock_now (hk_account_get_clock (self->account));
  line = hk_key_words_line (self->key, now, &tone);
  show_selection (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.enabled", can_switch (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "key.delete", !hk_key_get_infrastructure (self->key));
  show_accessible_names (self, line);
  if (self->box == NULL)
    return;

  if (tone == HK_TONE_ERROR)
    problem = hk_key_words_state (self->key, now, &tone);
  show_names (self);
  show_picture (self);
  set_text (self->line, line);
  set_tone (self, tone);
  show_problem (self, problem);
  gtk_spinner_set_spinning (self->spinner, tone == HK_TONE_BUSY);
  gtk_widget_set_visible (GTK_WIDGET (self->toggle),
                          !hk_key_get_infrastructure (self->key) && !hk_key_get_gone (self->key));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

static void
set_account (HkKeyRow *self, HkAccount *account)
{
  if (self->account == account)
    return;

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_set_object (&self->account, account);
  if (account != NULL)
    g_signal_connect_object (account, "keys-updated", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static HkAccount *
find_account (GtkWidget *widget)
{
  while ((widget = gtk_widget_get_parent (widget)) != NULL)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "account");

      if (pspec != NULL && g_type_is_a (pspec->value_type, HK_TYPE_ACCOUNT))
        {
          g_autoptr (HkAccount) account = NULL;

          g_object_get (widget, "account", &account, NULL);
          /* The widget above keeps it. */
          return account;
        }
    }

  return NULL;
}

static void
switch_key (HkKeyRow *self, gboolean enabled)
{
  if (self->key == NULL || self->account == NULL || hk_key_get_enabled (self->key) == enabled)
    return;

  hk_account_switch_key (self->account, self->key, enabled);
  refresh (self);
}

static void
on_retry (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyRow *self = HK_KEY_ROW (widget);

  hk_account_retry (self->account, hk_key_get_change (self->key));
}

static void
on_discard (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyRow *self = HK_KEY_ROW (widget);

  hk_account_discard (self->account, hk_key_get_change (self->key));
}

static void
on_delete (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyRow *self = HK_KEY_ROW (widget);

  hk_account_delete_key (self->account, self->key);
}

static void
hk_key_row_root (GtkWidget *widget)
{
  HkKeyRow *self = HK_KEY_ROW (widget);

  GTK_WIDGET_CLASS (hk_key_row_parent_class)->root (widget);

  if (self->own_account == NULL)
    set_account (self, find_account (widget));
}

static void
hk_key_row_unroot (GtkWidget *widget)
{
  HkKeyRow *self = HK_KEY_ROW (widget);

  if (self->own_account == NULL)
    set_account (self, NULL);

  GTK_WIDGET_CLASS (hk_key_row_parent_class)->unroot (widget);
}

static void
hk_key_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeyRow *self = HK_KEY_ROW (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_KEY:
      g_value_set_object (value, self->key);
      break;
    case PROP_ROW_STYLE:
      g_value_set_enum (value, self->row_style);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->key != NULL && hk_key_get_enabled (self->key));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeyRow *self = HK_KEY_ROW (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->own_account = g_value_get_object (value);
      set_account (self, self->own_account);
      break;
    case PROP_KEY:
      hk_key_row_set_key (self, g_value_get_object (value));
      break;
    case PROP_ROW_STYLE:
      self->row_style = g_value_get_enum (value);
      break;
    case PROP_ENABLED:
      switch_key (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_row_constructed (GObject *object)
{
  HkKeyRow *self = HK_KEY_ROW (object);

  G_OBJECT_CLASS (hk_key_row_parent_class)->constructed (object);

  if (self->own_account != NULL)
    hk_key_row_fill (self);
}

static void
hk_key_row_dispose (GObject *object)
{
  HkKeyRow *self = HK_KEY_ROW (object);

  g_clear_pointer (&self->words, g_free);
  hk_drop_later (adw_bin_get_child (ADW_BIN (self)));
  hk_key_row_set_key (self, NULL);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_key_row_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_KEY] = g_param_spec_object ("key", NULL, NULL, HK_TYPE_KEY, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ROW_STYLE] = g_param_spec_enum ("row-style", NULL, NULL, HK_TYPE_KEY_ROW_STYLE, HK_KEY_ROW_FULL,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
hk_key_row_class_init (HkKeyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_key_row_get_property;
  object_class->set_property = hk_key_row_set_property;
  object_class->constructed = hk_key_row_constructed;
  object_class->dispose = hk_key_row_dispose;
  /* An AdwBin (1.7) leads the focus only to what is in it. */
  widget_class->focus = GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->focus;
  widget_class->root = hk_key_row_root;
  widget_class->unroot = hk_key_row_unroot;
  install_properties (object_class);

  gtk_widget_class_install_property_action (widget_class, "key.enabled", "enabled");
  gtk_widget_class_install_action (widget_class, "key.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "key.discard", NULL, on_discard);
  gtk_widget_class_install_action (widget_class, "key.delete", NULL, on_delete);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-key-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, name);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, where);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, line);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, box);
  gtk_widget_class_bind_template_child (widget_class, HkKeyRow, columns);
  gtk_widget_class_bind_template_callback (widget_class, hk_cut_text_on_query_tooltip);
}

static void
hk_key_row_init (HkKeyRow *self)
{
  hk_key_row_set_unfilled_height (self, USUAL_HEIGHT);
}

/**
 * hk_key_row_new:
 * @account: whose key it is
 * @key: a key
 * @style: what the row says
 *
 * Returns: (transfer floating): a row of a list box with a #HkKeyRow in it, which names it
 */
GtkWidget *
hk_key_row_new (HkAccount *account, HkKey *key, HkKeyRowStyle style)
{
  GtkWidget *row;
  GtkWidget *self;

  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (HK_IS_KEY (key), NULL);

  row = gtk_list_box_row_new ();
  self = g_object_new (HK_TYPE_KEY_ROW, "account", account, "row-style", style, "key", key, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self, NULL, -1);

  return row;
}

/**
 * hk_key_row_get_key:
 *
 * Returns: (nullable): the key that is shown
 */
HkKey *
hk_key_row_get_key (HkKeyRow *self)
{
  g_return_val_if_fail (HK_IS_KEY_ROW (self), NULL);

  return self->key;
}

/**
 * hk_key_row_set_key:
 * @key: (nullable): the key to show
 */
void
hk_key_row_set_key (HkKeyRow *self, HkKey *key)
{
  g_return_if_fail (HK_IS_KEY_ROW (self));
  g_return_if_fail (key == NULL || HK_IS_KEY (key));

  if (self->key == key)
    return;

  if (self->key != NULL)
    g_signal_handlers_disconnect_by_data (self->key, self);
  g_set_object (&self->key, key);
  if (key != NULL)
    g_signal_connect_object (key, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

/**
 * hk_key_row_fill:
 *
 * Makes what is in the row, if that has not been done: until then it has no more than its names for assistive technology.
 */
void
hk_key_row_fill (HkKeyRow *self)
{
  g_return_if_fail (HK_IS_KEY_ROW (self));

  if (self->box != NULL)
    return;

  /* GTK wants that in the initializer for the sake of derived classes and of properties set there; this class has neither. */
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  g_clear_pointer (&self->words, g_free);
  refresh (self);
}

/**
 * hk_key_row_get_filled:
 *
 * Returns: whether hk_key_row_fill() has been called
 */
gboolean
hk_key_row_get_filled (HkKeyRow *self)
{
  g_return_val_if_fail (HK_IS_KEY_ROW (self), FALSE);

  return self->box != NULL;
}

/**
 * hk_key_row_set_unfilled_height:
 * @height: in pixels
 *
 * How high the row is until it is filled.
 */
void
hk_key_row_set_unfilled_height (HkKeyRow *self, int height)
{
  g_return_if_fail (HK_IS_KEY_ROW (self));

  if (self->box == NULL)
    gtk_widget_set_size_request (GTK_WIDGET (self), -1, height);
}

/**
 * hk_key_row_find_focused:
 * @list: a GtkListView or GtkListBox of key rows
 *
 * Returns: (nullable): the row that has the keyboard's focus, whether on itself, in it, or on what the list put around it
 */
HkKeyRow *
hk_key_row_find_focused (GtkWidget *list)
{
  GtkWidget *item;

  g_return_val_if_fail (GTK_IS_WIDGET (list), NULL);

  item = gtk_widget_get_focus_child (list);
  if (item != NULL && HK_IS_KEY_ROW (gtk_widget_get_first_child (item)))
    return HK_KEY_ROW (gtk_widget_get_first_child (item));

  return NULL;
}

/**
 * hk_key_row_refresh_all:
 * @list: a GtkListView or GtkListBox of key rows
 *
 * Says again what depends on the time, in the rows that exist.
 */
void
hk_key_row_refresh_all (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));

  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (HK_IS_KEY_ROW (row))
        refresh (HK_KEY_ROW (row));
    }
}

/**
 * hk_key_row_show_selections:
 * @list: a GtkListView of key rows
 *
 * Says again what is selected, in the rows that exist.
 */
void
hk_key_row_show_selections (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));

  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      HkKeyRow *row = (HkKeyRow *) gtk_widget_get_first_child (item);

      if (!HK_IS_KEY_ROW (row) || row->key == NULL)
        continue;
      show_selection (row);
      gtk_widget_action_set_enabled (GTK_WIDGET (row), "key.enabled", can_switch (row));
    }
}
