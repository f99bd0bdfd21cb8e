/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-narrow.h"

/*
 * A window that is as narrow as a telephone is used with fingers: in the style, everything below the class “narrow” is large
 * enough for them.
 */

#define NARROW_WIDTH 720
#define CLASS "narrow"

static void
set_narrow (GtkWidget *window, gboolean narrow)
{
  if (narrow)
    gtk_widget_add_css_class (window, CLASS);
  else
    gtk_widget_remove_css_class (window, CLASS);
}

static void
on_notify_css_classes (GtkWidget *parent, GParamSpec *pspec, GtkWidget *window)
{
  set_narrow (window, gtk_widget_has_css_class (parent, CLASS));
}

/**
 * hk_narrow_update:
 * @window: a window
 * @width: its width, in pixels
 *
 * Makes @window one for fingers, or not.
 */
void
hk_narrow_update (GtkWidget *window, int width)
{
  g_return_if_fail (GTK_IS_WIDGET (window));

  set_narrow (window, width < NARROW_WIDTH);
}

/**
 * hk_narrow_is:
 * @window: a window
 *
 * Returns: whether @window is one for fingers
 */
gboolean
hk_narrow_is (GtkWidget *window)
{
  g_return_val_if_fail (GTK_IS_WIDGET (window), FALSE);

  return gtk_widget_has_css_class (window, CLASS);
}

/**
 * hk_narrow_follow:
 * @window: a dialog that is a window of its own
 * @parent: the window that it belongs to
 *
 * Makes @window one for fingers whenever @parent is one.
 */
void
hk_narrow_follow (GtkWidget *window, GtkWidget *parent)
{
  g_return_if_fail (GTK_IS_WIDGET (window) && GTK_IS_WIDGET (parent));

  g_signal_connect_object (parent, "notify::css-classes", G_CALLBACK (on_notify_css_classes), window, 0);
  on_notify_css_classes (parent, NULL, window);
}
