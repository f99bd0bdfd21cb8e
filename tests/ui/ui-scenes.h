/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui-test.h"
#include "window/hk-window.h"

G_BEGIN_DECLS

/**
 * UiScene:
 * @name: for people and file names
 * @open: (nullable): makes the account; without it, that of the demo
 * @place: (nullable): where the window goes, as in hk_window_show_place(), with a name for an id; without it, it stays where it begins
 * @show: (nullable): what happens there; returns what is to be looked at: a window, the body of a dialog, an alert or a popover; without
 *   it, that is the window
 *
 * One thing that the application can show: a page in one of its states, a dialog, a question or a menu.
 */
typedef struct
{
  const char *name;
  UiTest *(*open) (void);
  const char *place;
  GtkWidget *(*show) (UiTest *test);
} UiScene;

HkWindow *ui_open_window (UiTest *test, int width);
const UiScene *ui_scenes_get (guint *n_scenes);
GtkWidget *ui_scene_enter (const UiScene *scene, UiTest **test);
void ui_scene_leave (GtkWidget *widget, UiTest *test);

G_END_DECLS
