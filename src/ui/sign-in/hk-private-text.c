/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hk-private-text.h"

/* As GtkText does it by itself, but without the handlers that come after this one. */
static void
on_insert_text (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  GtkEntryBuffer *buffer = gtk_text_get_buffer (GTK_TEXT (editable));

  g_signal_stop_emission_by_name (editable, "insert-text");
  *position += (int) gtk_entry_buffer_insert_text (buffer, (guint) *position, text, (int) g_utf8_strlen (text, length));
}

static void
on_delete_text (GtkEditable *editable, int start, int end, gpointer user_data)
{
  g_signal_stop_emission_by_name (editable, "delete-text");
  gtk_entry_buffer_delete_text (gtk_text_get_buffer (GTK_TEXT (editable)), (guint) start, end - start);
}

/**
 * hk_private_text_keep:
 * @editable: an entry of a secret, that nobody has seen yet
 *
 * Keeps from the accessibility bus what is inserted and deleted. GTK tells it there as it is, also where the screen shows
 * dots; what the entry holds is asked for in another way, which gives the dots.
 */
void
hk_private_text_keep (GtkEditable *editable)
{
  GtkEditable *text;

  g_return_if_fail (GTK_IS_EDITABLE (editable));

  text = gtk_editable_get_delegate (editable);
  g_return_if_fail (GTK_IS_TEXT (text));

  /* GTK listens when the window is first told about, and so after this. */
  g_signal_connect (text, "insert-text", G_CALLBACK (on_insert_text), NULL);
  g_signal_connect (text, "delete-text", G_CALLBACK (on_delete_text), NULL);
}
