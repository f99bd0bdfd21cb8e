/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-keys.h"

#include <libsoup/soup.h>

#include "nuki-sim-operation.h"

#define DEFAULT_PAGE_SIZE 100
#define MAX_PAGE_SIZE 1000

typedef struct
{
  gint64 lock_id;
  gint64 user_id;
  char **types;
} Filter;

static void
clear_filter (Filter *filter)
{
  g_strfreev (filter->types);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, clear_filter)

static JsonObject *
present (NukiSimRequest *request, JsonObject *key)
{
  JsonObject *answer = nuki_sim_present (key);
  NukiSimOperation *operation =
      nuki_sim_operation_find_by_key (request->account, json_object_get_string_member (key, "id"));

  if (operation != NULL)
    nuki_sim_operation_describe (operation, answer);

  return answer;
}

static gboolean
read_filter (NukiSimRequest *request, Filter *filter)
{
  const char *types = nuki_sim_request_get_query (request, "types");

  filter->lock_id = request->lock != NULL ? nuki_sim_get_int (request->lock, "smartlockId", 0) : 0;
  filter->types = types != NULL && *types != '\0' ? g_strsplit (types, ",", -1) : NULL;

  return nuki_sim_request_get_query_int (request, "accountUserId", 0, &filter->user_id);
}

static gboolean
matches (const Filter *filter, JsonObject *key)
{
  gint64 user_id = nuki_sim_get_int (key, "accountUserId", 0);
  g_autofree char *type = NULL;

  if (filter->lock_id != 0 && nuki_sim_get_int (key, "smartlockId", 0) != filter->lock_id)
    return FALSE;
  if (filter->user_id > 0 && user_id != filter->user_id)
    return FALSE;
  /* A negative number asks for the keys of nobody. */
  if (filter->user_id < 0 && user_id != 0)
    return FALSE;
  if (filter->types == NULL)
    return TRUE;

  type = g_strdup_printf ("%" G_GINT64_FORMAT, nuki_sim_get_int (key, "type", 0));
  return g_strv_contains ((const char *const *) filter->types, type);
}

static GPtrArray *
select_keys (NukiSimRequest *request, const Filter *filter)
{
  GPtrArray *keys = request->account->keys;
  GPtrArray *selected = g_ptr_array_new ();

  for (guint i = 0; i < keys->len; i++)
    if (matches (filter, g_ptr_array_index (keys, i)))
      g_ptr_array_add (selected, g_ptr_array_index (keys, i));

  return selected;
}

static JsonArray *
present_range (NukiSimRequest *request, GPtrArray *keys, gint64 first, gint64 n)
{
  JsonArray *array = json_array_new ();

  for (gint64 i = first; i < first + n && i < keys->len; i++)
    json_array_add_object_element (array, present (request, g_ptr_array_index (keys, i)));

  return array;
}

static void
add_page_link (JsonObject *pagination, const char *member, gint64 page, gint64 size)
{
  g_autofree char *link =
      g_strdup_printf ("/smartlock/auth/paged?page=%" G_GINT64_FORMAT "&size=%" G_GINT64_FORMAT, page, size);

  json_object_set_string_member (pagination, member, link);
}

static JsonObject *
make_pagination (gint64 n_items, gint64 page, gint64 size)
{
  JsonObject *pagination = json_object_new ();
  gint64 n_pages = (n_items + size - 1) / size;

  json_object_set_int_member (pagination, "totalItems", n_items);
  json_object_set_int_member (pagination, "totalPages", n_pages);
  json_object_set_int_member (pagination, "currentPage", page);
  json_object_set_int_member (pagination, "pageSize", size);
  if (page + 1 < n_pages)
    add_page_link (pagination, "nextPage", page + 1, size);
  if (page > 0)
    add_page_link (pagination, "prevPage", page - 1, size);

  return pagination;
}

/* GET /smartlock/auth and GET /smartlock/{id}/auth */
void
nuki_sim_keys_list (NukiSimRequest *request)
{
  g_auto (Filter) filter = { 0 };
  g_autoptr (GPtrArray) keys = NULL;

  if (!read_filter (request, &filter))
    return;

  keys = select_keys (request, &filter);
  nuki_sim_request_answer_array (request, present_range (request, keys, 0, keys->len));
}

/* GET /smartlock/auth/paged */
void
nuki_sim_keys_list_paged (NukiSimRequest *request)
{
  g_auto (Filter) filter = { 0 };
  g_autoptr (GPtrArray) keys = NULL;
  JsonObject *answer;
  gint64 page;
  gint64 size;

  if (!read_filter (request, &filter) || !nuki_sim_request_get_query_int (request, "page", 0, &page) ||
      !nuki_sim_request_get_query_int (request, "size", DEFAULT_PAGE_SIZE, &size))
    return;

  page = CLAMP (page, 0, G_MAXINT32);
  size = CLAMP (size, 1, MAX_PAGE_SIZE);
  keys = select_keys (request, &filter);
  answer = json_object_new ();
  json_object_set_array_member (answer, "results", present_range (request, keys, page * size, size));
  json_object_set_object_member (answer, "pagination", make_pagination (keys->len, page, size));
  nuki_sim_request_answer_object (request, answer);
}

/* GET /smartlock/{id}/auth/{key} */
void
nuki_sim_keys_get (NukiSimRequest *request)
{
  nuki_sim_request_answer_object (request, present (request, request->key));
}
