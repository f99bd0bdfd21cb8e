/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-list.h"

#include "hk-key-private.h"

/* So many changes are told one by one. */
#define MAX_STEPS 32

/* So long it may take to tell of some of them, in microseconds; the others then wait for a moment. */
#define SLICE_TIME 2000

/* So many keys that come or go next to each other are seen as such. */
#define REACH MAX_STEPS

struct _HkKeyList
{
  GObject parent_instance;

  GPtrArray *keys; /* (owned) (element-type HkKey) */
};

static void init_list_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkKeyList, hk_key_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static GType
hk_key_list_get_item_type (GListModel *model)
{
  return HK_TYPE_KEY;
}

static guint
hk_key_list_get_n_items (GListModel *model)
{
  return HK_KEY_LIST (model)->keys->len;
}

static gpointer
hk_key_list_get_item (GListModel *model, guint position)
{
  HkKeyList *self = HK_KEY_LIST (model);

  return position < self->keys->len ? g_object_ref (g_ptr_array_index (self->keys, position)) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = hk_key_list_get_item_type;
  iface->get_n_items = hk_key_list_get_n_items;
  iface->get_item = hk_key_list_get_item;
}

static void
hk_key_list_finalize (GObject *object)
{
  g_ptr_array_unref (HK_KEY_LIST (object)->keys);

  G_OBJECT_CLASS (hk_key_list_parent_class)->finalize (object);
}

static void
hk_key_list_class_init (HkKeyListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hk_key_list_finalize;
}

static void
hk_key_list_init (HkKeyList *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Returns: (transfer full): an empty list */
HkKeyList *
hk_key_list_new (void)
{
  return g_object_new (HK_TYPE_KEY_LIST, NULL);
}

/* How far on in @keys, from @start, @key is; 0 if not within reach. */
static guint
look_ahead (GPtrArray *keys, guint start, gpointer key)
{
  for (guint i = 1; i <= REACH && start + i < keys->len; i++)
    if (keys->pdata[start + i] == key)
      return i;

  return 0;
}

/* Brings the list closer to @target by one key that comes or goes, from @position on, before which both are the same.
 * Returns: %FALSE if there is no such key */
static gboolean
make_step (HkKeyList *self, GPtrArray *target, guint position)
{
  GPtrArray *keys = self->keys;
  const gboolean is_end = position == keys->len;

  if (position < target->len && (is_end || look_ahead (target, position, keys->pdata[position]) > 0))
    {
      g_ptr_array_insert (keys, (int) position, g_object_ref (target->pdata[position]));
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
      return TRUE;
    }
  if (!is_end && (position == target->len || look_ahead (keys, position, target->pdata[position]) > 0))
    {
      g_ptr_array_remove_index (keys, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
      return TRUE;
    }

  return FALSE;
}

static guint
skip_same (GPtrArray *before, GPtrArray *keys, guint position)
{
  while (position < before->len && position < keys->len && before->pdata[position] == keys->pdata[position])
    position++;

  return position;
}

/* Replaces what is between the part at the beginning and the part at the end that stay. */
static void
replace_middle (HkKeyList *self, GPtrArray *keys, guint start)
{
  g_autoptr (GPtrArray) before = self->keys;
  guint n_before = before->len;
  guint n_keys = keys->len;

  while (n_before > start && n_keys > start && before->pdata[n_before - 1] == keys->pdata[n_keys - 1])
    {
      n_before--;
      n_keys--;
    }

  self->keys = keys;
  g_list_model_items_changed (G_LIST_MODEL (self), start, n_before - start, n_keys - start);
}

/*
 * hk_key_list_set_keys:
 * @keys: (transfer full) (element-type HkKey): what the list is to contain, with g_object_unref() as its free function
 *
 * A few keys that come or go are told one by one: who sorts and filters the list then has next to nothing to do. Very many
 * are told in one go. What stays is not touched, so that what is selected or looked at elsewhere is not disturbed.
 *
 * Returns: whether the list is another than before
 */
gboolean
hk_key_list_set_keys (HkKeyList *self, GPtrArray *keys)
{
  const gboolean few = ABS ((int) keys->len - (int) self->keys->len) <= MAX_STEPS;
  guint position = skip_same (self->keys, keys, 0);
  gboolean changed = FALSE;

  for (guint i = 0; few && i < MAX_STEPS; i++)
    {
      if (position == keys->len && position == self->keys->len)
        break;
      if (!make_step (self, keys, position))
        break;
      changed = TRUE;
      position = skip_same (self->keys, keys, position);
    }

  if (position == keys->len && position == self->keys->len)
    {
      g_ptr_array_unref (keys);
      return changed;
    }

  replace_middle (self, keys, position);

  return TRUE;
}

/*
 * hk_key_list_tell_renamed:
 *
 * Tells of keys by whose name, or that of whose lock, a list that is sorted by them has to be sorted anew: of a few as
 * if each was replaced by itself, of very many in one go.
 *
 * Returns: whether that was all; if not, it is to be called again
 */
gboolean
hk_key_list_tell_renamed (HkKeyList *self)
{
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;
  guint first = 0, n_renamed = 0;

  for (guint i = 0; i < self->keys->len; i++)
    {
      if (!hk_key_get_renamed (g_ptr_array_index (self->keys, i)))
        continue;
      if (n_renamed++ == 0)
        first = i;
    }

  if (n_renamed > MAX_STEPS)
    {
      for (guint i = first; i < self->keys->len; i++)
        hk_key_set_renamed (g_ptr_array_index (self->keys, i), FALSE);
      g_list_model_items_changed (G_LIST_MODEL (self), first, self->keys->len - first, self->keys->len - first);
      return TRUE;
    }

  for (guint i = first; n_renamed > 0 && i < self->keys->len; i++)
    {
      if (!hk_key_get_renamed (g_ptr_array_index (self->keys, i)))
        continue;
      hk_key_set_renamed (g_ptr_array_index (self->keys, i), FALSE);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
      if (--n_renamed > 0 && g_get_monotonic_time () >= deadline)
        return FALSE;
    }

  return TRUE;
}

gboolean
hk_key_list_contains (HkKeyList *self, gpointer key)
{
  return g_ptr_array_find (self->keys, key, NULL);
}
