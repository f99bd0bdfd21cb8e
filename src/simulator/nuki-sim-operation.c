/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-operation.h"

#include "nuki-sim-log.h"

/* The names in a dump and in an account file, in the order of the enumeration. */
static const char *const kind_names[] = { "create-key",  "update-key", "delete-key",
                                          "delete-user", "action",     "sync" };

/* SmartlockAction.action and the Smartlock.state that it leads to. */
typedef struct
{
  int action;
  int state;
} ActionEnd;

static const ActionEnd lock_ends[] = { { 1, 3 }, { 2, 1 }, { 3, 3 }, { 4, 1 }, { 5, 1 } };
static const ActionEnd opener_ends[] = { { 1, 3 }, { 2, 1 }, { 3, 1 }, { 6, 1 }, { 7, 1 } };

static NukiSimOperation *
new_operation (NukiSimAccount *account, NukiSimOperationKind kind)
{
  NukiSimOperation *self = g_new0 (NukiSimOperation, 1);

  self->kind = kind;
  self->as_object = account->next_serial % 2 == 0;
  self->id = nuki_sim_account_make_id (account);

  return self;
}

/* Without a delay the effect comes with the next request but one, so that one request sees the change
 * waiting. */
static void
draw_due (NukiSimAccount *account, NukiSimOperation *self)
{
  guint delay = account->delay_from;

  if (account->delay_to > account->delay_from)
    delay = (guint) g_rand_int_range (account->dice, (gint32) account->delay_from,
                                      (gint32) account->delay_to + 1);
  self->appears = account->now + delay / 2;
  self->due = account->now + delay;
  self->due_request = account->delay_to == 0 ? account->n_requests + 2 : 0;
}

static void
queue (NukiSimAccount *account, NukiSimOperation *self)
{
  draw_due (account, self);
  g_ptr_array_add (account->operations, self);
}

static gboolean
is_due (NukiSimAccount *account, NukiSimOperation *self)
{
  if (self->lock_id != 0 && !nuki_sim_account_is_online (account, self->lock_id))
    return FALSE;

  return account->now >= self->due && account->n_requests >= self->due_request;
}

static void
apply_create (NukiSimAccount *account, NukiSimOperation *self)
{
  json_object_set_int_member (self->record, "authId", account->next_serial++);
  nuki_sim_account_stamp (account, self->record, "updateDate");
}

static void
apply_update (NukiSimAccount *account, NukiSimOperation *self)
{
  JsonObject *key = nuki_sim_account_find_key (account, self->key_id);
  g_autoptr (JsonObject) next = NULL;

  if (key == NULL)
    return;

  /* The lock counts on while the change is on its way. */
  next = nuki_sim_copy_object (self->record, TRUE);
  json_object_set_int_member (next, "lockCount", nuki_sim_get_int (key, "lockCount", 0));
  nuki_sim_account_stamp (account, next, "updateDate");
  nuki_sim_account_replace_key (account, key, next);
}

static void
apply_delete (NukiSimAccount *account, NukiSimOperation *self)
{
  JsonObject *key = nuki_sim_account_find_key (account, self->key_id);

  if (key != NULL)
    nuki_sim_account_remove_key (account, key);
}

/* The keys of a person who is gone stay on their locks, and belong to nobody. */
static void
apply_delete_user (NukiSimAccount *account, NukiSimOperation *self)
{
  JsonObject *user = nuki_sim_account_find_user (account, self->user_id);

  for (guint i = 0; i < account->keys->len; i++)
    {
      JsonObject *key = g_ptr_array_index (account->keys, i);

      if (nuki_sim_get_int (key, "accountUserId", 0) == self->user_id)
        json_object_remove_member (key, "accountUserId");
    }
  if (user != NULL)
    g_ptr_array_remove (account->users, user);
}

static int
find_end (gint64 type, gint64 action)
{
  const ActionEnd *ends = type == 2 ? opener_ends : lock_ends;

  for (guint i = 0; i < G_N_ELEMENTS (lock_ends); i++)
    if (ends[i].action == action)
      return ends[i].state;

  return 255;
}

static void
apply_action (NukiSimAccount *account, NukiSimOperation *self)
{
  JsonObject *lock = nuki_sim_account_find_lock (account, self->lock_id);
  gint64 action = nuki_sim_get_int (self->record, "action", 0);
  gint64 type = nuki_sim_get_int (lock, "type", 0);
  JsonObject *state;

  /* The old state may be shared with a dump that somebody holds. */
  state = nuki_sim_copy_object (json_object_get_object_member (lock, "state"), TRUE);
  json_object_set_int_member (state, "state", find_end (type, action));
  json_object_set_int_member (state, "lastAction", action);
  json_object_set_int_member (state, "trigger", 0);
  if (type == 2 && action >= 6)
    json_object_set_int_member (state, "mode", action == 6 ? 3 : 2);
  json_object_set_object_member (lock, "state", state);
  nuki_sim_account_stamp (account, lock, "updateDate");
  nuki_sim_log_add_action (account, lock, action);
}

static void
apply (NukiSimAccount *account, NukiSimOperation *self)
{
  switch (self->kind)
    {
    case NUKI_SIM_OPERATION_CREATE_KEY:
      apply_create (account, self);
      break;
    case NUKI_SIM_OPERATION_UPDATE_KEY:
      apply_update (account, self);
      break;
    case NUKI_SIM_OPERATION_DELETE_KEY:
      apply_delete (account, self);
      break;
    case NUKI_SIM_OPERATION_DELETE_USER:
      apply_delete_user (account, self);
      break;
    case NUKI_SIM_OPERATION_ACTION:
      apply_action (account, self);
      break;
    case NUKI_SIM_OPERATION_SYNC:
      nuki_sim_account_stamp (account, nuki_sim_account_find_lock (account, self->lock_id), "updateDate");
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
appear (NukiSimAccount *account, NukiSimOperation *self)
{
  if (self->kind != NUKI_SIM_OPERATION_CREATE_KEY || self->appeared || account->now < self->appears)
    return;

  nuki_sim_account_add_key (account, self->record);
  self->appeared = TRUE;
}

static JsonObject *
make_object_id (const char *id)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time_part = g_strndup (id, 8);
  guint seconds = (guint) g_ascii_strtoull (time_part, NULL, 16);
  g_autofree char *date = nuki_sim_format_date ((gint64) seconds * 1000);

  json_object_set_int_member (object, "timestamp", seconds);
  json_object_set_int_member (object, "counter",
                              (gint64) g_ascii_strtoull (id + MIN (18, strlen (id)), NULL, 16));
  json_object_set_int_member (object, "time", (gint64) seconds * 1000);
  json_object_set_string_member (object, "date", date);
  json_object_set_int_member (object, "processIdentifier", 12274);
  json_object_set_int_member (object, "timeSecond", seconds);
  json_object_set_int_member (object, "machineIdentifier", 13965945);

  return object;
}

void
nuki_sim_operation_free (NukiSimOperation *self)
{
  g_free (self->id);
  g_free (self->key_id);
  g_clear_pointer (&self->record, json_object_unref);
  g_free (self);
}

/* Queues a change of a key; @record is the whole key as it is to become, or NULL for a deletion. */
NukiSimOperation *
nuki_sim_operation_queue_key (NukiSimAccount *account,
                              NukiSimOperationKind kind,
                              gint64 lock_id,
                              const char *key_id,
                              JsonObject *record)
{
  NukiSimOperation *self = new_operation (account, kind);

  self->lock_id = lock_id;
  self->key_id = g_strdup (key_id);
  self->record = record != NULL ? json_object_ref (record) : NULL;
  queue (account, self);

  return self;
}

void
nuki_sim_operation_queue_user_delete (NukiSimAccount *account, gint64 user_id)
{
  NukiSimOperation *self = new_operation (account, NUKI_SIM_OPERATION_DELETE_USER);

  self->user_id = user_id;
  queue (account, self);
}

/* Queues a lock action or a sync, for which @action is NULL. */
void
nuki_sim_operation_queue_action (NukiSimAccount *account,
                                 NukiSimOperationKind kind,
                                 gint64 lock_id,
                                 JsonObject *action)
{
  NukiSimOperation *self = new_operation (account, kind);

  self->lock_id = lock_id;
  self->record = action != NULL ? json_object_ref (action) : NULL;
  queue (account, self);
}

NukiSimOperation *
nuki_sim_operation_find_by_key (NukiSimAccount *account, const char *key_id)
{
  for (guint i = 0; i < account->operations->len; i++)
    {
      NukiSimOperation *self = g_ptr_array_index (account->operations, i);

      if (g_strcmp0 (self->key_id, key_id) == 0)
        return self;
    }

  return NULL;
}

NukiSimOperation *
nuki_sim_operation_find_by_user (NukiSimAccount *account, gint64 user_id)
{
  for (guint i = 0; i < account->operations->len; i++)
    {
      NukiSimOperation *self = g_ptr_array_index (account->operations, i);

      if (self->user_id == user_id && self->user_id != 0)
        return self;
    }

  return NULL;
}

/* Returns: (nullable): the action or sync that the lock has yet to do */
NukiSimOperation *
nuki_sim_operation_find_by_action (NukiSimAccount *account, gint64 lock_id)
{
  for (guint i = 0; i < account->operations->len; i++)
    {
      NukiSimOperation *self = g_ptr_array_index (account->operations, i);

      if (self->lock_id == lock_id && self->key_id == NULL)
        return self;
    }

  return NULL;
}

/* Writes the `operationId` into the answer about the object that is busy. A new key has none: it lacks
 * updateDate. */
void
nuki_sim_operation_describe (NukiSimOperation *self, JsonObject *record)
{
  if (self->kind == NUKI_SIM_OPERATION_CREATE_KEY)
    return;

  if (self->key_id != NULL && self->as_object)
    json_object_set_object_member (record, "operationId", make_object_id (self->id));
  else
    json_object_set_string_member (record, "operationId", self->id);
}

/* Lets everything happen whose time has come. */
void
nuki_sim_operations_settle (NukiSimAccount *account)
{
  guint i = 0;

  while (i < account->operations->len)
    {
      NukiSimOperation *self = g_ptr_array_index (account->operations, i);

      appear (account, self);
      if (!is_due (account, self))
        {
          i++;
          continue;
        }
      apply (account, self);
      g_ptr_array_remove_index (account->operations, i);
    }
}

/* What waits for a request, because there is no delay, is due now. */
void
nuki_sim_operations_finish_requests (NukiSimAccount *account)
{
  for (guint i = 0; i < account->operations->len; i++)
    ((NukiSimOperation *) g_ptr_array_index (account->operations, i))->due_request = 0;
}

/* A lock that comes back needs its time for what has waited. */
void
nuki_sim_operations_postpone (NukiSimAccount *account, gint64 lock_id)
{
  for (guint i = 0; i < account->operations->len; i++)
    {
      NukiSimOperation *self = g_ptr_array_index (account->operations, i);

      if (self->lock_id == lock_id)
        draw_due (account, self);
    }
}

static gboolean
is_complete (NukiSimOperation *self)
{
  gboolean has_record = self->record != NULL;
  gboolean is_key = has_record && nuki_sim_get_string (self->record, "id") != NULL;

  switch (self->kind)
    {
    case NUKI_SIM_OPERATION_CREATE_KEY:
    case NUKI_SIM_OPERATION_UPDATE_KEY:
      return is_key && self->key_id != NULL && self->lock_id != 0;
    case NUKI_SIM_OPERATION_DELETE_KEY:
      return self->key_id != NULL && self->lock_id != 0;
    case NUKI_SIM_OPERATION_DELETE_USER:
      return self->user_id != 0;
    case NUKI_SIM_OPERATION_ACTION:
      return has_record && self->lock_id != 0;
    case NUKI_SIM_OPERATION_SYNC:
      return self->lock_id != 0;
    default:
      return FALSE;
    }
}

/* Returns: (nullable) (transfer full): the operation in an account file, or NULL if @node is none */
NukiSimOperation *
nuki_sim_operation_from_json (NukiSimAccount *account, JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  const char *kind = nuki_sim_get_string (object, "kind");
  g_autoptr (NukiSimOperation) self = NULL;
  gboolean known = FALSE;
  guint i;

  for (i = 0; i < G_N_ELEMENTS (kind_names) && !known; i++)
    known = g_strcmp0 (kind_names[i], kind) == 0;
  if (!known)
    return NULL;

  self = new_operation (account, (NukiSimOperationKind) (i - 1));
  if (nuki_sim_get_string (object, "id") != NULL)
    {
      g_free (self->id);
      self->id = g_strdup (nuki_sim_get_string (object, "id"));
    }
  self->lock_id = nuki_sim_get_int (object, "smartlockId", 0);
  self->user_id = nuki_sim_get_int (object, "accountUserId", 0);
  self->key_id = g_strdup (nuki_sim_get_string (object, "keyId"));
  self->appeared = json_object_get_boolean_member_with_default (object, "appeared", FALSE);
  self->due = self->appears = account->now + nuki_sim_get_int (object, "dueIn", 0);
  if (self->appeared && self->key_id != NULL)
    self->record = nuki_sim_account_find_key (account, self->key_id);
  if (self->record != NULL)
    json_object_ref (self->record);
  else if (json_object_has_member (object, "record"))
    self->record = nuki_sim_copy_object (json_object_get_object_member (object, "record"), TRUE);

  return is_complete (self) ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer full): the operation as it stands in a dump; `dueIn` is in milliseconds from @now */
JsonNode *
nuki_sim_operation_to_json (NukiSimOperation *self, gint64 now)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind_names[self->kind]);
  json_object_set_string_member (object, "id", self->id);
  if (self->lock_id != 0)
    json_object_set_int_member (object, "smartlockId", self->lock_id);
  if (self->user_id != 0)
    json_object_set_int_member (object, "accountUserId", self->user_id);
  if (self->key_id != NULL)
    json_object_set_string_member (object, "keyId", self->key_id);
  if (self->kind == NUKI_SIM_OPERATION_CREATE_KEY)
    json_object_set_boolean_member (object, "appeared", self->appeared);
  if (self->record != NULL)
    json_object_set_object_member (object, "record", nuki_sim_copy_object (self->record, TRUE));
  json_object_set_int_member (object, "dueIn", MAX (self->due - now, 0));
  json_node_take_object (node, object);

  return node;
}
