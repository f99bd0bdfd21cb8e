/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-date-time-row.h"

#include <glib/gi18n-lib.h>
#include <nuki-text.h>

#include "compat/hk-announcer.h"

/*
 * A row in which a date is chosen from a calendar and a time is typed. What is filled in, and what is wrong with it, is
 * in its HkMomentDraft. The time can only be typed once there is a date.
 */
struct _HkDateTimeRow
{
  AdwPreferencesRow parent_instance;

  GtkMenuButton *date_button;
  GtkPopover *popover;
  HkAnnouncer *announcer;
  GtkCalendar *calendar;
  GtkButton *clear_button;
  GtkEntry *time_entry;

  HkMomentDraft *draft;    /* (owned) (nullable) */
  GBinding *time_binding;  /* (unowned) (nullable): owned by what it binds */
  char *unset_label;       /* (owned) (nullable): stands in for the date while there is none */
};

G_DEFINE_FINAL_TYPE (HkDateTimeRow, hk_date_time_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_0,
  PROP_DRAFT,
  PROP_UNSET_LABEL,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static GDateTime *
dup_date_time (const GDate *date)
{
  return g_date_time_new_utc (g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date), 0, 0, 0);
}

/* Returns: (transfer full): the day in few words */
static char *
describe_day (GDateTime *day)
{
  /* Translators: a date on a button, for g_date_time_format(), such as “Tue, 30 Nov 2027” */
  return g_date_time_format (day, C_ ("date format", "%a, %-d %b %Y"));
}

/* The names by which a screen reader and a keyboard user tell the two halves of the row apart. */
static void
update_names (HkDateTimeRow *self, const char *date_text)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  /* Translators: the name of a button that shows a date, such as “From: 30 Nov 2027” */
  g_autofree char *date_name = nuki_text_printf (_ ("%s: %s"), title, date_text);
  /* Translators: the name of an entry for a time, such as “From, time” */
  g_autofree char *time_name = nuki_text_printf (_ ("%s, time"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->date_button), GTK_ACCESSIBLE_PROPERTY_LABEL, date_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->time_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, time_name, -1);
}

static void
update (HkDateTimeRow *self)
{
  const GDate *date = self->draft != NULL ? hk_moment_draft_get_date (self->draft) : NULL;
  g_autofree char *text = NULL;

  if (date != NULL)
    {
      g_autoptr (GDateTime) day = dup_date_time (date);

      text = describe_day (day);
    }
  else
    text = g_strdup (self->unset_label != NULL ? self->unset_label : "");

  gtk_menu_button_set_label (self->date_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->time_entry), date != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), date != NULL);
  update_names (self, text);
}

/* The signal for a day that is selected does not come for one that looks selected already, as today and the same day of
 * another month do, and comes when a month is too short. So what counts is that somebody chooses one. */
static void
choose_day (HkDateTimeRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) g_date_time_get_day_of_month (day),
                                           (GDateMonth) g_date_time_get_month (day),
                                           (GDateYear) g_date_time_get_year (day));

  if (self->draft != NULL)
    hk_moment_draft_set_date (self->draft, date);
  gtk_popover_popdown (self->popover);
}

static void
on_calendar_released (HkDateTimeRow *self, int n_press, double x, double y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self->calendar), x, y, GTK_PICK_DEFAULT);

  if (hit != NULL && gtk_widget_has_css_class (hit, "day-number"))
    choose_day (self);
}

/* A calendar has nothing to tell to assistive technology. */
static void
say_day (HkDateTimeRow *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = describe_day (day);

  hk_announcer_say (self->announcer, text);
}

/* Returns: (transfer full) (nullable): the day to which a key leads from @day */
static GDateTime *
find_next_day (HkDateTimeRow *self, GDateTime *day, guint keyval)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return g_date_time_add_days (day, -forward);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return g_date_time_add_days (day, forward);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return g_date_time_add_weeks (day, -1);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return g_date_time_add_weeks (day, 1);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return g_date_time_add_months (day, -1);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return g_date_time_add_months (day, 1);
    default:
      return NULL;
    }
}

/* The calendar has keys of its own, which begin at its first day and lead to a day that can only be seen. */
static gboolean
on_key_pressed (HkDateTimeRow *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *controller)
{
  gboolean chooses = keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space || keyval == GDK_KEY_Return ||
                     keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) next = NULL;

  if (!gtk_widget_has_focus (GTK_WIDGET (self->calendar)))
    return GDK_EVENT_PROPAGATE;

  day = gtk_calendar_get_date (self->calendar);
  next = find_next_day (self, day, keyval);
  if (chooses)
    choose_day (self);
  else if (next == NULL)
    return GDK_EVENT_PROPAGATE;
  else
    {
      gtk_calendar_select_day (self->calendar, next);
      say_day (self);
    }

  return GDK_EVENT_STOP;
}

static void
on_clear_clicked (HkDateTimeRow *self)
{
  gtk_popover_popdown (self->popover);
  if (self->draft != NULL)
    hk_moment_draft_set_date (self->draft, NULL);
}

static void
on_popover_shown (HkDateTimeRow *self)
{
  const GDate *date = self->draft != NULL ? hk_moment_draft_get_date (self->draft) : NULL;
  g_autoptr (GDateTime) day = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;

  day = date != NULL ? dup_date_time (date) : g_date_time_new_now_local ();
  gtk_calendar_select_day (self->calendar, day);
  gtk_widget_grab_focus (GTK_WIDGET (self->calendar));
  say_day (self);
}

/* Names the buttons beside the month and the year in the order in which they stand, beginning with the button @n. */
static guint
name_buttons (GtkWidget *widget, guint n)
{
  const char *const names[] = { _ ("Previous month"), _ ("Next month"), _ ("Previous year"), _ ("Next year") };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && n < G_N_ELEMENTS (names))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, names[n++], -1);
    else
      n = name_buttons (child, n);

  return n;
}

static void
hk_date_time_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkDateTimeRow *self = HK_DATE_TIME_ROW (object);

  switch (prop_id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_UNSET_LABEL:
      g_value_set_string (value, self->unset_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_date_time_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkDateTimeRow *self = HK_DATE_TIME_ROW (object);

  switch (prop_id)
    {
    case PROP_DRAFT:
      hk_date_time_row_set_draft (self, g_value_get_object (value));
      break;
    case PROP_UNSET_LABEL:
      g_free (self->unset_label);
      self->unset_label = g_value_dup_string (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_date_time_row_dispose (GObject *object)
{
  hk_date_time_row_set_draft (HK_DATE_TIME_ROW (object), NULL);

  G_OBJECT_CLASS (hk_date_time_row_parent_class)->dispose (object);
}

static void
hk_date_time_row_finalize (GObject *object)
{
  g_free (HK_DATE_TIME_ROW (object)->unset_label);

  G_OBJECT_CLASS (hk_date_time_row_parent_class)->finalize (object);
}

static void
hk_date_time_row_class_init (HkDateTimeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hk_date_time_row_get_property;
  object_class->set_property = hk_date_time_row_set_property;
  object_class->dispose = hk_date_time_row_dispose;
  object_class->finalize = hk_date_time_row_finalize;

  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, HK_TYPE_MOMENT_DRAFT,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* The words for no moment, such as “No end”; also on the button that takes the date away. */
  props[PROP_UNSET_LABEL] = g_param_spec_string ("unset-label", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, HK_RESOURCE_PATH "/limits/hk-date-time-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, date_button);
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, popover);
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, announcer);
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, calendar);
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, clear_button);
  gtk_widget_class_bind_template_child (widget_class, HkDateTimeRow, time_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_calendar_released);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, say_day);
}

static void
hk_date_time_row_init (HkDateTimeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_buttons (GTK_WIDGET (self->calendar), 0);
  g_signal_connect (self, "notify::title", G_CALLBACK (update), NULL);
  update (self);
}

/**
 * hk_date_time_row_get_draft:
 *
 * Returns: (transfer none) (nullable): what is filled in
 */
HkMomentDraft *
hk_date_time_row_get_draft (HkDateTimeRow *self)
{
  g_return_val_if_fail (HK_IS_DATE_TIME_ROW (self), NULL);

  return self->draft;
}

/**
 * hk_date_time_row_set_draft:
 * @draft: (nullable): what is filled in
 *
 * Shows @draft, and puts into it what the user does.
 */
void
hk_date_time_row_set_draft (HkDateTimeRow *self, HkMomentDraft *draft)
{
  g_return_if_fail (HK_IS_DATE_TIME_ROW (self));

  if (self->draft == draft)
    return;

  if (self->draft != NULL)
    {
      g_clear_pointer (&self->time_binding, g_binding_unbind);
      g_signal_handlers_disconnect_by_func (self->draft, update, self);
    }
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    {
      self->time_binding = g_object_bind_property (draft, "time", self->time_entry, "text",
                                                   G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
      g_signal_connect_swapped (draft, "notify::date", G_CALLBACK (update), self);
      update (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}
