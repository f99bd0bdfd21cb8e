/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An alert with "Cancel" and one other answer. This file can go when the floor is libadwaita 1.5. */
void hk_alert_choose_async (GtkWidget *parent,
                            const char *heading,
                            const char *body,
                            const char *cancel_label,
                            const char *action_label,
                            gboolean destructive,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean hk_alert_choose_finish (GAsyncResult *result);
gboolean hk_alert_is_open (GtkWindow *window);

G_END_DECLS
