/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-head-list.h"

/**
 * HkHeadList:
 *
 * The first items of another list, as many as its size says. Once all fit, it tells of an item that comes or goes as the
 * other list does; GtkSliceListModel tells of all that are behind it, too, and a view then looks at each of them again.
 */
struct _HkHeadList
{
  GObject parent_instance;

  GListModel *model; /* (owned) (nullable) */
  guint size;
  guint n_items;     /* of @model, as it was told last */
};

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_SIZE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void init_list_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HkHeadList, hk_head_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
on_items_changed (HkHeadList *self, guint position, guint n_removed, guint n_added)
{
  const guint before = MIN (self->n_items, self->size);
  const gboolean all_fit = self->n_items <= self->size && self->n_items - n_removed + n_added <= self->size;
  guint after;

  self->n_items = self->n_items - n_removed + n_added;
  after = MIN (self->n_items, self->size);
  if (all_fit)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  else if (position < before || position < after)
    /* What is behind moves into the part that is seen, or out of it. */
    g_list_model_items_changed (G_LIST_MODEL (self), position, before - position, after - position);
}

static GType
hk_head_list_get_item_type (GListModel *model)
{
  HkHeadList *self = HK_HEAD_LIST (model);

  return self->model != NULL ? g_list_model_get_item_type (self->model) : G_TYPE_OBJECT;
}

static guint
hk_head_list_get_n_items (GListModel *model)
{
  HkHeadList *self = HK_HEAD_LIST (model);

  return MIN (self->n_items, self->size);
}

static gpointer
hk_head_list_get_item (GListModel *model, guint position)
{
  HkHeadList *self = HK_HEAD_LIST (model);

  return position < hk_head_list_get_n_items (model) ? g_list_model_get_item (self->model, position) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = hk_head_list_get_item_type;
  iface->get_n_items = hk_head_list_get_n_items;
  iface->get_item = hk_head_list_get_item;
}

static void
hk_head_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkHeadList *self = HK_HEAD_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_SIZE:
      g_value_set_uint (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_head_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkHeadList *self = HK_HEAD_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      if (g_value_get_object (value) != NULL)
        hk_head_list_set_model (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      hk_head_list_set_size (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_head_list_dispose (GObject *object)
{
  HkHeadList *self = HK_HEAD_LIST (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  self->n_items = 0;

  G_OBJECT_CLASS (hk_head_list_parent_class)->dispose (object);
}

static void
hk_head_list_class_init (HkHeadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_head_list_get_property;
  object_class->set_property = hk_head_list_set_property;
  object_class->dispose = hk_head_list_dispose;

  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_SIZE] = g_param_spec_uint ("size", NULL, NULL, 0, G_MAXUINT, G_MAXUINT, flags | G_PARAM_CONSTRUCT);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_head_list_init (HkHeadList *self)
{
}

/**
 * hk_head_list_new:
 * @size: how many items it has at most
 *
 * Returns: (transfer full): a list that is empty until hk_head_list_set_model()
 */
HkHeadList *
hk_head_list_new (guint size)
{
  return g_object_new (HK_TYPE_HEAD_LIST, "size", size, NULL);
}

/**
 * hk_head_list_set_model:
 * @model: the list whose first items this one has
 *
 * To be called once.
 */
void
hk_head_list_set_model (HkHeadList *self, GListModel *model)
{
  g_return_if_fail (HK_IS_HEAD_LIST (self));
  g_return_if_fail (G_IS_LIST_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (model));
}

/**
 * hk_head_list_get_size:
 *
 * Returns: how many items it has at most
 */
guint
hk_head_list_get_size (HkHeadList *self)
{
  g_return_val_if_fail (HK_IS_HEAD_LIST (self), 0);

  return self->size;
}

/**
 * hk_head_list_set_size:
 * @size: how many items it has at most; %G_MAXUINT for all
 */
void
hk_head_list_set_size (HkHeadList *self, guint size)
{
  guint before, after;

  g_return_if_fail (HK_IS_HEAD_LIST (self));

  if (self->size == size)
    return;

  before = MIN (self->n_items, self->size);
  after = MIN (self->n_items, size);
  self->size = size;
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after), before - MIN (before, after),
                                after - MIN (before, after));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE]);
}
