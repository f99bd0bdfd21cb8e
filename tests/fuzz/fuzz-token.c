/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is entered as a token, or given as an address on the command line. */

#include <hk-account.h>
#include <hk-journal.h>
#include <nuki-client.h>
#include <string.h>

#include "fuzz.h"

static void
enter_token (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *token = NULL;

  if (!hk_account_check_token_text (text, &token, &error))
    {
      g_assert_nonnull (error);
      g_assert_null (token);
      return;
    }

  /* It can be a part of a header, and of nothing else. */
  g_assert_cmpint (*token, !=, '\0');
  for (const char *p = token; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p));
  hk_token_free (token);
}

static void
use_address (const char *uri)
{
  g_autoptr (NukiClient) client = NULL;
  g_autoptr (HkClock) clock = NULL;
  g_autoptr (HkJournal) journal = NULL;
  g_autofree char *folder = NULL;

  if (!g_utf8_validate (uri, -1, NULL) || !nuki_client_check_uri (uri, NULL))
    return;

  g_assert_true (g_ascii_strncasecmp (uri, "http", strlen ("http")) == 0);
  client = nuki_client_new (uri, NULL);
  clock = hk_clock_new ();
  /* Whatever the address, the file is in the folder. */
  journal = hk_journal_new ("/folder", uri, clock);
  folder = g_path_get_dirname (hk_journal_get_path (journal));
  g_assert_cmpstr (folder, ==, "/folder");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_dup_text (data, size);

  fuzz_be_strict ();
  enter_token (text);
  use_address (text);

  return 0;
}
