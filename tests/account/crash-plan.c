/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "crash-plan.h"

#define N_OPERATIONS 200
#define N_PEOPLE 24
#define N_CODES 60
#define FIRST_PERSON 101

typedef enum
{
  OPERATION_CREATE_CODE,
  OPERATION_INVITE,
  OPERATION_SWITCH,
  OPERATION_UPDATE,
  OPERATION_DELETE,
  OPERATION_UPDATE_PERSON,
  OPERATION_DELETE_PERSON,
  OPERATION_UPDATE_LOCK,
} OperationKind;

/* @target: the number of a key, person or lock; @value: what makes it differ from others */
typedef struct
{
  OperationKind kind;
  guint target;
  guint value;
} Operation;

/*
 * Key:
 * @user_id: whose it is; 0 for a code
 * @email: (owned) (nullable): of somebody who is invited, whose number nobody knows before
 *
 * What a key has to be in the end.
 */
typedef struct
{
  gint64 lock_id;
  int user_id;
  int code;
  char *name;
  char *email;
  gboolean enabled;
  NukiWeekdays weekdays;
  gboolean gone;
} Key;

typedef struct
{
  char *name;
  gboolean gone;
} Person;

struct _CrashPlan
{
  GArray *operations;
  GPtrArray *keys;
  Person people[N_PEOPLE];
  char *lock_names[CRASH_N_LOCKS];
};

static void
free_key (gpointer data)
{
  Key *key = data;

  g_free (key->name);
  g_free (key->email);
  g_free (key);
}

static Key *
add_key (CrashPlan *self, gint64 lock_id, int user_id, int code, char *name)
{
  Key *key = g_new0 (Key, 1);

  key->lock_id = lock_id;
  key->user_id = user_id;
  key->code = code;
  key->name = name;
  key->enabled = TRUE;
  key->weekdays = NUKI_WEEKDAYS_ALL;
  g_ptr_array_add (self->keys, key);

  return key;
}

/* Six digits from 1 to 9 that do not begin with 12. */
static int
make_code (guint n)
{
  return 300000 + 11111 + (int) (n % 9 + 10 * (n / 9 % 9) + 100 * (n / 81 % 9));
}

static void
replace (char **text, char *by)
{
  g_free (*text);
  *text = by;
}

static NukiWeekdays
get_weekdays (guint value)
{
  return (NukiWeekdays) (1 + value % 126);
}

/* Writes what the operation leads to into what is expected. */
static void
expect (CrashPlan *self, const Operation *operation)
{
  Key *key = NULL;

  switch (operation->kind)
    {
    case OPERATION_CREATE_CODE:
      key = add_key (self, CRASH_FIRST_LOCK + operation->target, 0, make_code (100 + operation->value),
                     g_strdup_printf ("New %u", operation->value));
      key->weekdays = get_weekdays (operation->value);
      break;
    case OPERATION_INVITE:
      for (guint i = 0; i < CRASH_N_LOCKS; i++)
        {
          key = add_key (self, CRASH_FIRST_LOCK + i, 0, 0, g_strdup_printf ("Guest %u", operation->value));
          key->email = g_strdup_printf ("guest%u@example.org", operation->value);
          key->weekdays = get_weekdays (operation->value);
        }
      break;
    case OPERATION_SWITCH:
      ((Key *) g_ptr_array_index (self->keys, operation->target))->enabled = operation->value % 2;
      break;
    case OPERATION_UPDATE:
      key = g_ptr_array_index (self->keys, operation->target);
      replace (&key->name, g_strdup_printf ("Name %u", operation->value));
      key->weekdays = get_weekdays (operation->value);
      break;
    case OPERATION_DELETE:
      ((Key *) g_ptr_array_index (self->keys, operation->target))->gone = TRUE;
      break;
    case OPERATION_UPDATE_PERSON:
      replace (&self->people[operation->target].name, g_strdup_printf ("Person %u", operation->value));
      break;
    case OPERATION_DELETE_PERSON:
      self->people[operation->target].gone = TRUE;
      for (guint i = 0; i < N_PEOPLE; i++)
        if (((Key *) g_ptr_array_index (self->keys, i))->user_id == FIRST_PERSON + (int) operation->target)
          ((Key *) g_ptr_array_index (self->keys, i))->gone = TRUE;
      break;
    case OPERATION_UPDATE_LOCK:
      replace (&self->lock_names[operation->target], g_strdup_printf ("Lock %u", operation->value));
      break;
    default:
      g_assert_not_reached ();
    }
}

/* What is gone is not asked for anything any more: nobody could. */
static gboolean
is_possible (CrashPlan *self, const Operation *operation)
{
  Key *key = NULL;

  switch (operation->kind)
    {
    case OPERATION_SWITCH:
    case OPERATION_UPDATE:
    case OPERATION_DELETE:
      key = g_ptr_array_index (self->keys, operation->target);
      return !key->gone;
    case OPERATION_UPDATE_PERSON:
    case OPERATION_DELETE_PERSON:
      return !self->people[operation->target].gone;
    case OPERATION_CREATE_CODE:
    case OPERATION_INVITE:
    case OPERATION_UPDATE_LOCK:
    default:
      return TRUE;
    }
}

static Operation
draw (GRand *dice, guint n)
{
  static const OperationKind kinds[] = {
    OPERATION_CREATE_CODE, OPERATION_CREATE_CODE, OPERATION_CREATE_CODE, OPERATION_INVITE,
    OPERATION_SWITCH,      OPERATION_SWITCH,      OPERATION_SWITCH,      OPERATION_SWITCH,
    OPERATION_UPDATE,      OPERATION_UPDATE,      OPERATION_UPDATE,      OPERATION_DELETE,
    OPERATION_DELETE,      OPERATION_DELETE,      OPERATION_UPDATE_PERSON, OPERATION_DELETE_PERSON,
    OPERATION_UPDATE_LOCK,
  };
  Operation operation = { kinds[g_rand_int_range (dice, 0, G_N_ELEMENTS (kinds))], 0, n };

  switch (operation.kind)
    {
    case OPERATION_SWITCH:
    case OPERATION_UPDATE:
    case OPERATION_DELETE:
      operation.target = (guint) g_rand_int_range (dice, 0, N_PEOPLE + N_CODES);
      break;
    case OPERATION_UPDATE_PERSON:
    case OPERATION_DELETE_PERSON:
      operation.target = (guint) g_rand_int_range (dice, 0, N_PEOPLE);
      break;
    case OPERATION_CREATE_CODE:
    case OPERATION_UPDATE_LOCK:
      operation.target = (guint) g_rand_int_range (dice, 0, CRASH_N_LOCKS);
      break;
    case OPERATION_INVITE:
    default:
      break;
    }

  return operation;
}

/* Every person has an app key on one lock; the codes are spread. */
static void
fill (CrashPlan *self)
{
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    self->lock_names[i] = g_strdup_printf ("Door %u", i);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      self->people[i].name = g_strdup_printf ("Somebody %u", i);
      add_key (self, CRASH_FIRST_LOCK + i % CRASH_N_LOCKS, FIRST_PERSON + (int) i, 0,
               g_strdup_printf ("Somebody %u", i));
    }
  for (guint i = 0; i < N_CODES; i++)
    add_key (self, CRASH_FIRST_LOCK + i % CRASH_N_LOCKS, 0, make_code (i), g_strdup_printf ("Code %u", i));
}

CrashPlan *
crash_plan_new (guint32 seed)
{
  CrashPlan *self = g_new0 (CrashPlan, 1);
  g_autoptr (GRand) dice = g_rand_new_with_seed (seed);

  self->operations = g_array_new (FALSE, FALSE, sizeof (Operation));
  self->keys = g_ptr_array_new_with_free_func (free_key);
  fill (self);
  while (self->operations->len < N_OPERATIONS)
    {
      const Operation operation = draw (dice, self->operations->len);

      if (!is_possible (self, &operation))
        continue;
      g_array_append_val (self->operations, operation);
      expect (self, &operation);
    }

  return self;
}

void
crash_plan_free (CrashPlan *self)
{
  g_array_unref (self->operations);
  g_ptr_array_unref (self->keys);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (self->people[i].name);
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    g_free (self->lock_names[i]);
  g_free (self);
}

guint
crash_plan_get_length (CrashPlan *self)
{
  return self->operations->len;
}

static void
add_records (GString *text)
{
  g_string_append (text, "{\"locks\": [");
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    g_string_append_printf (text,
                            "%s{\"smartlockId\": %" G_GINT64_FORMAT ", \"type\": 4, \"name\": \"Door %u\","
                            " \"serverState\": 0, \"config\": {\"keypadPaired\": true}}",
                            i > 0 ? "," : "", CRASH_FIRST_LOCK + i, i);
  g_string_append (text, "], \"users\": [");
  for (guint i = 0; i < N_PEOPLE; i++)
    g_string_append_printf (text, "%s{\"accountUserId\": %u, \"name\": \"Somebody %u\", \"email\": \"s%u@example.org\"}",
                            i > 0 ? "," : "", FIRST_PERSON + i, i, i);
  g_string_append (text, "], \"keys\": [");
  for (guint i = 0; i < N_PEOPLE + N_CODES; i++)
    {
      const gboolean is_code = i >= N_PEOPLE;
      const guint n = is_code ? i - N_PEOPLE : i;

      g_string_append_printf (text,
                              "%s{\"id\": \"" CRASH_ID_FORMAT "\", \"smartlockId\": %" G_GINT64_FORMAT ", \"type\": %d,"
                              " \"%s\": %d, \"name\": \"%s %u\", \"enabled\": true, \"allowedWeekDays\": 127,"
                              " \"updateDate\": \"2026-01-01T10:00:00.000Z\"}",
                              i > 0 ? "," : "", i, CRASH_FIRST_LOCK + n % CRASH_N_LOCKS, is_code ? 13 : 0,
                              is_code ? "code" : "accountUserId", is_code ? make_code (n) : FIRST_PERSON + (int) n,
                              is_code ? "Code" : "Somebody", n);
    }
  g_string_append (text, "]}");
}

/* Returns: (transfer full): what the service holds at first */
JsonNode *
crash_plan_make_account (CrashPlan *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  add_records (text);
  node = json_from_string (text->str, &error);
  g_assert_no_error (error);

  return node;
}

HkKey *
crash_find_key (HkAccount *account, guint number)
{
  g_autofree char *key_id = g_strdup_printf (CRASH_ID_FORMAT, number);
  GListModel *keys = hk_account_get_keys (account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);
      NukiKey *record = hk_key_get_record (key);

      if (record != NULL && g_str_equal (nuki_key_get_id (record), key_id))
        return key;
    }

  return NULL;
}

/* Returns: whether a process that ended before it could say so has already asked for this new key */
gboolean
crash_is_asked_for (HkAccount *account, const char *name)
{
  GListModel *keys = hk_account_get_keys (account);

  for (guint i = 0; i < g_list_model_get_n_items (keys); i++)
    {
      g_autoptr (HkKey) key = g_list_model_get_item (keys, i);

      if (g_str_equal (hk_key_get_name (key), name))
        return TRUE;
    }

  return FALSE;
}

static HkInvitation *
make_invitation (NukiKeyType type, const char *name, NukiWeekdays weekdays)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (type, name);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, weekdays, -1, -1);

  nuki_key_spec_set_limits (spec, limits);

  return hk_invitation_new (spec);
}

static void
ask_for_code (const Operation *operation, HkAccount *account)
{
  g_autofree char *name = g_strdup_printf ("New %u", operation->value);
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_CODE, name, get_weekdays (operation->value));
  g_autoptr (GPtrArray) changes = NULL;

  if (crash_is_asked_for (account, name))
    return;

  invitation->spec->code = make_code (100 + operation->value);
  hk_invitation_add_lock (invitation, CRASH_FIRST_LOCK + operation->target);
  changes = hk_account_invite (account, invitation);
}

static void
ask_for_guest (const Operation *operation, HkAccount *account)
{
  g_autofree char *name = g_strdup_printf ("Guest %u", operation->value);
  g_autofree char *email = g_strdup_printf ("guest%u@example.org", operation->value);
  g_autoptr (HkInvitation) invitation = make_invitation (NUKI_KEY_APP, name, get_weekdays (operation->value));
  g_autoptr (GPtrArray) changes = NULL;

  if (crash_is_asked_for (account, name))
    return;

  hk_invitation_set_new_person (invitation, name, email, "en");
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    hk_invitation_add_lock (invitation, CRASH_FIRST_LOCK + i);
  changes = hk_account_invite (account, invitation);
}

static void
ask_for_update (const Operation *operation, HkAccount *account, HkKey *key)
{
  g_autoptr (NukiKeySpec) spec = hk_key_dup_spec (key);
  g_autofree char *name = g_strdup_printf ("Name %u", operation->value);
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, get_weekdays (operation->value), -1, -1);

  nuki_key_spec_set_name (spec, name);
  nuki_key_spec_set_limits (spec, limits);
  hk_account_update_key (account, key, NULL, spec);
}

static gboolean
ask_person (const Operation *operation, HkAccount *account)
{
  NukiUser *person = hk_account_find_person (account, FIRST_PERSON + (int) operation->target);
  g_autofree char *name = g_strdup_printf ("Person %u", operation->value);

  if (person == NULL)
    return FALSE;

  if (operation->kind == OPERATION_DELETE_PERSON)
    hk_account_delete_person (account, person);
  else
    hk_account_update_person (account, person, NULL, name, nuki_user_get_email (person), "en");

  return TRUE;
}

static void
ask_lock (const Operation *operation, HkAccount *account)
{
  g_autofree char *name = g_strdup_printf ("Lock %u", operation->value);

  hk_account_update_lock (account, hk_account_find_lock (account, CRASH_FIRST_LOCK + operation->target), NULL, name,
                          FALSE);
}

static gboolean
ask_key (const Operation *operation, HkAccount *account)
{
  HkKey *key = crash_find_key (account, operation->target);

  if (key == NULL)
    return FALSE;

  if (operation->kind == OPERATION_SWITCH)
    hk_account_switch_key (account, key, operation->value % 2);
  else if (operation->kind == OPERATION_UPDATE)
    ask_for_update (operation, account, key);
  else
    hk_account_delete_key (account, key);

  return TRUE;
}

/*
 * Asks for the @n-th thing; it does no harm if that was asked for already.
 *
 * Returns: %FALSE if what it is about is not in the lists: a process that ended before it could say so has asked for its
 *   deletion, or a list that was read page by page while somebody was deleted lacks somebody else
 */
gboolean
crash_plan_ask (CrashPlan *self, guint n, HkAccount *account)
{
  const Operation *operation = &g_array_index (self->operations, Operation, n);

  switch (operation->kind)
    {
    case OPERATION_CREATE_CODE:
      ask_for_code (operation, account);
      break;
    case OPERATION_INVITE:
      ask_for_guest (operation, account);
      break;
    case OPERATION_SWITCH:
    case OPERATION_UPDATE:
    case OPERATION_DELETE:
      return ask_key (operation, account);
    case OPERATION_UPDATE_PERSON:
    case OPERATION_DELETE_PERSON:
      return ask_person (operation, account);
    case OPERATION_UPDATE_LOCK:
      ask_lock (operation, account);
      break;
    default:
      g_assert_not_reached ();
    }

  return TRUE;
}

static JsonArray *
get_list (JsonNode *dump, const char *name)
{
  return json_object_get_array_member (json_node_get_object (dump), name);
}

static gint64
get_int (JsonObject *record, const char *member)
{
  return json_object_get_int_member_with_default (record, member, 0);
}

static const char *
get_string (JsonObject *record, const char *member)
{
  return json_object_get_string_member_with_default (record, member, "");
}

static const char *
find_email (JsonNode *dump, gint64 user_id)
{
  JsonArray *users = get_list (dump, "users");

  for (guint i = 0; i < json_array_get_length (users); i++)
    if (get_int (json_array_get_object_element (users, i), "accountUserId") == user_id)
      return get_string (json_array_get_object_element (users, i), "email");

  return "";
}

/* Returns: whether @record is this key, whatever it is like */
static gboolean
is_key (JsonNode *dump, JsonObject *record, const Key *key)
{
  if (get_int (record, "smartlockId") != key->lock_id)
    return FALSE;
  if (key->email != NULL)
    return g_str_equal (find_email (dump, get_int (record, "accountUserId")), key->email);
  if (key->code != 0)
    return get_int (record, "code") == key->code;

  return get_int (record, "accountUserId") == key->user_id;
}

static gboolean
is_as_asked (JsonObject *record, const Key *key)
{
  return g_str_equal (get_string (record, "name"), key->name) &&
         json_object_get_boolean_member (record, "enabled") == key->enabled &&
         (json_object_get_int_member_with_default (record, "allowedWeekDays", 127) & 127) == (gint64) key->weekdays;
}

static void
judge_key (JsonNode *dump, const Key *key, guint *n_lost, guint *n_doubled)
{
  JsonArray *records = get_list (dump, "keys");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (!is_key (dump, record, key))
        continue;
      n++;
      if (!is_as_asked (record, key) || key->gone)
        {
          g_test_message ("The key “%s” of %d is called “%s”, %d, %d instead of %d, %d", key->name, key->user_id,
                          get_string (record, "name"), (int) json_object_get_boolean_member (record, "enabled"),
                          (int) get_int (record, "allowedWeekDays"), key->enabled, key->weekdays);
          (*n_lost)++;
        }
    }

  *n_lost += n == 0 && !key->gone;
  *n_doubled += n > 1 ? n - 1 : 0;
  if (n == 0 && !key->gone)
    g_test_message ("The key “%s” is missing", key->name);
}

static void
judge_person (JsonNode *dump, guint number, const Person *person, guint *n_lost)
{
  JsonArray *users = get_list (dump, "users");
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonObject *user = json_array_get_object_element (users, i);

      if (get_int (user, "accountUserId") == FIRST_PERSON + number)
        found = person->gone || g_str_equal (get_string (user, "name"), person->name);
    }

  if (found == person->gone)
    {
      g_test_message ("The person “%s” is not as asked", person->name);
      (*n_lost)++;
    }
}

static guint
count_expected (CrashPlan *self, gboolean mailed)
{
  guint n = 0;

  for (guint i = 0; i < self->keys->len; i++)
    {
      const Key *key = g_ptr_array_index (self->keys, i);

      n += mailed ? key->email != NULL : !key->gone;
    }

  return n;
}

static guint
count_guests (CrashPlan *self, gboolean among_people)
{
  guint n = count_expected (self, TRUE) / CRASH_N_LOCKS;

  for (guint i = 0; among_people && i < N_PEOPLE; i++)
    n += !self->people[i].gone;

  return n;
}

/* Counts what is missing or not as asked, and what is there more often than asked. */
void
crash_plan_judge (CrashPlan *self, JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  const guint n_keys = json_array_get_length (get_list (dump, "keys"));
  const guint n_people = json_array_get_length (get_list (dump, "users"));
  const guint n_mails = json_array_get_length (get_list (dump, "mails"));

  for (guint i = 0; i < self->keys->len; i++)
    judge_key (dump, g_ptr_array_index (self->keys, i), n_lost, n_doubled);
  for (guint i = 0; i < N_PEOPLE; i++)
    judge_person (dump, i, &self->people[i], n_lost);
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    *n_lost += !g_str_equal (get_string (json_array_get_object_element (get_list (dump, "locks"), i), "name"),
                             self->lock_names[i]);

  *n_doubled += n_keys > count_expected (self, FALSE) ? n_keys - count_expected (self, FALSE) : 0;
  *n_doubled += n_people > count_guests (self, TRUE) ? n_people - count_guests (self, TRUE) : 0;
  *n_doubled += n_mails > count_expected (self, TRUE) ? n_mails - count_expected (self, TRUE) : 0;
}

/* The invitation of somebody new to three locks. */
void
crash_invite_clara (HkAccount *account)
{
  const Operation operation = { OPERATION_INVITE, 0, 1 };

  ask_for_guest (&operation, account);
}

void
crash_judge_clara (JsonNode *dump, guint *n_lost, guint *n_doubled)
{
  const guint n_keys = json_array_get_length (get_list (dump, "keys")) - N_PEOPLE - N_CODES;
  const guint n_people = json_array_get_length (get_list (dump, "users")) - N_PEOPLE;
  const guint n_mails = json_array_get_length (get_list (dump, "mails"));
  Key key = { .name = (char *) "Guest 1", .email = (char *) "guest1@example.org", .enabled = TRUE };

  key.weekdays = get_weekdays (1);
  for (guint i = 0; i < CRASH_N_LOCKS; i++)
    {
      key.lock_id = CRASH_FIRST_LOCK + i;
      judge_key (dump, &key, n_lost, n_doubled);
    }
  *n_lost += n_people == 0;
  *n_doubled += n_people > 1 || n_keys > CRASH_N_LOCKS || n_mails > CRASH_N_LOCKS;
}
