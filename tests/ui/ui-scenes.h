/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui-test.h"

G_BEGIN_DECLS

/**
 * UiScene:
 * @name: for people and file names
 * @open: (nullable): makes the account; without it, that of the demo
 * @show: brings a window to where the scene is; returns what is to be looked at: a window, the body of a dialog, an alert or a popover
 *
 * One thing that the application can show: a page in one of its states, a dialog, a question or a menu.
 */
typedef struct
{
  const char *name;
  UiTest *(*open) (void);
  GtkWidget *(*show) (UiTest *test);
} UiScene;

const UiScene *ui_scenes_get (guint *n_scenes);
GtkWidget *ui_scene_enter (const UiScene *scene, UiTest **test);

G_END_DECLS
