/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-person-page.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-alert.h"
#include "compat/hk-focus.h"
#include "form/hk-languages.h"
#include "hk-person-dialog.h"
#include "hk-name-lists.h"
#include "hk-wrap.h"
#include "invite/hk-invite-sentence.h"
#include "keys/hk-change-card.h"
#include "keys/hk-key-filter.h"
#include "keys/hk-key-row.h"
#include "keys/hk-minute.h"
#include "keys/hk-selection-words.h"

struct _HkPersonPage
{
  AdwBin parent_instance;

  HkAccount *account;    /* (owned) */
  NukiUser *person;      /* (owned) */
  HkKeyFilter *filter;   /* (owned) */
  HkMinute *minute;      /* (owned) */
  GCancellable *leaving; /* (owned): cancelled when the page goes */

  GtkFilterListModel *keys;
  GtkSorter *sorter;
  AdwWindowTitle *title;
  GtkWidget *menu_button;
  GtkWidget *edit_button;
  GtkStack *stack;
  AdwAvatar *avatar;
  GtkLabel *name;
  HkChangeCard *card;
  AdwActionRow *email_row;
  AdwActionRow *language_row;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HkPersonPage, hk_person_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_PERSON,
} Property;

static GParamSpec *properties[PROP_PERSON + 1];
static guint open_key_signal;

/* “2 keys and 1 code”. */
static char *
count_keys (GPtrArray *keys)
{
  g_autofree char *key_words = NULL;
  g_autofree char *code_words = NULL;
  guint n_codes = 0;

  for (guint i = 0; i < keys->len; i++)
    n_codes += hk_key_get_key_type (g_ptr_array_index (keys, i)) == NUKI_KEY_CODE ? 1 : 0;

  key_words = g_strdup_printf (ngettext ("%u key", "%u keys", keys->len - n_codes), keys->len - n_codes);
  code_words = g_strdup_printf (ngettext ("%u code", "%u codes", n_codes), n_codes);
  if (n_codes == 0)
    return g_steal_pointer (&key_words);
  if (n_codes == keys->len)
    return g_steal_pointer (&code_words);

  /* Translators: how many keys, and how many codes: “2 keys and 1 code” */
  return nuki_text_printf (C_ ("keys and codes", "%s and %s"), key_words, code_words);
}

/* Each once, however many keys there are to it. */
static char *
join_lock_names (GPtrArray *keys)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < keys->len; i++)
    {
      const char *name = hk_key_get_lock_name (g_ptr_array_index (keys, i));

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (char *) name);
    }
  g_ptr_array_add (names, NULL);

  return hk_invite_join_names ((const char *const *) names->pdata);
}

static gboolean
is_gone (HkPersonPage *self)
{
  return !g_list_store_find (G_LIST_STORE (hk_account_get_people (self->account)), self->person, NULL);
}

/* Returns: (transfer container) (element-type HkKey): the keys that can be switched off */
static GPtrArray *
list_switched_on (HkPersonPage *self)
{
  GListModel *keys = G_LIST_MODEL (self->keys);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (hk_job_can (HK_JOB_SWITCH_OFF, key))
        g_ptr_array_add (found, g_steal_pointer (&key));
    }

  return found;
}

static void
refresh (HkPersonPage *self)
{
  g_autoptr (GPtrArray) switched_on = list_switched_on (self);
  const char *name = nuki_user_get_name (self->person);
  g_autofree char *email = hk_wrap_email (nuki_user_get_email (self->person));
  gboolean gone = is_gone (self);

  adw_window_title_set_title (self->title, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  hk_name_lists (GTK_WIDGET (self), name);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  adw_action_row_set_subtitle (self->email_row, email);
  adw_action_row_set_subtitle (self->language_row, hk_languages_get_name (nuki_user_get_language (self->person)));
  hk_change_card_set_change (self->card, self->account, hk_account_get_person_change (self->account, self->person));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.edit", !gone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.delete", !gone);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.switch-off-keys", switched_on->len > 0);
  gtk_widget_set_visible (self->edit_button, !gone);
  gtk_widget_set_visible (self->menu_button, !gone);
  gtk_stack_set_visible_child_name (self->stack, gone ? "gone" : "person");
}

static void
on_keys_updated (HkPersonPage *self)
{
  hk_key_filter_refresh (self->filter);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  refresh (self);
}

static void
on_tick (HkPersonPage *self)
{
  hk_key_row_refresh_all (GTK_WIDGET (self->list));
}

static void
on_row_activated (HkPersonPage *self, GtkListBoxRow *row)
{
  HkKeyRow *key_row = HK_KEY_ROW (gtk_list_box_row_get_child (row));

  g_signal_emit (self, open_key_signal, 0, hk_key_row_get_key (key_row));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  HkPersonPage *self = HK_PERSON_PAGE (user_data);

  return hk_key_row_new (self->account, item, HK_KEY_ROW_OF_PERSON);
}

static void
on_edit (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkPersonPage *self = HK_PERSON_PAGE (widget);

  hk_dialog_present (HK_DIALOG (hk_person_dialog_new (self->account, self->person)), widget);
}

static void
on_delete_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HkPersonPage) self = HK_PERSON_PAGE (user_data);
  gboolean wanted = hk_alert_choose_finish (result);

  if (!wanted || g_cancellable_is_cancelled (self->leaving) || is_gone (self))
    return;

  hk_account_delete_person (self->account, self->person);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
on_delete (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkPersonPage *self = HK_PERSON_PAGE (widget);
  g_autoptr (GPtrArray) keys = hk_account_list_person_keys (self->account, self->person);
  const char *name = nuki_user_get_name (self->person);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  /* Translators: the name of a person. */
  heading = nuki_text_printf (_ ("Delete %s?"), name);
  body = hk_person_page_describe_deletion (name, keys);
  hk_alert_choose_async (widget, heading, body, _ ("_Cancel"), _ ("_Delete"), TRUE, self->leaving, on_delete_answer,
                         g_object_ref (self));
}

/* What becomes of each is seen at its row. */
static void
on_switch_off_keys (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkPersonPage *self = HK_PERSON_PAGE (widget);
  g_autoptr (GPtrArray) keys = list_switched_on (self);
  g_autoptr (GPtrArray) changes = hk_account_switch_keys (self->account, keys, FALSE);
}

static void
on_delete_focused_key (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  HkKeyRow *row = hk_key_row_find_focused (GTK_WIDGET (HK_PERSON_PAGE (widget)->list));

  if (row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (row), "key.delete", NULL);
}

/* Nothing that one key too many would change. */
static gboolean
hk_person_page_grab_focus (GtkWidget *widget)
{
  HkPersonPage *self = HK_PERSON_PAGE (widget);

  return (gtk_widget_get_visible (self->edit_button) && gtk_widget_grab_focus (self->edit_button))
         || gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
hk_person_page_map (GtkWidget *widget)
{
  HkPersonPage *self = HK_PERSON_PAGE (widget);

  GTK_WIDGET_CLASS (hk_person_page_parent_class)->map (widget);

  on_tick (self);
  hk_minute_set_running (self->minute, TRUE);
}

static void
hk_person_page_unmap (GtkWidget *widget)
{
  hk_minute_set_running (HK_PERSON_PAGE (widget)->minute, FALSE);

  GTK_WIDGET_CLASS (hk_person_page_parent_class)->unmap (widget);
}

static void
hk_person_page_constructed (GObject *object)
{
  HkPersonPage *self = HK_PERSON_PAGE (object);

  G_OBJECT_CLASS (hk_person_page_parent_class)->constructed (object);

  self->minute = hk_minute_new (hk_account_get_clock (self->account));
  self->filter = hk_key_filter_new (self->account);
  hk_key_filter_set_person (self->filter, self->person);
  gtk_filter_list_model_set_filter (self->keys, GTK_FILTER (self->filter));
  gtk_filter_list_model_set_model (self->keys, hk_account_get_keys (self->account));

  g_signal_connect_object (self->minute, "tick", G_CALLBACK (on_tick), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "keys-updated", G_CALLBACK (on_keys_updated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_people (self->account), "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (hk_account_get_changes (self->account), "items-changed", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
hk_person_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkPersonPage *self = HK_PERSON_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_person_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkPersonPage *self = HK_PERSON_PAGE (object);

  switch ((Property) prop_id)
    {
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    case PROP_PERSON:
      self->person = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_person_page_dispose (GObject *object)
{
  HkPersonPage *self = HK_PERSON_PAGE (object);

  g_cancellable_cancel (self->leaving);
  g_clear_object (&self->minute);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (hk_person_page_parent_class)->dispose (object);
}

static void
hk_person_page_finalize (GObject *object)
{
  HkPersonPage *self = HK_PERSON_PAGE (object);

  g_clear_object (&self->leaving);
  g_clear_object (&self->person);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (hk_person_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/people/hk-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, keys);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, sorter);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, title);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, name);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, card);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, language_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
hk_person_page_class_init (HkPersonPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = hk_person_page_constructed;
  object_class->get_property = hk_person_page_get_property;
  object_class->set_property = hk_person_page_set_property;
  object_class->dispose = hk_person_page_dispose;
  object_class->finalize = hk_person_page_finalize;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_person_page_grab_focus;
  widget_class->map = hk_person_page_map;
  widget_class->unmap = hk_person_page_unmap;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, HK_TYPE_ACCOUNT, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  open_key_signal = g_signal_new ("open-key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, HK_TYPE_KEY);

  gtk_widget_class_install_action (widget_class, "person.edit", NULL, on_edit);
  gtk_widget_class_install_action (widget_class, "person.delete", NULL, on_delete);
  gtk_widget_class_install_action (widget_class, "person.switch-off-keys", NULL, on_switch_off_keys);
  gtk_widget_class_install_action (widget_class, "person.delete-focused-key", NULL, on_delete_focused_key);
  bind_template (widget_class);
}

static void
hk_person_page_init (HkPersonPage *self)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  self->leaving = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hk_wrap_menu (GTK_MENU_BUTTON (self->menu_button));

  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->keys)), g_object_ref (self->sorter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (sorted), create_row, self, NULL);
}

/**
 * hk_person_page_new:
 * @account: whose person it is
 * @person: the person to show
 *
 * Returns: (transfer full): a page
 */
GtkWidget *
hk_person_page_new (HkAccount *account, NukiUser *person)
{
  g_return_val_if_fail (HK_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (NUKI_IS_USER (person), NULL);

  return g_object_new (HK_TYPE_PERSON_PAGE, "account", account, "person", person, NULL);
}

/**
 * hk_person_page_describe_deletion:
 * @name: the name of a person
 * @keys: (element-type HkKey): their keys
 *
 * Returns: (transfer full): what becomes of the keys when the person is deleted
 */
char *
hk_person_page_describe_deletion (const char *name, GPtrArray *keys)
{
  g_autofree char *what = NULL;
  g_autofree char *locks = NULL;

  g_return_val_if_fail (name != NULL && keys != NULL, NULL);

  if (keys->len == 0)
    /* Translators: the name of a person. */
    return nuki_text_printf (_ ("%s has no keys. Their name and address are removed from the account."), name);

  what = count_keys (keys);
  locks = join_lock_names (keys);
  /* Translators: how many keys and codes, and for which locks: “2 keys and 1 code for Front door and Garage are …” */
  return nuki_text_printf (ngettext ("%s for %s is taken back first. Once that is confirmed, their name and address are "
                                     "removed from the account.",
                                     "%s for %s are taken back first. Once that is confirmed, their name and address are "
                                     "removed from the account.",
                                     keys->len),
                           what, locks);
}
