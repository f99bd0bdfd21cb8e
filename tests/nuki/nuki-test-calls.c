/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-test-calls.h"

#define LOCK_ID G_GINT64_CONSTANT (17618910285)
#define KEY_ID "647cfac64dd15972f2122e26"
#define USER_ID 1264915785

#define LOCK "{\"smartlockId\": 17618910285, \"name\": \"Front door\"}"
#define KEY "{\"id\": \"" KEY_ID "\", \"smartlockId\": 17618910285, \"name\": \"Anna\"}"
#define USER "{\"accountUserId\": 1264915785, \"name\": \"Anna\", \"email\": \"anna@example.org\"}"
#define SPEC "\"name\": \"Anna\", \"accountUserId\": 1264915785, \"remoteAllowed\": false"

static NukiKeySpec *
make_spec (void)
{
  NukiKeySpec *spec = nuki_key_spec_new (NUKI_KEY_APP, "Anna");

  spec->user_id = USER_ID;
  return spec;
}

/* What a finished call returned is not looked at here, only whether it is there. */
static gboolean
drop_object (gpointer object)
{
  gboolean there = object != NULL;

  g_clear_object (&object);
  return there;
}

static gboolean
drop_list (GPtrArray *list)
{
  gboolean there = list != NULL;

  g_clear_pointer (&list, g_ptr_array_unref);
  return there;
}

#define STARTER(name, ...)                                                                                        \
  static void start_##name (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback,          \
                            gpointer user_data)                                                                   \
  {                                                                                                               \
    g_autoptr (NukiKeySpec) spec = make_spec ();                                                                  \
    const NukiKeySpec *const specs[] = { spec };                                                                  \
    const char *const ids[] = { KEY_ID, NULL };                                                                   \
    const gint64 lock_ids[] = { LOCK_ID, 5 };                                                                     \
                                                                                                                  \
    (void) specs;                                                                                                 \
    (void) ids;                                                                                                   \
    (void) lock_ids;                                                                                              \
    nuki_client_##name##_async (client, ##__VA_ARGS__, cancellable, callback, user_data);                         \
  }

#define FINISHER(name, drop)                                                                                      \
  static gboolean finish_##name (NukiClient *client, GAsyncResult *result, GError **error)                        \
  {                                                                                                               \
    return drop (nuki_client_##name##_finish (client, result, error));                                            \
  }

STARTER (list_locks)
FINISHER (list_locks, drop_list)
STARTER (get_lock, LOCK_ID)
FINISHER (get_lock, drop_object)
STARTER (update_lock, LOCK_ID, "Front door", TRUE)
FINISHER (update_lock, )
STARTER (list_users, "a+b@example.org")
FINISHER (list_users, drop_list)
STARTER (create_user, "Anna", "anna@example.org", "de")
FINISHER (create_user, drop_object)
STARTER (get_user, USER_ID)
FINISHER (get_user, drop_object)
STARTER (update_user, USER_ID, "Anna", NULL, NULL)
FINISHER (update_user, )
STARTER (delete_user, USER_ID)
FINISHER (delete_user, )
STARTER (list_keys)
FINISHER (list_keys, drop_list)
STARTER (list_lock_keys, LOCK_ID)
FINISHER (list_lock_keys, drop_list)
STARTER (list_user_keys, USER_ID)
FINISHER (list_user_keys, drop_list)
STARTER (get_key, LOCK_ID, KEY_ID)
FINISHER (get_key, drop_object)
STARTER (create_key, LOCK_ID, spec)
FINISHER (create_key, )
STARTER (create_keys, lock_ids, G_N_ELEMENTS (lock_ids), spec)
FINISHER (create_keys, )
STARTER (update_key, LOCK_ID, KEY_ID, spec)
FINISHER (update_key, )
STARTER (update_keys, ids, specs)
FINISHER (update_keys, )
STARTER (delete_key, LOCK_ID, KEY_ID)
FINISHER (delete_key, )
STARTER (delete_keys, ids)
FINISHER (delete_keys, )

/* The same calls with other arguments. */
static void
start_list_people (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  nuki_client_list_users_async (client, NULL, cancellable, callback, user_data);
}

static void
start_create_code (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (NukiKeySpec) spec = nuki_key_spec_new (NUKI_KEY_CODE, "Cleaning");

  spec->code = 314159;
  nuki_client_create_key_async (client, LOCK_ID, spec, cancellable, callback, user_data);
}

static void
start_limit_key (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (NukiKeySpec) spec = make_spec ();
  g_autoptr (NukiLimits) limits = nuki_limits_new (NULL, NULL, NUKI_TUESDAY, 540, 720);

  nuki_key_spec_set_limits (spec, limits);
  nuki_client_update_key_async (client, LOCK_ID, KEY_ID, spec, cancellable, callback, user_data);
}

static void
start_renew_keys (NukiClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  nuki_client_renew_keys_async (client, NULL, NULL, NULL, cancellable, callback, user_data);
}

static gboolean
finish_renew_keys (NukiClient *client, GAsyncResult *result, GError **error)
{
  g_autofree char *digest = NULL;

  return drop_list (nuki_client_renew_keys_finish (client, result, &digest, error));
}

#define CALL(name) start_##name, finish_##name

const TestCall test_calls[] = {
  { "list-locks", "GET", "/smartlock", NULL, "[" LOCK "]", CALL (list_locks) },
  { "get-lock", "GET", "/smartlock/17618910285", NULL, LOCK, CALL (get_lock) },
  { "update-lock", "POST", "/smartlock/17618910285", "{\"name\": \"Front door\", \"favorite\": true}", NULL,
    CALL (update_lock) },
  { "list-users", "GET", "/account/user?offset=0&limit=100&email=a%2Bb%40example.org", NULL, "[]", CALL (list_users) },
  { "create-user", "PUT", "/account/user", "{\"name\": \"Anna\", \"email\": \"anna@example.org\", \"language\": \"de\"}",
    USER, CALL (create_user) },
  { "get-user", "GET", "/account/user/1264915785", NULL, USER, CALL (get_user) },
  { "update-user", "POST", "/account/user/1264915785", "{\"name\": \"Anna\"}", USER, CALL (update_user) },
  { "delete-user", "DELETE", "/account/user/1264915785", NULL, NULL, CALL (delete_user) },
  { "list-keys", "GET", "/smartlock/auth", NULL, "[" KEY "]", CALL (list_keys) },
  { "renew-keys", "GET", "/smartlock/auth", NULL, "[" KEY "]", CALL (renew_keys) },
  { "list-lock-keys", "GET", "/smartlock/17618910285/auth", NULL, "[" KEY "]", CALL (list_lock_keys) },
  { "list-user-keys", "GET", "/smartlock/auth?accountUserId=1264915785", NULL, "[" KEY "]", CALL (list_user_keys) },
  { "get-key", "GET", "/smartlock/17618910285/auth/" KEY_ID, NULL, KEY, CALL (get_key) },
  { "create-key", "PUT", "/smartlock/17618910285/auth", "{" SPEC ", \"type\": 0, \"smartActionsEnabled\": false}", NULL,
    CALL (create_key) },
  { "create-keys", "PUT", "/smartlock/auth",
    "{" SPEC ", \"type\": 0, \"smartActionsEnabled\": false, \"smartlockIds\": [17618910285, 5]}", NULL, CALL (create_keys) },
  { "update-key", "POST", "/smartlock/17618910285/auth/" KEY_ID, "{" SPEC ", \"enabled\": true}", NULL, CALL (update_key) },
  { "update-keys", "POST", "/smartlock/auth", "[{\"id\": \"" KEY_ID "\", " SPEC ", \"enabled\": true}]", NULL,
    CALL (update_keys) },
  { "delete-key", "DELETE", "/smartlock/17618910285/auth/" KEY_ID, NULL, NULL, CALL (delete_key) },
  { "delete-keys", "DELETE", "/smartlock/auth", "[\"" KEY_ID "\"]", NULL, CALL (delete_keys) },
  { "list-people", "GET", "/account/user?offset=0&limit=100", NULL, "[]", start_list_people, finish_list_users },
  { "create-code", "PUT", "/smartlock/17618910285/auth",
    "{\"name\": \"Cleaning\", \"type\": 13, \"code\": 314159, \"remoteAllowed\": false}", NULL,
    start_create_code, finish_create_key },
  { "limit-key", "POST", "/smartlock/17618910285/auth/" KEY_ID,
    "{" SPEC ", \"enabled\": true, \"allowedWeekDays\": 32, \"allowedFromTime\": 540, \"allowedUntilTime\": 720}", NULL,
    start_limit_key, finish_update_key },
};

const gsize n_test_calls = G_N_ELEMENTS (test_calls);
