/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-moment-draft.h"

#include <glib/gi18n-lib.h>
#include <nuki-limits.h>

#include "hk-time-text.h"

/*
 * A date and a time as somebody fills them in, by the clock of a lock. It knows the instant they mean, or what is wrong
 * with them. Owned by a HkLimitsDraft; shown by a HkDateTimeRow.
 */
struct _HkMomentDraft
{
  GObject parent_instance;

  int default_time;
  GTimeZone *zone;     /* (owned) */
  GDate *date;         /* (owned) (nullable): NULL while no moment is set */
  char *time;          /* (owned): as typed */
  GDateTime *instant;  /* (owned) (nullable): UTC */
  const char *error;   /* (nullable): a translated sentence */

  /* What was loaded, so that a moment nobody touched keeps its seconds and its side of a clock change. */
  GDateTime *loaded;      /* (owned) (nullable) */
  GDate *loaded_date;     /* (owned) (nullable) */
  char *loaded_time;      /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HkMomentDraft, hk_moment_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DATE,
  PROP_TIME,
  PROP_INSTANT,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static gboolean
date_equal (const GDate *a, const GDate *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_date_compare (a, b) == 0;
}

static void
forget_loaded (HkMomentDraft *self)
{
  g_clear_pointer (&self->loaded, g_date_time_unref);
  g_clear_pointer (&self->loaded_date, g_date_free);
  g_clear_pointer (&self->loaded_time, g_free);
}

static gboolean
is_as_loaded (HkMomentDraft *self)
{
  return self->loaded != NULL && date_equal (self->date, self->loaded_date) &&
         g_strcmp0 (self->time, self->loaded_time) == 0;
}

/* The instant of the date and @minutes; NULL when the clocks skip it. */
static GDateTime *
resolve (HkMomentDraft *self, int minutes)
{
  g_autoptr (GDateTime) local = NULL;
  GDate day = *self->date;

  if (minutes == HK_TIME_END_OF_DAY)
    {
      g_date_add_days (&day, 1);
      minutes = 0;
    }
  local = g_date_time_new (self->zone, g_date_get_year (&day), (int) g_date_get_month (&day),
                           g_date_get_day (&day), minutes / 60, minutes % 60, 0);
  if (local == NULL || g_date_time_get_hour (local) != minutes / 60 || g_date_time_get_minute (local) != minutes % 60)
    return NULL;

  return g_date_time_to_utc (local);
}

static void
update (HkMomentDraft *self)
{
  int minutes;

  g_clear_pointer (&self->instant, g_date_time_unref);
  self->error = NULL;

  if (self->date == NULL)
    ;
  else if (is_as_loaded (self))
    self->instant = g_date_time_ref (self->loaded);
  else if (!hk_time_text_parse (self->time, &minutes))
    self->error = _ ("Enter a time such as 9:00 or 17:30.");
  else if ((self->instant = resolve (self, minutes)) == NULL)
    self->error = _ ("The clocks go forward then, and skip this time.");

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INSTANT]);
}

static void
take_date (HkMomentDraft *self, GDate *date)
{
  g_clear_pointer (&self->date, g_date_free);
  self->date = date;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DATE]);
}

static void
take_time (HkMomentDraft *self, char *time)
{
  g_free (self->time);
  self->time = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TIME]);
}

static void
hk_moment_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkMomentDraft *self = HK_MOMENT_DRAFT (object);

  switch (prop_id)
    {
    case PROP_DATE:
      g_value_set_boxed (value, self->date);
      break;
    case PROP_TIME:
      g_value_set_string (value, self->time);
      break;
    case PROP_INSTANT:
      g_value_set_boxed (value, self->instant);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_moment_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkMomentDraft *self = HK_MOMENT_DRAFT (object);

  switch (prop_id)
    {
    case PROP_DATE:
      hk_moment_draft_set_date (self, g_value_get_boxed (value));
      break;
    case PROP_TIME:
      hk_moment_draft_set_time (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_moment_draft_finalize (GObject *object)
{
  HkMomentDraft *self = HK_MOMENT_DRAFT (object);

  forget_loaded (self);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->date, g_date_free);
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->instant, g_date_time_unref);

  G_OBJECT_CLASS (hk_moment_draft_parent_class)->finalize (object);
}

static void
hk_moment_draft_class_init (HkMomentDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hk_moment_draft_get_property;
  object_class->set_property = hk_moment_draft_set_property;
  object_class->finalize = hk_moment_draft_finalize;

  props[PROP_DATE] = g_param_spec_boxed ("date", NULL, NULL, G_TYPE_DATE, flags | G_PARAM_READWRITE);
  props[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, "", flags | G_PARAM_READWRITE);
  props[PROP_INSTANT] = g_param_spec_boxed ("instant", NULL, NULL, G_TYPE_DATE_TIME, flags | G_PARAM_READABLE);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_moment_draft_init (HkMomentDraft *self)
{
  self->zone = g_time_zone_new_local ();
  self->time = g_strdup ("");
}

/**
 * hk_moment_draft_new:
 * @default_time: the time, in minutes since midnight, that a date gets when it is first chosen
 *
 * Returns: (transfer full): a moment that is not set, in the computer's zone
 */
HkMomentDraft *
hk_moment_draft_new (int default_time)
{
  HkMomentDraft *self = g_object_new (HK_TYPE_MOMENT_DRAFT, NULL);

  self->default_time = default_time;

  return self;
}

/**
 * hk_moment_draft_load:
 * @instant: (nullable): a moment, or %NULL for none
 *
 * Fills date and time by the clock of the zone. As long as neither is changed, the moment stays exactly @instant.
 */
void
hk_moment_draft_load (HkMomentDraft *self, GDateTime *instant)
{
  g_autoptr (GDateTime) local = NULL;
  int year, month, day;

  g_return_if_fail (HK_IS_MOMENT_DRAFT (self));

  hk_moment_draft_clear (self);
  if (instant == NULL)
    return;

  local = g_date_time_to_timezone (instant, self->zone);
  g_date_time_get_ymd (local, &year, &month, &day);
  take_date (self, g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year));
  take_time (self, nuki_limits_format_minute (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local)));
  self->loaded = g_date_time_to_utc (instant);
  self->loaded_date = g_date_copy (self->date);
  self->loaded_time = g_strdup (self->time);
  update (self);
}

/**
 * hk_moment_draft_clear:
 *
 * Makes it no moment again.
 */
void
hk_moment_draft_clear (HkMomentDraft *self)
{
  g_return_if_fail (HK_IS_MOMENT_DRAFT (self));

  forget_loaded (self);
  take_date (self, NULL);
  take_time (self, g_strdup (""));
  update (self);
}

/**
 * hk_moment_draft_get_date:
 *
 * Returns: (transfer none) (nullable): the chosen day, or %NULL while there is none
 */
const GDate *
hk_moment_draft_get_date (HkMomentDraft *self)
{
  g_return_val_if_fail (HK_IS_MOMENT_DRAFT (self), NULL);

  return self->date;
}

/**
 * hk_moment_draft_set_date:
 * @date: (nullable): a day, or %NULL for no moment
 *
 * Chooses the day. The first day that is chosen also sets the default time.
 */
void
hk_moment_draft_set_date (HkMomentDraft *self, const GDate *date)
{
  g_return_if_fail (HK_IS_MOMENT_DRAFT (self));
  g_return_if_fail (date == NULL || g_date_valid (date));

  if (date_equal (self->date, date))
    return;

  if (date != NULL && self->date == NULL && *self->time == '\0')
    take_time (self, nuki_limits_format_minute (self->default_time));
  take_date (self, date != NULL ? g_date_copy (date) : NULL);
  update (self);
}

/**
 * hk_moment_draft_get_time:
 *
 * Returns: (transfer none): the time as it was typed
 */
const char *
hk_moment_draft_get_time (HkMomentDraft *self)
{
  g_return_val_if_fail (HK_IS_MOMENT_DRAFT (self), NULL);

  return self->time;
}

/**
 * hk_moment_draft_set_time:
 * @time: (nullable): any text; one that is no time becomes the error
 */
void
hk_moment_draft_set_time (HkMomentDraft *self, const char *time)
{
  g_return_if_fail (HK_IS_MOMENT_DRAFT (self));

  if (time == NULL)
    time = "";
  if (g_str_equal (self->time, time))
    return;

  take_time (self, g_strdup (time));
  update (self);
}

/**
 * hk_moment_draft_set_zone:
 * @zone: the zone of the lock
 *
 * The date and time stay as they stand, and mean the instant in the new zone.
 */
void
hk_moment_draft_set_zone (HkMomentDraft *self, GTimeZone *zone)
{
  g_return_if_fail (HK_IS_MOMENT_DRAFT (self));
  g_return_if_fail (zone != NULL);

  if (g_str_equal (g_time_zone_get_identifier (zone), g_time_zone_get_identifier (self->zone)))
    return;

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
  forget_loaded (self);
  update (self);
}

/**
 * hk_moment_draft_get_instant:
 *
 * Returns: (transfer none) (nullable): the moment in UTC, or %NULL if there is none or it has an error
 */
GDateTime *
hk_moment_draft_get_instant (HkMomentDraft *self)
{
  g_return_val_if_fail (HK_IS_MOMENT_DRAFT (self), NULL);

  return self->instant;
}

/**
 * hk_moment_draft_get_error:
 *
 * Returns: (transfer none) (nullable): a translated sentence that says what is wrong, or %NULL
 */
const char *
hk_moment_draft_get_error (HkMomentDraft *self)
{
  g_return_val_if_fail (HK_IS_MOMENT_DRAFT (self), NULL);

  return self->error;
}
