/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-request.h"

#include <libsoup/soup.h>

static JsonObject *
make_exception (const char *detail)
{
  JsonObject *object = json_object_new ();

  if (detail != NULL)
    json_object_set_string_member (object, "detailMessage", detail);
  json_object_set_array_member (object, "stackTrace", json_array_new ());
  json_object_set_array_member (object, "suppressedExceptions", json_array_new ());

  return object;
}

/* The framework of the service answers some statuses itself, in a form of its own. */
static JsonObject *
make_framework_status (guint status, const char *description)
{
  JsonObject *object = json_object_new ();
  g_autofree char *uri = g_strdup_printf ("http://www.webdav.org/specs/rfc2518.html#STATUS_%u", status);

  json_object_set_int_member (object, "code", status);
  json_object_set_string_member (object, "description", description);
  json_object_set_string_member (object, "homeRef", "/");
  json_object_set_string_member (object, "reasonPhrase",
                                 status == NUKI_SIM_STATUS_UNPROCESSABLE ? "Unprocessable Entity"
                                                                         : soup_status_get_phrase (status));
  json_object_set_string_member (object, "uri", uri);

  return object;
}

static gboolean
is_framework_status (guint status)
{
  return status == NUKI_SIM_STATUS_UNPROCESSABLE || status == SOUP_STATUS_METHOD_NOT_ALLOWED;
}

static const NukiSimField *
find_field (const NukiSimField *fields, const char *name)
{
  for (const NukiSimField *field = fields; field->name != NULL; field++)
    if (g_strcmp0 (field->name, name) == 0)
      return field;

  return NULL;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
holds_ids (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!holds (json_array_get_element (array, i), G_TYPE_INT64))
      return FALSE;

  return TRUE;
}

static gboolean
fits (const NukiSimField *field, JsonNode *node)
{
  switch (field->kind)
    {
    case NUKI_SIM_FIELD_STRING:
      return holds (node, G_TYPE_STRING);
    case NUKI_SIM_FIELD_BOOLEAN:
      return holds (node, G_TYPE_BOOLEAN);
    case NUKI_SIM_FIELD_INTEGER:
      return holds (node, G_TYPE_INT64) && json_node_get_int (node) >= field->min &&
             json_node_get_int (node) <= field->max;
    case NUKI_SIM_FIELD_DATE:
      if (holds (node, G_TYPE_STRING))
        {
          g_autofree char *date = nuki_sim_normalize_date (json_node_get_string (node));

          return date != NULL;
        }
      return FALSE;
    case NUKI_SIM_FIELD_IDS:
      return holds_ids (node);
    default:
      g_assert_not_reached ();
    }
}

static void
take_field (JsonObject *object, const NukiSimField *field, JsonNode *node)
{
  if (field->kind == NUKI_SIM_FIELD_DATE)
    {
      g_autofree char *date = nuki_sim_normalize_date (json_node_get_string (node));

      json_object_set_string_member (object, field->name, date);
    }
  else
    {
      json_object_set_member (object, field->name, json_node_copy (node));
    }
}

void
nuki_sim_request_clear (NukiSimRequest *self)
{
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->answer, json_node_unref);
}

/* Answers 200 with @answer, which is taken. */
void
nuki_sim_request_answer (NukiSimRequest *self, JsonNode *answer)
{
  g_assert (self->status == 0);

  self->status = SOUP_STATUS_OK;
  self->answer = answer;
}

void
nuki_sim_request_answer_object (NukiSimRequest *self, JsonObject *answer)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, answer);
  nuki_sim_request_answer (self, node);
}

void
nuki_sim_request_answer_array (NukiSimRequest *self, JsonArray *answer)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, answer);
  nuki_sim_request_answer (self, node);
}

/* Answers 204: the request is accepted, and not more than that. */
void
nuki_sim_request_accept (NukiSimRequest *self)
{
  g_assert (self->status == 0);

  self->status = SOUP_STATUS_NO_CONTENT;
}

/* Answers an error in the form that the service has for this status; @format may be NULL. Returns: FALSE */
gboolean
nuki_sim_request_fail (NukiSimRequest *self, guint status, const char *format, ...)
{
  g_autofree char *text = NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  va_list args;

  g_assert (self->status == 0);

  va_start (args, format);
  text = format != NULL ? g_strdup_vprintf (format, args) : NULL;
  va_end (args);

  self->status = status;
  json_node_take_object (node, is_framework_status (status) ? make_framework_status (status, text)
                                                            : make_exception (text));
  self->answer = node;

  return FALSE;
}

/* Answers 400 about one parameter, in the words of the service. Returns: FALSE */
gboolean
nuki_sim_request_fail_value (NukiSimRequest *self, const char *parameter, const char *value)
{
  return nuki_sim_request_fail (self, SOUP_STATUS_BAD_REQUEST,
                                "The supplied value '%s' for parameter '%s' is not valid.",
                                value != NULL ? value : "null", parameter);
}

/*
 * Reads an object that was sent: fields that the API does not have are answered with 422, other types and
 * values out of range with 400. A null is the same as an absent field.
 *
 * Returns: (transfer full) (nullable): the fields, or NULL if the request was answered
 */
JsonObject *
nuki_sim_request_read_object (NukiSimRequest *self, JsonNode *node, const NukiSimField *fields)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      nuki_sim_request_fail (self, SOUP_STATUS_BAD_REQUEST, "The request body is not an object");
      return NULL;
    }

  object = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const NukiSimField *field = find_field (fields, name);

      if (field == NULL)
        {
          nuki_sim_request_fail (self, NUKI_SIM_STATUS_UNPROCESSABLE, "Unrecognized field \"%s\"", name);
          return NULL;
        }
      if (JSON_NODE_HOLDS_NULL (value))
        continue;
      if (!fits (field, value))
        {
          g_autofree char *text = json_to_string (value, FALSE);

          nuki_sim_request_fail_value (self, name, text);
          return NULL;
        }
      take_field (object, field, value);
    }

  return g_steal_pointer (&object);
}

/* Returns: (transfer none) (nullable): the array that was sent, which has elements, or NULL if the request
 * was answered */
JsonArray *
nuki_sim_request_read_array (NukiSimRequest *self)
{
  if (self->body == NULL || !JSON_NODE_HOLDS_ARRAY (self->body) ||
      json_array_get_length (json_node_get_array (self->body)) == 0)
    {
      nuki_sim_request_fail (self, SOUP_STATUS_BAD_REQUEST, "The request body is not an array with elements");
      return NULL;
    }

  return json_node_get_array (self->body);
}

/* Returns: FALSE if the parameter is there, but no number; then the request was answered */
gboolean
nuki_sim_request_get_query_int (NukiSimRequest *self, const char *name, gint64 fallback, gint64 *value)
{
  const char *text = nuki_sim_request_get_query (self, name);

  *value = fallback;
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    return nuki_sim_request_fail_value (self, name, text);

  return TRUE;
}

const char *
nuki_sim_request_get_query (NukiSimRequest *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/* Returns: (transfer full): @record as an answer shows it: without private notes, with a field that nobody
 * knows yet */
JsonObject *
nuki_sim_present (JsonObject *record)
{
  JsonObject *copy = nuki_sim_copy_object (record, FALSE);
  JsonObject *unknown = json_object_new ();

  json_object_set_int_member (unknown, "since", 2031);
  json_object_set_object_member (copy, "notInventedYet", unknown);

  return copy;
}
