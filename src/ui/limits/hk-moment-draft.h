/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HK_TYPE_MOMENT_DRAFT (hk_moment_draft_get_type ())
G_DECLARE_FINAL_TYPE (HkMomentDraft, hk_moment_draft, HK, MOMENT_DRAFT, GObject)

HkMomentDraft *hk_moment_draft_new (int default_time);
void hk_moment_draft_load (HkMomentDraft *self, GDateTime *instant);
void hk_moment_draft_clear (HkMomentDraft *self);
const GDate *hk_moment_draft_get_date (HkMomentDraft *self);
void hk_moment_draft_set_date (HkMomentDraft *self, const GDate *date);
const char *hk_moment_draft_get_time (HkMomentDraft *self);
void hk_moment_draft_set_time (HkMomentDraft *self, const char *time);
void hk_moment_draft_set_zone (HkMomentDraft *self, GTimeZone *zone);
GDateTime *hk_moment_draft_get_instant (HkMomentDraft *self);
const char *hk_moment_draft_get_error (HkMomentDraft *self);

G_END_DECLS
