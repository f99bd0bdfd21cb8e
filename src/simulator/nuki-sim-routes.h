/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "nuki-sim-request.h"

G_BEGIN_DECLS

/*
 * NukiSimRoute:
 * @pattern: the path; a segment in braces is the id of what it names
 * @scopes: names separated by spaces; a token needs one of them
 */
typedef struct
{
  const char *method;
  const char *pattern;
  const char *scopes;
  NukiSimHandler handler;
} NukiSimRoute;

const NukiSimRoute *nuki_sim_routes_find (const char *method, const char *path, gboolean *path_is_known);
gboolean nuki_sim_routes_allows (const NukiSimRoute *route, char **scopes);
gboolean nuki_sim_routes_resolve (const NukiSimRoute *route, const char *path, NukiSimRequest *request);

G_END_DECLS
