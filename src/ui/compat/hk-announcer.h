/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_ANNOUNCER (hk_announcer_get_type ())

/*
 * Tells who does not see the window what has happened in it: it takes no room, and is told to assistive technology where it stands.
 * A call of GTK does this by itself from 4.14 on; below, the active window gets another name as long as it is active. This file
 * can go when the floor is GTK 4.14.
 */
G_DECLARE_FINAL_TYPE (HkAnnouncer, hk_announcer, HK, ANNOUNCER, AdwBin)

void hk_announcer_say (HkAnnouncer *self, const char *text);
const char *hk_announcer_get_text (HkAnnouncer *self);

G_END_DECLS
