/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-sidebar-row.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "hk-drop.h"

/*
 * One line of the sidebar: a page that is always there, with how many things it holds, or a lock with how it is.
 */
struct _HkSidebarRow
{
  GtkListBoxRow parent_instance;

  char *page;      /* (owned) (nullable): "keys" or "people" */
  NukiLock *lock;  /* (owned) (nullable): instead of @page */

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkImage *alert;
  GtkLabel *count;
};

G_DEFINE_FINAL_TYPE (HkSidebarRow, hk_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_PAGE,
  PROP_LOCK,
  PROP_TITLE,
  PROP_ICON_NAME,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/*
 * What most needs to be known comes first: a lock that cannot be reached has no state worth telling.
 */
static char *
describe_lock (NukiLock *lock)
{
  const char *state = nuki_lock_get_state_text (lock);

  if (!nuki_lock_get_online (lock))
    return g_strdup (_ ("Offline"));
  if (nuki_lock_get_battery_critical (lock) && state != NULL)
    /* TRANSLATORS: %s is the state of a lock, as in “Locked” */
    return nuki_text_printf (_ ("%s, low battery"), state);
  if (nuki_lock_get_battery_critical (lock))
    return g_strdup (_ ("Low battery"));

  return g_strdup (state);
}

static const char *
choose_alert_icon (NukiLock *lock)
{
  if (!nuki_lock_get_online (lock))
    return "hk-offline-symbolic";
  if (nuki_lock_get_battery_critical (lock))
    return "battery-level-0-symbolic";

  return NULL;
}

static void
update_lock (HkSidebarRow *self)
{
  const char *name = nuki_lock_get_name (self->lock);
  const char *alert = choose_alert_icon (self->lock);
  g_autofree char *state = describe_lock (self->lock);
  gboolean opener = nuki_lock_get_lock_type (self->lock) == NUKI_LOCK_OPENER;

  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->subtitle, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), state != NULL && *state != '\0');
  gtk_image_set_from_icon_name (self->icon, opener ? "hk-intercom-symbolic" : "hk-door-symbolic");
  gtk_image_set_from_icon_name (self->alert, alert);
  gtk_widget_set_visible (GTK_WIDGET (self->alert), alert != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state != NULL ? state : "", -1);
}

static void
set_lock (HkSidebarRow *self, NukiLock *lock)
{
  if (lock == NULL)
    return;

  self->lock = g_object_ref (lock);
  gtk_widget_add_css_class (GTK_WIDGET (self), "two-lines");
  g_signal_connect_object (lock, "notify", G_CALLBACK (update_lock), self, G_CONNECT_SWAPPED);
  update_lock (self);
}

static void
set_title (HkSidebarRow *self, const char *title)
{
  gtk_label_set_text (self->title, title != NULL ? title : "");
  if (title != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
hk_sidebar_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkSidebarRow *self = HK_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;
    case PROP_LOCK:
      g_value_set_object (value, self->lock);
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->icon));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_sidebar_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkSidebarRow *self = HK_SIDEBAR_ROW (object);

  switch (prop_id)
    {
    case PROP_PAGE:
      self->page = g_value_dup_string (value);
      break;
    case PROP_LOCK:
      set_lock (self, g_value_get_object (value));
      break;
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_sidebar_row_dispose (GObject *object)
{
  hk_drop_later (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (object)));

  G_OBJECT_CLASS (hk_sidebar_row_parent_class)->dispose (object);
}

static void
hk_sidebar_row_finalize (GObject *object)
{
  HkSidebarRow *self = HK_SIDEBAR_ROW (object);

  g_clear_pointer (&self->page, g_free);
  g_clear_object (&self->lock);

  G_OBJECT_CLASS (hk_sidebar_row_parent_class)->finalize (object);
}

static void
hk_sidebar_row_class_init (HkSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_sidebar_row_get_property;
  object_class->set_property = hk_sidebar_row_set_property;
  object_class->dispose = hk_sidebar_row_dispose;
  object_class->finalize = hk_sidebar_row_finalize;

  props[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, NULL,
                                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_LOCK] = g_param_spec_object ("lock", NULL, NULL, NUKI_TYPE_LOCK,
                                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/housekeys/Housekeys/window/hk-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, HkSidebarRow, title);
  gtk_widget_class_bind_template_child (widget_class, HkSidebarRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, HkSidebarRow, alert);
  gtk_widget_class_bind_template_child (widget_class, HkSidebarRow, count);
}

static void
hk_sidebar_row_init (HkSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hk_sidebar_row_new:
 * @lock: the lock that the row stands for
 *
 * Returns: (transfer full): a row that follows @lock
 */
GtkWidget *
hk_sidebar_row_new (NukiLock *lock)
{
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  return g_object_new (HK_TYPE_SIDEBAR_ROW, "lock", lock, NULL);
}

/**
 * hk_sidebar_row_get_lock:
 *
 * Returns: (transfer none) (nullable): the lock that the row stands for
 */
NukiLock *
hk_sidebar_row_get_lock (HkSidebarRow *self)
{
  g_return_val_if_fail (HK_IS_SIDEBAR_ROW (self), NULL);

  return self->lock;
}

/**
 * hk_sidebar_row_get_page:
 *
 * Returns: (nullable): the page that the row stands for
 */
const char *
hk_sidebar_row_get_page (HkSidebarRow *self)
{
  g_return_val_if_fail (HK_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}

/**
 * hk_sidebar_row_set_count:
 * @count: how many things the page holds
 */
void
hk_sidebar_row_set_count (HkSidebarRow *self, guint count)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  g_return_if_fail (HK_IS_SIDEBAR_ROW (self));

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count), count > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
