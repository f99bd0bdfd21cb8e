/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-log.h"

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 50

/* SmartlockLog.trigger: web. */
#define TRIGGER_WEB 4

typedef struct
{
  gint64 lock_id;
  gint64 user_id;
  gint64 action;
  const char *key_id;
  const char *from;
  const char *until;
} Filter;

static gboolean
is_absent_or_equal (gint64 wanted, JsonObject *entry, const char *member)
{
  return wanted == -1 || nuki_sim_get_int (entry, member, -1) == wanted;
}

static gboolean
matches (const Filter *filter, JsonObject *entry)
{
  const char *date = nuki_sim_get_string (entry, "date");

  return is_absent_or_equal (filter->lock_id, entry, "smartlockId") &&
         is_absent_or_equal (filter->user_id, entry, "accountUserId") &&
         is_absent_or_equal (filter->action, entry, "action") &&
         (filter->key_id == NULL || g_strcmp0 (nuki_sim_get_string (entry, "authId"), filter->key_id) == 0) &&
         (filter->from == NULL || g_strcmp0 (date, filter->from) >= 0) &&
         (filter->until == NULL || g_strcmp0 (date, filter->until) <= 0);
}

/* All dates of the account have one form, so they compare as text. */
static gboolean
read_date (NukiSimRequest *request, const char *name, char **date)
{
  const char *text = nuki_sim_request_get_query (request, name);

  if (text == NULL)
    return TRUE;

  *date = nuki_sim_normalize_date (text);
  if (*date == NULL)
    return nuki_sim_request_fail_value (request, name, text);

  return TRUE;
}

static guint
find_position_after (NukiSimAccount *account, const char *id)
{
  for (guint i = 0; id != NULL && i < account->log->len; i++)
    if (g_strcmp0 (nuki_sim_get_string (g_ptr_array_index (account->log, i), "id"), id) == 0)
      return i + 1;

  return 0;
}

/* Notes in the log that @lock did @action for the Web API. */
void
nuki_sim_log_add_action (NukiSimAccount *account, JsonObject *lock, gint64 action)
{
  JsonObject *entry = json_object_new ();
  g_autofree char *id = nuki_sim_account_make_id (account);
  gint64 type = nuki_sim_get_int (lock, "type", 0);

  json_object_set_string_member (entry, "id", id);
  json_object_set_int_member (entry, "smartlockId", nuki_sim_get_int (lock, "smartlockId", 0));
  json_object_set_int_member (entry, "deviceType", type == 1 ? 0 : type);
  json_object_set_string_member (entry, "name", "Nuki Web");
  json_object_set_int_member (entry, "action", action);
  json_object_set_int_member (entry, "trigger", TRIGGER_WEB);
  json_object_set_int_member (entry, "state", 0);
  json_object_set_boolean_member (entry, "autoUnlock", FALSE);
  nuki_sim_account_stamp (account, entry, "date");
  json_object_set_int_member (entry, "source", 0);
  g_ptr_array_insert (account->log, 0, entry);
}

/* GET /smartlock/log and GET /smartlock/{id}/log */
void
nuki_sim_log_list (NukiSimRequest *request)
{
  Filter filter = { .lock_id = -1 };
  GPtrArray *log = request->account->log;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  JsonArray *answer;
  gint64 limit;

  if (request->lock != NULL)
    filter.lock_id = nuki_sim_get_int (request->lock, "smartlockId", -1);
  filter.key_id = nuki_sim_request_get_query (request, "authId");
  if (!nuki_sim_request_get_query_int (request, "limit", DEFAULT_LIMIT, &limit) ||
      !nuki_sim_request_get_query_int (request, "accountUserId", -1, &filter.user_id) ||
      !nuki_sim_request_get_query_int (request, "action", -1, &filter.action) ||
      !read_date (request, "fromDate", &from) || !read_date (request, "toDate", &until))
    return;

  filter.from = from;
  filter.until = until;
  limit = CLAMP (limit, 1, MAX_LIMIT);
  answer = json_array_new ();
  for (guint i = find_position_after (request->account, nuki_sim_request_get_query (request, "id"));
       i < log->len && json_array_get_length (answer) < limit; i++)
    if (matches (&filter, g_ptr_array_index (log, i)))
      json_array_add_object_element (answer, nuki_sim_present (g_ptr_array_index (log, i)));
  nuki_sim_request_answer_array (request, answer);
}
