/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "desktop/hk-news.h"

G_BEGIN_DECLS

gboolean hk_notify_is_in_sandbox (void);
void hk_notify_find_service (GDBusConnection *bus, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
HkNews *hk_notify_about (GtkApplication *application, HkAccount *account, GSettings *settings);

G_END_DECLS
