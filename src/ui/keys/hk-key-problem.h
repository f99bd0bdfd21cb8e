/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HK_TYPE_KEY_PROBLEM (hk_key_problem_get_type ())

/* What is shown under a key row whose change failed: why, and the actions `key.retry` and `key.discard` of the row. */
G_DECLARE_FINAL_TYPE (HkKeyProblem, hk_key_problem, HK, KEY_PROBLEM, AdwBin)

GtkWidget *hk_key_problem_new (void);
void hk_key_problem_set_text (HkKeyProblem *self, const char *text, gboolean can_retry);

G_END_DECLS
