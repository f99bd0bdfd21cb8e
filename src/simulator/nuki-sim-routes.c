/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-routes.h"

#include <libsoup/soup.h>

#include "nuki-sim-keys.h"
#include "nuki-sim-locks.h"
#include "nuki-sim-log.h"
#include "nuki-sim-users.h"

#define VIEW "smartlock smartlock.readOnly"
#define KEYS "smartlock.auth"
#define PEOPLE "account smartlock.auth"

/* All that the simulator can do. What has braces stands after what has none in the same place. */
static const NukiSimRoute routes[] = {
  { "GET", "/account", "account", nuki_sim_users_get_owner },
  { "GET", "/account/user", PEOPLE, nuki_sim_users_list },
  { "PUT", "/account/user", PEOPLE, nuki_sim_users_create },
  { "GET", "/account/user/{user}", PEOPLE, nuki_sim_users_get },
  { "POST", "/account/user/{user}", PEOPLE, nuki_sim_users_update },
  { "DELETE", "/account/user/{user}", PEOPLE, nuki_sim_users_delete },
  { "GET", "/smartlock", VIEW, nuki_sim_locks_list },
  { "GET", "/smartlock/auth", KEYS, nuki_sim_keys_list },
  { "PUT", "/smartlock/auth", KEYS, nuki_sim_keys_create_several },
  { "POST", "/smartlock/auth", KEYS, nuki_sim_keys_update_several },
  { "DELETE", "/smartlock/auth", KEYS, nuki_sim_keys_delete_several },
  { "GET", "/smartlock/auth/paged", KEYS, nuki_sim_keys_list_paged },
  { "GET", "/smartlock/log", "smartlock.log", nuki_sim_log_list },
  { "GET", "/smartlock/{lock}", VIEW, nuki_sim_locks_get },
  { "POST", "/smartlock/{lock}", "smartlock", nuki_sim_locks_update },
  { "POST", "/smartlock/{lock}/sync", "smartlock.action", nuki_sim_locks_sync },
  { "POST", "/smartlock/{lock}/action", "smartlock.action", nuki_sim_locks_act },
  { "POST", "/smartlock/{lock}/action/lock", "smartlock.action", nuki_sim_locks_act_lock },
  { "POST", "/smartlock/{lock}/action/unlock", "smartlock.action", nuki_sim_locks_act_unlock },
  { "GET", "/smartlock/{lock}/log", "smartlock.log", nuki_sim_log_list },
  { "GET", "/smartlock/{lock}/auth", KEYS, nuki_sim_keys_list },
  { "PUT", "/smartlock/{lock}/auth", KEYS, nuki_sim_keys_create },
  { "GET", "/smartlock/{lock}/auth/{key}", KEYS, nuki_sim_keys_get },
  { "POST", "/smartlock/{lock}/auth/{key}", KEYS, nuki_sim_keys_update },
  { "DELETE", "/smartlock/{lock}/auth/{key}", KEYS, nuki_sim_keys_delete },
};

static gboolean
path_matches (const char *pattern, const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);

  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;

  for (guint i = 0; wanted[i] != NULL; i++)
    if (wanted[i][0] != '{' && g_strcmp0 (wanted[i], given[i]) != 0)
      return FALSE;

  return TRUE;
}

static gint64
read_id (const char *text)
{
  gint64 id;

  return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL) ? id : -1;
}

static gboolean
resolve_segment (NukiSimRequest *request, const char *name, const char *id)
{
  if (g_strcmp0 (name, "{lock}") == 0)
    return (request->lock = nuki_sim_account_find_lock (request->account, read_id (id))) != NULL;
  if (g_strcmp0 (name, "{user}") == 0)
    return (request->user = nuki_sim_account_find_user (request->account, read_id (id))) != NULL;

  request->key = nuki_sim_account_find_key (request->account, id);
  return request->key != NULL && nuki_sim_get_int (request->key, "smartlockId", 0) ==
                                     nuki_sim_get_int (request->lock, "smartlockId", 0);
}

/* Returns: (nullable): who answers @method on @path; @path_is_known tells what is wrong if nobody does */
const NukiSimRoute *
nuki_sim_routes_find (const char *method, const char *path, gboolean *path_is_known)
{
  const char *pattern = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!path_matches (routes[i].pattern, path))
        continue;
      /* The first pattern decides: "/smartlock/auth" is never a lock. */
      if (pattern != NULL && g_strcmp0 (pattern, routes[i].pattern) != 0)
        break;
      pattern = routes[i].pattern;
      if (g_strcmp0 (routes[i].method, method) == 0)
        {
          *path_is_known = TRUE;
          return &routes[i];
        }
    }

  *path_is_known = pattern != NULL;
  return NULL;
}

/* Whether one of @scopes, those of a token, is enough. */
gboolean
nuki_sim_routes_allows (const NukiSimRoute *route, char **scopes)
{
  g_auto (GStrv) names = g_strsplit (route->scopes, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) scopes, names[i]))
      return TRUE;

  return FALSE;
}

/* Looks up what @path names. Returns: FALSE if there is no such thing; then the request was answered */
gboolean
nuki_sim_routes_resolve (const NukiSimRoute *route, const char *path, NukiSimRequest *request)
{
  g_auto (GStrv) names = g_strsplit (route->pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (names[i][0] == '{' && !resolve_segment (request, names[i], given[i]))
      return nuki_sim_request_fail (request, SOUP_STATUS_NOT_FOUND, "There is no '%s'", given[i]);

  return TRUE;
}
