/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-demo.h"

#include "nuki-sim-account.h"

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define EVERY_DAY 127
#define WORKDAYS 124
#define MONDAY_TO_SATURDAY 126

#define NOBODY 0
/* Beside a type: what the key is, apart from its limits. */
#define REMOTE (1 << 0)
#define OFF (1 << 1)
#define UNCONFIRMED (1 << 2)
#define FINGERPRINT (1 << 3)

enum
{
  FRONT_DOOR,
  GARAGE,
  FLAT,
  INTERCOM,
};

/* A lock; its id is the type and the device's id, as hexadecimal digits. */
typedef struct
{
  gint64 id;
  int type;
  const char *name;
  gboolean favorite;
  int time_zone_id;
  int time_zone_offset;
  gboolean keypad;
  gboolean keypad_2;
  int battery_charge; /* percent, or -1 for a model that does not tell */
  gboolean battery_critical;
  int state;
  int door_state;
  int server_state;
  int firmware;
  double latitude;
  double longitude;
  gint64 updated; /* milliseconds before now */
} DemoLock;

typedef struct
{
  int id;
  const char *name;
  const char *email;
  const char *language;
  int type;
  int created; /* days before now */
} DemoPerson;

/* Dates are whole days from today and a time of day (UTC); a time of day of 0 means no date. */
typedef struct
{
  int from_day;
  int from_minute;
  int until_day;
  int until_minute;
  int weekdays;
  int window_from;
  int window_until;
} DemoLimits;

typedef struct
{
  int lock;
  int type;
  int person;
  const char *name;
  int code;
  int flags;
  int created;  /* hours before now */
  int last_use; /* minutes before now, 0 for never */
  int count;
  DemoLimits limits;
} DemoKey;

typedef struct
{
  int key; /* index of a key, or -1 */
  int lock;
  int action;
  int trigger;
  int state;
  int source;
  int minutes_ago;
} DemoLogEntry;

static const DemoLock locks[] = {
  { G_GINT64_CONSTANT (0x41A2B3C4D), 4, "Front door", TRUE, 37, 60, TRUE, FALSE, 90, FALSE, 1, 2, 0, 199175, 47.0707,
    15.4395, 7 * MINUTE },
  { G_GINT64_CONSTANT (0x02B7F10C4), 0, "Garage", FALSE, 37, 60, TRUE, FALSE, -1, FALSE, 1, 0, 4, 133135, 47.0709,
    15.4397, 27 * HOUR },
  { G_GINT64_CONSTANT (0x53E4D5C6B), 5, "Holiday flat", TRUE, 40, 0, FALSE, TRUE, 12, TRUE, 3, 2, 0, 327938, 50.2137,
    -5.4804, 19 * MINUTE },
  { G_GINT64_CONSTANT (0x27C3A91E0), 2, "Street intercom", FALSE, 37, 60, FALSE, FALSE, -1, FALSE, 1, 0, 0, 67842,
    47.0707, 15.4395, 3 * HOUR },
};

static const DemoPerson people[] = {
  { 107323601, "Anna Moser", "anna.moser@example.org", "de", 0, 812 },
  { 107323602, "John Doe", "john.doe@example.org", "en", 0, 400 },
  { 107323603, "Zoë & Søren", "zoe.lund@example.com", "en", 0, 34 },
  { 107323604, "فاطمة الزهراء", "fatima@example.net", "fr", 0, 190 },
  { 107323605, "María José García", "mj.garcia@example.org", "es", 0, 365 },
  { 107323606, "Jiří Novák", "novak@example.com", "cs", 0, 122 },
  { 107323607, "Giulia Rossi", "giulia.rossi@example.org", "it", 0, 240 },
  { 107323608, "Sparkle & Shine 🧹", "office@sparkle.example", "en", 1, 620 },
  { 107323609, "Pieter van den Berg", "pieter@example.nl", "nl", 0, 12 },
  { 107323610, "Aoife O’Brien", "aoife.obrien@example.ie", "en", 0, 3 },
  { 107323611, "王芳", "wang.fang@example.com", "en", 0, 48 },
  { 107323612, "Ľudmila Kováčová", "ludka@example.sk", "sk", 0, 55 },
};

enum
{
  ANNA = 107323601,
  JOHN,
  ZOE,
  FATIMA,
  MARIA_JOSE,
  JIRI,
  GIULIA,
  SPARKLE,
  PIETER,
  AOIFE,
  WANG,
  LUDMILA,
};

static const DemoKey keys[] = {
  /* Front door: the home. */
  { FRONT_DOOR, 1, NOBODY, "Nuki Web", 0, REMOTE, 19500, 22, 58, { 0 } },
  { FRONT_DOOR, 3, NOBODY, "Keypad", 0, 0, 9000, 64, 731, { 0 } },
  { FRONT_DOOR, 0, NOBODY, "Katharina’s phone", 0, REMOTE, 19490, 35, 2210, { 0 } },
  { FRONT_DOOR, 0, ANNA, "Anna Moser", 0, REMOTE, 19400, 190, 1044, { 0 } },
  { FRONT_DOOR, 0, JOHN, "John Doe", 0, 0, 9500, 4320, 61, { 0, 0, 64, 1320, 32, 540, 720 } },
  { FRONT_DOOR, 0, MARIA_JOSE, "María José García", 0, 0, 8700, 1500, 388, { 0, 0, 0, 0, WORKDAYS, 420, 1140 } },
  { FRONT_DOOR, 0, FATIMA, "فاطمة الزهراء", 0, 0, 4500, 610, 97, { 0, 0, 0, 0, EVERY_DAY, 1320, 360 } },
  { FRONT_DOOR, 0, GIULIA, "Giulia Rossi", 0, OFF, 5700, 60480, 23, { 0 } },
  { FRONT_DOOR, 0, JIRI, "Jiří Novák", 0, 0, 2900, 40000, 12, { -100, 480, -27, 1020, EVERY_DAY, 0, 0 } },
  { FRONT_DOOR, 0, LUDMILA, "Ľudmila Kováčová", 0, 0, 30, 0, 0, { 9, 720, 16, 600, EVERY_DAY, 0, 0 } },
  { FRONT_DOOR, 0, AOIFE, "Aoife O’Brien", 0, REMOTE, 5, 0, 0, { 0 } },
  { FRONT_DOOR, 0, PIETER, "Pieter van den Berg", 0, 0, 216, 0, 0, { 0 } },
  { FRONT_DOOR, 2, NOBODY, "Key ring fob", 0, 0, 19000, 5820, 314, { 0 } },
  { FRONT_DOOR, 2, NOBODY, "Grandma’s fob", 0, OFF, 11000, 201600, 40, { 0 } },
  { FRONT_DOOR, 13, NOBODY, "Cleaning", 292929, 0, 7200, 1440, 166, { 0, 0, 0, 0, MONDAY_TO_SATURDAY, 600, 840 } },
  { FRONT_DOOR, 13, NOBODY, "Neighbours", 748596, 0, 12000, 21000, 9, { 0 } },
  { FRONT_DOOR, 13, NOBODY, "Katharina’s thumb", 963258, FINGERPRINT, 8990, 64, 522, { 0 } },
  { FRONT_DOOR, 13, NOBODY, "Plumber", 351624, 0, 900, 51000, 2, { -36, 360, -35, 1020, EVERY_DAY, 0, 0 } },
  { FRONT_DOOR, 13, NOBODY, "Parcels", 447799, OFF, 2200, 90000, 17, { 0, 0, 0, 0, WORKDAYS, 480, 1080 } },

  /* Garage: off the net since yesterday, so what was changed since waits. */
  { GARAGE, 1, NOBODY, "Nuki Web", 0, REMOTE, 17200, 1700, 31, { 0 } },
  { GARAGE, 3, NOBODY, "Keypad", 0, 0, 8800, 1760, 120, { 0 } },
  { GARAGE, 0, NOBODY, "Katharina’s phone", 0, REMOTE, 17190, 1700, 640, { 0 } },
  { GARAGE, 0, ANNA, "Anna Moser", 0, REMOTE, 17180, 2900, 211, { 0 } },
  { GARAGE, 0, JOHN, "John Doe", 0, 0, 9400, 14400, 12, { 0, 0, 0, 0, 32, 540, 720 } },
  { GARAGE, 0, PIETER, "Pieter van den Berg", 0, UNCONFIRMED, 3, 0, 0, { 0, 0, 21, 1080, WORKDAYS, 480, 1080 } },
  { GARAGE, 13, NOBODY, "Bike workshop", 567812, 0, 3100, 2000, 43, { 0, 0, 0, 0, 42, 480, 1080 } },
  { GARAGE, 2, NOBODY, "Spare fob", 0, 0, 15000, 88000, 5, { 0 } },

  /* Holiday flat: guests come and go. */
  { FLAT, 1, NOBODY, "Nuki Web", 0, REMOTE, 6500, 45, 240, { 0 } },
  { FLAT, 3, NOBODY, "Keypad 2", 0, 0, 6490, 130, 402, { 0 } },
  { FLAT, 0, NOBODY, "Katharina’s phone", 0, REMOTE, 6500, 30000, 77, { 0 } },
  { FLAT, 0, SPARKLE, "Sparkle & Shine 🧹", 0, 0, 6400, 2880, 131, { 0, 0, 0, 0, 84, 540, 900 } },
  { FLAT, 13, SPARKLE, "Changeover", 654987, 0, 6300, 4300, 52, { 0, 0, 0, 0, 2, 660, 960 } },
  { FLAT, 0, ZOE, "Zoë & Søren", 0, 0, 800, 130, 11, { -2, 840, 5, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 13, ZOE, "Zoë & Søren", 838383, 0, 799, 310, 6, { -2, 840, 5, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 0, AOIFE, "Aoife O’Brien", 0, 0, 20, 0, 0, { 5, 840, 12, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 13, AOIFE, "Aoife O’Brien", 471147, 0, 19, 0, 0, { 5, 840, 12, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 0, WANG, "王芳", 0, 0, 1100, 14600, 19, { -17, 840, -10, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 13, WANG, "王芳", 359359, 0, 1100, 15100, 8, { -17, 840, -10, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 0, LUDMILA, "Ľudmila Kováčová", 0, 0, 1300, 33000, 14, { -31, 840, -24, 600, EVERY_DAY, 0, 0 } },
  { FLAT, 13, NOBODY, "Boiler service", 916273, OFF, 2000, 70000, 1, { 0, 0, 0, 0, WORKDAYS, 480, 960 } },

  /* The door of the house. */
  { INTERCOM, 1, NOBODY, "Nuki Web", 0, REMOTE, 10000, 180, 66, { 0 } },
  { INTERCOM, 0, NOBODY, "Katharina’s phone", 0, REMOTE, 10000, 700, 512, { 0 } },
  { INTERCOM, 0, ANNA, "Anna Moser", 0, REMOTE, 9990, 195, 288, { 0 } },
  { INTERCOM, 0, MARIA_JOSE, "María José García", 0, 0, 8690, 1505, 301, { 0, 0, 0, 0, WORKDAYS, 420, 1140 } },
  { INTERCOM, 0, GIULIA, "Giulia Rossi", 0, OFF, 5690, 60500, 20, { 0 } },
};

/* Newest first. */
static const DemoLogEntry log_entries[] = {
  { 2, FRONT_DOOR, 2, 5, 0, 0, 35 },       { -1, FRONT_DOOR, 241, 0, 0, 0, 36 },  { -1, FRONT_DOOR, 240, 0, 0, 0, 37 },
  { 16, FRONT_DOOR, 3, 255, 0, 2, 64 },    { 32, FLAT, 3, 5, 0, 0, 130 },         { 3, FRONT_DOOR, 1, 5, 0, 0, 190 },
  { 42, INTERCOM, 3, 5, 0, 0, 195 },       { -1, INTERCOM, 224, 0, 0, 0, 196 },   { 33, FLAT, 1, 255, 0, 1, 310 },
  { -1, FLAT, 2, 6, 0, 0, 340 },           { 6, FRONT_DOOR, 1, 5, 0, 0, 610 },    { -1, FRONT_DOOR, 1, 255, 224, 1, 905 },
  { 14, FRONT_DOOR, 1, 255, 0, 1, 1440 },  { 5, FRONT_DOOR, 1, 5, 0, 0, 1500 },   { 43, INTERCOM, 3, 5, 0, 0, 1505 },
  { 21, GARAGE, 1, 5, 0, 0, 1700 },        { 25, GARAGE, 1, 255, 0, 1, 2000 },    { -1, FRONT_DOOR, 2, 5, 1, 0, 2400 },
  { 30, FLAT, 3, 5, 0, 0, 2880 },          { 22, GARAGE, 2, 2, 0, 0, 2900 },      { 31, FLAT, 1, 255, 0, 1, 4300 },
  { 4, FRONT_DOOR, 3, 5, 0, 0, 4320 },
};

static void
set_date (JsonObject *record, const char *member, gint64 milliseconds)
{
  g_autofree char *date = nuki_sim_format_date (milliseconds);

  json_object_set_string_member (record, member, date);
}

static JsonObject *
make_config (const DemoLock *lock)
{
  JsonObject *config = json_object_new ();

  json_object_set_string_member (config, "name", lock->name);
  json_object_set_double_member (config, "latitude", lock->latitude);
  json_object_set_double_member (config, "longitude", lock->longitude);
  json_object_set_boolean_member (config, "pairingEnabled", TRUE);
  json_object_set_boolean_member (config, "buttonEnabled", TRUE);
  json_object_set_boolean_member (config, "ledEnabled", TRUE);
  json_object_set_int_member (config, "ledBrightness", 3);
  json_object_set_int_member (config, "timezoneOffset", lock->time_zone_offset);
  json_object_set_int_member (config, "daylightSavingMode", 1);
  json_object_set_boolean_member (config, "fobPaired", lock->type != 2);
  json_object_set_boolean_member (config, "singleLock", FALSE);
  json_object_set_int_member (config, "advertisingMode", 0);
  json_object_set_boolean_member (config, "keypadPaired", lock->keypad);
  json_object_set_boolean_member (config, "keypad2Paired", lock->keypad_2);
  json_object_set_int_member (config, "timezoneId", lock->time_zone_id);
  json_object_set_int_member (config, "deviceType", lock->type);

  return config;
}

static JsonObject *
make_state (const DemoLock *lock)
{
  JsonObject *state = json_object_new ();

  json_object_set_int_member (state, "mode", 2);
  json_object_set_int_member (state, "state", lock->state);
  json_object_set_int_member (state, "trigger", 0);
  json_object_set_int_member (state, "lastAction", lock->state == 1 ? 2 : 1);
  json_object_set_boolean_member (state, "batteryCritical", lock->battery_critical);
  if (lock->battery_charge >= 0)
    {
      json_object_set_boolean_member (state, "batteryCharging", FALSE);
      json_object_set_int_member (state, "batteryCharge", lock->battery_charge);
    }
  json_object_set_boolean_member (state, "keypadBatteryCritical", FALSE);
  json_object_set_int_member (state, "doorState", lock->door_state);
  json_object_set_int_member (state, "ringToOpenTimer", 0);
  json_object_set_boolean_member (state, "nightMode", FALSE);
  json_object_set_string_member (state, "moodNobodyKnows", "calm");

  return state;
}

static JsonObject *
make_lock (const DemoLock *lock, int index, gint64 now)
{
  JsonObject *record = json_object_new ();

  json_object_set_int_member (record, "smartlockId", lock->id);
  json_object_set_int_member (record, "type", lock->type);
  json_object_set_int_member (record, "authId", 3431700 + index);
  json_object_set_string_member (record, "name", lock->name);
  json_object_set_boolean_member (record, "favorite", lock->favorite);
  json_object_set_object_member (record, "config", make_config (lock));
  json_object_set_object_member (record, "state", make_state (lock));
  json_object_set_int_member (record, "firmwareVersion", lock->firmware);
  json_object_set_int_member (record, "hardwareVersion", 1291);
  json_object_set_int_member (record, "serverState", lock->server_state);
  json_object_set_int_member (record, "adminPinState", 0);
  json_object_set_boolean_member (record, "virtualDevice", FALSE);
  set_date (record, "creationDate", now - (820 - 100 * index) * DAY);
  set_date (record, "updateDate", now - lock->updated);

  return record;
}

static JsonObject *
make_person (const DemoPerson *person, gint64 now)
{
  JsonObject *record = json_object_new ();

  json_object_set_int_member (record, "accountUserId", person->id);
  json_object_set_int_member (record, "type", person->type);
  json_object_set_string_member (record, "email", person->email);
  json_object_set_string_member (record, "name", person->name);
  json_object_set_string_member (record, "language", person->language);
  set_date (record, "creationDate", now - person->created * DAY);
  set_date (record, "updateDate", now - person->created * DAY / 2);

  return record;
}

static void
add_limits (JsonObject *record, const DemoLimits *limits, gint64 now)
{
  gint64 today = now - now % DAY;

  if (limits->weekdays == 0)
    return;

  json_object_set_int_member (record, "allowedWeekDays", limits->weekdays);
  if (limits->from_minute != 0)
    set_date (record, "allowedFromDate", today + limits->from_day * DAY + limits->from_minute * MINUTE);
  if (limits->until_minute != 0)
    set_date (record, "allowedUntilDate", today + limits->until_day * DAY + limits->until_minute * MINUTE);
  json_object_set_int_member (record, "allowedFromTime", limits->window_from);
  json_object_set_int_member (record, "allowedUntilTime", limits->window_until);
}

static char *
make_key_id (int index, gint64 now)
{
  return g_strdup_printf ("%08x%s%06x", (guint) ((now - keys[index].created * HOUR) / 1000), "d15972f211", 701 + index);
}

static void
add_kind (JsonObject *record, const DemoKey *key)
{
  if (key->person != NOBODY)
    json_object_set_int_member (record, "accountUserId", key->person);
  if (key->code != 0)
    json_object_set_int_member (record, "code", key->code);
  if (key->flags & FINGERPRINT)
    {
      JsonObject *fingerprints = json_object_new ();

      json_object_set_string_member (fingerprints, "1", "Right thumb");
      json_object_set_object_member (record, "fingerprints", fingerprints);
    }
}

static JsonObject *
make_key (int index, gint64 now)
{
  const DemoKey *key = &keys[index];
  JsonObject *record = json_object_new ();
  g_autofree char *id = make_key_id (index, now);
  gint64 created = now - key->created * HOUR;

  json_object_set_string_member (record, "id", id);
  json_object_set_int_member (record, "smartlockId", locks[key->lock].id);
  json_object_set_int_member (record, "type", key->type);
  json_object_set_string_member (record, "name", key->name);
  json_object_set_boolean_member (record, "enabled", (key->flags & OFF) == 0);
  json_object_set_boolean_member (record, "remoteAllowed", (key->flags & REMOTE) != 0);
  json_object_set_int_member (record, "lockCount", key->count);
  add_kind (record, key);
  add_limits (record, &key->limits, now);
  if (key->last_use != 0)
    set_date (record, "lastActiveDate", now - key->last_use * MINUTE);
  set_date (record, "creationDate", created);
  if (!(key->flags & UNCONFIRMED))
    {
      json_object_set_int_member (record, "authId", 8200 + index);
      set_date (record, "updateDate", created + 3 * MINUTE);
    }

  return record;
}

static JsonObject *
make_log_entry (int index, gint64 now)
{
  const DemoLogEntry *entry = &log_entries[index];
  const DemoKey *key = entry->key >= 0 ? &keys[entry->key] : NULL;
  JsonObject *record = json_object_new ();
  gint64 date = now - entry->minutes_ago * MINUTE;
  g_autofree char *id = g_strdup_printf ("%08x%s%06x", (guint) (date / 1000), "d15972f210", 900 - index);

  json_object_set_string_member (record, "id", id);
  json_object_set_int_member (record, "smartlockId", locks[entry->lock].id);
  json_object_set_int_member (record, "deviceType", locks[entry->lock].type);
  json_object_set_string_member (record, "name", key != NULL ? key->name : "");
  if (key != NULL)
    {
      g_autofree char *key_id = make_key_id (entry->key, now);

      json_object_set_string_member (record, "authId", key_id);
      if (key->person != NOBODY)
        json_object_set_int_member (record, "accountUserId", key->person);
    }
  json_object_set_int_member (record, "action", entry->action);
  json_object_set_int_member (record, "trigger", entry->trigger);
  json_object_set_int_member (record, "state", entry->state);
  json_object_set_int_member (record, "source", entry->source);
  json_object_set_boolean_member (record, "autoUnlock", FALSE);
  set_date (record, "date", date);

  return record;
}

/* What waits for the garage: John's key is to end in a month, and Pieter's has to get there at all. */
static JsonArray *
make_operations (gint64 now)
{
  JsonArray *operations = json_array_new ();

  for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)
    {
      JsonObject *operation;
      JsonObject *record;
      gboolean is_new = (keys[i].flags & UNCONFIRMED) != 0;

      if (!is_new && !(keys[i].lock == GARAGE && keys[i].person == JOHN))
        continue;
      record = make_key (i, now);
      operation = json_object_new ();
      json_object_set_string_member (operation, "kind", is_new ? "create-key" : "update-key");
      json_object_set_int_member (operation, "smartlockId", locks[GARAGE].id);
      json_object_set_string_member (operation, "keyId", json_object_get_string_member (record, "id"));
      json_object_set_boolean_member (operation, "appeared", is_new);
      if (!is_new)
        set_date (record, "allowedUntilDate", now - now % DAY + 30 * DAY + 22 * HOUR);
      json_object_set_object_member (operation, "record", record);
      json_array_add_object_element (operations, operation);
    }

  return operations;
}

static JsonObject *
make_owner (gint64 now)
{
  JsonObject *owner = json_object_new ();

  json_object_set_int_member (owner, "accountId", 987654321);
  json_object_set_string_member (owner, "name", "Katharina Moser");
  json_object_set_string_member (owner, "email", "katharina.moser@example.org");
  json_object_set_string_member (owner, "language", "en");
  set_date (owner, "creationDate", now - 821 * DAY);
  set_date (owner, "updateDate", now - 3 * DAY);

  return owner;
}

/* The demo account: the home of somebody who also lets a holiday flat; all dates are relative to @now. */
JsonNode *
nuki_sim_demo_build (gint64 now)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonArray *array;

  json_object_set_object_member (root, "account", make_owner (now));
  json_object_set_array_member (root, "locks", array = json_array_new ());
  for (int i = 0; i < (int) G_N_ELEMENTS (locks); i++)
    json_array_add_object_element (array, make_lock (&locks[i], i, now));
  json_object_set_array_member (root, "users", array = json_array_new ());
  for (int i = 0; i < (int) G_N_ELEMENTS (people); i++)
    json_array_add_object_element (array, make_person (&people[i], now));
  json_object_set_array_member (root, "keys", array = json_array_new ());
  for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)
    json_array_add_object_element (array, make_key (i, now));
  json_object_set_array_member (root, "log", array = json_array_new ());
  for (int i = 0; i < (int) G_N_ELEMENTS (log_entries); i++)
    json_array_add_object_element (array, make_log_entry (i, now));
  json_object_set_array_member (root, "operations", make_operations (now));
  json_node_take_object (node, root);

  return node;
}
