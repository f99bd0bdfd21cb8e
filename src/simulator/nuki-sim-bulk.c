/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-sim-demo.h"

#include "nuki-sim-account.h"

/* Device type 4 and the first device id, as in a `smartlockId`. */
#define FIRST_LOCK_ID G_GINT64_CONSTANT (0x410000001)
#define FIRST_USER_ID 1000001
#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

/* Nobody has keys to all the locks of a house. */
static guint
get_keys_per_user (guint n_locks)
{
  return (n_locks + 1) / 2;
}

static JsonObject *
make_lock (guint index)
{
  JsonObject *lock = json_object_new ();
  g_autofree char *name = g_strdup_printf ("Apartment %u", index + 1);

  json_object_set_int_member (lock, "smartlockId", FIRST_LOCK_ID + index);
  json_object_set_int_member (lock, "type", 4);
  json_object_set_string_member (lock, "name", name);

  return lock;
}

static JsonObject *
make_user (guint index)
{
  JsonObject *user = json_object_new ();
  g_autofree char *name = g_strdup_printf ("Resident %u", index + 1);
  g_autofree char *email = g_strdup_printf ("resident%u@example.org", index + 1);

  json_object_set_int_member (user, "accountUserId", FIRST_USER_ID + index);
  json_object_set_string_member (user, "name", name);
  json_object_set_string_member (user, "email", email);

  return user;
}

static JsonObject *
make_key (guint index, guint n_locks, gint64 now)
{
  JsonObject *key = json_object_new ();
  guint user = index / get_keys_per_user (n_locks);
  g_autofree char *id = g_strdup_printf ("65000000d15972f213%06x", index);
  g_autofree char *name = g_strdup_printf ("Resident %u", user + 1);
  g_autofree char *created = nuki_sim_format_date (now - (index % 5000 + 1) * HOUR);
  g_autofree char *until = nuki_sim_format_date (now + ((gint64) (index % 720) - 100) * HOUR);

  json_object_set_string_member (key, "id", id);
  json_object_set_int_member (key, "smartlockId", FIRST_LOCK_ID + index % n_locks);
  json_object_set_int_member (key, "accountUserId", FIRST_USER_ID + user);
  json_object_set_int_member (key, "authId", index + 1);
  json_object_set_string_member (key, "name", name);
  json_object_set_boolean_member (key, "enabled", index % 11 != 0);
  json_object_set_int_member (key, "lockCount", index % 300);
  if (index % 3 == 0)
    {
      json_object_set_string_member (key, "allowedUntilDate", until);
      json_object_set_int_member (key, "allowedWeekDays", index % 127 + 1);
    }
  json_object_set_string_member (key, "creationDate", created);
  json_object_set_string_member (key, "updateDate", created);

  return key;
}

/* A big account: people have keys to half of the locks, one after the other, until there are @n_keys. For measurements. */
JsonNode *
nuki_sim_bulk_build (guint n_locks, guint n_keys, gint64 now)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonArray *locks = json_array_new ();
  JsonArray *users = json_array_new ();
  JsonArray *keys = json_array_new ();

  g_assert (n_locks > 0);

  for (guint i = 0; i < n_locks; i++)
    json_array_add_object_element (locks, make_lock (i));
  for (guint i = 0; i * get_keys_per_user (n_locks) < n_keys; i++)
    json_array_add_object_element (users, make_user (i));
  for (guint i = 0; i < n_keys; i++)
    json_array_add_object_element (keys, make_key (i, n_locks, now));
  json_object_set_array_member (root, "locks", locks);
  json_object_set_array_member (root, "users", users);
  json_object_set_array_member (root, "keys", keys);
  json_node_take_object (node, root);

  return node;
}
