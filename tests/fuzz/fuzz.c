/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <nuki-json.h>

/* A warning is a failure, too: nothing that comes from outside is worth one. */
void
fuzz_be_strict (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

/* The input as a text that ends with a zero. */
char *
fuzz_dup_text (const uint8_t *data, size_t size)
{
  return g_strndup ((const char *) data, size);
}

/* Returns: (transfer full) (nullable): what the client makes of an answer */
NukiJson *
fuzz_parse (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  fuzz_be_strict ();
  return nuki_json_parse (bytes, NULL);
}

/* Everything that the screen could ask of it; texts have to be such. */
void
fuzz_look_at (gpointer object)
{
  guint n_properties;
  g_autofree GParamSpec **properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (object, properties[i]->name, &value);
      if (G_VALUE_HOLDS_STRING (&value) && g_value_get_string (&value) != NULL)
        g_assert_true (g_utf8_validate (g_value_get_string (&value), -1, NULL));
    }
}

void
fuzz_look_at_all (GPtrArray *objects)
{
  for (guint i = 0; objects != NULL && i < objects->len; i++)
    fuzz_look_at (g_ptr_array_index (objects, i));
}
