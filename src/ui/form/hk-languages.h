/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GListModel *hk_languages_new_model (void);
const char *hk_languages_get_code (guint position);
guint hk_languages_find (const char *code);
const char *hk_languages_get_name (const char *code);
const char *hk_languages_get_default (void);

G_END_DECLS
