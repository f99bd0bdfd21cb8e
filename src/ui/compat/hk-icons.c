/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-icons.h"

static GThread *home;
static GAsyncQueue *kept;
static void (*dispose) (GObject *icon);

static void
on_dispose (GObject *icon)
{
  if (g_thread_self () == home)
    dispose (icon);
  else
    g_async_queue_push (kept, g_object_ref (icon));
}

/**
 * hk_icons_end_on_this_thread_only:
 *
 * Keeps an icon that would end on another thread than this, which has to be the one of the widgets. GTK (as late as 4.18) has a
 * list of the last hundred icons, to which a thread adds the one that it loads. If the one that leaves the list for it is used
 * nowhere else, it ends there, and a widget that looks it up at that moment still gets it, and crashes.
 *
 * An icon that is kept is found again, so that they do not become more than there are icons and sizes. It is kept for good, as
 * g_object_unref() on the other thread still looks at it after it has given it up.
 *
 * To be called once.
 */
void
hk_icons_end_on_this_thread_only (void)
{
  GObjectClass *klass = g_type_class_ref (GTK_TYPE_ICON_PAINTABLE);

  home = g_thread_self ();
  kept = g_async_queue_new ();
  dispose = klass->dispose;
  klass->dispose = on_dispose;
}
