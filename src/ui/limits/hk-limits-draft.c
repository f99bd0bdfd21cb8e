/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-limits-draft.h"

#include <glib/gi18n-lib.h>

#include "hk-time-text.h"

/*
 * Limits as somebody fills them in, by the clock of a lock, with what is wrong at each field. What does not belong to the
 * chosen mode is kept, but neither checked nor part of the result, so that looking at another mode loses nothing.
 * Owned by the draft of a form; shown by a HkLimitsEditor.
 */
struct _HkLimitsDraft
{
  GObject parent_instance;

  HkClock *clock;          /* (owned) */
  GTimeZone *zone;         /* (owned) */
  HkLimitsMode mode;
  HkMomentDraft *from;     /* (owned) */
  HkMomentDraft *until;    /* (owned) */
  NukiWeekdays weekdays;
  char *window_start;      /* (owned): as typed */
  char *window_end;        /* (owned): as typed */
  NukiLimits *loaded;      /* (owned) (nullable): what the form started with */

  NukiLimits *limits;      /* (owned) (nullable): the result, NULL while something is wrong */
  const char *from_error;
  const char *until_error;
  const char *weekdays_error;
  const char *window_error;
  gboolean loading;
};

G_DEFINE_ENUM_TYPE (HkLimitsMode, hk_limits_mode,
                    G_DEFINE_ENUM_VALUE (HK_LIMITS_ALWAYS, "always"),
                    G_DEFINE_ENUM_VALUE (HK_LIMITS_RANGE, "range"),
                    G_DEFINE_ENUM_VALUE (HK_LIMITS_WEEKLY, "weekly"))
G_DEFINE_FINAL_TYPE (HkLimitsDraft, hk_limits_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CLOCK,
  PROP_MODE,
  PROP_WEEKDAYS,
  PROP_WINDOW_START,
  PROP_WINDOW_END,
  PROP_ZONE,
  PROP_FROM,
  PROP_UNTIL,
  PROP_LIMITS,
  PROP_VALID,
  PROP_FROM_ERROR,
  PROP_UNTIL_ERROR,
  PROP_WEEKDAYS_ERROR,
  PROP_WINDOW_ERROR,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/* Reads the hours; both fields empty means the whole day. */
static const char *
check_window (HkLimitsDraft *self, int *start, int *end)
{
  *start = *end = 0;

  if (is_blank (self->window_start) && is_blank (self->window_end))
    return NULL;
  if (is_blank (self->window_start) || is_blank (self->window_end))
    return _ ("Fill in both times, or none for the whole day.");
  if (!hk_time_text_parse (self->window_start, start) || !hk_time_text_parse (self->window_end, end))
    return _ ("Enter times such as 9:00 and 17:30.");
  if (*start == *end || *start == HK_TIME_END_OF_DAY)
    return _ ("The beginning and the end are the same.");

  return NULL;
}

/* Whether the last moment is the one that the form started with: nobody has to mend what was so before. */
static gboolean
until_is_as_loaded (HkLimitsDraft *self, GDateTime *until)
{
  GDateTime *loaded = self->loaded != NULL ? nuki_limits_get_until (self->loaded) : NULL;

  return loaded != NULL && g_date_time_equal (loaded, until);
}

static void
check_dates (HkLimitsDraft *self)
{
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  GDateTime *from = hk_moment_draft_get_instant (self->from);
  GDateTime *until = hk_moment_draft_get_instant (self->until);

  self->from_error = hk_moment_draft_get_error (self->from);
  self->until_error = hk_moment_draft_get_error (self->until);
  if (self->from_error != NULL || self->until_error != NULL)
    return;

  if (from == NULL && until == NULL && self->mode == HK_LIMITS_RANGE)
    self->until_error = _ ("Choose the first day, the last day, or both.");
  else if (from != NULL && until != NULL && g_date_time_compare (until, from) <= 0)
    self->until_error = _ ("The end has to be after the beginning.");
  else if (until != NULL && g_date_time_compare (until, now) <= 0 && !until_is_as_loaded (self, until))
    self->until_error = _ ("This has already passed.");
}

/* Whether the limits leave no moment at all in which the key opens. */
static gboolean
never_opens (HkLimitsDraft *self, NukiLimits *limits)
{
  GDateTime *from = nuki_limits_get_from (limits);
  g_autoptr (GDateTime) now = hk_clock_now (self->clock);
  g_autoptr (GDateTime) opening = NULL;
  GDateTime *start = from != NULL && g_date_time_compare (from, now) > 0 ? from : now;

  if (nuki_limits_has_ended (limits, now) || nuki_limits_allows_at (limits, start, self->zone))
    return FALSE;
  opening = nuki_limits_next_opening (limits, start, self->zone);

  return opening == NULL;
}

/* Returns: (transfer full) (nullable): the limits of the weekly mode */
static NukiLimits *
build_weekly (HkLimitsDraft *self)
{
  g_autoptr (NukiLimits) limits = NULL;
  int start, end;

  self->window_error = check_window (self, &start, &end);
  if (self->weekdays == NUKI_WEEKDAYS_NONE)
    self->weekdays_error = _ ("Choose at least one day.");
  if (self->window_error != NULL || self->weekdays_error != NULL ||
      self->from_error != NULL || self->until_error != NULL)
    return NULL;

  limits = nuki_limits_new (hk_moment_draft_get_instant (self->from), hk_moment_draft_get_instant (self->until),
                            self->weekdays, start, end);
  if (never_opens (self, limits))
    {
      self->weekdays_error = _ ("None of these days and hours lies between the two dates.");
      return NULL;
    }

  return g_steal_pointer (&limits);
}

/* Returns: (transfer full) (nullable): the result; sets the errors */
static NukiLimits *
build (HkLimitsDraft *self)
{
  self->from_error = self->until_error = self->weekdays_error = self->window_error = NULL;

  if (self->mode == HK_LIMITS_ALWAYS)
    return nuki_limits_new_always ();

  check_dates (self);
  if (self->mode == HK_LIMITS_WEEKLY)
    return build_weekly (self);
  if (self->from_error != NULL || self->until_error != NULL)
    return NULL;

  return nuki_limits_new (hk_moment_draft_get_instant (self->from), hk_moment_draft_get_instant (self->until),
                          NUKI_WEEKDAYS_ALL, 0, 0);
}

static void
update (HkLimitsDraft *self)
{
  GObject *object = G_OBJECT (self);

  if (self->loading)
    return;

  g_clear_pointer (&self->limits, nuki_limits_unref);
  self->limits = build (self);

  g_object_freeze_notify (object);
  for (int i = PROP_LIMITS; i < N_PROPS; i++)
    g_object_notify_by_pspec (object, props[i]);
  g_object_thaw_notify (object);
}

static void
set_text (HkLimitsDraft *self, char **field, const char *text, int prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text != NULL ? text : "");
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
  update (self);
}

static HkLimitsMode
guess_mode (NukiLimits *limits)
{
  if (nuki_limits_is_always (limits))
    return HK_LIMITS_ALWAYS;
  if (nuki_limits_get_weekdays (limits) != NUKI_WEEKDAYS_ALL || nuki_limits_get_window (limits, NULL, NULL))
    return HK_LIMITS_WEEKLY;

  return HK_LIMITS_RANGE;
}

static void
load_window (HkLimitsDraft *self, NukiLimits *limits)
{
  g_autofree char *start_text = NULL;
  g_autofree char *end_text = NULL;
  int start, end;

  if (nuki_limits_get_window (limits, &start, &end))
    {
      start_text = nuki_limits_format_minute (start);
      end_text = nuki_limits_format_minute (end == 0 ? HK_TIME_END_OF_DAY : end);
    }
  set_text (self, &self->window_start, start_text, PROP_WINDOW_START);
  set_text (self, &self->window_end, end_text, PROP_WINDOW_END);
}

static void
hk_limits_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  HkLimitsDraft *self = HK_LIMITS_DRAFT (object);

  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_WEEKDAYS:
      g_value_set_uint (value, self->weekdays);
      break;
    case PROP_WINDOW_START:
      g_value_set_string (value, self->window_start);
      break;
    case PROP_WINDOW_END:
      g_value_set_string (value, self->window_end);
      break;
    case PROP_ZONE:
      g_value_set_boxed (value, self->zone);
      break;
    case PROP_FROM:
      g_value_set_object (value, self->from);
      break;
    case PROP_UNTIL:
      g_value_set_object (value, self->until);
      break;
    case PROP_LIMITS:
      g_value_set_boxed (value, self->limits);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, hk_limits_draft_get_valid (self));
      break;
    case PROP_FROM_ERROR:
      g_value_set_string (value, self->from_error);
      break;
    case PROP_UNTIL_ERROR:
      g_value_set_string (value, self->until_error);
      break;
    case PROP_WEEKDAYS_ERROR:
      g_value_set_string (value, self->weekdays_error);
      break;
    case PROP_WINDOW_ERROR:
      g_value_set_string (value, self->window_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_limits_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  HkLimitsDraft *self = HK_LIMITS_DRAFT (object);

  switch (prop_id)
    {
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_MODE:
      hk_limits_draft_set_mode (self, g_value_get_enum (value));
      break;
    case PROP_WEEKDAYS:
      hk_limits_draft_set_weekdays (self, g_value_get_uint (value));
      break;
    case PROP_WINDOW_START:
      set_text (self, &self->window_start, g_value_get_string (value), PROP_WINDOW_START);
      break;
    case PROP_WINDOW_END:
      set_text (self, &self->window_end, g_value_get_string (value), PROP_WINDOW_END);
      break;
    case PROP_ZONE:
      hk_limits_draft_set_zone (self, g_value_get_boxed (value));
      break;
    case PROP_LIMITS:
      hk_limits_draft_set_limits (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hk_limits_draft_constructed (GObject *object)
{
  HkLimitsDraft *self = HK_LIMITS_DRAFT (object);

  G_OBJECT_CLASS (hk_limits_draft_parent_class)->constructed (object);
  update (self);
}

static void
hk_limits_draft_finalize (GObject *object)
{
  HkLimitsDraft *self = HK_LIMITS_DRAFT (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->from);
  g_clear_object (&self->until);
  g_clear_pointer (&self->window_start, g_free);
  g_clear_pointer (&self->window_end, g_free);
  g_clear_pointer (&self->loaded, nuki_limits_unref);
  g_clear_pointer (&self->limits, nuki_limits_unref);

  G_OBJECT_CLASS (hk_limits_draft_parent_class)->finalize (object);
}

static void
hk_limits_draft_class_init (HkLimitsDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->constructed = hk_limits_draft_constructed;
  object_class->get_property = hk_limits_draft_get_property;
  object_class->set_property = hk_limits_draft_set_property;
  object_class->finalize = hk_limits_draft_finalize;

  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, HK_TYPE_CLOCK,
                                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, HK_TYPE_LIMITS_MODE, HK_LIMITS_ALWAYS, writable);
  props[PROP_WEEKDAYS] = g_param_spec_uint ("weekdays", NULL, NULL, 0, NUKI_WEEKDAYS_ALL, 0, writable);
  props[PROP_WINDOW_START] = g_param_spec_string ("window-start", NULL, NULL, "", writable);
  props[PROP_WINDOW_END] = g_param_spec_string ("window-end", NULL, NULL, "", writable);
  props[PROP_ZONE] = g_param_spec_boxed ("zone", NULL, NULL, G_TYPE_TIME_ZONE, writable);
  props[PROP_FROM] = g_param_spec_object ("from", NULL, NULL, HK_TYPE_MOMENT_DRAFT, readable);
  props[PROP_UNTIL] = g_param_spec_object ("until", NULL, NULL, HK_TYPE_MOMENT_DRAFT, readable);
  props[PROP_LIMITS] = g_param_spec_boxed ("limits", NULL, NULL, NUKI_TYPE_LIMITS, writable);
  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, readable);
  props[PROP_FROM_ERROR] = g_param_spec_string ("from-error", NULL, NULL, NULL, readable);
  props[PROP_UNTIL_ERROR] = g_param_spec_string ("until-error", NULL, NULL, NULL, readable);
  props[PROP_WEEKDAYS_ERROR] = g_param_spec_string ("weekdays-error", NULL, NULL, NULL, readable);
  props[PROP_WINDOW_ERROR] = g_param_spec_string ("window-error", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hk_limits_draft_init (HkLimitsDraft *self)
{
  self->zone = g_time_zone_new_local ();
  self->from = hk_moment_draft_new (0);
  self->until = hk_moment_draft_new (HK_TIME_END_OF_DAY - 1);
  self->window_start = g_strdup ("");
  self->window_end = g_strdup ("");
  g_signal_connect_swapped (self->from, "notify::instant", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->until, "notify::instant", G_CALLBACK (update), self);
}

/**
 * hk_limits_draft_new:
 * @clock: tells what has already passed
 *
 * Returns: (transfer full): a draft of no limits, by the computer's clock
 */
HkLimitsDraft *
hk_limits_draft_new (HkClock *clock)
{
  g_return_val_if_fail (HK_IS_CLOCK (clock), NULL);

  return g_object_new (HK_TYPE_LIMITS_DRAFT, "clock", clock, NULL);
}

/**
 * hk_limits_draft_get_limits:
 *
 * Returns: (transfer none) (nullable): the limits that are filled in, or %NULL while a field has an error
 */
NukiLimits *
hk_limits_draft_get_limits (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->limits;
}

/**
 * hk_limits_draft_set_limits:
 * @limits: the limits to start from
 *
 * Fills all fields. An end that has passed already is no error as long as nobody touches it.
 */
void
hk_limits_draft_set_limits (HkLimitsDraft *self, NukiLimits *limits)
{
  HkLimitsMode mode;

  g_return_if_fail (HK_IS_LIMITS_DRAFT (self));
  g_return_if_fail (limits != NULL);

  mode = guess_mode (limits);
  self->loading = TRUE;
  nuki_limits_ref (limits);
  g_clear_pointer (&self->loaded, nuki_limits_unref);
  self->loaded = limits;
  hk_moment_draft_load (self->from, nuki_limits_get_from (limits));
  hk_moment_draft_load (self->until, nuki_limits_get_until (limits));
  hk_limits_draft_set_weekdays (self, mode == HK_LIMITS_WEEKLY ? nuki_limits_get_weekdays (limits) : 0);
  load_window (self, limits);
  hk_limits_draft_set_mode (self, mode);
  self->loading = FALSE;
  update (self);
}

/**
 * hk_limits_draft_get_zone:
 *
 * Returns: (transfer none): whose clock dates and times are read from
 */
GTimeZone *
hk_limits_draft_get_zone (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->zone;
}

/**
 * hk_limits_draft_set_zone:
 * @zone: the zone of the lock
 *
 * What is filled in stays as it stands, and means other instants.
 */
void
hk_limits_draft_set_zone (HkLimitsDraft *self, GTimeZone *zone)
{
  g_return_if_fail (HK_IS_LIMITS_DRAFT (self));
  g_return_if_fail (zone != NULL);

  if (g_str_equal (g_time_zone_get_identifier (zone), g_time_zone_get_identifier (self->zone)))
    return;

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
  hk_moment_draft_set_zone (self->from, zone);
  hk_moment_draft_set_zone (self->until, zone);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZONE]);
  update (self);
}

/**
 * hk_limits_draft_get_mode:
 *
 * Returns: which kind of limits is filled in
 */
HkLimitsMode
hk_limits_draft_get_mode (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), HK_LIMITS_ALWAYS);

  return self->mode;
}

/**
 * hk_limits_draft_set_mode:
 * @mode: which kind of limits
 */
void
hk_limits_draft_set_mode (HkLimitsDraft *self, HkLimitsMode mode)
{
  g_return_if_fail (HK_IS_LIMITS_DRAFT (self));

  if (self->mode == mode)
    return;

  self->mode = mode;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
  update (self);
}

/**
 * hk_limits_draft_get_from:
 *
 * Returns: (transfer none): the first moment
 */
HkMomentDraft *
hk_limits_draft_get_from (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->from;
}

/**
 * hk_limits_draft_get_until:
 *
 * Returns: (transfer none): the last moment
 */
HkMomentDraft *
hk_limits_draft_get_until (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->until;
}

/**
 * hk_limits_draft_get_weekdays:
 *
 * Returns: the chosen days
 */
NukiWeekdays
hk_limits_draft_get_weekdays (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NUKI_WEEKDAYS_NONE);

  return self->weekdays;
}

/**
 * hk_limits_draft_set_weekdays:
 * @weekdays: the chosen days; none is an error in the weekly mode
 */
void
hk_limits_draft_set_weekdays (HkLimitsDraft *self, NukiWeekdays weekdays)
{
  g_return_if_fail (HK_IS_LIMITS_DRAFT (self));

  if (self->weekdays == weekdays)
    return;

  self->weekdays = weekdays;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WEEKDAYS]);
  update (self);
}

/**
 * hk_limits_draft_set_window:
 * @start: (nullable): when the hours begin, as typed
 * @end: (nullable): when they end, as typed; earlier than @start means the next day
 *
 * Sets the hours of the weekly mode; two empty texts mean the whole day.
 */
void
hk_limits_draft_set_window (HkLimitsDraft *self, const char *start, const char *end)
{
  g_return_if_fail (HK_IS_LIMITS_DRAFT (self));

  set_text (self, &self->window_start, start, PROP_WINDOW_START);
  set_text (self, &self->window_end, end, PROP_WINDOW_END);
}

/**
 * hk_limits_draft_get_from_error:
 *
 * Returns: (transfer none) (nullable): what is wrong with the first moment
 */
const char *
hk_limits_draft_get_from_error (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->from_error;
}

/**
 * hk_limits_draft_get_until_error:
 *
 * Returns: (transfer none) (nullable): what is wrong with the last moment
 */
const char *
hk_limits_draft_get_until_error (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->until_error;
}

/**
 * hk_limits_draft_get_weekdays_error:
 *
 * Returns: (transfer none) (nullable): what is wrong with the days
 */
const char *
hk_limits_draft_get_weekdays_error (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->weekdays_error;
}

/**
 * hk_limits_draft_get_window_error:
 *
 * Returns: (transfer none) (nullable): what is wrong with the hours
 */
const char *
hk_limits_draft_get_window_error (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return self->window_error;
}

/**
 * hk_limits_draft_get_valid:
 *
 * Returns: whether nothing is wrong
 */
gboolean
hk_limits_draft_get_valid (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), FALSE);

  return self->limits != NULL;
}

/**
 * hk_limits_draft_dup_now:
 *
 * Returns: (transfer full): the time by which “already passed” is judged, UTC
 */
GDateTime *
hk_limits_draft_dup_now (HkLimitsDraft *self)
{
  g_return_val_if_fail (HK_IS_LIMITS_DRAFT (self), NULL);

  return hk_clock_now (self->clock);
}
