/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The desktop around the application, on the private bus of the test: it shows notifications, and asks and calls the
 * application as a shell does. */
typedef struct _UiDesktop UiDesktop;

UiDesktop *ui_desktop_new (void);
void ui_desktop_free (UiDesktop *self);

const char *ui_desktop_get_notification (UiDesktop *self, const char *id, const char **body);
void ui_desktop_click (UiDesktop *self, const char *id);

void ui_desktop_activate_action (UiDesktop *self, const char *action, GVariant *target);
gboolean ui_desktop_is_running (UiDesktop *self);
void ui_desktop_reload (UiDesktop *self);
GVariant *ui_desktop_call (UiDesktop *self, const char *path, const char *interface, const char *method,
                           GVariant *parameters);

G_END_DECLS
