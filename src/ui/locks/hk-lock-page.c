/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-lock-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-focus.h"
#include "hk-lock-details.h"
#include "hk-lock-dialog.h"
#include "hk-name-lists.h"
#include "hk-wrap.h"
#include "keys/hk-change-card.h"
#include "keys/hk-key-filter.h"
#include "keys/hk-key-row.h"
#include "keys/hk-key-words.h"
#include "keys/hk-minute.h"

struct _HkLockPage
{
  AdwBin parent_instance;

  HkAccount *account;  /* (owned) */
  NukiLock *lock;      /* (owned) */
  HkKeyFilter *filter; /* (owned) */
  HkMinute *minute;    /* (owned) */
  gboolean show_infrastructure;

  GtkFilterListModel *keys;
  GtkSorter *sorter;
  AdwWindowTitle *title;
  GtkWidget *menu_button;
  GtkButton *favorite_button;
  GtkStack *stack;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *state;
  GtkWidget *trouble;
  GtkLabel *trouble_label;
  HkChangeCard *card;
  HkLockDetails *details;
  AdwPreferencesGroup *keys_group;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HkLockPage, hk_lock_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_LOCK,
  PROP_FAVORITE,
  PROP_SHOW_INFRASTRUCTURE,
} Property;

static GParamSpec *properties[PROP_SHOW_INFRASTRUCTURE + 1];
static guint open_key_signal;

static char *
describe_room (HkLockPage *self)
{
  g_autoptr (GPtrArray) keys = hk_account_list_lock_keys (self->account, self->lock);
  int max_keys = nuki_lock_get_max_keys (self->lock);
  int max_codes = nuki_lock_get_max_codes (self->lock);
  g_autofree char *key_words = NULL;
  g_autofree char *code_words = NULL;
  int n_codes = 0;

  for (guint i = 0; i < keys->len; i++)
    n_codes += hk_key_get_key_type (g_ptr_array_index (keys, i)) == NUKI_KEY_CODE;

  /* Translators: how many of how many keys. */
  key_words = g_strdup_printf (ngettext ("%d of %d key", "%d of %d keys", max_keys), (int) keys->len - n_codes, max_keys);
  if (!nuki_lock_get_has_keypad (self->lock) || max_codes <= 0)
    return g_steal_pointer (&key_words);

  /* Translators: how many of how many codes. */
  code_words = g_strdup_printf (ngettext ("%d of %d code", "%d of %d codes", max_codes), n_codes, max_codes);

  /* Translators: how many keys, then how many codes there are on a lock. */
  return nuki_text_printf (_ ("%s, %s"), key_words, code_words);
}

static void
show_hero (HkLockPage *self)
{
  const char *name = nuki_lock_get_name (self->lock);
  gboolean online = nuki_lock_get_online (self->lock);

  adw_window_title_set_title (self->title, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  hk_name_lists (GTK_WIDGET (self), name);
  adw_avatar_set_text (self->avatar, name);
  adw_avatar_set_icon_name (self->avatar, hk_lock_words_icon (self->lock));
  gtk_label_set_label (self->name, name);
  /* What an offline lock was last seen doing may long be over. */
  gtk_label_set_label (self->state, online ? nuki_lock_get_state_text (self->lock) : _ ("Offline"));
}

static void
show_trouble (HkLockPage *self)
{
  const char *trouble = nuki_lock_get_trouble (self->lock);

  gtk_label_set_label (self->trouble_label, trouble);
  gtk_widget_set_visible (self->trouble, trouble != NULL && *trouble != '\0');
}

/* As the user wants it, also while that is on its way. */
static gboolean
is_favorite (HkLockPage *self)
{
  g_autoptr (HkDetails) shown = hk_account_dup_lock_details (self->account, self->lock);

  return shown->favorite;
}

static void
show_favorite (HkLockPage *self)
{
  gboolean favorite = is_favorite (self);
  const char *words = favorite ? _ ("Remove from favorites") : _ ("Add to favorites");

  gtk_button_set_icon_name (self->favorite_button, favorite ? "starred-symbolic" : "hk-star-outline-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->favorite_button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->favorite_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Favorite"), -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAVORITE]);
}

static void
refresh (HkLockPage *self)
{
  gboolean gone = hk_account_find_lock (self->account, nuki_lock_get_id (self->lock)) == NULL;
  g_autofree char *room = describe_room (self);

  show_hero (self);
  show_trouble (self);
  show_favorite (self);
  hk_lock_details_show (self->details, self->account, self->lock);
  hk_change_card_set_change (self->card, self->account, hk_account_get_lock_change (self->account, self->lock));
  adw_preferences_group_set_description (self->keys_group, room);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock.rename", !gone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lock.favorite", !gone);
  gtk_widget_set_visible (self->menu_button, !gone);
  gtk_widget_set_visible (GTK_WIDGET (self->favorite_button), !gone);
  gtk_stack_set_visible_child_name (self->stack, gone ? "gone" : "lock");
}

static void
on_keys_updated (HkLockPage *self)
{
  hk_key_filter_refresh (self->filter);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  refresh (self);
}

static void
on_tick (HkLockPage *self)
{
  hk_key_row_refresh_all (GTK_WIDGET (self->list));
}

static void
on_row_activated (HkLockPage *self, GtkListBoxRow *row)
{
  HkKeyRow *key_row = HK_KEY_ROW (gtk_list_box_row_get_child (row));

  g_signal_emit (self, open_key_signal, 0, hk_key_row_get_key (key_row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  HkLockPage *self = HK_LOCK_PAGE (user_data);

  return hk_key_row_new (self->account, item, HK_KEY_ROW_OF_LOCK);
}

static void
on_rename (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkLockPage *self = HK_LOCK_PAGE (widget);

  hk_dialog_present (HK_DIALOG (hk_lock_dialog_new (self->account, self->lock)), widget);
}

static void
on_delete_focused_key (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyRow *row = hk_key_row_find_focused (GTK_WIDGET (HK_LOCK_PAGE (widget)->list));

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (row), "key.delete", NULL);
}

/* Nothing that one key too many would change. */
static gboolean
hk_lock_page_grab_focus (GtkWidget *widget)
{
  HkLockPage *self = HK_LOCK_PAGE (widget);

  return (gtk_widget_get_visible (self->menu_button) && gtk_widget_grab_focus (self->menu_button))
         || gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
hk_lock_page_map (GtkWidget *widget)
{
  HkLockPage *self = HK_LOCK_PAGE (widget);

  GTK_WIDGET_CLASS (hk_lock_page_parent_class)->map (widget);

  on_tick (self);
  hk_minute_set_running (self->minute, TRUE);
}

static void
hk_lock_page_unmap (GtkWidget *widget)
{
  hk_minute_set_running (HK_LOCK_PAGE (widget)->minute, FALSE);

  GTK_WIDGET_CLASS (hk_lock_page_parent_class)->unmap (widget);
}

static void
hk_lock_page_constructed (GObject *object)
{
  HkLockPage *self = HK_LOCK_PAGE (object);

  G_OBJECT_CLASS (hk_lock_page_parent_class)->constructed (object);

  self->minute = hk_minute_new (hk_account_get_clock (self->account));
  self->filter = hk_key_filter_new (self->account);
  hk_key_filter_set_lock (self->filter, self->lock);
  g_object_bind_property (self, "show-infrastructure", self->filter, "show-infrastructure", G_BINDING_SYNC_CREATE);
  gtk_filter_list_model_set_filter (self->keys, GTK_FILTER (self->filter));
  gtk_filter_list_model_set_model (self->keys, hk_account_get_keys (self->account));

  g_signal_connect_object (self->minute, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_locks (self->account), "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_changes (self->account), "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lock, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
hk_lock_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkLockPage *self = HK_LOCK_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    case PROP_FAVORITE:
      g_value_set_boolean (value, self->lock != NULL && is_favorite (self));
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      g_value_set_boolean (value, self->show_infrastructure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_favorite (HkLockPage *self, gboolean favorite)
{
  g_autoptr (HkDetails) seen = hk_account_dup_lock_details (self->account, self->lock);

  hk_account_update_lock (self->account, self->lock, seen, seen->name, favorite);
}

static void
hk_lock_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkLockPage *self = HK_LOCK_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_LOCK:
      self->lock = g_value_dup_object (value);
      break;
    case PROP_FAVORITE:
      set_favorite (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_INFRASTRUCTURE:
      self->show_infrastructure = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_lock_page_dispose (GObject *object)
{
  HkLockPage *self = HK_LOCK_PAGE (object);

  g_clear_object (&self->minute);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (hk_lock_page_parent_class)->dispose (object);
}

static void
hk_lock_page_finalize (GObject *object)
{
  HkLockPage *self = HK_LOCK_PAGE (object);

  g_clear_object (&self->lock);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_lock_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, NUKI_TYPE_LOCK, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FAVORITE] = g_param_spec_boolean ("favorite", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_INFRASTRUCTURE] = g_param_spec_boolean ("show-infrastructure", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/locks/hk-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, keys);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, sorter);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, title);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, favorite_button);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, name);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, state);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, card);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, details);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, keys_group);
  gtk_widget_class_bind_template_child (widget_class, HkLockPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
hk_lock_page_class_init (HkLockPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = hk_lock_page_constructed;
  object_class->get_property = hk_lock_page_get_property;
  object_class->set_property = hk_lock_page_set_property;
  object_class->dispose = hk_lock_page_dispose;
  object_class->finalize = hk_lock_page_finalize;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_lock_page_grab_focus;
  widget_class->map = hk_lock_page_map;
  widget_class->unmap = hk_lock_page_unmap;
  install_properties (object_class);

  open_key_signal = g_signal_new ("open-key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, HK_TYPE_KEY);

  gtk_widget_class_install_action (widget_class, "lock.rename", NULL, on_rename);
  gtk_widget_class_install_property_action (widget_class, "lock.favorite", "favorite");
  gtk_widget_class_install_action (widget_class, "lock.delete-focused-key", NULL, on_delete_focused_key);
  bind_template (widget_class);
}

static void
hk_lock_page_init (HkLockPage *self)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_menu (GTK_MENU_BUTTON (self->menu_button));

  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->keys)), g_object_ref (self->sorter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sorted), create_row, self, NULL);
}

/**
 * hk_lock_page_new:
 * @account: whose lock it is
 * @lock: the lock to show
 *
 * Returns: (transfer full): a page
 */
GtkWidget *
hk_lock_page_new (HkAccount *account, NukiLock *lock)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  return g_object_new (HK_TYPE_LOCK_PAGE, "account", account, "lock", lock, NULL);
}
