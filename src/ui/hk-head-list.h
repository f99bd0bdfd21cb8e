/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HK_TYPE_HEAD_LIST (hk_head_list_get_type ())

G_DECLARE_FINAL_TYPE (HkHeadList, hk_head_list, HK, HEAD_LIST, GObject)

HkHeadList *hk_head_list_new (guint size);
void hk_head_list_set_model (HkHeadList *self, GListModel *model);
guint hk_head_list_get_size (HkHeadList *self);
void hk_head_list_set_size (HkHeadList *self, guint size);

G_END_DECLS
