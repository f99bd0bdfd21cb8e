/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <hk-account.h>

G_BEGIN_DECLS

/* No more people, locks and keys than this are found at once; the shell shows a few. */
#define HK_SEARCH_MAX_EACH 10

void hk_search_async (HkAccount *account, const char *const *terms, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *hk_search_finish (GAsyncResult *result, GError **error);

G_END_DECLS
