/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

#define HK_TYPE_SEARCH_PROVIDER (hk_search_provider_get_type ())

/*
 * Answers the searches of GNOME Shell (org.gnome.Shell.SearchProvider2) with people, locks and keys. The application owns
 * it, and hears by `activate`, with a place of hk_window_show_place(), and by `launch`, with a text, what the user chose.
 */
G_DECLARE_FINAL_TYPE (HkSearchProvider, hk_search_provider, HK, SEARCH_PROVIDER, GObject)

/**
 * HkSearchAccountFunc:
 *
 * Returns: (transfer none) (nullable): where to look; asked for with each search
 */
typedef HkAccount *(*HkSearchAccountFunc) (gpointer user_data);

HkSearchProvider *hk_search_provider_new (GApplication *application, HkSearchAccountFunc get_account,
                                          gpointer user_data);
gboolean hk_search_provider_export (HkSearchProvider *self, GDBusConnection *bus, const char *path, GError **error);
void hk_search_provider_unexport (HkSearchProvider *self, GDBusConnection *bus);

G_END_DECLS
