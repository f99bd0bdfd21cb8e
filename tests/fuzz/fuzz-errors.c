/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes with an answer that reports an error: its body, and how long to wait. */

#include <nuki-error.h>
#include <nuki-json.h>
#include <nuki-status.h>
#include <string.h>

#include "fuzz.h"

#define DAY (24 * 60 * 60)

static void
read_retry_after (const char *text)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, "http://127.0.0.1/smartlock");
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;

  soup_message_headers_replace (soup_message_get_response_headers (message), "Retry-After", text);
  error = nuki_status_to_error (message, nothing, "secret");
  g_assert_cmpuint (nuki_error_get_retry_after (error), <=, DAY);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autofree char *header = fuzz_dup_text (data, size);
  g_autofree char *text = NULL;

  fuzz_be_strict ();
  text = nuki_json_parse_error_text (bytes);
  if (text != NULL)
    {
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strpbrk (text, "<>{}\r\n"));
    }

  /* No header has a line break or a zero in it. */
  header[strcspn (header, "\r\n")] = '\0';
  read_retry_after (header);

  return 0;
}
