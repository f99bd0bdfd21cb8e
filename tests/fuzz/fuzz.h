/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <nuki-json.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What libFuzzer calls with one input after the other; returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

void fuzz_be_strict (void);
char *fuzz_dup_text (const uint8_t *data, size_t size);
NukiJson *fuzz_parse (const uint8_t *data, size_t size);
void fuzz_look_at (gpointer object);
void fuzz_look_at_all (GPtrArray *objects);

G_END_DECLS
