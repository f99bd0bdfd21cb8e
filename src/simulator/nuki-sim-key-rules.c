/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-key-rules.h"

#include <libsoup/soup.h>

#include "nuki-sim-operation.h"

#define MAX_NAME_BYTES 32
#define MAX_CODE_NAME_BYTES 20
#define MAX_KEYS 200
#define MAX_CODES 200
/* Smart Lock 1 and 2 hold fewer codes. */
#define MAX_CODES_OLD 100

static const char *const limit_members[] = { "allowedFromDate", "allowedUntilDate", "allowedWeekDays",
                                             "allowedFromTime", "allowedUntilTime" };

static gint64
get_type (JsonObject *key)
{
  return nuki_sim_get_int (key, "type", NUKI_SIM_TYPE_APP);
}

static gboolean
has_keypad (JsonObject *lock)
{
  JsonObject *config;

  if (!json_object_has_member (lock, "config"))
    return FALSE;

  config = json_object_get_object_member (lock, "config");
  return json_object_get_boolean_member_with_default (config, "keypadPaired", FALSE) ||
         json_object_get_boolean_member_with_default (config, "keypad2Paired", FALSE);
}

/* A code has six digits from 1 to 9 and does not begin with 12. */
static gboolean
is_code (gint64 code)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, code);

  return strlen (digits) == 6 && strspn (digits, "123456789") == 6 && !g_str_has_prefix (digits, "12");
}

/* Two codes may not be equal on a lock, and nobody has two app keys to it. */
static gboolean
collides (JsonObject *key, JsonObject *other, const char **member)
{
  if (get_type (key) != get_type (other))
    return FALSE;

  if (get_type (key) == NUKI_SIM_TYPE_CODE)
    *member = "code";
  else if (get_type (key) == NUKI_SIM_TYPE_APP)
    *member = "accountUserId";
  else
    return FALSE;

  return nuki_sim_get_int (key, *member, -1) == nuki_sim_get_int (other, *member, -2);
}

static gboolean
is_other_key_of (JsonObject *lock, const char *own_id, JsonObject *other)
{
  return nuki_sim_get_int (other, "smartlockId", 0) == nuki_sim_get_int (lock, "smartlockId", 0) &&
         g_strcmp0 (nuki_sim_get_string (other, "id"), own_id) != 0;
}

/* What waits for the lock counts as if it were there already; what is being deleted is still there. */
static gboolean
check_unique (NukiSimRequest *request, JsonObject *lock, const char *own_id, JsonObject *key)
{
  NukiSimAccount *account = request->account;
  const char *member = NULL;
  gboolean taken = FALSE;

  for (guint i = 0; i < account->keys->len && !taken; i++)
    {
      JsonObject *other = g_ptr_array_index (account->keys, i);

      taken = is_other_key_of (lock, own_id, other) && collides (key, other, &member);
    }
  for (guint i = 0; i < account->operations->len && !taken; i++)
    {
      NukiSimOperation *operation = g_ptr_array_index (account->operations, i);

      taken = operation->key_id != NULL && operation->record != NULL &&
              is_other_key_of (lock, own_id, operation->record) && collides (key, operation->record, &member);
    }
  if (taken)
    return nuki_sim_request_fail (request, SOUP_STATUS_CONFLICT, "The parameter '%s' exists already", member);

  return TRUE;
}

static gboolean
check_name (NukiSimRequest *request, JsonObject *key)
{
  const char *name = nuki_sim_get_string (key, "name");
  gsize max = get_type (key) == NUKI_SIM_TYPE_CODE ? MAX_CODE_NAME_BYTES : MAX_NAME_BYTES;

  if (name == NULL)
    return nuki_sim_request_fail (request, NUKI_SIM_STATUS_UNPROCESSABLE, "The parameter 'name' is missing");
  if (*name == '\0')
    return nuki_sim_request_fail_value (request, "name", name);
  if (strlen (name) > max)
    return nuki_sim_request_fail (request, NUKI_SIM_STATUS_UNPROCESSABLE, "The name is too long");

  return TRUE;
}

static gboolean
check_code (NukiSimRequest *request, JsonObject *lock, JsonObject *key)
{
  g_autofree char *text = NULL;

  if (get_type (key) != NUKI_SIM_TYPE_CODE)
    return TRUE;
  if (!has_keypad (lock))
    return nuki_sim_request_fail_value (request, "type", "13");
  if (!json_object_has_member (key, "code"))
    return nuki_sim_request_fail_value (request, "code", NULL);

  text = g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (key, "code"));
  if (!is_code (json_object_get_int_member (key, "code")))
    return nuki_sim_request_fail_value (request, "code", text);

  return TRUE;
}

static gboolean
check_person (NukiSimRequest *request, JsonObject *key)
{
  g_autofree char *text = NULL;
  gint64 user_id;

  if (!json_object_has_member (key, "accountUserId"))
    return TRUE;

  user_id = json_object_get_int_member (key, "accountUserId");
  text = g_strdup_printf ("%" G_GINT64_FORMAT, user_id);
  if (nuki_sim_account_find_user (request->account, user_id) == NULL)
    return nuki_sim_request_fail_value (request, "accountUserId", text);

  return TRUE;
}

/*
 * Checks @key as it is to be on @lock; @own_id is NULL for a new one.
 *
 * Returns: FALSE if it breaks a rule; then the request was answered
 */
gboolean
nuki_sim_key_rules_check (NukiSimRequest *request, JsonObject *lock, const char *own_id, JsonObject *key)
{
  return check_name (request, key) && check_code (request, lock, key) && check_person (request, key) &&
         check_unique (request, lock, own_id, key);
}

/* Returns: FALSE if @lock has no room for one more of @type; then the request was answered */
gboolean
nuki_sim_key_rules_check_room (NukiSimRequest *request, JsonObject *lock, gint64 type)
{
  NukiSimAccount *account = request->account;
  gboolean is_old = nuki_sim_get_int (lock, "type", 0) == 0;
  gboolean is_code_wanted = type == NUKI_SIM_TYPE_CODE;
  guint max = !is_code_wanted ? MAX_KEYS : is_old ? MAX_CODES_OLD : MAX_CODES;
  guint n = 0;

  for (guint i = 0; i < account->keys->len; i++)
    {
      JsonObject *key = g_ptr_array_index (account->keys, i);

      n += is_other_key_of (lock, NULL, key) && (get_type (key) == NUKI_SIM_TYPE_CODE) == is_code_wanted;
    }
  for (guint i = 0; i < account->operations->len; i++)
    {
      NukiSimOperation *operation = g_ptr_array_index (account->operations, i);

      n += operation->kind == NUKI_SIM_OPERATION_CREATE_KEY && !operation->appeared &&
           is_other_key_of (lock, NULL, operation->record) &&
           (get_type (operation->record) == NUKI_SIM_TYPE_CODE) == is_code_wanted;
    }
  if (n >= max)
    return nuki_sim_request_fail (request, SOUP_STATUS_CONFLICT,
                                  "The maximum of %u authorizations is reached", max);

  return TRUE;
}

/*
 * Gives @key the limits in @body and no others: a limit that is not sent is gone, and without weekdays all
 * are ignored, as users of the service found out.
 */
void
nuki_sim_key_rules_take_limits (JsonObject *key, JsonObject *body)
{
  gboolean has_weekdays = json_object_has_member (body, "allowedWeekDays");

  for (guint i = 0; i < G_N_ELEMENTS (limit_members); i++)
    {
      JsonNode *node = json_object_get_member (body, limit_members[i]);

      if (node != NULL && has_weekdays)
        json_object_set_member (key, limit_members[i], json_node_copy (node));
      else if (json_object_has_member (key, limit_members[i]))
        json_object_remove_member (key, limit_members[i]);
    }
}

static void
drop_limits (JsonObject *body)
{
  for (guint i = 0; i < G_N_ELEMENTS (limit_members); i++)
    json_object_remove_member (body, limit_members[i]);
}

/* What a lock gets that ignores limits; of one key or of several. */
void
nuki_sim_key_rules_drop_limits (JsonNode *body)
{
  JsonArray *keys = JSON_NODE_HOLDS_ARRAY (body) ? json_node_get_array (body) : NULL;

  if (JSON_NODE_HOLDS_OBJECT (body))
    drop_limits (json_node_get_object (body));
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (keys, i)))
      drop_limits (json_array_get_object_element (keys, i));
}
