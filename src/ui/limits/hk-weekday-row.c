/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-weekday-row.h"

#include <langinfo.h>
#include <nuki-weekdays.h>

#define DAYS_PER_WEEK 7

/*
 * A row of seven toggles, beginning with the day on which weeks begin where the user is.
 */
struct _HkWeekdayRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *box;
  GtkToggleButton *toggles[DAYS_PER_WEEK];  /* Monday first */

  NukiWeekdays weekdays;
};

G_DEFINE_FINAL_TYPE (HkWeekdayRow, hk_weekday_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_0,
  PROP_WEEKDAYS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* 0 for Monday to 6 for Sunday. The C library counts from a reference day, which is a Sunday or a Monday. */
static int
get_first_weekday (void)
{
  const guint32 reference_monday = 19971201;
  guint32 reference = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  int reference_index = reference == reference_monday ? 0 : 6;

  return (reference_index + first - 1 + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}

static void
on_toggled (HkWeekdayRow *self)
{
  NukiWeekdays weekdays = NUKI_WEEKDAYS_NONE;

  for (int i = 0; i < DAYS_PER_WEEK; i++)
    if (gtk_toggle_button_get_active (self->toggles[i]))
      weekdays |= nuki_weekdays_from_index (i);

  if (weekdays == self->weekdays)
    return;

  self->weekdays = weekdays;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WEEKDAYS]);
}

static void
add_toggle (HkWeekdayRow *self, int index)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (nuki_weekdays_get_short_day_name (index));
  const char *name = nuki_weekdays_get_day_name (index);

  gtk_widget_set_tooltip_text (toggle, name);
  /* Newer versions of GTK would have it named by what is written on it. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, toggle);
  self->toggles[index] = GTK_TOGGLE_BUTTON (toggle);
}

static void
hk_weekday_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkWeekdayRow *self = HK_WEEKDAY_ROW (object);

  if (prop_id == PROP_WEEKDAYS)
    g_value_set_uint (value, self->weekdays);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_weekday_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkWeekdayRow *self = HK_WEEKDAY_ROW (object);

  if (prop_id == PROP_WEEKDAYS)
    hk_weekday_row_set_weekdays (self, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
hk_weekday_row_class_init (HkWeekdayRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_weekday_row_get_property;
  object_class->set_property = hk_weekday_row_set_property;

  props[PROP_WEEKDAYS] = g_param_spec_uint ("weekdays", NULL, NULL, 0, NUKI_WEEKDAYS_ALL, 0,
                                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/limits/hk-weekday-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkWeekdayRow, box);
}

static void
hk_weekday_row_init (HkWeekdayRow *self)
{
  int first = get_first_weekday ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < DAYS_PER_WEEK; i++)
    add_toggle (self, (first + i) % DAYS_PER_WEEK);
}

/**
 * hk_weekday_row_set_weekdays:
 * @weekdays: the chosen days
 */
void
hk_weekday_row_set_weekdays (HkWeekdayRow *self, NukiWeekdays weekdays)
{
  g_return_if_fail (HK_IS_WEEKDAY_ROW (self));

  if (self->weekdays == weekdays)
    return;

  self->weekdays = weekdays;
  for (int i = 0; i < DAYS_PER_WEEK; i++)
    {
      g_signal_handlers_block_by_func (self->toggles[i], on_toggled, self);
      gtk_toggle_button_set_active (self->toggles[i], (weekdays & nuki_weekdays_from_index (i)) != 0);
      g_signal_handlers_unblock_by_func (self->toggles[i], on_toggled, self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WEEKDAYS]);
}
