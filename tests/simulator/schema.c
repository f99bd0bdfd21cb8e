/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Checks answers against the OpenAPI document: status, required members, types and formats. Ranges are left out on
 * purpose, because those of the document contradict the service.
 */
#include "schema.h"

#include <gio/gio.h>

#define REFERENCE "#/components/schemas/"

static gboolean check (JsonObject *schema, JsonNode *node, const char *where, GError **error);

static JsonObject *
get_document (void)
{
  static JsonNode *document;

  if (document == NULL)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      json_parser_load_from_file (parser, OPENAPI_FILE, &error);
      g_assert_no_error (error);
      document = json_parser_steal_root (parser);
    }

  return json_node_get_object (document);
}

static gboolean
fail (GError **error, const char *where, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", where, what);
  return FALSE;
}

static JsonObject *
find_schema (const char *name)
{
  JsonObject *components = json_object_get_object_member (get_document (), "components");
  JsonObject *schemas = json_object_get_object_member (components, "schemas");

  g_assert_true (json_object_has_member (schemas, name));
  return json_object_get_object_member (schemas, name);
}

static gboolean
check_object (JsonObject *schema, JsonNode *node, const char *where, GError **error)
{
  JsonObject *properties = json_object_has_member (schema, "properties")
                               ? json_object_get_object_member (schema, "properties")
                               : NULL;
  JsonArray *required
      = json_object_has_member (schema, "required") ? json_object_get_array_member (schema, "required") : NULL;
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, where, "is not an object");

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    if (!json_object_has_member (json_node_get_object (node), json_array_get_string_element (required, i)))
      return fail (error, where, json_array_get_string_element (required, i));

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &member, &value))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", where, member);

      if (member[0] == '_')
        return fail (error, inner, "is private to the simulator");
      if (properties != NULL && json_object_has_member (properties, member)
          && !check (json_object_get_object_member (properties, member), value, inner, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_array (JsonObject *schema, JsonNode *node, const char *where, GError **error)
{
  JsonObject *items = json_object_get_object_member (schema, "items");
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, where, "is not an array");

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", where, i);

      if (!check (items, json_array_get_element (array, i), inner, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_integer (const char *format, JsonNode *node, const char *where, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (error, where, "is not an integer");
  if (g_strcmp0 (format, "int32") == 0
      && (json_node_get_int (node) < G_MININT32 || json_node_get_int (node) > G_MAXINT32))
    return fail (error, where, "does not fit 32 bits");

  return TRUE;
}

static gboolean
check_string (const char *format, JsonNode *node, const char *where, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, where, "is not a string");
  if (g_strcmp0 (format, "date-time") == 0
      && !g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", json_node_get_string (node), 0,
                                0))
    return fail (error, where, "is not a date in UTC with milliseconds");

  return TRUE;
}

static gboolean
check_scalar (const char *type, const char *format, JsonNode *node, const char *where, GError **error)
{
  GType value_type;

  if (g_str_equal (type, "integer"))
    return check_integer (format, node, where, error);
  if (g_str_equal (type, "string"))
    return check_string (format, node, where, error);

  value_type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (g_str_equal (type, "boolean") && value_type != G_TYPE_BOOLEAN)
    return fail (error, where, "is not a boolean");
  if (g_str_equal (type, "number") && value_type != G_TYPE_DOUBLE && value_type != G_TYPE_INT64)
    return fail (error, where, "is not a number");

  return TRUE;
}

static gboolean
check (JsonObject *schema, JsonNode *node, const char *where, GError **error)
{
  const char *reference = json_object_get_string_member_with_default (schema, "$ref", NULL);
  const char *type = json_object_get_string_member_with_default (schema, "type", "object");
  const char *format = json_object_get_string_member_with_default (schema, "format", NULL);

  if (reference != NULL)
    {
      /* The document says object; what the service really sends is a string. Both occur. */
      if (g_str_equal (reference, REFERENCE "ObjectId") && JSON_NODE_HOLDS_VALUE (node))
        return check_string (NULL, node, where, error);
      return check (find_schema (reference + strlen (REFERENCE)), node, where, error);
    }
  if (g_str_equal (type, "object"))
    return check_object (schema, node, where, error);
  if (g_str_equal (type, "array"))
    return check_array (schema, node, where, error);

  return check_scalar (type, format, node, where, error);
}

static gboolean
path_matches (const char *pattern, const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);

  for (guint i = 0; wanted[i] != NULL || given[i] != NULL; i++)
    if (wanted[i] == NULL || given[i] == NULL || (wanted[i][0] != '{' && !g_str_equal (wanted[i], given[i])))
      return FALSE;

  return TRUE;
}

static JsonObject *
find_path (const char *path)
{
  JsonObject *paths = json_object_get_object_member (get_document (), "paths");
  JsonObjectIter iter;
  const char *pattern;
  JsonNode *node;

  if (json_object_has_member (paths, path))
    return json_object_get_object_member (paths, path);

  json_object_iter_init_ordered (&iter, paths);
  while (json_object_iter_next_ordered (&iter, &pattern, &node))
    if (path_matches (pattern, path))
      return json_node_get_object (node);

  return NULL;
}

/* The document describes no error body; these are the two that were seen. */
static gboolean
check_error_body (guint status, JsonNode *body, GError **error)
{
  JsonObject *object;

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    return fail (error, "error", "is not an object");

  object = json_node_get_object (body);
  if (status == 422 || status == 405)
    return json_object_get_int_member_with_default (object, "code", 0) == status
                   && json_object_has_member (object, "description")
                   && json_object_has_member (object, "reasonPhrase")
               ? TRUE
               : fail (error, "error", "is not a status of the framework");

  return json_object_has_member (object, "stackTrace") && json_object_has_member (object, "suppressedExceptions")
                 && (status == 423 || json_object_has_member (object, "detailMessage"))
             ? TRUE
             : fail (error, "error", "is not the dump of an exception");
}

/* Whether @body, NULL if it is empty, is what the document promises for this call and status. */
gboolean
schema_check_answer (const char *method, const char *path, guint status, JsonNode *body, GError **error)
{
  g_autofree char *verb = g_ascii_strdown (method, -1);
  g_autofree char *code = g_strdup_printf ("%u", status);
  JsonObject *call;
  JsonObject *responses;
  JsonObject *response;

  if (status >= 400)
    return check_error_body (status, body, error);

  call = find_path (path);
  if (call == NULL || !json_object_has_member (call, verb))
    return fail (error, path, "is not in the document");
  responses = json_object_get_object_member (json_object_get_object_member (call, verb), "responses");
  if (!json_object_has_member (responses, code))
    return fail (error, path, "does not answer this status");
  response = json_object_get_object_member (responses, code);
  if (!json_object_has_member (response, "content"))
    return body == NULL ? TRUE : fail (error, path, "answers a body where none is promised");
  if (body == NULL)
    return fail (error, path, "answers no body");

  response = json_object_get_object_member (response, "content");
  response = json_object_get_object_member (response, "application/json");
  return check (json_object_get_object_member (response, "schema"), body, path, error);
}

/* Whether @node is what the document calls @name. */
gboolean
schema_check_named (const char *name, JsonNode *node, GError **error)
{
  return check (find_schema (name), node, name, error);
}
