/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The long answers since something changed, to be given again: making one of tens of thousands of keys takes longer than all that
 * a client does with it, and would be most of what is measured there.
 */

#include "nuki-sim-repeat.h"

/* Longer than those of any account that is not generated for a measurement. */
#define MIN_LENGTH (256 * 1024)

struct _NukiSimRepeat
{
  GHashTable *answers; /* (owned) (element-type utf8 GBytes): by what was asked, and by whom */
};

/* (transfer full) (nullable): %NULL for what may change something */
static char *
describe (SoupServerMessage *message)
{
  g_autofree char *uri = g_uri_to_string (soup_server_message_get_uri (message));
  const char *who = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (!g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET) || who == NULL)
    return NULL;

  return g_strconcat (who, " ", uri, NULL);
}

NukiSimRepeat *
nuki_sim_repeat_new (void)
{
  NukiSimRepeat *self = g_new0 (NukiSimRepeat, 1);

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);

  return self;
}

void
nuki_sim_repeat_free (NukiSimRepeat *self)
{
  g_hash_table_unref (self->answers);
  g_free (self);
}

/* Something is not as it was, or may not be. */
void
nuki_sim_repeat_forget (NukiSimRepeat *self)
{
  g_hash_table_remove_all (self->answers);
}

/* @text is what @message was answered with, and would be again. */
void
nuki_sim_repeat_keep (NukiSimRepeat *self, SoupServerMessage *message, const char *text, gsize length)
{
  g_autofree char *question = length >= MIN_LENGTH ? describe (message) : NULL;

  if (question != NULL && soup_server_message_get_status (message) == SOUP_STATUS_OK)
    g_hash_table_insert (self->answers, g_steal_pointer (&question), g_bytes_new (text, length));
}

/* Returns: whether @message was answered */
gboolean
nuki_sim_repeat_answer (NukiSimRepeat *self, SoupServerMessage *message)
{
  g_autofree char *question = describe (message);
  GBytes *answer = question != NULL ? g_hash_table_lookup (self->answers, question) : NULL;

  if (question == NULL)
    nuki_sim_repeat_forget (self);
  if (answer == NULL)
    return FALSE;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (message), "application/json;charset=UTF-8",
                                         NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), answer);

  return TRUE;
}
