/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-edit.h"

#include <gio/gio.h>

/* A record with this member that is true goes. */
#define REMOVED "removed"

/* The lists of an account that can be edited, and what tells their records apart. */
static const struct
{
  const char *list;
  const char *id;
} lists[] = {
  { "locks", "smartlockId" },
  { "users", "accountUserId" },
  { "keys", "id" },
};

static gboolean
find_record (JsonArray *records, const char *id_member, JsonNode *id, guint *position)
{
  for (guint i = 0; i < json_array_get_length (records); i++)
    {
      JsonObject *record = json_array_get_object_element (records, i);

      if (json_node_equal (json_object_get_member (record, id_member), id))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* What is null goes, what is an object is merged likewise, and everything else is replaced. */
static void
merge (JsonObject *record, JsonObject *edit)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, edit);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *known = json_object_get_member (record, name);

      if (JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (record, name);
      else if (known != NULL && JSON_NODE_HOLDS_OBJECT (known) && JSON_NODE_HOLDS_OBJECT (value))
        merge (json_node_get_object (known), json_node_get_object (value));
      else
        json_object_set_member (record, name, json_node_copy (value));
    }
}

static gboolean
edit_record (JsonArray *records, const char *id_member, JsonNode *edit, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (edit) ? json_node_get_object (edit) : NULL;
  JsonNode *id = object != NULL ? json_object_get_member (object, id_member) : NULL;
  guint position = 0;
  gboolean is_known = id != NULL && find_record (records, id_member, id, &position);
  gboolean is_removal = object != NULL && json_object_get_boolean_member_with_default (object, REMOVED, FALSE);

  if (id == NULL || (is_removal && !is_known))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "There is no record with such a “%s”", id_member);
      return FALSE;
    }

  if (is_removal)
    json_array_remove_element (records, position);
  else if (is_known)
    merge (json_array_get_object_element (records, position), object);
  else
    json_array_add_element (records, json_node_copy (edit));

  return TRUE;
}

/*
 * nuki_sim_edit:
 * @account: an account as it is dumped
 * @edits: lists of the same form whose records are merged into those with their id, added, or removed if they say so
 *
 * Returns: FALSE if @edits cannot be used; @account is not usable any more then
 */
gboolean
nuki_sim_edit (JsonNode *account, JsonNode *edits, GError **error)
{
  if (!JSON_NODE_HOLDS_OBJECT (edits))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Edits are a JSON object");
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonArray *records = json_object_get_array_member (json_node_get_object (account), lists[i].list);
      JsonNode *node = json_object_get_member (json_node_get_object (edits), lists[i].list);
      JsonArray *wanted = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; wanted != NULL && j < json_array_get_length (wanted); j++)
        if (!edit_record (records, lists[i].id, json_array_get_element (wanted, j), error))
          return FALSE;
    }

  return TRUE;
}
