/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "nuki-error.h"
#include "nuki-key-private.h"
#include "nuki-lock-private.h"
#include "nuki-user-private.h"
#include "nuki-zones.h"

/* Whole numbers up to here survive a double. */
#define MAX_SAFE_INTEGER (G_GINT64_CONSTANT (1) << 53)

#define MAX_ID_BYTES 128

/* What is read of a key, and its name there. */
typedef enum
{
  KEY_ID,
  KEY_LOCK_ID,
  KEY_USER_ID,
  KEY_TYPE,
  KEY_NAME,
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
  KEY_OPERATION,
  KEY_ERROR,
  N_KEY_MEMBERS,
} KeyMember;

static const char *const key_members[N_KEY_MEMBERS] = {
  [KEY_ID] = "id",
  [KEY_LOCK_ID] = "smartlockId",
  [KEY_USER_ID] = "accountUserId",
  [KEY_TYPE] = "type",
  [KEY_NAME] = "name",
  [KEY_ENABLED] = "enabled",
  [KEY_REMOTE_ALLOWED] = "remoteAllowed",
  [KEY_CODE] = "code",
  [KEY_FROM] = "allowedFromDate",
  [KEY_UNTIL] = "allowedUntilDate",
  [KEY_WEEKDAYS] = "allowedWeekDays",
  [KEY_WINDOW_START] = "allowedFromTime",
  [KEY_WINDOW_END] = "allowedUntilTime",
  [KEY_USE_COUNT] = "lockCount",
  [KEY_LAST_ACTIVE] = "lastActiveDate",
  [KEY_CREATED] = "creationDate",
  [KEY_UPDATED] = "updateDate",
  [KEY_OPERATION] = "operationId",
  [KEY_ERROR] = "error",
};

/* Makes an object out of a member of a list; %NULL if it cannot be used. */
typedef gpointer (*ReadFunc) (JsonObject *object);
/* A key by which two members of a list are the same. */
typedef char *(*DupIdFunc) (gpointer item);

/* private: the error of something that can be parsed and makes no sense */
void
nuki_json_set_unusable (GError **error)
{
  g_set_error_literal (error, NUKI_ERROR, NUKI_ERROR_MALFORMED, _ ("The answer of the service has an unexpected form."));
}

static gboolean
read_double (double number, gint64 *value)
{
  if (!isfinite (number) || fabs (number) > (double) MAX_SAFE_INTEGER || floor (number) < number)
    return FALSE;

  *value = (gint64) number;
  return TRUE;
}

/* (nullable): %NULL if there is none */
static JsonNode *
get_member (JsonObject *object, const char *name)
{
  return json_object_get_member (object, name);
}

/* A whole number between @min and @max, also one in quotes. */
static gboolean
get_integer (JsonNode *node, gint64 min, gint64 max, gint64 *value)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  gint64 number;

  if (type == G_TYPE_INT64)
    number = json_node_get_int (node);
  else if (type == G_TYPE_DOUBLE)
    {
      if (!read_double (json_node_get_double (node), &number))
        return FALSE;
    }
  else if (type != G_TYPE_STRING ||
           !g_ascii_string_to_signed (json_node_get_string (node), 10, min, max, &number, NULL))
    return FALSE;

  if (number < min || number > max)
    return FALSE;

  *value = number;
  return TRUE;
}

static int
get_int (JsonNode *node, int min, int max, int fallback)
{
  gint64 value;

  return get_integer (node, min, max, &value) ? (int) value : fallback;
}

static gboolean
is_boolean (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
get_boolean (JsonNode *node)
{
  if (is_boolean (node))
    return json_node_get_boolean (node);

  return get_int (node, 0, 1, 0) == 1;
}

/* Valid until @node is freed; %NULL if there is no text. */
static const char *
get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static char *
dup_text (JsonNode *node)
{
  const char *text = get_text (node);

  return g_strdup (text != NULL ? text : "");
}

/* Like dup_text(), but %NULL instead of an empty text. */
static char *
dup_optional_text (JsonNode *node)
{
  const char *text = get_text (node);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static GDateTime *
get_date (JsonNode *node)
{
  const char *text = get_text (node);

  return text != NULL ? nuki_json_parse_date (text) : NULL;
}

/* `operationId` is a string or an object; only its presence matters. */
static gboolean
get_busy (JsonNode *node)
{
  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
dup_id (JsonNode *node)
{
  const char *text = get_text (node);
  gint64 number;

  if (text == NULL)
    return get_integer (node, 0, G_MAXINT64, &number) ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  return nuki_json_is_id (text) ? g_strdup (text) : NULL;
}

/* An end of a window that is not said is midnight. */
static NukiLimits *
read_limits (JsonNode *const *members)
{
  g_autoptr (GDateTime) from = get_date (members[KEY_FROM]);
  g_autoptr (GDateTime) until = get_date (members[KEY_UNTIL]);
  NukiWeekdays weekdays = get_int (members[KEY_WEEKDAYS], 0, NUKI_WEEKDAYS_ALL, NUKI_WEEKDAYS_NONE);
  int start = get_int (members[KEY_WINDOW_START], 0, 1440, 0);
  int end = get_int (members[KEY_WINDOW_END], 0, 1440, 0);

  return nuki_json_make_limits (from, until, weekdays, start, end);
}

static gboolean
says_nothing (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node) || g_strcmp0 (get_text (node), "") == 0;
}

/* Whether all that an update has to send back is understood, as far as the service says anything. */
static gboolean
is_understood (JsonNode *const *members, const NukiLimits *limits)
{
  static const struct
  {
    KeyMember member;
    int min;
    int max;
  } numbers[] = {
    { KEY_USER_ID, G_MININT, G_MAXINT },
    { KEY_ENABLED, 0, 1 },
    { KEY_REMOTE_ALLOWED, 0, 1 },
    { KEY_CODE, G_MININT, G_MAXINT },
    { KEY_WEEKDAYS, 0, NUKI_WEEKDAYS_ALL },
    { KEY_WINDOW_START, 0, 1440 },
    { KEY_WINDOW_END, 0, 1440 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      JsonNode *node = members[numbers[i].member];
      gint64 number;

      if (!says_nothing (node) && !is_boolean (node) && !get_integer (node, numbers[i].min, numbers[i].max, &number))
        return FALSE;
    }

  return (says_nothing (members[KEY_NAME]) || get_text (members[KEY_NAME]) != NULL) &&
         (says_nothing (members[KEY_FROM]) || nuki_limits_get_from (limits) != NULL) &&
         (says_nothing (members[KEY_UNTIL]) || nuki_limits_get_until (limits) != NULL);
}

static gpointer
read_key_members (JsonNode *const *members)
{
  g_autofree char *id = dup_id (members[KEY_ID]);
  gint64 lock_id;
  NukiKey *self;

  if (id == NULL || !get_integer (members[KEY_LOCK_ID], 1, MAX_SAFE_INTEGER, &lock_id))
    return NULL;

  self = g_object_new (NUKI_TYPE_KEY, NULL);
  self->id = g_steal_pointer (&id);
  self->lock_id = lock_id;
  self->user_id = get_int (members[KEY_USER_ID], 1, G_MAXINT, 0);
  self->type = nuki_json_make_key_type (get_int (members[KEY_TYPE], 0, NUKI_KEY_OTHER, NUKI_KEY_OTHER));
  self->name = dup_text (members[KEY_NAME]);
  self->enabled = get_boolean (members[KEY_ENABLED]);
  self->remote_allowed = get_boolean (members[KEY_REMOTE_ALLOWED]);
  self->code = get_int (members[KEY_CODE], 1, G_MAXINT, 0);
  self->limits = read_limits (members);
  self->use_count = get_int (members[KEY_USE_COUNT], 0, G_MAXINT, 0);
  self->last_active = get_date (members[KEY_LAST_ACTIVE]);
  self->created = get_date (members[KEY_CREATED]);
  self->updated = get_date (members[KEY_UPDATED]);
  self->busy = get_busy (members[KEY_OPERATION]);
  self->trouble = dup_optional_text (members[KEY_ERROR]);
  self->not_understood = !is_understood (members, self->limits);

  return self;
}

static gpointer
read_key (JsonObject *object)
{
  JsonNode *members[N_KEY_MEMBERS];

  for (guint i = 0; i < N_KEY_MEMBERS; i++)
    members[i] = get_member (object, key_members[i]);

  return read_key_members (members);
}

static gpointer
read_user (JsonObject *object)
{
  int id = get_int (get_member (object, "accountUserId"), 1, G_MAXINT, 0);
  NukiUser *self;

  if (id == 0)
    return NULL;

  self = g_object_new (NUKI_TYPE_USER, NULL);
  self->id = id;
  self->name = dup_text (get_member (object, "name"));
  self->email = dup_text (get_member (object, "email"));
  self->language = dup_optional_text (get_member (object, "language"));
  self->created = get_date (get_member (object, "creationDate"));
  self->updated = get_date (get_member (object, "updateDate"));
  self->busy = get_busy (get_member (object, "operationId"));

  return self;
}

static void
read_lock_state (NukiLock *self, JsonObject *state)
{
  int door = get_int (get_member (state, "doorState"), 0, G_MAXINT, NUKI_DOOR_UNKNOWN);

  self->mode = get_int (get_member (state, "mode"), 0, G_MAXINT, 0);
  self->state = get_int (get_member (state, "state"), 0, G_MAXINT, NUKI_LOCK_STATE_UNKNOWN);
  self->battery_critical = get_boolean (get_member (state, "batteryCritical"));
  self->battery_charge = get_int (get_member (state, "batteryCharge"), 0, 100, NUKI_LOCK_BATTERY_UNKNOWN);
  if (door == NUKI_DOOR_CLOSED || door == NUKI_DOOR_OPEN)
    self->door_state = (NukiDoorState) door;
}

static void
read_lock_config (NukiLock *self, JsonObject *config)
{
  self->has_keypad = get_boolean (get_member (config, "keypadPaired")) || get_boolean (get_member (config, "keypad2Paired"));
  self->zone = nuki_zones_lookup (get_int (get_member (config, "timezoneId"), 0, G_MAXINT, -1));
}

static gpointer
read_lock (JsonObject *object)
{
  NukiLock *self;
  JsonObject *part;
  gint64 id;

  if (!get_integer (get_member (object, "smartlockId"), 1, MAX_SAFE_INTEGER, &id))
    return NULL;

  self = g_object_new (NUKI_TYPE_LOCK, NULL);
  self->id = id;
  if (get_integer (get_member (object, "accountId"), 1, MAX_SAFE_INTEGER, &id))
    self->account_id = id;
  self->type = (NukiLockType) get_int (get_member (object, "type"), NUKI_LOCK_SMART_LOCK, NUKI_LOCK_SMART_LOCK_5, NUKI_LOCK_OTHER);
  self->name = dup_text (get_member (object, "name"));
  self->favorite = get_boolean (get_member (object, "favorite"));
  /* What is not known to be reachable is shown as not reachable. */
  self->server_state = (NukiServerState) get_int (get_member (object, "serverState"), NUKI_SERVER_STATE_ONLINE,
                                                  NUKI_SERVER_STATE_OFFLINE, NUKI_SERVER_STATE_OFFLINE);
  self->admin_pin_state = get_int (get_member (object, "adminPinState"), 0, G_MAXINT, 0);
  self->firmware = get_int (get_member (object, "firmwareVersion"), 0, G_MAXINT, 0);
  self->updated = get_date (get_member (object, "updateDate"));
  self->busy = get_busy (get_member (object, "operationId"));
  self->error = dup_optional_text (get_member (object, "error"));

  part = get_object (get_member (object, "state"));
  if (part != NULL)
    read_lock_state (self, part);
  part = get_object (get_member (object, "config"));
  if (part != NULL)
    read_lock_config (self, part);

  self->zone_known = self->zone != NULL;
  if (self->zone == NULL)
    self->zone = g_time_zone_new_local ();

  return self;
}

static char *
dup_lock_id (gpointer item)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, ((NukiLock *) item)->id);
}

static char *
dup_user_id (gpointer item)
{
  return g_strdup_printf ("%d", ((NukiUser *) item)->id);
}

static char *
dup_key_id (gpointer item)
{
  return g_strdup (((NukiKey *) item)->id);
}

static gpointer
read_one (NukiJson *json, ReadFunc read, GError **error)
{
  JsonObject *object = nuki_json_get_object (json);
  gpointer item = object != NULL ? read (object) : NULL;

  if (item == NULL)
    nuki_json_set_unusable (error);

  return item;
}

/* What is read of a list. */
typedef struct
{
  ReadFunc read;
  DupIdFunc dup_item_id;
  GPtrArray *list;
  GHashTable *ids; /* (nullable): of what is in the list */
  gboolean is_empty;
} Reading;

static void
read_element (JsonNode *element, gpointer user_data)
{
  Reading *self = user_data;
  g_autoptr (GObject) item = JSON_NODE_HOLDS_OBJECT (element) ? self->read (json_node_get_object (element)) : NULL;

  self->is_empty = FALSE;
  if (item != NULL && (self->ids == NULL || g_hash_table_add (self->ids, self->dup_item_id (item))))
    g_ptr_array_add (self->list, g_steal_pointer (&item));
}

/* The usable elements of a list, each id once. A list of which nothing can be used is not taken for an empty one: that
 * would make everything disappear from the screen. */
static GPtrArray *
read_list (NukiJson *json, ReadFunc read, DupIdFunc dup_item_id, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { read, dup_item_id, list, ids, TRUE };

  if (!nuki_json_is_array (json))
    {
      nuki_json_set_unusable (error);
      return NULL;
    }
  if (!nuki_json_foreach (json, read_element, &reading, error))
    return NULL;
  if (!reading.is_empty && list->len == 0)
    {
      nuki_json_set_unusable (error);
      return NULL;
    }

  return g_steal_pointer (&list);
}

static void
count_element (JsonNode *element, gpointer user_data)
{
  ++*(int *) user_data;
}

/**
 * nuki_json_is_id:
 * @text: any text
 *
 * Returns: whether @text can be the id of a key. It goes into addresses: one with a slash or of dots would address something
 *   else
 */
gboolean
nuki_json_is_id (const char *text)
{
  const char *p = text;

  while (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
    p++;

  return p > text && *p == '\0' && p - text <= MAX_ID_BYTES;
}

/**
 * nuki_json_make_limits:
 * @from: (nullable): see nuki_limits_new()
 * @until: (nullable): likewise
 * @weekdays: likewise
 * @start: likewise
 * @end: likewise
 *
 * Returns: (transfer full): the limits; most keys have none, and share that
 */
NukiLimits *
nuki_json_make_limits (GDateTime *from, GDateTime *until, NukiWeekdays weekdays, int start, int end)
{
  if (from == NULL && until == NULL && start == end &&
      (weekdays == NUKI_WEEKDAYS_NONE || weekdays == NUKI_WEEKDAYS_ALL))
    return nuki_limits_new_always ();

  return nuki_limits_new (from, until, weekdays, start, end);
}

/**
 * nuki_json_make_key_type:
 * @type: any number
 *
 * Returns: the type of a key that goes by it; %NUKI_KEY_OTHER if this version knows none
 */
NukiKeyType
nuki_json_make_key_type (gint64 type)
{
  switch (type)
    {
    case NUKI_KEY_APP:
    case NUKI_KEY_BRIDGE:
    case NUKI_KEY_FOB:
    case NUKI_KEY_KEYPAD:
    case NUKI_KEY_CODE:
    case NUKI_KEY_Z_KEY:
    case NUKI_KEY_VIRTUAL:
      return (NukiKeyType) type;
    default:
      return NUKI_KEY_OTHER;
    }
}

/**
 * nuki_json_count:
 * @json: anything
 *
 * Returns: how many elements the array has, also those that cannot be used; -1 if @json is none, or one that is damaged
 */
int
nuki_json_count (NukiJson *json)
{
  int n = 0;

  g_return_val_if_fail (json != NULL, -1);

  if (!nuki_json_is_array (json) || !nuki_json_foreach (json, count_element, &n, NULL))
    return -1;

  return n;
}

/**
 * nuki_json_read_lock:
 * @json: a `Smartlock`
 *
 * Returns: (transfer full): the lock, or %NULL with %NUKI_ERROR_MALFORMED if @json is none
 */
NukiLock *
nuki_json_read_lock (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_one (json, read_lock, error);
}

/**
 * nuki_json_read_user:
 * @json: an `AccountUser`
 *
 * Returns: (transfer full): the person, or %NULL with %NUKI_ERROR_MALFORMED if @json is none
 */
NukiUser *
nuki_json_read_user (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_one (json, read_user, error);
}

/**
 * nuki_json_read_key:
 * @json: a `SmartlockAuth`
 *
 * Returns: (transfer full): the key, or %NULL with %NUKI_ERROR_MALFORMED if @json is none
 */
NukiKey *
nuki_json_read_key (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_one (json, read_key, error);
}

/**
 * nuki_json_read_locks:
 * @json: an array of `Smartlock`
 *
 * Returns: (transfer full) (element-type NukiLock): those that can be used, each id once; %NULL with %NUKI_ERROR_MALFORMED
 *   if @json is no array or one with nothing that can be used
 */
GPtrArray *
nuki_json_read_locks (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, read_lock, dup_lock_id, error);
}

/**
 * nuki_json_read_users:
 * @json: an array of `AccountUser`
 *
 * Returns: (transfer full) (element-type NukiUser): like nuki_json_read_locks()
 */
GPtrArray *
nuki_json_read_users (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, read_user, dup_user_id, error);
}

/**
 * nuki_json_read_keys:
 * @json: an array of `SmartlockAuth`
 *
 * Returns: (transfer full) (element-type NukiKey): like nuki_json_read_locks()
 */
GPtrArray *
nuki_json_read_keys (NukiJson *json, GError **error)
{
  g_return_val_if_fail (json != NULL, NULL);

  return read_list (json, read_key, dup_key_id, error);
}

/* See nuki_json_parse_table(). */
static void
read_key_row (JsonNode *element, gpointer user_data)
{
  GPtrArray *keys = user_data;
  JsonArray *row = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
  const guint length = row != NULL ? json_array_get_length (row) : 0;
  const gint64 present = length > 0 ? json_array_get_int_element (row, 0) : 0;
  JsonNode *members[N_KEY_MEMBERS] = { NULL };
  guint n_taken = 1;
  NukiKey *key;

  for (guint i = 0; i < N_KEY_MEMBERS && n_taken < length; i++)
    {
      if ((present & (G_GINT64_CONSTANT (1) << i)) != 0)
        members[i] = json_array_get_element (row, n_taken++);
    }

  key = read_key_members (members);
  if (key != NULL)
    g_ptr_array_add (keys, key);
}

/**
 * nuki_json_read_some_keys: (skip)
 * @text: (inout): a part of an array of `SmartlockAuth`, which is mended
 * @length: its length
 *
 * Like nuki_json_read_keys(), but several times as fast if there is nothing unusual in @text.
 *
 * Returns: (transfer full) (element-type NukiKey): the keys that can be used, perhaps none, and perhaps some more than once; %NULL
 *   with %NUKI_ERROR_MALFORMED if @text is no array, or one with nothing in it
 */
GPtrArray *
nuki_json_read_some_keys (char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  Reading reading = { .read = read_key, .list = list, .is_empty = TRUE };
  g_autoptr (NukiJson) json = nuki_json_parse_table (text, length, key_members, N_KEY_MEMBERS);
  g_autoptr (GBytes) bytes = NULL;

  if (json != NULL)
    {
      nuki_json_foreach (json, read_key_row, list, NULL);
      return g_steal_pointer (&list);
    }

  bytes = g_bytes_new_static (text, length);
  json = nuki_json_parse_pieces (bytes, G_MAXSIZE, error);
  if (json == NULL)
    return NULL;
  if (!nuki_json_is_array (json) || !nuki_json_foreach (json, read_element, &reading, NULL) || reading.is_empty)
    {
      nuki_json_set_unusable (error);
      return NULL;
    }

  return g_steal_pointer (&list);
}
