/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-selection.h"

struct _HkKeySelection
{
  GObject parent_instance;

  GListModel *model;  /* (owned) (nullable): what a view shows, the first of @listed */
  GListModel *listed; /* (owned) (nullable) */
  GListModel *keys;   /* (owned) (nullable): of the account */
  gboolean active;
  GHashTable *selected; /* (owned) (element-type HkKey) */
  HkKey *anchor;        /* (owned) (nullable): the key that was selected or unselected last */
  gboolean any_gone;    /* some of @keys are, and may have been selected */
  guint update;         /* tells of what is listed or gone, or 0 */
};

typedef enum
{
  PROP_MODEL = 1,
  PROP_LISTED,
  PROP_ACTIVE,
} Property;

static GParamSpec *properties[PROP_ACTIVE + 1];
static guint changed_signal;

static void init_list_model (GListModelInterface *iface);
static void init_selection_model (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkKeySelection,
                               hk_key_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, init_selection_model))

static guint
count_shown (HkKeySelection *self)
{
  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

/* A view looks only at the rows that it has, so that it need not be told of less than all. */
static void
tell (HkKeySelection *self)
{
  const guint n_shown = count_shown (self);

  if (n_shown > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_shown);
  g_signal_emit (self, changed_signal, 0);
}

static void
drop_gone (HkKeySelection *self)
{
  GHashTable *before = self->selected;

  self->any_gone = FALSE;
  self->selected = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (self->keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (self->keys, i);

      if (g_hash_table_contains (before, key))
        g_hash_table_add (self->selected, g_steal_pointer (&key));
    }
  g_hash_table_unref (before);
}

static void
update (gpointer user_data)
{
  HkKeySelection *self = user_data;

  self->update = 0;
  if (self->any_gone)
    drop_gone (self);
  if (g_list_model_get_n_items (self->keys) == 0)
    hk_key_selection_set_active (self, FALSE);
  if (self->active)
    tell (self);
}

/* A key that moves goes and comes, and many come one by one: what that means is seen when it is over. */
static void
queue_update (HkKeySelection *self)
{
  if (self->active && self->update == 0)
    self->update = g_idle_add_once (update, self);
}

static void
on_keys_changed (HkKeySelection *self, guint position, guint n_removed, guint n_added)
{
  self->any_gone |= n_removed > 0;
  queue_update (self);
}

static void
on_model_changed (HkKeySelection *self, guint position, guint n_removed, guint n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static GType
hk_key_selection_get_item_type (GListModel *model)
{
  return HK_TYPE_KEY;
}

static guint
hk_key_selection_get_n_items (GListModel *model)
{
  return count_shown (HK_KEY_SELECTION (model));
}

static gpointer
hk_key_selection_get_item (GListModel *model, guint position)
{
  HkKeySelection *self = HK_KEY_SELECTION (model);

  return self->model != NULL ? g_list_model_get_item (self->model, position) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = hk_key_selection_get_item_type;
  iface->get_n_items = hk_key_selection_get_n_items;
  iface->get_item = hk_key_selection_get_item;
}

static gboolean
hk_key_selection_is_selected (GtkSelectionModel *model, guint position)
{
  g_autoptr (HkKey) key = g_list_model_get_item (G_LIST_MODEL (model), position);

  return key != NULL && hk_key_selection_contains (HK_KEY_SELECTION (model), key);
}

static void
put (HkKeySelection *self, HkKey *key, gboolean selected)
{
  g_set_object (&self->anchor, key);
  if (selected)
    g_hash_table_add (self->selected, g_object_ref (key));
  else
    g_hash_table_remove (self->selected, key);
}

static gboolean
put_range (HkKeySelection *self, guint position, guint n_items, gboolean selected)
{
  if (!self->active)
    return FALSE;

  for (guint i = position; i < position + n_items && i < count_shown (self); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (self->model, i);

      put (self, key, selected);
    }
  tell (self);

  return TRUE;
}

/* What would unselect the rest is the keyboard's focus or the pointer, which only pass. */
static gboolean
hk_key_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return !unselect_rest && put_range (HK_KEY_SELECTION (model), position, 1, TRUE);
}

static gboolean
hk_key_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  return put_range (HK_KEY_SELECTION (model), position, 1, FALSE);
}

static gboolean
hk_key_selection_select_range (GtkSelectionModel *model,
                               guint position,
                               guint n_items,
                               gboolean unselect_rest)
{
  return put_range (HK_KEY_SELECTION (model), position, n_items, TRUE);
}

static gboolean
hk_key_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return put_range (HK_KEY_SELECTION (model), position, n_items, FALSE);
}

static gboolean
hk_key_selection_select_all (GtkSelectionModel *model)
{
  hk_key_selection_select_listed (HK_KEY_SELECTION (model));

  return TRUE;
}

static gboolean
hk_key_selection_unselect_all (GtkSelectionModel *model)
{
  HkKeySelection *self = HK_KEY_SELECTION (model);

  if (!self->active)
    return FALSE;

  g_hash_table_remove_all (self->selected);
  tell (self);

  return TRUE;
}

static void
init_selection_model (GtkSelectionModelInterface *iface)
{
  iface->is_selected = hk_key_selection_is_selected;
  iface->select_item = hk_key_selection_select_item;
  iface->unselect_item = hk_key_selection_unselect_item;
  iface->select_range = hk_key_selection_select_range;
  iface->unselect_range = hk_key_selection_unselect_range;
  iface->select_all = hk_key_selection_select_all;
  iface->unselect_all = hk_key_selection_unselect_all;
}

static void
hk_key_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeySelection *self = HK_KEY_SELECTION (object);

  switch ((Property) prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_LISTED:
      g_value_set_object (value, self->listed);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_selection_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeySelection *self = HK_KEY_SELECTION (object);

  switch ((Property) prop_id)
    {
    case PROP_MODEL:
      self->model = g_value_dup_object (value);
      if (self->model != NULL)
        g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_model_changed), self,
                                 G_CONNECT_SWAPPED);
      break;
    case PROP_LISTED:
      self->listed = g_value_dup_object (value);
      if (self->listed != NULL)
        g_signal_connect_object (self->listed, "items-changed", G_CALLBACK (queue_update), self,
                                 G_CONNECT_SWAPPED);
      break;
    case PROP_ACTIVE:
      hk_key_selection_set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_selection_dispose (GObject *object)
{
  HkKeySelection *self = HK_KEY_SELECTION (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->listed);
  g_clear_object (&self->keys);
  g_clear_object (&self->anchor);
  g_hash_table_remove_all (self->selected);

  G_OBJECT_CLASS (hk_key_selection_parent_class)->dispose (object);
}

static void
hk_key_selection_finalize (GObject *object)
{
  g_hash_table_unref (HK_KEY_SELECTION (object)->selected);

  G_OBJECT_CLASS (hk_key_selection_parent_class)->finalize (object);
}

static void
hk_key_selection_class_init (HkKeySelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_key_selection_get_property;
  object_class->set_property = hk_key_selection_set_property;
  object_class->dispose = hk_key_selection_dispose;
  object_class->finalize = hk_key_selection_finalize;

  /* Both lists are set once. */
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_LISTED] = g_param_spec_object ("listed", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  changed_signal =
      g_signal_new ("changed", HK_TYPE_KEY_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hk_key_selection_init (HkKeySelection *self)
{
  self->selected = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * hk_key_selection_set_keys:
 * @keys: all keys of an account
 *
 * To be called once.
 */
void
hk_key_selection_set_keys (HkKeySelection *self, GListModel *keys)
{
  g_return_if_fail (HK_IS_KEY_SELECTION (self));
  g_return_if_fail (G_IS_LIST_MODEL (keys) && self->keys == NULL);

  self->keys = g_object_ref (keys);
  g_signal_connect_object (keys, "items-changed", G_CALLBACK (on_keys_changed), self, G_CONNECT_SWAPPED);
}

/**
 * hk_key_selection_get_active:
 *
 * Returns: whether the user selects
 */
gboolean
hk_key_selection_get_active (HkKeySelection *self)
{
  g_return_val_if_fail (HK_IS_KEY_SELECTION (self), FALSE);

  return self->active;
}

/**
 * hk_key_selection_set_active:
 * @active: whether the user selects; nothing is selected at the beginning, and at the end
 */
void
hk_key_selection_set_active (HkKeySelection *self, gboolean active)
{
  g_return_if_fail (HK_IS_KEY_SELECTION (self));

  if (self->active == active)
    return;

  self->active = active;
  g_clear_object (&self->anchor);
  self->any_gone = FALSE;
  g_hash_table_remove_all (self->selected);
  tell (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/**
 * hk_key_selection_contains:
 * @key: a key
 *
 * Returns: whether @key is selected
 */
gboolean
hk_key_selection_contains (HkKeySelection *self, HkKey *key)
{
  g_return_val_if_fail (HK_IS_KEY_SELECTION (self), FALSE);

  return g_hash_table_contains (self->selected, key);
}

/**
 * hk_key_selection_set_selected:
 * @key: a key
 * @selected: whether it is to be selected
 */
void
hk_key_selection_set_selected (HkKeySelection *self, HkKey *key, gboolean selected)
{
  g_return_if_fail (HK_IS_KEY_SELECTION (self));
  g_return_if_fail (HK_IS_KEY (key));

  if (!self->active || hk_key_selection_contains (self, key) == selected)
    return;

  put (self, key, selected);
  tell (self);
}

/**
 * hk_key_selection_toggle:
 * @key: a key
 *
 * Selects @key, or not any more.
 */
void
hk_key_selection_toggle (HkKeySelection *self, HkKey *key)
{
  hk_key_selection_set_selected (self, key, !hk_key_selection_contains (self, key));
}

static gboolean
is_listed (HkKeySelection *self, HkKey *key)
{
  for (guint i = 0; key != NULL && i < g_list_model_get_n_items (self->listed); i++)
    {
      g_autoptr (HkKey) listed = g_list_model_get_item (self->listed, i);

      if (listed == key)
        return TRUE;
    }

  return FALSE;
}

/**
 * hk_key_selection_extend:
 * @key: a listed key
 *
 * Selects all that are listed from the key that was selected or unselected last to @key; only @key if that one is not listed any
 * more.
 */
void
hk_key_selection_extend (HkKeySelection *self, HkKey *key)
{
  HkKey *anchor;
  guint ends = 0;

  g_return_if_fail (HK_IS_KEY_SELECTION (self));
  g_return_if_fail (HK_IS_KEY (key));

  if (!self->active)
    return;

  anchor = is_listed (self, self->anchor) ? self->anchor : key;
  for (guint i = 0; ends < 2 && i < g_list_model_get_n_items (self->listed); i++)
    {
      g_autoptr (HkKey) listed = g_list_model_get_item (self->listed, i);

      ends += (listed == key) + (listed == anchor);
      if (ends > 0)
        g_hash_table_add (self->selected, g_object_ref (listed));
    }
  tell (self);
}

/**
 * hk_key_selection_select_listed:
 *
 * Selects all keys that are listed, with those that are selected already.
 */
void
hk_key_selection_select_listed (HkKeySelection *self)
{
  g_return_if_fail (HK_IS_KEY_SELECTION (self));

  hk_key_selection_set_active (self, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (self->listed); i++)
    g_hash_table_add (self->selected, g_list_model_get_item (self->listed, i));
  tell (self);
}

/**
 * hk_key_selection_count:
 *
 * Returns: how many keys are selected
 */
guint
hk_key_selection_count (HkKeySelection *self)
{
  g_return_val_if_fail (HK_IS_KEY_SELECTION (self), 0);

  return g_hash_table_size (self->selected);
}

/**
 * hk_key_selection_count_listed:
 *
 * Returns: how many of the selected keys are listed
 */
guint
hk_key_selection_count_listed (HkKeySelection *self)
{
  guint n = 0;

  g_return_val_if_fail (HK_IS_KEY_SELECTION (self), 0);

  for (guint i = 0; g_hash_table_size (self->selected) > 0 && i < g_list_model_get_n_items (self->listed); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (self->listed, i);

      n += g_hash_table_contains (self->selected, key);
    }

  return n;
}

/**
 * hk_key_selection_list:
 *
 * Returns: (transfer container) (element-type HkKey): the selected keys, in no special order, as long as they are selected
 */
GPtrArray *
hk_key_selection_list (HkKeySelection *self)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (HK_IS_KEY_SELECTION (self), keys);

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);

  return keys;
}
