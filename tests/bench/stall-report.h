/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "loop-watch.h"

G_BEGIN_DECLS

/* What was measured in each of several rounds of the same steps. */
typedef struct _StallReport StallReport;

StallReport *stall_report_new (void);
void stall_report_free (StallReport *self);
void stall_report_begin (StallReport *self, const char *step);
void stall_report_end (StallReport *self);
double stall_report_print (StallReport *self, gboolean paints);
double stall_report_get_median (StallReport *self, const char *step);

G_END_DECLS
