/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-drop.h"

/* So many are taken apart at once. */
#define DROPPED_AT_ONCE 4

static GQueue dropped = G_QUEUE_INIT; /* (element-type GtkWidget) */

static gboolean
on_drop (gpointer user_data)
{
  for (guint i = 0; i < DROPPED_AT_ONCE && !g_queue_is_empty (&dropped); i++)
    g_object_unref (g_queue_pop_head (&dropped));

  return g_queue_is_empty (&dropped) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/**
 * hk_drop_later:
 * @contents: (nullable): what is in a row that is being disposed
 *
 * Keeps it until the main loop has nothing else to do. When a list of very many things is emptied, hundreds of rows go at
 * once, and what is in them takes longest.
 */
void
hk_drop_later (GtkWidget *contents)
{
  if (contents == NULL)
    return;

  if (g_queue_is_empty (&dropped))
    g_idle_add_full (G_PRIORITY_LOW, on_drop, NULL, NULL);
  g_queue_push_tail (&dropped, g_object_ref (contents));
}
