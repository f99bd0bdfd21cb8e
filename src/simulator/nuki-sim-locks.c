/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-locks.h"

#include <libsoup/soup.h>

#include "nuki-sim-operation.h"

#define MAX_NAME_BYTES 32

static const NukiSimField update_fields[] = {
  NUKI_SIM_FIELD ("name", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD ("favorite", NUKI_SIM_FIELD_BOOLEAN),
  NUKI_SIM_FIELD_END,
};

static const NukiSimField action_fields[] = {
  NUKI_SIM_FIELD_RANGE ("action", 1, 7),
  NUKI_SIM_FIELD_RANGE ("option", 0, 255),
  NUKI_SIM_FIELD_END,
};

static gint64
get_id (NukiSimRequest *request)
{
  return nuki_sim_get_int (request->lock, "smartlockId", 0);
}

static JsonObject *
present (NukiSimRequest *request, JsonObject *lock)
{
  JsonObject *answer = nuki_sim_present (lock);
  NukiSimOperation *operation =
      nuki_sim_operation_find_by_action (request->account, nuki_sim_get_int (lock, "smartlockId", 0));

  if (operation != NULL)
    nuki_sim_operation_describe (operation, answer);

  return answer;
}

static gboolean
knows_action (JsonObject *lock, gint64 action)
{
  switch (nuki_sim_get_int (lock, "type", 0))
    {
    case 1:
      return action == 1;
    case 2:
      return action >= 1 && action <= 7 && action != 4 && action != 5;
    default:
      return action >= 1 && action <= 5;
    }
}

static void
act (NukiSimRequest *request, gint64 action)
{
  g_autoptr (JsonObject) record = NULL;

  if (!knows_action (request->lock, action))
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, action);

      nuki_sim_request_fail_value (request, "action", text);
      return;
    }
  if (!nuki_sim_account_is_online (request->account, get_id (request)) ||
      nuki_sim_operation_find_by_action (request->account, get_id (request)) != NULL)
    {
      nuki_sim_request_fail (request, SOUP_STATUS_LOCKED, NULL);
      return;
    }

  record = json_object_new ();
  json_object_set_int_member (record, "action", action);
  nuki_sim_operation_queue_action (request->account, NUKI_SIM_OPERATION_ACTION, get_id (request), record);
  nuki_sim_request_accept (request);
}

/* GET /smartlock */
void
nuki_sim_locks_list (NukiSimRequest *request)
{
  GPtrArray *locks = request->account->locks;
  JsonArray *answer;
  gint64 auth_id;
  gint64 type;

  if (!nuki_sim_request_get_query_int (request, "authId", -1, &auth_id) ||
      !nuki_sim_request_get_query_int (request, "type", -1, &type))
    return;

  answer = json_array_new ();
  for (guint i = 0; i < locks->len; i++)
    {
      JsonObject *lock = g_ptr_array_index (locks, i);

      if ((auth_id == -1 || nuki_sim_get_int (lock, "authId", -1) == auth_id) &&
          (type == -1 || nuki_sim_get_int (lock, "type", -1) == type))
        json_array_add_object_element (answer, present (request, lock));
    }
  nuki_sim_request_answer_array (request, answer);
}

/* GET /smartlock/{id} */
void
nuki_sim_locks_get (NukiSimRequest *request)
{
  nuki_sim_request_answer_object (request, present (request, request->lock));
}

/* POST /smartlock/{id}. Name and favourite are the service's own: they do not wait for the lock. */
void
nuki_sim_locks_update (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, update_fields);
  const char *name;

  if (body == NULL)
    return;

  name = nuki_sim_get_string (body, "name");
  if (name != NULL && *name == '\0')
    {
      nuki_sim_request_fail_value (request, "name", name);
      return;
    }
  if (name != NULL && strlen (name) > MAX_NAME_BYTES)
    {
      nuki_sim_request_fail (request, NUKI_SIM_STATUS_UNPROCESSABLE, "The name is too long");
      return;
    }
  if (name != NULL)
    json_object_set_string_member (request->lock, "name", name);
  if (json_object_has_member (body, "favorite"))
    json_object_set_boolean_member (request->lock, "favorite",
                                    json_object_get_boolean_member (body, "favorite"));
  nuki_sim_account_stamp (request->account, request->lock, "updateDate");
  nuki_sim_request_accept (request);
}

/* POST /smartlock/{id}/sync */
void
nuki_sim_locks_sync (NukiSimRequest *request)
{
  nuki_sim_operation_queue_action (request->account, NUKI_SIM_OPERATION_SYNC, get_id (request), NULL);
  nuki_sim_request_accept (request);
}

/* POST /smartlock/{id}/action */
void
nuki_sim_locks_act (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, action_fields);

  if (body == NULL)
    return;
  if (!json_object_has_member (body, "action"))
    nuki_sim_request_fail_value (request, "action", NULL);
  else
    act (request, json_object_get_int_member (body, "action"));
}

/* POST /smartlock/{id}/action/lock */
void
nuki_sim_locks_act_lock (NukiSimRequest *request)
{
  act (request, 2);
}

/* POST /smartlock/{id}/action/unlock */
void
nuki_sim_locks_act_unlock (NukiSimRequest *request)
{
  act (request, 1);
}
