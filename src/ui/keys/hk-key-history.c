/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-history.h"

#include "hk-history-row.h"

struct _HkKeyHistory
{
  AdwBin parent_instance;

  HkAccount *account;        /* (owned) (nullable) */
  HkKey *key;                /* (owned) (nullable) */
  GtkFilter *filter;         /* (owned) */
  GtkFilterListModel *shown; /* (owned): of this session */
  GListStore *earlier;       /* (owned): of earlier ones */
  GListModel *all;           /* (owned) */
  GCancellable *loading;     /* (owned) (nullable) */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HkKeyHistory, hk_key_history, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_KEY,
} Property;

static GParamSpec *properties[PROP_KEY + 1];

static gboolean
is_of_key (gpointer item, gpointer user_data)
{
  HkKeyHistory *self = HK_KEY_HISTORY (user_data);
  HkChange *change = HK_CHANGE (item);
  NukiKey *record;

  if (self->key == NULL || hk_change_get_lock_id (change) != hk_key_get_lock_id (self->key))
    return FALSE;
  if (change == hk_key_get_change (self->key))
    return TRUE;

  record = hk_key_get_record (self->key);
  return record != NULL && g_strcmp0 (hk_change_get_key_id (change), nuki_key_get_id (record)) == 0;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return g_date_time_compare (hk_change_get_asked (HK_CHANGE ((gpointer) b)),
                              hk_change_get_asked (HK_CHANGE ((gpointer) a)));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  HkKeyHistory *self = HK_KEY_HISTORY (user_data);

  return hk_history_row_new (self->account, self->key, HK_CHANGE (item));
}

static void
on_earlier_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkKeyHistory) self = HK_KEY_HISTORY (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  /* The page has gone meanwhile. */
  if (self->account == NULL)
    return;

  changes = hk_account_load_earlier_finish (self->account, result, &error);
  if (changes != NULL)
    g_list_store_splice (self->earlier, 0, g_list_model_get_n_items (G_LIST_MODEL (self->earlier)),
                         changes->pdata, changes->len);
}

static void
load_earlier (HkKeyHistory *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->account == NULL || self->key == NULL)
    return;

  self->loading = g_cancellable_new ();
  hk_account_load_earlier_async (self->account, self->key, self->loading, on_earlier_loaded,
                                 g_object_ref (self));
}

/* What the account forgets after a while is in the journal. */
static void
on_changes_changed (HkKeyHistory *self, guint position, guint n_removed)
{
  if (n_removed > 0)
    load_earlier (self);
}

static void
on_items_changed (HkKeyHistory *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (G_LIST_MODEL (self->all)) > 0);
}

static void
set_key (HkKeyHistory *self, HkKey *key)
{
  if (!g_set_object (&self->key, key))
    return;

  g_list_store_remove_all (self->earlier);
  hk_key_history_refresh (self);
  load_earlier (self);
}

static void
set_account (HkKeyHistory *self, HkAccount *account)
{
  if (!g_set_object (&self->account, account) || account == NULL)
    return;

  gtk_filter_list_model_set_model (self->shown, hk_account_get_changes (account));
  g_signal_connect_object (hk_account_get_changes (account), "items-changed", G_CALLBACK (on_changes_changed),
                           self, G_CONNECT_SWAPPED);
  load_earlier (self);
}

static void
hk_key_history_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkKeyHistory *self = HK_KEY_HISTORY (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_KEY:
      g_value_set_object (value, self->key);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_history_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkKeyHistory *self = HK_KEY_HISTORY (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      set_account (self, g_value_get_object (value));
      break;
    case PROP_KEY:
      set_key (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_history_dispose (GObject *object)
{
  HkKeyHistory *self = HK_KEY_HISTORY (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->all);
  g_clear_object (&self->shown);
  g_clear_object (&self->earlier);
  g_clear_object (&self->filter);
  g_clear_object (&self->account);
  g_clear_object (&self->key);

  G_OBJECT_CLASS (hk_key_history_parent_class)->dispose (object);
}

static void
hk_key_history_class_init (HkKeyHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_key_history_get_property;
  object_class->set_property = hk_key_history_set_property;
  object_class->dispose = hk_key_history_dispose;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_KEY] = g_param_spec_object ("key", NULL, NULL, HK_TYPE_KEY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/keys/hk-key-history.ui");
  gtk_widget_class_bind_template_child (widget_class, HkKeyHistory, list);
}

static void
hk_key_history_init (HkKeyHistory *self)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_of_key, self, NULL));
  self->shown = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  self->earlier = g_list_store_new (HK_TYPE_CHANGE);
  g_list_store_append (parts, self->shown);
  g_list_store_append (parts, self->earlier);
  self->all = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts))),
                               GTK_SORTER (gtk_custom_sorter_new (compare_newest_first, NULL, NULL))));
  g_signal_connect_object (self->all, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, self->all, create_row, self, NULL);
  on_items_changed (self);
}

/**
 * hk_key_history_refresh:
 *
 * Looks again which changes belong to the key: a new key learns its id late.
 */
void
hk_key_history_refresh (HkKeyHistory *self)
{
  g_return_if_fail (HK_IS_KEY_HISTORY (self));

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}
