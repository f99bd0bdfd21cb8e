/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-users.h"

#include <libsoup/soup.h>

#include "nuki-sim-operation.h"

/* The maximum of the service is not published; a small one makes clients page. */
#define MAX_PAGE 10

static const NukiSimField user_fields[] = {
  NUKI_SIM_FIELD ("email", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD ("name", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD ("language", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD_RANGE ("type", 0, 1),
  NUKI_SIM_FIELD_END,
};

static const NukiSimField user_update_fields[] = {
  NUKI_SIM_FIELD ("email", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD ("name", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD ("language", NUKI_SIM_FIELD_STRING),
  NUKI_SIM_FIELD_END,
};

static const char *const languages[] = { "en", "de", "es", "fr", "it", "nl", "cs", "sk", NULL };

static gint64
get_id (JsonObject *user)
{
  return nuki_sim_get_int (user, "accountUserId", 0);
}

static JsonObject *
present (NukiSimRequest *request, JsonObject *user)
{
  JsonObject *answer = nuki_sim_present (user);
  NukiSimOperation *operation = nuki_sim_operation_find_by_user (request->account, get_id (user));

  if (operation != NULL)
    nuki_sim_operation_describe (operation, answer);

  return answer;
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && strchr (at + 1, '@') == NULL && strchr (at + 1, '.') != NULL &&
         at[1] != '.' && !g_str_has_suffix (text, ".") && strpbrk (text, " \t\r\n<>,;\"") == NULL;
}

static gboolean
check_values (NukiSimRequest *request, JsonObject *body, JsonObject *own)
{
  const char *name = nuki_sim_get_string (body, "name");
  const char *email = nuki_sim_get_string (body, "email");
  const char *language = nuki_sim_get_string (body, "language");
  JsonObject *other;

  if (name != NULL && *name == '\0')
    return nuki_sim_request_fail_value (request, "name", name);
  if (email != NULL && !is_email (email))
    return nuki_sim_request_fail_value (request, "email", email);
  if (language != NULL && !g_strv_contains (languages, language))
    return nuki_sim_request_fail_value (request, "language", language);

  other = email != NULL ? nuki_sim_account_find_user_by_email (request->account, email) : NULL;
  if (other != NULL && other != own)
    return nuki_sim_request_fail (request, SOUP_STATUS_CONFLICT, "The parameter 'email' exists already");

  return TRUE;
}

static void
take_values (NukiSimRequest *request, JsonObject *user, JsonObject *body)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    json_object_set_member (user, member, json_node_copy (node));
  nuki_sim_account_stamp (request->account, user, "updateDate");
}

static gboolean
is_busy (NukiSimRequest *request)
{
  if (nuki_sim_operation_find_by_user (request->account, get_id (request->user)) == NULL)
    return FALSE;

  nuki_sim_request_fail (request, SOUP_STATUS_LOCKED, NULL);
  return TRUE;
}

/* GET /account */
void
nuki_sim_users_get_owner (NukiSimRequest *request)
{
  nuki_sim_request_answer_object (request, nuki_sim_present (request->account->owner));
}

/* GET /account/user */
void
nuki_sim_users_list (NukiSimRequest *request)
{
  GPtrArray *users = request->account->users;
  const char *email = nuki_sim_request_get_query (request, "email");
  JsonArray *answer;
  gint64 offset;
  gint64 limit;

  if (!nuki_sim_request_get_query_int (request, "offset", 0, &offset) ||
      !nuki_sim_request_get_query_int (request, "limit", MAX_PAGE, &limit))
    return;

  limit = CLAMP (limit, 1, MAX_PAGE);
  answer = json_array_new ();
  for (guint i = 0; i < users->len && json_array_get_length (answer) < limit; i++)
    {
      JsonObject *user = g_ptr_array_index (users, i);

      if (email != NULL && user != nuki_sim_account_find_user_by_email (request->account, email))
        continue;
      if (offset-- > 0)
        continue;
      json_array_add_object_element (answer, present (request, user));
    }
  nuki_sim_request_answer_array (request, answer);
}

/* GET /account/user/{id} */
void
nuki_sim_users_get (NukiSimRequest *request)
{
  nuki_sim_request_answer_object (request, present (request, request->user));
}

/* PUT /account/user */
void
nuki_sim_users_create (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, user_fields);
  JsonObject *user;

  if (body == NULL || !check_values (request, body, NULL))
    return;
  if (!json_object_has_member (body, "name") || !json_object_has_member (body, "email"))
    {
      nuki_sim_request_fail (request, SOUP_STATUS_BAD_REQUEST, "Invalid email address or name supplied");
      return;
    }

  user = json_object_new ();
  json_object_set_int_member (user, "accountUserId", nuki_sim_account_make_number (request->account));
  json_object_set_int_member (user, "accountId", nuki_sim_get_int (request->account->owner, "accountId", 0));
  json_object_set_int_member (user, "type", 0);
  json_object_set_string_member (user, "language", "en");
  nuki_sim_account_stamp (request->account, user, "creationDate");
  take_values (request, user, body);
  g_ptr_array_add (request->account->users, user);
  nuki_sim_request_answer_object (request, present (request, user));
}

/* POST /account/user/{id} */
void
nuki_sim_users_update (NukiSimRequest *request)
{
  g_autoptr (JsonObject) body = nuki_sim_request_read_object (request, request->body, user_update_fields);

  if (body == NULL || !check_values (request, body, request->user) || is_busy (request))
    return;

  take_values (request, request->user, body);
  nuki_sim_request_answer_object (request, present (request, request->user));
}

/* DELETE /account/user/{id} */
void
nuki_sim_users_delete (NukiSimRequest *request)
{
  if (is_busy (request))
    return;

  nuki_sim_operation_queue_user_delete (request->account, get_id (request->user));
  nuki_sim_request_accept (request);
}
