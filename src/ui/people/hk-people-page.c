/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-people-page.h"

#include <glib/gi18n-lib.h>

#include "compat/hk-focus.h"
#include "hk-person-row.h"
#include "hk-wrap.h"
#include "keys/hk-key-filter.h"

struct _HkPeoplePage
{
  AdwBin parent_instance;

  HkAccount *account; /* (owned) */
  GHashTable *counts; /* (owned) (element-type int guint): keys by the id of their person */
  char **words;       /* (owned): what is searched for, folded */
  gboolean search_mode;

  GtkFilterListModel *filtered;
  GtkSorter *sorter;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (HkPeoplePage, hk_people_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_SEARCH_MODE,
  PROP_SEARCH_ENTRY,
} Property;

static GParamSpec *properties[PROP_SEARCH_ENTRY + 1];
static guint open_person_signal;

static void
count_keys (HkPeoplePage *self)
{
  GListModel *keys = hk_account_get_keys (self->account);
  guint n_keys = g_list_model_get_n_items (keys);

  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      NukiUser *person = hk_key_get_person (key);
      gpointer id;
      guint count;

      if (person == NULL)
        continue;

      id = GINT_TO_POINTER (nuki_user_get_id (person));
      count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, id));
      g_hash_table_insert (self->counts, id, GUINT_TO_POINTER (count + 1));
    }
}

static gboolean
is_found (gpointer item, gpointer user_data)
{
  HkPeoplePage *self = HK_PEOPLE_PAGE (user_data);
  g_autofree char *haystack = NULL;

  if (self->words[0] == NULL)
    return TRUE;

  haystack = g_strjoin ("\n", nuki_user_get_name (item), nuki_user_get_email (item), NULL);

  return hk_search_matches ((const char *const *) self->words, haystack);
}

static void
choose_stack_page (HkPeoplePage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : self->words[0] == NULL ? "empty" : "nothing");
}

static void
refilter (HkPeoplePage *self)
{
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered), GTK_FILTER_CHANGE_DIFFERENT);
  choose_stack_page (self);
}

static void
refresh (HkPeoplePage *self)
{
  /* Counting is for the eye only; a page that comes back counts again. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  count_keys (self);
  if (self->words[0] != NULL)
    refilter (self);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  hk_person_row_refresh_all (GTK_WIDGET (self->list));
}

static void
tell_found (HkPeoplePage *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  /* Translators: how many people were found. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u person", "%u people", n), n);

  hk_search_tell_found (GTK_WIDGET (self), n, text);
}

static void
on_search_changed (HkPeoplePage *self)
{
  g_autofree char *folded = hk_search_fold (gtk_editable_get_text (self->search_entry));
  g_auto (GStrv) words = g_strsplit_set (folded, " \t", -1);

  if (g_strv_equal ((const char *const *) words, (const char *const *) self->words))
    return;

  g_strfreev (self->words);
  self->words = g_steal_pointer (&words);
  refilter (self);
  tell_found (self);
}

/* Return leads from what is searched for to what is found, where Return opens. */
static void
on_search_activated (HkPeoplePage *self)
{
  on_search_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_activate (HkPeoplePage *self, guint position)
{
  g_autoptr (NukiUser) person = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (person != NULL)
    g_signal_emit (self, open_person_signal, 0, person);
}

static void
hk_people_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_people_page_parent_class)->map (widget);

  refresh (HK_PEOPLE_PAGE (widget));
}

/* The list rather than the header bar above it, so that the arrow keys move in it at once. */
static gboolean
hk_people_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HK_PEOPLE_PAGE (widget)->list))
         || GTK_WIDGET_CLASS (hk_people_page_parent_class)->grab_focus (widget);
}

static void
hk_people_page_constructed (GObject *object)
{
  HkPeoplePage *self = HK_PEOPLE_PAGE (object);

  G_OBJECT_CLASS (hk_people_page_parent_class)->constructed (object);

  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  gtk_filter_list_model_set_model (self->filtered, hk_account_get_people (self->account));
  choose_stack_page (self);
}

static void
hk_people_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkPeoplePage *self = HK_PEOPLE_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, self->search_mode);
      break;
    case PROP_SEARCH_ENTRY:
      g_value_set_object (value, self->search_entry);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_people_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkPeoplePage *self = HK_PEOPLE_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_SEARCH_MODE:
      self->search_mode = g_value_get_boolean (value);
      break;
    case PROP_SEARCH_ENTRY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_people_page_finalize (GObject *object)
{
  HkPeoplePage *self = HK_PEOPLE_PAGE (object);

  g_clear_object (&self->account);
  g_hash_table_unref (self->counts);
  g_strfreev (self->words);

  G_OBJECT_CLASS (hk_people_page_parent_class)->finalize (object);
}

static void
hk_people_page_class_init (HkPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = hk_people_page_constructed;
  object_class->get_property = hk_people_page_get_property;
  object_class->set_property = hk_people_page_set_property;
  object_class->finalize = hk_people_page_finalize;
  widget_class->map = hk_people_page_map;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_people_page_grab_focus;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  properties[PROP_SEARCH_ENTRY] = g_param_spec_object ("search-entry", NULL, NULL, GTK_TYPE_EDITABLE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  open_person_signal = g_signal_new ("open-person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, NUKI_TYPE_USER);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/people/hk-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, filtered);
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, sorter);
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkPeoplePage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
}

static void
hk_people_page_init (HkPeoplePage *self)
{
  g_autoptr (GtkFilter) filter = GTK_FILTER (gtk_custom_filter_new (is_found, self, NULL));

  self->counts = g_hash_table_new (NULL, NULL);
  self->words = g_new0 (char *, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_buttons (GTK_WIDGET (self->stack));

  gtk_filter_list_model_set_filter (self->filtered, filter);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self));
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (choose_stack_page), self,
                           G_CONNECT_SWAPPED);
}

/**
 * hk_people_page_new:
 * @account: whose people are listed
 *
 * Returns: (transfer full): a page
 */
GtkWidget *
hk_people_page_new (HkAccount *account)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);

  return g_object_new (HK_TYPE_PEOPLE_PAGE, "account", account, NULL);
}

/**
 * hk_people_page_count_keys:
 * @person: somebody in the account
 *
 * Returns: how many keys the person had when the page last counted
 */
guint
hk_people_page_count_keys (HkPeoplePage *self, NukiUser *person)
{
  g_return_val_if_fail (HK_IS_PEOPLE_PAGE (self), 0);
  g_return_val_if_fail (NUKI_IS_USER (person), 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, GINT_TO_POINTER (nuki_user_get_id (person))));
}
