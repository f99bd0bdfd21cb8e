/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui-stub-store.h"

/* A keyring in whatever mood a test needs. */
struct _UiStubStore
{
  GObject parent_instance;

  GError *error;  /* (owned) (nullable): what every call ends with */
  gboolean asks;  /* a question to the user is open, and nobody answers */
  char *token;    /* (owned) (nullable) */
};

static void ui_stub_store_iface_init (HkTokenStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UiStubStore,
                               ui_stub_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HK_TYPE_TOKEN_STORE, ui_stub_store_iface_init))

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);
  return G_SOURCE_REMOVE;
}

/* Lets the task wait until it is cancelled. */
static void
wait_for_user (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_callback (source, G_SOURCE_FUNC (on_cancelled), g_object_ref (task), g_object_unref);
  g_source_attach (source, NULL);
}

/* Returns: whether the keyring is in the mood; otherwise the task has ended, or waits */
static gboolean
works (UiStubStore *self, GTask *task)
{
  if (self->asks)
    {
      wait_for_user (task);
      return FALSE;
    }
  if (self->error == NULL)
    return TRUE;

  g_task_return_error (task, g_error_copy (self->error));
  return FALSE;
}

static void
ui_stub_store_lookup_async (HkTokenStore *store,
                            const char *api_url,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  UiStubStore *self = UI_STUB_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (works (self, task))
    g_task_return_pointer (task, g_strdup (self->token), g_free);
}

static char *
ui_stub_store_lookup_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
ui_stub_store_store_async (HkTokenStore *store,
                           const char *api_url,
                           const char *token,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  UiStubStore *self = UI_STUB_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!works (self, task))
    return;

  g_free (self->token);
  self->token = g_strdup (token);
  g_task_return_boolean (task, TRUE);
}

static void
ui_stub_store_clear_async (HkTokenStore *store,
                           const char *api_url,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  UiStubStore *self = UI_STUB_STORE (store);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!works (self, task))
    return;

  g_clear_pointer (&self->token, g_free);
  g_task_return_boolean (task, TRUE);
}

static gboolean
ui_stub_store_finish (HkTokenStore *store, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
ui_stub_store_iface_init (HkTokenStoreInterface *iface)
{
  iface->lookup_async = ui_stub_store_lookup_async;
  iface->lookup_finish = ui_stub_store_lookup_finish;
  iface->store_async = ui_stub_store_store_async;
  iface->store_finish = ui_stub_store_finish;
  iface->clear_async = ui_stub_store_clear_async;
  iface->clear_finish = ui_stub_store_finish;
}

static void
ui_stub_store_finalize (GObject *object)
{
  UiStubStore *self = UI_STUB_STORE (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->token, g_free);

  G_OBJECT_CLASS (ui_stub_store_parent_class)->finalize (object);
}

static void
ui_stub_store_class_init (UiStubStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_stub_store_finalize;
}

static void
ui_stub_store_init (UiStubStore *self)
{
}

/**
 * ui_stub_store_new:
 *
 * Returns: (transfer full): an empty store that works
 */
HkTokenStore *
ui_stub_store_new (void)
{
  return g_object_new (UI_TYPE_STUB_STORE, NULL);
}

/**
 * ui_stub_store_fail:
 *
 * Has every call fail from now on.
 */
void
ui_stub_store_fail (UiStubStore *self, HkTokenStoreError code, const char *message)
{
  g_clear_error (&self->error);
  self->error = g_error_new_literal (HK_TOKEN_STORE_ERROR, (int) code, message);
}

/**
 * ui_stub_store_ask:
 *
 * Has every call wait from now on for an answer of the user, who gives none.
 */
void
ui_stub_store_ask (UiStubStore *self)
{
  self->asks = TRUE;
}

/**
 * ui_stub_store_work:
 *
 * Has every call succeed from now on.
 */
void
ui_stub_store_work (UiStubStore *self)
{
  self->asks = FALSE;
  g_clear_error (&self->error);
}

/**
 * ui_stub_store_get_token:
 *
 * Returns: (nullable): what is kept
 */
const char *
ui_stub_store_get_token (UiStubStore *self)
{
  return self->token;
}
