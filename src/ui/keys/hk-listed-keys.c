/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-listed-keys.h"

#include <string.h>

#include <hk-drain.h>

#include "hk-key-entry.h"

/* So long one slice may take, in microseconds. */
#define SLICE_TIME 3000

/* The time is not read for each key. */
#define KEYS_AT_ONCE 32

/* So long a frame without any key waits for those that are being sorted, in microseconds: it would take longer. */
#define WAITING_TIME 10000

/* So far a key may move and the list still tells of it as a move: its row then keeps the focus. */
#define MOVED_WITHIN 1000

struct _HkListedKeys
{
  GObject parent_instance;

  GListModel *keys;      /* (owned) (nullable) */
  HkKeyFilter *filter;   /* (owned) (nullable) */
  GPtrArray *source;     /* (owned) (element-type HkKey): what was in @keys when it told of a change last */
  GPtrArray *sorted;     /* (owned) (element-type HkKeyEntry): of all keys */
  GPtrArray *listed;     /* (owned) (element-type HkKeyEntry): of those that are let through */
  GCancellable *sorting; /* (owned) (nullable): all keys are being sorted */
  GPtrArray *unsorted;   /* (owned) (nullable) (element-type HkKeyEntry): what another thread will sort */
  GPtrArray *found;      /* (owned) (nullable) (element-type HkKeyEntry): what will be @listed when filtering is done */
  guint n_filtered;
  gint64 sorting_began;
  guint source_id;       /* works on @unsorted or @found, or waits for what is being sorted; or 0 */
};

enum
{
  PROP_0,
  PROP_FILTER,
  PROP_BUSY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint filtered_signal;

static void init_list_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkListedKeys, hk_listed_keys, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

/* By going through all: it takes less time than the row of a key does, and needs no other table. */
static gboolean
find_key (GPtrArray *entries, HkKey *key, guint *position)
{
  for (guint i = 0; i < entries->len; i++)
    if (((HkKeyEntry *) g_ptr_array_index (entries, i))->key == key)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
is_let_through (HkListedKeys *self, HkKeyEntry *entry)
{
  return self->filter == NULL || gtk_filter_match (GTK_FILTER (self->filter), entry->key);
}

static void
tell (HkListedKeys *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

static gboolean
is_same (GPtrArray *a, guint i, GPtrArray *b, guint j)
{
  return ((HkKeyEntry *) g_ptr_array_index (a, i))->key == ((HkKeyEntry *) g_ptr_array_index (b, j))->key;
}

/* Returns: how many keys at the beginning are the same */
static guint
count_same (GPtrArray *a, GPtrArray *b)
{
  guint n_same = 0;

  while (n_same < a->len && n_same < b->len && is_same (a, n_same, b, n_same))
    n_same++;

  return n_same;
}

/* Lists @entries (transfer full), and tells of what is between the part at the beginning and the part at the end that stay. */
static void
list_entries (HkListedKeys *self, GPtrArray *entries)
{
  GPtrArray *before = self->listed;
  guint n_before = before->len;
  guint n_entries = entries->len;
  const guint start = count_same (before, entries);

  while (n_before > start && n_entries > start && is_same (before, n_before - 1, entries, n_entries - 1))
    n_before--, n_entries--;

  self->listed = entries;
  tell (self, start, n_before - start, n_entries - start);
  hk_drain (before);
}

static void
notify_busy (HkListedKeys *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* Returns: whether all keys have been looked at */
static gboolean
filter_some (HkListedKeys *self)
{
  for (guint i = 0; i < KEYS_AT_ONCE && self->n_filtered < self->sorted->len; i++)
    {
      HkKeyEntry *entry = g_ptr_array_index (self->sorted, self->n_filtered++);

      if (is_let_through (self, entry))
        hk_key_entries_add (self->found, entry);
    }

  return self->n_filtered == self->sorted->len;
}

static void
tell_filtered (HkListedKeys *self)
{
  const guint n_same = count_same (self->listed, self->found);

  if (n_same < self->listed->len || n_same < self->found->len)
    g_signal_emit (self, filtered_signal, 0, n_same);
}

/* As long as nothing is listed, everybody waits for that, and for a frame without it only in the meantime: GTK paints some of
 * the first frames ahead of what is idle. */
static void
add_idle (HkListedKeys *self, GSourceFunc func)
{
  const int priority = self->listed->len > 0 ? G_PRIORITY_DEFAULT_IDLE : G_PRIORITY_DEFAULT;

  self->source_id = g_idle_add_full (priority, func, self, NULL);
}

static void
list_all_found (HkListedKeys *self)
{
  self->source_id = 0;
  list_entries (self, g_steal_pointer (&self->found));
  notify_busy (self);
}

static gboolean
list_found (gpointer user_data)
{
  list_all_found (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
on_slice (gpointer user_data)
{
  HkListedKeys *self = user_data;
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  do
    if (filter_some (self))
      {
        tell_filtered (self);
        add_idle (self, list_found);
        return G_SOURCE_REMOVE;
      }
  while (g_get_monotonic_time () < deadline);

  return G_SOURCE_CONTINUE;
}

static void
stop_filtering (HkListedKeys *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  hk_drain (g_steal_pointer (&self->found));
}

static void
start_filtering (HkListedKeys *self)
{
  stop_filtering (self);
  self->found = hk_key_entries_new ();
  self->n_filtered = 0;
  if (self->sorted->len > HK_LISTED_KEYS_AT_ONCE)
    {
      add_idle (self, on_slice);
      notify_busy (self);
      return;
    }

  while (!filter_some (self))
    ;
  tell_filtered (self);
  list_all_found (self);
}

static void
on_filter_changed (HkListedKeys *self)
{
  if (self->sorting == NULL)
    start_filtering (self);
}

static void
take_sorted (HkListedKeys *self, GPtrArray *entries)
{
  hk_drain (self->sorted);
  self->sorted = entries;
  start_filtering (self);
}

static void
sort_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  hk_key_entries_sort (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
on_sorted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  HkListedKeys *self = HK_LISTED_KEYS (source);
  GPtrArray *entries = g_task_get_task_data (G_TASK (result));

  /* Cancelled: the keys are others by now, or nobody needs the list any more. */
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      hk_drain (entries);
      return;
    }

  g_clear_object (&self->sorting);
  take_sorted (self, entries);
}

static void
sort_in_thread (HkListedKeys *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->sorting, on_sorted, NULL);

  self->sorting_began = g_get_monotonic_time ();
  g_task_set_source_tag (task, sort_in_thread);
  /* Owned by on_sorted(), as keys are let go by the main thread only. */
  g_task_set_task_data (task, g_steal_pointer (&self->unsorted), NULL);
  g_task_run_in_thread (task, sort_thread);
}

/* Keeps frames waiting, and nothing else. */
static gboolean
on_wait (gpointer user_data)
{
  HkListedKeys *self = user_data;

  if (g_get_monotonic_time () < self->sorting_began + WAITING_TIME)
    {
      g_usleep (100);
      return G_SOURCE_CONTINUE;
    }
  self->source_id = 0;

  return G_SOURCE_REMOVE;
}

/* Returns: whether there is an entry for each key */
static gboolean
gather_some (HkListedKeys *self)
{
  for (guint i = 0; i < KEYS_AT_ONCE && self->unsorted->len < self->source->len; i++)
    g_ptr_array_add (self->unsorted, hk_key_entry_new (g_ptr_array_index (self->source, self->unsorted->len)));

  return self->unsorted->len == self->source->len;
}

static gboolean
on_gather (gpointer user_data)
{
  HkListedKeys *self = user_data;
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  do
    if (gather_some (self))
      {
        self->source_id = 0;
        sort_in_thread (self);
        if (self->listed->len == 0)
          add_idle (self, on_wait);
        return G_SOURCE_REMOVE;
      }
  while (g_get_monotonic_time () < deadline);

  return G_SOURCE_CONTINUE;
}

static void
stop_sorting (HkListedKeys *self)
{
  if (self->sorting != NULL)
    g_cancellable_cancel (self->sorting);
  g_clear_object (&self->sorting);
  g_clear_handle_id (&self->source_id, g_source_remove);
  hk_drain (g_steal_pointer (&self->unsorted));
}

static void
start_sorting (HkListedKeys *self)
{
  stop_sorting (self);
  stop_filtering (self);
  self->unsorted = hk_key_entries_new ();
  if (self->source->len > HK_LISTED_KEYS_AT_ONCE)
    {
      self->sorting = g_cancellable_new ();
      add_idle (self, on_gather);
      notify_busy (self);
      return;
    }

  while (!gather_some (self))
    ;
  hk_key_entries_sort (self->unsorted);
  take_sorted (self, g_steal_pointer (&self->unsorted));
}

static gboolean
take_out (GPtrArray *entries, HkKey *key, guint *position)
{
  if (!find_key (entries, key, position))
    return FALSE;

  g_ptr_array_remove_index (entries, *position);

  return TRUE;
}

static guint
put_in (GPtrArray *entries, HkKeyEntry *entry)
{
  const guint position = hk_key_entries_find_position (entries, entry);

  g_ptr_array_insert (entries, (int) position, hk_key_entry_ref (entry));

  return position;
}

static void
remove_key (HkListedKeys *self, HkKey *key)
{
  guint position;

  take_out (self->sorted, key, &position);
  if (take_out (self->listed, key, &position))
    tell (self, position, 1, 0);
}

static HkKeyEntry *
insert_key (HkListedKeys *self, HkKey *key)
{
  HkKeyEntry *entry = hk_key_entry_new (key);

  hk_key_entry_find_place (entry);
  put_in (self->sorted, entry);

  return entry;
}

static void
add_key (HkListedKeys *self, HkKey *key)
{
  HkKeyEntry *entry = insert_key (self, key);

  if (is_let_through (self, entry))
    tell (self, put_in (self->listed, entry), 0, 1);
  hk_key_entry_unref (entry);
}

/* A key has another name than before, perhaps. */
static void
move_key (HkListedKeys *self, HkKey *key)
{
  HkKeyEntry *entry;
  guint before, after;
  gboolean was_listed, is_listed;

  take_out (self->sorted, key, &before);
  was_listed = take_out (self->listed, key, &before);
  entry = insert_key (self, key);
  is_listed = is_let_through (self, entry);
  after = is_listed ? hk_key_entries_find_position (self->listed, entry) : 0;

  if (was_listed && (!is_listed || ABS ((int) before - (int) after) > MOVED_WITHIN))
    {
      tell (self, before, 1, 0);
      was_listed = FALSE;
    }
  if (is_listed)
    {
      put_in (self->listed, entry);
      if (was_listed)
        tell (self, MIN (before, after), ABS ((int) before - (int) after) + 1, ABS ((int) before - (int) after) + 1);
      else
        tell (self, after, 0, 1);
    }
  hk_key_entry_unref (entry);
}

/* Returns: (transfer full): those of @entries whose key is one of @keys */
static GPtrArray *
keep_entries (GPtrArray *entries, GHashTable *keys)
{
  GPtrArray *kept = hk_key_entries_new ();

  for (guint i = 0; i < entries->len; i++)
    if (g_hash_table_contains (keys, ((HkKeyEntry *) g_ptr_array_index (entries, i))->key))
      hk_key_entries_add (kept, g_ptr_array_index (entries, i));

  return kept;
}

/* Keys that are gone must not be seen any more, even while the others are sorted. */
static void
remove_gone (HkListedKeys *self)
{
  g_autoptr (GHashTable) here = g_hash_table_new (NULL, NULL);
  GPtrArray *sorted = self->sorted;

  for (guint i = 0; i < self->source->len; i++)
    g_hash_table_add (here, g_ptr_array_index (self->source, i));
  self->sorted = keep_entries (sorted, here);
  list_entries (self, keep_entries (self->listed, here));
  hk_drain (sorted);
}

/* Returns: (transfer full): the keys that were in place of those that have come */
static GPtrArray *
splice_source (HkListedKeys *self, guint position, guint n_removed, guint n_added)
{
  GPtrArray *removed = g_ptr_array_new_with_free_func (g_object_unref);
  gsize n_before;
  g_autofree gpointer *before = g_ptr_array_steal (self->source, &n_before);

  for (gsize i = 0; i < position; i++)
    g_ptr_array_add (self->source, before[i]);
  for (gsize i = position; i < position + n_removed; i++)
    g_ptr_array_add (removed, before[i]);
  for (guint i = position; i < position + n_added; i++)
    g_ptr_array_add (self->source, g_list_model_get_item (self->keys, i));
  for (gsize i = position + n_removed; i < n_before; i++)
    g_ptr_array_add (self->source, before[i]);

  return removed;
}

static gboolean
contains (gpointer *keys, guint n_keys, gpointer key)
{
  for (guint i = 0; i < n_keys; i++)
    if (keys[i] == key)
      return TRUE;

  return FALSE;
}

static void
change_many (HkListedKeys *self, gpointer *added, guint n_added, GPtrArray *removed)
{
  const gboolean is_any_gone = removed->len != n_added || memcmp (removed->pdata, added, n_added * sizeof *added) != 0;

  if (removed->len > 0 && is_any_gone)
    remove_gone (self);
  start_sorting (self);
}

static void
change_few (HkListedKeys *self, gpointer *added, guint n_added, GPtrArray *removed)
{
  for (guint i = 0; i < removed->len; i++)
    if (contains (added, n_added, g_ptr_array_index (removed, i)))
      move_key (self, g_ptr_array_index (removed, i));
    else
      remove_key (self, g_ptr_array_index (removed, i));
  for (guint i = 0; i < n_added; i++)
    if (!contains (removed->pdata, removed->len, added[i]))
      add_key (self, added[i]);

  if (self->found != NULL)
    start_filtering (self);
}

static void
on_keys_changed (HkListedKeys *self, guint position, guint n_removed, guint n_added)
{
  GPtrArray *removed = splice_source (self, position, n_removed, n_added);
  gpointer *added = self->source->pdata + position;
  /* One by one, the first of them would have the focus while the others come above it. */
  const gboolean is_mostly_new = n_added > self->sorted->len;

  if (self->sorting != NULL || is_mostly_new || n_removed + n_added > HK_LISTED_KEYS_AT_ONCE)
    change_many (self, added, n_added, removed);
  else
    change_few (self, added, n_added, removed);
  hk_drain (removed);
}

static void
set_filter (HkListedKeys *self, HkKeyFilter *filter)
{
  if (filter == NULL)
    return;

  self->filter = g_object_ref (filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
}

static GType
hk_listed_keys_get_item_type (GListModel *model)
{
  return HK_TYPE_KEY;
}

static guint
hk_listed_keys_get_n_items (GListModel *model)
{
  return HK_LISTED_KEYS (model)->listed->len;
}

static gpointer
hk_listed_keys_get_item (GListModel *model, guint position)
{
  GPtrArray *listed = HK_LISTED_KEYS (model)->listed;

  return position < listed->len ? g_object_ref (((HkKeyEntry *) g_ptr_array_index (listed, position))->key) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = hk_listed_keys_get_item_type;
  iface->get_n_items = hk_listed_keys_get_n_items;
  iface->get_item = hk_listed_keys_get_item;
}

static void
hk_listed_keys_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkListedKeys *self = HK_LISTED_KEYS (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      g_value_set_object (value, self->filter);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, hk_listed_keys_get_busy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_listed_keys_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkListedKeys *self = HK_LISTED_KEYS (object);

  switch (prop_id)
    {
    case PROP_FILTER:
      set_filter (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_listed_keys_dispose (GObject *object)
{
  HkListedKeys *self = HK_LISTED_KEYS (object);

  stop_sorting (self);
  stop_filtering (self);
  if (self->keys != NULL)
    g_signal_handlers_disconnect_by_data (self->keys, self);
  g_clear_object (&self->keys);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (hk_listed_keys_parent_class)->dispose (object);
}

static void
hk_listed_keys_finalize (GObject *object)
{
  HkListedKeys *self = HK_LISTED_KEYS (object);

  hk_drain (self->listed);
  hk_drain (self->sorted);
  hk_drain (self->source);

  G_OBJECT_CLASS (hk_listed_keys_parent_class)->finalize (object);
}

static void
hk_listed_keys_class_init (HkListedKeysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hk_listed_keys_get_property;
  object_class->set_property = hk_listed_keys_set_property;
  object_class->dispose = hk_listed_keys_dispose;
  object_class->finalize = hk_listed_keys_finalize;

  props[PROP_FILTER] = g_param_spec_object ("filter", NULL, NULL, HK_TYPE_KEY_FILTER,
                                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * HkListedKeys::filtered:
   * @n_same: how many at the beginning stay
   *
   * All keys have been looked at again, and others than before are about to be listed: of very many keys, when the main
   * loop is idle next.
   */
  filtered_signal = g_signal_new ("filtered", HK_TYPE_LISTED_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_UINT);
}

static void
hk_listed_keys_init (HkListedKeys *self)
{
  self->source = g_ptr_array_new_with_free_func (g_object_unref);
  self->sorted = hk_key_entries_new ();
  self->listed = hk_key_entries_new ();
}

/**
 * hk_listed_keys_set_keys:
 * @keys: the list of an account
 *
 * To be called once.
 */
void
hk_listed_keys_set_keys (HkListedKeys *self, GListModel *keys)
{
  g_return_if_fail (HK_IS_LISTED_KEYS (self));
  g_return_if_fail (G_IS_LIST_MODEL (keys) && self->keys == NULL);

  self->keys = g_object_ref (keys);
  g_signal_connect_swapped (keys, "items-changed", G_CALLBACK (on_keys_changed), self);
  on_keys_changed (self, 0, 0, g_list_model_get_n_items (keys));
}

/**
 * hk_listed_keys_get_busy:
 *
 * Returns: whether the list is still to become what it has to be
 */
gboolean
hk_listed_keys_get_busy (HkListedKeys *self)
{
  g_return_val_if_fail (HK_IS_LISTED_KEYS (self), FALSE);

  return self->sorting != NULL || self->found != NULL;
}
