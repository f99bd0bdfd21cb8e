/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nuki-client-private.h"

#include "nuki-json.h"

/* The service has a maximum that it does not publish, and keeps to that if it is smaller. */
#define USERS_PER_PAGE 100
#define MAX_PAGES 1000

/* A part of the list of people. */
typedef struct
{
  GPtrArray *users;  /* (owned) (element-type NukiUser) */
  guint n_elements; /* how many the service sent, also those that cannot be used */
} Page;

/* The list of people so far; owned by its task. */
typedef struct
{
  char *email;      /* (owned) (nullable) */
  GPtrArray *users; /* (owned) (element-type NukiUser) */
  GHashTable *ids;  /* (owned): those of users */
  guint n_elements;
  guint n_pages;
} Listing;

static void request_page (GTask *task);

static void
free_page (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->users);
  g_free (page);
}

static void
free_listing (gpointer data)
{
  Listing *listing = data;

  g_free (listing->email);
  g_ptr_array_unref (listing->users);
  g_hash_table_unref (listing->ids);
  g_free (listing);
}

static gpointer
read_page (NukiJson *json, GError **error)
{
  g_autoptr (GPtrArray) users = nuki_json_read_users (json, error);
  Page *page;

  if (users == NULL)
    return NULL;

  page = g_new0 (Page, 1);
  page->users = g_steal_pointer (&users);
  page->n_elements = (guint) nuki_json_count (json);

  return page;
}

static gpointer
read_user (NukiJson *json, GError **error)
{
  return nuki_json_read_user (json, error);
}

/* Returns whether there was anybody new. */
static gboolean
add_page (Listing *listing, Page *page)
{
  gboolean any_new = FALSE;

  for (guint i = 0; i < page->users->len; i++)
    {
      NukiUser *user = g_ptr_array_index (page->users, i);

      if (!g_hash_table_add (listing->ids, GINT_TO_POINTER (nuki_user_get_id (user))))
        continue;

      g_ptr_array_add (listing->users, g_object_ref (user));
      any_new = TRUE;
    }

  listing->n_elements += page->n_elements;
  listing->n_pages++;

  return any_new;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  Page *page = nuki_client_call_finish (NUKI_CLIENT (source), result, request_page, &error);
  gboolean any_new;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* A page with nobody new is empty, or from a server that does not know offsets. */
  any_new = add_page (listing, page);
  free_page (page);
  if (any_new && listing->n_pages < MAX_PAGES)
    request_page (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_ptr_array_ref (listing->users), (GDestroyNotify) g_ptr_array_unref);
}

/* Takes @task. */
static void
request_page (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GString) path = g_string_new ("/account/user");
  NukiCall call = { .method = SOUP_METHOD_GET, .read = read_page, .destroy = free_page };

  g_string_append_printf (path, "?offset=%u&limit=%u", listing->n_elements, USERS_PER_PAGE);
  if (listing->email != NULL)
    {
      g_string_append (path, "&email=");
      g_string_append_uri_escaped (path, listing->email, NULL, FALSE);
    }

  call.path = path->str;
  nuki_client_call (g_task_get_source_object (task), request_page, &call, g_task_get_cancellable (task), on_page, task);
}

/**
 * nuki_client_list_users_async:
 * @email: (nullable): only the person with this e-mail address
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for the people of the account, page by page until one has nobody new: GET /account/user.
 */
void
nuki_client_list_users_async (NukiClient *self,
                              const char *email,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Listing *listing;

  g_return_if_fail (NUKI_IS_CLIENT (self));

  listing = g_new0 (Listing, 1);
  listing->email = g_strdup (email);
  listing->users = g_ptr_array_new_with_free_func (g_object_unref);
  listing->ids = g_hash_table_new (NULL, NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, nuki_client_list_users_async);
  g_task_set_task_data (task, listing, free_listing);
  request_page (task);
}

/**
 * nuki_client_list_users_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_list_users_async().
 *
 * Returns: (transfer full) (element-type NukiUser): the people, or %NULL with an error
 */
GPtrArray *
nuki_client_list_users_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_list_users_async, error);
}

/**
 * nuki_client_create_user_async:
 * @name: the name
 * @email: the e-mail address
 * @language: (nullable): the language of invitations, one of nuki_user_list_languages()
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Adds a person: PUT /account/user. An unclear end, such as a timeout, may still have added them.
 */
void
nuki_client_create_user_async (NukiClient *self,
                               const char *name,
                               const char *email,
                               const char *language,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  NukiCall call = { .method = SOUP_METHOD_PUT, .read = read_user, .destroy = g_object_unref };

  g_return_if_fail (NUKI_IS_CLIENT (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (email != NULL);

  call.path = "/account/user";
  call.body = nuki_json_build_user (name, email, language);
  nuki_client_call (self, nuki_client_create_user_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_create_user_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_create_user_async().
 *
 * Returns: (transfer full): the person, or %NULL with an error; %NUKI_ERROR_CONFLICT if the address is taken
 */
NukiUser *
nuki_client_create_user_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_create_user_async, error);
}

/**
 * nuki_client_get_user_async:
 * @user_id: the `accountUserId` of the person
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Asks for one person: GET /account/user/{accountUserId}.
 */
void
nuki_client_get_user_async (NukiClient *self,
                            int user_id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_GET, .read = read_user, .destroy = g_object_unref };

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/account/user/%d", user_id);
  call.path = path;
  nuki_client_call (self, nuki_client_get_user_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_get_user_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_get_user_async().
 *
 * Returns: (transfer full): the person, or %NULL with an error
 */
NukiUser *
nuki_client_get_user_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish (self, result, nuki_client_get_user_async, error);
}

/**
 * nuki_client_update_user_async:
 * @user_id: the `accountUserId` of the person
 * @name: (nullable): the name
 * @email: (nullable): the e-mail address
 * @language: (nullable): the language of invitations, one of nuki_user_list_languages()
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Changes a person: POST /account/user/{accountUserId}. What is %NULL stays. Their keys keep their names.
 */
void
nuki_client_update_user_async (NukiClient *self,
                               int user_id,
                               const char *name,
                               const char *email,
                               const char *language,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_POST };

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/account/user/%d", user_id);
  call.path = path;
  call.body = nuki_json_build_user (name, email, language);
  nuki_client_call (self, nuki_client_update_user_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_update_user_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_update_user_async().
 *
 * Returns: %TRUE, or %FALSE with an error; %NUKI_ERROR_CONFLICT if the address is taken
 */
gboolean
nuki_client_update_user_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_update_user_async, error);
}

/**
 * nuki_client_delete_user_async:
 * @user_id: the `accountUserId` of the person
 * @cancellable: (nullable): stops the call
 * @callback: is called when the call has ended
 * @user_data: for @callback
 *
 * Removes a person: DELETE /account/user/{accountUserId}. What becomes of their keys is not documented, so take
 * those back first.
 */
void
nuki_client_delete_user_async (NukiClient *self,
                               int user_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *path = NULL;
  NukiCall call = { .method = SOUP_METHOD_DELETE };

  g_return_if_fail (NUKI_IS_CLIENT (self));

  path = g_strdup_printf ("/account/user/%d", user_id);
  call.path = path;
  nuki_client_call (self, nuki_client_delete_user_async, &call, cancellable, callback, user_data);
}

/**
 * nuki_client_delete_user_finish:
 * @result: what the callback got
 *
 * Ends nuki_client_delete_user_async().
 *
 * Success means that the service has queued this.
 *
 * Returns: %TRUE, or %FALSE with an error
 */
gboolean
nuki_client_delete_user_finish (NukiClient *self, GAsyncResult *result, GError **error)
{
  return nuki_client_call_finish_done (self, result, nuki_client_delete_user_async, error);
}
