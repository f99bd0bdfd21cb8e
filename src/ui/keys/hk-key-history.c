/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-key-history.h"

#include <glib/gi18n-lib.h>

#include "hk-key-words.h"

struct _HkKeyHistory
{
  AdwBin parent_instance;

  HkAccount *account;         /* (owned) (nullable) */
  HkKey *key;                 /* (owned) (nullable) */
  GtkFilter *filter;          /* (owned) */
  GtkFilterListModel *shown;  /* (owned) */

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

static const char *
name_kind (HkChange *change)
{
  switch (hk_change_get_kind (change))
    {
    case HK_CHANGE_CREATE_KEY:
      return _ ("Given");
    case HK_CHANGE_SWITCH_KEY:
      return hk_change_get_spec (change)->enabled ? _ ("Switched on") : _ ("Switched off");
    case HK_CHANGE_DELETE_KEY:
      return _ ("Taken back");
    case HK_CHANGE_UPDATE_KEY:
    case HK_CHANGE_UPDATE_PERSON:
    case HK_CHANGE_DELETE_PERSON:
    case HK_CHANGE_UPDATE_LOCK:
    default:
      return _ ("Edited");
    }
}

static gboolean
say_time_and_state (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  HkKeyHistory *self = HK_KEY_HISTORY (user_data);
  g_autoptr (HkChange) change = HK_CHANGE (g_binding_dup_source (binding));
  g_autoptr (GDateTime) now = hk_clock_now (hk_account_get_clock (self->account));
  g_autofree char *moment = hk_words_moment (hk_change_get_asked (change), hk_key_get_zone (self->key), now);

  /* Translators: when something was asked, and what became of it. */
  g_value_take_string (to, g_strdup_printf (C_ ("change", "%s · %s"), moment, g_value_get_string (from)));

  return TRUE;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name_kind (item),
                                 "subtitle-lines", 0, NULL);

  g_object_bind_property_full (item, "text", row, "subtitle", G_BINDING_SYNC_CREATE, say_time_and_state, NULL,
                               user_data, NULL);

  return row;
}

static void
on_items_changed (HkKeyHistory *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0);
}

static void
set_account (HkKeyHistory *self, HkAccount *account)
{
  if (g_set_object (&self->account, account) && account != NULL)
    gtk_filter_list_model_set_model (self->shown, hk_account_get_changes (account));
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
      if (g_set_object (&self->key, g_value_get_object (value)))
        hk_key_history_refresh (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_key_history_dispose (GObject *object)
{
  HkKeyHistory *self = HK_KEY_HISTORY (object);

  /* The rows' bindings look at the key: they go first. */
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  g_clear_object (&self->shown);
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
  g_autoptr (GtkSortListModel) sorted = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_of_key, self, NULL));
  self->shown = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->shown)),
                                    GTK_SORTER (gtk_custom_sorter_new (compare_newest_first, NULL, NULL)));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sorted), create_row, self, NULL);
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
