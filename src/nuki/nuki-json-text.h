/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A value is given by the byte with which it begins in a text that nuki_json_text_check() has found to be JSON. So nobody has
 * to look for the end of the text: what is in an array or object ends before that does. The root may be a number only for
 * who does not read it.
 */
gboolean nuki_json_text_check (const char *text, gsize length);
const char *nuki_json_text_get_root (const char *text);
const char *nuki_json_text_get_first (const char *array);
const char *nuki_json_text_skip (const char *value);
const char *nuki_json_text_get_next (const char *behind);

char *nuki_json_text_dup_string (const char *value);
gboolean nuki_json_text_get_integer (const char *value, gint64 *number);
double nuki_json_text_get_double (const char *value);

/* What an object has, to be asked by name; it is filled anew for one object after another. */
typedef struct _NukiJsonObject NukiJsonObject;

NukiJsonObject *nuki_json_object_new (void);
void nuki_json_object_free (NukiJsonObject *self);
const char *nuki_json_object_fill (NukiJsonObject *self, const char *value);
const char *nuki_json_object_get (NukiJsonObject *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NukiJsonObject, nuki_json_object_free)

G_END_DECLS
