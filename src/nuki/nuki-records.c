/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the service said, as far as nuki-json-read.c makes anything of it, to be kept as bytes: reading them again gives the
 * same values. Very many of them have to be read before anything can be seen, and JSON takes several times as long. What
 * is read may have been damaged, so the same holds for it as for an answer: nothing of it is believed.
 */

#include "nuki-records.h"

#include "nuki-json.h"
#include "nuki-key-private.h"
#include "nuki-lock-private.h"
#include "nuki-user-private.h"
#include "nuki-zones.h"

/* The texts and the numbers, each at its place in one of the lists below. */
#define RECORD_TYPE G_VARIANT_TYPE ("(asax)")

/* Where there is no date. */
#define NO_DATE G_MININT64

/* Whole numbers up to here are ids. */
#define MAX_ID (G_GINT64_CONSTANT (1) << 53)

typedef enum
{
  KEY_ID,
  KEY_NAME,
  KEY_TROUBLE,
  N_KEY_TEXTS,
} KeyText;

typedef enum
{
  KEY_LOCK_ID,
  KEY_USER_ID,
  KEY_TYPE,
  KEY_ENABLED,
  KEY_REMOTE_ALLOWED,
  KEY_CODE,
  KEY_FROM,
  KEY_UNTIL,
  KEY_WEEKDAYS,
  KEY_WINDOW_START,
  KEY_WINDOW_END,
  KEY_USE_COUNT,
  KEY_LAST_ACTIVE,
  KEY_CREATED,
  KEY_UPDATED,
  KEY_BUSY,
  N_KEY_NUMBERS,
} KeyNumber;

typedef enum
{
  USER_NAME,
  USER_EMAIL,
  USER_LANGUAGE,
  N_USER_TEXTS,
} UserText;

typedef enum
{
  USER_ID,
  USER_CREATED,
  USER_UPDATED,
  USER_BUSY,
  N_USER_NUMBERS,
} UserNumber;

typedef enum
{
  LOCK_NAME,
  LOCK_ERROR,
  N_LOCK_TEXTS,
} LockText;

typedef enum
{
  LOCK_ID,
  LOCK_ACCOUNT_ID,
  LOCK_TYPE,
  LOCK_FAVORITE,
  LOCK_SERVER_STATE,
  LOCK_MODE,
  LOCK_STATE,
  LOCK_BATTERY_CRITICAL,
  LOCK_BATTERY_CHARGE,
  LOCK_DOOR_STATE,
  LOCK_HAS_KEYPAD,
  LOCK_ADMIN_PIN_STATE,
  LOCK_BUSY,
  LOCK_ZONE,
  LOCK_FIRMWARE,
  LOCK_UPDATED,
  N_LOCK_NUMBERS,
} LockNumber;

/*
 * Record:
 * @variant: (owned): has the others in it
 * @texts: (owned) (array): with as many texts as were expected
 * @numbers: (array): with as many numbers
 */
typedef struct
{
  GVariant *variant;
  GVariant *number_array;
  const char **texts;
  const gint64 *numbers;
} Record;

static void
clear_record (Record *self)
{
  g_clear_pointer (&self->texts, g_free);
  g_clear_pointer (&self->number_array, g_variant_unref);
  g_clear_pointer (&self->variant, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Record, clear_record)

/* GLib forgets what it found out about a type with the last value of it, which took a third of the time of reading very many
 * records one after the other. */
static void
remember_type (void)
{
  static GVariant *value = NULL;

  if (g_once_init_enter (&value))
    g_once_init_leave (&value, g_variant_ref_sink (g_variant_new_from_data (RECORD_TYPE, NULL, 0, FALSE, NULL, NULL)));
}

/* Returns: whether @data are a record of so many texts and numbers */
static gboolean
read_record (Record *self, gconstpointer data, gsize size, gsize n_texts, gsize n_numbers)
{
  g_autoptr (GVariant) texts = NULL;
  gsize n_found;

  remember_type ();
  self->variant = g_variant_ref_sink (g_variant_new_from_data (RECORD_TYPE, data, size, FALSE, NULL, NULL));
  texts = g_variant_get_child_value (self->variant, 0);
  self->texts = g_variant_get_strv (texts, &n_found);
  if (n_found != n_texts)
    return FALSE;

  self->number_array = g_variant_get_child_value (self->variant, 1);
  self->numbers = g_variant_get_fixed_array (self->number_array, &n_found, sizeof *self->numbers);

  return n_found == n_numbers;
}

static GBytes *
write_record (const char *const *texts, gsize n_texts, const gint64 *numbers, gsize n_numbers)
{
  GVariant *const children[] = {
    g_variant_new_strv (texts, (gssize) n_texts),
    g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, numbers, n_numbers, sizeof *numbers),
  };
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_tuple (children, G_N_ELEMENTS (children)));

  return g_variant_get_data_as_bytes (variant);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Like nuki-json-read.c, which makes no difference between no text and an empty one where there may be none. */
static char *
dup_optional (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static int
take_int (gint64 number, int min, int max, int fallback)
{
  return number >= min && number <= max ? (int) number : fallback;
}

/* Microseconds since 1970: a moment that is not quite the same would count as something new. */
static gint64
write_date (GDateTime *date)
{
  if (date == NULL)
    return NO_DATE;

  return g_date_time_to_unix (date) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (date);
}

static GDateTime *
read_date (gint64 number)
{
  g_autoptr (GDateTime) seconds = NULL;
  gint64 fraction = number % G_TIME_SPAN_SECOND;

  /* Among these is NO_DATE. */
  if (number < G_MININT64 + G_TIME_SPAN_SECOND)
    return NULL;

  if (fraction < 0)
    fraction += G_TIME_SPAN_SECOND;
  seconds = g_date_time_new_from_unix_utc ((number - fraction) / G_TIME_SPAN_SECOND);
  if (seconds == NULL || fraction == 0)
    return g_steal_pointer (&seconds);

  return g_date_time_add (seconds, fraction);
}

static NukiLimits *
read_limits (const gint64 *numbers)
{
  g_autoptr (GDateTime) from = read_date (numbers[KEY_FROM]);
  g_autoptr (GDateTime) until = read_date (numbers[KEY_UNTIL]);
  const NukiWeekdays weekdays = take_int (numbers[KEY_WEEKDAYS], 0, NUKI_WEEKDAYS_ALL, NUKI_WEEKDAYS_NONE);
  const int start = take_int (numbers[KEY_WINDOW_START], 0, 1440, 0);
  const int end = take_int (numbers[KEY_WINDOW_END], 0, 1440, 0);

  return nuki_json_make_limits (from, until, weekdays, start, end);
}

/**
 * nuki_records_write_lock:
 * @lock: a lock
 *
 * Returns: (transfer full): what nuki_records_read_lock() reads as the same
 */
GBytes *
nuki_records_write_lock (NukiLock *lock)
{
  g_return_val_if_fail (NUKI_IS_LOCK (lock), NULL);

  const char *const texts[N_LOCK_TEXTS] = {
    [LOCK_NAME] = or_empty (lock->name),
    [LOCK_ERROR] = or_empty (lock->error),
  };
  const gint64 numbers[N_LOCK_NUMBERS] = {
    [LOCK_ID] = lock->id,
    [LOCK_ACCOUNT_ID] = lock->account_id,
    [LOCK_TYPE] = lock->type,
    [LOCK_FAVORITE] = lock->favorite,
    [LOCK_SERVER_STATE] = lock->server_state,
    [LOCK_MODE] = lock->mode,
    [LOCK_STATE] = lock->state,
    [LOCK_BATTERY_CRITICAL] = lock->battery_critical,
    [LOCK_BATTERY_CHARGE] = lock->battery_charge,
    [LOCK_DOOR_STATE] = lock->door_state,
    [LOCK_HAS_KEYPAD] = lock->has_keypad,
    [LOCK_ADMIN_PIN_STATE] = lock->admin_pin_state,
    [LOCK_BUSY] = lock->busy,
    [LOCK_ZONE] = lock->zone_known ? nuki_zones_find (lock->zone) : -1,
    [LOCK_FIRMWARE] = lock->firmware,
    [LOCK_UPDATED] = write_date (lock->updated),
  };

  return write_record (texts, N_LOCK_TEXTS, numbers, N_LOCK_NUMBERS);
}

/**
 * nuki_records_write_user:
 * @user: a person
 *
 * Returns: (transfer full): what nuki_records_read_user() reads as the same
 */
GBytes *
nuki_records_write_user (NukiUser *user)
{
  g_return_val_if_fail (NUKI_IS_USER (user), NULL);

  const char *const texts[N_USER_TEXTS] = {
    [USER_NAME] = or_empty (user->name),
    [USER_EMAIL] = or_empty (user->email),
    [USER_LANGUAGE] = or_empty (user->language),
  };
  const gint64 numbers[N_USER_NUMBERS] = {
    [USER_ID] = user->id,
    [USER_CREATED] = write_date (user->created),
    [USER_UPDATED] = write_date (user->updated),
    [USER_BUSY] = user->busy,
  };

  return write_record (texts, N_USER_TEXTS, numbers, N_USER_NUMBERS);
}

/**
 * nuki_records_write_key:
 * @key: a key
 *
 * Returns: (transfer full): what nuki_records_read_key() reads as the same
 */
GBytes *
nuki_records_write_key (NukiKey *key)
{
  int start = 0, end = 0;

  g_return_val_if_fail (NUKI_IS_KEY (key), NULL);

  nuki_limits_get_window (key->limits, &start, &end);

  const char *const texts[N_KEY_TEXTS] = {
    [KEY_ID] = key->id,
    [KEY_NAME] = or_empty (key->name),
    [KEY_TROUBLE] = or_empty (key->trouble),
  };
  const gint64 numbers[N_KEY_NUMBERS] = {
    [KEY_LOCK_ID] = key->lock_id,
    [KEY_USER_ID] = key->user_id,
    [KEY_TYPE] = key->type,
    [KEY_ENABLED] = key->enabled,
    [KEY_REMOTE_ALLOWED] = key->remote_allowed,
    [KEY_CODE] = key->code,
    [KEY_FROM] = write_date (nuki_limits_get_from (key->limits)),
    [KEY_UNTIL] = write_date (nuki_limits_get_until (key->limits)),
    [KEY_WEEKDAYS] = nuki_limits_get_weekdays (key->limits),
    [KEY_WINDOW_START] = start,
    [KEY_WINDOW_END] = end,
    [KEY_USE_COUNT] = key->use_count,
    [KEY_LAST_ACTIVE] = write_date (key->last_active),
    [KEY_CREATED] = write_date (key->created),
    [KEY_UPDATED] = write_date (key->updated),
    [KEY_BUSY] = key->busy,
  };

  return write_record (texts, N_KEY_TEXTS, numbers, N_KEY_NUMBERS);
}

/**
 * nuki_records_read_lock:
 * @data: what nuki_records_write_lock() wrote, whatever became of it
 * @size: how many bytes that is
 *
 * Returns: (transfer full) (nullable): the lock; %NULL if it cannot be used
 */
NukiLock *
nuki_records_read_lock (gconstpointer data, gsize size)
{
  g_auto (Record) record = { NULL, NULL, NULL, NULL };
  const gint64 *numbers;
  NukiLock *self;

  if (!read_record (&record, data, size, N_LOCK_TEXTS, N_LOCK_NUMBERS) || record.numbers[LOCK_ID] < 1 ||
      record.numbers[LOCK_ID] > MAX_ID)
    return NULL;

  numbers = record.numbers;
  self = g_object_new (NUKI_TYPE_LOCK, NULL);
  self->id = numbers[LOCK_ID];
  self->account_id = CLAMP (numbers[LOCK_ACCOUNT_ID], 0, MAX_ID);
  self->type = (NukiLockType) take_int (numbers[LOCK_TYPE], NUKI_LOCK_SMART_LOCK, NUKI_LOCK_SMART_LOCK_5, NUKI_LOCK_OTHER);
  self->name = g_strdup (record.texts[LOCK_NAME]);
  self->favorite = numbers[LOCK_FAVORITE] != 0;
  self->server_state = (NukiServerState) take_int (numbers[LOCK_SERVER_STATE], NUKI_SERVER_STATE_ONLINE,
                                                   NUKI_SERVER_STATE_OFFLINE, NUKI_SERVER_STATE_OFFLINE);
  self->mode = take_int (numbers[LOCK_MODE], 0, G_MAXINT, 0);
  self->state = take_int (numbers[LOCK_STATE], 0, G_MAXINT, NUKI_LOCK_STATE_UNKNOWN);
  self->battery_critical = numbers[LOCK_BATTERY_CRITICAL] != 0;
  self->battery_charge = take_int (numbers[LOCK_BATTERY_CHARGE], 0, 100, NUKI_LOCK_BATTERY_UNKNOWN);
  self->door_state = (NukiDoorState) take_int (numbers[LOCK_DOOR_STATE], NUKI_DOOR_CLOSED, NUKI_DOOR_OPEN, NUKI_DOOR_UNKNOWN);
  self->has_keypad = numbers[LOCK_HAS_KEYPAD] != 0;
  self->admin_pin_state = take_int (numbers[LOCK_ADMIN_PIN_STATE], 0, G_MAXINT, 0);
  self->busy = numbers[LOCK_BUSY] != 0;
  self->firmware = take_int (numbers[LOCK_FIRMWARE], 0, G_MAXINT, 0);
  self->updated = read_date (numbers[LOCK_UPDATED]);
  self->error = dup_optional (record.texts[LOCK_ERROR]);
  self->zone = nuki_zones_lookup (take_int (numbers[LOCK_ZONE], 0, G_MAXINT, -1));
  self->zone_known = self->zone != NULL;
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();

  return self;
}

/**
 * nuki_records_read_user:
 * @data: what nuki_records_write_user() wrote, whatever became of it
 * @size: how many bytes that is
 *
 * Returns: (transfer full) (nullable): the person; %NULL if it cannot be used
 */
NukiUser *
nuki_records_read_user (gconstpointer data, gsize size)
{
  g_auto (Record) record = { NULL, NULL, NULL, NULL };
  NukiUser *self;

  if (!read_record (&record, data, size, N_USER_TEXTS, N_USER_NUMBERS) ||
      take_int (record.numbers[USER_ID], 1, G_MAXINT, 0) == 0)
    return NULL;

  self = g_object_new (NUKI_TYPE_USER, NULL);
  self->id = (int) record.numbers[USER_ID];
  self->name = g_strdup (record.texts[USER_NAME]);
  self->email = g_strdup (record.texts[USER_EMAIL]);
  self->language = dup_optional (record.texts[USER_LANGUAGE]);
  self->created = read_date (record.numbers[USER_CREATED]);
  self->updated = read_date (record.numbers[USER_UPDATED]);
  self->busy = record.numbers[USER_BUSY] != 0;

  return self;
}

/**
 * nuki_records_read_key:
 * @data: what nuki_records_write_key() wrote, whatever became of it
 * @size: how many bytes that is
 *
 * Returns: (transfer full) (nullable): the key; %NULL if it cannot be used
 */
NukiKey *
nuki_records_read_key (gconstpointer data, gsize size)
{
  g_auto (Record) record = { NULL, NULL, NULL, NULL };
  const gint64 *numbers;
  NukiKey *self;

  if (!read_record (&record, data, size, N_KEY_TEXTS, N_KEY_NUMBERS) || !nuki_json_is_id (record.texts[KEY_ID]) ||
      record.numbers[KEY_LOCK_ID] < 1 || record.numbers[KEY_LOCK_ID] > MAX_ID)
    return NULL;

  numbers = record.numbers;
  self = g_object_new (NUKI_TYPE_KEY, NULL);
  self->id = g_strdup (record.texts[KEY_ID]);
  self->lock_id = numbers[KEY_LOCK_ID];
  self->user_id = take_int (numbers[KEY_USER_ID], 1, G_MAXINT, 0);
  self->type = nuki_json_make_key_type (numbers[KEY_TYPE]);
  self->name = g_strdup (record.texts[KEY_NAME]);
  self->enabled = numbers[KEY_ENABLED] != 0;
  self->remote_allowed = numbers[KEY_REMOTE_ALLOWED] != 0;
  self->code = take_int (numbers[KEY_CODE], 1, G_MAXINT, 0);
  self->limits = read_limits (numbers);
  self->use_count = take_int (numbers[KEY_USE_COUNT], 0, G_MAXINT, 0);
  self->last_active = read_date (numbers[KEY_LAST_ACTIVE]);
  self->created = read_date (numbers[KEY_CREATED]);
  self->updated = read_date (numbers[KEY_UPDATED]);
  self->busy = numbers[KEY_BUSY] != 0;
  self->trouble = dup_optional (record.texts[KEY_TROUBLE]);

  return self;
}
