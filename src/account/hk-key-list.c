/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-list.h"

#include "hk-key.h"

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

/*
 * hk_key_list_set_keys:
 * @keys: (transfer full) (element-type HkKey): what the list is to contain, with g_object_unref() as its free function
 *
 * What is between the part at the beginning and the part at the end that stay is replaced in one step: one signal, and
 * what is selected or looked at elsewhere is not disturbed.
 */
void
hk_key_list_set_keys (HkKeyList *self, GPtrArray *keys)
{
  g_autoptr (GPtrArray) before = self->keys;
  guint n_before = before->len;
  guint n_keys = keys->len;
  guint start = 0;

  while (start < n_before && start < n_keys && before->pdata[start] == keys->pdata[start])
    start++;
  while (n_before > start && n_keys > start && before->pdata[n_before - 1] == keys->pdata[n_keys - 1])
    {
      n_before--;
      n_keys--;
    }

  self->keys = keys;
  if (n_before > start || n_keys > start)
    g_list_model_items_changed (G_LIST_MODEL (self), start, n_before - start, n_keys - start);
}

gboolean
hk_key_list_contains (HkKeyList *self, gpointer key)
{
  return g_ptr_array_find (self->keys, key, NULL);
}
