/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-drain.h"

/* So long one slice may take, in microseconds; a frame has 16 ms, and others work in it, too. */
#define SLICE_TIME 2000

/* The time is not read for each object. */
#define OBJECTS_AT_ONCE 32

static gboolean
on_slice (gpointer user_data)
{
  GPtrArray *objects = user_data;
  const gint64 deadline = g_get_monotonic_time () + SLICE_TIME;

  do
    g_ptr_array_set_size (objects, (int) (objects->len - MIN (objects->len, OBJECTS_AT_ONCE)));
  while (objects->len > 0 && g_get_monotonic_time () < deadline);

  return objects->len > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/*
 * hk_drain:
 * @objects: (transfer full) (nullable): an array that nobody else uses any more, with its free function
 *
 * Drops very many objects a few at a time, while the main loop has nothing else to do: all at once would stall it.
 */
void
hk_drain (GPtrArray *objects)
{
  if (objects != NULL && objects->len > OBJECTS_AT_ONCE)
    g_idle_add_full (G_PRIORITY_LOW, on_slice, objects, (GDestroyNotify) g_ptr_array_unref);
  else if (objects != NULL)
    g_ptr_array_unref (objects);
}
