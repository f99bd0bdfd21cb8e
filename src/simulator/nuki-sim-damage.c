/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-damage.h"

#include <string.h>

#define DEPTH 100000
#define HUGE_BYTES (80 * 1000 * 1000)

static JsonNode *twist (JsonNode *node);

static JsonNode *
twist_value (JsonNode *node)
{
  g_autoptr (JsonArray) nothing = NULL;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_init_int (json_node_alloc (), (gint64) strlen (json_node_get_string (node)));
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return json_node_init_string (json_node_alloc (), "many");

  nothing = json_array_new ();
  return json_node_init_array (json_node_alloc (), nothing);
}

static JsonNode *
twist_object (JsonObject *object)
{
  JsonNode *twisted = json_node_new (JSON_NODE_OBJECT);
  JsonObject *members = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (members, name, twist (node));
  json_node_take_object (twisted, members);

  return twisted;
}

static JsonNode *
twist_array (JsonArray *array)
{
  JsonNode *twisted = json_node_new (JSON_NODE_ARRAY);
  JsonArray *elements = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (elements, twist (json_array_get_element (array, i)));
  json_node_take_array (twisted, elements);

  return twisted;
}

/* Returns: (transfer full): @node with nothing in it having the type that it should have */
static JsonNode *
twist (JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return twist_object (json_node_get_object (node));
    case JSON_NODE_ARRAY:
      return twist_array (json_node_get_array (node));
    case JSON_NODE_VALUE:
      return twist_value (node);
    case JSON_NODE_NULL:
    default:
      return json_node_init_boolean (json_node_alloc (), TRUE);
    }
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
make_wrong_types (JsonNode *answer)
{
  g_autoptr (JsonNode) twisted = NULL;

  if (answer == NULL)
    return take_text (g_strdup ("[17,\"x\",null]"));

  twisted = twist (answer);
  return take_text (json_to_string (twisted, FALSE));
}

static GBytes *
make_cut (JsonNode *answer)
{
  g_autofree char *text = answer != NULL ? json_to_string (answer, FALSE) : g_strdup ("{\"accepted\":true}");

  text[strlen (text) / 2] = '\0';
  /* An empty answer is another fault. */
  return take_text (*text != '\0' ? g_steal_pointer (&text) : g_strdup ("["));
}

/* Names and texts begin with a byte that is in no UTF-8; the JSON around them stays as it is. */
static GBytes *
make_bad_utf8 (JsonNode *answer)
{
  char *text = answer != NULL ? json_to_string (answer, FALSE) : g_strdup ("{\"name\":\"Anna\"}");
  gboolean is_spoilt = FALSE;

  for (char *p = text; *p != '\0'; p++)
    {
      if (*p != '"' || !g_ascii_isalnum (p[1]))
        continue;
      p[1] = '\xFF';
      is_spoilt = TRUE;
    }

  if (!is_spoilt)
    {
      g_free (text);
      text = g_strdup ("[\"\xFF\xFE\"]");
    }

  return take_text (text);
}

/* Deeper than what reads it may go into itself. */
static GBytes *
make_deep (void)
{
  char *text = g_strnfill (2 * DEPTH, '[');

  memset (text + DEPTH, ']', DEPTH);
  return take_text (text);
}

static GBytes *
make_huge (void)
{
  char *text = g_strnfill (HUGE_BYTES, ' ');

  text[0] = '[';
  text[HUGE_BYTES - 1] = ']';

  return take_text (text);
}

/*
 * nuki_sim_damage:
 * @answer: (nullable): what would be answered, or %NULL if that is empty
 *
 * Returns: (transfer full): what is answered instead
 */
GBytes *
nuki_sim_damage (NukiSimFaultKind kind, JsonNode *answer)
{
  switch (kind)
    {
    case NUKI_SIM_FAULT_CUT:
      return make_cut (answer);
    case NUKI_SIM_FAULT_WRONG_TYPES:
      return make_wrong_types (answer);
    case NUKI_SIM_FAULT_BAD_UTF8:
      return make_bad_utf8 (answer);
    case NUKI_SIM_FAULT_DEEP:
      return make_deep ();
    case NUKI_SIM_FAULT_HUGE:
      return make_huge ();
    case NUKI_SIM_FAULT_ANSWER:
    case NUKI_SIM_FAULT_REFUSE:
    case NUKI_SIM_FAULT_RESET_BEFORE:
    case NUKI_SIM_FAULT_CLOSE:
    case NUKI_SIM_FAULT_GARBAGE:
    case NUKI_SIM_FAULT_RESET_IN:
    case NUKI_SIM_FAULT_RESET_AFTER:
    case NUKI_SIM_FAULT_HANG:
    case NUKI_SIM_FAULT_DRIP:
    case NUKI_SIM_FAULT_DROP_LIMITS:
    default:
      g_assert_not_reached ();
    }
}
