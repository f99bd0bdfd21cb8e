/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-person-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "compat/hk-focus.h"
#include "form/hk-entry-text.h"
#include "form/hk-field-message.h"
#include "form/hk-languages.h"
#include "invite/hk-invitee-row.h"

#define N_SUGGESTIONS 4

/*
 * The group of the invite form that says who gets an app key: somebody known, found by search among a few suggestions,
 * or somebody new. All it shows is in the HkInviteDraft.
 */
struct _HkPersonChooser
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *existing_button;
  GtkWidget *search_row;
  HkInviteeRow *suggestions[N_SUGGESTIONS];
  GtkWidget *more_row;
  GtkLabel *more_label;
  GtkWidget *new_row;
  GtkWidget *new_button;
  HkInviteeRow *chosen_row;
  HkFieldMessage *person_message;
  GtkWidget *name_row;
  HkFieldMessage *name_message;
  GtkWidget *email_row;
  HkFieldMessage *email_message;
  AdwComboRow *language_row;

  HkInviteDraft *draft;         /* (owned) (nullable) */
  GBindingGroup *bindings;      /* (owned) */
  GtkFilter *filter;            /* (owned) */
  GListModel *found;            /* (owned) (nullable): the people that match, in the order of the alphabet */
};

G_DEFINE_FINAL_TYPE (HkPersonChooser, hk_person_chooser, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_0,
  PROP_DRAFT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static gboolean
matches (NukiUser *person, const char *query)
{
  const char *email = nuki_user_get_email (person);

  return *query == '\0' || g_str_match_string (query, nuki_user_get_name (person), TRUE) ||
         (email != NULL && g_str_match_string (query, email, TRUE));
}

static gboolean
filter_person (gpointer item, gpointer user_data)
{
  HkPersonChooser *self = user_data;

  return matches (NUKI_USER (item), gtk_editable_get_text (GTK_EDITABLE (self->search_row)));
}

static guint
count_people (HkPersonChooser *self)
{
  return g_list_model_get_n_items (hk_account_get_people (hk_invite_draft_get_account (self->draft)));
}

static gboolean
get_new_person (HkPersonChooser *self)
{
  gboolean new_person;

  g_object_get (self->draft, "new-person", &new_person, NULL);

  return new_person;
}

static void
show_suggestions (HkPersonChooser *self, gboolean choosing)
{
  guint n_found = g_list_model_get_n_items (self->found);
  guint n_more = n_found > N_SUGGESTIONS ? n_found - N_SUGGESTIONS : 0;
  g_autofree char *more = NULL;

  for (guint i = 0; i < N_SUGGESTIONS; i++)
    {
      g_autoptr (NukiUser) person = choosing ? g_list_model_get_item (self->found, i) : NULL;

      hk_invitee_row_set_person (self->suggestions[i], person);
    }

  gtk_widget_set_visible (self->more_row, choosing && (n_more > 0 || (n_found == 0 && count_people (self) > 0)));
  if (n_more > 0)
    more = g_strdup_printf (ngettext ("%u more: type to find them", "%u more: type to find them", n_more), n_more);
  else
    more = g_strdup (_ ("Nobody found"));
  gtk_label_set_label (self->more_label, more);
}

/* The token may be one that cannot add people. */
static void
show_scope (HkPersonChooser *self)
{
  gboolean allowed = (hk_account_get_scopes (hk_invite_draft_get_account (self->draft)) & NUKI_SCOPE_PEOPLE) != 0;

  gtk_widget_set_sensitive (self->new_row, allowed);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->new_row),
                               allowed ? "" : _ ("The token may not add people: it lacks the permission “account”"));
}

static void
update (HkPersonChooser *self)
{
  NukiUser *person;
  gboolean new_person;
  gboolean choosing;

  if (self->draft == NULL)
    return;

  person = hk_invite_draft_get_person (self->draft);
  new_person = get_new_person (self);
  choosing = !new_person && person == NULL;
  gtk_widget_set_visible (self->existing_button, new_person && count_people (self) > 0);
  gtk_widget_set_visible (self->search_row, choosing && count_people (self) > 0);
  show_suggestions (self, choosing);
  gtk_widget_set_visible (self->new_row, choosing);
  hk_invitee_row_set_person (self->chosen_row, new_person ? NULL : person);
  gtk_widget_set_visible (self->name_row, new_person);
  gtk_widget_set_visible (self->email_row, new_person);
  gtk_widget_set_visible (GTK_WIDGET (self->language_row), new_person);
  show_scope (self);
}

static void
choose (HkPersonChooser *self, NukiUser *person)
{
  hk_invite_draft_set_person (self->draft, person);
  gtk_widget_child_focus (GTK_WIDGET (self->chosen_row), GTK_DIR_TAB_FORWARD);
}

static void
on_suggestion_clicked (HkPersonChooser *self, HkInviteeRow *row)
{
  choose (self, hk_invitee_row_get_person (row));
}

static void
on_search_changed (HkPersonChooser *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
take_query (HkPersonChooser *self)
{
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search_row));

  if (*query != '\0')
    g_object_set (self->draft, strchr (query, '@') != NULL ? "email" : "name", query, NULL);
}

/* While somebody is searched for, it is the search that goes along to the other kind of key and comes back as the name. */
static void
on_kind_changed (HkPersonChooser *self)
{
  g_autofree char *name = NULL;

  if (!gtk_widget_get_visible (self->search_row))
    return;

  if (hk_invite_draft_get_for_code (self->draft))
    {
      take_query (self);
      return;
    }

  g_object_get (self->draft, "name", &name, NULL);
  if (*name != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_row), name);
}

static gboolean
is_empty (GtkWidget *row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';
}

/* What was searched for in vain is most likely the new person. */
static void
on_new_clicked (HkPersonChooser *self)
{
  take_query (self);
  g_object_set (self->draft, "new-person", TRUE, NULL);
  /* To what is still to be typed: what has the focus is selected, and typing would take its place. */
  if (is_empty (self->email_row) && !is_empty (self->name_row))
    gtk_widget_grab_focus (self->email_row);
  else
    gtk_widget_grab_focus (self->name_row);
}

/* Return takes the one who is left, if it is one, and somebody new if nobody is. */
static void
on_search_activated (HkPersonChooser *self)
{
  const guint n_found = g_list_model_get_n_items (self->found);
  g_autoptr (NukiUser) person = n_found == 1 ? g_list_model_get_item (self->found, 0) : NULL;

  if (person != NULL)
    choose (self, person);
  else if (n_found == 0)
    on_new_clicked (self);
}

static void
on_existing_clicked (HkPersonChooser *self)
{
  g_object_set (self->draft, "new-person", FALSE, NULL);
  gtk_widget_grab_focus (self->search_row);
  hk_field_message_conceal (self->person_message);
}

static void
on_change_clicked (HkPersonChooser *self)
{
  hk_invite_draft_set_person (self->draft, NULL);
  gtk_widget_grab_focus (self->search_row);
  hk_field_message_conceal (self->person_message);
}

static void
on_language_selected (HkPersonChooser *self)
{
  if (self->draft != NULL)
    g_object_set (self->draft, "language", hk_languages_get_code (adw_combo_row_get_selected (self->language_row)), NULL);
}

/* Returns: (transfer full): the people of the account that match, in the order of the alphabet */
static GListModel *
make_found (HkPersonChooser *self)
{
  GListModel *people = hk_account_get_people (hk_invite_draft_get_account (self->draft));
  GtkExpression *name = gtk_property_expression_new (NUKI_TYPE_USER, NULL, "name");
  GtkSorter *sorter = GTK_SORTER (gtk_string_sorter_new (name));
  GtkSortListModel *sorted = gtk_sort_list_model_new (g_object_ref (people), sorter);

  return G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (sorted), g_object_ref (self->filter)));
}

static void
attach (HkPersonChooser *self)
{
  g_autofree char *language = NULL;

  self->found = make_found (self);
  g_signal_connect_swapped (self->found, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->draft, "notify::person", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->draft, "notify::new-person", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->draft, "notify::for-code", G_CALLBACK (on_kind_changed), self);
  g_object_get (self->draft, "language", &language, NULL);
  adw_combo_row_set_selected (self->language_row, hk_languages_find (language));
  if (count_people (self) == 0)
    g_object_set (self->draft, "new-person", TRUE, NULL);
  update (self);
}

static void
detach (HkPersonChooser *self)
{
  if (self->draft == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->found, self);
  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->found);
}

static void
hk_person_chooser_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DRAFT)
    g_value_set_object (value, HK_PERSON_CHOOSER (object)->draft);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_person_chooser_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_DRAFT)
    hk_person_chooser_set_draft (HK_PERSON_CHOOSER (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_person_chooser_dispose (GObject *object)
{
  HkPersonChooser *self = HK_PERSON_CHOOSER (object);

  hk_person_chooser_set_draft (self, NULL);
  g_clear_object (&self->bindings);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (hk_person_chooser_parent_class)->dispose (object);
}

static gboolean
hk_person_chooser_grab_focus (GtkWidget *widget)
{
  HkPersonChooser *self = HK_PERSON_CHOOSER (widget);

  if (gtk_widget_get_visible (self->search_row))
    return gtk_widget_grab_focus (self->search_row);
  if (gtk_widget_get_visible (self->name_row))
    return gtk_widget_grab_focus (self->name_row);

  return gtk_widget_grab_focus (GTK_WIDGET (self->chosen_row));
}

static void
hk_person_chooser_class_init (HkPersonChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_person_chooser_get_property;
  object_class->set_property = hk_person_chooser_set_property;
  object_class->dispose = hk_person_chooser_dispose;
  widget_class->focus = hk_focus_inside;
  widget_class->grab_focus = hk_person_chooser_grab_focus;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, HK_TYPE_INVITE_DRAFT,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (HK_TYPE_INVITEE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/invite/hk-person-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, existing_button);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, search_row);
  for (guint i = 0; i < N_SUGGESTIONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("suggestion_%u", i);

      gtk_widget_class_bind_template_child_full (widget_class, g_intern_string (name), FALSE,
                                                 G_STRUCT_OFFSET (HkPersonChooser, suggestions) +
                                                     i * sizeof (HkInviteeRow *));
    }
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, more_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, more_label);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, new_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, new_button);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, chosen_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, person_message);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, name_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, name_message);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, email_row);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, email_message);
  gtk_widget_class_bind_template_child (widget_class, HkPersonChooser, language_row);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestion_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_new_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_existing_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_language_selected);
}

static void
hk_person_chooser_init (HkPersonChooser *self)
{
  const GBindingFlags both = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  g_autoptr (GListModel) languages = hk_languages_new_model ();

  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_person, self, NULL));
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->language_row, languages);
  hk_entry_text_tell (ADW_ENTRY_ROW (self->search_row));

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "name", self->name_row, "text", both);
  g_binding_group_bind (self->bindings, "email", self->email_row, "text", both);
}

/**
 * hk_person_chooser_set_draft:
 * @draft: (nullable): what is filled in
 *
 * Shows @draft, and puts into it what the user does.
 */
void
hk_person_chooser_set_draft (HkPersonChooser *self, HkInviteDraft *draft)
{
  g_return_if_fail (HK_IS_PERSON_CHOOSER (self));

  if (self->draft == draft)
    return;

  detach (self);
  g_set_object (&self->draft, draft);
  g_binding_group_set_source (self->bindings, draft);
  if (draft != NULL)
    attach (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

/**
 * hk_person_chooser_reveal_errors:
 *
 * Says at every field what is wrong with it, and moves the focus to the first.
 *
 * Returns: whether there was an error
 */
gboolean
hk_person_chooser_reveal_errors (HkPersonChooser *self)
{
  g_return_val_if_fail (HK_IS_PERSON_CHOOSER (self), FALSE);

  hk_field_message_reveal (self->person_message);
  hk_field_message_reveal (self->name_message);
  hk_field_message_reveal (self->email_message);

  return hk_field_message_lead_to (self->person_message) || hk_field_message_lead_to (self->name_message)
         || hk_field_message_lead_to (self->email_message);
}
