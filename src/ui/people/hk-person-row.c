/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-person-row.h"

#include <glib/gi18n-lib.h>

#include "hk-avatar.h"
#include "hk-people-page.h"
#include "hk-wrap.h"
#include "keys/hk-cut-text.h"

struct _HkPersonRow
{
  AdwBin parent_instance;

  NukiUser *person; /* (owned) (nullable) */

  HkAvatar *avatar;
  GtkLabel *name;
  GtkLabel *email;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (HkPersonRow, hk_person_row, ADW_TYPE_BIN)

typedef enum
{
  PROP_PERSON = 1,
} Property;

static GParamSpec *properties[PROP_PERSON + 1];

static char *
describe_count (HkPersonRow *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), HK_TYPE_PEOPLE_PAGE);
  guint count = page != NULL ? hk_people_page_count_keys (HK_PEOPLE_PAGE (page), self->person) : 0;

  if (count == 0)
    return g_strdup (_ ("No keys"));

  return g_strdup_printf (ngettext ("%u key", "%u keys", count), count);
}

static void
refresh (HkPersonRow *self)
{
  g_autofree char *count = NULL;
  g_autofree char *email = NULL;
  const char *name;

  if (self->person == NULL)
    return;

  name = nuki_user_get_name (self->person);
  email = hk_wrap_email (nuki_user_get_email (self->person));
  count = describe_count (self);
  hk_avatar_show (self->avatar, name, NULL);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->email, email);
  gtk_label_set_label (self->count, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, count, -1);
}

static void
hk_person_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hk_person_row_parent_class)->root (widget);

  refresh (HK_PERSON_ROW (widget));
}

static void
hk_person_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_PERSON)
    g_value_set_object (value, HK_PERSON_ROW (object)->person);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_person_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_PERSON)
    hk_person_row_set_person (HK_PERSON_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_person_row_dispose (GObject *object)
{
  hk_person_row_set_person (HK_PERSON_ROW (object), NULL);

  G_OBJECT_CLASS (hk_person_row_parent_class)->dispose (object);
}

static void
hk_person_row_class_init (HkPersonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_person_row_get_property;
  object_class->set_property = hk_person_row_set_property;
  object_class->dispose = hk_person_row_dispose;
  /* An AdwBin (1.7) leads the focus only to what is in it. */
  widget_class->focus = GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->focus;
  widget_class->root = hk_person_row_root;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, NUKI_TYPE_USER,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LINK);
  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/people/hk-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkPersonRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, HkPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, HkPersonRow, email);
  gtk_widget_class_bind_template_child (widget_class, HkPersonRow, count);
  gtk_widget_class_bind_template_callback (widget_class, hk_cut_text_on_query_tooltip);
}

static void
hk_person_row_init (HkPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_person_row_get_person:
 *
 * Returns: (nullable): the person that is shown
 */
NukiUser *
hk_person_row_get_person (HkPersonRow *self)
{
  g_return_val_if_fail (HK_IS_PERSON_ROW (self), NULL);

  return self->person;
}

/**
 * hk_person_row_set_person:
 * @person: (nullable): the person to show
 */
void
hk_person_row_set_person (HkPersonRow *self, NukiUser *person)
{
  g_return_if_fail (HK_IS_PERSON_ROW (self));
  g_return_if_fail (person == NULL || NUKI_IS_USER (person));

  if (self->person == person)
    return;

  if (self->person != NULL)
    g_signal_handlers_disconnect_by_data (self->person, self);
  g_set_object (&self->person, person);
  if (person != NULL)
    g_signal_connect_object (person, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

/**
 * hk_person_row_refresh_all:
 * @list: a GtkListView of person rows
 *
 * Shows the numbers of keys anew.
 */
void
hk_person_row_refresh_all (GtkWidget *list)
{
  g_return_if_fail (GTK_IS_WIDGET (list));

  for (GtkWidget *item = gtk_widget_get_first_child (list); item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (HK_IS_PERSON_ROW (row))
        refresh (HK_PERSON_ROW (row));
    }
}
