/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A simulator with very many keys in another process, and somebody else who changes them there. */

#include "big-service.h"

#include "loop-watch.h"

struct _BigService
{
  GSubprocess *process; /* (owned) */
  char *address;        /* (owned) */
  NukiClient *client;   /* (owned): of somebody else */
  guint n_keys;
  GPtrArray *keys;      /* (owned) (nullable): as last listed */
  gboolean idle;        /* no call is under way */
};

static const char *
give_token (gpointer user_data)
{
  return BIG_SERVICE_TOKEN;
}

static gboolean
is_idle (gpointer user_data)
{
  return ((BigService *) user_data)->idle;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BigService *self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->keys, g_ptr_array_unref);
  self->keys = nuki_client_list_keys_finish (NUKI_CLIENT (source), result, &error);
  g_assert_no_error (error);
  self->idle = TRUE;
}

static void
on_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  nuki_client_update_keys_finish (NUKI_CLIENT (source), result, &error);
  g_assert_no_error (error);
  ((BigService *) user_data)->idle = TRUE;
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  nuki_client_delete_keys_finish (NUKI_CLIENT (source), result, &error);
  g_assert_no_error (error);
  ((BigService *) user_data)->idle = TRUE;
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  nuki_client_create_key_finish (NUKI_CLIENT (source), result, &error);
  g_assert_no_error (error);
  ((BigService *) user_data)->idle = TRUE;
}

static void
await_answer (BigService *self)
{
  loop_watch_await (is_idle, self);
  self->idle = FALSE;
}

static gboolean
is_any_busy (GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (nuki_key_get_busy (g_ptr_array_index (keys, i)))
      return TRUE;

  return FALSE;
}

/* Lists the keys until there are @n of them, and nothing is on its way to a lock. */
static void
await_keys (BigService *self, guint n)
{
  do
    {
      nuki_client_list_keys_async (self->client, NULL, on_listed, self);
      await_answer (self);
    }
  while (self->keys->len != n || is_any_busy (self->keys));
}

static void
update_keys (BigService *self, guint n)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func ((GDestroyNotify) nuki_key_spec_free);
  const guint every = self->keys->len / n;

  for (guint i = 0; i < n; i++)
    {
      NukiKey *key = g_ptr_array_index (self->keys, i * every);
      NukiKeySpec *spec = nuki_key_spec_new_from_key (key);
      g_autofree char *name = g_strdup_printf ("Guest %u", g_random_int_range (1, 100000));

      spec->enabled = !spec->enabled;
      nuki_key_spec_set_name (spec, name);
      g_ptr_array_add (ids, (gpointer) nuki_key_get_id (key));
      g_ptr_array_add (specs, spec);
    }
  g_ptr_array_add (ids, NULL);
  nuki_client_update_keys_async (self->client, (const char *const *) ids->pdata,
                                 (const NukiKeySpec *const *) specs->pdata, NULL, on_updated, self);
  await_answer (self);
  await_keys (self, self->n_keys);
}

/* Takes keys back and gives the same people other ones. */
static void
replace_keys (BigService *self, guint n)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const guint every = self->keys->len / n;

  for (guint i = 0; i < n; i++)
    {
      NukiKey *key = g_ptr_array_index (self->keys, i * every + every / 2);

      g_ptr_array_add (old, g_object_ref (key));
      g_ptr_array_add (ids, (gpointer) nuki_key_get_id (key));
    }
  g_ptr_array_add (ids, NULL);
  nuki_client_delete_keys_async (self->client, (const char *const *) ids->pdata, NULL, on_deleted, self);
  await_answer (self);
  await_keys (self, self->n_keys - n);

  for (guint i = 0; i < n; i++)
    {
      NukiKey *key = g_ptr_array_index (old, i);
      g_autoptr (NukiKeySpec) spec = nuki_key_spec_new_from_key (key);

      nuki_client_create_key_async (self->client, nuki_key_get_lock_id (key), spec, NULL, on_created, self);
      await_answer (self);
    }
  await_keys (self, self->n_keys);
}

/* (transfer full): where the simulator says that it is */
static char *
read_address (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  char *address;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  address = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  if (address == NULL)
    g_error ("the simulator does not start");

  return address;
}

/* @simulator: the path of the executable */
BigService *
big_service_start (const char *simulator, guint n_locks, guint n_keys)
{
  BigService *self = g_new0 (BigService, 1);
  g_autofree char *locks = g_strdup_printf ("%u", n_locks);
  g_autofree char *keys = g_strdup_printf ("%u", n_keys);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, simulator, "--port", "0", "--delay", "1",
                                    "--locks", locks, "--keys", keys, NULL);
  g_assert_no_error (error);
  self->address = read_address (self->process);
  self->n_keys = n_keys;
  self->client = nuki_client_new (self->address, NULL);
  nuki_client_set_token_func (self->client, give_token, NULL, NULL);

  return self;
}

void
big_service_stop (BigService *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_object_unref (self->client);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->address);
  g_free (self);
}

const char *
big_service_get_address (BigService *self)
{
  return self->address;
}

/*
 * big_service_change_keys:
 * @n_updated: so many keys get another name and are switched off or on
 * @n_replaced: so many are taken back, and as many new ones are given
 *
 * Waits until the service shows all of that.
 */
void
big_service_change_keys (BigService *self, guint n_updated, guint n_replaced)
{
  await_keys (self, self->n_keys);
  update_keys (self, n_updated);
  replace_keys (self, n_replaced);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
}
